/* Sheets of weights and of outcomes before and after. */
#include "analysis/belief/condition_sheets.h"
#include "analysis/base/memory.h"
#include "analysis/belief/sheets.h"
#include "analysis/results/given.h"
#include "sim/date.h"
#include "sim/length.h"
#include <math.h>
#include <stdlib.h>

static bool is_part(const hw_weights *weights) {
    return weights->tempered.power < 1;
}

void hw_conditioning_print_head(FILE *out, const hw_weights *weights) {
    char date[16];
    fprintf(out,
            "\nAs of %s: %u fact%s, %s (power %.3g). %.0f of %llu replications are effective; the largest "
            "weight is %.2g.\n",
            hw_date_print(weights->as_of, date), weights->facts, weights->facts == 1 ? "" : "s",
            is_part(weights) ? "partly conditioned" : "conditioned", weights->tempered.power,
            weights->tempered.effective, (unsigned long long)weights->count, weights->tempered.largest);
    if (is_part(weights)) {
        fputs("At power 1 fewer futures than wanted would fit: these have learnt only a part of what the "
              "facts say.\n",
              out);
    }
    if (weights->tempered.effective < HW_GIVEN_FEWEST) {
        fputs("So few tell nothing: run more replications.\n", out);
    }
}

static void add_about(hw_book *book, const hw_weights *weights) {
    hw_sheet *sheet = hw_book_add(book, "conditioning", "What the facts have taught");
    hw_sheet_add_column(sheet, "as_of", "date", 0);
    hw_sheet_add_column(sheet, "facts", NULL, 0);
    hw_sheet_add_column(sheet, "power", "1", 3);
    hw_sheet_add_column(sheet, "replications", NULL, 0);
    hw_sheet_add_column(sheet, "effective", "1", 0);
    hw_sheet_add_column(sheet, "largest_weight", "1", 4);
    hw_sheet_add_column(sheet, "conditioned", NULL, 0);
    hw_cell *row = hw_sheet_add_row(sheet, false);
    row[0] = (hw_cell){.kind = HW_CELL_DATE, .number = (double)weights->as_of};
    hw_cell_set_number(&row[1], weights->facts);
    hw_cell_set_number(&row[2], weights->tempered.power);
    hw_cell_set_number(&row[3], (double)weights->count);
    hw_cell_set_number(&row[4], weights->tempered.effective);
    hw_cell_set_number(&row[5], weights->tempered.largest);
    hw_cell_set_text(&row[6], is_part(weights) ? "partly" : "fully");
}

static void add_facts(hw_book *book, const hw_besides *besides, const hw_learning *learning) {
    hw_sheet *sheet = hw_book_add(book, "facts_learnt_from", "Facts that were learnt from");
    hw_sheet_add_column(sheet, "name", NULL, 0);
    hw_sheet_add_column(sheet, "known_by", "date", 0);
    for (uint32_t i = 0; i < besides->count; i++) {
        if (!hw_is_learnt_from(&besides->rows[i], learning)) {
            continue;
        }
        const hw_observation *o = besides->rows[i].observation;
        hw_cell *row = hw_sheet_add_row(sheet, false);
        hw_cell_set_text(&row[0], hw_observation_text(o, HW_FACT_NAME));
        row[1] = (hw_cell){.kind = HW_CELL_DATE, .number = (double)o->known_by};
    }
}

/* ---- Before and after ---- */

enum { OUTCOME_NAME, OUTCOME_UNITS, OUTCOME_BEFORE, OUTCOME_AFTER = OUTCOME_BEFORE + 6 };

