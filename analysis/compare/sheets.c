/* A comparison as tables: made last, from rows that are finished. */
#include "analysis/base/memory.h"
#include "analysis/compare/parts.h"
#include "sim/date.h"
#include "sim/length.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- Differences ---- */

/* Columns in their order. */
enum {
    SCENARIO,
    LABEL,
    BY, /* left out in tables without it: all below move up by one */
    BASE,
    VARIANT,
    DIFFERENCE,
    LOW,
    HIGH,
    ERROR,
    P,
    LOWER,
    HIGHER,
    SAVING,
    VERDICT,
    MARK,
    TRIMMED,             /* four; left out of shares: all below move up by four */
    FLOOR = TRIMMED + 4, /* two; left out without a floor */
    STEADY = FLOOR + 2,  /* left out without copies */
};

static uint32_t column_of(const hw_compare_kind *what, uint32_t column) {
    uint32_t trimmed = column > TRIMMED && what->share ? FLOOR - TRIMMED : 0;
    return column - trimmed - (column > BY && what->by == NULL);
}

/* Of the ratio of copies, which stands behind the floor's columns where there are any. */
static uint32_t steady_column(const hw_comparison *all, const hw_compare_kind *what) {
    return column_of(what, all->has_floor ? STEADY : FLOOR);
}

/* Copies of worlds are the same for all contenders. */
static bool has_copies(const hw_comparison *all) {
    return all->variants[0].copy_count > 0;
}

static void add_columns(hw_sheet *sheet, const hw_comparison *all, const hw_compare_kind *what) {
    static const char *const differences[] = {"difference", "difference_low", "difference_high",
                                              "difference_error"};
    static const char *const worlds[] = {"lower", "higher"}, *const words[] = {"verdict", "mark"};
    hw_sheet_add_column(sheet, "scenario", NULL, 0);
    hw_sheet_add_column(sheet, what->label, NULL, 0);
    if (what->by != NULL) {
        hw_sheet_add_column(sheet, what->by, what->by_units, 0);
    }
    hw_sheet_add_column(sheet, "base", what->units, what->decimals);
    hw_sheet_add_column(sheet, "variant", what->units, what->decimals);
    hw_sheet_add_columns(sheet, differences, HW_LENGTH(differences), what->difference_units, what->decimals);
    hw_sheet_add_column(sheet, "p_value", "1", 4);
    hw_sheet_add_columns(sheet, worlds, HW_LENGTH(worlds), "worlds", 0);
    hw_sheet_add_column(sheet, "saving", "times", 1);
    hw_sheet_add_columns(sheet, words, HW_LENGTH(words), NULL, 0);
    if (!what->share) {
        static const char *const trimmed[] = {"trimmed", "trimmed_low", "trimmed_high", "trimmed_error"};
        hw_sheet_add_columns(sheet, trimmed, HW_LENGTH(trimmed), what->difference_units, what->decimals);
    }
    if (all->has_floor) {
        static const char *const floors[] = {"floor", "trimmed_floor"};
        hw_sheet_add_columns(sheet, floors, HW_LENGTH(floors), what->difference_units, what->decimals);
    }
    if (has_copies(all)) {
        hw_sheet_add_column(sheet, "steady_error", "of that of as many plain runs", 2);
    }
}

static hw_view_column difference_column(const hw_compare_kind *what, uint32_t mark) {
    return hw_error_column("difference ±", column_of(what, DIFFERENCE), column_of(what, ERROR), mark);
}

/* One variant: dates or years across, or a list with all figures. Several: they stand across. */
static void choose_view(hw_sheet *sheet, const hw_comparison *all, const hw_compare_kind *what) {
    sheet->view = (hw_view){.label_title = what->label, .label = LABEL, .across = HW_NO_COLUMN};
    bool one = hw_compare_asked(all) == 1;
    if (one && what->by == NULL) {
        hw_view *view = &sheet->view;
        view->columns[view->column_count++] = hw_plain_column("base", column_of(what, BASE));
        view->columns[view->column_count++] = hw_plain_column("variant", column_of(what, VARIANT));
        view->columns[view->column_count++] = difference_column(what, 0);
        if (!what->share) {
            view->columns[view->column_count++] =
                hw_error_column("trimmed mean ±", column_of(what, TRIMMED), column_of(what, TRIMMED + 3), 0);
        }
        if (all->has_floor) {
            view->columns[view->column_count++] = hw_plain_column("noise floor", column_of(what, FLOOR));
        }
        view->columns[view->column_count++] = hw_plain_column("saving", column_of(what, SAVING));
        view->columns[view->column_count++] = hw_plain_column("verdict", column_of(what, VERDICT));
        return;
    }
    sheet->view.across = one ? BY : SCENARIO;
    sheet->view.columns[0] = difference_column(what, column_of(what, MARK));
    sheet->view.column_count = 1;
    if (!one && what->by != NULL) {
        char date[16];
        sheet->note = hw_take_text("%s %s.", what->month_ends ? "At the end of the month before or on" : "By",
                                   hw_date_print(all->by[all->main_by], date));
    }
}

