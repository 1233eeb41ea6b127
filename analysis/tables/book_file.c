/* Tables to a file and back. */
#include "analysis/tables/book_file.h"
#include "analysis/base/memory.h"
#include "analysis/tables/sealed_file.h"
#include "sim/date.h"
#include "sim/run/netcdf_read.h"
#include "sim/run/netcdf_write.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FORMAT = 1, BLOCK = 256, ROWS_MOST = 1000000 };

/* Names of tables and columns, one a line. */
static const char tables_name[] = "tables", columns_name[] = "columns";

/* Of a column that holds dates, in all rows or in those whose units are "date". */
static const char dates_name[] = "dates", in_all[] = "in all rows",
                  by_row[] = "in rows with the units date, as days since 1970-01-01";
static const char date_units[] = "date", day_units[] = "days since 1970-01-01";

static hw_sealed_kind sealed_kind(const hw_book_kind *kind) {
    return (hw_sealed_kind){kind->format_name, FORMAT, kind->not_ours, kind->damaged};
}

bool hw_book_file_is_kept(const char *path, const void *context, char room[HW_OUTPUT_REASON]) {
    const hw_book_kind *kind = context;
    const hw_sealed_kind sealed = sealed_kind(kind);
    snprintf(room, HW_OUTPUT_REASON, "is there already and %s", kind->lacks);
    return !hw_sealed_file_is(path, &sealed, NULL, NULL);
}

/* "facts" of "hindcast_facts", where the kind says "hindcast_". */
static const char *short_name(const hw_book_kind *kind, const char *sheet) {
    size_t length = kind->prefix != NULL ? strlen(kind->prefix) : 0;
    return length > 0 && strncmp(sheet, kind->prefix, length) == 0 ? sheet + length : sheet;
}

/* ---- Writing ---- */

static bool holds_text(const hw_sheet *sheet, uint32_t column) {
    bool any = false, other = false;
    for (size_t r = 0; r < sheet->row_count; r++) {
        hw_cell_kind kind = hw_sheet_cell(sheet, r, column)->kind;
        any = any || kind == HW_CELL_TEXT;
        other = other || (kind != HW_CELL_TEXT && kind != HW_CELL_EMPTY);
    }
    return any && !other;
}

/* In which rows a column holds dates; NULL: in none. */
static const char *dates_of(const hw_sheet *sheet, uint32_t column) {
    bool any = false, other = false;
    for (size_t r = 0; r < sheet->row_count; r++) {
        hw_cell_kind kind = hw_sheet_cell(sheet, r, column)->kind;
        any = any || kind == HW_CELL_DATE || kind == HW_CELL_AFTER;
        other = other || kind == HW_CELL_NUMBER || kind == HW_CELL_AFTER;
    }
    return !any ? NULL : other ? by_row : in_all;
}

static bool write_texts(hw_netcdf *netcdf, const hw_sheet *sheet, uint32_t column, const char *name,
                        hid_t scale) {
    const char **texts = hw_take(sheet->row_count, sizeof *texts);
    for (size_t r = 0; r < sheet->row_count; r++) {
        const hw_cell *cell = hw_sheet_cell(sheet, r, column);
        texts[r] = cell->kind == HW_CELL_TEXT ? cell->text : "";
    }
    bool good = hw_netcdf_texts(netcdf, name, sheet->columns[column].name, scale, texts, sheet->row_count);
    free(texts);
    return good;
}

/* What stands by the name of a dataset. */
static bool note_column(hid_t file, const char *name, const hw_column *column, const char *dates) {
    const int32_t decimals = (int32_t)column->decimals;
    hid_t dataset = hw_netcdf_open(file, name);
    bool good =
        dataset >= 0 && hw_netcdf_number(dataset, "decimals", H5T_STD_I32LE, H5T_NATIVE_INT32, &decimals) &&
        hw_netcdf_text(dataset, dates_name, dates) && hw_netcdf_text(dataset, "table_units", column->units);
    if (dataset >= 0) {
        H5Dclose(dataset);
    }
    return good;
}

