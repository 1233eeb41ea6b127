/* Outcomes of which some replications are left. */
#ifndef HW_ANALYSIS_SUBSET_H
#define HW_ANALYSIS_SUBSET_H

#include "analysis/results/outcomes.h"

/* Leaves in `outcomes`, which have keys, the replications at these positions (ascending), whose array becomes
 * their own, before they are weighed. Reading gathers them block by block, since the whole may be far larger
 * than what is left. */
void hw_outcomes_leave(hw_outcomes *outcomes, uint64_t *at, uint64_t count);

#endif