bool hw_compare_is_main_date(const hw_comparison *all, double by) {
    return by <= (double)all->by[all->main_by] &&
           (all->main_by == 0 || by > (double)all->by[all->main_by - 1]);
}

/* Among several variants the terminal has room for one date or year. */
static bool is_shown(const hw_comparison *all, const hw_compare_row *row) {
    const hw_compare_kind *what = &all->kinds[row->kind];
    bool one = hw_compare_asked(all) == 1;
    double by = row->by;
    if ((what->only_with_place && all->place == NULL) || (one && all->variants[row->variant].floor)) {
        return false; /* beside a single variant the floor stands in its rows */
    }
    if (what->by == NULL || one) {
        return true;
    }
    return what->by_units != NULL ? hw_compare_is_main_date(all, by)
                                  : (int32_t)by == hw_date_from_days(all->by[all->main_by]).year;
}

static void add_row(hw_sheet *sheet, const hw_comparison *all, const hw_compare_row *from) {
    const hw_compare_kind *what = &all->kinds[from->kind];
    const hw_paired *found = &from->found;
    hw_cell *row = hw_sheet_add_row(sheet, is_shown(all, from));
    hw_cell_set_text(&row[SCENARIO], all->variants[from->variant].name);
    hw_cell_set_text(&row[LABEL], from->label);
    if (what->by != NULL) {
        row[BY] =
            (hw_cell){.kind = what->by_units != NULL ? HW_CELL_DATE : HW_CELL_NUMBER, .number = from->by};
    }
    const double numbers[] = {found->base, found->variant, found->difference, found->low,
                              found->high, found->error,   found->p};
    for (uint32_t i = 0; i < HW_LENGTH(numbers); i++) {
        hw_cell_set_settled(&row[column_of(what, BASE + i)], numbers[i]);
    }
    if (!found->apart) {
        hw_cell_set_settled(&row[column_of(what, LOWER)], (double)found->lower);
        hw_cell_set_settled(&row[column_of(what, HIGHER)], (double)found->higher);
    }
    hw_cell_set_settled(&row[column_of(what, SAVING)], from->saving);
    hw_cell_set_text(&row[column_of(what, VERDICT)], hw_compare_row_verdict(all, from));
    hw_cell_set_text(&row[column_of(what, MARK)], hw_compare_mark(from->verdict));
    const double trimmed[] = {from->trimmed.mean, from->trimmed.low, from->trimmed.high, from->trimmed.error};
    for (uint32_t i = 0; i < HW_LENGTH(trimmed) && !what->share; i++) {
        hw_cell_set_settled(&row[column_of(what, TRIMMED + i)], trimmed[i]);
    }
    if (all->has_floor) {
        hw_cell_set_settled(&row[column_of(what, FLOOR)], from->floor);
        hw_cell_set_settled(&row[column_of(what, FLOOR + 1)], from->trimmed_floor);
    }
    if (has_copies(all)) {
        hw_cell_set_settled(&row[steady_column(all, what)], from->steady);
    }
}

