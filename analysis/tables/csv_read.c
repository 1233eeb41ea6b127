/* Reads comma-separated values cell by cell, with positions for errors. */
#include "analysis/tables/csv_read.h"
#include "analysis/base/memory.h"
#include "sim/ordinary_file.h"
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct reader {
    hw_csv *csv;
    char *next;
    hw_position where; /* of `next` */
    uint64_t cells, room;
    hw_errors *errors;
} reader;

static char *read_file(const char *path, hw_errors *errors) {
    const char *problem = NULL;
    FILE *file = hw_ordinary_stream(path, &problem);
    char *bytes = NULL;
    size_t size = 0, room = 2;
    bool good = file != NULL;
    if (good) {
        struct stat about;
        room += fstat(fileno(file), &about) == 0 && about.st_size > 0 ? (size_t)about.st_size : 0;
        bytes = hw_take(room, 1);
    }
    for (size_t n = 1; good && n > 0;) {
        if (room - size < 2) { /* it grows meanwhile */
            bytes = hw_take_again(bytes, room *= 2, 1);
        }
        n = fread(bytes + size, 1, room - size - 1, file);
        size += n;
        good = !ferror(file);
    }
    if (!good) {
        hw_errors_say(errors, "cannot read '%s': %s", path, problem != NULL ? problem : strerror(errno));
    } else {
        bytes[size] = '\0';
    }
    if (file != NULL) {
        fclose(file);
    }
    if (good && strlen(bytes) == size) {
        return bytes;
    }
    if (good) {
        hw_errors_say(errors, "'%s' is not a text file%s", path,
                      size > 1 && ((unsigned char)bytes[0] ^ (unsigned char)bytes[1]) == 1
                          ? "; it seems to be UTF-16: save it as CSV UTF-8"
                          : "");
    }
    free(bytes);
    return NULL;
}

static void advance(reader *r) {
    if (*r->next == '\n') {
        r->where.line++;
        r->where.column = 1;
    } else {
        r->where.column++;
    }
    r->next++;
}

static hw_csv_cell *add_cell(reader *r) {
    if (r->cells == r->room) {
        r->room = r->room ? 2 * r->room : 64;
        r->csv->cells = hw_take_again(r->csv->cells, r->room, sizeof *r->csv->cells);
    }
    hw_csv_cell *cell = &r->csv->cells[r->cells++];
    *cell = (hw_csv_cell){.text = r->next, .line = r->where.line, .column = r->where.column};
    return cell;
}

/* Moves the content of a quoted cell over its quotes; false when they do not pair up. */
static bool read_quoted(reader *r, char **end) {
    hw_position opened = r->where;
    char *to = r->next;
    advance(r);
    while (*r->next != '\0' && (*r->next != '"' || r->next[1] == '"')) {
        if (*r->next == '"') {
            advance(r);
        }
        *to++ = *r->next;
        advance(r);
    }
    if (*r->next == '\0') {
        hw_errors_add(r->errors, opened, "this quote is not closed");
        return false;
    }
    *end = to;
    advance(r);
    if (strchr(",\r\n", *r->next) != NULL) {
        return true;
    }
    hw_errors_add(r->errors, r->where, "expected a comma or the end of the line behind a closed quote");
    return false;
}

/* One cell, up to and over its comma; *ends_row when it was the last of its row. */
static bool read_cell(reader *r, bool *ends_row) {
    add_cell(r);
    char *end = NULL;
    if (*r->next == '"') {
        if (!read_quoted(r, &end)) {
            return false;
        }
    } else {
        while (*r->next != ',' && *r->next != '\n' && *r->next != '\0') {
            advance(r);
        }
        end = r->next;
        if (*r->next != ',' && end > r->csv->cells[r->cells - 1].text && end[-1] == '\r') {
            end--;
        }
    }
    if (*r->next == '\r') {
        advance(r);
    }
    *ends_row = *r->next != ',';
    if (*r->next != '\0') {
        advance(r);
    }
    *end = '\0';
    return true;
}

