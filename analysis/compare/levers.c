#include "analysis/compare/levers.h"
#include "analysis/base/memory.h"
#include "analysis/compare/parts.h"
#include "analysis/results/question.h"
#include "sim/date.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- What a lever is measured by ---- */

static const hw_axis *names_of(const hw_compare_side *side) {
    return &side->outcomes->layout->axes[side->variable->axis[0]];
}

/* The mean over the places that both have, world by world. */
static void rows_mean_of_places(hw_compare_job *job) {
    const hw_axis *names = names_of(&job->base), *others = names_of(&job->changed);
    memset(job->x, 0, job->count * sizeof *job->x);
    memset(job->y, 0, job->count * sizeof *job->y);
    uint32_t places = 0;
    double censored = 0, censored_by_lever = 0; /* of the places, on average */
    for (uint32_t i = 0; i < names->length; i++) {
        places += hw_axis_find(others, names->labels[i]) != UINT32_MAX;
    }
    for (uint32_t i = 0; i < names->length; i++) {
        uint32_t other = hw_axis_find(others, names->labels[i]);
        if (other != UINT32_MAX) {
            censored += hw_compare_censored(job, &job->base, i) / places;
            censored_by_lever += hw_compare_censored(job, &job->changed, other) / places;
        }
        for (uint64_t r = 0; other != UINT32_MAX && r < job->count; r++) {
            job->x[r] +=
                hw_compare_restricted(hw_compare_value(&job->base, r, i), job->base.outcomes, 0) / places;
            job->y[r] +=
                hw_compare_restricted(hw_compare_value(&job->changed, r, other), job->changed.outcomes, 0) /
                places;
        }
    }
    hw_compare_note_censored(job, "all places, mean", censored, censored_by_lever);
    hw_compare_add(job, "all places, mean", NULL);
}

enum { DAYS, PEOPLE, VICTIMS, DOLLARS, CRITERIA };

/* Differences are variant less base; a gain has the other sign where less is better. */
typedef struct criterion {
    hw_compare_sheet sheet;
    double sign;
    const char *name, *title; /* of the ranking */
    const char *finding;      /* how its finding begins */
} criterion;

static const criterion criteria[CRITERIA] = {
    [DAYS] = {.sheet = {.name = "release",
                        .title = "Days from the start to release",
                        .group = "release",
                        .variable = "place_release_day",
                        .label = "place",
                        .units = "days",
                        .difference_units = "days",
                        .scale = 1},
              .sign = -1,
              .name = "days_gained",
              .title = "Days gained until release",
              .finding = "Days gained"},
    [PEOPLE] = {.sheet = {.name = "people",
                          .title = "People back in all places",
                          .group = "people",
                          .variable = "people_back",
                          .label = "people",
                          .by = "by",
                          .by_units = "date",
                          .units = "persons",
                          .difference_units = "persons",
                          .scale = 1,
                          .rows = hw_compare_rows_people},
                .sign = 1,
                .name = "people_home",
                .title = "People home",
                .finding = "People home"},
    [VICTIMS] = {.sheet = {.name = "victims",
                           .title = "Victims until the horizon",
                           .group = "victims",
                           .variable = "victims",
                           .label = "victim",
                           .units = "persons",
                           .difference_units = "persons",
                           .scale = 1,
                           .decimals = 1,
                           .rows = hw_compare_row_victims},
                 .sign = -1,
                 .name = "victims_averted",
                 .title = "Victims averted until the horizon",
                 .finding = "Victims averted"},
    [DOLLARS] =
        {.sheet = {.name = "spending",
                   .title = "Money spent on mine action until the horizon",
                   .group = "spending",
                   .variable = "purpose_spent_usd",
                   .label = "purpose",
                   .units = "million USD",
                   .difference_units = "million USD",
                   .scale = 1e-6,
                   .decimals = 1,
                   .rows = hw_compare_row_spending},
         .sign = -1,
         .name = "dollars_saved",
         .title = "Money saved on mine action until the horizon (less than zero: it costs more), million USD",
         .finding = "Money saved"},
};

/* ---- Ranking ---- */

/* A lever's row in the sheet of a criterion. */
typedef struct gain {
    const hw_contender *lever;
    const hw_sheet *sheet;
    size_t row;
    double sign, value, low, high, error;
    hw_verdict verdict;
} gain;

