/* Renames and cuts sheets of the summary into the tables of IMAS 05.10. */
#include "analysis/summary/nouns.h"
#include "analysis/base/memory.h"
#include "analysis/summary/summary.h"
#include "sim/length.h"
#include <stdlib.h>
#include <string.h>

const char *const hw_noun_sheets[] = {
    "district_ledgers", "district_asset_days", "district_items_found",         "district_casualties",
    "place_people",     "district_items",      "spending_by_purpose_and_year", NULL};

typedef struct value_name {
    const char *from, *to;
} value_name;

/* IMAS 07.11: what survey and clearance do with land. */
static const value_name activities[] = {{"cancelled", "non-technical survey: cancelled"},
                                        {"reduced", "technical survey: reduced"},
                                        {"mine_cleared", "clearance: mined area cleared"},
                                        {"battle_area_cleared", "clearance: battle area cleared"},
                                        {NULL, NULL}};

/* A table of a noun: rows of a sheet of the summary. */
typedef struct noun_table {
    const char *noun, *file, *title;
    const char *sheet;        /* NULL: there is no table */
    const char *key, *value;  /* only rows with this value in this column; NULL: all */
    bool other;               /* the rows with any other value instead */
    const char *rename, *as;  /* a column goes by another name */
    const value_name *values; /* and so do the values in it */
    bool districts;           /* with the district of each place */
    const char *holds, *lacks;
} noun_table;

static const noun_table tables[] = {
    {.noun = "Hazardous area",
     .file = "hazardous_area",
     .title = "Suspected or confirmed land that remains, ha",
     .sheet = "district_ledgers",
     .key = "ledger",
     .value = "remaining",
     .holds = "area that remains, by district, type of hazard and date",
     .lacks = "single areas, their outlines and positions, SHA and CHA apart, devices in them"},
    {.noun = "Land release activity",
     .file = "land_release_activity",
     .title = "Land released from the start to a date by activity, ha",
     .sheet = "district_ledgers",
     .key = "ledger",
     .value = "remaining",
     .other = true,
     .rename = "ledger",
     .as = "activity",
     .values = activities,
     .holds = "area cancelled, reduced and cleared since the start, by district, type of hazard and date",
     .lacks = "single reports with operator, method and dates; ground that was worked without release"},
    {.noun = "Task",
     .file = "task_team_days",
     .title = "Team-days from the start to a date by use",
     .sheet = "district_asset_days",
     .holds = "days of teams by district and use (working, moving, standing idle and why) until a date",
     .lacks = "single tasks, task orders, and which team or operator had them"},
    {.noun = "EO found",
     .file = "eo_found",
     .title = "Explosive ordnance found from the start to a date",
     .sheet = "district_items_found",
     .holds = "items by district and category (AP, AT, ERW) until a date",
     .lacks = "model, condition, depth, position and disposal of single items"},
    {.noun = "Accident",
     .holds = "nothing",
     .lacks = "all of it: the result file counts victims, not the accidents in which they were hurt"},
    {.noun = "Victim",
     .file = "victim",
     .title = "Victims from the start to a date, persons",
     .sheet = "district_casualties",
     .holds = "civilians, deminers and soldiers killed and injured, by district until a date",
     .lacks = "age, sex, activity at the time, device, injury, assistance"},
    {.noun = "Beneficiary",
     .file = "beneficiary",
     .title = "People who live in a place again at the end of the year, persons",
     .sheet = "place_people",
     .districts = true,
     .holds = "people back by place and year: direct beneficiaries of release and rebuilding",
     .lacks = "age, sex, disability; indirect beneficiaries; risk education"},
    {.noun = "QM",
     .file = "qm_spending",
     .title = "Spent on quality control in the year, million USD",
     .sheet = "spending_by_purpose_and_year",
     .key = "purpose",
     .value = "quality",
     .holds = "spending on external quality control by year",
     .lacks = "single inspections, samples, nonconformities, corrective action"},
    {.noun = "QM",
     .file = "qm_missed_items",
     .title = "Items left behind in released land by the end of the simulation",
     .sheet = "district_items",
     .key = "item_state",
     .value = "missed",
     .holds = "items that release missed, which only a simulation can know, by district and category",
     .lacks = "where they are, and which release they belong to"},
};
enum { TABLE_COUNT = HW_LENGTH(tables) };

