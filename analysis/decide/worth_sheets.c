/* What knowing is worth, as tables and sentences. */
#include "analysis/base/memory.h"
#include "analysis/decide/asked.h"
#include "analysis/decide/worth.h"
#include "sim/length.h"
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

enum { SHOWN = 20, SHOWN_UNCLEAR = 5 };

static const char *units_of(const hw_worth *worth) {
    return worth->wish.price > 0 ? "million USD" : hw_measure_units(worth->measure);
}

/* As people count it: with a price all is dollars, of which more is better. */
static double sign_of(const hw_worth *worth) {
    return worth->wish.price > 0 ? 1 : hw_measure_sign(worth->measure);
}

/* A gain that may be small needs digits; people need none. */
static uint32_t decimals_of(const hw_worth *worth) {
    double largest = worth->perfect;
    return largest >= 100 ? 0 : largest >= 10 ? 1 : 2;
}

static void add_decisions(hw_book *book, const hw_worth *worth) {
    static const char *const columns[] = {"mean", "difference", "difference_error"};
    hw_sheet *sheet = hw_book_add(book, "decisions", "What each decision brings");
    hw_sheet_add_column(sheet, "decision", NULL, 0);
    hw_sheet_add_columns(sheet, columns, HW_LENGTH(columns), units_of(worth), decimals_of(worth));
    sheet->view =
        (hw_view){.label_title = "decision",
                  .label = 0,
                  .across = HW_NO_COLUMN,
                  .columns = {hw_plain_column("mean", 1), hw_error_column("more than the first ±", 2, 3, 0)},
                  .column_count = 2};
    for (uint32_t d = 0; d < worth->decision_count; d++) {
        const hw_decision *one = &worth->decisions[d];
        hw_cell *row = hw_sheet_add_row(sheet, true);
        hw_cell_set_text(&row[0], one->name);
        hw_cell_set_number(&row[1], sign_of(worth) * one->mean + 0.0);
        hw_cell_set_number(&row[2], sign_of(worth) * one->against.difference + 0.0);
        hw_cell_set_number(&row[3], d > 0 ? one->against.error : 0);
    }
}

/* What might be zero hides what is clear: of all values it is shown only where nothing is clear. */
static bool is_shown(const hw_worth *worth, uint32_t item) {
    bool any_clear = false;
    for (uint32_t i = 0; i < worth->count; i++) {
        any_clear = any_clear || hw_worth_is_clear(worth, &worth->items[i]);
    }
    bool unclear = hw_worth_is_of_all(worth) && !hw_worth_is_clear(worth, &worth->items[item]);
    return item < SHOWN && !(unclear && (any_clear || item >= SHOWN_UNCLEAR));
}

static void add_items(hw_book *book, const hw_worth *worth) {
    static const char *const perfect[] = {"worth", "worth_error", "bias", "nearest"}, *const measured[] = {
                                                                                          "measured",
                                                                                          "measured_error"};
    bool asked = worth->wish.error > 0;
    hw_sheet *sheet = hw_book_add(book, "worth", "What it is worth to know before deciding");
    hw_sheet_add_column(sheet, "of", NULL, 0);
    hw_sheet_add_column(sheet, "values", "1", 0);
    hw_sheet_add_columns(sheet, perfect, HW_LENGTH(perfect), units_of(worth), decimals_of(worth));
    hw_sheet_add_column(sheet, "share", "% of knowing everything", 1);
    hw_sheet_add_column(sheet, "p_value", "1", 4);
    hw_sheet_add_column(sheet, "verdict", NULL, 0);
    if (asked) {
        hw_sheet_add_columns(sheet, measured, HW_LENGTH(measured), units_of(worth), decimals_of(worth));
    }
    sheet->view = (hw_view){.label_title = "of",
                            .label = 0,
                            .across = HW_NO_COLUMN,
                            .columns = {hw_error_column("worth ±", 2, 3, 0), hw_plain_column("% of all", 6),
                                        hw_plain_column("by neighbours", 5), hw_plain_column("verdict", 8),
                                        hw_error_column("measured ±", 9, 10, 0)},
                            .column_count = 4 + asked};
    for (uint32_t i = 0; i < worth->count; i++) {
        const hw_knowable *item = &worth->items[i];
        const hw_knowing *of = &item->perfect;
        const double numbers[] = {
            item->count, of->value,   of->error,
            of->bias,    of->nearest, worth->perfect > 0 ? 100 * of->value / worth->perfect : (double)NAN,
            of->p};
        hw_cell *row = hw_sheet_add_row(sheet, is_shown(worth, i));
        hw_cell_set_text(&row[0], item->name);
        for (uint32_t c = 0; c < HW_LENGTH(numbers); c++) {
            hw_cell_set_number(&row[1 + c], numbers[c]);
        }
        hw_cell_set_text(&row[8], hw_worth_is_clear(worth, item) ? "clear among all" : "could be zero");
        if (asked) {
            hw_cell_set_number(&row[9], item->measured.value);
            hw_cell_set_number(&row[10], item->measured.error);
        }
    }
}

