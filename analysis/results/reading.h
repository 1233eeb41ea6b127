/* One variable of outcomes as it is asked about: from all of its values where there are few replications,
 * from tallies where there are many (tallies.h). Who asks does not see the difference. */
#ifndef HW_ANALYSIS_READING_H
#define HW_ANALYSIS_READING_H

#include "analysis/results/outcomes.h"
#include "analysis/results/tallies.h"

typedef struct hw_reading {
    const hw_outcomes *outcomes;
    const hw_variable *variable;
    double *values;                     /* all of them, or */
    const hw_variable_tallies *tallies; /* these */
    double *sample;                     /* of one number */
} hw_reading;

/* False with an error when it cannot be read. The variable must be one of the layout. */
bool hw_reading_open(hw_reading *reading, const hw_outcomes *outcomes, const char *variable,
                     hw_errors *errors);
/* Of the last of a variable's days, replication by replication, missing where one of them is: one number.
 * `last` becomes its variable and must outlive the reading. Not of tallies. */
bool hw_reading_open_last(hw_reading *reading, hw_variable *last, const hw_outcomes *outcomes,
                          const char *variable, hw_errors *errors);
void hw_reading_close(hw_reading *reading);

/* Of an element, times `scale`. */
hw_spread hw_reading_spread(hw_reading *reading, size_t element, double scale);
/* Of the sum of `terms` elements from `element` on, each `step` behind the last: over an axis of periods or
 * years, all of it. */
hw_spread hw_reading_sum(hw_reading *reading, size_t element, uint32_t terms, size_t step, double scale);

/* In what share of the replications it is missing (NaN); and in what share floor(value) <= day, of a day. */
hw_probability hw_reading_missing(const hw_reading *reading, size_t element);
hw_probability hw_reading_until(const hw_reading *reading, size_t element, double day);

#endif
