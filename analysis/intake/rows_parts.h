/* What the files share that make entries of rows. */
#ifndef HW_ANALYSIS_ROWS_PARTS_H
#define HW_ANALYSIS_ROWS_PARTS_H

#include "analysis/belief/kinds.h"
#include "analysis/intake/rows.h"

/* Rows that are added up: of one district, setting and class, or of one time and scope. */
typedef struct hw_row_group {
    double sum;
    uint64_t count, first_line, last_line;
    int64_t from, to;
    bool uncertain;
} hw_row_group;

struct hw_rows {
    hw_import *import;
    const hw_mapping *mapping;
    const hw_map_terms *terms;
    const char *noun;
    const hw_fact_kind *kind; /* of facts */
    hw_strings keys;          /* of the groups: meanings, joined by HW_ROW_JOINT */
    hw_row_group *groups;     /* by the number of their key, less one */
    size_t group_room;
    uint64_t nothing; /* rows of facts that add up to nothing: no fact, and none of the others misses them */
};

#define HW_ROW_JOINT "\x1f"

/* A row as the mapping understands it: texts are what the words mean. */
typedef struct hw_read_row {
    const hw_row *row;
    const char *means[HW_MAP_FIELDS]; /* "" where nothing is said */
} hw_read_row;

/* Leaves a row out and returns false. `found` may be NULL. */
bool hw_row_refuse(hw_rows *rows, const hw_row *row, const char *reason, const char *found);
/* The same of `times` rows that were added up, from a line on. */
void hw_group_refuse(hw_rows *rows, const hw_row_group *group, const char *reason, const char *found);

/* The group of a key, made when it is new. */
hw_row_group *hw_row_group_of(hw_rows *rows, const char *key);
void hw_row_group_add(hw_row_group *group, const hw_row *row, double value);

/* A value in held units of a dimension, by the mapping's decimal sign and unit, or as the cell says. False
 * after leaving the row out. Not below nothing. */
bool hw_row_number(hw_rows *rows, const hw_read_row *read, hw_dimension dimension, double *number);
bool hw_row_day(hw_rows *rows, const hw_read_row *read, hw_map_field_kind field, int64_t *day);

/* "hazards.csv, 23 rows, lines 2 to 118"; the caller frees it. */
char *hw_group_source(const hw_rows *rows, const hw_row_group *group);

/* ---- One kind of entry each ---- */
void hw_rows_take_area(hw_rows *rows, const hw_read_row *read);
void hw_rows_end_areas(hw_rows *rows);
void hw_rows_take_fact(hw_rows *rows, const hw_read_row *read);
void hw_rows_end_facts(hw_rows *rows);
void hw_rows_take_stream(hw_rows *rows, const hw_read_row *read);

#endif