/* ---- Sentences ---- */

enum { SENTENCES = 3 };

static char *say_best(const hw_worth *worth) {
    const hw_decision *best = &worth->decisions[worth->best];
    char *mean = hw_thousands(sign_of(worth) * best->mean, decimals_of(worth)),
         *all = hw_thousands(worth->perfect, decimals_of(worth));
    char *text = hw_take_text(
        "By what is known today the best of %u decisions is %s (%s%s: %s %s in the mean). To know "
        "everything before deciding, weather and chance included, would be worth %s %s.",
        worth->decision_count, best->name, worth->measure->title,
        worth->wish.price > 0 ? ", its worth less what it spends" : "", mean, units_of(worth), all,
        units_of(worth));
    free(mean);
    free(all);
    return text;
}

static char *say_most(const hw_worth *worth) {
    const hw_knowable *most = &worth->items[0];
    if (!hw_worth_is_clear(worth, most)) {
        return hw_take_text(
            "Nothing that was asked about is clearly worth knowing: no decision turns on it, or it takes "
            "more worlds to see.");
    }
    char *value = hw_thousands(most->perfect.value, decimals_of(worth)),
         *error = hw_thousands(most->perfect.error, decimals_of(worth));
    char *text =
        hw_take_text("Most worth knowing is %s: %s ±%s %s.", most->name, value, error, units_of(worth));
    free(value);
    free(error);
    return text;
}

static char *say_reading(const hw_worth *worth) {
    (void)worth;
    return hw_take_text(
        "Worth: what is gained, in the mean, when the value is known before one of the decisions is taken; "
        "zero where it turns none. By regression over the worlds, less what chance alone shows (bias); "
        "± is half of a 95 %% interval; the verdict counts how many were asked about. Worths do not add up: "
        "two things may be worth knowing together "
        "only.");
}

void hw_worth_print_head(FILE *out, const hw_worth *worth) {
    char *sentences[SENTENCES] = {say_best(worth), say_most(worth), say_reading(worth)};
    for (int i = 0; i < SENTENCES; i++) {
        if (i == SENTENCES - 1) {
            fprintf(out, "\n%s: %" PRIu64 " worlds for each decision, seed %" PRIu64 "\n", worth->title,
                    worth->worlds, worth->seed);
            fputs(worth->known, out);
        }
        hw_print_paragraph(out, sentences[i]);
        free(sentences[i]);
    }
}

static void add_about(hw_book *book, const hw_worth *worth) {
    hw_sheet *about = hw_asked_add(book, worth->seed);
    hw_asked_fact(about, "worlds for each decision", hw_take_text("%" PRIu64, worth->worlds));
    hw_asked_fact(about, "measure", hw_take_text("%s", worth->measure->title));
    if (worth->wish.price > 0) {
        hw_asked_fact(about, "price", hw_take_text("%.17g USD a unit of it", worth->wish.price));
    }
    if (worth->wish.error > 0) {
        hw_asked_fact(about, "error of a measurement",
                      hw_take_text("%g %% of what is uncertain before", 100 * worth->wish.error));
    }
    for (uint32_t d = 0; d < worth->decision_count; d++) {
        hw_asked_fact(about, "scenario digest", hw_take_text("%s", worth->decisions[d].digest));
    }
}

void hw_worth_build(hw_book *book, const hw_worth *worth) {
    add_items(book, worth);
    add_decisions(book, worth);
    hw_sheet *findings = hw_book_add(book, "findings", "Findings");
    hw_sheet_add_column(findings, "finding", NULL, 0);
    hw_cell_take_text(hw_sheet_add_row(findings, false), say_best(worth));
    hw_cell_take_text(hw_sheet_add_row(findings, false), say_most(worth));
    add_about(book, worth);
}
