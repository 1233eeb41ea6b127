/* Reading tables of comma-separated values (RFC 4180; lines may end in a bare line feed). */
#ifndef HW_ANALYSIS_CSV_READ_H
#define HW_ANALYSIS_CSV_READ_H

#include "sim/error.h"
#include <stdint.h>

/* Small, since every rank of a sweep holds a table of points, which may have millions of them. */
typedef struct hw_csv_cell {
    const char *text;
    uint32_t line, column; /* where it begins in the file */
} hw_csv_cell;

typedef struct hw_csv {
    const char *path; /* the caller's */
    char *bytes;      /* of the file: cells point into it */
    hw_csv_cell *cells;
    uint32_t columns; /* of the first row, which all others must have */
    uint64_t rows;    /* with the first one */
} hw_csv;

/* HW_ERROR_INPUT with file:line:column for quotes that do not pair up and rows of another length; `path` must
 * outlive the table and its errors. Blank lines are skipped. Free after failure too. */
hw_status hw_csv_read(hw_csv *csv, const char *path, hw_errors *errors);

/* Where a cell of this table stands, for errors. */
hw_position hw_csv_where(const hw_csv *csv, const hw_csv_cell *cell);
void hw_csv_free(hw_csv *csv);

#endif