static bool is_wanted(const noun_table *table, const hw_sheet *from, size_t row) {
    return table->key == NULL ||
           (strcmp(hw_sheet_text(from, row, table->key), table->value) == 0) != table->other;
}

static const char *renamed(const value_name *values, const char *text) {
    for (; values != NULL && values->from != NULL; values++) {
        if (strcmp(values->from, text) == 0) {
            return values->to;
        }
    }
    return text;
}

static void copy_cell(hw_cell *to, const hw_cell *from, const value_name *values) {
    if (from->kind == HW_CELL_TEXT) {
        hw_cell_set_text(to, renamed(values, from->text));
    } else {
        *to = *from;
    }
}

/* Returns how many rows there are. */
static size_t add_table(hw_book *nouns, const noun_table *table, const hw_outcomes *outcomes,
                        const hw_sheet *from) {
    char *title = hw_money_text(outcomes, table->title);
    hw_sheet *sheet = hw_book_add(nouns, table->file, title);
    free(title);
    if (table->districts) {
        hw_sheet_add_column(sheet, "district", NULL, 0);
    }
    for (uint32_t i = 0; i < from->column_count; i++) {
        bool other_name = table->rename != NULL && strcmp(from->columns[i].name, table->rename) == 0;
        hw_sheet_add_column(sheet, other_name ? table->as : from->columns[i].name, from->columns[i].units,
                            from->columns[i].decimals);
    }
    for (size_t row = 0; row < from->row_count; row++) {
        if (!is_wanted(table, from, row)) {
            continue;
        }
        hw_cell *cells = hw_sheet_add_row(sheet, true);
        const char *district =
            table->districts ? hw_outcomes_district(outcomes, hw_sheet_text(from, row, "place")) : NULL;
        if (district != NULL) {
            hw_cell_set_text(&cells[0], district);
        }
        for (uint32_t i = 0; i < from->column_count; i++) {
            bool other_name = table->rename != NULL && strcmp(from->columns[i].name, table->rename) == 0;
            copy_cell(&cells[i + (table->districts ? 1 : 0)], hw_sheet_cell(from, row, i),
                      other_name ? table->values : NULL);
        }
    }
    return sheet->row_count;
}

void hw_nouns_build(hw_book *nouns, const hw_outcomes *outcomes, const hw_book *summary) {
    size_t rows[TABLE_COUNT] = {0};
    for (int i = 0; i < TABLE_COUNT; i++) {
        const hw_sheet *from = tables[i].sheet != NULL ? hw_book_find(summary, tables[i].sheet) : NULL;
        if (from != NULL) {
            rows[i] = add_table(nouns, &tables[i], outcomes, from);
        }
    }
    hw_summary_add_about(nouns, outcomes);
    hw_sheet *index =
        hw_book_add(nouns, "nouns", "Nouns of IMAS 05.10, what is here of each, and what is lacking");
    static const char *const columns[5] = {"noun", "file", "rows", "holds", "lacks"};
    for (int i = 0; i < 5; i++) {
        hw_sheet_add_column(index, columns[i], NULL, 0);
    }
    for (int i = 0; i < TABLE_COUNT; i++) {
        hw_cell *cells = hw_sheet_add_row(index, true);
        hw_cell_set_text(&cells[0], tables[i].noun);
        if (rows[i] > 0) {
            char *file = hw_take_text("%s.csv", tables[i].file);
            hw_cell_set_text(&cells[1], file);
            free(file);
        }
        hw_cell_set_number(&cells[2], (double)rows[i]);
        hw_cell_set_text(&cells[3], rows[i] > 0 ? tables[i].holds : "nothing");
        hw_cell_set_text(&cells[4], tables[i].lacks);
    }
}
