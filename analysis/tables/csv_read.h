/* Reading tables of comma-separated values (RFC 4180; lines may end in a bare line feed). */
#ifndef HW_ANALYSIS_CSV_READ_H
#define HW_ANALYSIS_CSV_READ_H

#include "sim/error.h"
#include <stdint.h>

typedef struct hw_csv_cell {
    const char *text;
    hw_position where;
} hw_csv_cell;

typedef struct hw_csv {
    char *bytes; /* of the file: cells point into it */
    hw_csv_cell *cells;
    uint32_t columns; /* of the first row, which all others must have */
    uint64_t rows;    /* with the first one */
} hw_csv;

/* HW_ERROR_INPUT with file:line:column for quotes that do not pair up and rows of another length; `path` must
 * outlive the table and its errors. Blank lines are skipped. Free after failure too. */
hw_status hw_csv_read(hw_csv *csv, const char *path, hw_errors *errors);
void hw_csv_free(hw_csv *csv);

#endif
