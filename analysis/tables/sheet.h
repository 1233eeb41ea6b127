/* Answers as sheets of typed cells. Terminal, CSV and JSON are three ways to write the same sheets, so they
 * cannot differ: CSV and JSON write every column in full; the terminal shows a chosen view of them, rounded.
 *
 * A cell that cannot be known is empty. A date that falls into the censored part is a cell of its own kind,
 * "after 2045-12-31", never a number. */
#ifndef HW_ANALYSIS_SHEET_H
#define HW_ANALYSIS_SHEET_H

#include "analysis/base/json.h"
#include "sim/error.h"
#include "sim/run/output_file.h"
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

typedef enum hw_cell_kind {
    HW_CELL_EMPTY,
    HW_CELL_TEXT,
    HW_CELL_NUMBER,
    HW_CELL_DATE,  /* number: days since 1970-01-01 */
    HW_CELL_AFTER, /* after this date: the last one that was simulated */
} hw_cell_kind;

typedef struct hw_cell {
    hw_cell_kind kind;
    double number;
    char *text;              /* owned by the sheet */
    uint32_t fewer_decimals; /* than its column has, on the terminal: where the units differ by row */
} hw_cell;

typedef struct hw_column {
    char *name;        /* in CSV and JSON: "p50_error"; owned, as are the units */
    char *units;       /* "days", "%", "date"; NULL for labels and texts */
    uint32_t decimals; /* on the terminal */
} hw_column;

enum { HW_SHEET_COLUMNS_MOST = 40, HW_VIEW_COLUMNS_MOST = 12, HW_NO_COLUMN = UINT32_MAX };

/* One column on the terminal: a value, with "±error" or "(low–high)" where these columns are given, and the
 * text of the column `mark` behind it (0, the label's column: none). */
typedef struct hw_view_column {
    const char *title;
    uint32_t value, error, low, high, mark;
} hw_view_column;

/* A column with its value alone, and one with "±error" and a mark behind it (0: none). */
static inline hw_view_column hw_plain_column(const char *title, uint32_t value) {
    return (hw_view_column){title, value, HW_NO_COLUMN, HW_NO_COLUMN, HW_NO_COLUMN, 0};
}

static inline hw_view_column hw_error_column(const char *title, uint32_t value, uint32_t error,
                                             uint32_t mark) {
    return (hw_view_column){title, value, error, HW_NO_COLUMN, HW_NO_COLUMN, mark};
}

/* With "(low–high)" behind it. */
static inline hw_view_column hw_range_column(const char *title, uint32_t value, uint32_t low, uint32_t high) {
    return (hw_view_column){title, value, HW_NO_COLUMN, low, high, 0};
}

/* What of a sheet the terminal shows. As a list: `label`, then the columns, one line a row. As a cross: one
 * line for each cell of `label`, one column for each cell of `across`, with columns[0] where they meet. Lines
 * too long for the terminal are continued in a second block, behind the label again and, in a list, the first
 * `repeated` columns. */
typedef struct hw_view {
    const char *label_title;
    uint32_t label;
    uint32_t across; /* HW_NO_COLUMN: a list */
    hw_view_column columns[HW_VIEW_COLUMNS_MOST];
    uint32_t column_count; /* 0: not shown on the terminal at all */
    uint32_t repeated;
    uint32_t with_units; /* bit i, in a list: the units of columns[i] stand behind its title */
} hw_view;

typedef struct hw_sheet {
    char *name;  /* "place_release": the CSV file and the JSON key */
    char *title; /* one line, with units where the view has none */
    char *note;  /* below the title on the terminal, or NULL */
    hw_column columns[HW_SHEET_COLUMNS_MOST];
    uint32_t column_count;
    hw_cell *cells; /* row after row */
    bool *shown;    /* row by row: on the terminal too */
    size_t row_count, row_room;
    hw_view view;
} hw_sheet;

/* Sheets in the order in which they are read. */
typedef struct hw_book {
    hw_sheet *sheets;
    uint32_t count;
} hw_book;

