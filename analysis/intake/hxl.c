/* The format HXL: a table whose columns carry tags of the Humanitarian Exchange Language in a row of their
 * own.
 *
 * With a mapping, columns are named by tags. Without one the tags themselves say what can be told: people
 * killed and injured as facts, row by row; or money pledged, committed or given as streams. Tags:
 * hxlstandard.org, dictionary 1.1. */
#include "analysis/base/memory.h"
#include "analysis/intake/columns.h"
#include "analysis/intake/csv_rows.h"
#include "analysis/intake/formats.h"
#include "sim/length.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { TAGS_MOST = 200, LINES_LOOKED_AT = 25 };

typedef struct tags {
    hw_pool pool;
    const char *items[TAGS_MOST];
    bool used[TAGS_MOST];
    uint32_t count;
} tags;

/* Whether one of the first lines begins with a tag, perhaps behind empty cells. */
static bool recognises(const char *path, const char *head) {
    (void)path;
    const char *line = head;
    for (int i = 0; i < LINES_LOOKED_AT && line != NULL; i++) {
        line += i > 0;
        const char *cell = line + strspn(line, " ,;\t\"");
        if (*cell == '#' && isalpha((unsigned char)cell[1]) && strpbrk(line, ",;\t\n") != NULL) {
            return true;
        }
        line = strchr(line, '\n');
    }
    return false;
}

static hw_status read_tags(tags *t, const char *path, hw_errors *errors) {
    hw_csv_rows *table = hw_csv_rows_open(path, errors);
    hw_status status = table != NULL ? hw_columns_find_head(table, path, true, errors) : HW_ERROR_INPUT;
    for (uint32_t i = 0; status == HW_OK && i < hw_csv_rows_count(table) && i < TAGS_MOST; i++) {
        const char *cell = hw_csv_rows_cell(table, i);
        static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789#+_- ";
        size_t length = strspn(cell, letters) == strlen(cell) ? strlen(cell) : 0; /* others are no tags */
        t->items[t->count++] = hw_pool_copy(&t->pool, cell, length);
    }
    hw_csv_rows_close(table);
    return status;
}

/* The tag that the first fitting pattern finds, where it finds a single one; NULL otherwise. */
static const char *find(tags *t, const char *const *patterns, size_t count) {
    for (size_t p = 0; p < count; p++) {
        uint32_t found = 0, at = 0;
        for (uint32_t i = 0; i < t->count; i++) {
            if (hw_tag_fits(t->items[i], patterns[p])) {
                found++;
                at = i;
            }
        }
        if (found == 1) {
            t->used[at] = true;
            return t->items[at];
        }
    }
    return NULL;
}

static const char *find_one(tags *t, const char *pattern) {
    return find(t, &pattern, 1);
}

static const char *find_date(tags *t) {
    static const char *const patterns[] = {"#date+occurred", "#date+end", "#date+reported", "#date+start",
                                           "#date"};
    return find(t, patterns, HW_LENGTH(patterns));
}

/* Reads the table by a mapping that the tags made. */
static hw_status read_by(hw_import *import, const char *text, hw_errors *errors) {
    hw_mapping mapping;
    hw_status status = hw_mapping_read(&mapping, "<tags>", text, 0, errors);
    if (status == HW_OK) {
        status = hw_columns_read(import, &mapping, true, errors);
    }
    hw_mapping_free(&mapping);
    return status;
}

static hw_status read_victims(hw_import *import, tags *t, const char *what, const char *column,
                              hw_errors *errors) {
    static const char *const districts[] = {"#adm2+name", "#adm2", "#adm1+name", "#adm1"};
    const char *from = find_one(t, "#date+start"), *date = find_one(t, "#date+end"),
               *district = find(t, districts, HW_LENGTH(districts));
    if (from == NULL || date == NULL) {
        from = date = find_one(t, "#date+occurred");
    }
    if (date == NULL) {
        hw_errors_say(errors,
                      "%s: no column #date+occurred, nor #date+start and #date+end, tells from when to when "
                      "people came to "
                      "harm: say it by --columns",
                      import->wish->path);
        return HW_ERROR_INPUT;
    }
    char *text =
        hw_take_text("makes: observations\nquantity: victims\nperiod: row\ncolumns:\n  of: {fixed: %s}\n"
                     "  amount: {column: '%s'}\n  from: {column: '%s'}\n  date: {column: '%s'}\n%s%s%s",
                     what, column, from, date, district != NULL ? "  district: {column: '" : "",
                     district != NULL ? district : "", district != NULL ? "'}\n" : "");
    hw_status status = read_by(import, text, errors);
    free(text);
    return status;
}

