/* Levers ranked by what each brings. */
#include "analysis/compare/levers.h"
#include "analysis/base/memory.h"
#include "analysis/compare/parts.h"
#include "analysis/results/question.h"
#include "sim/date.h"
#include "sim/length.h"
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
    hw_compare_add(job, "all places, mean", (double)NAN);
}

/* A criterion is a kind of homeward compare with a table and rows of its own. Differences are variant less
 * base; a gain has the other sign where less is better. */
typedef struct criterion {
    uint32_t kind;
    const char *table, *table_title;
    void (*rows)(hw_compare_job *job);
    bool less_is_better;
    const char *name, *title; /* of the ranking */
    const char *finding;      /* how its finding begins */
} criterion;

static const criterion criteria[HW_GAINS] = {
    [HW_GAIN_DAYS] = {HW_KIND_PLACE_RELEASE, "release", "Days from the start to release", rows_mean_of_places,
                      true, "days_gained", "Days gained until release", "Days gained"},
    [HW_GAIN_PEOPLE] = {HW_KIND_PEOPLE, "people", "People back in all places", hw_compare_rows_people, false,
                        "people_home", "People home", "People home"},
    [HW_GAIN_VICTIMS] = {HW_KIND_VICTIMS, "victims", "Victims until the horizon", hw_compare_row_victims,
                         true, "victims_averted", "Victims averted until the horizon", "Victims averted"},
    [HW_GAIN_DOLLARS] = {HW_KIND_MONEY, "spending", "Money spent on mine action until the horizon",
                         hw_compare_row_spending, true, "dollars_saved",
                         "Money saved on mine action until the horizon (less than zero: it costs more), "
                         "million USD",
                         "Money saved"},
};

/* Each is a group of its own: what pairing saved is told of each. */
static hw_compare_kind kind_of(const criterion *by) {
    hw_compare_kind kind = hw_compare_kinds[by->kind];
    kind.name = by->table;
    kind.title = by->table_title;
    kind.group = by->table;
    kind.rows = by->rows;
    return kind;
}

/* ---- Ranking ---- */

static int compare_gains(const void *left, const void *right) {
    const hw_gain *a = left, *b = right;
    if (a->amount.value < b->amount.value || a->amount.value > b->amount.value) {
        return a->amount.value > b->amount.value ? -1 : 1;
    }
    return strcmp(a->lever->name, b->lever->name);
}

/* The gains of one kind of levers by a criterion, the largest first. */
static hw_gains rank(const hw_comparison *all, uint32_t which, hw_lever_kind kind) {
    hw_gains gains = {.items = hw_take(all->variant_count, sizeof *gains.items)};
    const hw_compare_rows *rows = &all->of_kind[which];
    for (size_t i = rows->first; i < rows->first + rows->count; i++) {
        const hw_compare_row *row = &all->rows[i];
        const hw_contender *lever = &all->variants[row->variant];
        if (lever->group == (uint32_t)kind) {
            gains.items[gains.count++] = (hw_gain){
                .lever = lever, .row = row, .amount = hw_amount_of(row, criteria[which].less_is_better)};
        }
    }
    qsort(gains.items, gains.count, sizeof *gains.items, compare_gains);
    return gains;
}

/* "Agdam city", "all places, mean"; of people, the day. Free it. */
static char *subject(const hw_comparison *all, uint32_t which, const hw_gain *one) {
    char date[16];
    if (which == HW_GAIN_PEOPLE) {
        return hw_take_text(" by %s", hw_date_print(all->by[0], date));
    }
    return which == HW_GAIN_DAYS ? hw_take_text(", %s", one->row->label) : hw_take_text("%s", "");
}

/* ---- Findings ---- */