static double number_in(const hw_sheet *sheet, size_t row, const char *column) {
    const hw_cell *cell = hw_sheet_cell(sheet, row, hw_sheet_find_column(sheet, column));
    return cell->kind == HW_CELL_NUMBER ? cell->number : (double)NAN;
}

static gain read_gain(const hw_compare *all, const hw_sheet *sheet, size_t row, double sign) {
    double low = number_in(sheet, row, "difference_low"), high = number_in(sheet, row, "difference_high");
    const char *name = hw_sheet_cell(sheet, row, HW_COMPARE_SCENARIO)->text;
    gain one = {.sheet = sheet,
                .row = row,
                .sign = sign,
                .value = sign * number_in(sheet, row, "difference"),
                .low = sign < 0 ? -high : low,
                .high = sign < 0 ? -low : high,
                .error = number_in(sheet, row, "difference_error"),
                .verdict = hw_compare_verdict_in(sheet, row)};
    for (uint32_t v = 0; v < all->variant_count; v++) {
        if (strcmp(all->variants[v].name, name) == 0) {
            one.lever = &all->variants[v];
        }
    }
    return one;
}

static int compare_gains(const void *left, const void *right) {
    const gain *a = left, *b = right;
    if (a->value < b->value || a->value > b->value) {
        return a->value > b->value ? -1 : 1;
    }
    return strcmp(a->lever->name, b->lever->name);
}

/* The gains of one kind of levers by a criterion, the largest first; the caller frees them. */
static gain *rank(const hw_compare *all, int which, const char *kind, size_t *count) {
    gain *gains = hw_take(all->variant_count, sizeof *gains);
    const hw_sheet *sheet = hw_book_find(all->book, criteria[which].sheet.name);
    *count = 0;
    for (size_t row = 0; sheet != NULL && row < sheet->row_count; row++) {
        gain one = read_gain(all, sheet, row, criteria[which].sign);
        if (one.lever != NULL && strcmp(one.lever->kind, kind) == 0) {
            gains[(*count)++] = one;
        }
    }
    qsort(gains, *count, sizeof *gains, compare_gains);
    return gains;
}

/* ---- Sheets ---- */

static hw_view_column plain_column(const char *title, uint32_t value) {
    return (hw_view_column){
        .title = title, .value = value, .error = HW_NO_COLUMN, .low = HW_NO_COLUMN, .high = HW_NO_COLUMN};
}

static hw_view_column error_column(const char *title, uint32_t value, uint32_t error, uint32_t mark) {
    hw_view_column column = plain_column(title, value);
    column.error = error;
    column.mark = mark;
    return column;
}

enum {
    RANK_NUMBER,
    RANK_LEVER,
    RANK_TITLE,
    RANK_OF,
    RANK_GAIN,
    RANK_LOW,
    RANK_HIGH,
    RANK_ERROR,
    RANK_P,
    RANK_BETTER,
    RANK_WORSE,
    RANK_SAVING,
    RANK_VERDICT,
    RANK_MARK
};

static void add_rank_columns(hw_sheet *sheet, const hw_compare_sheet *what) {
    hw_sheet_add_column(sheet, "rank", NULL, 0);
    hw_sheet_add_column(sheet, "lever", NULL, 0);
    hw_sheet_add_column(sheet, "title", NULL, 0);
    hw_sheet_add_column(sheet, "of", NULL, 0);
    static const char *const names[] = {"gain", "gain_low", "gain_high", "gain_error"};
    for (int i = 0; i < 4; i++) {
        hw_sheet_add_column(sheet, names[i], what->difference_units, what->decimals);
    }
    hw_sheet_add_column(sheet, "p_value", "1", 4);
    hw_sheet_add_column(sheet, "better", "worlds", 0);
    hw_sheet_add_column(sheet, "worse", "worlds", 0);
    hw_sheet_add_column(sheet, "saving", "times", 1);
    hw_sheet_add_column(sheet, "verdict", NULL, 0);
    hw_sheet_add_column(sheet, "mark", NULL, 0);
    sheet->view =
        (hw_view){.label_title = "lever",
                  .label = RANK_LEVER,
                  .across = HW_NO_COLUMN,
                  .columns = {error_column("gain ±", RANK_GAIN, RANK_ERROR, 0),
                              plain_column("better in", RANK_BETTER), plain_column("worse in", RANK_WORSE),
                              plain_column("saving", RANK_SAVING), plain_column("verdict", RANK_VERDICT)},
                  .column_count = 5};
}