/* Spreadsheets of many countries separate cells by semicolons, or by tabs. */
static bool check_separators(reader *r, uint64_t first, uint64_t count) {
    const hw_csv_cell *cell = &r->csv->cells[first];
    const char *found = NULL;
    for (uint64_t i = 0; i < count && found == NULL; i++) {
        found = strchr(cell[i].text, ';') != NULL    ? "semicolons"
                : strchr(cell[i].text, '\t') != NULL ? "tabs"
                                                     : NULL;
    }
    if (found == NULL) {
        return true;
    }
    hw_errors_add(
        r->errors, hw_csv_where(r->csv, cell),
        "this table seems to be separated by %s: save it with commas between the cells, and with points "
        "in numbers (1.5)",
        found);
    return false;
}

/* "1,5" without quotes: two cells of digits beside each other. */
static bool has_cut_number(const reader *r, uint64_t first) {
    static const char digits[] = "0123456789";
    for (uint64_t i = first; i + 1 < r->cells; i++) {
        const char *left = r->csv->cells[i].text + strspn(r->csv->cells[i].text, " -+");
        const char *right = r->csv->cells[i + 1].text;
        if (*left && strspn(left, digits) == strlen(left) && strspn(right, digits) > 0) {
            return true;
        }
    }
    return false;
}

/* Room for all cells behind the first row, so that a large table takes no more than it needs: as many in each
 * line as there, and none without a byte of its own. */
static void make_room(reader *r) {
    uint64_t lines = 1;
    const char *last = r->next;
    for (const char *end = strchr(last, '\n'); end != NULL; end = strchr(last, '\n')) {
        lines++;
        last = end + 1;
    }
    uint64_t left = (uint64_t)(last - r->next) + strlen(last) + 1;
    r->room = r->cells + (lines < left / r->csv->columns ? lines * r->csv->columns : left);
    r->csv->cells = hw_take_again(r->csv->cells, r->room, sizeof *r->csv->cells);
}

static bool read_row(reader *r) {
    uint64_t before = r->cells;
    hw_position start = r->where;
    bool ends = false;
    while (!ends) {
        if (!read_cell(r, &ends)) {
            return false;
        }
    }
    uint64_t found = r->cells - before;
    if (found == 1 && *r->csv->cells[before].text == '\0') {
        r->cells = before; /* a blank line */
        return true;
    }
    if (r->csv->rows == 0 && !check_separators(r, before, found)) {
        return false;
    }
    if (r->csv->rows == 0) {
        r->csv->columns = (uint32_t)found;
        make_room(r);
    }
    r->csv->rows++;
    if (found == r->csv->columns) {
        return true;
    }
    hw_errors_add(r->errors, start, "expected %u cells as in the first row, found %u%s", r->csv->columns,
                  (unsigned)found,
                  found > r->csv->columns && has_cut_number(r, before)
                      ? "; a decimal comma? Cells are separated by commas: write 1.5 for 1,5"
                      : "");
    return false;
}

hw_status hw_csv_read(hw_csv *csv, const char *path, hw_errors *errors) {
    *csv = (hw_csv){.path = path, .bytes = read_file(path, errors)};
    if (csv->bytes == NULL) {
        return HW_ERROR_INPUT;
    }
    reader r = {.csv = csv, .next = csv->bytes, .where = {path, 1, 1}, .errors = errors};
    if (strncmp(r.next, "\xEF\xBB\xBF", 3) == 0) {
        r.next += 3; /* spreadsheets begin UTF-8 with a mark */
    }
    while (*r.next != '\0') {
        if (!read_row(&r)) {
            return HW_ERROR_INPUT;
        }
    }
    return HW_OK;
}

hw_position hw_csv_where(const hw_csv *csv, const hw_csv_cell *cell) {
    return (hw_position){.file = csv->path, .line = cell->line, .column = cell->column};
}

void hw_csv_free(hw_csv *csv) {
    free(csv->bytes);
    free(csv->cells);
    *csv = (hw_csv){0};
}
