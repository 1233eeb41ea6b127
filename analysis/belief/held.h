/* A file of facts and a result, read and held against each other: what each command of this room begins with.
 */
#ifndef HW_ANALYSIS_BELIEF_HELD_H
#define HW_ANALYSIS_BELIEF_HELD_H

#include "analysis/belief/beside.h"
#include "sim/run/intake.h"

typedef struct hw_held {
    hw_observations facts;
    hw_outcomes outcomes;
    hw_besides besides; /* all replications alike */
} hw_held;

/* Reads both (`results` NULL: facts alone), and warns on standard error of names that the scenario lacks. Of
 * the facts only those are kept that were known by `as_of`; HW_ERROR_INPUT without any. Statuses and errors
 * are those of hw_observations_read, hw_outcomes_open_as and hw_besides_read; HW_ERROR_LAW without a good
 * replication. Close after failure too, when the errors have been told: they borrow texts of the facts. */
hw_status hw_held_open(hw_held *held, const char *facts, int64_t as_of, const char *results, hw_trust trust,
                       hw_errors *errors);
void hw_held_close(hw_held *held);

#endif