static void add_rank(hw_sheet *sheet, const gain *one, size_t number) {
    bool less_is_better = one->sign < 0;
    hw_cell *row = hw_sheet_add_row(sheet, true);
    hw_cell_set_number(&row[RANK_NUMBER], (double)number);
    hw_cell_set_text(&row[RANK_LEVER], one->lever->name);
    hw_cell_set_text(&row[RANK_TITLE], one->lever->outcomes->title);
    hw_cell_set_text(&row[RANK_OF], hw_sheet_cell(one->sheet, one->row, HW_COMPARE_LABEL)->text);
    hw_cell_set_number(&row[RANK_GAIN], one->value + 0.0);
    hw_cell_set_number(&row[RANK_LOW], one->low);
    hw_cell_set_number(&row[RANK_HIGH], one->high);
    hw_cell_set_number(&row[RANK_ERROR], one->error);
    hw_cell_set_number(&row[RANK_P], number_in(one->sheet, one->row, "p_value"));
    hw_cell_set_number(&row[RANK_BETTER],
                       number_in(one->sheet, one->row, less_is_better ? "lower" : "higher"));
    hw_cell_set_number(&row[RANK_WORSE],
                       number_in(one->sheet, one->row, less_is_better ? "higher" : "lower"));
    hw_cell_set_number(&row[RANK_SAVING], number_in(one->sheet, one->row, "saving"));
    hw_cell_set_text(&row[RANK_VERDICT], hw_compare_verdict(one->verdict));
    hw_cell_set_text(&row[RANK_MARK], hw_compare_mark(one->verdict));
}

/* "Agdam city", "all places, mean"; of people, the day. */
static char *subject(const hw_compare *all, int which, const gain *one) {
    char date[16];
    if (which == PEOPLE) {
        return hw_take_text(" by %s", hw_date_print(all->by[0], date));
    }
    return which == DAYS ? hw_take_text(", %s", hw_sheet_cell(one->sheet, one->row, HW_COMPARE_LABEL)->text)
                         : hw_take_text("%s", "");
}

static void add_ranking(hw_compare *all, int which, const char *kind, const char *suffix,
                        const char *before) {
    size_t count;
    gain *gains = rank(all, which, kind, &count);
    if (count > 0) {
        char *of = subject(all, which, &gains[0]);
        char *title = hw_take_text("%s%s%s", before, criteria[which].title, of);
        char *name = hw_take_text("%s%s", criteria[which].name, suffix);
        uint32_t index = all->book->count;
        hw_book_add(all->book, name, title);
        /* The rows point into sheets, which have moved. */
        free(gains);
        gains = rank(all, which, kind, &count);
        hw_sheet *sheet = &all->book->sheets[index];
        add_rank_columns(sheet, &criteria[which].sheet);
        for (size_t i = 0; i < count; i++) {
            add_rank(sheet, &gains[i], i + 1);
        }
        if (strcmp(kind, HW_LEVERS_BUNDLE) == 0) {
            sheet->view.column_count = 0; /* few: their overview tells enough */
        }
        free(name);
        free(title);
        free(of);
    }
    free(gains);
}

