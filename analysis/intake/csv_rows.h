/* Tables of comma-separated values, row by row: files of any size, of whoever (RFC 4180).
 *
 * Cells may stand in quotes, with separators, line breaks and doubled quotes inside; lines end in CR LF, LF
 * or CR; a byte order mark is skipped. The separator is a comma, a semicolon or a tab: the one that the first
 * row has most of outside of quotes. What cannot be read on from ends the reading; a row of another length
 * does not. */
#ifndef HW_ANALYSIS_CSV_ROWS_H
#define HW_ANALYSIS_CSV_ROWS_H

#include "sim/error.h"
#include <stddef.h>
#include <stdint.h>

enum { HW_CSV_CELLS_MOST = 2000, HW_CSV_ROW_BYTES_MOST = 1 << 20 };

typedef struct hw_csv_rows hw_csv_rows;

/* NULL with an error when it cannot be read. The path must outlive the rows and their errors. */
hw_csv_rows *hw_csv_rows_open(const char *path, hw_errors *errors);
void hw_csv_rows_close(hw_csv_rows *rows);

/* The next row that is not blank. False at the end, and after an error: a quote that is not closed or is
 * followed by a letter, a zero byte, bytes that are no UTF-8, a row that is too long. */
bool hw_csv_rows_next(hw_csv_rows *rows, hw_errors *errors);

/* Of the row at hand; texts hold until the next one. Blanks around a cell outside of quotes are not part of
 * it. */
uint32_t hw_csv_rows_count(const hw_csv_rows *rows);
const char *hw_csv_rows_cell(const hw_csv_rows *rows, uint32_t column); /* "" beyond its cells */
uint64_t hw_csv_rows_line(const hw_csv_rows *rows);                     /* where it begins */

#endif
