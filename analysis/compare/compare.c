#include "analysis/compare/compare.h"
#include "analysis/base/memory.h"
#include "analysis/compare/parts.h"
#include "analysis/results/question.h"
#include "sim/date.h"
#include "sim/length.h"
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double unknown = (double)NAN;

/* ---- Before: worlds, dates, place ---- */

static hw_status check_worlds(hw_compare *all, hw_errors *errors) {
    hw_status worst = HW_OK;
    for (uint32_t v = 0; v < all->variant_count; v++) {
        const hw_contender *own = hw_compare_base_of(all, v);
        hw_worlds base = hw_worlds_of(own->outcomes, own->name);
        hw_worlds variant = hw_worlds_of(all->variants[v].outcomes, all->variants[v].name);
        hw_status status = hw_worlds_check(&base, &variant, &all->differences[v], errors);
        worst = status > worst ? status : worst;
    }
    return worst;
}

static hw_status pair_worlds(hw_compare *all, hw_errors *errors) {
    hw_status status = HW_OK;
    for (uint32_t v = 0; v < all->variant_count; v++) {
        const hw_contender *base = hw_compare_base_of(all, v);
        all->pairs[v] = hw_pairs_find(base->outcomes, all->variants[v].outcomes);
        all->apart = all->apart || base->outcomes->read == NULL || all->variants[v].outcomes->read == NULL;
        if (all->pairs[v].count >= 2) {
            continue;
        }
        hw_errors_say(errors,
                      "%s and %s have %" PRIu64 " good replications in common (%" PRIu64 " failed, %" PRIu64
                      " are missing): a comparison needs two or more",
                      base->name, all->variants[v].name, all->pairs[v].count, all->pairs[v].failed,
                      all->pairs[v].missing);
        status = HW_ERROR_LAW;
    }
    return status;
}

static hw_status check_question(hw_compare *all, const hw_compare_wish *wish, hw_errors *errors) {
    uint32_t place, district;
    const hw_outcomes *outcomes = all->base->outcomes;
    hw_status status = hw_question_check_dates(outcomes, wish->by, wish->by_count, errors);
    if (wish->place != NULL && hw_question_place(outcomes, wish->place, &place, &district, errors) != HW_OK) {
        status = HW_ERROR_INPUT;
    }
    if (status != HW_OK) {
        return status;
    }
    if (wish->place != NULL) {
        all->place = hw_question_name(wish->place).name;
        all->place_axis = place != UINT32_MAX ? "place" : "district";
    }
    all->by = hw_question_dates(outcomes, wish->by, wish->by_count, &all->by_count);
    if (wish->only_by && wish->by_count > 0) {
        memcpy(all->by, wish->by, wish->by_count * sizeof *all->by);
        all->by_count = wish->by_count;
    }
    all->main_by = all->by_count / 2;
    for (uint32_t d = 0; d < all->by_count && wish->by_count > 0; d++) {
        if (all->by[d] == wish->by[0]) {
            all->main_by = d;
        }
    }
    return HW_OK;
}

bool hw_compare_wants(const hw_compare *all, const char *axis, const char *name) {
    return all->place == NULL || (strcmp(all->place_axis, axis) == 0 && strcmp(all->place, name) == 0);
}

/* ---- Rows ---- */

static void set_numbers(hw_cell *row, const hw_compare_sheet *what, const hw_paired *paired) {
    double scale = what->share ? what->scale : 1; /* other samples come scaled */
    const struct {
        uint32_t column;
        double number;
    } cells[] = {{HW_COMPARE_BASE, paired->base * scale},
                 {HW_COMPARE_VARIANT, paired->variant * scale},
                 {HW_COMPARE_DIFFERENCE, paired->difference * scale},
                 {HW_COMPARE_LOW, paired->low * scale},
                 {HW_COMPARE_HIGH, paired->high * scale},
                 {HW_COMPARE_ERROR, paired->error * scale},
                 {HW_COMPARE_P, paired->p},
                 {HW_COMPARE_LOWER, paired->apart ? unknown : (double)paired->lower},
                 {HW_COMPARE_HIGHER, paired->apart ? unknown : (double)paired->higher},
                 {HW_COMPARE_SAVING, hw_paired_saving(paired)}};
    for (size_t i = 0; i < HW_LENGTH(cells); i++) {
        hw_cell_set_number(&row[hw_compare_column(what, cells[i].column)], cells[i].number);
    }
}

