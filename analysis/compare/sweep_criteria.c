/* The few numbers of the outcome by which points of a sweep are ranked, for each point. */
#include "analysis/base/memory.h"
#include "analysis/compare/sweep_parts.h"
#include "sim/date.h"
#include <stdlib.h>
#include <string.h>

static const double none = (double)NAN;

/* ---- By what ---- */

/* Rows of a kind with one label and date; `name`: of what, in words. */
static void add_criterion(hw_sweep_comparison *c, uint32_t kind, const hw_compare_row *row, const char *name,
                          double by) {
    hw_sweep_ranking *r = &c->ranking;
    if (r->count == HW_SWEEP_CRITERIA_MOST) {
        return;
    }
    char date[16];
    char *title =
        strcmp(name, row->label) == 0 ? hw_take_text("%s", name) : hw_take_text("%s: %s", name, row->label);
    if (!isnan(by)) {
        char *dated = hw_take_text("%s on %s", title, hw_date_print((int64_t)by, date));
        free(title);
        title = dated;
    }
    r->criteria[r->count++] =
        (hw_sweep_criterion){.kind = kind, .label = row->label, .by = by, .title = title};
}

/* Of outputs: the place or element asked for, and what is one number; failing that, the first element of
 * the first output. */
static void choose_from_outputs(hw_sweep_comparison *c) {
    const hw_comparison *all = &c->all;
    uint32_t several = UINT32_MAX;
    for (uint32_t k = 0; k < all->kind_count; k++) {
        const hw_compare_rows *rows = &all->of_kind[k];
        if (all->kinds[k].share || rows->count == 0) {
            continue;
        }
        if (rows->count <= all->variant_count) {
            add_criterion(c, k, &all->rows[rows->first], all->kinds[k].variable, none);
        } else if (several == UINT32_MAX) {
            several = k;
        }
    }
    if (c->ranking.count > 0 || several == UINT32_MAX) {
        return;
    }
    const hw_compare_row *first = &all->rows[all->of_kind[several].first];
    if (first->variant == 0) {
        add_criterion(c, several, first, all->kinds[several].variable, none);
    }
}

/* The last row up to the main date: of people, the last end of a month. */
static const hw_compare_row *last_until_main_date(const hw_comparison *all, uint32_t kind) {
    const hw_compare_row *last = NULL;
    const hw_compare_rows *rows = &all->of_kind[kind];
    for (size_t i = rows->first; i < rows->first + rows->count; i++) {
        double by = all->rows[i].by;
        if (by <= (double)all->by[all->main_by] && (last == NULL || by > last->by)) {
            last = &all->rows[i];
        }
    }
    return last;
}

static void add_total(hw_sweep_comparison *c, uint32_t kind, const char *name) {
    const hw_compare_rows *rows = &c->all.of_kind[kind];
    for (size_t i = rows->first; i < rows->first + rows->count; i++) {
        const hw_compare_row *row = &c->all.rows[i];
        if (row->total) {
            add_criterion(c, kind, row, name != NULL ? name : row->label, none);
            return;
        }
    }
}

/* Without a question: the numbers in the findings of homeward compare. */
static void choose_from_everything(hw_sweep_comparison *c) {
    const hw_comparison *all = &c->all;
    static const struct {
        uint32_t kind;
        const char *name;
    } days[] = {{HW_KIND_PLACE_RELEASE, "release"}, {HW_KIND_DISTRICT_COMPLETION, "completion"}};
    for (int i = 0; i < 2 && all->place != NULL; i++) {
        const hw_compare_rows *rows = &all->of_kind[days[i].kind];
        if (rows->count > 0) {
            add_criterion(c, days[i].kind, &all->rows[rows->first], days[i].name, none);
        }
    }
    const hw_compare_row *people = last_until_main_date(all, HW_KIND_PEOPLE);
    if (people != NULL) {
        add_criterion(c, HW_KIND_PEOPLE, people, people->label, people->by);
    }
    add_total(c, HW_KIND_VICTIMS, NULL);
    add_total(c, HW_KIND_MONEY, "money");
}

/* ---- What each point has ---- */

static void find_rows(hw_sweep_comparison *c, uint32_t criterion) {
    const hw_sweep_criterion *wanted = &c->ranking.criteria[criterion];
    const hw_compare_rows *rows = &c->all.of_kind[wanted->kind];
    for (size_t i = rows->first; i < rows->first + rows->count; i++) {
        const hw_compare_row *row = &c->all.rows[i];
        bool dated = isnan(wanted->by) || row->by == wanted->by;
        if (dated && strcmp(row->label, wanted->label) == 0) {
            c->ranking.found[(size_t)row->variant * c->ranking.count + criterion] =
                isnan(row->found.difference) ? SIZE_MAX : i;
        }
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

static void put_in_order(hw_sweep_comparison *c) {
    uint32_t variants = c->all.variant_count;
    place_in_order *places = hw_take(variants, sizeof *places);
    c->ranking.order = hw_take(variants, sizeof *c->ranking.order);
    for (uint32_t v = 0; v < variants; v++) {
        const hw_compare_row *first = c->ranking.count > 0 ? hw_sweep_found(c, v, 0) : NULL;
        places[v] = (place_in_order){first != NULL ? first->found.difference : none, v};
    }
    qsort(places, variants, sizeof *places, by_value);
    for (uint32_t i = 0; i < variants; i++) {
        c->ranking.order[i] = places[i].variant;
    }
    free(places);
}

void hw_sweep_rank(hw_sweep_comparison *c) {
    hw_sweep_ranking *r = &c->ranking;
    if (c->kinds == NULL) {
        choose_from_everything(c);
    } else {
        choose_from_outputs(c);
    }
    size_t count = (size_t)c->all.variant_count * r->count;
    r->found = hw_take(count, sizeof *r->found);
    for (size_t i = 0; i < count; i++) {
        r->found[i] = SIZE_MAX;
    }
    for (uint32_t i = 0; i < r->count; i++) {
        find_rows(c, i);
    }
    put_in_order(c);
}
