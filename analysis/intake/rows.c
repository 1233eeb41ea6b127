/* Understands rows by their mapping, and hands them to who makes entries of them. */
#include "analysis/base/memory.h"
#include "analysis/intake/rows_parts.h"
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- What is left out ---- */

static void leave(hw_rows *rows, const hw_row *row, uint64_t times, hw_fate fate, const char *reason,
                  const char *found) {
    const char *name = row->texts[HW_MAP_NAME];
    bool named = name != NULL && *name != '\0';
    char *what = hw_take_text("%s %" PRIu64 "%s%s%s", rows->noun, row->line, named ? " (" : "",
                              named ? name : "", named ? ")" : "");
    const hw_left left = {.line = row->line, .what = what, .fate = fate, .row = true, .times = times};
    if (found != NULL) {
        hw_remainder_add(&rows->import->remainder, &left, reason, "'%s'", found);
    } else {
        hw_remainder_add(&rows->import->remainder, &left, reason, NULL);
    }
    free(what);
}

bool hw_row_refuse(hw_rows *rows, const hw_row *row, const char *reason, const char *found) {
    leave(rows, row, 1, HW_FATE_LEFT_OUT, reason, found);
    return false;
}

void hw_group_refuse(hw_rows *rows, const hw_row_group *group, const char *reason, const char *found) {
    const hw_row first = {.line = group->first_line};
    leave(rows, &first, group->count, HW_FATE_LEFT_OUT, reason, found);
    rows->import->rows_taken -= group->count;
}

void hw_rows_leave(hw_rows *rows, const hw_row *row, const char *reason, const char *found) {
    rows->import->rows++;
    leave(rows, row, 1, HW_FATE_LEFT_OUT, reason, found);
}

/* ---- Meanings ---- */

static const char *const unknown_words[HW_MAP_FIELDS] = {
    "the map has no such word of 'name'",     "the map has no such word of 'district'",
    "the map has no such word of 'place'",    "the map has no such word of 'operator'",
    "the map has no such word of 'setting'",  "the map has no such word of 'class'",
    "the map has no such word of 'status'",   "the map has no such word of 'from'",
    "the map has no such word of 'date'",     "the map has no such word of 'amount'",
    "the map has no such word of 'currency'", "the map has no such word of 'of'"};
static const char *const empty_cells[HW_MAP_FIELDS] = {
    "'name' is empty",    "'district' is empty", "'place' is empty",    "'operator' is empty",
    "'setting' is empty", "'class' is empty",    "'status' is empty",   "'from' is empty",
    "'date' is empty",    "'amount' is empty",   "'currency' is empty", "'of' is empty"};

static bool read_field(hw_rows *rows, hw_read_row *read, hw_map_field_kind kind) {
    const hw_map_field *field = &rows->terms->columns[kind];
    const char *text = read->row->texts[kind];
    read->means[kind] = field->fixed != NULL ? field->fixed : "";
    if (kind == HW_MAP_DISTRICT && read->row->district != NULL) {
        read->means[kind] = read->row->district;
        return true;
    }
    if (field->column == NULL || (kind == HW_MAP_AMOUNT && read->row->measured)) {
        return true;
    }
    if (*text == '\0') {
        return kind == HW_MAP_NAME || kind == HW_MAP_FROM ||
               hw_row_refuse(rows, read->row, empty_cells[kind], NULL);
    }
    if (strpbrk(text, HW_ROW_JOINT) != NULL) {
        return hw_row_refuse(rows, read->row, "a control character in a cell", text);
    }
    const char *means = field->words.count > 0 ? hw_map_meaning(field, text) : text;
    if (means != NULL) {
        read->means[kind] = means;
        return true;
    }
    const char *near = hw_nearest_name(text, field->words.names, field->words.count);
    char *found = near != NULL ? hw_take_text("%s', near '%s", text, near) : hw_take_text("%s", text);
    (void)hw_row_refuse(rows, read->row, unknown_words[kind], found);
    free(found);
    return false;
}

