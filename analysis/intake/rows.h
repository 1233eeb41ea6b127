/* Rows of a table, as its mapping file understands them: each becomes part of a hazard area, part of a fact,
 * or a stream of money; or it is left out with a reason. The same for CSV, HXL and GeoJSON. */
#ifndef HW_ANALYSIS_ROWS_H
#define HW_ANALYSIS_ROWS_H

#include "analysis/intake/import.h"
#include "analysis/intake/mapping.h"
#include "analysis/intake/strings.h"

/* A row as it is written. Texts of columns that it does not have are "". */
typedef struct hw_row {
    uint64_t line; /* or the number of the feature */
    const char *texts[HW_MAP_FIELDS];
    bool measured;        /* its area was measured, */
    double area_m2;       /* this one, and `value` is not read */
    const char *district; /* found by where it lies; NULL: by its column */
    bool uncertain;       /* that district */
} hw_row;

typedef struct hw_rows hw_rows;

/* `unit_noun`: what a row is called ("line", "feature"). */
hw_rows *hw_rows_begin(hw_import *import, const hw_mapping *mapping, const char *unit_noun);
void hw_rows_take(hw_rows *rows, const hw_row *row);
/* Makes the entries of what was added up, and frees. */
void hw_rows_end(hw_rows *rows);
/* Frees without making any. */
void hw_rows_drop(hw_rows *rows);

/* Leaves a row out before it is looked at; only its line and its name are read. */
void hw_rows_leave(hw_rows *rows, const hw_row *row, const char *reason, const char *found);

#endif
