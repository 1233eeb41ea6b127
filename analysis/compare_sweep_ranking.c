/* Points of a sweep ranked by a few numbers of the outcome, and the findings on them; what was compared, and
 * what could not be. */
#include "analysis/compare_sweep_parts.h"
#include "analysis/memory.h"
#include "sim/date.h"
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    CRITERIA_MOST = 4,
    FACTORS_IN_SHEET = 8,
    FACTORS_IN_VIEW = 5,
    RANKED_AT_EACH_END = 10,
    VARIANTS_IN_FULL = 4, /* of more, the terminal shows the ranking only */
};

/* A number of the outcome by which points are ranked: rows of a sheet of differences. */
typedef struct criterion {
    const char *sheet; /* name */
    char *label;       /* of the rows; owned */
    char *title;       /* "release: Aghali"; owned */
    double by;         /* day of the rows, or NaN */
    char units[24];
    uint32_t decimals;
} criterion;

/* The difference of one variant by a criterion. */
typedef struct difference {
    double base, value, low, high, error;
    hw_verdict verdict;
    bool known;
} difference;

typedef struct ranking {
    const hw_sweep_field *field;
    criterion criteria[CRITERIA_MOST];
    uint32_t count;
    difference *found; /* variant * count + criterion */
    uint32_t *order;   /* variants, the lowest difference by the first criterion first */
} ranking;

/* ---- By what ---- */

static void add_criterion(ranking *r, const hw_sheet *sheet, const char *label, const char *name, double by) {
    if (r->count == CRITERIA_MOST || !sheet || sheet->row_count == 0)
        return;
    criterion *added = &r->criteria[r->count++];
    uint32_t column = hw_sheet_find_column(sheet, "difference");
    char date[16];
    char *title = strcmp(name, label) == 0 ? hw_take_text("%s", name) : hw_take_text("%s: %s", name, label);
    *added = (criterion){
        .sheet = sheet->name,
        .label = hw_take_text("%s", label),
        .title = isnan(by) ? title : hw_take_text("%s on %s", title, hw_date_print((int64_t)by, date)),
        .by = by,
        .decimals = sheet->columns[column].decimals};
    if (added->title != title)
        free(title);
    const char *units = sheet->columns[column].units;
    snprintf(added->units, sizeof added->units, "%s", units ? units : "1");
}

static const char *first_label(const hw_sheet *sheet) {
    return hw_sheet_cell(sheet, 0, HW_COMPARE_LABEL)->text;
}

/* Whether a sheet has more than one row for a variant. */
static bool has_several(const hw_compare *all, const hw_sheet *sheet) {
    return sheet->row_count > all->variant_count;
}

/* Of the sheets of outputs: the place or element asked for, and what is one number; if there is none, the
 * first elements of the first output. */
static void choose_from_outputs(ranking *r, const hw_compare *all) {
    const hw_sheet *several = NULL;
    for (uint32_t k = 0; k < all->plan->kind_count; k++) {
        const hw_compare_sheet *kind = &all->plan->kinds[k];
        const hw_sheet *sheet = hw_book_find(all->book, kind->name);
        if (kind->share || !sheet || sheet->row_count == 0)
            continue;
        if (!has_several(all, sheet))
            add_criterion(r, sheet, first_label(sheet), kind->variable, (double)NAN);
        else
            several = several ? several : sheet;
    }
    for (size_t row = 0; r->count == 0 && several && row < several->row_count && row < CRITERIA_MOST; row++)
        if (strcmp(hw_sheet_text(several, row, "scenario"), all->variants[0].name) == 0)
            add_criterion(r, several, hw_sheet_cell(several, row, HW_COMPARE_LABEL)->text,
                          several->name + strlen("difference_"), (double)NAN);
}

/* The date on which people are counted: the last end of a month up to the main date. */
static double main_day(const hw_compare *all, const hw_sheet *people) {
    double day = (double)NAN;
    for (size_t row = 0; people && row < people->row_count; row++) {
        double by = hw_sheet_number(people, row, "by");
        if (by <= (double)all->by[all->main_by] && !(by <= day))
            day = by;
    }
    return day;
}