/* One line a lever, in the order of days gained: the four gains with their marks. */
static void add_overview(hw_compare *all, const char *kind, const char *name, const char *title) {
    static const char *const columns[CRITERIA][3] = {{"days", "days_error", "days_mark"},
                                                     {"people", "people_error", "people_mark"},
                                                     {"victims", "victims_error", "victims_mark"},
                                                     {"dollars", "dollars_error", "dollars_mark"}};
    static const char *const titles[CRITERIA] = {"days gained ±", "people home ±", "victims averted ±",
                                                 "million USD saved ±"};
    uint32_t index = all->book->count;
    hw_sheet *sheet = hw_book_add(all->book, name, title);
    size_t count;
    gain *order = rank(all, DAYS, kind, &count);
    hw_sheet_add_column(sheet, "lever", NULL, 0);
    hw_sheet_add_column(sheet, "title", NULL, 0);
    sheet->view =
        (hw_view){.label_title = kind, .label = 0, .across = HW_NO_COLUMN, .column_count = CRITERIA};
    for (uint32_t c = 0; c < CRITERIA; c++) {
        const hw_compare_sheet *what = &criteria[c].sheet;
        uint32_t first = hw_sheet_add_column(sheet, columns[c][0], what->difference_units, what->decimals);
        hw_sheet_add_column(sheet, columns[c][1], what->difference_units, what->decimals);
        hw_sheet_add_column(sheet, columns[c][2], NULL, 0);
        sheet->view.columns[c] = error_column(titles[c], first, first + 1, first + 2);
    }
    for (size_t i = 0; i < count; i++) {
        hw_cell *row = hw_sheet_add_row(&all->book->sheets[index], true);
        hw_cell_set_text(&row[0], order[i].lever->name);
        hw_cell_set_text(&row[1], order[i].lever->outcomes->title);
        for (int c = 0; c < CRITERIA; c++) {
            size_t others;
            gain *gains = rank(all, c, kind, &others);
            for (size_t j = 0; j < others; j++) {
                if (gains[j].lever != order[i].lever) {
                    continue;
                }
                hw_cell_set_number(&row[2 + 3 * c], gains[j].value + 0.0);
                hw_cell_set_number(&row[3 + 3 * c], gains[j].error);
                hw_cell_set_text(&row[4 + 3 * c], hw_compare_mark(gains[j].verdict));
            }
            free(gains);
        }
    }
    free(order);
}

/* ---- Findings ---- */

static void say(hw_sheet *sheet, char *sentence) {
    hw_cell_set_text(&hw_sheet_add_row(sheet, false)[0], sentence);
    free(sentence);
}

static void say_best(const hw_compare *all, hw_sheet *findings, int which) {
    size_t count;
    gain *gains = rank(all, which, HW_LEVERS_SINGLE, &count);
    unsigned better = 0, worse = 0, unclear = 0, same = 0;
    const gain *best = NULL;
    for (size_t i = 0; i < count; i++) {
        bool clear = gains[i].verdict == HW_VERDICT_AMONG;
        best = best == NULL && clear && gains[i].value > 0 ? &gains[i] : best;
        better += clear && gains[i].value > 0;
        worse += clear && gains[i].value < 0;
        same += gains[i].verdict == HW_VERDICT_SAME;
        unclear += !clear && gains[i].verdict != HW_VERDICT_SAME;
    }
    if (count > 0) {
        const hw_compare_sheet *what = &criteria[which].sheet;
        char *of = subject(all, which, &gains[0]);
        char *start = hw_take_text("%s%s: no lever brings any for certain.", criteria[which].finding, of);
        if (best != NULL) {
            char *value = hw_thousands(best->value, what->decimals);
            char *low = hw_thousands(best->low, what->decimals);
            char *high = hw_thousands(best->high, what->decimals);
            free(start);
            start = hw_take_text("%s%s: most by %s, %s %s (95 %%: %s to %s).", criteria[which].finding, of,
                                 best->lever->name, value, what->difference_units, low, high);
            free(value);
            free(low);
            free(high);
        }
        say(findings,
            hw_take_text("%s Of %zu levers: %u clearly for the better, %u for the worse, %u not clear "
                         "either way, %u without any effect.",
                         start, count, better, worse, unclear, same));
        free(start);
        free(of);
    }
    free(gains);
}

