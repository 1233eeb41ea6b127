/* Sheets for people: aligned columns on a terminal. */
#include "analysis/base/memory.h"
#include "analysis/tables/sheet.h"
#include "sim/date.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TERMINAL_WIDTH = 110, GAP = 2 };

size_t hw_text_width(const char *text) {
    size_t width = 0;
    for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
        bool continues = (*c & 0xC0) == 0x80;
        bool combines = (*c == 0xCC) || (*c == 0xCD && c[1] < 0xB0); /* U+0300..U+036F */
        width += !continues && !combines;
    }
    return width;
}

/* A line of the table as it will be printed: a left part (value) and a right part (error, range) that are
 * aligned apart, or, when there is no right part, one text across both. */
typedef struct hw_shown_cell {
    char *value, *rest;
} hw_shown_cell;

typedef struct hw_shown_column {
    char *title;
    size_t value_width, rest_width, width;
    bool left; /* texts are aligned to the left, figures to the right */
} hw_shown_column;

typedef struct hw_shown {
    hw_shown_column *columns; /* the first is the label */
    hw_shown_cell *cells;
    uint32_t column_count;
    uint32_t head_count; /* columns that identify a row: the label, and what a list repeats with it */
    size_t row_count;
} hw_shown;

char *hw_thousands(double number, uint32_t decimals) {
    char *digits = hw_take_text("%.*f", (int)decimals, number);
    const char *first = digits + (*digits == '-');
    if (strspn(first, "0.") == strlen(first)) { /* "-0" */
        char *zero = hw_take_text("%s", first);
        free(digits);
        return zero;
    }
    size_t whole = strcspn(first, "."), length = strlen(digits);
    char *text = hw_take(length + whole / 3 + 1, 1), *to = text;
    if (first != digits) {
        *to++ = '-';
    }
    for (size_t i = 0; first[i]; i++) {
        if (i > 0 && i < whole && (whole - i) % 3 == 0) {
            *to++ = ',';
        }
        *to++ = first[i];
    }
    free(digits);
    return text;
}

char *hw_three_digits(double number) {
    enum { DIGITS = 3, MOST_DECIMALS = 9 };
    double before = number != 0 ? floor(log10(fabs(number))) + 1 : 1;
    return hw_thousands(number, (uint32_t)fmin(fmax(DIGITS - before, 0), MOST_DECIMALS));
}

static uint32_t decimals_of(const hw_cell *cell, const hw_column *column) {
    return column->decimals > cell->fewer_decimals ? column->decimals - cell->fewer_decimals : 0;
}

/* As it will be seen, to be measured; a line end would break the table. */
static char *visible(const char *text) {
    char *seen = hw_take_visible(text);
    for (char *c = seen; *c; c++) {
        *c = *c == '\n' || *c == '\t' ? ' ' : *c;
    }
    return seen;
}

static char *shown_value(const hw_cell *cell, const hw_column *column) {
    char date[16];
    switch (cell->kind) {
    case HW_CELL_TEXT:
        return visible(cell->text);
    case HW_CELL_NUMBER: /* a number without units is a label, such as a year */
        return column->units != NULL ? hw_thousands(cell->number, decimals_of(cell, column))
                                     : hw_take_text("%.10g", cell->number + 0.0);
    case HW_CELL_DATE:
        return hw_take_text("%s", hw_date_print((int64_t)cell->number, date));
    case HW_CELL_AFTER:
        return hw_take_text("after %s", hw_date_print((int64_t)cell->number, date));
    case HW_CELL_EMPTY:
        break;
    }
    return hw_take_text("-");
}

/* An error must not be rounded away to nothing: what is left of a tiny one is shown as "<1", "<0.1". */
static char *shown_error(const hw_cell *cell, const hw_column *column) {
    if (cell->kind != HW_CELL_NUMBER) {
        return hw_take_text(" ±?");
    }
    double smallest = pow(10, -(double)decimals_of(cell, column));
    char *number = cell->number > 0 && cell->number < smallest / 2
                       ? hw_take_text("<%.*f", (int)decimals_of(cell, column), smallest)
                       : hw_thousands(cell->number, decimals_of(cell, column));
    char *text = hw_take_text(" ±%s", number);
    free(number);
    return text;
}

