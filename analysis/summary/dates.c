/* Sheets about days that may never come: release, first return, completion. */
#include "analysis/base/memory.h"
#include "analysis/results/value_tree.h"
#include "analysis/summary/parts.h"
#include "sim/date.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

uint32_t hw_summary_add_quantile_columns(hw_sheet *sheet, const char *units, const char *error_units,
                                         uint32_t decimals) {
    static const char *const names[3][HW_QUANTILE_COLUMNS] = {
        {"p10", "p10_low", "p10_high", "p10_error"},
        {"p50", "p50_low", "p50_high", "p50_error"},
        {"p90", "p90_low", "p90_high", "p90_error"},
    };
    uint32_t first = sheet->column_count;
    for (int q = 0; q < 3; q++) {
        for (int i = 0; i < HW_QUANTILE_COLUMNS; i++) {
            hw_sheet_add_column(sheet, names[q][i], i == 3 ? error_units : units, decimals);
        }
    }
    return first;
}

/* +infinity is a censored day; anything else that is no number is not known. */
static void set_day(hw_cell *cell, double day, const hw_outcomes *outcomes) {
    if (isfinite(day)) {
        *cell = (hw_cell){.kind = HW_CELL_DATE, .number = (double)outcomes->start + floor(day)};
    } else if (day > 0) {
        *cell = (hw_cell){.kind = HW_CELL_AFTER, .number = (double)outcomes->horizon};
    }
}

void hw_summary_set_days(hw_cell *cells, const hw_spread *spread, const hw_outcomes *outcomes) {
    const hw_quantile *quantiles[3] = {&spread->p10, &spread->p50, &spread->p90};
    for (int q = 0; q < 3; q++, cells += HW_QUANTILE_COLUMNS) {
        set_day(&cells[0], quantiles[q]->value, outcomes);
        set_day(&cells[1], quantiles[q]->low, outcomes);
        set_day(&cells[2], quantiles[q]->high, outcomes);
        hw_cell_set_number(&cells[3], quantiles[q]->error);
    }
}

bool hw_summary_wants(const hw_summary_frame *frame, const hw_summary_sheet *what, const hw_axis *axis,
                      uint32_t i) {
    if (strcmp(axis->name, "place") == 0) {
        const bool *empty = frame->outcomes->empty;
        return !(what->lived_in && empty != NULL && empty[i]) && (!frame->one_place || i == frame->place);
    }
    return !frame->one_place || strcmp(axis->name, "district") != 0 || i == frame->district;
}

static bool leaves_out_places(const hw_summary_frame *frame, const hw_summary_sheet *what) {
    const hw_axis *places = hw_outcomes_axis(frame->outcomes, "place");
    bool leaves_out = false;
    for (uint32_t i = 0;
         places != NULL && what->lived_in && frame->outcomes->empty != NULL && i < places->length; i++) {
        leaves_out = leaves_out || frame->outcomes->empty[i];
    }
    return leaves_out;
}

/* Places of which the scenario says how much of their ground had been released before the start. */
static uint32_t partly_released(const hw_outcomes *outcomes) {
    uint32_t count = 0;
    hw_value_tree values;
    hw_value_tree_read(&values, outcomes->rows != NULL ? outcomes->rows : "");
    const hw_value_tree *places = hw_value_tree_child(&values, "places");
    for (uint32_t i = 0; places != NULL && i < places->count; i++) {
        count += hw_value_tree_text(&places->items[i], "released_share") != NULL;
    }
    hw_value_tree_free(&values);
    return count;
}

char *hw_summary_note(const hw_summary_frame *frame, const hw_summary_sheet *what) {
    const char *own = what->note != NULL ? what->note : "", *blank = what->note != NULL ? " " : "";
    uint32_t partly = strcmp(what->name, "place_release") == 0 ? partly_released(frame->outcomes) : 0;
    if (leaves_out_places(frame, what)) {
        return hw_take_text("%s%sPlaces where nobody is planned to live, such as roads, are left out.", own,
                            blank);
    }
    if (partly > 0) {
        return hw_take_text("%s%sHow much ground had been released before the start the scenario says for %u "
                            "place%s (released_share): the first dates hang on it.",
                            own, blank, partly, partly == 1 ? "" : "s");
    }
    return what->note != NULL ? hw_take_text("%s", what->note) : NULL;
}

/* The axis of a variable along one axis of names; an error when it is something else. A scenario without
 * places has none of them. */
static const hw_axis *names_of(const hw_summary_frame *frame, const char *variable, hw_errors *errors) {
    const hw_record_layout *layout = frame->outcomes->layout;
    const hw_variable *found = hw_record_find(layout, variable);
    const hw_axis *axis = found != NULL && found->rank == 1 ? &layout->axes[found->axis[0]] : NULL;
    if (axis != NULL && (axis->labels != NULL || axis->length == 0)) {
        return axis;
    }
    hw_errors_say(errors, "the variable %s of the result file is not one day for each name", variable);
    return NULL;
}

/* A bound is censored only where something is; else the sample is merely too small to give one. */
static void tell_small_from_censored(hw_spread *spread) {
    hw_quantile *quantiles[3] = {&spread->p10, &spread->p50, &spread->p90};
    if (!spread->censored) {
        for (int q = 0; q < 3; q++) {
            if (!isfinite(quantiles[q]->high)) {
                quantiles[q]->high = (double)NAN;
            }
        }
    }
}

