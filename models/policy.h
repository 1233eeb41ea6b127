/* Dated policy: the levers that are in force on a planning day, and what they change. */
#ifndef HW_MODELS_POLICY_H
#define HW_MODELS_POLICY_H

#include "models/land.h"

/* How many levers the scenario switches on, and how many values they change in all. */
typedef struct hw_policy_size {
    uint32_t levers, changes;
} hw_policy_size;

hw_policy_size hw_policy_size_of(const hw_scenario *scenario);

/* Whether a lever that the scenario switches on may change the value. */
bool hw_policy_may_change(const hw_scenario *scenario, hw_value_id value);

/* Finds the values that the scenario's levers change: the same in every replication. */
void hw_policy_lay_out(hw_land *land);

/* No lever in force yet; draws what levers need for the whole replication. */
void hw_policy_begin(hw_land *land);

/* A planning day: pays for levers, and works out the values in force until the next one. */
void hw_policy_plan(hw_land *land, double now, double next);

#endif