static char *shown_range(const hw_sheet *sheet, const hw_cell *row, const hw_view_column *view) {
    char *low = shown_value(&row[view->low], &sheet->columns[view->low]);
    char *high = shown_value(&row[view->high], &sheet->columns[view->high]);
    bool known = row[view->low].kind != HW_CELL_EMPTY || row[view->high].kind != HW_CELL_EMPTY;
    char *text = known ? hw_take_text(" (%s–%s)", low, high) : hw_take_text(" (?)");
    free(low);
    free(high);
    return text;
}

/* All marks take the same room, so that errors stay aligned. */
static void append_mark(char **rest, const char *mark) {
    enum { ROOM = 2 };
    char *marked = hw_take_text("%s %-*s", *rest, ROOM, mark);
    free(*rest);
    *rest = marked;
}

static hw_shown_cell show_cell(const hw_sheet *sheet, size_t row_number, const hw_view_column *view) {
    const hw_cell *row = hw_sheet_cell(sheet, row_number, 0), *cell = &row[view->value];
    hw_shown_cell shown = {.value = shown_value(cell, &sheet->columns[view->value])};
    bool known = cell->kind == HW_CELL_NUMBER || cell->kind == HW_CELL_DATE;
    if (!known) {
        return shown;
    }
    if (view->error != HW_NO_COLUMN) {
        shown.rest = shown_error(&row[view->error], &sheet->columns[view->error]);
    } else if (view->low != HW_NO_COLUMN) {
        shown.rest = shown_range(sheet, row, view);
    }
    if (view->mark > 0 && shown.rest != NULL && row[view->mark].kind == HW_CELL_TEXT) {
        append_mark(&shown.rest, row[view->mark].text);
    }
    return shown;
}

static hw_shown start_shown(uint32_t columns, size_t rows) {
    return (hw_shown){.columns = hw_take(columns, sizeof(hw_shown_column)),
                      .cells = hw_take(rows * columns, sizeof(hw_shown_cell)),
                      .column_count = columns,
                      .head_count = 1,
                      .row_count = rows};
}

static hw_shown show_list(const hw_sheet *sheet) {
    const hw_view *view = &sheet->view;
    size_t rows = 0;
    for (size_t row = 0; row < sheet->row_count; row++) {
        rows += sheet->shown[row];
    }
    hw_shown shown = start_shown(view->column_count + 1, rows);
    shown.head_count = 1 + view->repeated;
    shown.columns[0].title = hw_take_text("%s", view->label_title);
    for (uint32_t i = 0; i < view->column_count; i++) {
        bool told = view->with_units >> i & 1;
        const char *units = told ? sheet->columns[view->columns[i].value].units : NULL;
        shown.columns[i + 1].title = hw_take_text("%s%s%s", view->columns[i].title, units != NULL ? ", " : "",
                                                  units != NULL ? units : "");
    }
    hw_shown_cell *line = shown.cells;
    for (size_t row = 0; row < sheet->row_count; row++) {
        if (!sheet->shown[row]) {
            continue;
        }
        line[0].value = shown_value(hw_sheet_cell(sheet, row, view->label), &sheet->columns[view->label]);
        for (uint32_t i = 0; i < view->column_count; i++) {
            line[i + 1] = show_cell(sheet, row, &view->columns[i]);
            bool text = hw_sheet_cell(sheet, row, view->columns[i].value)->kind == HW_CELL_TEXT;
            shown.columns[i + 1].left = shown.columns[i + 1].left || text;
        }
        line += shown.column_count;
    }
    return shown;
}

static bool same_cell(const hw_cell *a, const hw_cell *b) {
    if (a->kind != b->kind) {
        return false;
    }
    return a->kind == HW_CELL_TEXT ? strcmp(a->text, b->text) == 0 : a->number == b->number;
}