/* Among several variants the terminal has room for one date. */
static bool is_shown(const hw_compare *all, const hw_compare_sheet *what, const hw_cell *by) {
    if (what->only_with_place && all->place == NULL) {
        return false;
    }
    if (by == NULL || all->variant_count == 1) {
        return true;
    }
    if (by->kind == HW_CELL_NUMBER) {
        return (int32_t)by->number == hw_date_from_days(all->by[all->main_by]).year;
    }
    return by->number <= (double)all->by[all->main_by] &&
           (all->main_by == 0 || by->number > (double)all->by[all->main_by - 1]);
}

void hw_compare_add(hw_compare_job *job, const char *label, const hw_cell *by) {
    hw_paired paired = (job->what->share ? hw_paired_shares : hw_paired_means)(job->x, job->y, job->count);
    hw_compare_add_result(job, label, by, &paired);
}

void hw_compare_add_result(hw_compare_job *job, const char *label, const hw_cell *by,
                           const hw_paired *paired) {
    hw_compare *all = job->all;
    hw_sheet *sheet = &all->book->sheets[job->sheet];
    hw_cell *row = hw_sheet_add_row(sheet, is_shown(all, job->what, by));
    hw_cell_set_text(&row[HW_COMPARE_SCENARIO], all->variants[job->variant].name);
    hw_cell_set_text(&row[HW_COMPARE_LABEL], label);
    if (by != NULL) {
        row[HW_COMPARE_BY] = *by;
    }
    set_numbers(row, job->what, paired);
    if (all->count == all->room) {
        all->room = all->room ? 2 * all->room : 64;
        all->results = hw_take_again(all->results, all->room, sizeof *all->results);
        all->compared = hw_take_again(all->compared, all->room, sizeof *all->compared);
    }
    all->results[all->count] = *paired;
    all->compared[all->count++] =
        (hw_compared){.sheet = job->sheet, .row = sheet->row_count - 1, .variant = job->variant};
}

/* ---- Sheets ---- */

static void add_columns(hw_sheet *sheet, const hw_compare_sheet *what) {
    hw_sheet_add_column(sheet, "scenario", NULL, 0);
    hw_sheet_add_column(sheet, what->label, NULL, 0);
    if (what->by != NULL) {
        hw_sheet_add_column(sheet, what->by, what->by_units, 0);
    }
    hw_sheet_add_column(sheet, "base", what->units, what->decimals);
    hw_sheet_add_column(sheet, "variant", what->units, what->decimals);
    static const char *const names[] = {"difference", "difference_low", "difference_high",
                                        "difference_error"};
    for (int i = 0; i < 4; i++) {
        hw_sheet_add_column(sheet, names[i], what->difference_units, what->decimals);
    }
    hw_sheet_add_column(sheet, "p_value", "1", 4);
    hw_sheet_add_column(sheet, "lower", "worlds", 0);
    hw_sheet_add_column(sheet, "higher", "worlds", 0);
    hw_sheet_add_column(sheet, "saving", "times", 1);
    hw_sheet_add_column(sheet, "verdict", NULL, 0);
    hw_sheet_add_column(sheet, "mark", NULL, 0);
}

static hw_view_column view_column(const hw_compare_sheet *what, const char *title, uint32_t column) {
    return (hw_view_column){.title = title,
                            .value = hw_compare_column(what, column),
                            .error = HW_NO_COLUMN,
                            .low = HW_NO_COLUMN,
                            .high = HW_NO_COLUMN};
}