static void date_view(hw_sheet *sheet, const char *axis, uint32_t first, uint32_t censored) {
    sheet->view = (hw_view){.label_title = axis, .label = 0, .across = HW_NO_COLUMN, .column_count = 4};
    static const char *const titles[3] = {"P10 ±days", "P50 ±days", "P90 ±days"};
    for (uint32_t q = 0; q < 3; q++) {
        sheet->view.columns[q] = (hw_view_column){.title = titles[q],
                                                  .value = first + q * HW_QUANTILE_COLUMNS,
                                                  .error = first + q * HW_QUANTILE_COLUMNS + 3,
                                                  .low = HW_NO_COLUMN,
                                                  .high = HW_NO_COLUMN};
    }
    sheet->view.columns[3] = (hw_view_column){.title = "not yet, %",
                                              .value = censored,
                                              .error = censored + 1,
                                              .low = HW_NO_COLUMN,
                                              .high = HW_NO_COLUMN};
}

/* The sheet with its first column, the names along `axis`, and the reading opened; NULL when it cannot be. */
static hw_sheet *begin_sheet(hw_book *book, const hw_summary_sheet *what, const hw_summary_frame *frame,
                             const hw_axis *axis, hw_reading *reading, hw_errors *errors) {
    if (!hw_reading_open(reading, frame->outcomes, what->variable, errors)) {
        return NULL;
    }
    hw_sheet *sheet = hw_book_add(book, what->name, what->title);
    sheet->note = hw_summary_note(frame, what);
    hw_sheet_add_column(sheet, axis->name, NULL, 0);
    return sheet;
}

uint32_t hw_summary_begin_dates(hw_sheet *sheet, const char *axis) {
    uint32_t first = hw_summary_add_quantile_columns(sheet, "date", "days", 0);
    uint32_t censored = hw_sheet_add_column(sheet, "censored", "%", 1);
    hw_sheet_add_column(sheet, "censored_error", "%", 1);
    date_view(sheet, axis, first, censored);
    return first;
}

void hw_summary_set_dates(hw_cell *row, uint32_t first, const hw_reading *reading, hw_spread spread,
                          hw_probability share) {
    uint32_t censored = first + 3 * HW_QUANTILE_COLUMNS;
    tell_small_from_censored(&spread);
    hw_summary_set_days(&row[first], &spread, reading->outcomes);
    hw_cell_set_number(&row[censored], 100 * share.value);
    hw_cell_set_number(&row[censored + 1], 100 * share.error);
}

hw_status hw_summary_dates(hw_book *book, const hw_summary_sheet *what, const hw_summary_frame *frame,
                           hw_errors *errors) {
    const hw_axis *axis = names_of(frame, what->variable, errors);
    if (axis == NULL) {
        return HW_ERROR_IO;
    }
    if (axis->length == 0) {
        return HW_OK; /* no places: a table of none is no table */
    }
    hw_reading reading;
    hw_sheet *sheet = begin_sheet(book, what, frame, axis, &reading, errors);
    if (sheet == NULL) {
        return HW_ERROR_IO;
    }
    uint32_t first = hw_summary_begin_dates(sheet, axis->name);
    for (uint32_t i = 0; i < axis->length; i++) {
        if (!hw_summary_wants(frame, what, axis, i) || hw_summary_is_fact(&reading, i)) {
            continue;
        }
        hw_cell *row = hw_sheet_add_row(sheet, true);
        hw_cell_set_text(&row[0], axis->labels[i]);
        hw_summary_set_dates(row, first, &reading, hw_reading_spread(&reading, i, 1),
                             hw_reading_missing(&reading, i));
    }
    hw_reading_close(&reading);
    return HW_OK;
}

static void add_probability(hw_sheet *sheet, const char *label, int64_t by, hw_probability p) {
    hw_cell *row = hw_sheet_add_row(sheet, true);
    hw_cell_set_text(&row[0], label);
    row[1] = (hw_cell){.kind = HW_CELL_DATE, .number = (double)by};
    hw_cell_set_number(&row[2], 100 * p.value);
    hw_cell_set_number(&row[3], 100 * p.low);
    hw_cell_set_number(&row[4], 100 * p.high);
    hw_cell_set_number(&row[5], 100 * p.error);
}

hw_status hw_summary_probabilities(hw_book *book, const hw_summary_sheet *what, const hw_summary_frame *frame,
                                   hw_errors *errors) {
    const hw_outcomes *outcomes = frame->outcomes;
    const hw_axis *axis = names_of(frame, what->variable, errors);
    if (axis == NULL) {
        return HW_ERROR_IO;
    }
    if (axis->length == 0) {
        return HW_OK; /* no places: a table of none is no table */
    }
    hw_reading reading;
    hw_sheet *sheet = begin_sheet(book, what, frame, axis, &reading, errors);
    if (sheet == NULL) {
        return HW_ERROR_IO;
    }
    hw_sheet_add_column(sheet, "by", "date", 0);
    static const char *const names[4] = {"probability", "probability_low", "probability_high",
                                         "probability_error"};
    for (int i = 0; i < 4; i++) {
        hw_sheet_add_column(sheet, names[i], "%", 1);
    }
    sheet->view = (hw_view){.label_title = axis->name, .label = 0, .across = 1, .column_count = 1};
    sheet->view.columns[0] =
        (hw_view_column){.value = 2, .error = 5, .low = HW_NO_COLUMN, .high = HW_NO_COLUMN};
    for (uint32_t i = 0; i < axis->length; i++) {
        if (!hw_summary_wants(frame, what, axis, i) || hw_summary_is_fact(&reading, i)) {
            continue;
        }
        for (uint32_t d = 0; d < frame->by_count; d++) {
            double day = (double)(frame->by[d] - outcomes->start);
            add_probability(sheet, axis->labels[i], frame->by[d], hw_reading_until(&reading, i, day));
        }
    }
    hw_reading_close(&reading);
    return HW_OK;
}