static int compare_numbers(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static void say_saving(const hw_compare *all, hw_sheet *findings) {
    size_t count, known = 0;
    gain *gains = rank(all, DAYS, HW_LEVERS_SINGLE, &count);
    double *savings = hw_take(count, sizeof *savings);
    for (size_t i = 0; i < count; i++) {
        double saving = number_in(gains[i].sheet, gains[i].row, "saving");
        if (!isnan(saving)) {
            savings[known++] = saving;
        }
    }
    qsort(savings, known, sizeof *savings, compare_numbers);
    if (known > 0) {
        say(findings,
            hw_take_text("Pairing on the same worlds: to know days gained as well, independent runs "
                         "would need %.1f times the replications for the typical lever (%.1f to %.1f).",
                         (savings[(known - 1) / 2] + savings[known / 2]) / 2, savings[0],
                         savings[known - 1]));
    }
    free(savings);
    free(gains);
}

static void add_findings(hw_compare *all) {
    hw_sheet *findings = hw_book_add(all->book, "findings", "Findings");
    hw_sheet_add_column(findings, "finding", NULL, 0);
    for (int c = 0; c < CRITERIA; c++) {
        say_best(all, findings, c);
    }
    say_saving(all, findings);
}

static void conclude(hw_compare *all) {
    /* The differences that the rankings are made of are for files. */
    for (uint32_t s = 0; s < all->book->count; s++) {
        all->book->sheets[s].view.column_count = 0;
    }
    static const char *const kinds[2] = {HW_LEVERS_SINGLE, HW_LEVERS_BUNDLE};
    static const char *const names[2] = {"levers", "bundles"};
    static const char *const titles[2] = {"Levers one at a time, by days gained",
                                          "Bundles of levers, by days gained"};
    for (int k = 0; k < 2; k++) {
        size_t count;
        free(rank(all, DAYS, kinds[k], &count));
        if (count > 0) {
            add_overview(all, kinds[k], names[k], titles[k]);
        }
        for (int c = 0; c < CRITERIA && count > 0; c++) {
            add_ranking(all, c, kinds[k], k == 0 ? "" : "_of_bundles", k == 0 ? "" : "Bundles: ");
        }
    }
    add_findings(all);
}

/* ---- Public ---- */

int64_t hw_levers_usual_date(const hw_outcomes *outcomes) {
    int64_t day = hw_date_to_days((hw_date){.year = 2035, .month = 12, .day = 31});
    return day < outcomes->horizon ? day : outcomes->horizon;
}

static bool is_district(const hw_outcomes *outcomes, const char *asked) {
    hw_asked_name name = hw_question_name(asked);
    bool place = hw_axis_find(hw_outcomes_axis(outcomes, "place"), name.name) != UINT32_MAX;
    return name.axis != NULL ? strcmp(name.axis, "district") == 0 : !place;
}

hw_status hw_levers_build(hw_book *book, const hw_contender *base, const hw_contender *levers,
                          uint32_t lever_count, const hw_levers_wish *wish, hw_errors *errors) {
    hw_compare_sheet kinds[CRITERIA];
    for (int c = 0; c < CRITERIA; c++) {
        kinds[c] = criteria[c].sheet;
    }
    kinds[DAYS].rows = wish->place != NULL ? hw_compare_rows_restricted : rows_mean_of_places;
    if (wish->place != NULL && is_district(base->outcomes, wish->place)) {
        kinds[DAYS].variable = "district_completion_day";
    }
    const hw_compare_plan plan = {.kinds = kinds, .kind_count = CRITERIA, .conclude = conclude};
    const hw_compare_wish question = {.by = &wish->by, .by_count = 1, .only_by = true, .place = wish->place};
    return hw_compare_build_plan(book, base, levers, lever_count, &question, &plan, errors);
}

static const char *text_at(const hw_sheet *sheet, size_t row, uint32_t column) {
    return hw_sheet_cell(sheet, row, column)->text;
}

void hw_levers_print_head(FILE *out, const hw_book *book) {
    hw_compare_print_base(out, book);
    hw_compare_print_warnings(out, book);
    hw_censored_print_warning(out, book);
    fputs(
        "\nHow to read: what each lever brings against the base, world by world, in the mean; ± is half of "
        "its 95 % interval\n"
        "(Monte Carlo error). Release that does not come by the horizon counts up to it. ** told from zero "
        "also with all\n"
        "comparisons in view (Holm, 5 %), * only if it were the one question, ~ cannot be told from zero, = "
        "the same in all\n"
        "worlds. Neighbours in rank may stand in the other order: homeward compare tells. Saving: times the "
        "replications that\n"
        "independent runs would need.\n\nFindings\n",
        out);
    const hw_sheet *findings = hw_book_find(book, "findings");
    for (size_t row = 0; findings != NULL && row < findings->row_count; row++) {
        hw_print_paragraph(out, text_at(findings, row, 0));
    }
}
