/* Scores of hindcasts as HDF5 by the netCDF conventions: each table is a dimension with a variable for each
 * of its columns, so that xarray opens it and a page can show it again. The tables are those of `homeward
 * hindcast`, whichever they are. */
#ifndef HW_ANALYSIS_BELIEF_SCORES_FILE_H
#define HW_ANALYSIS_BELIEF_SCORES_FILE_H

#include "analysis/tables/sheet.h"
#include "sim/run/output_file.h"

/* For a check before the work. */
extern const hw_output_format hw_scores_format;

/* Writes all sheets of the book, whole or not at all. */
hw_status hw_scores_write(const char *path, const hw_book *book, const hw_output_rules *rules,
                          hw_errors *errors);

/* Reads them into an empty book, with titles, notes and units, without views. HW_ERROR_INPUT when the file is
 * something else, HW_ERROR_IO when it cannot be read. Free the book after failure too. */
hw_status hw_scores_read(const char *path, hw_book *book, hw_errors *errors);

#endif
