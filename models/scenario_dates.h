/* Dates that can hardly be meant: outside of what is simulated, or in another century. */
#ifndef HW_MODELS_SCENARIO_DATES_H
#define HW_MODELS_SCENARIO_DATES_H

#include "models/scenario.h"

/* Looks at every date that the scenario's files say, wherever a key of dates stands. Adds errors for what
 * cannot be meant and warnings (may be NULL) for what is odd. */
void hw_scenario_dates_check(const hw_scenario *scenario, hw_errors *errors, hw_errors *warnings);

#endif
