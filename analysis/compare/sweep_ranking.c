/* Points of a sweep ranked; what was compared, and what could not be. */
#include "analysis/base/memory.h"
#include "analysis/compare/sweep_parts.h"
#include "sim/date.h"
#include "sim/length.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {
    FACTORS_IN_SHEET = 8,
    FACTORS_IN_VIEW = 5,
    RANKED_AT_EACH_END = 10,
    VARIANTS_IN_FULL = 4, /* of more, the terminal shows the ranking only */
};

/* ---- The sheet ---- */

static double scaled(double number, uint32_t decimals) {
    return number * pow(10, decimals);
}

/* As many decimals as make numbers of a factor whole, but no more than give the largest four digits. */
static uint32_t decimals_of(const hw_sweep_field *field, uint32_t factor) {
    enum { MOST_DECIMALS = 4 };
    const double *numbers = field->sample->factors.numbers[factor];
    double largest = 0;
    for (uint32_t v = 0; v < field->count && numbers != NULL; v++) {
        largest = fmax(largest, fabs(numbers[field->points[v]]));
    }
    uint32_t most = 0, decimals = 0;
    while (most < MOST_DECIMALS && scaled(largest, most) < 1000) {
        most++;
    }
    for (uint32_t v = 0; v < field->count && numbers != NULL; v++) {
        double number = numbers[field->points[v]];
        while (decimals < most && fabs(scaled(number, decimals) - rint(scaled(number, decimals))) > 1e-6) {
            decimals++;
        }
    }
    return decimals;
}

/* Whether points differ in a factor, from one another or from their base. */
static bool differs(const hw_sweep_field *field, uint32_t factor) {
    const hw_sweep_sample *s = field->sample;
    uint64_t first = field->own_bases ? field->points[0] : field->base_points[0];
    for (uint32_t v = 0; v < field->count; v++) {
        if (!hw_sweep_sample_same(s, field->points[v], factor, s, first, factor)) {
            return true;
        }
    }
    return field->count == 1;
}

static void show_column(hw_sheet *sheet, hw_view_column column) {
    if (sheet->view.column_count < HW_VIEW_COLUMNS_MOST) {
        sheet->view.columns[sheet->view.column_count++] = column;
    }
}

enum { RANK, POINT, SCENARIO, FIRST_FACTOR };