/* Of the sheets of homeward compare: those of its findings. */
static void choose_from_everything(ranking *r, const hw_compare *all) {
    const hw_book *book = all->book;
    static const char *const days[] = {"place_release", "district_completion"};
    for (int i = 0; i < 2 && all->place; i++) {
        const hw_sheet *sheet = hw_book_find(book, days[i]);
        if (sheet && sheet->row_count > 0)
            add_criterion(r, sheet, all->place, i ? "completion" : "release", (double)NAN);
    }
    const hw_sheet *people = hw_book_find(book, "people");
    double day = main_day(all, people);
    if (!isnan(day))
        add_criterion(r, people, "people back", "people back", day);
    add_criterion(r, hw_book_find(book, "victims"), HW_COMPARE_ALL_VICTIMS, HW_COMPARE_ALL_VICTIMS,
                  (double)NAN);
    add_criterion(r, hw_book_find(book, "money"), HW_COMPARE_ALL_CLEARANCE, "money", (double)NAN);
}

/* ---- Reading the differences ---- */

static uint32_t variant_of(const hw_compare *all, const char *name, uint32_t likely) {
    for (uint32_t i = 0; i < all->variant_count; i++) {
        uint32_t v = (likely + i) % all->variant_count;
        if (strcmp(all->variants[v].name, name) == 0)
            return v;
    }
    return all->variant_count;
}

static void read_criterion(ranking *r, const hw_compare *all, uint32_t c) {
    const criterion *by = &r->criteria[c];
    const hw_sheet *sheet = hw_book_find(all->book, by->sheet);
    uint32_t v = 0;
    for (size_t row = 0; row < sheet->row_count; row++) {
        if (strcmp(hw_sheet_cell(sheet, row, HW_COMPARE_LABEL)->text, by->label) != 0 ||
            (!isnan(by->by) && hw_sheet_number(sheet, row, "by") != by->by))
            continue;
        v = variant_of(all, hw_sheet_text(sheet, row, "scenario"), v);
        difference *one = &r->found[(size_t)v * r->count + c];
        *one = (difference){.base = hw_sheet_number(sheet, row, "base"),
                            .value = hw_sheet_number(sheet, row, "difference"),
                            .low = hw_sheet_number(sheet, row, "difference_low"),
                            .high = hw_sheet_number(sheet, row, "difference_high"),
                            .error = hw_sheet_number(sheet, row, "difference_error"),
                            .verdict = hw_compare_verdict_in(sheet, row)};
        one->known = !isnan(one->value);
    }
}

typedef struct place_in_order {
    double value;
    uint32_t variant;
} place_in_order;

/* What is not known comes last. */
static int by_value(const void *left, const void *right) {
    const place_in_order *a = left, *b = right;
    if (isnan(a->value) != isnan(b->value))
        return isnan(a->value) ? 1 : -1;
    if (a->value < b->value || a->value > b->value)
        return a->value < b->value ? -1 : 1;
    return (a->variant > b->variant) - (a->variant < b->variant);
}

static void put_in_order(ranking *r, uint32_t variants) {
    place_in_order *places = hw_take(variants, sizeof *places);
    r->order = hw_take(variants, sizeof *r->order);
    for (uint32_t v = 0; v < variants; v++) {
        const difference *first = &r->found[(size_t)v * r->count];
        places[v] = (place_in_order){r->count && first->known ? first->value : (double)NAN, v};
    }
    qsort(places, variants, sizeof *places, by_value);
    for (uint32_t i = 0; i < variants; i++)
        r->order[i] = places[i].variant;
    free(places);
}

/* ---- The sheet ---- */

static double scaled(double number, uint32_t decimals) {
    return number * pow(10, decimals);
}

/* As many decimals as make numbers of a factor whole, but no more than give the largest four digits. */
static uint32_t decimals_of(const hw_sweep_field *field, uint32_t factor) {
    enum { MOST_DECIMALS = 4 };
    const double *numbers = field->sample->numbers[factor];
    double largest = 0;
    for (uint32_t v = 0; v < field->count && numbers; v++)
        largest = fmax(largest, fabs(numbers[field->points[v]]));
    uint32_t most = 0, decimals = 0;
    while (most < MOST_DECIMALS && scaled(largest, most) < 1000)
        most++;
    for (uint32_t v = 0; v < field->count && numbers; v++) {
        double number = numbers[field->points[v]];
        while (decimals < most && fabs(scaled(number, decimals) - rint(scaled(number, decimals))) > 1e-6)
            decimals++;
    }
    return decimals;
}