static hw_status read_money(hw_import *import, tags *t, const char *column, hw_errors *errors) {
    static const char *const givers[] = {"#org+funder+name", "#org+funder", "#org+donor", "#org+name",
                                         "#org"};
    const char *date = find_date(t), *giver = find(t, givers, HW_LENGTH(givers)),
               *currency = find_one(t, "#currency");
    if (date == NULL || giver == NULL || (currency == NULL && !hw_tag_fits(column, "#value+usd"))) {
        hw_errors_say(
            errors,
            "%s: money wants single columns #org+funder, #date and #currency (or #value+usd): say them by "
            "--columns",
            import->wish->path);
        return HW_ERROR_INPUT;
    }
    char *text = hw_take_text("makes: streams\ncolumns:\n  name: {column: '%s'}\n  amount: {column: '%s'}\n"
                              "  date: {column: '%s'}\n  currency: {%s'%s'}\n",
                              giver, column, date,
                              currency != NULL ? "column: " : "fixed: ", currency != NULL ? currency : "USD");
    hw_status status = read_by(import, text, errors);
    free(text);
    return status;
}

static void note_unused(hw_import *import, const tags *t) {
    char *text = NULL;
    size_t length = 0;
    FILE *out = hw_take_stream(&text, &length);
    for (uint32_t i = 0; i < t->count; i++) {
        if (!t->used[i]) {
            fprintf(out, "%s%s", ftell(out) > 0 ? ", " : "", *t->items[i] != '\0' ? t->items[i] : "(no tag)");
        }
    }
    hw_end_stream(out);
    if (length > 0) {
        hw_import_note(import, "Columns that were not read: %s.", text);
    }
    free(text);
}

static hw_status read_by_tags(hw_import *import, tags *t, hw_errors *errors) {
    static const char *const money[] = {"#value+pledged", "#value+pledge", "#value+committed",
                                        "#value+commitment", "#value+funding"};
    const char *killed = find_one(t, "#affected+killed"), *injured = find_one(t, "#affected+injured"),
               *value = find(t, money, HW_LENGTH(money));
    bool people = killed != NULL || injured != NULL;
    if (people == (value != NULL)) {
        hw_errors_say(
            errors,
            people ? "%s tells both people (#affected) and money (#value): say which by --columns"
                   : "%s: no tag that is understood without --columns (#affected+killed, #affected+injured, "
                     "#value+pledged, #value+committed, #value+funding), or several of one",
            import->wish->path);
        return HW_ERROR_INPUT;
    }
    import->row_noun = "figures";
    hw_status status = value != NULL ? read_money(import, t, value, errors) : HW_OK;
    if (status == HW_OK && killed != NULL) {
        status = read_victims(import, t, "killed", killed, errors);
    }
    if (status == HW_OK && injured != NULL) {
        status = read_victims(import, t, "injured", injured, errors);
    }
    note_unused(import, t);
    return status;
}

static hw_status read(hw_import *import, hw_errors *errors) {
    hw_mapping mapping;
    tags t = {.count = 0};
    if (import->wish->columns == NULL) {
        hw_status made = read_tags(&t, import->wish->path, errors);
        made = made == HW_OK ? read_by_tags(import, &t, errors) : made;
        hw_pool_free(&t.pool);
        return made;
    }
    hw_status status = hw_mapping_read(&mapping, import->wish->columns, NULL, 0, errors);
    if (status == HW_OK) {
        status = hw_columns_read(import, &mapping, true, errors);
    }
    hw_mapping_free(&mapping);
    return status;
}

const hw_intake_format hw_intake_format_hxl = {
    .name = "hxl",
    .documentation =
        "A table with a row of HXL tags. Without --columns: #affected+killed and #affected+injured become "
        "facts, #value+pledged, +committed or +funding streams of money; with it, its columns are tags "
        "such as #adm2+name.",
    .row_noun = "rows",
    .options = HW_IMPORT_COLUMNS | HW_IMPORT_RATES,
    .recognises = recognises,
    .read = read,
};
