/* Sheets of waves and of what they tell about values. */
#include "analysis/belief/wave_sheets.h"
#include "sim/date.h"
#include <stdlib.h>

static hw_wave_row last_of(const hw_waves_report *report) {
    return report->rows[report->row_count - 1];
}

void hw_wave_print(uint32_t wave, const hw_tempered *tempered, uint64_t members) {
    fprintf(stderr,
            "wave %u: %llu members; with all before: power %.3g, %.0f effective, largest weight %.2g\n", wave,
            (unsigned long long)members, tempered->power, tempered->effective, tempered->largest);
}

void hw_waves_print_head(FILE *out, const hw_waves_wish *wish, const hw_waves_report *report) {
    char date[16];
    hw_wave_row last = last_of(report);
    bool part = last.tempered.power < 1;
    fprintf(out,
            "As of %s: %u facts, %s (power %.3g) after %u waves. %.0f members are effective; the largest "
            "weight is "
            "%.2g.\n",
            hw_date_print(wish->learning.as_of, date), report->facts,
            part ? "partly conditioned" : "conditioned", last.tempered.power, report->row_count,
            last.tempered.effective, last.tempered.largest);
    fprintf(out, "Stopped by %s.%s\n", report->stopped_by,
            part ? " Below power 1 the values have learnt only a part of what the facts say." : "");
    fprintf(out, "%s: the table, for `parameters_from` of a scenario or --set parameters_from=%s\n",
            wish->output, wish->output);
}

static void add_about(hw_book *book, const hw_waves_wish *wish, const hw_waves_report *report) {
    hw_sheet *sheet = hw_book_add(book, "conditioning", "What the facts have taught");
    hw_wave_row last = last_of(report);
    hw_sheet_add_column(sheet, "as_of", "date", 0);
    hw_sheet_add_column(sheet, "facts", NULL, 0);
    hw_sheet_add_column(sheet, "power", "1", 3);
    hw_sheet_add_column(sheet, "effective", "1", 0);
    hw_sheet_add_column(sheet, "largest_weight", "1", 4);
    hw_sheet_add_column(sheet, "conditioned", NULL, 0);
    hw_sheet_add_column(sheet, "stopped_by", NULL, 0);
    hw_cell *row = hw_sheet_add_row(sheet, false);
    row[0] = (hw_cell){.kind = HW_CELL_DATE, .number = (double)wish->learning.as_of};
    hw_cell_set_number(&row[1], report->facts);
    hw_cell_set_number(&row[2], last.tempered.power);
    hw_cell_set_number(&row[3], last.tempered.effective);
    hw_cell_set_number(&row[4], last.tempered.largest);
    hw_cell_set_text(&row[5], last.tempered.power < 1 ? "partly" : "fully");
    hw_cell_set_text(&row[6], report->stopped_by);
}

static void show(hw_sheet *sheet, const char *title, const char *const *titles, uint32_t count) {
    sheet->view = (hw_view){.label_title = title, .label = 0, .across = HW_NO_COLUMN};
    for (uint32_t c = 0; c < count; c++) {
        sheet->view.columns[sheet->view.column_count++] = hw_plain_column(titles[c], c + 1);
    }
}

static void add_waves(hw_book *book, const hw_waves_report *report) {
    static const char *const titles[] = {"members", "values moved", "power", "effective", "largest weight"};
    hw_sheet *sheet = hw_book_add(book, "waves", "Waves; power and weights of each with all before it");
    hw_sheet_add_column(sheet, "wave", NULL, 0);
    hw_sheet_add_column(sheet, "members", NULL, 0);
    hw_sheet_add_column(sheet, "moved", NULL, 0);
    hw_sheet_add_column(sheet, "power", "1", 3);
    hw_sheet_add_column(sheet, "effective", "1", 0);
    hw_sheet_add_column(sheet, "largest_weight", "1", 4);
    show(sheet, "wave", titles, HW_LENGTH(titles));
    for (uint32_t w = 0; w < report->row_count; w++) {
        const hw_wave_row *wave = &report->rows[w];
        hw_cell *row = hw_sheet_add_row(sheet, true);
        hw_cell_set_number(&row[0], w);
        hw_cell_set_number(&row[1], (double)wave->members);
        hw_cell_set_number(&row[2], wave->moved);
        hw_cell_set_number(&row[3], wave->tempered.power);
        hw_cell_set_number(&row[4], wave->tempered.effective);
        hw_cell_set_number(&row[5], wave->tempered.largest);
    }
}

static void add_values(hw_book *book, const hw_waves_report *report) {
    static const char *const titles[] = {"mean", "deviation", "strength"};
    hw_sheet *sheet =
        hw_book_add(book, "values_told", "Values of the table, in deviations of their own before");
    hw_sheet_add_column(sheet, "path", NULL, 0);
    hw_sheet_add_column(sheet, "mean", "1", 2);
    hw_sheet_add_column(sheet, "deviation", "1", 2);
    hw_sheet_add_column(sheet, "strength", "1", 1);
    show(sheet, "value", titles, HW_LENGTH(titles));
    for (uint32_t i = 0; i < report->value_count; i++) {
        const hw_told_value *value = &report->values[i];
        hw_cell *row = hw_sheet_add_row(sheet, true);
        hw_cell_set_text(&row[0], value->path);
        hw_cell_set_number(&row[1], value->told.mean);
        hw_cell_set_number(&row[2], value->told.sd);
        hw_cell_set_number(&row[3], value->told.strength);
    }
}

void hw_waves_build(hw_book *book, const hw_waves_wish *wish, const hw_waves_report *report) {
    add_about(book, wish, report);
    add_waves(book, report);
    add_values(book, report);
}