/* Whether a factor tells points from one another, or from their base. */
static bool differs(const hw_sweep_field *field, uint32_t factor) {
    const hw_sweep_sample *s = field->sample;
    uint64_t first = field->own_bases ? field->points[0] : field->base_points[0];
    for (uint32_t v = 0; v < field->count; v++)
        if (!hw_sweep_sample_same(s, field->points[v], factor, s, first, factor))
            return true;
    return field->count == 1;
}

static void show_column(hw_sheet *sheet, const char *title, uint32_t value, uint32_t error, uint32_t mark) {
    if (sheet->view.column_count < HW_VIEW_COLUMNS_MOST)
        sheet->view.columns[sheet->view.column_count++] = (hw_view_column){.title = title,
                                                                           .value = value,
                                                                           .error = error,
                                                                           .low = HW_NO_COLUMN,
                                                                           .high = HW_NO_COLUMN,
                                                                           .mark = mark};
}

enum { RANK, POINT, SCENARIO, FIRST_FACTOR };

/* Factors that tell points apart come first; all of them have room only when they are few. */
static uint32_t choose_factors(const hw_sweep_field *field, uint32_t chosen[FACTORS_IN_SHEET],
                               uint32_t *differing) {
    uint32_t count = 0;
    for (int same = 0; same < 2; same++) {
        for (uint32_t f = 0; f < field->sample->factor_count && count < FACTORS_IN_SHEET; f++)
            if (differs(field, f) == !same)
                chosen[count++] = f;
        if (!same)
            *differing = count;
    }
    return count;
}

/* A name that no column has yet: factors and outputs are called as their designer likes. The caller frees it.
 */
static char *other_name(const hw_sheet *sheet, const char *wanted) {
    char *name = hw_take_text("%s", wanted);
    while (hw_sheet_find_column(sheet, name) != HW_NO_COLUMN) {
        char *longer = hw_take_text("%s_", name);
        free(name);
        name = longer;
    }
    return name;
}

static void add_columns(hw_sheet *sheet, const ranking *r, const uint32_t *factors, uint32_t factor_count,
                        uint32_t differing) {
    const hw_sweep_sample *s = r->field->sample;
    hw_sheet_add_column(sheet, "rank", NULL, 0);
    hw_sheet_add_column(sheet, "point", NULL, 0);
    hw_sheet_add_column(sheet, "scenario", NULL, 0);
    sheet->view = (hw_view){.label_title = "point", .label = POINT, .across = HW_NO_COLUMN};
    if (s->case_count > 1)
        show_column(sheet, "scenario", SCENARIO, HW_NO_COLUMN, 0);
    for (uint32_t i = 0; i < factor_count; i++) {
        const hw_sweep_factor_info *factor = &s->factors[factors[i]];
        bool date = hw_sweep_sample_is_date(factor);
        const char *units = factor->text ? NULL : date ? "date" : factor->units;
        char *name = other_name(sheet, factor->name);
        uint32_t column = hw_sheet_add_column(sheet, name, units, decimals_of(r->field, factors[i]));
        if (i < differing && i < FACTORS_IN_VIEW)
            show_column(sheet, sheet->columns[column].name, column, HW_NO_COLUMN, 0);
        free(name);
    }
    for (uint32_t c = 0; c < r->count; c++) {
        const criterion *by = &r->criteria[c];
        char *title = other_name(sheet, by->title);
        char *error = hw_take_text("%s_error", title), *mark = hw_take_text("%s_mark", title);
        uint32_t value = hw_sheet_add_column(sheet, title, by->units, by->decimals);
        hw_sheet_add_column(sheet, error, by->units, by->decimals);
        hw_sheet_add_column(sheet, mark, NULL, 0);
        show_column(sheet, sheet->columns[value].name, value, value + 1, value + 2);
        free(mark);
        free(error);
        free(title);
    }
}

static void set_factor(hw_cell *cell, const hw_sweep_sample *s, uint32_t factor, uint64_t point) {
    if (s->words[factor])
        hw_cell_set_text(cell, s->words[factor][point]);
    else if (hw_sweep_sample_is_date(&s->factors[factor]) && isfinite(s->numbers[factor][point]))
        *cell = (hw_cell){.kind = HW_CELL_DATE, .number = floor(s->numbers[factor][point])};
    else
        hw_cell_set_number(cell, s->numbers[factor][point]);
}

