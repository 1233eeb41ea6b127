/* What is asked of results, checked against them: by which dates, and of which place. */
#ifndef HW_ANALYSIS_QUESTION_H
#define HW_ANALYSIS_QUESTION_H

#include "analysis/results/outcomes.h"

/* HW_ERROR_INPUT with an error for each date (days since 1970-01-01) outside of what was simulated. */
hw_status hw_question_check_dates(const hw_outcomes *outcomes, const int64_t *by, uint32_t by_count,
                                  hw_errors *errors);

/* The asked dates together with the usual ones that the span allows; the horizon when no date is left.
 * Ascending, each once; the caller frees them. */
int64_t *hw_question_dates(const hw_outcomes *outcomes, const int64_t *by, uint32_t by_count,
                           uint32_t *count);

/* What is asked for by a name, which may begin with "place:" or "district:". */
typedef struct hw_asked_name {
    const char *name; /* without the beginning */
    const char *axis; /* "place", "district", or NULL: either */
} hw_asked_name;

hw_asked_name hw_question_name(const char *asked);

/* Finds a name among places and districts: UINT32_MAX for the kind that it is not; one of the two is found.
 * HW_ERROR_INPUT with the nearest name when it is neither, and when it is both and does not begin with
 * "place:" or "district:". */
hw_status hw_question_place(const hw_outcomes *outcomes, const char *name, uint32_t *place,
                            uint32_t *district, hw_errors *errors);

#endif