/* Factors in which points differ come first; there is room for all only when they are few. */
static uint32_t choose_factors(const hw_sweep_field *field, uint32_t chosen[FACTORS_IN_SHEET],
                               uint32_t *differing) {
    uint32_t count = 0;
    for (int same = 0; same < 2; same++) {
        for (uint32_t f = 0; f < field->sample->factors.count && count < FACTORS_IN_SHEET; f++) {
            if (differs(field, f) == !same) {
                chosen[count++] = f;
            }
        }
        if (!same) {
            *differing = count;
        }
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

static void add_factor_column(hw_sheet *sheet, const hw_sweep_field *field, uint32_t factor, bool shown) {
    const hw_sweep_factor_info *info = &field->sample->factors.info[factor];
    bool date = hw_sweep_sample_is_date(info);
    char *name = other_name(sheet, info->name);
    uint32_t column = hw_sheet_add_column(sheet, name,
                                          info->text ? NULL
                                          : date     ? "date"
                                                     : info->units,
                                          decimals_of(field, factor));
    free(name);
    if (shown) {
        show_column(sheet, hw_plain_column(sheet->columns[column].name, column));
        bool with_units = !info->text && !date && *hw_sweep_sample_units(info);
        sheet->view.with_units |= (uint32_t)with_units << (sheet->view.column_count - 1);
    }
}

static void add_criterion_columns(hw_sheet *sheet, const hw_compare_kind *what, const char *name) {
    char *title = other_name(sheet, name);
    char *error = hw_take_text("%s_error", title), *mark = hw_take_text("%s_mark", title);
    uint32_t value = hw_sheet_add_column(sheet, title, what->difference_units, what->decimals);
    hw_sheet_add_column(sheet, error, what->difference_units, what->decimals);
    hw_sheet_add_column(sheet, mark, NULL, 0);
    show_column(sheet, hw_error_column(sheet->columns[value].name, value, value + 1, value + 2));
    free(mark);
    free(error);
    free(title);
}

static void add_columns(hw_sheet *sheet, const hw_sweep_comparison *c, const uint32_t *factors,
                        uint32_t factor_count, uint32_t differing) {
    static const char *const names[] = {"rank", "point", "scenario"};
    hw_sheet_add_columns(sheet, names, HW_LENGTH(names), NULL, 0);
    sheet->view = (hw_view){.label_title = "point", .label = POINT, .across = HW_NO_COLUMN};
    if (c->field.sample->case_count > 1) {
        show_column(sheet, hw_plain_column("scenario", SCENARIO));
    }
    for (uint32_t i = 0; i < factor_count; i++) {
        add_factor_column(sheet, &c->field, factors[i], i < differing && i < FACTORS_IN_VIEW);
    }
    for (uint32_t i = 0; i < c->ranking.count; i++) {
        add_criterion_columns(sheet, hw_sweep_kind_of(c, i), c->ranking.criteria[i].title);
    }
}

static void set_factor(hw_cell *cell, const hw_sweep_sample *s, uint32_t factor, uint64_t point) {
    if (s->factors.words[factor] != NULL) {
        hw_cell_set_text(cell, s->factors.words[factor][point]);
    } else if (hw_sweep_sample_is_date(&s->factors.info[factor]) &&
               isfinite(s->factors.numbers[factor][point])) {
        *cell = (hw_cell){.kind = HW_CELL_DATE, .number = floor(s->factors.numbers[factor][point])};
    } else {
        hw_cell_set_number(cell, s->factors.numbers[factor][point]);
    }
}

static void add_ranked(hw_sheet *sheet, const hw_sweep_comparison *c, uint32_t place, const uint32_t *factors,
                       uint32_t factor_count, bool shown) {
    const hw_sweep_field *field = &c->field;
    uint32_t v = c->ranking.order[place];
    hw_cell *row = hw_sheet_add_row(sheet, shown);
    hw_cell_set_number(&row[RANK], place + 1);
    hw_cell_set_number(&row[POINT], (double)field->points[v]);
    hw_cell_set_text(&row[SCENARIO], field->sample->scenario[field->points[v]]);
    for (uint32_t i = 0; i < factor_count; i++) {
        set_factor(&row[FIRST_FACTOR + i], field->sample, factors[i], field->points[v]);
    }
    hw_cell *next = &row[FIRST_FACTOR + factor_count];
    for (uint32_t i = 0; i < c->ranking.count; i++, next += 3) {
        const hw_compare_row *one = hw_sweep_found(c, v, i);
        if (one != NULL) {
            hw_cell_set_number(&next[0], one->found.difference);
            hw_cell_set_number(&next[1], one->found.error);
            hw_cell_set_text(&next[2], hw_compare_mark(one->verdict));
        }
    }
}

static char *ranking_note(const hw_sweep_field *field, uint32_t hidden) {
    char *base = hw_sweep_base_words(field);
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

static void add_ranking(hw_book *book, const hw_sweep_comparison *c) {
    char *title = hw_take_text("Points ranked by %s", c->ranking.criteria[0].title);
    hw_sheet *sheet = hw_book_add(book, "points_ranked", title);
    free(title);
    uint32_t factors[FACTORS_IN_SHEET], differing = 0, count = c->field.count;
    uint32_t factor_count = choose_factors(&c->field, factors, &differing);
    uint32_t hidden = count > 2 * RANKED_AT_EACH_END ? count - 2 * RANKED_AT_EACH_END : 0;
    add_columns(sheet, c, factors, factor_count, differing);
    sheet->note = ranking_note(&c->field, hidden);
    if (count == 1) {
        sheet->view.column_count = 0; /* the tables of differences say it all */
    }
    for (uint32_t i = 0; i < count; i++) {
        add_ranked(sheet, c, i, factors, factor_count,
                   hidden == 0 || i < RANKED_AT_EACH_END || i >= count - RANKED_AT_EACH_END);
    }
}

/* ---- About ---- */

static void add_fact(hw_sheet *sheet, const char *fact, char *value) {
    hw_cell *row = hw_sheet_add_row(sheet, false);
    hw_cell_set_text(&row[0], fact);
    hw_cell_take_text(&row[1], value);
}

static void add_sweep(hw_book *book, const hw_comparison *all, const hw_sweep_field *field) {
    const hw_sweep_sample *s = field->sample;
    char start[16], horizon[16];
    hw_sheet *sheet = hw_book_add(book, "sweep", "The sweep");
    hw_sheet_add_column(sheet, "fact", NULL, 0);
    hw_sheet_add_column(sheet, "value", NULL, 0);
    add_fact(sheet, "title", hw_take_text("%s", s->about->title));
    add_fact(sheet, "sealed",
             hw_take_text("%s", s->about->sealed && field->base_sample->about->sealed ? "yes" : "no"));
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
    int64_t as_of;
    if (hw_outcomes_as_of(all->base->outcomes, &as_of)) {
        add_fact(sheet, "as of", hw_take_text("%s", hw_date_print(as_of, start)));
    }
    add_fact(sheet, "model", hw_take_text("%s", s->about->model));
    add_fact(sheet, "comparisons", hw_take_text("%zu", all->judged));
    add_fact(sheet, "worlds",
             hw_take_text("%s", all->apart ? "not paired: only summaries were kept" : "paired"));
    add_fact(sheet, "base", hw_sweep_base_words(field));
}

static void add_left_out(hw_book *book, const hw_sweep_field *field) {
    hw_sheet *sheet = hw_book_add(book, "points_left_out", "Points that could not be compared");
    hw_sheet_add_column(sheet, "point", NULL, 0);
    hw_sheet_add_column(sheet, "why", NULL, 0);
    for (uint32_t i = 0; i < field->left_out_count; i++) {
        hw_cell *row = hw_sheet_add_row(sheet, false);
        hw_cell_set_number(&row[0], (double)field->left_out[i]);
        hw_cell_set_text(&row[1], hw_left_out_words(field->left_out_why[i]));
    }
}

/* ---- The whole ---- */

void hw_compare_sweep_build(hw_book *book, const hw_sweep_comparison *c) {
    /* Of many points the differences themselves are for files. */
    hw_compare_add_tables(book, &c->all, c->all.variant_count <= VARIANTS_IN_FULL);
    add_sweep(book, &c->all, &c->field);
    add_left_out(book, &c->field);
    if (c->ranking.count > 0) {
        add_ranking(book, c);
    }
    hw_compare_add_findings(book, &c->all, false);
    hw_compare_add_about(book, &c->all);
}
