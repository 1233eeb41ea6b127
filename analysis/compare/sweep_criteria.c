/* The few numbers of the outcome by which points of a sweep are ranked, and what each point has of them. */
#include "analysis/base/memory.h"
#include "analysis/compare/sweep_parts.h"
#include "sim/date.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- By what ---- */

static void add_criterion(hw_sweep_ranking *r, const hw_sheet *sheet, const char *label, const char *name,
                          double by) {
    if (r->count == HW_SWEEP_CRITERIA_MOST || sheet == NULL || sheet->row_count == 0) {
        return;
    }
    hw_sweep_criterion *added = &r->criteria[r->count++];
    uint32_t column = hw_sheet_find_column(sheet, "difference");
    char date[16];
    char *title = strcmp(name, label) == 0 ? hw_take_text("%s", name) : hw_take_text("%s: %s", name, label);
    *added = (hw_sweep_criterion){
        .sheet = sheet->name,
        .label = hw_take_text("%s", label),
        .title = isnan(by) ? title : hw_take_text("%s on %s", title, hw_date_print((int64_t)by, date)),
        .by = by,
        .decimals = sheet->columns[column].decimals};
    if (added->title != title) {
        free(title);
    }
    const char *units = sheet->columns[column].units;
    snprintf(added->units, sizeof added->units, "%s", units != NULL ? units : "1");
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
static void choose_from_outputs(hw_sweep_ranking *r, const hw_compare *all) {
    const hw_sheet *several = NULL;
    for (uint32_t k = 0; k < all->plan->kind_count; k++) {
        const hw_compare_sheet *kind = &all->plan->kinds[k];
        const hw_sheet *sheet = hw_book_find(all->book, kind->name);
        if (kind->share || sheet == NULL || sheet->row_count == 0) {
            continue;
        }
        if (!has_several(all, sheet)) {
            add_criterion(r, sheet, first_label(sheet), kind->variable, (double)NAN);
        } else {
            several = several != NULL ? several : sheet;
        }
    }
    for (size_t row = 0;
         r->count == 0 && several != NULL && row < several->row_count && row < HW_SWEEP_CRITERIA_MOST;
         row++) {
        if (strcmp(hw_sheet_text(several, row, "scenario"), all->variants[0].name) == 0) {
            add_criterion(r, several, hw_sheet_cell(several, row, HW_COMPARE_LABEL)->text,
                          several->name + strlen("difference_"), (double)NAN);
        }
    }
}

/* The date on which people are counted: the last end of a month up to the main date. */
static double main_day(const hw_compare *all, const hw_sheet *people) {
    double day = (double)NAN;
    for (size_t row = 0; people != NULL && row < people->row_count; row++) {
        double by = hw_sheet_number(people, row, "by");
        if (by <= (double)all->by[all->main_by] && !(by <= day)) {
            day = by;
        }
    }
    return day;
}

/* Of the sheets of homeward compare: those of its findings. */
static void choose_from_everything(hw_sweep_ranking *r, const hw_compare *all) {
    const hw_book *book = all->book;
    static const char *const days[] = {"place_release", "district_completion"};
    for (int i = 0; i < 2 && all->place != NULL; i++) {
        const hw_sheet *sheet = hw_book_find(book, days[i]);
        if (sheet != NULL && sheet->row_count > 0) {
            add_criterion(r, sheet, all->place, i ? "completion" : "release", (double)NAN);
        }
    }
    const hw_sheet *people = hw_book_find(book, "people");
    double day = main_day(all, people);
    if (!isnan(day)) {
        add_criterion(r, people, "people back", "people back", day);
    }
    add_criterion(r, hw_book_find(book, "victims"), HW_COMPARE_ALL_VICTIMS, HW_COMPARE_ALL_VICTIMS,
                  (double)NAN);
    add_criterion(r, hw_book_find(book, "money"), HW_COMPARE_ALL_CLEARANCE, "money", (double)NAN);
}

/* ---- Reading the differences ---- */

static uint32_t variant_of(const hw_compare *all, const char *name, uint32_t likely) {
    for (uint32_t i = 0; i < all->variant_count; i++) {
        uint32_t v = (likely + i) % all->variant_count;
        if (strcmp(all->variants[v].name, name) == 0) {
            return v;
        }
    }
    return all->variant_count;
}

static void read_criterion(hw_sweep_ranking *r, const hw_compare *all, uint32_t c) {
    const hw_sweep_criterion *by = &r->criteria[c];
    const hw_sheet *sheet = hw_book_find(all->book, by->sheet);
    uint32_t v = 0;
    for (size_t row = 0; row < sheet->row_count; row++) {
        if (strcmp(hw_sheet_cell(sheet, row, HW_COMPARE_LABEL)->text, by->label) != 0 ||
            (!isnan(by->by) && hw_sheet_number(sheet, row, "by") != by->by)) {
            continue;
        }
        v = variant_of(all, hw_sheet_text(sheet, row, "scenario"), v);
        hw_sweep_difference *one = &r->found[(size_t)v * r->count + c];
        *one = (hw_sweep_difference){.base = hw_sheet_number(sheet, row, "base"),
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
    if (isnan(a->value) != isnan(b->value)) {
        return isnan(a->value) ? 1 : -1;
    }
    if (a->value < b->value || a->value > b->value) {
        return a->value < b->value ? -1 : 1;
    }
    return (a->variant > b->variant) - (a->variant < b->variant);
}

static void put_in_order(hw_sweep_ranking *r, uint32_t variants) {
    place_in_order *places = hw_take(variants, sizeof *places);
    r->order = hw_take(variants, sizeof *r->order);
    for (uint32_t v = 0; v < variants; v++) {
        const hw_sweep_difference *first = &r->found[(size_t)v * r->count];
        places[v] = (place_in_order){r->count && first->known ? first->value : (double)NAN, v};
    }
    qsort(places, variants, sizeof *places, by_value);
    for (uint32_t i = 0; i < variants; i++) {
        r->order[i] = places[i].variant;
    }
    free(places);
}

/* ---- The whole ---- */

void hw_sweep_ranking_make(hw_sweep_ranking *r, const hw_compare *all) {
    *r = (hw_sweep_ranking){.field = all->plan->context};
    if (all->plan->kinds == hw_compare_everything.kinds) {
        choose_from_everything(r, all);
    } else {
        choose_from_outputs(r, all);
    }
    r->found = hw_take((size_t)(all->variant_count + 1) * (r->count + 1), sizeof *r->found);
    for (uint32_t c = 0; c < r->count; c++) {
        read_criterion(r, all, c);
    }
    put_in_order(r, all->variant_count);
}

void hw_sweep_ranking_free(hw_sweep_ranking *r) {
    for (uint32_t c = 0; c < r->count; c++) {
        free(r->criteria[c].label);
        free(r->criteria[c].title);
    }
    free(r->order);
    free(r->found);
}
