/* A change of nothing: a scenario with a few hundred-thousandths more money for clearance. What it moves is
 * the noise floor of comparisons: whatever moves no more cannot be told from nothing. */
#ifndef HW_ANALYSIS_NUDGE_H
#define HW_ANALYSIS_NUDGE_H

#include "analysis/scenario/load.h"

/* Settings that multiply the money of a scenario. */
typedef struct hw_nudge {
    hw_setting *settings;
    uint32_t count; /* 0: nothing pays for clearance, or its exchange is uncertain in every stream */
} hw_nudge;

/* Makes the money of a loaded scenario so many hundred-thousandths more: of every budget of the state for
 * clearance or, without one, of the first stream that pays for it. Free it. */
hw_nudge hw_nudge_of(const hw_loaded *loaded, uint32_t hundred_thousandths);
void hw_nudge_free(hw_nudge *nudge);

#endif
