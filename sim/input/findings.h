/* What is wrong with a scenario, gathered in the order of discovery and reported in the order of the files.
 */
#ifndef HW_SIM_INPUT_FINDINGS_H
#define HW_SIM_INPUT_FINDINGS_H

#include "sim/error.h"

typedef struct hw_finding {
    hw_position where;
    char *message;
    uint32_t sequence;
    bool cause;  /* others follow from it */
    size_t rank; /* of the file, when sorted */
} hw_finding;

/* Zero-initialise; end with hw_findings_free. */
typedef struct hw_findings {
    hw_finding *items;
    size_t kept, capacity;
    uint32_t count; /* all, kept or not */
} hw_findings;

void hw_findings_add(hw_findings *findings, hw_position where, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same of a mistake from which others follow: it is told before all that are none. */
void hw_findings_add_cause(hw_findings *findings, hw_position where, const char *message);

/* Adds copies of all of `from`. */
void hw_findings_join(hw_findings *findings, const hw_findings *from);

/* Adds all to `errors`, sorted by file (in the order of `files`, compared by address), line and column. */
void hw_findings_report(hw_findings *findings, const char *const *files, size_t file_count,
                        hw_errors *errors);

void hw_findings_free(hw_findings *findings);

#endif