static void add_ranked(hw_sheet *sheet, const ranking *r, uint32_t place, const uint32_t *factors,
                       uint32_t factor_count, bool shown) {
    const hw_sweep_field *field = r->field;
    uint32_t v = r->order[place];
    hw_cell *row = hw_sheet_add_row(sheet, shown);
    hw_cell_set_number(&row[RANK], place + 1);
    hw_cell_set_number(&row[POINT], (double)field->points[v]);
    hw_cell_set_text(&row[SCENARIO], field->sample->scenario[field->points[v]]);
    for (uint32_t i = 0; i < factor_count; i++)
        set_factor(&row[FIRST_FACTOR + i], field->sample, factors[i], field->points[v]);
    hw_cell *next = &row[FIRST_FACTOR + factor_count];
    for (uint32_t c = 0; c < r->count; c++, next += 3) {
        const difference *one = &r->found[(size_t)v * r->count + c];
        if (!one->known)
            continue;
        hw_cell_set_number(&next[0], one->value);
        hw_cell_set_number(&next[1], one->error);
        hw_cell_set_text(&next[2], hw_compare_mark(one->verdict));
    }
}

/* "point 0: rule=worst_first", "the same point of A/sweep.h5". The caller frees it. */
static char *base_text(const hw_sweep_field *field) {
    return field->own_bases ? hw_take_text("the same point of %s", field->own_bases_of)
                            : hw_take_text("point %s", field->bases[0].name);
}

static char *ranking_note(const ranking *r, uint32_t hidden) {
    const hw_sweep_field *field = r->field;
    char *base = base_text(field);
    char *more = hw_take_text("%s", "");
    if (hidden > 0) {
        free(more);
        more = hw_take_text(" %u points between the lowest and the highest %d are not shown (--csv, --json).",
                            hidden, RANKED_AT_EACH_END);
    }
    char *note =
        hw_take_text("Each point less the base, %s; the lowest difference first.%s%s", base, more,
                     field->count > 2 ? " The extremes of many points are extreme by chance too." : "");
    free(base);
    free(more);
    return note;
}

static void add_ranking(const hw_compare *all, const ranking *r) {
    char *title = hw_take_text("Points ranked by %s", r->criteria[0].title);
    hw_sheet *sheet = hw_book_add(all->book, "points_ranked", title);
    free(title);
    uint32_t factors[FACTORS_IN_SHEET], differing = 0, count = r->field->count;
    uint32_t factor_count = choose_factors(r->field, factors, &differing);
    uint32_t hidden = count > 2 * RANKED_AT_EACH_END ? count - 2 * RANKED_AT_EACH_END : 0;
    add_columns(sheet, r, factors, factor_count, differing);
    sheet->note = ranking_note(r, hidden);
    if (count == 1)
        sheet->view.column_count = 0; /* the sheets of differences tell all */
    for (uint32_t i = 0; i < count; i++)
        add_ranked(sheet, r, i, factors, factor_count,
                   hidden == 0 || i < RANKED_AT_EACH_END || i >= count - RANKED_AT_EACH_END);
}

/* ---- Findings ---- */

static void say(hw_sheet *findings, char *sentence) {
    hw_cell_set_text(&hw_sheet_add_row(findings, false)[0], sentence);
    free(sentence);
}

/* "120 days fewer (95 %: 90 to 150; clear only alone)" */
static char *say_difference(const criterion *by, const difference *one) {
    bool less = one->value < 0;
    double sign = less ? -1 : 1;
    char *value = hw_thousands(sign * one->value, by->decimals);
    char *low =
        isnan(one->low) ? hw_take_text("?") : hw_thousands(less ? -one->high : one->low, by->decimals);
    char *high =
        isnan(one->high) ? hw_take_text("?") : hw_thousands(less ? -one->low : one->high, by->decimals);
    const char *units = strcmp(by->units, "1") == 0 ? "" : by->units;
    const char *verdict = one->verdict == HW_VERDICT_AMONG   ? ""
                          : one->verdict == HW_VERDICT_ALONE ? "; clear only alone"
                                                             : "; cannot be told from zero";
    char *text = one->verdict == HW_VERDICT_SAME
                     ? hw_take_text("the same as the base in all worlds")
                     : hw_take_text("%s%s%s %s (95 %%: %s to %s%s)", value, *units ? " " : "", units,
                                    less ? "less" : "more", low, high, verdict);
    free(value);
    free(low);
    free(high);
    return text;
}

