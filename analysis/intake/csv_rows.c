/* Reads comma-separated values in pieces, one row at a time. */
#include "analysis/intake/csv_rows.h"
#include "analysis/base/memory.h"
#include "sim/ordinary_file.h"
#include "sim/visible.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct hw_csv_rows {
    FILE *file;
    const char *path;
    char separator; /* 0: not known before the first row */
    uint64_t line, row_line;
    uint32_t column;
    char *bytes; /* of the row: its cells, each with its zero */
    size_t length, room;
    size_t cells[HW_CSV_CELLS_MOST]; /* where they begin */
    uint32_t count;
    hw_errors *errors;
};

static hw_position here(const hw_csv_rows *rows) {
    return (hw_position){.file = rows->path,
                         .line = rows->line < UINT32_MAX ? (uint32_t)rows->line : UINT32_MAX,
                         .column = rows->column};
}

/* ---- Bytes ---- */

static int next_byte(hw_csv_rows *rows) {
    int byte = getc(rows->file);
    rows->column++;
    return byte;
}

static int peek(hw_csv_rows *rows) {
    int byte = getc(rows->file);
    if (byte != EOF) {
        (void)ungetc(byte, rows->file);
    }
    return byte;
}

/* CR LF, LF and CR are one end of a line each. */
static bool ends_line(hw_csv_rows *rows, int byte) {
    if (byte == '\r' && peek(rows) == '\n') {
        (void)getc(rows->file);
    }
    if (byte == '\r' || byte == '\n') {
        rows->line++;
        rows->column = 0;
        return true;
    }
    return false;
}

static bool put(hw_csv_rows *rows, int byte) {
    if (byte == '\0') {
        hw_errors_add(rows->errors, here(rows),
                      "a zero byte: this is no text in UTF-8 (perhaps UTF-16: save it as CSV UTF-8)");
        return false;
    }
    if (rows->length + 1 >= HW_CSV_ROW_BYTES_MOST) {
        hw_errors_add(rows->errors,
                      (hw_position){.file = rows->path, .line = (uint32_t)rows->row_line, .column = 1},
                      "this row is longer than %d bytes: a quote that is not closed?", HW_CSV_ROW_BYTES_MOST);
        return false;
    }
    if (rows->length + 2 > rows->room) {
        rows->room = rows->room > 0 ? 2 * rows->room : 4096;
        rows->bytes = hw_take_again(rows->bytes, rows->room, 1);
    }
    rows->bytes[rows->length++] = (char)byte;
    return true;
}

/* ---- Cells ---- */

static bool begin_cell(hw_csv_rows *rows) {
    if (rows->count == HW_CSV_CELLS_MOST) {
        hw_errors_add(rows->errors, here(rows), "this row has more than %d cells", HW_CSV_CELLS_MOST);
        return false;
    }
    rows->cells[rows->count++] = rows->length;
    return true;
}

/* Ends the text of a cell. A zero byte of the file never gets here. */
static bool end_cell(hw_csv_rows *rows, bool trim) {
    size_t first = rows->cells[rows->count - 1];
    while (trim && rows->length > first && rows->bytes[rows->length - 1] == ' ') {
        rows->length--;
    }
    if (!put(rows, ' ')) {
        return false;
    }
    rows->bytes[rows->length - 1] = '\0';
    return true;
}

typedef enum cell_end { CELL_SEPARATOR, CELL_LINE, CELL_FILE, CELL_WRONG } cell_end;

static cell_end quoted_end(hw_csv_rows *rows) {
    for (;;) {
        int byte = next_byte(rows);
        if (byte == rows->separator || byte == EOF || byte == '\n' || byte == '\r') {
            bool good = end_cell(rows, false);
            return !good                     ? CELL_WRONG
                   : byte == rows->separator ? CELL_SEPARATOR
                   : byte == EOF             ? CELL_FILE
                   : ends_line(rows, byte)   ? CELL_LINE
                                             : CELL_WRONG;
        }
        if (byte != ' ') {
            hw_errors_add(rows->errors, here(rows),
                          "expected a separator or the end of the line behind a closed quote");
            return CELL_WRONG;
        }
    }
}

static cell_end read_quoted(hw_csv_rows *rows) {
    hw_position opened = here(rows);
    for (;;) {
        int byte = next_byte(rows);
        if (byte == EOF) {
            hw_errors_add(rows->errors, opened, "this quote is not closed");
            return CELL_WRONG;
        }
        if (byte == '"' && peek(rows) != '"') {
            return quoted_end(rows);
        }
        if (byte == '"') {
            (void)next_byte(rows);
        } else if (ends_line(rows, byte)) {
            byte = '\n';
        }
        if (!put(rows, byte)) {
            return CELL_WRONG;
        }
    }
}

