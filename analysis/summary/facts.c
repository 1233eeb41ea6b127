/* What is no forecast: days of before the start, as the scenario has recorded them. */
#include "analysis/summary/parts.h"
#include "sim/length.h"
#include <math.h>

bool hw_summary_is_fact(const hw_reading *reading, size_t element) {
    static const double BEFORE = -1, ALL = 1 - 1e-9; /* the last day before the start; a sum of weights */
    return hw_reading_until(reading, element, BEFORE).value >= ALL;
}

static const struct {
    const char *variable, *fact;
} kinds[] = {{"place_release_day", "released by"}, {"place_first_return_day", "lived in since"}};

static void add_facts(hw_sheet *sheet, const hw_summary_frame *frame, const hw_summary_sheet *what,
                      hw_reading *reading, const char *fact) {
    const hw_outcomes *outcomes = frame->outcomes;
    const hw_axis *axis = &outcomes->layout->axes[reading->variable->axis[0]];
    for (uint32_t i = 0; i < axis->length; i++) {
        if (!hw_summary_wants(frame, what, axis, i) || !hw_summary_is_fact(reading, i)) {
            continue;
        }
        double day = floor(hw_reading_spread(reading, i, 1).p50.value);
        hw_cell *row = hw_sheet_add_row(sheet, true);
        hw_cell_set_text(&row[0], axis->labels[i]);
        hw_cell_set_text(&row[1], fact);
        row[2] = (hw_cell){.kind = HW_CELL_DATE, .number = (double)outcomes->start + day};
    }
}

/* The sheet is there only when there are facts. */
hw_status hw_summary_facts(hw_book *book, const hw_summary_sheet *what, const hw_summary_frame *frame,
                           hw_errors *errors) {
    hw_sheet *sheet = hw_book_add(book, what->name, what->title);
    hw_sheet_add_column(sheet, "place", NULL, 0);
    hw_sheet_add_column(sheet, "fact", NULL, 0);
    hw_sheet_add_column(sheet, "date", "date", 0);
    sheet->view = (hw_view){.label_title = "place", .label = 0, .across = HW_NO_COLUMN, .column_count = 2};
    sheet->view.columns[0] = hw_plain_column("fact", 1);
    sheet->view.columns[1] = hw_plain_column("date", 2);
    for (size_t k = 0; k < HW_LENGTH(kinds); k++) {
        const hw_variable *variable = hw_record_find(frame->outcomes->layout, kinds[k].variable);
        hw_reading reading;
        if (variable == NULL || variable->rank != 1 ||
            frame->outcomes->layout->axes[variable->axis[0]].labels == NULL) {
            continue;
        }
        if (!hw_reading_open(&reading, frame->outcomes, kinds[k].variable, errors)) {
            return HW_ERROR_IO;
        }
        add_facts(sheet, frame, what, &reading, kinds[k].fact);
        hw_reading_close(&reading);
    }
    if (sheet->row_count == 0) {
        hw_book_drop_last(book);
    }
    return HW_OK;
}