/* Rows in which a column has a cell for the first time, in order: the different cells of that column. */
static size_t *first_rows(const hw_sheet *sheet, uint32_t column, size_t *count) {
    size_t *rows = hw_take(sheet->row_count, sizeof *rows);
    *count = 0;
    for (size_t row = 0; row < sheet->row_count; row++) {
        bool seen = !sheet->shown[row];
        for (size_t i = 0; i < *count && !seen; i++) {
            seen = same_cell(hw_sheet_cell(sheet, rows[i], column), hw_sheet_cell(sheet, row, column));
        }
        if (!seen) {
            rows[(*count)++] = row;
        }
    }
    return rows;
}

static size_t position_of(const hw_sheet *sheet, const size_t *rows, size_t count, size_t row,
                          uint32_t column) {
    for (size_t i = 0; i < count; i++) {
        if (same_cell(hw_sheet_cell(sheet, rows[i], column), hw_sheet_cell(sheet, row, column))) {
            return i;
        }
    }
    return count;
}

static hw_shown show_cross(const hw_sheet *sheet) {
    const hw_view *view = &sheet->view;
    size_t line_count, across_count;
    size_t *lines = first_rows(sheet, view->label, &line_count);
    size_t *across = first_rows(sheet, view->across, &across_count);
    hw_shown shown = start_shown((uint32_t)across_count + 1, line_count);
    shown.columns[0].title = hw_take_text("%s", view->label_title);
    for (size_t i = 0; i < across_count; i++) {
        shown.columns[i + 1].title =
            shown_value(hw_sheet_cell(sheet, across[i], view->across), &sheet->columns[view->across]);
    }
    for (size_t i = 0; i < line_count; i++) {
        shown.cells[i * shown.column_count].value =
            shown_value(hw_sheet_cell(sheet, lines[i], view->label), &sheet->columns[view->label]);
    }
    for (size_t row = 0; row < sheet->row_count; row++) {
        if (!sheet->shown[row]) {
            continue;
        }
        size_t line = position_of(sheet, lines, line_count, row, view->label);
        size_t column = position_of(sheet, across, across_count, row, view->across);
        shown.cells[line * shown.column_count + column + 1] = show_cell(sheet, row, &view->columns[0]);
    }
    free(lines);
    free(across);
    return shown;
}

static size_t larger(size_t a, size_t b) {
    return a > b ? a : b;
}

static void measure(hw_shown *shown) {
    for (uint32_t i = 0; i < shown->column_count; i++) {
        hw_shown_column *column = &shown->columns[i];
        size_t alone = hw_text_width(column->title);
        for (size_t row = 0; row < shown->row_count; row++) {
            const hw_shown_cell *cell = &shown->cells[row * shown->column_count + i];
            size_t width = cell->value != NULL ? hw_text_width(cell->value) : 0;
            if (cell->rest != NULL) {
                column->value_width = larger(column->value_width, width);
                column->rest_width = larger(column->rest_width, hw_text_width(cell->rest));
            } else {
                alone = larger(alone, width);
            }
        }
        column->width = larger(alone, column->value_width + column->rest_width);
    }
}

static void spaces(FILE *out, size_t count) {
    fprintf(out, "%*s", (int)count, "");
}

static void print_left(FILE *out, const char *text, size_t width) {
    fputs(text, out);
    spaces(out, width - hw_text_width(text));
}

static void print_right(FILE *out, const char *text, size_t width) {
    spaces(out, width - hw_text_width(text));
    fputs(text, out);
}

static void print_cell(FILE *out, const hw_shown_column *column, const hw_shown_cell *cell) {
    const char *value = cell->value != NULL ? cell->value : "";
    if (cell->rest == NULL) {
        (column->left ? print_left : print_right)(out, value, column->width);
        return;
    }
    print_right(out, value, column->width - column->rest_width);
    /* Errors are aligned to the right like values; ranges follow their value. */
    size_t left = column->rest_width - hw_text_width(cell->rest);
    bool range = cell->rest[1] == '(';
    spaces(out, range ? 0 : left);
    fputs(cell->rest, out);
    spaces(out, range ? left : 0);
}

/* The column after this one in a block of the heads and columns [first, last). */
static uint32_t next_in_block(const hw_shown *shown, uint32_t column, uint32_t first) {
    return column + 1 == shown->head_count ? first : column + 1;
}

