/* The answer to a question of what to do: its tables go where the options of a command say, also into a file
 * of its own kind, which says by which command it was made and which a page can show. */
#ifndef HW_ANALYSIS_ANSWER_H
#define HW_ANALYSIS_ANSWER_H

#include "analysis/tables/book_file.h"
#include "analysis/tables/deliver.h"

/* The row of every command that answers such a question, before HW_STUDY_OPTIONS. */
#define HW_ANSWER_OPTION                                                                                     \
    {                                                                                                        \
        "output", 'o', HW_OPTION_TEXT, false, "FILE",                                                        \
            "also write all tables into this HDF5 file, for a page (homeward report --answers) and for "     \
            "other programs"                                                                                 \
    }

extern const hw_book_kind hw_answer_kind;

/* Whether the answer can be written there, before the work (collective). */
hw_status hw_answer_check(const hw_arguments *arguments, hw_errors *errors);

/* hw_deliver, and into the file of --output. */
hw_status hw_answer_deliver(const hw_arguments *arguments, const hw_book *book, hw_errors *errors);

#endif
