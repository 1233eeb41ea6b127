/* Finds columns and reads a table by them. */
#include "analysis/intake/columns.h"
#include "analysis/base/memory.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { NO_COLUMN = -1, ROWS_BEFORE_TAGS = 25 };

typedef struct columns {
    int of[HW_MAP_FIELDS];
    uint32_t count; /* of the first row */
} columns;

/* ---- HXL tags ---- */

bool hw_is_tag(const char *cell) {
    return *cell == '#' && isalpha((unsigned char)cell[1]);
}

/* The length of the part of a tag at `text`: up to the next + or the end, without blanks around it. */
static size_t part_length(const char *text) {
    size_t length = strcspn(text, "+");
    while (length > 0 && text[length - 1] == ' ') {
        length--;
    }
    return length;
}

static const char *next_part(const char *text) {
    const char *plus = strchr(text, '+');
    return plus != NULL ? plus + 1 + strspn(plus + 1, " ") : NULL;
}

static bool same_part(const char *a, const char *b) {
    size_t length = part_length(a);
    if (length != part_length(b)) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        if (tolower((unsigned char)a[i]) != tolower((unsigned char)b[i])) {
            return false;
        }
    }
    return true;
}

bool hw_tag_fits(const char *tag, const char *pattern) {
    if (!hw_is_tag(tag) || !same_part(tag, pattern)) {
        return false;
    }
    for (const char *wanted = next_part(pattern); wanted != NULL; wanted = next_part(wanted)) {
        bool found = false;
        for (const char *has = next_part(tag); has != NULL && !found; has = next_part(has)) {
            found = same_part(has, wanted);
        }
        if (!found) {
            return false;
        }
    }
    return true;
}

/* ---- Columns ---- */

static const char **copy_names(const hw_csv_rows *table, hw_pool *pool) {
    uint32_t count = hw_csv_rows_count(table);
    const char **names = hw_pool_take(pool, count, sizeof *names);
    for (uint32_t i = 0; i < count; i++) {
        const char *cell = hw_csv_rows_cell(table, i);
        names[i] = hw_pool_copy(pool, cell, strlen(cell));
    }
    return names;
}

static int find_column(const hw_mapping *mapping, hw_map_field_kind field, bool tags,
                       const char *const *names, uint32_t count, hw_errors *errors) {
    const char *wanted = mapping->terms.columns[field].column;
    int found = NO_COLUMN;
    for (uint32_t i = 0; wanted != NULL && i < count; i++) {
        if (!(tags ? hw_tag_fits(names[i], wanted) : strcmp(names[i], wanted) == 0)) {
            continue;
        }
        if (found != NO_COLUMN) {
            hw_errors_add(errors, hw_mapping_where(mapping, field, "column"),
                          "two columns could be '%s': the %ds and the %us ('%s' and '%s')", wanted, found + 1,
                          i + 1, names[found], names[i]);
            return found;
        }
        found = (int)i;
    }
    if (wanted != NULL && found == NO_COLUMN) {
        hw_suggest(errors, hw_mapping_where(mapping, field, "column"), wanted, names, count, "",
                   "the table has no column '%s'", wanted);
    }
    return found;
}

static hw_status find_columns(columns *found, const hw_mapping *mapping, bool tags, const hw_csv_rows *table,
                              hw_errors *errors) {
    hw_pool pool = {0};
    uint32_t before = errors->count;
    const char **names = copy_names(table, &pool);
    found->count = hw_csv_rows_count(table);
    for (hw_map_field_kind field = 0; field < HW_MAP_FIELDS; field++) {
        found->of[field] = find_column(mapping, field, tags, names, found->count, errors);
    }
    hw_pool_free(&pool);
    return errors->count > before ? HW_ERROR_INPUT : HW_OK;
}

hw_status hw_columns_find_head(hw_csv_rows *table, const char *path, bool tags, hw_errors *errors) {
    uint32_t before = errors->count;
    for (int i = 0; i < ROWS_BEFORE_TAGS && hw_csv_rows_next(table, errors); i++) {
        uint32_t tagged = 0;
        for (uint32_t c = 0; c < hw_csv_rows_count(table); c++) {
            tagged += hw_is_tag(hw_csv_rows_cell(table, c));
        }
        if (!tags || tagged > 0) {
            return HW_OK;
        }
    }
    if (errors->count == before) {
        hw_errors_say(errors,
                      tags ? "%s has no row of HXL tags such as #adm2+name below its names" : "%s is empty",
                      path);
    }
    return HW_ERROR_INPUT;
}

static void take_row(hw_rows *rows, const columns *found, const hw_csv_rows *table) {
    hw_row row = {.line = hw_csv_rows_line(table), .texts[HW_MAP_NAME] = ""};
    if (hw_csv_rows_count(table) != found->count) {
        char *cells = hw_take_text("%u for %u", hw_csv_rows_count(table), found->count);
        hw_rows_leave(rows, &row, "other cells than in the first row", cells);
        free(cells);
        return;
    }
    for (hw_map_field_kind field = 0; field < HW_MAP_FIELDS; field++) {
        row.texts[field] =
            found->of[field] != NO_COLUMN ? hw_csv_rows_cell(table, (uint32_t)found->of[field]) : "";
    }
    hw_rows_take(rows, &row);
}

hw_status hw_columns_read(hw_import *import, const hw_mapping *mapping, bool tags, hw_errors *errors) {
    columns found;
    uint32_t before = errors->count;
    hw_csv_rows *table = hw_csv_rows_open(import->wish->path, errors);
    if (table == NULL) {
        return HW_ERROR_INPUT;
    }
    hw_status status = hw_columns_find_head(table, import->wish->path, tags, errors);
    if (status == HW_OK) {
        status = find_columns(&found, mapping, tags, table, errors);
    }
    if (status == HW_OK) {
        hw_rows *rows = hw_rows_begin(import, mapping, "line");
        while (hw_csv_rows_next(table, errors)) {
            take_row(rows, &found, table);
        }
        status = errors->count > before ? HW_ERROR_INPUT : HW_OK;
        if (status == HW_OK) {
            hw_rows_end(rows);
        } else {
            hw_rows_drop(rows);
        }
    }
    hw_csv_rows_close(table);
    return status;
}