static hw_sheet *add_outcomes(hw_book *book) {
    static const char *const columns[] = {"p10_before", "p10_before_error", "p50_before", "p50_before_error",
                                          "p90_before", "p90_before_error", "p10",        "p10_error",
                                          "p50",        "p50_error",        "p90",        "p90_error"};
    hw_sheet *sheet = hw_book_add(book, "conditioned", "Main outcomes before and after the facts");
    sheet->note = hw_take_text(
        "Before: all replications alike. After: as the facts weigh them; errors rest on the "
        "effective sample. Land in ha. Roads and other places where nobody is to live are in the "
        "CSV and JSON.");
    hw_sheet_add_column(sheet, "outcome", NULL, 0);
    hw_sheet_add_column(sheet, "units", NULL, 0);
    hw_sheet_add_columns(sheet, columns, HW_LENGTH(columns), "by row", 0);
    sheet->view = (hw_view){.label_title = "outcome", .label = OUTCOME_NAME, .across = HW_NO_COLUMN};
    const hw_view_column shown[] = {
        hw_plain_column("P50 before", OUTCOME_BEFORE + 2), hw_plain_column("P10 after", OUTCOME_AFTER),
        hw_plain_column("P50 after", OUTCOME_AFTER + 2), hw_plain_column("P90 after", OUTCOME_AFTER + 4)};
    for (size_t i = 0; i < HW_LENGTH(shown); i++) {
        sheet->view.columns[sheet->view.column_count++] = shown[i];
    }
    return sheet;
}

static void set_quantiles(hw_cell *cells, const hw_fact_kind *kind, const double *sample, size_t count,
                          const double *weights, double effective, int64_t horizon) {
    static const double shares[] = {0.1, 0.5, 0.9};
    hw_weighted *sorted = hw_take(count + 1, sizeof *sorted);
    hw_weighted_sort(sorted, sample, weights, count);
    for (size_t q = 0; q < HW_LENGTH(shares); q++, cells += 2) {
        hw_quantile quantile = hw_weighted_quantile(sorted, count, shares[q], effective);
        hw_fact_set(&cells[0], kind, quantile.value, horizon);
        hw_cell_set_number(&cells[1], quantile.error * kind->in_units);
    }
    free(sorted);
}

/* A day before the start in all worlds is no outcome. */
static bool is_fact(const hw_besides *besides, const hw_forecast *forecast, uint32_t i) {
    bool before = forecast->questions[i].kind->day && besides->outcomes->count > 0;
    for (size_t r = 0; r < besides->outcomes->count && before; r++) {
        before = forecast->samples[i][r] < (double)besides->outcomes->start; /* NaN: no */
    }
    return before;
}

/* Roads and the like are in the files only. */
static bool is_shown(const hw_outcomes *outcomes, const hw_question *question) {
    const char *place = question->scope[HW_SCOPE_PLACE];
    return place == NULL || outcomes->empty == NULL ||
           !outcomes->empty[hw_axis_find(hw_outcomes_axis(outcomes, "place"), place)];
}

void hw_conditioning_build(hw_book *book, const hw_besides *besides, const hw_learning *learning,
                           const hw_weights *weights, const hw_forecast *forecast) {
    int64_t horizon = besides->outcomes->horizon;
    add_about(book, weights);
    add_facts(book, besides, learning);
    hw_sheet *sheet = add_outcomes(book);
    for (uint32_t i = 0; i < forecast->count; i++) {
        if (forecast->samples[i] == NULL || is_fact(besides, forecast, i)) {
            continue;
        }
        const hw_fact_kind *kind = forecast->questions[i].kind;
        hw_cell *row = hw_sheet_add_row(sheet, is_shown(besides->outcomes, &forecast->questions[i]));
        hw_cell_set_text(&row[OUTCOME_NAME], forecast->names[i]);
        hw_cell_set_text(&row[OUTCOME_UNITS], kind->units);
        set_quantiles(&row[OUTCOME_BEFORE], kind, forecast->samples[i], weights->count, NULL,
                      (double)weights->count, horizon);
        set_quantiles(&row[OUTCOME_AFTER], kind, forecast->samples[i], weights->count, weights->weights,
                      weights->tempered.effective, horizon);
    }
}
