/* What a value can be at all: bounds that no replication passes on any day, whatever it draws and whatever
 * levers do. Where nothing certain is known they are wide. For checks that must not cry wolf. */
#ifndef HW_MODELS_BOUNDS_H
#define HW_MODELS_BOUNDS_H

#include "models/scenario.h"

/* In the held unit of the value's dimension; 0 for a value that is not there (UINT32_MAX). */
double hw_bounds_least(const hw_scenario *scenario, hw_value_id id);
double hw_bounds_most(const hw_scenario *scenario, hw_value_id id);

#endif
