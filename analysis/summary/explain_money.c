/* What became of the money for clearance: of each stream and year what was spent, and why the rest was not.
 */
#include "analysis/base/memory.h"
#include "analysis/results/reading.h"
#include "analysis/summary/explain.h"
#include "analysis/summary/parts.h"
#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

/* The variables by stream and year, and by stream, reason and year. */
typedef struct ledger {
    const hw_outcomes *outcomes;
    const hw_axis *streams, *years, *reasons;
    hw_reading spent, unspent;
    double million; /* from the variables' units to millions of the result's currency */
} ledger;

static hw_status open_ledger(ledger *l, hw_errors *errors) {
    const hw_record_layout *layout = l->outcomes->layout;
    if (hw_record_find(layout, "stream_spent_usd") == NULL || hw_record_find(layout, "unspent_usd") == NULL) {
        hw_errors_say(errors, "the result file has no variables stream_spent_usd and unspent_usd: nothing to "
                              "explain of its money");
        return HW_ERROR_IO;
    }
    l->streams = hw_outcomes_axis(l->outcomes, "stream");
    l->reasons = hw_outcomes_axis(l->outcomes, "reason");
    l->years = hw_outcomes_axis(l->outcomes, "year");
    if (!hw_reading_open(&l->spent, l->outcomes, "stream_spent_usd", errors)) {
        return HW_ERROR_IO;
    }
    if (!hw_reading_open(&l->unspent, l->outcomes, "unspent_usd", errors)) {
        hw_reading_close(&l->spent);
        return HW_ERROR_IO;
    }
    return HW_OK;
}

/* What was spent of a stream (reason NULL), or not for a reason: in a year, or in all of them together. */
static hw_mean part(ledger *l, uint32_t stream, const uint32_t *reason, const uint32_t *year) {
    uint32_t years = l->years->length, terms = year == NULL ? years : 1, from = year == NULL ? 0 : *year;
    if (reason == NULL) {
        return hw_reading_sum(&l->spent, (size_t)stream * years + from, terms, 1, l->million).mean;
    }
    size_t row = (size_t)stream * l->reasons->length + *reason;
    return hw_reading_sum(&l->unspent, row * years + from, terms, 1, l->million).mean;
}

/* Money that the ledger does not follow, such as that for building, has no reason at all. */
static bool is_followed(ledger *l, uint32_t stream) {
    double unspent = 0;
    for (uint32_t reason = 0; reason < l->reasons->length; reason++) {
        unspent += part(l, stream, &reason, NULL).value;
    }
    return unspent > 0;
}

static void add_row(hw_sheet *sheet, const ledger *l, uint32_t stream, const uint32_t *year, const char *fate,
                    hw_mean money, double whole) {
    static const double shown_from = 0.05; /* million: nothing else at one decimal */
    hw_cell *cell = hw_sheet_add_row(sheet, money.value >= shown_from);
    hw_cell_set_text(cell++, l->streams->labels[stream]);
    if (year != NULL) {
        hw_cell_set_number(cell++, l->years->values[*year]);
    }
    hw_cell_set_text(cell++, fate);
    hw_cell_set_number(cell++, money.value);
    hw_cell_set_number(cell++, money.error);
    hw_cell_set_number(cell, 100 * money.value / whole);
}

/* Rows of what was spent, and of what was not by reason. */
static void add_rows(hw_sheet *sheet, ledger *l, uint32_t stream, const uint32_t *year) {
    hw_mean spent = part(l, stream, NULL, year);
    double whole = spent.value;
    for (uint32_t reason = 0; reason < l->reasons->length; reason++) {
        whole += part(l, stream, &reason, year).value;
    }
    if (whole <= 0) {
        return;
    }
    add_row(sheet, l, stream, year, "spent", spent, whole);
    for (uint32_t reason = 0; reason < l->reasons->length; reason++) {
        hw_mean unspent = part(l, stream, &reason, year);
        if (unspent.value > 0) {
            char *fate = hw_take_text("not spent: %s", l->reasons->labels[reason]);
            add_row(sheet, l, stream, year, fate, unspent, whole);
            free(fate);
        }
    }
}

static void add_sheet(hw_book *book, ledger *l, bool by_year) {
    char *units = hw_money_text(l->outcomes, "million USD");
    char *title =
        hw_take_text("What became of the money for clearance%s, %s", by_year ? " in the year" : "", units);
    hw_sheet *sheet = hw_book_add(book, by_year ? "money_by_year" : "money", title);
    sheet->note = hw_take_text("%s of a stream was spent, or has one reason why it was not when it "
                               "lapsed, was returned, or was left at the horizon. Amounts under 0.05 %s "
                               "are in the JSON only.",
                               hw_money_is_usd(l->outcomes) ? "Each dollar" : "All money", units);
    free(title);
    hw_sheet_add_column(sheet, "stream", NULL, 0);
    if (by_year) {
        hw_sheet_add_column(sheet, "year", NULL, 0);
    }
    uint32_t fate = hw_sheet_add_column(sheet, "fate", NULL, 0);
    uint32_t mean = hw_sheet_add_column(sheet, "mean", units, 1);
    uint32_t error = hw_sheet_add_column(sheet, "mean_error", units, 1);
    free(units);
    uint32_t share = hw_sheet_add_column(sheet, "share", "%", 1);
    sheet->view = (hw_view){.label_title = "stream", .label = 0, .across = HW_NO_COLUMN};
    if (by_year) {
        sheet->view.columns[sheet->view.column_count++] = hw_plain_column("year", 1);
    }
    sheet->view.columns[sheet->view.column_count++] = hw_plain_column("became", fate);
    sheet->view.columns[sheet->view.column_count++] = hw_error_column("mean ±", mean, error, 0);
    sheet->view.columns[sheet->view.column_count++] = hw_plain_column("share, %", share);
    for (uint32_t stream = 0; stream < l->streams->length; stream++) {
        if (!is_followed(l, stream)) {
            continue;
        }
        for (uint32_t year = 0; by_year && year < l->years->length; year++) {
            add_rows(sheet, l, stream, &year);
        }
        if (!by_year) {
            add_rows(sheet, l, stream, NULL);
        }
    }
}

hw_status hw_explain_money(hw_book *book, const hw_outcomes *outcomes, hw_errors *errors) {
    if (outcomes->count == 0) {
        hw_errors_say(errors, "no replication is good (%" PRIu64 " failed): there is nothing to explain",
                      outcomes->failed_count);
        return HW_ERROR_LAW;
    }
    ledger l = {.outcomes = outcomes};
    hw_status status = open_ledger(&l, errors);
    if (status != HW_OK) {
        return status;
    }
    hw_summary_add_about(book, outcomes);
    hw_summary_add_money(book, outcomes);
    l.million = 1e-6 * hw_money_scale(outcomes, l.spent.variable);
    add_sheet(book, &l, false);
    add_sheet(book, &l, true);
    hw_reading_close(&l.spent);
    hw_reading_close(&l.unspent);
    return HW_OK;
}