void hw_rows_take(hw_rows *rows, const hw_row *row) {
    static void (*const takers[HW_MAKES])(hw_rows *,
                                          const hw_read_row *) = {[HW_MAKES_STREAMS] = hw_rows_take_stream,
                                                                  [HW_MAKES_AREAS] = hw_rows_take_area,
                                                                  [HW_MAKES_FACTS] = hw_rows_take_fact};
    hw_read_row read = {.row = row};
    rows->import->rows++;
    if (!read_field(rows, &read, HW_MAP_STATUS)) {
        return;
    }
    if (strcmp(read.means[HW_MAP_STATUS], "leave_out") == 0) {
        leave(rows, row, 1, HW_FATE_NOT_ASKED, "the map leaves its status out", row->texts[HW_MAP_STATUS]);
        return;
    }
    for (hw_map_field_kind kind = 0; kind < HW_MAP_FIELDS; kind++) {
        if (kind != HW_MAP_STATUS && !read_field(rows, &read, kind)) {
            return;
        }
    }
    takers[rows->terms->makes](rows, &read);
}

/* ---- Cells ---- */

bool hw_row_day(hw_rows *rows, const hw_read_row *read, hw_map_field_kind field, int64_t *day) {
    if (!hw_mapping_date(rows->mapping, read->means[field], day)) {
        return hw_row_refuse(rows, read->row, "no date as the map's 'dates' says", read->means[field]);
    }
    return hw_is_likely_day(*day) ||
           hw_row_refuse(rows, read->row, "a year before 1990 or after 2100: hardly meant",
                         read->means[field]);
}

bool hw_row_number(hw_rows *rows, const hw_read_row *read, hw_dimension dimension, double *number) {
    const char *text = read->means[HW_MAP_AMOUNT], *unit = rows->terms->columns[HW_MAP_AMOUNT].unit;
    char problem[HW_UNIT_PROBLEM_BYTES], with_unit[96];
    hw_quantity quantity;
    bool plain = unit != NULL || dimension == HW_DIM_NUMBER;
    if (plain && !hw_mapping_number(rows->mapping, text, number)) {
        return hw_row_refuse(rows, read->row, "no plain number as the map's 'decimal' says", text);
    }
    if (dimension != HW_DIM_NUMBER) {
        snprintf(with_unit, sizeof with_unit, "%.17g %s", *number, unit != NULL ? unit : "");
        const hw_currencies none = {0};
        if (!hw_quantity_parse(unit != NULL ? with_unit : text, dimension, &none, &quantity, problem)) {
            return hw_row_refuse(rows, read->row, "no number with a unit", problem);
        }
        *number = quantity.value;
    }
    if (*number < 0) {
        return hw_row_refuse(rows, read->row, "less than nothing", text);
    }
    return true;
}

/* ---- Groups ---- */

hw_row_group *hw_row_group_of(hw_rows *rows, const char *key) {
    uint32_t before = rows->keys.count, number = hw_strings_keep(&rows->keys, key);
    rows->groups = hw_grow(rows->groups, number, &rows->group_room, sizeof *rows->groups);
    if (rows->keys.count > before) {
        rows->groups[number - 1] = (hw_row_group){0};
    }
    return &rows->groups[number - 1];
}

void hw_row_group_add(hw_row_group *group, const hw_row *row, double value) {
    group->first_line = group->count > 0 ? group->first_line : row->line;
    group->last_line = row->line;
    group->sum += value;
    group->count++;
    group->uncertain = group->uncertain || row->uncertain;
}

char *hw_group_source(const hw_rows *rows, const hw_row_group *group) {
    const char *path = rows->import->wish->path, *slash = strrchr(path, '/');
    path = slash != NULL ? slash + 1 : path;
    return group->count == 1 ? hw_take_text("%s, %s %" PRIu64, path, rows->noun, group->first_line)
                             : hw_take_text("%s, %" PRIu64 " rows, %ss %" PRIu64 " to %" PRIu64, path,
                                            group->count, rows->noun, group->first_line, group->last_line);
}

/* ---- Begin and end ---- */

hw_rows *hw_rows_begin(hw_import *import, const hw_mapping *mapping, const char *unit_noun) {
    hw_rows *rows = hw_take(1, sizeof *rows);
    *rows = (hw_rows){.import = import, .mapping = mapping, .terms = &mapping->terms, .noun = unit_noun};
    rows->kind = mapping->terms.quantity != NULL ? hw_fact_kind_find(mapping->terms.quantity) : NULL;
    import->taken.makes = (hw_makes)mapping->terms.makes;
    return rows;
}

void hw_rows_drop(hw_rows *rows) {
    hw_strings_free(&rows->keys);
    free(rows->groups);
    free(rows);
}

void hw_rows_end(hw_rows *rows) {
    if (rows->terms->makes == HW_MAKES_AREAS) {
        hw_rows_end_areas(rows);
    } else if (rows->terms->makes == HW_MAKES_FACTS) {
        hw_rows_end_facts(rows);
    }
    hw_rows_drop(rows);
}
