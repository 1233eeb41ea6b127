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
    [HW_GAIN_DAYS] = {HW_KIND_PLACE_RELEASE, "release", "Days from the start to release",
                      hw_compare_rows_mean_of_places, true, "days_gained", "Days gained until release",
                      "Days gained"},
    [HW_GAIN_CHANCE] = {HW_KIND_PLACE_RELEASE_BY, "release_by", "Probability of release by a date",
                        hw_compare_rows_mean_chance, false, "chance_gained",
                        "Probability of release, points gained", "Probability of release"},
    [HW_GAIN_LAND] = {HW_KIND_LAND, "land", "Land released by a date", hw_compare_rows_land, false,
                      "land_gained", "Land released, km2 gained", "Land released"},
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
        if (!lever->floor && lever->group == (uint32_t)kind) {
            gains.items[gains.count++] = (hw_gain){
                .lever = lever, .row = row, .amount = hw_amount_of(row, criteria[which].less_is_better)};
        }
    }
    qsort(gains.items, gains.count, sizeof *gains.items, compare_gains);
    return gains;
}

/* What nothing brings by a criterion; false without a noise floor. */
static bool floor_gain(const hw_comparison *all, uint32_t which, hw_gain *gain) {
    const hw_compare_rows *rows = &all->of_kind[which];
    if (!all->has_floor || rows->count == 0) {
        return false;
    }
    const hw_compare_row *row = &all->rows[rows->first]; /* of the first variant */
    *gain = (hw_gain){
        .lever = &all->variants[0], .row = row, .amount = hw_amount_of(row, criteria[which].less_is_better)};
    return true;
}

/* Which place it is about, and by when: ", Agdam city by 2035-12-31". Free it. */
static char *subject(const hw_levers *levers, uint32_t which, const hw_gain *one) {
    char date[16];
    bool of_place = which == HW_GAIN_DAYS || which == HW_GAIN_CHANCE;
    bool dated = which == HW_GAIN_CHANCE || which == HW_GAIN_PEOPLE || which == HW_GAIN_LAND;
    int64_t by = which == HW_GAIN_LAND ? levers->land_by : levers->all.by[0];
    return hw_take_text("%s%s%s%s", of_place ? ", " : "", of_place ? one->row->label : "",
                        dated ? " by " : "", dated ? hw_date_print(by, date) : "");
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
    char *of = subject(levers, which, &gains->items[0]);
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
    char *floor =
        count.floor > 0 ? hw_take_text(" (%u below the noise floor)", count.floor) : hw_take_text("%s", "");
    hw_compare_say(
        &levers->all, 0,
        hw_take_text("%s%s: %s. Of %zu levers: %u clearly for the better, %u for the worse, %u not "
                     "clear either way%s, %u without any effect.",
                     criteria[which].finding, of, start, gains->count, less ? count.below : count.above,
                     less ? count.above : count.below, count.alone + count.unclear + count.floor, floor,
                     count.same));
    free(floor);
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
    RANK_MARK,
    RANK_TRIMMED,
    RANK_TRIMMED_LOW,
    RANK_TRIMMED_HIGH,
    RANK_TRIMMED_ERROR,
    RANK_FLOOR,
    RANK_TRIMMED_FLOOR,
    RANK_STEADY
};

static void add_rank_columns(hw_sheet *sheet, const hw_comparison *all, const hw_compare_kind *what) {
    static const char *const names[] = {"rank", "lever", "title", "of"};
    static const char *const gains[] = {"gain", "gain_low", "gain_high", "gain_error"};
    static const char *const worlds[] = {"better", "worse"}, *const words[] = {"verdict", "mark"};
    static const char *const trimmed[] = {"trimmed",       "trimmed_low", "trimmed_high",
                                          "trimmed_error", "floor",       "trimmed_floor"};
    hw_sheet_add_columns(sheet, names, HW_LENGTH(names), NULL, 0);
    hw_sheet_add_columns(sheet, gains, HW_LENGTH(gains), what->difference_units, what->decimals);
    hw_sheet_add_column(sheet, "p_value", "1", 4);
    hw_sheet_add_columns(sheet, worlds, HW_LENGTH(worlds), "worlds", 0);
    hw_sheet_add_column(sheet, "saving", "times", 1);
    hw_sheet_add_columns(sheet, words, HW_LENGTH(words), NULL, 0);
    hw_sheet_add_columns(sheet, trimmed, HW_LENGTH(trimmed), what->difference_units, what->decimals);
    if (all->variants[0].copy_count > 0) {
        hw_sheet_add_column(sheet, "steady_error", "of that of as many plain runs", 2);
    }
    hw_view *view = &sheet->view;
    *view = (hw_view){.label_title = "lever", .label = RANK_LEVER, .across = HW_NO_COLUMN};
    view->columns[view->column_count++] = hw_error_column("gain ±", RANK_GAIN, RANK_ERROR, 0);
    if (!what->share) {
        view->columns[view->column_count++] =
            hw_error_column("trimmed mean ±", RANK_TRIMMED, RANK_TRIMMED_ERROR, 0);
    }
    view->columns[view->column_count++] = hw_plain_column("better in", RANK_BETTER);
    view->columns[view->column_count++] = hw_plain_column("worse in", RANK_WORSE);
    view->columns[view->column_count++] = hw_plain_column("saving", RANK_SAVING);
    view->columns[view->column_count++] = hw_plain_column("verdict", RANK_VERDICT);
}

