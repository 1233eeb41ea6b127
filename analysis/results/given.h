/* What the reader knows and the scenario does not: "Agdam city not released by 2026-11-26". Worlds that
 * contradict it are left out, and all answers are of the rest.
 *
 * NAME is a place or a district (place:NAME, district:NAME); people live in places:
 *   NAME released by DATE, NAME not released by DATE
 *   NAME lived in by DATE, NAME not lived in by DATE */
#ifndef HW_ANALYSIS_GIVEN_H
#define HW_ANALYSIS_GIVEN_H

#include "analysis/results/outcomes.h"

/* Of fewer worlds nothing is told. */
enum { HW_GIVEN_FEWEST = 30 };

/* Leaves in `outcomes` the replications that agree with all of `given`; with none they stay as they are. The
 * texts must outlive the outcomes. HW_ERROR_INPUT for what cannot be read, names no place or no day that is
 * simulated, leaves too few, or where only summaries of the replications were kept. */
hw_status hw_given_apply(hw_outcomes *outcomes, const char *const *given, uint32_t count, hw_errors *errors);

/* The same errors of reading, before there is an outcome: only layout, start and horizon are looked at. */
hw_status hw_given_check(const hw_outcomes *outcomes, const char *const *given, uint32_t count,
                         hw_errors *errors);

/* Leaves replications that `base` has, too: a variant on the worlds that are left of its base. */
void hw_given_as_in(hw_outcomes *outcomes, const hw_outcomes *base);

/* "Given \"Agdam city not released by 2026-11-26\": 132 of 1,000 worlds agree (13.2 %)", allocated; NULL
 * when nothing was given. */
char *hw_given_text(const hw_outcomes *outcomes);

#endif
