#include "analysis/compare.h"
#include "analysis/compare_parts.h"
#include "analysis/memory.h"
#include "analysis/question.h"
#include "sim/date.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const hw_position nowhere;

/* ---- Before: worlds, dates, place ---- */

static hw_status check_worlds(hw_compare *all, hw_errors *errors) {
    hw_worlds base = hw_worlds_of(all->base->outcomes, all->base->name);
    hw_status worst = HW_OK;
    for (uint32_t v = 0; v < all->variant_count; v++) {
        hw_worlds variant = hw_worlds_of(all->variants[v].outcomes, all->variants[v].name);
        hw_status status = hw_worlds_check(&base, &variant, &all->differences[v], errors);
        worst = status > worst ? status : worst;
    }
    return worst;
}

static hw_status pair_worlds(hw_compare *all, hw_errors *errors) {
    hw_status status = HW_OK;
    for (uint32_t v = 0; v < all->variant_count; v++) {
        all->pairs[v] = hw_pairs_find(all->base->outcomes, all->variants[v].outcomes);
        if (all->pairs[v].count >= 2)
            continue;
        hw_errors_add(errors, nowhere,
                      "%s and %s have %" PRIu64 " good replications in common (%" PRIu64 " failed, %" PRIu64
                      " are missing): a comparison needs two or more",
                      all->base->name, all->variants[v].name, all->pairs[v].count, all->pairs[v].failed,
                      all->pairs[v].missing);
        status = HW_ERROR_LAW;
    }
    return status;
}

static hw_status check_question(hw_compare *all, const hw_compare_wish *wish, hw_errors *errors) {
    uint32_t place, district;
    const hw_outcomes *outcomes = all->base->outcomes;
    hw_status status = hw_question_check_dates(outcomes, wish->by, wish->by_count, errors);
    if (wish->place && hw_question_place(outcomes, wish->place, &place, &district, errors) != HW_OK)
        status = HW_ERROR_INPUT;
    if (status != HW_OK)
        return status;
    all->place = wish->place;
    all->by = hw_question_dates(outcomes, wish->by, wish->by_count, &all->by_count);
    if (wish->only_by && wish->by_count > 0) {
        memcpy(all->by, wish->by, wish->by_count * sizeof *all->by);
        all->by_count = wish->by_count;
    }
    all->main_by = all->by_count / 2;
    for (uint32_t d = 0; d < all->by_count && wish->by_count > 0; d++)
        if (all->by[d] == wish->by[0])
            all->main_by = d;
    return HW_OK;
}

bool hw_compare_wants(const hw_compare *all, const char *name) {
    return !all->place || strcmp(all->place, name) == 0;
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
                 {HW_COMPARE_LOWER, (double)paired->lower},
                 {HW_COMPARE_HIGHER, (double)paired->higher},
                 {HW_COMPARE_SAVING, hw_paired_saving(paired)}};
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++)
        hw_cell_set_number(&row[hw_compare_column(what, cells[i].column)], cells[i].number);
}

/* Among several variants the terminal has room for one date. */
static bool is_shown(const hw_compare *all, const hw_compare_sheet *what, const hw_cell *by) {
    if (what->only_with_place && !all->place)
        return false;
    if (!by || all->variant_count == 1)
        return true;
    if (by->kind == HW_CELL_NUMBER)
        return (int32_t)by->number == hw_date_from_days(all->by[all->main_by]).year;
    return by->number <= (double)all->by[all->main_by] &&
           (all->main_by == 0 || by->number > (double)all->by[all->main_by - 1]);
}

void hw_compare_add(hw_compare_job *job, const char *label, const hw_cell *by) {
    hw_compare *all = job->all;
    hw_paired paired = (job->what->share ? hw_paired_shares : hw_paired_means)(job->x, job->y, job->count);
    hw_sheet *sheet = &all->book->sheets[job->sheet];
    hw_cell *row = hw_sheet_add_row(sheet, is_shown(all, job->what, by));
    hw_cell_set_text(&row[HW_COMPARE_SCENARIO], all->variants[job->variant].name);
    hw_cell_set_text(&row[HW_COMPARE_LABEL], label);
    if (by)
        row[HW_COMPARE_BY] = *by;
    set_numbers(row, job->what, &paired);
    if (all->count == all->room) {
        all->room = all->room ? 2 * all->room : 64;
        all->results = hw_take_again(all->results, all->room, sizeof *all->results);
        all->compared = hw_take_again(all->compared, all->room, sizeof *all->compared);
    }
    all->results[all->count] = paired;
    all->compared[all->count++] =
        (hw_compared){.sheet = job->sheet, .row = sheet->row_count - 1, .variant = job->variant};
}

