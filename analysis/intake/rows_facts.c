/* Facts from rows: what a table of tasks, accidents or finds adds up to in each year or month, or row by row.
 */
#include "analysis/base/memory.h"
#include "analysis/intake/rows_parts.h"
#include "sim/date.h"
#include "sim/length.h"
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const hw_map_field_kind scopes[] = {HW_MAP_OF, HW_MAP_DISTRICT, HW_MAP_PLACE, HW_MAP_OPERATOR};

/* ---- Rows ---- */

static int64_t period_begins(hw_map_period period, int64_t day) {
    hw_date date = hw_date_from_days(day);
    return hw_date_to_days((hw_date){date.year, period == HW_PERIOD_YEAR ? 1 : date.month, 1});
}

static int64_t period_ends(hw_map_period period, int64_t begins) {
    return hw_date_next_month(begins, period == HW_PERIOD_YEAR ? 12 : 1) - 1;
}

/* The value of a row in held units; 1 where rows are counted; a day of quantities that are days. */
static bool read_value(hw_rows *rows, const hw_read_row *read, double *value) {
    int64_t day = 0;
    *value = 1;
    if (rows->kind->day) {
        bool good = hw_row_day(rows, read, HW_MAP_AMOUNT, &day);
        *value = (double)day;
        return good;
    }
    if (rows->terms->columns[HW_MAP_AMOUNT].column == NULL) {
        return true;
    }
    hw_dimension dimension = rows->kind->dimension;
    return hw_row_number(rows, read, dimension, value);
}

static bool read_days(hw_rows *rows, const hw_read_row *read, int64_t *from, int64_t *to) {
    const hw_map_terms *terms = rows->terms;
    *from = INT64_MIN;
    if (!hw_row_day(rows, read, HW_MAP_DATE, to) ||
        (*read->means[HW_MAP_FROM] != '\0' && !hw_row_day(rows, read, HW_MAP_FROM, from))) {
        return false;
    }
    if (terms->period == HW_PERIOD_ROW && *from == INT64_MIN && hw_fact_needs_first_day(rows->kind)) {
        return hw_row_refuse(rows, read->row, "'from' is empty", NULL);
    }
    if (*from > *to) {
        return hw_row_refuse(rows, read->row, "it ends before it begins", read->means[HW_MAP_FROM]);
    }
    if (terms->period == HW_PERIOD_ROW) {
        return true;
    }
    if (*to < terms->covers_from || *to > terms->covers_to) {
        return hw_row_refuse(rows, read->row, "outside of the days that the map says the table covers",
                             read->means[HW_MAP_DATE]);
    }
    *from = period_begins(terms->period, *to);
    *to = period_ends(terms->period, *from);
    *from = *from < terms->covers_from ? terms->covers_from : *from;
    *to = *to > terms->covers_to ? terms->covers_to : *to;
    return true;
}

void hw_rows_take_fact(hw_rows *rows, const hw_read_row *read) {
    int64_t from = 0, to = 0;
    double value = 0;
    if (!read_days(rows, read, &from, &to) || !read_value(rows, read, &value)) {
        return;
    }
    char single[40] = "";
    if (rows->terms->period == HW_PERIOD_ROW) {
        snprintf(single, sizeof single, "%" PRIu64, read->row->line);
    }
    char *key =
        hw_take_text("%s" HW_ROW_JOINT "%s" HW_ROW_JOINT "%s" HW_ROW_JOINT "%s" HW_ROW_JOINT "%s" HW_ROW_JOINT
                     "%" PRId64 HW_ROW_JOINT "%s",
                     read->means[HW_MAP_OF], read->means[HW_MAP_DISTRICT], read->means[HW_MAP_PLACE],
                     read->means[HW_MAP_OPERATOR],
                     rows->terms->period == HW_PERIOD_ROW ? read->means[HW_MAP_NAME] : "", from, single);
    hw_row_group *group = hw_row_group_of(rows, key);
    hw_row_group_add(group, read->row, value);
    group->from = from;
    group->to = to;
    rows->import->rows_taken++;
    free(key);
}

/* ---- Entries ---- */

static char *value_text(const hw_rows *rows, double sum) {
    char day[16];
    switch (rows->kind->dimension) {
    case HW_DIM_AREA:
        return hw_take_text("%.10g ha", sum / 1e4);
    case HW_DIM_MONEY:
        return hw_take_text("%.2f USD", sum);
    default:
        return rows->kind->day ? hw_take_text("%s", hw_date_print((int64_t)sum, day))
                               : hw_take_text("%.10g", sum);
    }
}

/* "land_released mine_cleared Agdam 2023-01-01 to 2023-12-31" */
static char *name_text(const hw_rows *rows, const hw_row_group *group, char *const *parts) {
    char *text = NULL, day[16];
    size_t length = 0;
    FILE *out = hw_take_stream(&text, &length);
    fputs(rows->terms->quantity, out);
    for (size_t i = 0; i < HW_LENGTH(scopes); i++) {
        fprintf(out, "%s%s", *parts[i] != '\0' ? " " : "", parts[i]);
    }
    if (group->from != INT64_MIN) {
        fprintf(out, " %s to", hw_date_print(group->from, day));
    }
    fprintf(out, " %s", hw_date_print(group->to, day));
    hw_end_stream(out);
    return text;
}