static cell_end read_cell(hw_csv_rows *rows) {
    if (!begin_cell(rows)) {
        return CELL_WRONG;
    }
    size_t first = rows->length;
    for (;;) {
        int byte = next_byte(rows);
        if (byte == '"' && rows->length == first) {
            return read_quoted(rows);
        }
        if (byte == rows->separator || byte == EOF || ends_line(rows, byte)) {
            return !end_cell(rows, true)     ? CELL_WRONG
                   : byte == rows->separator ? CELL_SEPARATOR
                   : byte == EOF             ? CELL_FILE
                                             : CELL_LINE;
        }
        if (byte == ' ' && rows->length == first) {
            continue;
        }
        if (!put(rows, byte)) {
            return CELL_WRONG;
        }
    }
}

static bool is_utf8(const hw_csv_rows *rows) {
    const unsigned char *bytes = (const unsigned char *)rows->bytes;
    for (size_t i = 0; i < rows->length;) {
        uint32_t code = 0;
        size_t step = bytes[i] < 0x80 ? 1 : hw_utf8_decode(bytes + i, rows->length - i, &code);
        if (step == 0) {
            return false;
        }
        i += step;
    }
    return true;
}

bool hw_csv_rows_next(hw_csv_rows *rows, hw_errors *errors) {
    rows->errors = errors;
    for (;;) {
        rows->count = 0;
        rows->length = 0;
        rows->row_line = rows->line;
        if (peek(rows) == EOF) {
            if (ferror(rows->file)) {
                hw_errors_say(errors, "cannot read '%s': %s", rows->path, strerror(errno));
            }
            return false;
        }
        cell_end ended = CELL_SEPARATOR;
        while (ended == CELL_SEPARATOR) {
            ended = read_cell(rows);
        }
        if (ended == CELL_WRONG) {
            return false;
        }
        if (rows->count == 1 && rows->bytes[0] == '\0') {
            continue; /* a blank line */
        }
        if (!is_utf8(rows)) {
            hw_errors_add(errors,
                          (hw_position){.file = rows->path, .line = (uint32_t)rows->row_line, .column = 1},
                          "this row is no UTF-8: save the table as CSV UTF-8");
            return false;
        }
        return true;
    }
}

uint32_t hw_csv_rows_count(const hw_csv_rows *rows) {
    return rows->count;
}

const char *hw_csv_rows_cell(const hw_csv_rows *rows, uint32_t column) {
    return column < rows->count ? rows->bytes + rows->cells[column] : "";
}

uint64_t hw_csv_rows_line(const hw_csv_rows *rows) {
    return rows->row_line;
}

/* ---- The file ---- */

/* The separator that the first row has most of, outside of quotes; a comma where it has none. */
static char find_separator(FILE *file) {
    static const char known[] = ",;\t";
    uint32_t found[sizeof known - 1] = {0};
    bool quoted = false;
    uint32_t looked = 0;
    for (int byte = getc(file); byte != EOF && (quoted || (byte != '\n' && byte != '\r'));
         byte = ++looked < HW_CSV_ROW_BYTES_MOST ? getc(file) : EOF) {
        const char *at = byte != '\0' ? strchr(known, byte) : NULL;
        quoted = quoted != (byte == '"');
        if (at != NULL && !quoted) {
            found[at - known]++;
        }
    }
    return found[1] > found[0] && found[1] >= found[2] ? ';' : found[2] > found[0] ? '\t' : ',';
}

static void skip_mark(FILE *file) {
    char mark[3] = "";
    if (fread(mark, 1, sizeof mark, file) != sizeof mark || memcmp(mark, "\xEF\xBB\xBF", sizeof mark) != 0) {
        rewind(file);
    }
}

hw_csv_rows *hw_csv_rows_open(const char *path, hw_errors *errors) {
    const char *problem = NULL;
    FILE *file = hw_ordinary_stream(path, &problem);
    if (file == NULL) {
        hw_errors_say(errors, "cannot read '%s': %s", path, problem != NULL ? problem : strerror(errno));
        return NULL;
    }
    hw_csv_rows *rows = hw_take(1, sizeof *rows);
    *rows = (hw_csv_rows){.file = file, .path = path, .line = 1, .errors = errors};
    skip_mark(file);
    rows->separator = find_separator(file);
    rewind(file);
    skip_mark(file);
    return rows;
}

void hw_csv_rows_close(hw_csv_rows *rows) {
    if (rows != NULL) {
        fclose(rows->file);
        free(rows->bytes);
        free(rows);
    }
}