static void say_best(hw_levers *levers, uint32_t which) {
    const hw_gains *gains = &levers->ranked[HW_LEVER_SINGLE][which];
    hw_verdict_count count = {0};
    const hw_gain *best = NULL;
    for (size_t i = 0; i < gains->count; i++) {
        const hw_gain *one = &gains->items[i];
        bool clear = one->row->verdict == HW_VERDICT_AMONG;
        best = best == NULL && clear && one->amount.value > 0 ? one : best;
        hw_verdict_count_add(&count, one->row);
    }
    if (gains->count == 0) {
        return;
    }
    const hw_compare_kind *what = &levers->kinds[which];
    bool less = criteria[which].less_is_better;
    char *of = subject(&levers->all, which, &gains->items[0]);
    char *start = NULL;
    if (best != NULL) {
        char *units = hw_take_text(" %s", what->difference_units);
        char *amount = hw_amount_words(&best->amount, what->decimals, units, "");
        start = hw_take_text("most by %s, %s", best->lever->name, amount);
        free(units);
        free(amount);
    } else {
        start = hw_take_text("no lever brings any for certain");
    }
    hw_compare_say(
        &levers->all, 0,
        hw_take_text("%s%s: %s. Of %zu levers: %u clearly for the better, %u for the worse, %u not "
                     "clear either way, %u without any effect.",
                     criteria[which].finding, of, start, gains->count, less ? count.below : count.above,
                     less ? count.above : count.below, count.alone + count.unclear, count.same));
    free(start);
    free(of);
}

static void say_saving(hw_levers *levers) {
    const hw_gains *gains = &levers->ranked[HW_LEVER_SINGLE][HW_GAIN_DAYS];
    double *times = hw_take(gains->count, sizeof *times);
    for (size_t i = 0; i < gains->count; i++) {
        times[i] = gains->items[i].row->saving;
    }
    hw_savings savings = hw_savings_of(times, gains->count);
    if (savings.known > 0) {
        hw_compare_say(
            &levers->all, 0,
            hw_take_text("Pairing on the same worlds: to know days gained as well, independent runs "
                         "would need %.1f times the replications for the typical lever (%.1f to "
                         "%.1f).",
                         savings.middle, savings.least, savings.most));
    }
    free(times);
}

/* ---- Tables ---- */

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

static void add_rank_columns(hw_sheet *sheet, const hw_compare_kind *what) {
    static const char *const names[] = {"rank", "lever", "title", "of"};
    static const char *const gains[] = {"gain", "gain_low", "gain_high", "gain_error"};
    static const char *const worlds[] = {"better", "worse"}, *const words[] = {"verdict", "mark"};
    hw_sheet_add_columns(sheet, names, HW_LENGTH(names), NULL, 0);
    hw_sheet_add_columns(sheet, gains, HW_LENGTH(gains), what->difference_units, what->decimals);
    hw_sheet_add_column(sheet, "p_value", "1", 4);
    hw_sheet_add_columns(sheet, worlds, HW_LENGTH(worlds), "worlds", 0);
    hw_sheet_add_column(sheet, "saving", "times", 1);
    hw_sheet_add_columns(sheet, words, HW_LENGTH(words), NULL, 0);
    sheet->view = (hw_view){
        .label_title = "lever",
        .label = RANK_LEVER,
        .across = HW_NO_COLUMN,
        .columns = {hw_error_column("gain ±", RANK_GAIN, RANK_ERROR, 0),
                    hw_plain_column("better in", RANK_BETTER), hw_plain_column("worse in", RANK_WORSE),
                    hw_plain_column("saving", RANK_SAVING), hw_plain_column("verdict", RANK_VERDICT)},
        .column_count = 5};
}

