/* The land release model: the functions that the kernel calls. Scenario: hw_scenario, bound and checked. */
#ifndef HW_MODELS_LAND_RELEASE_H
#define HW_MODELS_LAND_RELEASE_H

#include "models/scenario.h"
#include "sim/world.h"

extern const hw_model hw_land_release;

#endif