/* A new sheet at the end of the book. Pointers to sheets hold until the next one is added. */
hw_sheet *hw_book_add(hw_book *book, const char *name, const char *title);
/* Takes the last sheet out again. */
void hw_book_drop_last(hw_book *book);
const hw_sheet *hw_book_find(const hw_book *book, const char *name);
void hw_book_free(hw_book *book);

/* Adds a column (all of them before the first row) and returns its index. */
uint32_t hw_sheet_add_column(hw_sheet *sheet, const char *name, const char *units, uint32_t decimals);
/* Several columns that differ in their names only. */
void hw_sheet_add_columns(hw_sheet *sheet, const char *const *names, uint32_t count, const char *units,
                          uint32_t decimals);
/* The index of a column, or HW_NO_COLUMN. */
uint32_t hw_sheet_find_column(const hw_sheet *sheet, const char *name);
/* The row whose first cell is that text; row_count when it is missing. */
size_t hw_sheet_find_row(const hw_sheet *sheet, const char *label);
/* Adds a row of empty cells, which hold their place until the next one is added. */
hw_cell *hw_sheet_add_row(hw_sheet *sheet, bool shown);
const hw_cell *hw_sheet_cell(const hw_sheet *sheet, size_t row, uint32_t column);

/* The cell under a column's name: its number (days since 1970-01-01 of a date), NaN for other cells,
 * +infinity for a date after the horizon. The column must exist. */
double hw_sheet_number(const hw_sheet *sheet, size_t row, const char *column);
/* Its text; "" for other cells. */
const char *hw_sheet_text(const hw_sheet *sheet, size_t row, const char *column);

void hw_cell_set_text(hw_cell *cell, const char *text);
/* A text that the cell owns from now on. */
void hw_cell_take_text(hw_cell *cell, char *text);

/* To ten significant digits: what sums leave behind these is rounding, and with it a number would be rounded
 * to one text here and to another there. NaN for infinities. */
double hw_ten_digits(double number);
/* A number that has no more digits already. NaN: empty. */
void hw_cell_set_settled(hw_cell *cell, double number);
/* Keeps ten digits. NaN and infinities: empty. */
void hw_cell_set_number(hw_cell *cell, double number);

/* Terminal: at most 110 columns wide wherever a single column fits into that. */
void hw_book_print(FILE *out, const hw_book *book);

/* One object: {"format": 1, "tables": {"place_release": {"title": …, "note": …, "units": {"p50": "date", …},
 * "rows":
 * [{"place": "Agdam city", "p50": "2027-03-01", …}, …]}, …}}. Numbers have ten significant digits, dates are
 * texts, empty cells are null. */
void hw_book_write_json(FILE *out, const hw_book *book);

/* A cell as in the rows above. */
json_t *hw_cell_json(const hw_cell *cell);

/* One file <name>.csv for each sheet in `folder`, which is made when it is missing. RFC 4180 with "\n"; the
 * header is "p50 [date]": the name with its units; numbers as in JSON, empty cells empty; texts that a
 * spreadsheet would calculate have an apostrophe before them. With `excel` a file begins with a byte order
 * mark, without which Excel takes UTF-8 for another encoding.
 * HW_ERROR_INPUT when a file of that name has another header: then nothing is written. */
hw_status hw_book_write_csv(const char *folder, const hw_book *book, bool excel, const hw_output_rules *rules,
                            hw_errors *errors);

/* "1,234,567.8": rounded, as the terminal shows numbers. The caller frees it. */
char *hw_thousands(double number, uint32_t decimals);

/* The same with three digits that count, or all digits before the point: "72,512", "0.0123". */
char *hw_three_digits(double number);

/* A paragraph, broken into lines at spaces as above and set in by two. */
void hw_print_paragraph(FILE *out, const char *text);

/* How many terminal columns a UTF-8 text takes: one for each character that is not a combining mark. */
size_t hw_text_width(const char *text);

#endif