static char *say_extreme(const hw_compare *all, const ranking *r, uint32_t c, uint32_t variant,
                         const char *what) {
    char *said = say_difference(&r->criteria[c], &r->found[(size_t)variant * r->count + c]);
    char *text = hw_take_text("%s at point %s: %s", what, all->variants[variant].name, said);
    free(said);
    return text;
}

/* "release: Aghali (at the base 612 days)". The caller frees it. */
static char *say_title(const ranking *r, uint32_t c) {
    const criterion *by = &r->criteria[c];
    double base = (double)NAN;
    for (uint32_t v = 0; v < r->field->count && isnan(base); v++)
        base =
            r->found[(size_t)v * r->count + c].known ? r->found[(size_t)v * r->count + c].base : (double)NAN;
    if (r->field->own_bases || isnan(base))
        return hw_take_text("%s", by->title);
    char *number = hw_thousands(base, by->decimals);
    bool counted = strcmp(by->units, "1") != 0;
    char *text = hw_take_text("%s (at the base %s%s%s)", by->title, number, counted ? " " : "",
                              counted ? by->units : "");
    free(number);
    return text;
}

static void say_criterion(const hw_compare *all, const ranking *r, hw_sheet *findings, uint32_t c) {
    unsigned below = 0, above = 0, alone = 0, unclear = 0, same = 0;
    uint32_t least = UINT32_MAX, most = UINT32_MAX;
    for (uint32_t v = 0; v < all->variant_count; v++) {
        const difference *one = &r->found[(size_t)v * r->count + c];
        if (!one->known)
            continue;
        least = least == UINT32_MAX || one->value < r->found[(size_t)least * r->count + c].value ? v : least;
        most = most == UINT32_MAX || one->value > r->found[(size_t)most * r->count + c].value ? v : most;
        below += one->verdict == HW_VERDICT_AMONG && one->value < 0;
        above += one->verdict == HW_VERDICT_AMONG && one->value > 0;
        alone += one->verdict == HW_VERDICT_ALONE;
        unclear += one->verdict == HW_VERDICT_UNCLEAR;
        same += one->verdict == HW_VERDICT_SAME;
    }
    unsigned known = below + above + alone + unclear + same;
    char *title = say_title(r, c);
    char *lowest = known ? say_extreme(all, r, c, least, "lowest") : NULL;
    if (known == 0) {
        say(findings, hw_take_text("%s: no difference is known.", title));
    } else if (known == 1) {
        say(findings, hw_take_text("%s:%s.", title, strstr(lowest, " at point ")));
    } else if (same == known) {
        say(findings, hw_take_text("%s: the same as the base in all worlds at all %u points.", title, same));
    } else {
        char *highest = say_extreme(all, r, c, most, "highest");
        say(findings,
            hw_take_text("%s, %s; %s. Of %u points, %u are below the base and %u above it, clearly among all "
                         "%zu comparisons; %u more differ when looked at alone; of %u the difference cannot "
                         "be told from zero; %u are the same in all worlds.",
                         title, lowest, highest, known, below, above, all->judged, alone, unclear, same));
        free(highest);
    }
    free(lowest);
    free(title);
}