static hw_view_column difference_column(const hw_compare_sheet *what) {
    hw_view_column column = view_column(what, "difference ±", HW_COMPARE_DIFFERENCE);
    column.error = hw_compare_column(what, HW_COMPARE_ERROR);
    return column;
}

static void list_view(hw_sheet *sheet, const hw_compare_sheet *what) {
    sheet->view =
        (hw_view){.label_title = what->label,
                  .label = HW_COMPARE_LABEL,
                  .across = HW_NO_COLUMN,
                  .columns = {view_column(what, "base", HW_COMPARE_BASE),
                              view_column(what, "variant", HW_COMPARE_VARIANT), difference_column(what),
                              view_column(what, "saving", HW_COMPARE_SAVING),
                              view_column(what, "verdict", HW_COMPARE_VERDICT)},
                  .column_count = 5};
}

/* One variant: dates or years across, or a list with all figures. Several: they stand across. */
static void choose_view(hw_sheet *sheet, const hw_compare *all, const hw_compare_sheet *what) {
    if (all->variant_count == 1 && what->by == NULL) {
        list_view(sheet, what);
        return;
    }
    sheet->view = (hw_view){.label_title = what->label,
                            .label = HW_COMPARE_LABEL,
                            .across = all->variant_count == 1 ? HW_COMPARE_BY : HW_COMPARE_SCENARIO,
                            .columns = {difference_column(what)},
                            .column_count = 1};
    sheet->view.columns[0].mark = hw_compare_column(what, HW_COMPARE_MARK);
    bool of_month = strcmp(what->name, "people") == 0;
    if (all->variant_count > 1 && what->by != NULL) {
        char date[16];
        sheet->note = hw_take_text("%s %s.", of_month ? "At the end of the month before or on" : "By",
                                   hw_date_print(all->by[all->main_by], date));
    }
}

static bool is_wanted(const hw_compare *all, const hw_compare_sheet *what) {
    bool found = true;
    for (uint32_t v = 0; v < all->variant_count; v++) {
        found = found &&
                hw_record_find(hw_compare_base_of(all, v)->outcomes->layout, what->variable) != NULL &&
                hw_record_find(all->variants[v].outcomes->layout, what->variable) != NULL;
    }
    return found;
}

/* Of a scenario, and where they were read from. */
typedef struct read_values {
    const hw_outcomes *outcomes;
    double *values;
} read_values;

static hw_status open_side(const hw_compare_job *job, hw_compare_side *side, const hw_outcomes *outcomes,
                           const uint64_t *at, read_values *read, hw_errors *errors) {
    const char *variable = job->what->variable;
    if (read->values == NULL || read->outcomes != outcomes) {
        free(read->values);
        *read = (read_values){.outcomes = outcomes,
                              .values = (job->all->apart ? outcomes->summarise : outcomes->read)(
                                  outcomes->source, variable, errors)};
    }
    *side = (hw_compare_side){.outcomes = outcomes,
                              .variable = hw_record_find(outcomes->layout, variable),
                              .values = read->values,
                              .at = at};
    return read->values != NULL ? HW_OK : HW_ERROR_IO;
}

/* The rows of one variant; a base is read once for all that follow one another. */
static hw_status add_variant(hw_compare *all, const hw_compare_sheet *what, uint32_t sheet, uint32_t variant,
                             read_values *base, hw_errors *errors) {
    const hw_pairs *pairs = &all->pairs[variant];
    read_values changed = {0};
    hw_compare_job job = {
        .all = all, .what = what, .sheet = sheet, .variant = variant, .count = pairs->count};
    if (!all->apart) {
        job.x = hw_take(pairs->count, sizeof *job.x);
        job.y = hw_take(pairs->count, sizeof *job.y);
    }
    hw_status status = open_side(&job, &job.base, pairs->base, pairs->base_at, base, errors);
    if (status == HW_OK) {
        status = open_side(&job, &job.changed, pairs->variant, pairs->variant_at, &changed, errors);
    }
    if (status == HW_OK) {
        what->rows(&job);
    }
    free(changed.values);
    free(job.x);
    free(job.y);
    return status;
}