static void add_pairing(hw_book *book, const hw_comparison *all) {
    hw_sheet *sheet = hw_book_add(
        book, "pairing", "What pairing saved: times the replications that independent runs would need");
    hw_sheet_add_column(sheet, "scenario", NULL, 0);
    hw_sheet_add_column(sheet, "of", NULL, 0);
    hw_sheet_add_column(sheet, "together", "times", 1);
    hw_sheet_add_column(sheet, "median", "times", 1);
    hw_sheet_add_column(sheet, "comparisons", "1", 0);
    bool one = hw_compare_asked(all) == 1;
    sheet->view = (hw_view){.label_title = "of",
                            .label = 1,
                            .across = one ? HW_NO_COLUMN : 0,
                            .columns = {hw_plain_column("together", 2), hw_plain_column("median", 3),
                                        hw_plain_column("comparisons that differ", 4)},
                            .column_count = one ? 3 : 1};
    for (size_t i = 0; i < all->pairing_count; i++) {
        const hw_compare_pairing *from = &all->pairing[i];
        hw_cell *row = hw_sheet_add_row(sheet, true);
        hw_cell_set_text(&row[0], all->variants[from->variant].name);
        hw_cell_set_text(&row[1], from->group);
        hw_cell_set_number(&row[2], from->together);
        hw_cell_set_number(&row[3], from->median);
        hw_cell_set_number(&row[4], (double)from->count);
    }
}

void hw_compare_add_tables(hw_book *book, const hw_comparison *all, bool shown) {
    uint32_t first = book->count;
    for (uint32_t k = 0; k < all->kind_count; k++) {
        const hw_compare_rows *rows = &all->of_kind[k];
        if (!rows->there) {
            continue;
        }
        hw_sheet *sheet = hw_book_add(book, all->kinds[k].name, all->kinds[k].title);
        add_columns(sheet, all, &all->kinds[k]);
        choose_view(sheet, all, &all->kinds[k]);
        for (size_t i = 0; i < rows->count; i++) {
            add_row(sheet, all, &all->rows[rows->first + i]);
        }
    }
    if (!all->apart) {
        add_pairing(book, all);
    }
    for (uint32_t s = first; s < book->count && !shown; s++) {
        book->sheets[s].view.column_count = 0;
    }
}

void hw_compare_add_findings(hw_book *book, const hw_comparison *all, bool with_scenario) {
    hw_sheet *sheet = hw_book_add(book, "findings", "Findings");
    if (with_scenario) {
        hw_sheet_add_column(sheet, "scenario", NULL, 0);
    }
    uint32_t column = hw_sheet_add_column(sheet, "finding", NULL, 0);
    for (size_t i = 0; i < all->finding_count; i++) {
        hw_cell *row = hw_sheet_add_row(sheet, false);
        if (with_scenario) {
            hw_cell_set_text(&row[0], all->variants[all->findings[i].variant].name);
        }
        hw_cell_set_text(&row[column], all->findings[i].text);
    }
}

/* ---- What was compared with what ---- */

static void add_fact(hw_sheet *sheet, const char *scenario, const char *fact, char *value) {
    hw_cell *row = hw_sheet_add_row(sheet, false);
    hw_cell_set_text(&row[0], scenario);
    hw_cell_set_text(&row[1], fact);
    hw_cell_take_text(&row[2], value);
}

/* A row for each line. */
static void add_lines(hw_sheet *sheet, const char *scenario, const char *fact, const char *lines) {
    for (const char *line = lines; line != NULL && *line;) {
        size_t length = strcspn(line, "\n");
        add_fact(sheet, scenario, fact, hw_take_text("%.*s", (int)length, line));
        line += length + (line[length] == '\n');
    }
}

static void add_scenario(hw_sheet *sheet, const hw_contender *one) {
    const hw_outcomes *outcomes = one->outcomes;
    add_fact(sheet, one->name, "title", hw_take_text("%s", outcomes->title));
    add_lines(sheet, one->name, "set over the scenario", outcomes->settings);
    add_lines(sheet, one->name, "scenario file", outcomes->files);
    if (outcomes->digest != NULL) {
        add_fact(sheet, one->name, "scenario digest", hw_take_text("%s", outcomes->digest));
    }
    add_fact(sheet, one->name, "program version", hw_take_text("%s", outcomes->version));
    int64_t as_of;
    char day[16];
    if (hw_outcomes_as_of(outcomes, &as_of)) {
        add_fact(sheet, one->name, "as of", hw_take_text("%s", hw_date_print(as_of, day)));
    }
    char *table = hw_outcomes_parameters(outcomes);
    if (table != NULL) {
        add_fact(sheet, one->name, "values", table);
    }
    add_fact(sheet, one->name, "replications used", hw_take_text("%" PRIu64, outcomes->count));
    add_fact(sheet, one->name, "replications failed", hw_take_text("%" PRIu64, outcomes->failed_count));
    add_fact(sheet, one->name, "complete", hw_take_text("%s", outcomes->complete ? "yes" : "no"));
    add_fact(sheet, one->name, "sealed", hw_take_text("%s", outcomes->unsealed ? "no" : "yes"));
}

