/* A book of tables as HDF5 by the netCDF conventions: each table is a dimension with a variable for each of
 * its columns, so that xarray opens it and a page can show it again. Tables without rows are left out. */
#ifndef HW_ANALYSIS_BOOK_FILE_H
#define HW_ANALYSIS_BOOK_FILE_H

#include "analysis/tables/sheet.h"
#include "sim/run/output_file.h"

/* What is in such a file. */
typedef struct hw_book_kind {
    const char *format_name;        /* of the attribute that says so: "homeward_scores_format" */
    const char *noun;               /* "a file of scores" */
    const char *lacks;              /* what is said of other files: "holds no scores" */
    const char *not_ours, *damaged; /* likewise, where it is read */
    const char *prefix;             /* of names of tables, left out in the file; NULL: none */
} hw_book_kind;

/* Of hw_output_format, with the kind as its context: files of another kind are kept. */
bool hw_book_file_is_kept(const char *path, const void *kind, char room[HW_OUTPUT_REASON]);

/* Writes all sheets of the book, whole or not at all; `facts`: pairs of names and texts, ended by NULL, for
 * attributes of the file; or NULL. */
hw_status hw_book_file_write(const char *path, const hw_book *book, const hw_book_kind *kind,
                             const char *const *facts, const hw_output_rules *rules, hw_errors *errors);

/* Reads them into an empty book, with titles, notes and units, without views. HW_ERROR_INPUT when the file is
 * something else, HW_ERROR_IO when it cannot be read. Free the book after failure too. */
hw_status hw_book_file_read(const char *path, hw_book *book, const hw_book_kind *kind, hw_errors *errors);

/* One of the facts that were written; the caller frees it. Statuses as above. */
hw_status hw_book_file_read_fact(const char *path, const char *fact, char **text, const hw_book_kind *kind,
                                 hw_errors *errors);

#endif
