/* Sheets, columns, rows and cells. */
#include "analysis/tables/sheet.h"
#include "analysis/base/memory.h"
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

hw_sheet *hw_book_add(hw_book *book, const char *name, const char *title) {
    book->sheets = hw_take_again(book->sheets, book->count + 1, sizeof *book->sheets);
    hw_sheet *sheet = &book->sheets[book->count++];
    *sheet = (hw_sheet){.name = hw_take_text("%s", name), .title = hw_take_text("%s", title)};
    return sheet;
}

const hw_sheet *hw_book_find(const hw_book *book, const char *name) {
    for (uint32_t i = 0; i < book->count; i++) {
        if (strcmp(book->sheets[i].name, name) == 0) {
            return &book->sheets[i];
        }
    }
    return NULL;
}

static void free_sheet(hw_sheet *sheet) {
    for (size_t i = 0; i < sheet->row_count * sheet->column_count; i++) {
        free(sheet->cells[i].text);
    }
    for (uint32_t i = 0; i < sheet->column_count; i++) {
        free(sheet->columns[i].name);
        free(sheet->columns[i].units);
    }
    free(sheet->cells);
    free(sheet->shown);
    free(sheet->name);
    free(sheet->title);
    free(sheet->note);
}

void hw_book_drop_last(hw_book *book) {
    assert(book->count > 0);
    free_sheet(&book->sheets[--book->count]);
}

void hw_book_free(hw_book *book) {
    for (uint32_t i = 0; i < book->count; i++) {
        free_sheet(&book->sheets[i]);
    }
    free(book->sheets);
    *book = (hw_book){0};
}

uint32_t hw_sheet_add_column(hw_sheet *sheet, const char *name, const char *units, uint32_t decimals) {
    assert(sheet->row_count == 0 && sheet->column_count < HW_SHEET_COLUMNS_MOST);
    sheet->columns[sheet->column_count] =
        (hw_column){.name = hw_take_text("%s", name),
                    .units = units != NULL ? hw_take_text("%s", units) : NULL,
                    .decimals = decimals};
    return sheet->column_count++;
}

void hw_sheet_add_columns(hw_sheet *sheet, const char *const *names, uint32_t count, const char *units,
                          uint32_t decimals) {
    for (uint32_t i = 0; i < count; i++) {
        hw_sheet_add_column(sheet, names[i], units, decimals);
    }
}

uint32_t hw_sheet_find_column(const hw_sheet *sheet, const char *name) {
    for (uint32_t i = 0; i < sheet->column_count; i++) {
        if (strcmp(sheet->columns[i].name, name) == 0) {
            return i;
        }
    }
    return HW_NO_COLUMN;
}

hw_cell *hw_sheet_add_row(hw_sheet *sheet, bool shown) {
    if (sheet->row_count == sheet->row_room) {
        sheet->row_room = sheet->row_room ? 2 * sheet->row_room : 32;
        sheet->cells =
            hw_take_again(sheet->cells, sheet->row_room * sheet->column_count, sizeof *sheet->cells);
        sheet->shown = hw_take_again(sheet->shown, sheet->row_room, sizeof *sheet->shown);
    }
    hw_cell *row = sheet->cells + sheet->row_count * sheet->column_count;
    memset(row, 0, sheet->column_count * sizeof *row);
    sheet->shown[sheet->row_count++] = shown;
    return row;
}

const hw_cell *hw_sheet_cell(const hw_sheet *sheet, size_t row, uint32_t column) {
    assert(row < sheet->row_count && column < sheet->column_count);
    return &sheet->cells[row * sheet->column_count + column];
}

void hw_cell_take_text(hw_cell *cell, char *text) {
    *cell = (hw_cell){.kind = HW_CELL_TEXT, .text = text};
}

void hw_cell_set_text(hw_cell *cell, const char *text) {
    hw_cell_take_text(cell, hw_take_text("%s", text));
}

double hw_ten_digits(double number) {
    char digits[32];
    if (!isfinite(number)) {
        return (double)NAN;
    }
    snprintf(digits, sizeof digits, "%.10g", number);
    return strtod(digits, NULL);
}

void hw_cell_set_settled(hw_cell *cell, double number) {
    *cell = isnan(number) ? (hw_cell){0} : (hw_cell){.kind = HW_CELL_NUMBER, .number = number};
}

void hw_cell_set_number(hw_cell *cell, double number) {
    hw_cell_set_settled(cell, hw_ten_digits(number));
}

size_t hw_sheet_find_row(const hw_sheet *sheet, const char *label) {
    for (size_t row = 0; row < sheet->row_count; row++) {
        const hw_cell *cell = hw_sheet_cell(sheet, row, 0);
        if (cell->kind == HW_CELL_TEXT && strcmp(cell->text, label) == 0) {
            return row;
        }
    }
    return sheet->row_count;
}

double hw_sheet_number(const hw_sheet *sheet, size_t row, const char *column) {
    const hw_cell *cell = hw_sheet_cell(sheet, row, hw_sheet_find_column(sheet, column));
    if (cell->kind == HW_CELL_NUMBER || cell->kind == HW_CELL_DATE) {
        return cell->number;
    }
    return cell->kind == HW_CELL_AFTER ? (double)INFINITY : (double)NAN;
}

const char *hw_sheet_text(const hw_sheet *sheet, size_t row, const char *column) {
    const hw_cell *cell = hw_sheet_cell(sheet, row, hw_sheet_find_column(sheet, column));
    return cell->kind == HW_CELL_TEXT ? cell->text : "";
}
