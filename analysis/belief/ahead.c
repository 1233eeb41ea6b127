/* Asks the futures of each origin for what was ahead. */
#include "analysis/belief/ahead.h"
#include "analysis/base/memory.h"
#include "analysis/belief/sheets.h"
#include "analysis/figures/weighted.h"
#include "sim/date.h"
#include "sim/length.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Questions to the futures of one origin, and their answers. */
typedef struct asked {
    const hw_origin *origin;
    hw_question *questions;
    hw_telling *tellings;
    double **samples;
    uint32_t count;
} asked;

static void ask(asked *a, const char *kind, const char *district, int64_t from, int64_t to) {
    a->questions = hw_take_again(a->questions, a->count + 1, sizeof *a->questions);
    hw_question *q = &a->questions[a->count++];
    *q = (hw_question){.kind = hw_fact_kind_find(kind), .from = from, .to = to};
    q->scope[HW_SCOPE_DISTRICT] = district;
}

static hw_status answer(asked *a, hw_errors *errors) {
    const hw_outcomes *outcomes = a->origin->besides->outcomes;
    a->tellings = hw_take(a->count + 1, sizeof *a->tellings);
    for (uint32_t i = 0; i < a->count; i++) {
        a->tellings[i] = hw_tell(outcomes->layout, outcomes->start, outcomes->horizon, &a->questions[i]);
    }
    a->samples = hw_tellings_read(outcomes, a->tellings, a->count, errors);
    return a->samples != NULL ? HW_OK : HW_ERROR_IO;
}

static void free_asked(asked *a) {
    hw_samples_free(a->samples, a->count);
    for (uint32_t i = 0; a->tellings != NULL && i < a->count; i++) {
        hw_telling_free(&a->tellings[i]);
    }
    free(a->tellings);
    free(a->questions);
    *a = (asked){.origin = a->origin};
}

/* As weighed at the origin; the caller frees it. */
static hw_weighted *sorted_of(const asked *a, uint32_t i) {
    size_t count = a->origin->besides->outcomes->count;
    hw_weighted *sorted = hw_take(count + 1, sizeof *sorted);
    hw_weighted_sort(sorted, a->samples[i], a->origin->weights.weights, count);
    return sorted;
}

static hw_cell date_cell(int64_t day) {
    return (hw_cell){.kind = HW_CELL_DATE, .number = (double)day};
}

static void set_quantiles(hw_cell *cells, const asked *a, uint32_t i, const hw_weighted *sorted) {
    static const double levels[] = {0.1, 0.5, 0.9};
    const hw_outcomes *outcomes = a->origin->besides->outcomes;
    for (size_t q = 0; q < HW_LENGTH(levels); q++) {
        double value = hw_weighted_quantile_value(sorted, outcomes->count, levels[q]);
        hw_fact_set(&cells[q], a->questions[i].kind, value, outcomes->horizon);
    }
}

static void show(hw_sheet *sheet, const char *title, uint32_t column) {
    sheet->view.columns[sheet->view.column_count++] = hw_plain_column(title, column);
}

/* ---- By year ---- */

/* What came, if it is known by now; NULL: not. */
static const hw_observation *what_came(const hw_observations *facts, const hw_question *q) {
    for (uint32_t i = 0; i < facts->count; i++) {
        const hw_observation *o = &facts->items[i];
        if (!o->plan && hw_same_series(&o->question, q) && o->question.to == q->to && o->low == o->high &&
            (q->kind->level || o->question.from == q->from)) {
            return o;
        }
    }
    return NULL;
}

static void add_year(hw_sheet *sheet, const asked *a, uint32_t i) {
    const hw_question *q = &a->questions[i];
    const hw_besides *besides = a->origin->besides;
    if (a->samples[i] == NULL) {
        return;
    }
    const hw_observation *fact = what_came(besides->observations, q);
    hw_baselines rules = hw_baselines_for(besides->observations, q, a->origin->learning.as_of,
                                          besides->outcomes->start, (double)NAN);
    hw_weighted *sorted = sorted_of(a, i);
    hw_cell *row = hw_sheet_add_row(sheet, true);
    row[0] = date_cell(a->origin->learning.as_of);
    hw_cell_set_text(&row[1], q->kind->name);
    hw_cell_set_number(&row[2], hw_date_from_days(q->to).year);
    hw_cell_set_text(&row[3], q->kind->units);
    set_quantiles(&row[4], a, i, sorted);
    hw_fact_set(&row[7], q->kind, rules.last_year, 0);
    hw_fact_set(&row[8], q->kind, rules.three_years, 0);
    hw_fact_set(&row[9], q->kind, fact != NULL ? hw_observation_value(fact) : (double)NAN, 0);
    free(sorted);
}

