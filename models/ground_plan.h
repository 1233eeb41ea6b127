/* How a scenario's hazard areas are laid out into polygons, blocks and room for parcels: the same in every
 * replication. */
#ifndef HW_MODELS_GROUND_PLAN_H
#define HW_MODELS_GROUND_PLAN_H

#include "models/scenario.h"

typedef struct hw_area_plan {
    uint32_t blocks, hidden_most, polygons;
    double block_m2; /* nominal: the median area over the number of blocks */
} hw_area_plan;

/* The share of a hazard area that nobody suspects yet: its own, or that of its district. */
hw_value_id hw_ground_plan_undiscovered(const hw_scenario *scenario, uint32_t index);

hw_area_plan hw_ground_plan_area(const hw_scenario *scenario, uint32_t index);

/* The most parcels one block can be split into. */
uint32_t hw_ground_plan_parcels(const hw_scenario *scenario);

/* Blocks (known and hidden) and parcels of a district. Doubles, so that absurd sizes can be refused before
 * they overflow. */
double hw_ground_plan_items(const hw_scenario *scenario, uint32_t district);

/* Of a value; 0 when it is not there (UINT32_MAX). */
double hw_scenario_median(const hw_scenario *scenario, hw_value_id id);

#endif
