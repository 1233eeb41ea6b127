/* The columns of a table of comma-separated values, found by the names or the HXL tags that a mapping gives
 * them. */
#ifndef HW_ANALYSIS_COLUMNS_H
#define HW_ANALYSIS_COLUMNS_H

#include "analysis/intake/csv_rows.h"
#include "analysis/intake/rows.h"

/* Reads all rows. With `tags` the columns are named by HXL tags, in a row of their own below at most 25
 * others, and a column of the mapping is a pattern: "#adm2+name" is a column #adm2 whose attributes have
 * +name. HW_ERROR_INPUT when a column is missing, or two could be meant. */
hw_status hw_columns_read(hw_import *import, const hw_mapping *mapping, bool tags, hw_errors *errors);

/* Goes to the row of names, or of tags. */
hw_status hw_columns_find_head(hw_csv_rows *table, const char *path, bool tags, hw_errors *errors);

/* Whether a tag (of a cell) fits a pattern. Case of letters and order of attributes do not matter. */
bool hw_tag_fits(const char *tag, const char *pattern);

/* Whether a cell is an HXL tag. */
bool hw_is_tag(const char *cell);

#endif