static void ask_years(asked *a, int64_t ahead) {
    static const char *const kinds[] = {"land_open", "land_released", "land_found"};
    int64_t origin = a->origin->learning.as_of;
    for (size_t k = 0; k < HW_LENGTH(kinds); k++) {
        for (int32_t year = hw_date_from_days(origin).year;; year++) {
            int64_t last = hw_date_to_days((hw_date){year, 12, 31});
            if (last > origin + ahead) {
                break;
            }
            if (last > origin) {
                ask(a, kinds[k], NULL, hw_date_to_days((hw_date){year, 1, 1}), last);
            }
        }
    }
}

static hw_sheet *begin_years(hw_book *book) {
    static const char *const columns[] = {"p10", "p50", "p90", "last_year", "three_years", "fact"};
    hw_sheet *sheet = hw_book_add(book, "hindcast_years", "What was ahead, by year");
    sheet->note =
        hw_take_text("From futures as weighed at the origin. Beside them: as in the last known year, by the "
                     "mean pace of the last three, and what came, where that is known.");
    hw_sheet_add_column(sheet, "origin", "date", 0);
    hw_sheet_add_column(sheet, "quantity", NULL, 0);
    hw_sheet_add_column(sheet, "year", NULL, 0);
    hw_sheet_add_column(sheet, "units", NULL, 0);
    hw_sheet_add_columns(sheet, columns, HW_LENGTH(columns), "by row", 0);
    sheet->view = (hw_view){.label_title = "origin", .label = 0, .across = HW_NO_COLUMN};
    show(sheet, "quantity", 1);
    show(sheet, "year", 2);
    show(sheet, "P10", 4);
    show(sheet, "P50", 5);
    show(sheet, "P90", 6);
    show(sheet, "last year's pace", 7);
    show(sheet, "three years' pace", 8);
    show(sheet, "came", 9);
    return sheet;
}

/* ---- Ends and promises ---- */

/* The last promise of an end that was known on the day; NULL: none. */
static const hw_observation *promise_of(const hw_observations *facts, const hw_question *q, int64_t day) {
    const hw_observation *last = NULL;
    for (uint32_t i = 0; i < facts->count; i++) {
        const hw_observation *o = &facts->items[i];
        if (o->plan && hw_same_series(&o->question, q) && o->known_by <= day &&
            (last == NULL || o->known_by >= last->known_by)) {
            last = o;
        }
    }
    return last;
}

static void set_promise(hw_cell *cells, const asked *a, const hw_observation *promise,
                        const hw_weighted *sorted) {
    const hw_outcomes *outcomes = a->origin->besides->outcomes;
    if (promise == NULL) {
        return;
    }
    double p = hw_weight_up_to(sorted, outcomes->count, promise->high);
    double effective = a->origin->weights.tempered.effective;
    hw_probability chance = hw_estimate_share(p, effective);
    hw_cell_set_text(&cells[0], hw_observation_text(promise, HW_FACT_NAME));
    cells[1] = date_cell((int64_t)promise->high);
    hw_cell_set_number(&cells[2], 100 * chance.value);
    hw_cell_set_number(&cells[3], 100 * chance.low);
    hw_cell_set_number(&cells[4], 100 * chance.high);
}

