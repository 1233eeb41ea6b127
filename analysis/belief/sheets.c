/* Sheets of facts, alone and beside the model. */
#include "analysis/belief/sheets.h"
#include "analysis/base/memory.h"
#include "sim/length.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

void hw_fact_set(hw_cell *cell, const hw_fact_kind *kind, double value, int64_t horizon) {
    if (kind->day && isfinite(value)) {
        *cell = (hw_cell){.kind = HW_CELL_DATE, .number = floor(value)};
    } else if (kind->day && value > 0) {
        *cell = (hw_cell){.kind = HW_CELL_AFTER, .number = (double)horizon};
    } else if (isfinite(value)) {
        hw_cell_set_number(cell, value * kind->in_units);
    }
}

/* ---- What a fact says ---- */

/* Columns that every list of facts begins with. */
static const char *const fact_columns[] = {"name", "quantity", "scope", "from", "to",    "known_by", "units",
                                           "fact", "reads",    "low",   "high", "error", "source"};
enum {
    FACT_NAME,
    FACT_QUANTITY,
    FACT_IN,
    FACT_FIRST,
    FACT_LAST,
    FACT_KNOWN,
    FACT_UNITS,
    FACT_VALUE,
    FACT_READS,
    FACT_LOW,
    FACT_HIGH,
    FACT_ERROR,
    FACT_SOURCE,
    FACT_CELLS
};
static const char by_row[] = "by row";
_Static_assert(HW_LENGTH(fact_columns) == FACT_CELLS, "a name for each column");

/* "killed, Agdam": all that narrows it down. */
static char *scope_text(const hw_observation *o) {
    char *text = hw_take_text("%s", "");
    for (hw_scope scope = 0; scope < HW_SCOPES; scope++) {
        const char *part = o->cells[HW_FACT_SCOPE + scope].text;
        if (part != NULL) {
            char *longer = hw_take_text("%s%s%s", text, *text != '\0' ? ", " : "", part);
            free(text);
            text = longer;
        }
    }
    return text;
}

static const char *reads(const hw_observation *o) {
    if (o->low == o->high) {
        return o->plan ? "planned" : "";
    }
    return !isfinite(o->low) ? "at most" : !isfinite(o->high) ? "at least" : "middle of range";
}

static void set_date_or_text(hw_cell *cell, const char *text) {
    if (*text != '\0') {
        hw_cell_set_text(cell, text);
    }
}

static void set_fact(hw_cell *row, const hw_observation *o) {
    const hw_fact_kind *kind = o->question.kind;
    hw_cell_set_text(&row[FACT_NAME], hw_observation_text(o, HW_FACT_NAME));
    hw_cell_set_text(&row[FACT_QUANTITY], hw_observation_text(o, HW_FACT_QUANTITY));
    hw_cell_take_text(&row[FACT_IN], scope_text(o));
    set_date_or_text(&row[FACT_FIRST], hw_observation_text(o, HW_FACT_FROM));
    set_date_or_text(&row[FACT_LAST], hw_observation_text(o, HW_FACT_TO));
    row[FACT_KNOWN] = (hw_cell){.kind = HW_CELL_DATE, .number = (double)o->known_by};
    hw_cell_set_text(&row[FACT_SOURCE], hw_observation_text(o, HW_FACT_SOURCE));
    if (kind == NULL) {
        return;
    }
    hw_cell_set_text(&row[FACT_UNITS], kind->units);
    hw_cell_set_text(&row[FACT_READS], reads(o));
    hw_fact_set(&row[FACT_VALUE], kind, hw_observation_value(o), 0);
    if (isfinite(o->low)) {
        hw_fact_set(&row[FACT_LOW], kind, o->low, 0);
    }
    if (isfinite(o->high)) {
        hw_fact_set(&row[FACT_HIGH], kind, o->high, 0);
    }
    hw_cell_set_number(&row[FACT_ERROR], o->error * kind->in_units);
}

/* Small numbers with decimals, large ones without. */
static void shorten(hw_cell *cell) {
    cell->fewer_decimals = fabs(cell->number) >= 100 || cell->number == floor(cell->number) ? 1 : 0;
}

/* The units of amounts are in a column of their own. */
static void add_fact_columns(hw_sheet *sheet) {
    for (int c = 0; c < FACT_CELLS; c++) {
        bool amount = c == FACT_VALUE || c == FACT_LOW || c == FACT_HIGH || c == FACT_ERROR;
        hw_sheet_add_column(sheet, fact_columns[c], amount ? by_row : NULL, 1);
    }
}

