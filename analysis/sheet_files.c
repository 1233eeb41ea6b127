/* Sheets for other programs: JSON and CSV. Both write a cell through the same function. */
#include "analysis/memory.h"
#include "analysis/sheet.h"
#include "sim/date.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { CELL_ROOM = 48 };

/* The cell as bare text; `room` takes it when it is not a text of its own. */
static const char *cell_text(const hw_cell *cell, char room[CELL_ROOM]) {
    char date[16];
    switch (cell->kind) {
    case HW_CELL_TEXT:
        return cell->text;
    case HW_CELL_NUMBER:
        /* Adding zero turns -0 into 0. */
        snprintf(room, CELL_ROOM, "%.10g", cell->number + 0.0);
        return room;
    case HW_CELL_DATE:
        return hw_date_print((int64_t)cell->number, room);
    case HW_CELL_AFTER:
        snprintf(room, CELL_ROOM, "after %s", hw_date_print((int64_t)cell->number, date));
        return room;
    case HW_CELL_EMPTY:
        break;
    }
    return "";
}

void hw_json_text(FILE *out, const char *text) {
    fputc('"', out);
    for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
        if (*c == '"' || *c == '\\')
            fprintf(out, "\\%c", *c);
        else if (*c < 0x20)
            fprintf(out, "\\u%04x", (unsigned)*c);
        else
            fputc(*c, out);
    }
    fputc('"', out);
}

void hw_json_cell(FILE *out, const hw_cell *cell) {
    char room[CELL_ROOM];
    if (cell->kind == HW_CELL_EMPTY)
        fputs("null", out);
    else if (cell->kind == HW_CELL_NUMBER)
        fputs(cell_text(cell, room), out);
    else
        hw_json_text(out, cell_text(cell, room));
}

static void json_units(FILE *out, const hw_sheet *sheet) {
    const char *comma = "";
    for (uint32_t i = 0; i < sheet->column_count; i++) {
        if (!sheet->columns[i].units)
            continue;
        fputs(comma, out);
        hw_json_text(out, sheet->columns[i].name);
        fputs(": ", out);
        hw_json_text(out, sheet->columns[i].units);
        comma = ", ";
    }
}

static void json_row(FILE *out, const hw_sheet *sheet, size_t row) {
    for (uint32_t i = 0; i < sheet->column_count; i++) {
        fputs(i ? ", " : "{", out);
        hw_json_text(out, sheet->columns[i].name);
        fputs(": ", out);
        hw_json_cell(out, hw_sheet_cell(sheet, row, i));
    }
    fputc('}', out);
}

static void json_sheet(FILE *out, const hw_sheet *sheet) {
    fputs("    ", out);
    hw_json_text(out, sheet->name);
    fputs(": {\n      \"title\": ", out);
    hw_json_text(out, sheet->title);
    fputs(",\n      \"note\": ", out);
    if (sheet->note)
        hw_json_text(out, sheet->note);
    else
        fputs("null", out);
    fputs(",\n      \"units\": {", out);
    json_units(out, sheet);
    fputs("},\n      \"rows\": [", out);
    for (size_t row = 0; row < sheet->row_count; row++) {
        fputs(row ? ",\n        " : "\n        ", out);
        json_row(out, sheet, row);
    }
    fputs(sheet->row_count ? "\n      ]\n    }" : "]\n    }", out);
}

void hw_book_write_json(FILE *out, const hw_book *book) {
    fputs("{\n  \"format\": 1,\n  \"tables\": {\n", out);
    for (uint32_t i = 0; i < book->count; i++) {
        json_sheet(out, &book->sheets[i]);
        fputs(i + 1 < book->count ? ",\n" : "\n", out);
    }
    fputs("  }\n}\n", out);
}

static void csv_text(FILE *out, const char *text) {
    if (!strpbrk(text, "\",\r\n")) {
        fputs(text, out);
        return;
    }
    fputc('"', out);
    for (const char *c = text; *c; c++)
        fprintf(out, *c == '"' ? "\"\"" : "%c", *c);
    fputc('"', out);
}

static void csv_sheet(FILE *out, const hw_sheet *sheet) {
    for (uint32_t i = 0; i < sheet->column_count; i++) {
        const hw_column *column = &sheet->columns[i];
        char *header = column->units ? hw_take_text("%s [%s]", column->name, column->units)
                                     : hw_take_text("%s", column->name);
        fputs(i ? "," : "", out);
        csv_text(out, header);
        free(header);
    }
    fputc('\n', out);
    for (size_t row = 0; row < sheet->row_count; row++) {
        for (uint32_t i = 0; i < sheet->column_count; i++) {
            char room[CELL_ROOM];
            fputs(i ? "," : "", out);
            csv_text(out, cell_text(hw_sheet_cell(sheet, row, i), room));
        }
        fputc('\n', out);
    }
}

static hw_status write_csv_file(const char *folder, const hw_sheet *sheet, hw_errors *errors) {
    char *path = hw_take_text("%s/%s.csv", folder, sheet->name);
    FILE *out = fopen(path, "w");
    bool good = out != NULL;
    if (out) {
        csv_sheet(out, sheet);
        good = !ferror(out);
        good = fclose(out) == 0 && good;
    }
    if (!good)
        hw_errors_add(errors, (hw_position){0}, "cannot write %s: %s", path, strerror(errno));
    free(path);
    return good ? HW_OK : HW_ERROR_IO;
}

hw_status hw_book_write_csv(const char *folder, const hw_book *book, hw_errors *errors) {
    if (mkdir(folder, 0777) != 0 && errno != EEXIST) {
        hw_errors_add(errors, (hw_position){0}, "cannot make the folder %s: %s", folder, strerror(errno));
        return HW_ERROR_IO;
    }
    for (uint32_t i = 0; i < book->count; i++)
        if (write_csv_file(folder, &book->sheets[i], errors) != HW_OK)
            return HW_ERROR_IO;
    return HW_OK;
}