static bool write_numbers(hw_netcdf *netcdf, const hw_sheet *sheet, uint32_t column, const char *name,
                          hid_t scale) {
    const hw_column *of = &sheet->columns[column];
    const char *dates = dates_of(sheet, column);
    const hw_variable variable = {.name = name,
                                  .long_name = of->name,
                                  .units = dates == in_all     ? day_units
                                           : of->units != NULL ? of->units
                                                               : "1",
                                  .type = HW_F64};
    double *numbers = hw_take(sheet->row_count, sizeof *numbers);
    for (size_t r = 0; r < sheet->row_count; r++) {
        numbers[r] = hw_sheet_number(sheet, r, of->name);
    }
    bool good = hw_netcdf_numbers(netcdf, &variable, scale, numbers, sheet->row_count, BLOCK) &&
                note_column(netcdf->file, name, of, dates);
    free(numbers);
    return good;
}

static char *column_names(const hw_sheet *sheet) {
    char *text = NULL;
    size_t length = 0;
    FILE *out = hw_take_stream(&text, &length);
    for (uint32_t c = 0; c < sheet->column_count; c++) {
        fprintf(out, "%s%s", c > 0 ? "\n" : "", sheet->columns[c].name);
    }
    hw_end_stream(out);
    return text;
}

static bool write_columns(hw_netcdf *netcdf, const hw_sheet *sheet, const char *table, hid_t scale) {
    char *names = column_names(sheet);
    bool good = hw_netcdf_text(scale, columns_name, names) && hw_netcdf_text(scale, "note", sheet->note);
    free(names);
    for (uint32_t c = 0; c < sheet->column_count && good; c++) {
        char *name = hw_take_text("%s_%s", table, sheet->columns[c].name);
        good = holds_text(sheet, c) ? write_texts(netcdf, sheet, c, name, scale)
                                    : write_numbers(netcdf, sheet, c, name, scale);
        free(name);
    }
    return good;
}

static bool write_sheet(hw_netcdf *netcdf, const hw_sheet *sheet, const char *table) {
    uint64_t *keys = hw_take(sheet->row_count, sizeof *keys);
    for (size_t r = 0; r < sheet->row_count; r++) {
        keys[r] = r;
    }
    hid_t scale = hw_netcdf_keys(netcdf, table, sheet->title, keys, sheet->row_count);
    bool good = scale >= 0 && write_columns(netcdf, sheet, table, scale);
    if (scale >= 0) {
        H5Dclose(scale);
    }
    free(keys);
    return good;
}

/* The last day that was simulated, where a cell says "after" it. */
static bool write_horizon(hid_t file, const hw_book *book) {
    char date[16];
    for (uint32_t s = 0; s < book->count; s++) {
        const hw_sheet *sheet = &book->sheets[s];
        for (size_t i = 0; i < sheet->row_count * sheet->column_count; i++) {
            if (sheet->cells[i].kind == HW_CELL_AFTER) {
                return hw_netcdf_text(file, "horizon", hw_date_print((int64_t)sheet->cells[i].number, date));
            }
        }
    }
    return true;
}

typedef struct writing {
    const hw_book *book;
    const hw_book_kind *kind;
    const char *const *facts;
} writing;

static bool write_all(hw_netcdf *netcdf, const void *context) {
    const writing *w = context;
    const hw_book *book = w->book;
    char *names = NULL;
    size_t length = 0;
    FILE *out = hw_take_stream(&names, &length);
    for (uint32_t s = 0; s < book->count; s++) {
        if (book->sheets[s].row_count > 0) {
            fprintf(out, "%s%s", ftell(out) > 0 ? "\n" : "", book->sheets[s].name);
        }
    }
    hw_end_stream(out);
    bool good = hw_netcdf_text(netcdf->file, tables_name, names) && write_horizon(netcdf->file, book);
    free(names);
    for (const char *const *fact = w->facts; good && fact != NULL && fact[0] != NULL; fact += 2) {
        good = hw_netcdf_text(netcdf->file, fact[0], fact[1]);
    }
    for (uint32_t s = 0; s < book->count && good; s++) {
        const hw_sheet *sheet = &book->sheets[s];
        good = sheet->row_count == 0 || write_sheet(netcdf, sheet, short_name(w->kind, sheet->name));
    }
    return good;
}

