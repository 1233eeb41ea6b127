/* Sheets for other programs: JSON and CSV. Both write a cell through the same function. */
#include "analysis/base/memory.h"
#include "analysis/tables/csv_text.h"
#include "analysis/tables/record.h"
#include "analysis/tables/sheet.h"
#include "sim/date.h"
#include <stdlib.h>
#include <string.h>

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

/* ---- JSON ---- */

json_t *hw_cell_json(const hw_cell *cell) {
    char room[CELL_ROOM];
    if (cell->kind == HW_CELL_NUMBER) {
        return hw_json_number(cell->number);
    }
    return hw_json_text(cell->kind != HW_CELL_EMPTY ? cell_text(cell, room) : NULL);
}

static json_t *units_of(const hw_sheet *sheet) {
    json_t *units = hw_json_object();
    for (uint32_t i = 0; i < sheet->column_count; i++) {
        if (sheet->columns[i].units != NULL) {
            hw_json_put(units, sheet->columns[i].name, hw_json_text(sheet->columns[i].units));
        }
    }
    return units;
}

static void write_member(FILE *out, const char *key, json_t *value) {
    fputs("      ", out);
    hw_json_write(out, hw_json_text(key));
    fputs(": ", out);
    hw_json_write(out, value);
    fputs(",\n", out);
}

/* Row by row: a table can be larger than what should be held at once. */
static void write_sheet(FILE *out, const hw_sheet *sheet) {
    fputs("    ", out);
    hw_json_write(out, hw_json_text(sheet->name));
    fputs(": {\n", out);
    write_member(out, "title", hw_json_text(sheet->title));
    write_member(out, "note", hw_json_text(sheet->note));
    write_member(out, "units", units_of(sheet));
    fputs("      \"rows\": [", out);
    for (size_t row = 0; row < sheet->row_count; row++) {
        json_t *members = hw_json_object();
        for (uint32_t i = 0; i < sheet->column_count; i++) {
            hw_json_put(members, sheet->columns[i].name, hw_cell_json(hw_sheet_cell(sheet, row, i)));
        }
        fputs(row ? ",\n        " : "\n        ", out);
        hw_json_write(out, members);
    }
    fputs(sheet->row_count ? "\n      ]\n    }" : "]\n    }", out);
}

void hw_book_write_json(FILE *out, const hw_book *book) {
    fputs("{\n  \"format\": 1,\n  \"tables\": {\n", out);
    for (uint32_t i = 0; i < book->count; i++) {
        write_sheet(out, &book->sheets[i]);
        fputs(i + 1 < book->count ? ",\n" : "\n", out);
    }
    fputs("  }\n}\n", out);
}

/* ---- CSV ---- */

/* Only texts can be taken for formulas: what the program itself writes as a number or a date stays bare. */
static void csv_cell(FILE *out, const hw_cell *cell) {
    char room[CELL_ROOM];
    if (cell->kind == HW_CELL_TEXT) {
        hw_csv_write_text(out, cell->text);
    } else {
        fputs(cell_text(cell, room), out);
    }
}

static void csv_head(FILE *out, const hw_sheet *sheet) {
    for (uint32_t i = 0; i < sheet->column_count; i++) {
        const hw_column *column = &sheet->columns[i];
        char *header = column->units != NULL ? hw_take_text("%s [%s]", column->name, column->units)
                                             : hw_take_text("%s", column->name);
        fputs(i ? "," : "", out);
        hw_csv_write_text(out, header);
        free(header);
    }
}

static void csv_sheet(FILE *out, const hw_sheet *sheet) {
    csv_head(out, sheet);
    fputc('\n', out);
    for (size_t row = 0; row < sheet->row_count; row++) {
        for (uint32_t i = 0; i < sheet->column_count; i++) {
            fputs(i ? "," : "", out);
            csv_cell(out, hw_sheet_cell(sheet, row, i));
        }
        fputc('\n', out);
    }
}

static char *head_of(const hw_sheet *sheet) {
    char *head = NULL;
    size_t length = 0;
    FILE *out = hw_take_stream(&head, &length);
    csv_head(out, sheet);
    fclose(out);
    return head;
}

/* A table on its way into a folder. */
typedef struct csv_table {
    const hw_sheet *sheet;
    char *path, *head;
    hw_table_record *record;
} csv_table;

/* Ours by the folder's record; where that says nothing of it, by its header. */
static bool is_kept(const char *path, const void *context, char room[HW_OUTPUT_REASON]) {
    const csv_table *table = context;
    switch (hw_table_record_knows(table->record, table->sheet->name, path)) {
    case HW_TABLE_OURS:
        return false;
    case HW_TABLE_CHANGED:
        snprintf(room, HW_OUTPUT_REASON, "was changed since Homeward wrote it");
        return true;
    case HW_TABLE_UNKNOWN:
        break;
    }
    return hw_output_lacks_head(path, table->head, room);
}

static hw_status write_csv_file(const csv_table *table, bool excel, const hw_output_rules *rules,
                                bool only_check, hw_errors *errors) {
    const hw_output_format format = {
        .noun = "a table", .streams = true, .is_kept = is_kept, .context = table};
    if (only_check) {
        return hw_output_check(table->path, &format, rules, errors);
    }
    hw_output_file file;
    hw_status status = hw_output_open(&file, table->path, &format, rules, errors);
    if (status == HW_OK) {
        fputs(excel ? "\xEF\xBB\xBF" : "", file.stream);
        csv_sheet(file.stream, table->sheet);
        status = hw_output_close(&file, errors);
    }
    if (status == HW_OK) {
        hw_table_record_note(table->record, table->sheet->name, table->path);
    }
    return status;
}

static hw_status write_csv_files(const char *folder, const hw_book *book, bool excel,
                                 const hw_output_rules *rules, bool only_check, hw_table_record *record,
                                 hw_errors *errors) {
    hw_status status = HW_OK;
    for (uint32_t i = 0; i < book->count && status == HW_OK; i++) {
        const hw_sheet *sheet = &book->sheets[i];
        csv_table table = {sheet, hw_take_text("%s/%s.csv", folder, sheet->name), head_of(sheet), record};
        status = write_csv_file(&table, excel, rules, only_check, errors);
        free(table.head);
        free(table.path);
    }
    return status;
}

/* None is written when one must not be. */
hw_status hw_book_write_csv(const char *folder, const hw_book *book, bool excel, const hw_output_rules *rules,
                            hw_errors *errors) {
    hw_status status = hw_output_make_folder(folder, errors);
    if (status != HW_OK) {
        return status;
    }
    hw_table_record record;
    hw_table_record_open(&record, folder);
    status = write_csv_files(folder, book, excel, rules, true, &record, errors);
    if (status == HW_OK) {
        status = write_csv_files(folder, book, excel, rules, false, &record, errors);
    }
    hw_table_record_close(&record);
    return status;
}