static void compose_block(FILE *out, const hw_shown *shown, uint32_t first, uint32_t last) {
    size_t rule = 0;
    for (uint32_t i = 0; i < last; i = next_in_block(shown, i, first)) {
        const hw_shown_column *column = &shown->columns[i];
        spaces(out, GAP);
        (i == 0 || column->left ? print_left : print_right)(out, column->title, column->width);
        rule += GAP + column->width;
    }
    fputs("\n  ", out);
    for (size_t i = GAP; i < rule; i++) {
        fputs("─", out);
    }
    fputc('\n', out);
    for (size_t row = 0; row < shown->row_count; row++) {
        const hw_shown_cell *line = &shown->cells[row * shown->column_count];
        for (uint32_t i = 0; i < last; i = next_in_block(shown, i, first)) {
            spaces(out, GAP);
            if (i == 0) {
                print_left(out, line[0].value, shown->columns[0].width);
            } else {
                print_cell(out, &shown->columns[i], &line[i]);
            }
        }
        fputc('\n', out);
    }
}

/* Without the blanks that alignment leaves at the ends of lines. */
static void print_block(FILE *out, const hw_shown *shown, uint32_t first, uint32_t last) {
    char *text = NULL;
    size_t size = 0;
    FILE *memory = hw_take_stream(&text, &size);
    compose_block(memory, shown, first, last);
    hw_end_stream(memory);
    for (const char *line = text; *line;) {
        size_t length = strcspn(line, "\n"), kept = length;
        while (kept > 0 && line[kept - 1] == ' ') {
            kept--;
        }
        fprintf(out, "%.*s\n", (int)kept, line);
        line += length + 1;
    }
    free(text);
}

static void print_shown(FILE *out, hw_shown *shown) {
    measure(shown);
    size_t heads = 0;
    for (uint32_t i = 0; i < shown->head_count; i++) {
        heads += GAP + shown->columns[i].width;
    }
    uint32_t first = shown->head_count;
    do {
        size_t width = heads;
        uint32_t last = first;
        while (last < shown->column_count) {
            width += GAP + shown->columns[last].width;
            if (width > TERMINAL_WIDTH && last > first) {
                break;
            }
            last++;
        }
        if (first > shown->head_count) {
            fputc('\n', out);
        }
        print_block(out, shown, first, last);
        first = last;
    } while (first < shown->column_count);
}

static void free_shown(hw_shown *shown) {
    for (uint32_t i = 0; i < shown->column_count; i++) {
        free(shown->columns[i].title);
    }
    for (size_t i = 0; i < shown->row_count * shown->column_count; i++) {
        free(shown->cells[i].value);
        free(shown->cells[i].rest);
    }
    free(shown->columns);
    free(shown->cells);
}

void hw_print_paragraph(FILE *out, const char *text) {
    size_t used = 0;
    while (*text) {
        size_t length = strcspn(text, " \n");
        char *word = hw_take_text("%.*s", (int)length, text);
        size_t width = hw_text_width(word);
        if (used > 0 && used + 1 + width > TERMINAL_WIDTH) {
            fputc('\n', out);
            used = 0;
        }
        fprintf(out, used ? " %s" : "  %s", word);
        used += width + (used ? 1 : 2);
        free(word);
        text += length;
        if (*text == '\n') {
            fputc('\n', out);
            used = 0;
        }
        text += *text != '\0';
    }
    fputc('\n', out);
}

void hw_book_print(FILE *out, const hw_book *book) {
    for (uint32_t i = 0; i < book->count; i++) {
        const hw_sheet *sheet = &book->sheets[i];
        if (sheet->view.column_count == 0) {
            continue;
        }
        hw_shown shown = sheet->view.across == HW_NO_COLUMN ? show_list(sheet) : show_cross(sheet);
        if (shown.row_count > 0) {
            fprintf(out, "\n%s\n", sheet->title);
            if (sheet->note != NULL) {
                hw_print_paragraph(out, sheet->note);
            }
            print_shown(out, &shown);
        }
        free_shown(&shown);
    }
}