/* Number 0 is the noise floor, which is not ranked. */
static void add_rank(hw_sheet *sheet, const hw_comparison *all, const hw_gain *one, size_t number,
                     bool less_is_better) {
    const hw_paired *found = &one->row->found;
    const hw_trimmed *trimmed = &one->row->trimmed;
    double sign = less_is_better ? -1 : 1;
    const double numbers[] = {one->amount.value + 0.0, /* which turns -0 into 0 */
                              one->amount.low,
                              one->amount.high,
                              found->error,
                              found->p,
                              (double)(less_is_better ? found->lower : found->higher),
                              (double)(less_is_better ? found->higher : found->lower),
                              one->row->saving};
    const double trims[] = {sign * trimmed->mean + 0.0,
                            less_is_better ? -trimmed->high : trimmed->low,
                            less_is_better ? -trimmed->low : trimmed->high,
                            trimmed->error,
                            one->row->floor,
                            one->row->trimmed_floor};
    hw_cell *row = hw_sheet_add_row(sheet, true);
    hw_cell_set_number(&row[RANK_NUMBER], number > 0 ? (double)number : (double)NAN);
    hw_cell_set_text(&row[RANK_LEVER], one->lever->name);
    hw_cell_set_text(&row[RANK_TITLE], one->lever->outcomes->title);
    hw_cell_set_text(&row[RANK_OF], one->row->label);
    for (uint32_t i = 0; i < HW_LENGTH(numbers); i++) {
        hw_cell_set_number(&row[RANK_GAIN + i], numbers[i]);
    }
    hw_cell_set_text(&row[RANK_VERDICT], hw_compare_row_verdict(all, one->row));
    hw_cell_set_text(&row[RANK_MARK], hw_compare_mark(one->row->verdict));
    for (uint32_t i = 0; i < HW_LENGTH(trims); i++) {
        hw_cell_set_number(&row[RANK_TRIMMED + i], trims[i]);
    }
    if (all->variants[0].copy_count > 0) {
        hw_cell_set_number(&row[RANK_STEADY], one->row->steady);
    }
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
    char *of = subject(levers, which, &gains->items[0]);
    char *title = hw_take_text("%s%s%s", tables_of[kind].before, criteria[which].title, of);
    char *name = hw_take_text("%s%s", criteria[which].name, tables_of[kind].suffix);
    hw_sheet *sheet = hw_book_add(book, name, title);
    add_rank_columns(sheet, &levers->all, &levers->kinds[which]);
    hw_gain nothing;
    if (floor_gain(&levers->all, which, &nothing)) {
        add_rank(sheet, &levers->all, &nothing, 0, criteria[which].less_is_better);
    }
    for (size_t i = 0; i < gains->count; i++) {
        add_rank(sheet, &levers->all, &gains->items[i], i + 1, criteria[which].less_is_better);
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

/* The gain by a criterion, of a lever or of nothing. */
static bool find_gain(const hw_levers *levers, hw_lever_kind kind, uint32_t which, const hw_contender *lever,
                      hw_gain *gain) {
    if (lever->floor) {
        return floor_gain(&levers->all, which, gain);
    }
    const hw_gain *found = gain_of(&levers->ranked[kind][which], lever);
    *gain = found != NULL ? *found : (hw_gain){0};
    return found != NULL;
}

static void add_overview_row(hw_sheet *sheet, const hw_levers *levers, hw_lever_kind kind,
                             const hw_contender *lever) {
    hw_cell *row = hw_sheet_add_row(sheet, true), *next = &row[2];
    hw_cell_set_text(&row[0], lever->name);
    hw_cell_set_text(&row[1], lever->outcomes->title);
    for (uint32_t c = 0; c < HW_GAINS; c++, next += 3) {
        hw_gain gain;
        if (find_gain(levers, kind, c, lever, &gain)) {
            hw_cell_set_number(&next[0], gain.amount.value + 0.0);
            hw_cell_set_number(&next[1], gain.row->found.error);
            hw_cell_set_text(&next[2], hw_compare_mark(gain.row->verdict));
        }
    }
}

/* One line a lever, in the order of days gained, after that of nothing: all gains with their marks. */
static void add_overview(hw_book *book, const hw_levers *levers, hw_lever_kind kind) {
    static const char *const columns[HW_GAINS][3] = {
        {"days", "days_error", "days_mark"},          {"chance", "chance_error", "chance_mark"},
        {"land", "land_error", "land_mark"},          {"people", "people_error", "people_mark"},
        {"victims", "victims_error", "victims_mark"}, {"dollars", "dollars_error", "dollars_mark"}};
    static const char *const titles[HW_GAINS] = {"days ±",   "chance ±",  "km2 ±",
                                                 "people ±", "victims ±", "MUSD ±"};
    const hw_gains *order = &levers->ranked[kind][HW_GAIN_DAYS];
    char people[16], land[16];
    hw_sheet *sheet = hw_book_add(book, tables_of[kind].name, tables_of[kind].title);
    sheet->note = hw_take_text(
        "Means: days gained until release; chance of release by %s, points; land released by %s; people home "
        "by %s;\nvictims averted and million USD saved until the horizon. Trimmed means stand in the "
        "rankings.",
        hw_date_print(levers->all.by[0], people), hw_date_print(levers->land_by, land), people);
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
    if (levers->all.has_floor) {
        add_overview_row(sheet, levers, kind, &levers->all.variants[0]);
    }
    for (size_t i = 0; i < order->count; i++) {
        add_overview_row(sheet, levers, kind, order->items[i].lever);
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

static int64_t end_of(int32_t year, const hw_outcomes *outcomes) {
    int64_t day = hw_date_to_days((hw_date){.year = year, .month = 12, .day = 31});
    return day < outcomes->horizon ? day : outcomes->horizon;
}

int64_t hw_levers_usual_date(const hw_outcomes *outcomes) {
    return end_of(2035, outcomes);
}

int64_t hw_levers_usual_land_date(const hw_outcomes *outcomes) {
    return end_of(2030, outcomes);
}

static bool is_district(const hw_outcomes *outcomes, const char *asked) {
    hw_asked_name name = hw_question_name(asked);
    bool place = hw_axis_find(hw_outcomes_axis(outcomes, "place"), name.name) != UINT32_MAX;
    return name.axis != NULL ? strcmp(name.axis, "district") == 0 : !place;
}

/* Of all places a mean is told, of one place or district its own day and probability. */
static void choose_kinds(hw_levers *levers, const hw_contender *base, const hw_compare_wish *wish) {
    hw_compare_kind *days = &levers->kinds[HW_GAIN_DAYS], *chance = &levers->kinds[HW_GAIN_CHANCE];
    for (uint32_t c = 0; c < HW_GAINS; c++) {
        levers->kinds[c] = kind_of(&criteria[c]);
    }
    levers->kinds[HW_GAIN_LAND].on = &levers->land_by;
    chance->share = wish->place != NULL; /* the mean over places is no event */
    if (wish->place != NULL) {
        days->rows = hw_compare_rows_restricted;
        chance->rows = hw_compare_rows_by;
    }
    if (wish->place != NULL && is_district(base->outcomes, wish->place)) {
        days->variable = chance->variable = "district_completion_day";
    }
}

hw_status hw_levers_rank(hw_levers *levers, const hw_contender *base, const hw_contender *contenders,
                         uint32_t count, const hw_compare_wish *wish, int64_t land_by, hw_errors *errors) {
    *levers = (hw_levers){.land_by = land_by};
    choose_kinds(levers, base, wish);
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
    hw_compare_say_repeats(&levers->all, HW_GAIN_DAYS);
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
