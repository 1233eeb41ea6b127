/* What homeward hindcast is asked: from which days, how far ahead, by which facts. */
#ifndef HW_ANALYSIS_COMMANDS_HINDCAST_ASKED_H
#define HW_ANALYSIS_COMMANDS_HINDCAST_ASKED_H

#include "analysis/base/command.h"
#include "analysis/belief/likelihood.h"

typedef struct hw_hindcast_asked {
    int64_t *origins; /* ascending; none: the ends of years */
    uint32_t count;
    int64_t ahead; /* days */
    hw_learning learning;
    const char *facts; /* a file of facts, or the scenario that names one */
} hw_hindcast_asked;

/* Every mistake goes into `errors`. Free it after failure, too. */
hw_hindcast_asked hw_hindcast_read(const hw_arguments *arguments, bool is_scenario, hw_errors *errors);
void hw_hindcast_asked_free(hw_hindcast_asked *asked);

/* The ends of the years behind the start, as long as a fact comes after them. */
void hw_hindcast_add_ends_of_years(hw_hindcast_asked *asked, const hw_observations *facts, int64_t start);

#endif
