/* Paths that are set from outside: which mean the same value, and which lead nowhere. */
#ifndef HW_SIM_INPUT_SETTING_H
#define HW_SIM_INPUT_SETTING_H

#include "sim/input/document.h"
#include "sim/schema.h"

typedef enum hw_path_relation {
    HW_PATHS_APART,
    HW_PATHS_SAME,   /* one value, however it is written: quotes, "2026" for "2026-01-01", case of letters */
    HW_PATHS_INSIDE, /* one lies inside the other */
} hw_path_relation;

/* Malformed paths are apart from all others: hw_document_set refuses them. */
hw_path_relation hw_path_relate(const char *a, const char *b);

/* An error when a path leads into an entry of a table that is not there: setting one value of it would make a
 * new entry of which nothing else is known. A whole new entry may be set, unless its name differs from that
 * of another one in the case of letters only. */
hw_status hw_setting_check(const hw_section *root, const hw_document *document, const char *path,
                           const char *origin, hw_errors *errors);

#endif
