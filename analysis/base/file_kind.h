/* What a file is, and which command reads it: so that a file given in place of another is named for what it
 * is. */
#ifndef HW_ANALYSIS_FILE_KIND_H
#define HW_ANALYSIS_FILE_KIND_H

#include "sim/error.h"

typedef enum hw_file_kind {
    HW_FILE_UNKNOWN, /* also: not there, or not to be read */
    HW_FILE_SCENARIO,
    HW_FILE_DESIGN,       /* of a sweep */
    HW_FILE_RESULT,       /* of homeward run */
    HW_FILE_SWEEP,        /* the result of a sweep */
    HW_FILE_SWEEP_FOLDER, /* with its journals */
    HW_FILE_JOURNAL,
    HW_FILE_PAGE,
    HW_FILE_FOLDER, /* any other */
} hw_file_kind;

/* By what is in it, not by its name. */
hw_file_kind hw_file_kind_of(const char *path);

/* HW_ERROR_INPUT, with what it is and which commands read it, when the file is known to be of another kind
 * than the wanted one; HW_OK otherwise: whoever opens it says what is wrong with an unknown one. */
hw_status hw_file_kind_check(const char *path, hw_file_kind wanted, hw_errors *errors);

#endif