static hw_status add_sheet(hw_compare *all, const hw_compare_sheet *what, hw_errors *errors) {
    hw_sheet *sheet = hw_book_add(all->book, what->name, what->title);
    uint32_t index = all->book->count - 1;
    add_columns(sheet, what);
    choose_view(sheet, all, what);
    read_values base = {0};
    hw_status status = HW_OK;
    for (uint32_t v = 0; v < all->variant_count && status == HW_OK; v++) {
        status = add_variant(all, what, index, v, &base, errors);
    }
    free(base.values);
    return status;
}

/* ---- Censoring ---- */

double hw_compare_censored(const hw_compare_job *job, const hw_compare_side *side, size_t element) {
    if (job->all->apart) {
        return hw_compare_summary(side, element)[HW_SUMMARY_MISSING];
    }
    uint64_t censored = 0;
    for (uint64_t r = 0; r < job->count; r++) {
        censored += isnan(hw_compare_value(side, r, element)) ? 1 : 0;
    }
    return job->count > 0 ? (double)censored / (double)job->count : 0;
}

void hw_compare_note_censored(hw_compare_job *job, const char *label, double base, double variant) {
    const hw_censored_mean mean = {.sheet = job->what->name,
                                   .label = label,
                                   .scenario = job->all->variants[job->variant].name,
                                   .base = base,
                                   .variant = variant};
    hw_censored_add(&job->all->censored, &mean);
}

/* ---- The whole ---- */

static hw_status add_sheets(hw_compare *all, hw_errors *errors) {
    uint32_t before = all->book->count;
    hw_status status = HW_OK;
    for (uint32_t k = 0; k < all->plan->kind_count && status == HW_OK; k++) {
        if (is_wanted(all, &all->plan->kinds[k])) {
            status = add_sheet(all, &all->plan->kinds[k], errors);
        }
    }
    if (status == HW_OK && all->book->count == before) {
        hw_errors_say(errors, "results of the model %s hold nothing that can be compared",
                      all->base->outcomes->model);
        status = HW_ERROR_IO;
    }
    return status;
}

hw_status hw_compare_build(hw_book *book, const hw_contender *base, const hw_contender *variants,
                           uint32_t variant_count, const hw_compare_wish *wish, hw_errors *errors) {
    return hw_compare_build_plan(book, base, variants, variant_count, wish, &hw_compare_everything, errors);
}

hw_status hw_compare_build_plan(hw_book *book, const hw_contender *base, const hw_contender *variants,
                                uint32_t variant_count, const hw_compare_wish *wish,
                                const hw_compare_plan *plan, hw_errors *errors) {
    hw_compare all = {.plan = plan,
                      .book = book,
                      .base = base,
                      .variants = variants,
                      .variant_count = variant_count,
                      .pairs = hw_take(variant_count, sizeof *all.pairs),
                      .differences = hw_take(variant_count, sizeof *all.differences)};
    hw_status status = check_worlds(&all, errors);
    if (status == HW_OK) {
        status = check_question(&all, wish, errors);
    }
    if (status == HW_OK) {
        status = pair_worlds(&all, errors);
    }
    if (status == HW_OK) {
        status = add_sheets(&all, errors);
    }
    if (status == HW_OK) {
        hw_compare_judge(&all);
        hw_compare_add_pairing(&all);
        plan->conclude(&all);
        hw_censored_build(all.book, &all.censored);
        hw_compare_add_about(&all);
    }
    for (uint32_t v = 0; v < variant_count; v++) {
        hw_pairs_free(&all.pairs[v]);
        hw_differences_free(&all.differences[v]);
    }
    free(all.pairs);
    free(all.differences);
    free(all.by);
    free(all.results);
    free(all.compared);
    hw_censored_free(&all.censored);
    return status;
}