hw_status hw_book_file_write(const char *path, const hw_book *book, const hw_book_kind *kind,
                             const char *const *facts, const hw_output_rules *rules, hw_errors *errors) {
    const writing all = {book, kind, facts};
    const hw_sealed_kind sealed = sealed_kind(kind);
    const hw_output_format format = {.noun = kind->noun, .is_kept = hw_book_file_is_kept, .context = kind};
    return hw_sealed_file_write(path, &sealed, &format, write_all, &all, rules, errors);
}

/* ---- Reading ---- */

/* One column as it stands in the file. */
typedef struct column {
    char *name;   /* of the variable */
    char **texts; /* or */
    double *numbers;
    char *units;
    int32_t decimals;
    bool are_dates, dates_by_row;
} column;

static void free_columns(column *columns, uint32_t count, uint64_t rows) {
    for (uint32_t c = 0; c < count; c++) {
        hw_netcdf_free_texts(columns[c].texts, columns[c].texts != NULL ? rows : 0);
        free(columns[c].numbers);
        free(columns[c].units);
        free(columns[c].name);
    }
    free(columns);
}

static bool read_column(column *into, hid_t file, uint64_t rows) {
    hid_t dataset = hw_netcdf_open(file, into->name);
    uint64_t count = 0;
    if (dataset < 0 || hw_netcdf_length(file, into->name) != rows) {
        if (dataset >= 0) {
            H5Dclose(dataset);
        }
        return false;
    }
    if (hw_netcdf_is_text(dataset)) {
        into->texts = hw_netcdf_read_texts(dataset, rows);
    } else {
        char *dates = hw_netcdf_read_text(dataset, dates_name);
        into->numbers = hw_netcdf_read_list(file, into->name, H5T_NATIVE_DOUBLE, &count);
        into->units = hw_netcdf_read_text(dataset, "table_units");
        into->are_dates = dates != NULL && strcmp(dates, in_all) == 0;
        into->dates_by_row = dates != NULL && !into->are_dates;
        (void)hw_netcdf_read_number(dataset, "decimals", H5T_NATIVE_INT32, &into->decimals);
        into->decimals = into->decimals >= 0 && into->decimals < 10 ? into->decimals : 0;
        free(dates);
    }
    H5Dclose(dataset);
    return into->texts != NULL || (into->numbers != NULL && count == rows);
}

static void set_cell(hw_cell *cell, const column *from, uint64_t row, bool dated, double horizon) {
    if (from->texts != NULL) {
        if (from->texts[row][0] != '\0') {
            hw_cell_set_text(cell, from->texts[row]);
        }
    } else if (!(from->are_dates || (from->dates_by_row && dated))) {
        hw_cell_set_settled(cell, from->numbers[row]);
    } else if (isfinite(from->numbers[row])) {
        *cell = (hw_cell){.kind = HW_CELL_DATE, .number = from->numbers[row]};
    } else if (from->numbers[row] > 0) {
        *cell = (hw_cell){.kind = HW_CELL_AFTER, .number = horizon};
    }
}

static void fill(hw_sheet *sheet, const column *columns, uint32_t count, uint64_t rows, double horizon) {
    uint32_t units = hw_sheet_find_column(sheet, "units");
    for (uint64_t r = 0; r < rows; r++) {
        hw_cell *row = hw_sheet_add_row(sheet, false);
        bool dated = units != HW_NO_COLUMN && columns[units].texts != NULL &&
                     strcmp(columns[units].texts[r], date_units) == 0;
        for (uint32_t c = 0; c < count; c++) {
            set_cell(&row[c], &columns[c], r, dated, horizon);
        }
    }
}