void hw_observations_add_list(hw_book *book, const hw_observations *observations) {
    hw_sheet *sheet =
        hw_book_add(book, "observations", "Facts, each with its error and the day it became known");
    add_fact_columns(sheet);
    uint32_t why = hw_sheet_add_column(sheet, "not_modelled", NULL, 0);
    sheet->view = (hw_view){.label_title = "fact", .label = FACT_NAME, .across = HW_NO_COLUMN};
    sheet->view.columns[sheet->view.column_count++] =
        hw_error_column("value ±", FACT_VALUE, FACT_ERROR, FACT_READS);
    sheet->view.columns[sheet->view.column_count++] = hw_plain_column("known by", FACT_KNOWN);
    sheet->view.columns[sheet->view.column_count++] = hw_plain_column("not modelled", why);
    for (uint32_t i = 0; i < observations->count; i++) {
        const hw_observation *o = &observations->items[i];
        hw_cell *row = hw_sheet_add_row(sheet, true);
        set_fact(row, o);
        shorten(&row[FACT_VALUE]);
        shorten(&row[FACT_ERROR]);
        set_date_or_text(&row[why], hw_observation_text(o, HW_FACT_NOT_MODELLED));
    }
}

uint32_t hw_besides_add_untold(hw_book *book, const hw_besides *besides) {
    hw_sheet *sheet = hw_book_add(book, "not_told", "Facts that results do not tell, or not exactly");
    hw_sheet_add_column(sheet, "name", NULL, 0);
    uint32_t why = hw_sheet_add_column(sheet, "why", NULL, 0), told = 0;
    sheet->view = (hw_view){.label_title = "fact", .label = 0, .across = HW_NO_COLUMN, .column_count = 1};
    sheet->view.columns[0] = hw_plain_column("why", why);
    for (uint32_t i = 0; i < besides->count; i++) {
        const hw_telling *telling = &besides->tellings[i];
        told += telling->variable != NULL;
        if (telling->why != NULL) {
            hw_cell *row = hw_sheet_add_row(sheet, true);
            hw_cell_set_text(&row[0], hw_observation_text(&besides->observations->items[i], HW_FACT_NAME));
            hw_cell_set_text(&row[why], telling->why);
        }
    }
    return told;
}

/* ---- Beside the model ---- */

static hw_sheet *add_besides(hw_book *book) {
    static const char *const quantiles[] = {"p10", "p50", "p90"};
    hw_sheet *sheet = hw_book_add(book, "observations", "Facts beside the model");
    sheet->note =
        hw_take_text("Where: how much of the model lies below the fact, 0 to 100; were the model right, all "
                     "of it would come as often. Land in ha, money in million USD. Facts that the model "
                     "does not tell are in the CSV and JSON with the reason.");
    add_fact_columns(sheet);
    uint32_t p10 = sheet->column_count;
    hw_sheet_add_columns(sheet, quantiles, HW_LENGTH(quantiles), by_row, 1);
    uint32_t where = hw_sheet_add_column(sheet, "where", "%", 0);
    uint32_t inside = hw_sheet_add_column(sheet, "inside", NULL, 0);
    hw_sheet_add_column(sheet, "why", NULL, 0);
    sheet->view = (hw_view){.label_title = "fact", .label = FACT_NAME, .across = HW_NO_COLUMN};
    const hw_view_column columns[] = {hw_plain_column("came", FACT_VALUE),  hw_plain_column("", FACT_READS),
                                      hw_plain_column("P10", p10),          hw_plain_column("P50", p10 + 1),
                                      hw_plain_column("P90", p10 + 2),      hw_plain_column("where", where),
                                      hw_plain_column("in P10-P90", inside)};
    memcpy(sheet->view.columns, columns, sizeof columns);
    sheet->view.column_count = HW_LENGTH(columns);
    return sheet;
}