static void add_end(hw_sheet *sheet, const asked *a, uint32_t i) {
    const hw_question *q = &a->questions[i];
    const hw_besides *besides = a->origin->besides;
    size_t count = besides->outcomes->count;
    if (a->samples[i] == NULL) {
        return;
    }
    int64_t origin = a->origin->learning.as_of;
    hw_baselines rules =
        hw_baselines_for(besides->observations, q, origin, besides->outcomes->start, (double)NAN);
    hw_weighted *sorted = sorted_of(a, i);
    const char *district = q->scope[HW_SCOPE_DISTRICT];
    hw_cell *row = hw_sheet_add_row(sheet, true);
    row[0] = date_cell(origin);
    hw_cell_set_text(&row[1], district != NULL ? district : "all districts");
    set_quantiles(&row[2], a, i, sorted);
    hw_cell_set_number(&row[5],
                       100 * (1 - hw_weight_up_to(sorted, count, (double)besides->outcomes->horizon)));
    hw_fact_set(&row[6], q->kind, rules.last_year, INT64_MAX);
    hw_fact_set(&row[7], q->kind, rules.three_years, INT64_MAX);
    set_promise(&row[8], a, promise_of(besides->observations, q, origin), sorted);
    free(sorted);
}

static void ask_ends(asked *a) {
    const hw_axis *districts = hw_outcomes_axis(a->origin->besides->outcomes, "district");
    ask(a, "release", NULL, INT64_MIN, 0);
    for (uint32_t d = 0; districts != NULL && districts->labels != NULL && d < districts->length; d++) {
        ask(a, "release", districts->labels[d], INT64_MIN, 0);
    }
}

static hw_sheet *begin_ends(hw_book *book) {
    static const char *const dates[] = {"p10", "p50", "p90"};
    static const char *const rules[] = {"last_year", "three_years"};
    static const char *const chances[] = {"probability", "probability_low", "probability_high"};
    hw_sheet *sheet =
        hw_book_add(book, "hindcast_ends", "When all known land is released, as seen from each origin");
    sheet->note = hw_take_text("From futures as weighed at the origin: the first day on which nothing is "
                               "left that is known. Beside them: "
                               "what was left divided by last year's pace and by the mean pace of three "
                               "years, and the promise of the day "
                               "with the share of futures that keep it, in %%, and its 95 %% interval.");
    hw_sheet_add_column(sheet, "origin", "date", 0);
    hw_sheet_add_column(sheet, "district", NULL, 0);
    hw_sheet_add_columns(sheet, dates, HW_LENGTH(dates), "date", 0);
    hw_sheet_add_column(sheet, "censored", "%", 1);
    hw_sheet_add_columns(sheet, rules, HW_LENGTH(rules), "date", 0);
    hw_sheet_add_column(sheet, "promise", NULL, 0);
    hw_sheet_add_column(sheet, "promised", "date", 0);
    hw_sheet_add_columns(sheet, chances, HW_LENGTH(chances), "%", 1);
    sheet->view = (hw_view){.label_title = "origin", .label = 0, .across = HW_NO_COLUMN};
    static const char *const titles[] = {
        "of", "P10", "P50", "P90", "not yet, %", "last year's pace", "three years' pace"};
    for (uint32_t i = 0; i < HW_LENGTH(titles); i++) {
        show(sheet, titles[i], i + 1);
    }
    show(sheet, "promised", 9);
    sheet->view.columns[sheet->view.column_count++] = hw_range_column("kept by, %", 10, 11, 12);
    return sheet;
}

/* ---- All of it ---- */

static hw_status add_sheet(hw_sheet *sheet, const hw_hindcast *h, int64_t ahead, bool years,
                           hw_errors *errors) {
    hw_status status = HW_OK;
    for (uint32_t o = 0; o < h->origin_count && status == HW_OK; o++) {
        asked a = {.origin = &h->origins[o]};
        if (years) {
            ask_years(&a, ahead);
        } else {
            ask_ends(&a);
        }
        status = answer(&a, errors);
        for (uint32_t i = 0; i < a.count && status == HW_OK; i++) {
            if (years) {
                add_year(sheet, &a, i);
            } else {
                add_end(sheet, &a, i);
            }
        }
        free_asked(&a);
    }
    return status;
}

hw_status hw_ahead_build(hw_book *book, const hw_hindcast *hindcast, int64_t ahead, hw_errors *errors) {
    hw_status status = add_sheet(begin_ends(book), hindcast, ahead, false, errors);
    return status == HW_OK ? add_sheet(begin_years(book), hindcast, ahead, true, errors) : status;
}