/* Cuts a text of lines, each of which ends in a zero then; how many there are. */
static uint32_t cut_lines(char *text, char **lines, uint32_t most) {
    uint32_t count = 0;
    for (char *line = text; line != NULL && *line != '\0' && count < most;) {
        char *end = strchr(line, '\n');
        lines[count++] = line;
        line = end != NULL ? end + 1 : NULL;
        if (end != NULL) {
            *end = '\0';
        }
    }
    return count;
}

static bool read_sheet(hw_book *book, hid_t file, const char *name, const char *table, double horizon) {
    char *lines[HW_SHEET_COLUMNS_MOST];
    hid_t scale = hw_netcdf_open(file, table);
    char *names = scale >= 0 ? hw_netcdf_read_text(scale, columns_name) : NULL;
    char *title = scale >= 0 ? hw_netcdf_read_text(scale, "long_name") : NULL;
    uint64_t rows = scale >= 0 ? hw_netcdf_length(file, table) : 0;
    uint32_t count = names != NULL ? cut_lines(names, lines, HW_SHEET_COLUMNS_MOST) : 0;
    column *columns = hw_take(count + 1, sizeof *columns);
    bool good = count > 0 && rows > 0 && rows < ROWS_MOST && title != NULL;
    for (uint32_t c = 0; c < count && good; c++) {
        columns[c].name = hw_take_text("%s_%s", table, lines[c]);
        good = read_column(&columns[c], file, rows);
    }
    if (good) {
        hw_sheet *sheet = hw_book_add(book, name, title);
        sheet->note = hw_netcdf_read_text(scale, "note");
        for (uint32_t c = 0; c < count; c++) {
            hw_sheet_add_column(sheet, lines[c], columns[c].units, (uint32_t)columns[c].decimals);
        }
        fill(sheet, columns, count, rows, horizon);
    }
    free_columns(columns, count, rows);
    free(names);
    free(title);
    if (scale >= 0) {
        H5Dclose(scale);
    }
    return good;
}

typedef struct reading {
    hw_book *book;
    const hw_book_kind *kind;
} reading;

static bool read_all(hid_t file, void *context) {
    enum { SHEETS_MOST = 64 };
    const reading *r = context;
    char *lines[SHEETS_MOST], *names = hw_netcdf_read_text(file, tables_name),
                              *last = hw_netcdf_read_text(file, "horizon");
    uint32_t count = names != NULL ? cut_lines(names, lines, SHEETS_MOST) : 0;
    int64_t horizon = 0;
    bool good = count > 0 && (last == NULL || hw_date_parse(last, &horizon));
    for (uint32_t s = 0; s < count && good; s++) {
        good = read_sheet(r->book, file, lines[s], short_name(r->kind, lines[s]), (double)horizon);
    }
    free(names);
    free(last);
    return good;
}

hw_status hw_book_file_read(const char *path, hw_book *book, const hw_book_kind *kind, hw_errors *errors) {
    reading all = {book, kind};
    const hw_sealed_kind sealed = sealed_kind(kind);
    return hw_sealed_file_read(path, &sealed, read_all, &all, errors);
}

typedef struct asked_fact {
    const char *name;
    char **text;
} asked_fact;

static bool read_fact(hid_t file, void *context) {
    const asked_fact *asked = context;
    *asked->text = hw_netcdf_read_text(file, asked->name);
    return *asked->text != NULL;
}

hw_status hw_book_file_read_fact(const char *path, const char *fact, char **text, const hw_book_kind *kind,
                                 hw_errors *errors) {
    asked_fact asked = {fact, text};
    const hw_sealed_kind sealed = sealed_kind(kind);
    return hw_sealed_file_read(path, &sealed, read_fact, &asked, errors);
}
