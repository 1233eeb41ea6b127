/* What the files that read observations share. */
#ifndef HW_ANALYSIS_BELIEF_PARTS_H
#define HW_ANALYSIS_BELIEF_PARTS_H

#include "analysis/belief/observations.h"
#include "sim/input/units.h"

/* ---- observation.c ---- */
/* Fills in an observation from its cells; every mistake goes into `errors`. `where`: the whole of it. */
void hw_observation_settle(hw_observation *observation, hw_position where, const hw_currencies *currencies,
                           hw_errors *errors);

#endif