static void add_rank(hw_sheet *sheet, const hw_gain *one, size_t number, bool less_is_better) {
    const hw_paired *found = &one->row->found;
    const double numbers[] = {one->amount.value + 0.0, /* which turns -0 into 0 */
                              one->amount.low,
                              one->amount.high,
                              found->error,
                              found->p,
                              (double)(less_is_better ? found->lower : found->higher),
                              (double)(less_is_better ? found->higher : found->lower),
                              one->row->saving};
    hw_cell *row = hw_sheet_add_row(sheet, true);
    hw_cell_set_number(&row[RANK_NUMBER], (double)number);
    hw_cell_set_text(&row[RANK_LEVER], one->lever->name);
    hw_cell_set_text(&row[RANK_TITLE], one->lever->outcomes->title);
    hw_cell_set_text(&row[RANK_OF], one->row->label);
    for (uint32_t i = 0; i < HW_LENGTH(numbers); i++) {
        hw_cell_set_number(&row[RANK_GAIN + i], numbers[i]);
    }
    hw_cell_set_text(&row[RANK_VERDICT], hw_compare_verdict(one->row->verdict));
    hw_cell_set_text(&row[RANK_MARK], hw_compare_mark(one->row->verdict));
}

/* How the tables of levers and of bundles are called. */
static const struct {
    const char *name, *title, *label, *suffix, *before;
} tables_of[HW_LEVER_KINDS] = {
    [HW_LEVER_SINGLE] = {"levers", "Levers one at a time, by days gained", "lever", "", ""},
    [HW_LEVER_BUNDLE] = {"bundles", "Bundles of levers, by days gained", "bundle", "_of_bundles",
                         "Bundles: "},
};

static void add_ranking(hw_book *book, const hw_levers *levers, hw_lever_kind kind, uint32_t which) {
    const hw_gains *gains = &levers->ranked[kind][which];
    if (gains->count == 0) {
        return;
    }
    char *of = subject(&levers->all, which, &gains->items[0]);
    char *title = hw_take_text("%s%s%s", tables_of[kind].before, criteria[which].title, of);
    char *name = hw_take_text("%s%s", criteria[which].name, tables_of[kind].suffix);
    hw_sheet *sheet = hw_book_add(book, name, title);
    add_rank_columns(sheet, &levers->kinds[which]);
    for (size_t i = 0; i < gains->count; i++) {
        add_rank(sheet, &gains->items[i], i + 1, criteria[which].less_is_better);
    }
    if (kind == HW_LEVER_BUNDLE) {
        sheet->view.column_count = 0; /* few: their overview says enough */
    }
    free(name);
    free(title);
    free(of);
}

static const hw_gain *gain_of(const hw_gains *gains, const hw_contender *lever) {
    for (size_t i = 0; i < gains->count; i++) {
        if (gains->items[i].lever == lever) {
            return &gains->items[i];
        }
    }
    return NULL;
}

/* One line a lever, in the order of days gained: the four gains with their marks. */
static void add_overview(hw_book *book, const hw_levers *levers, hw_lever_kind kind) {
    static const char *const columns[HW_GAINS][3] = {{"days", "days_error", "days_mark"},
                                                     {"people", "people_error", "people_mark"},
                                                     {"victims", "victims_error", "victims_mark"},
                                                     {"dollars", "dollars_error", "dollars_mark"}};
    static const char *const titles[HW_GAINS] = {"days gained ±", "people home ±", "victims averted ±",
                                                 "million USD saved ±"};
    const hw_gains *order = &levers->ranked[kind][HW_GAIN_DAYS];
    hw_sheet *sheet = hw_book_add(book, tables_of[kind].name, tables_of[kind].title);
    hw_sheet_add_column(sheet, "lever", NULL, 0);
    hw_sheet_add_column(sheet, "title", NULL, 0);
    sheet->view = (hw_view){
        .label_title = tables_of[kind].label, .label = 0, .across = HW_NO_COLUMN, .column_count = HW_GAINS};
    for (uint32_t c = 0; c < HW_GAINS; c++) {
        const hw_compare_kind *what = &levers->kinds[c];
        uint32_t first = hw_sheet_add_column(sheet, columns[c][0], what->difference_units, what->decimals);
        hw_sheet_add_column(sheet, columns[c][1], what->difference_units, what->decimals);
        hw_sheet_add_column(sheet, columns[c][2], NULL, 0);
        sheet->view.columns[c] = hw_error_column(titles[c], first, first + 1, first + 2);
    }
    for (size_t i = 0; i < order->count; i++) {
        const hw_contender *lever = order->items[i].lever;
        hw_cell *row = hw_sheet_add_row(sheet, true), *next = &row[2];
        hw_cell_set_text(&row[0], lever->name);
        hw_cell_set_text(&row[1], lever->outcomes->title);
        for (uint32_t c = 0; c < HW_GAINS; c++, next += 3) {
            const hw_gain *gain = gain_of(&levers->ranked[kind][c], lever);
            if (gain != NULL) {
                hw_cell_set_number(&next[0], gain->amount.value + 0.0);
                hw_cell_set_number(&next[1], gain->row->found.error);
                hw_cell_set_text(&next[2], hw_compare_mark(gain->row->verdict));
            }
        }
    }
}