/* Rows that the sums may lack. Zeros were read: a sum lacks nothing without them. */
static uint64_t missing(const hw_rows *rows) {
    return rows->import->remainder.rows[HW_FATE_LEFT_OUT] - rows->nothing;
}

static void write_scopes(hw_rows *rows, hw_taken_entry *entry, char *const *parts) {
    hw_taken *taken = &rows->import->taken;
    bool fixed = false;
    for (size_t i = 0; i < HW_LENGTH(scopes); i++) {
        if (*parts[i] != '\0') {
            hw_taken_text(taken, entry, hw_map_field_names[scopes[i]], parts[i]);
            fixed = fixed || (rows->terms->columns[scopes[i]].fixed != NULL && !rows->mapping->is_made);
        }
    }
    uint64_t left = missing(rows);
    char *note =
        hw_take_text("%s", fixed ? "what is the same for every row is said by the map: assumed. " : "");
    if (left > 0) {
        char *longer = hw_take_text("%s%" PRIu64 " of %" PRIu64 " rows of the table were left out. ", note,
                                    left, rows->import->rows);
        free(note);
        note = longer;
    }
    if (*note != '\0') {
        note[strlen(note) - 1] = '\0';
        hw_taken_text(taken, entry, "note", note);
    }
    free(note);
}

/* Sums of a table of which more than one row in twenty was left out are no more than that. */
static bool is_lower_bound(const hw_rows *rows) {
    enum { ONE_IN = 20 };
    return rows->terms->period != HW_PERIOD_ROW && missing(rows) * ONE_IN > rows->import->rows;
}

static void make_entry(hw_rows *rows, const hw_row_group *group, char *key) {
    enum { NAME = HW_LENGTH(scopes), PARTS };
    hw_taken *taken = &rows->import->taken;
    char *parts[PARTS], *rest = key, day[16];
    for (int i = 0; i < PARTS; i++) {
        parts[i] = strsep(&rest, HW_ROW_JOINT);
    }
    char *usual = name_text(rows, group, parts), *source = hw_group_source(rows, group),
         *value = value_text(rows, group->sum);
    bool period = rows->terms->period != HW_PERIOD_ROW;
    hw_taken_entry *entry = hw_taken_add(taken, *parts[NAME] != '\0' ? parts[NAME] : usual, source);
    hw_taken_text(taken, entry, "quantity", rows->terms->quantity);
    write_scopes(rows, entry, parts);
    if (group->from != INT64_MIN) {
        hw_taken_yaml(taken, entry, "from", "%s", hw_date_print(group->from, day));
    }
    if (!rows->kind->day) {
        hw_taken_yaml(taken, entry, "to", "%s", hw_date_print(group->to, day));
    }
    hw_taken_yaml(taken, entry, is_lower_bound(rows) ? "at_least" : "value", "%s", value);
    static const char *const confidences[] = {"high", "medium", "low", "rounded", "derived", "undated"};
    hw_taken_yaml(taken, entry, "confidence", "%s", confidences[rows->terms->confidence]);
    hw_taken_yaml(taken, entry, "known_by", "%s",
                  hw_date_print(period ? rows->terms->covers_to : group->to, day));
    hw_taken_text(taken, entry, "source", source);
    entry->tells = hw_pool_print(&taken->pool, "%s%s", is_lower_bound(rows) ? "at least " : "", value);
    free(usual);
    free(source);
    free(value);
}

/* A share of nothing is no error, so that a fact of none of an area would have none. */
static bool says_nothing(const hw_rows *rows, const hw_row_group *group) {
    return !rows->kind->counts && !rows->kind->day && !(group->sum > 0);
}

void hw_rows_end_facts(hw_rows *rows) {
    for (uint32_t i = 0; i < rows->keys.count;
         i++) { /* first, since the others tell how many were left out */
        if (says_nothing(rows, &rows->groups[i])) {
            hw_group_refuse(rows, &rows->groups[i], "it adds up to nothing, of which no error is known",
                            NULL);
            rows->nothing += rows->groups[i].count;
        } else if (i >= HW_TAKEN_MOST) {
            hw_group_refuse(rows, &rows->groups[i],
                            "more than 100000 entries: a file of facts may not have more", NULL);
        }
    }
    for (uint32_t i = 0; i < rows->keys.count && i < HW_TAKEN_MOST; i++) {
        if (!says_nothing(rows, &rows->groups[i])) {
            char *key = hw_take_text("%s", hw_string(&rows->keys, i + 1));
            make_entry(rows, &rows->groups[i], key);
            free(key);
        }
    }
}