static void add_beside(hw_sheet *sheet, const hw_beside *beside, int64_t horizon) {
    hw_cell *row = hw_sheet_add_row(sheet, beside->told), *more = row + FACT_CELLS;
    set_fact(row, beside->observation);
    shorten(&row[FACT_VALUE]);
    shorten(&row[FACT_ERROR]);
    if (beside->told) {
        const hw_fact_kind *kind = beside->observation->question.kind;
        const double values[] = {beside->p10.value, beside->p50.value, beside->p90.value};
        for (size_t q = 0; q < HW_LENGTH(values); q++) {
            hw_fact_set(&more[q], kind, values[q], horizon);
            shorten(&more[q]);
        }
        hw_cell_set_number(&more[3], 100 * beside->pit);
        hw_cell_set_text(&more[4], beside->inside ? "yes" : "no");
    }
    if (beside->why != NULL) {
        hw_cell_set_text(&more[5], beside->why);
    }
}

/* Whether eight of ten such facts would lie inside: an open range almost always does, and the wider a range,
 * the sooner. */
static bool is_counted(const hw_beside *row) {
    const hw_observation *o = row->observation;
    return row->told && !o->plan && o->low == o->high;
}

/* Where rows of one group begin; each group is taken up once. */
static bool is_first_of_group(const hw_besides *besides, uint32_t row, const char *group) {
    for (uint32_t i = 0; i < row; i++) {
        const hw_beside *beside = &besides->rows[i];
        char *other = is_counted(beside) ? hw_fact_group(beside->observation) : NULL;
        bool same = other != NULL && strcmp(other, group) == 0;
        free(other);
        if (same) {
            return false;
        }
    }
    return true;
}

/* Of a group, or of all (NULL). */
static void add_inside(hw_sheet *sheet, const hw_besides *besides, const char *group) {
    size_t count = 0, inside = 0;
    for (uint32_t i = 0; i < besides->count; i++) {
        const hw_beside *row = &besides->rows[i];
        char *own = hw_fact_group(row->observation);
        if (is_counted(row) && (group == NULL || strcmp(own, group) == 0)) {
            count++;
            inside += row->inside;
        }
        free(own);
    }
    hw_coverage coverage = hw_coverage_of(0.8, inside, count);
    hw_cell *cell = hw_sheet_add_row(sheet, true);
    hw_cell_set_text(cell++, group != NULL ? group : "all");
    hw_cell_set_number(cell++, (double)count);
    hw_cell_set_number(cell++, (double)inside);
    hw_cell_set_number(cell++, count > 0 ? 100 * (double)inside / (double)count : (double)NAN);
    hw_cell_set_number(cell++, (double)coverage.low);
    hw_cell_set_number(cell, (double)coverage.high);
}

static void add_coverage(hw_book *book, const hw_besides *besides) {
    hw_sheet *sheet = hw_book_add(book, "observations_inside", "Facts inside P10 to P90, by group");
    sheet->note = hw_take_text(
        "Eight of ten would lie inside were the model right; \"expected\" holds 95 of 100 such "
        "models, if facts were independent. Those of one series are not. Ranges are not counted.");
    hw_sheet_add_column(sheet, "group", NULL, 0);
    uint32_t facts = hw_sheet_add_column(sheet, "facts", NULL, 0);
    uint32_t inside = hw_sheet_add_column(sheet, "inside", NULL, 0);
    uint32_t share = hw_sheet_add_column(sheet, "share", "%", 0);
    uint32_t low = hw_sheet_add_column(sheet, "expected_low", NULL, 0);
    uint32_t high = hw_sheet_add_column(sheet, "expected_high", NULL, 0);
    sheet->view = (hw_view){.label_title = "group", .label = 0, .across = HW_NO_COLUMN};
    sheet->view.columns[sheet->view.column_count++] = hw_plain_column("facts", facts);
    sheet->view.columns[sheet->view.column_count++] = hw_range_column("inside (expected)", inside, low, high);
    sheet->view.columns[sheet->view.column_count++] = hw_plain_column("share, %", share);
    for (uint32_t i = 0; i < besides->count; i++) {
        const hw_beside *row = &besides->rows[i];
        char *group = is_counted(row) ? hw_fact_group(row->observation) : NULL;
        if (group != NULL && is_first_of_group(besides, i, group)) {
            add_inside(sheet, besides, group);
        }
        free(group);
    }
    add_inside(sheet, besides, NULL);
}

void hw_besides_build(hw_book *book, const hw_besides *besides) {
    hw_sheet *sheet = add_besides(book);
    for (uint32_t i = 0; i < besides->count; i++) {
        add_beside(sheet, &besides->rows[i], besides->outcomes->horizon);
    }
    add_coverage(book, besides);
}