void hw_levers_build(hw_book *book, const hw_levers *levers) {
    hw_compare_add_tables(book, &levers->all, false); /* what the rankings are made of is for files */
    for (hw_lever_kind kind = HW_LEVER_SINGLE; kind < HW_LEVER_KINDS; kind++) {
        if (levers->ranked[kind][HW_GAIN_DAYS].count == 0) {
            continue;
        }
        add_overview(book, levers, kind);
        for (uint32_t c = 0; c < HW_GAINS; c++) {
            add_ranking(book, levers, kind, c);
        }
    }
    hw_compare_add_findings(book, &levers->all, false);
    hw_compare_add_about(book, &levers->all);
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

hw_status hw_levers_rank(hw_levers *levers, const hw_contender *base, const hw_contender *contenders,
                         uint32_t count, const hw_compare_wish *wish, hw_errors *errors) {
    *levers = (hw_levers){0};
    for (uint32_t c = 0; c < HW_GAINS; c++) {
        levers->kinds[c] = kind_of(&criteria[c]);
    }
    hw_compare_kind *days = &levers->kinds[HW_GAIN_DAYS];
    if (wish->place != NULL) {
        days->rows = hw_compare_rows_restricted;
    }
    if (wish->place != NULL && is_district(base->outcomes, wish->place)) {
        days->variable = "district_completion_day";
    }
    hw_status status =
        hw_compare_by_kinds(&levers->all, base, contenders, count, wish, levers->kinds, HW_GAINS, errors);
    if (status != HW_OK) {
        return status;
    }
    for (uint32_t c = 0; c < HW_GAINS; c++) {
        for (hw_lever_kind kind = HW_LEVER_SINGLE; kind < HW_LEVER_KINDS; kind++) {
            levers->ranked[kind][c] = rank(&levers->all, c, kind);
        }
        say_best(levers, c);
    }
    say_saving(levers);
    return HW_OK;
}

void hw_levers_free(hw_levers *levers) {
    for (int kind = 0; kind < HW_LEVER_KINDS; kind++) {
        for (int c = 0; c < HW_GAINS; c++) {
            free(levers->ranked[kind][c].items);
        }
    }
    hw_comparison_free(&levers->all);
}

void hw_levers_print_head(FILE *out, const hw_levers *levers) {
    hw_compare_print_base(out, &levers->all);
    hw_compare_print_warnings(out, &levers->all);
    hw_censored_print_warning(out, &levers->all.censored);
    hw_compare_print_reading(
        out, &levers->all,
        "What each lever brings against the base, world by world, in the mean; ± is half of its 95 % "
        "interval "
        "(Monte Carlo error).",
        "Neighbours in rank may stand in the other order: homeward compare says so. Saving: times the "
        "replications that independent runs would need.");
    fputs("\nFindings\n", out);
    for (size_t i = 0; i < levers->all.finding_count; i++) {
        hw_print_paragraph(out, levers->all.findings[i].text);
    }
}
