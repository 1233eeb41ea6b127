/* What is wrong with a scenario, gathered in the order of discovery and reported in the order of the files.
 */
#ifndef HW_SIM_INPUT_REMARKS_H
#define HW_SIM_INPUT_REMARKS_H

#include "sim/error.h"

typedef struct hw_remark {
    hw_position where;
    char *message;
    uint32_t sequence;
    bool cause;  /* others follow from it */
    size_t rank; /* of the file, when sorted */
} hw_remark;

/* Zero-initialise; end with hw_remarks_free. */
typedef struct hw_remarks {
    hw_remark *items;
    size_t kept, capacity;
    uint32_t count; /* all, kept or not */
} hw_remarks;

void hw_remarks_add(hw_remarks *remarks, hw_position where, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same for a mistake that causes others: it is reported before those. */
void hw_remarks_add_cause(hw_remarks *remarks, hw_position where, const char *message);

/* Adds copies of all of `from`. */
void hw_remarks_join(hw_remarks *remarks, const hw_remarks *from);

/* Adds all to `errors`, sorted by file (in the order of `files`, compared by address), line and column. */
void hw_remarks_report(hw_remarks *remarks, const char *const *files, size_t file_count, hw_errors *errors);

void hw_remarks_free(hw_remarks *remarks);

#endif