static void add_facts(hw_book *book, const hw_comparison *all) {
    char date[16];
    const hw_outcomes *base = all->base->outcomes;
    hw_sheet *sheet = hw_book_add(book, "about", "What was compared");
    static const char *const columns[] = {"scenario", "fact", "value"};
    hw_sheet_add_columns(sheet, columns, HW_LENGTH(columns), NULL, 0);
    const char *name = all->base->name;
    add_fact(sheet, name, "role", hw_take_text("base"));
    add_fact(sheet, name, "model", hw_take_text("%s", base->model));
    add_fact(sheet, name, "seed", hw_take_text("%" PRIu64, base->seed));
    add_fact(sheet, name, "start", hw_take_text("%s", hw_date_print(base->start, date)));
    add_fact(sheet, name, "horizon", hw_take_text("%s", hw_date_print(base->horizon, date)));
    add_fact(sheet, name, "comparisons", hw_take_text("%zu", all->judged));
    for (uint32_t i = 0; i < base->given_count; i++) {
        add_fact(sheet, name, "given", hw_take_text("%s", base->given[i]));
    }
    add_scenario(sheet, all->base);
    for (uint32_t v = 0; v < all->variant_count; v++) {
        const hw_pairs *pairs = &all->pairs[v];
        name = all->variants[v].name;
        add_fact(sheet, name, "role", hw_take_text("variant"));
        add_scenario(sheet, &all->variants[v]);
        add_fact(sheet, name, "pairs", hw_take_text("%" PRIu64, pairs->count));
        add_fact(sheet, name, "pairs left out, failed", hw_take_text("%" PRIu64, pairs->failed));
        add_fact(sheet, name, "pairs left out, not finished", hw_take_text("%" PRIu64, pairs->missing));
    }
}

static void add_differing_values(hw_book *book, const hw_comparison *all) {
    hw_sheet *sheet = hw_book_add(book, "differing_values", "Values of the scenarios that differ");
    static const char *const columns[] = {"scenario", "path", "base", "variant", "ground"};
    hw_sheet_add_columns(sheet, columns, HW_LENGTH(columns), NULL, 0);
    for (uint32_t v = 0; v < all->variant_count; v++) {
        for (uint32_t i = 0; i < all->differences[v].count; i++) {
            const hw_difference *one = &all->differences[v].items[i];
            hw_cell *row = hw_sheet_add_row(sheet, false);
            hw_cell_set_text(&row[0], all->variants[v].name);
            hw_cell_set_text(&row[1], one->path);
            if (one->base != NULL) {
                hw_cell_set_text(&row[2], one->base);
            }
            if (one->variant != NULL) {
                hw_cell_set_text(&row[3], one->variant);
            }
            hw_cell_set_text(&row[4], one->ground ? "yes" : "no");
        }
    }
}

static void add_not_in_both(hw_book *book, const hw_comparison *all) {
    hw_sheet *sheet =
        hw_book_add(book, "not_in_both", "Places and districts that only one of the two scenarios has");
    static const char *const columns[] = {"scenario", "kind", "name", "only_in"};
    hw_sheet_add_columns(sheet, columns, HW_LENGTH(columns), NULL, 0);
    for (size_t i = 0; i < all->one_sided_count; i++) {
        const hw_one_sided *one = &all->one_sided[i];
        const char *const texts[] = {all->variants[one->variant].name, one->axis, one->name, one->only_in};
        hw_cell *row = hw_sheet_add_row(sheet, false);
        for (size_t c = 0; c < HW_LENGTH(texts); c++) {
            hw_cell_set_text(&row[c], texts[c]);
        }
    }
}

void hw_compare_add_about(hw_book *book, const hw_comparison *all) {
    hw_censored_build(book, &all->censored);
    add_facts(book, all);
    add_differing_values(book, all);
    add_not_in_both(book, all);
}

void hw_compare_build(hw_book *book, const hw_comparison *all) {
    hw_compare_add_tables(book, all, true);
    hw_compare_add_findings(book, all, true);
    hw_compare_add_about(book, all);
}