/* ---- Sheets ---- */

static void add_columns(hw_sheet *sheet, const hw_compare_sheet *what) {
    hw_sheet_add_column(sheet, "scenario", NULL, 0);
    hw_sheet_add_column(sheet, what->label, NULL, 0);
    if (what->by)
        hw_sheet_add_column(sheet, what->by, what->by_units, 0);
    hw_sheet_add_column(sheet, "base", what->units, what->decimals);
    hw_sheet_add_column(sheet, "variant", what->units, what->decimals);
    static const char *const names[] = {"difference", "difference_low", "difference_high",
                                        "difference_error"};
    for (int i = 0; i < 4; i++)
        hw_sheet_add_column(sheet, names[i], what->difference_units, what->decimals);
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
    if (all->variant_count == 1 && !what->by) {
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
    if (all->variant_count > 1 && what->by) {
        char date[16];
        sheet->note = hw_take_text("%s %s.", of_month ? "At the end of the month before or on" : "By",
                                   hw_date_print(all->by[all->main_by], date));
    }
}

static bool is_wanted(const hw_compare *all, const hw_compare_sheet *what) {
    bool found = hw_record_find(all->base->outcomes->layout, what->variable) != NULL;
    for (uint32_t v = 0; v < all->variant_count; v++)
        found = found && hw_record_find(all->variants[v].outcomes->layout, what->variable);
    return found;
}

static hw_status open_side(hw_compare_side *side, const hw_outcomes *outcomes, const char *variable,
                           const uint64_t *at, double **values, hw_errors *errors) {
    if (!*values)
        *values = outcomes->read(outcomes->source, variable, errors);
    *side = (hw_compare_side){.outcomes = outcomes,
                              .variable = hw_record_find(outcomes->layout, variable),
                              .values = *values,
                              .at = at};
    return *values ? HW_OK : HW_ERROR_IO;
}

/* The rows of one variant; `base_values` are read once for all of them. */
static hw_status add_variant(hw_compare *all, const hw_compare_sheet *what, uint32_t sheet, uint32_t variant,
                             double **base_values, hw_errors *errors) {
    const hw_pairs *pairs = &all->pairs[variant];
    double *values = NULL;
    hw_compare_job job = {.all = all,
                          .what = what,
                          .sheet = sheet,
                          .variant = variant,
                          .count = pairs->count,
                          .x = hw_take(pairs->count, sizeof *job.x),
                          .y = hw_take(pairs->count, sizeof *job.y)};
    hw_status status = open_side(&job.base, pairs->base, what->variable, pairs->base_at, base_values, errors);
    if (status == HW_OK)
        status = open_side(&job.changed, pairs->variant, what->variable, pairs->variant_at, &values, errors);
    if (status == HW_OK)
        what->rows(&job);
    free(values);
    free(job.x);
    free(job.y);
    return status;
}

static hw_status add_sheet(hw_compare *all, const hw_compare_sheet *what, hw_errors *errors) {
    hw_sheet *sheet = hw_book_add(all->book, what->name, what->title);
    uint32_t index = all->book->count - 1;
    add_columns(sheet, what);
    choose_view(sheet, all, what);
    double *base_values = NULL;
    hw_status status = HW_OK;
    for (uint32_t v = 0; v < all->variant_count && status == HW_OK; v++)
        status = add_variant(all, what, index, v, &base_values, errors);
    free(base_values);
    return status;
}

/* ---- After: verdicts, and what pairing saved ---- */

const char *hw_compare_verdict(hw_verdict verdict) {
    static const char *const words[] = {
        [HW_VERDICT_SAME] = "same in all worlds",
        [HW_VERDICT_UNCLEAR] = "cannot be told from zero",
        [HW_VERDICT_ALONE] = "clear alone",
        [HW_VERDICT_AMONG] = "clear among all",
    };
    return words[verdict];
}

const char *hw_compare_mark(hw_verdict verdict) {
    static const char *const marks[] = {[HW_VERDICT_SAME] = "=",
                                        [HW_VERDICT_UNCLEAR] = "~",
                                        [HW_VERDICT_ALONE] = "*",
                                        [HW_VERDICT_AMONG] = "**"};
    return marks[verdict];
}

static void judge(hw_compare *all) {
    hw_verdict *verdicts = hw_take(all->count, sizeof *verdicts);
    all->judged = hw_judge(all->results, all->count, verdicts);
    for (size_t i = 0; i < all->count; i++) {
        const hw_sheet *sheet = &all->book->sheets[all->compared[i].sheet];
        hw_cell *row = &sheet->cells[all->compared[i].row * sheet->column_count];
        hw_cell_set_text(&row[hw_sheet_find_column(sheet, "verdict")], hw_compare_verdict(verdicts[i]));
        hw_cell_set_text(&row[hw_sheet_find_column(sheet, "mark")], hw_compare_mark(verdicts[i]));
    }
    free(verdicts);
}

static const hw_compare_sheet *kind_of(const hw_compare *all, uint32_t sheet) {
    for (uint32_t k = 0; k < all->plan->kind_count; k++)
        if (strcmp(all->book->sheets[sheet].name, all->plan->kinds[k].name) == 0)
            return &all->plan->kinds[k];
    return NULL;
}

static int compare_numbers(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Of one group and variant: all variances together, and the median of the rows. */
static void add_saving(hw_compare *all, hw_sheet *sheet, const char *group, uint32_t variant) {
    double *savings = hw_take(all->count, sizeof *savings), apart = 0, paired = 0;
    size_t count = 0;
    for (size_t i = 0; i < all->count; i++) {
        const hw_compare_sheet *what = kind_of(all, all->compared[i].sheet);
        const hw_paired *one = &all->results[i];
        if (!what || strcmp(what->group, group) != 0 || all->compared[i].variant != variant ||
            !(one->difference_variance > 0))
            continue;
        savings[count++] = hw_paired_saving(one);
        apart += one->base_variance + one->variant_variance;
        paired += one->difference_variance;
    }
    qsort(savings, count, sizeof *savings, compare_numbers);
    hw_cell *row = hw_sheet_add_row(sheet, true);
    hw_cell_set_text(&row[0], all->variants[variant].name);
    hw_cell_set_text(&row[1], group);
    if (count > 0) {
        hw_cell_set_number(&row[2], apart / paired);
        hw_cell_set_number(&row[3], (savings[(count - 1) / 2] + savings[count / 2]) / 2);
    }
    hw_cell_set_number(&row[4], (double)count);
    free(savings);
}

static void add_pairing(hw_compare *all) {
    uint32_t told = all->book->count;
    hw_sheet *sheet = hw_book_add(
        all->book, "pairing", "What pairing saved: times the replications that independent runs would need");
    hw_sheet_add_column(sheet, "scenario", NULL, 0);
    hw_sheet_add_column(sheet, "of", NULL, 0);
    hw_sheet_add_column(sheet, "together", "times", 1);
    hw_sheet_add_column(sheet, "median", "times", 1);
    hw_sheet_add_column(sheet, "comparisons", "1", 0);
    const hw_view_column together = {"together", 2, HW_NO_COLUMN, HW_NO_COLUMN, HW_NO_COLUMN, 0},
                         median = {"median", 3, HW_NO_COLUMN, HW_NO_COLUMN, HW_NO_COLUMN, 0},
                         count = {"comparisons that differ", 4, HW_NO_COLUMN, HW_NO_COLUMN, HW_NO_COLUMN, 0};
    if (all->variant_count == 1)
        sheet->view = (hw_view){.label_title = "of",
                                .label = 1,
                                .across = HW_NO_COLUMN,
                                .columns = {together, median, count},
                                .column_count = 3};
    else
        sheet->view =
            (hw_view){.label_title = "of", .label = 1, .across = 0, .columns = {together}, .column_count = 1};
    const char *before = "";
    for (uint32_t s = 0; s < told; s++) {
        const hw_compare_sheet *what = kind_of(all, s);
        if (!what || strcmp(what->group, before) == 0)
            continue;
        before = what->group;
        for (uint32_t v = 0; v < all->variant_count; v++)
            add_saving(all, &all->book->sheets[told], what->group, v);
    }
}

static hw_status add_sheets(hw_compare *all, hw_errors *errors) {
    uint32_t before = all->book->count;
    hw_status status = HW_OK;
    for (uint32_t k = 0; k < all->plan->kind_count && status == HW_OK; k++)
        if (is_wanted(all, &all->plan->kinds[k]))
            status = add_sheet(all, &all->plan->kinds[k], errors);
    if (status == HW_OK && all->book->count == before) {
        hw_errors_add(errors, nowhere, "results of the model %s hold nothing that can be compared",
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
    if (status == HW_OK)
        status = check_question(&all, wish, errors);
    if (status == HW_OK)
        status = pair_worlds(&all, errors);
    if (status == HW_OK)
        status = add_sheets(&all, errors);
    if (status == HW_OK) {
        judge(&all);
        add_pairing(&all);
        plan->conclude(&all);
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
    return status;
}