static int compare_numbers(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Over all outcomes and points. */
static void say_saving(const hw_compare *all, hw_sheet *findings) {
    const hw_sheet *pairing = hw_book_find(all->book, "pairing");
    double *times = hw_take(pairing->row_count, sizeof *times);
    size_t count = 0;
    for (size_t row = 0; row < pairing->row_count; row++) {
        times[count] = hw_sheet_number(pairing, row, "together");
        count += isnan(times[count]) ? 0 : 1;
    }
    qsort(times, count, sizeof *times, compare_numbers);
    if (count > 0) {
        char *middle = hw_thousands((times[(count - 1) / 2] + times[count / 2]) / 2, 1);
        char *least = hw_thousands(times[0], 1), *most = hw_thousands(times[count - 1], 1);
        say(findings, hw_take_text("Pairing on the same worlds: to know the differences as well, independent "
                                   "runs would need %s times the replications for the typical outcome and "
                                   "point (%s to %s).",
                                   middle, least, most));
        free(middle);
        free(least);
        free(most);
    }
    free(times);
}

static void add_findings(const hw_compare *all, const ranking *r) {
    hw_sheet *findings = hw_book_add(all->book, "findings", "Findings");
    hw_sheet_add_column(findings, "finding", NULL, 0);
    for (uint32_t c = 0; c < r->count; c++)
        say_criterion(all, r, findings, c);
    if (all->apart)
        say(findings,
            hw_take_text(
                "Only summaries were kept, so what the points have in common cannot be used: ± here is "
                "as a rule much wider than the paired one. 'keep: outcomes' in the design, and the "
                "sweep run again, gives that."));
    else
        say_saving(all, findings);
}

/* ---- About ---- */

static void add_fact(hw_sheet *sheet, const char *fact, char *value) {
    hw_cell *row = hw_sheet_add_row(sheet, false);
    hw_cell_set_text(&row[0], fact);
    hw_cell_set_text(&row[1], value);
    free(value);
}

static void add_sweep(const hw_compare *all, const hw_sweep_field *field) {
    const hw_sweep_sample *s = field->sample;
    char start[16], horizon[16];
    hw_sheet *sheet = hw_book_add(all->book, "sweep", "The sweep");
    hw_sheet_add_column(sheet, "fact", NULL, 0);
    hw_sheet_add_column(sheet, "value", NULL, 0);
    add_fact(sheet, "title", hw_take_text("%s", s->about->title));
    add_fact(sheet, "question", hw_take_text("%s", s->about->question));
    add_fact(sheet, "design", hw_take_text("%s", s->about->design));
    add_fact(sheet, "digest", hw_take_text("%s", s->about->digest));
    add_fact(sheet, "points", hw_take_text("%" PRIu64, s->about->points));
    add_fact(sheet, "points compared", hw_take_text("%u", field->count));
    add_fact(sheet, "points left out", hw_take_text("%u", field->left_out_count));
    add_fact(sheet, "replications", hw_take_text("%" PRIu64, s->about->replications));
    add_fact(sheet, "seed", hw_take_text("%" PRIu64, s->about->seed));
    add_fact(sheet, "start", hw_take_text("%s", hw_date_print(all->base->outcomes->start, start)));
    add_fact(sheet, "horizon", hw_take_text("%s", hw_date_print(all->base->outcomes->horizon, horizon)));
    add_fact(sheet, "model", hw_take_text("%s", s->about->model));
    add_fact(sheet, "comparisons", hw_take_text("%zu", all->judged));
    add_fact(sheet, "worlds",
             hw_take_text("%s", all->apart ? "not paired: only summaries were kept" : "paired"));
    add_fact(sheet, "base", base_text(field));
}

static void add_left_out(const hw_compare *all, const hw_sweep_field *field) {
    hw_sheet *sheet = hw_book_add(all->book, "points_left_out", "Points that could not be compared");
    hw_sheet_add_column(sheet, "point", NULL, 0);
    hw_sheet_add_column(sheet, "why", NULL, 0);
    for (uint32_t i = 0; i < field->left_out_count; i++) {
        hw_cell *row = hw_sheet_add_row(sheet, false);
        hw_cell_set_number(&row[0], (double)field->left_out[i]);
        hw_cell_set_text(&row[1], field->left_out_why[i]);
    }
}

/* ---- The whole ---- */

/* Of many points the differences themselves are for files. */
static void choose_what_is_shown(hw_compare *all) {
    for (uint32_t s = 0; s < all->book->count && all->variant_count > VARIANTS_IN_FULL; s++)
        all->book->sheets[s].view.column_count = 0;
}

void hw_sweep_conclude(hw_compare *all) {
    ranking r = {.field = all->plan->context};
    choose_what_is_shown(all);
    if (all->plan->kinds == hw_compare_everything.kinds)
        choose_from_everything(&r, all);
    else
        choose_from_outputs(&r, all);
    r.found = hw_take((size_t)(all->variant_count + 1) * (r.count + 1), sizeof *r.found);
    for (uint32_t c = 0; c < r.count; c++)
        read_criterion(&r, all, c);
    put_in_order(&r, all->variant_count);
    add_sweep(all, r.field);
    add_left_out(all, r.field);
    if (r.count > 0)
        add_ranking(all, &r);
    add_findings(all, &r);
    for (uint32_t c = 0; c < r.count; c++) {
        free(r.criteria[c].label);
        free(r.criteria[c].title);
    }
    free(r.order);
    free(r.found);
}
