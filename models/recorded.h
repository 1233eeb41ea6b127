/* What was done before the first day: ground that was released or surveyed, places where people live. It is
 * recorded, not simulated: a day before the start is a fact in every result. */
#ifndef HW_MODELS_RECORDED_H
#define HW_MODELS_RECORDED_H

#include "models/scenario.h"

/* Whether a scenario has a record of ground at all. */
bool hw_recorded_any(const hw_scenario *scenario);

/* Brings ground and the planners' beliefs to where the record says they stood: after all else of a world has
 * begun. */
void hw_recorded_begin(hw_land *land);

/* A place in which people live at the start: their houses, their families, what is still to be built. */
void hw_recorded_settle(hw_land *land, uint32_t place);

/* Checks of the scenario: no more than there is, nothing after the start. */
typedef hw_position (*hw_recorded_where)(const void *context, const char *path);
void hw_recorded_check(const hw_scenario *scenario, hw_recorded_where where, const void *context,
                       hw_errors *errors);

#endif
