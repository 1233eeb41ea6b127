/* Dated series that scale something from each of their dates on. */
#ifndef HW_MODELS_DATED_H
#define HW_MODELS_DATED_H

#include "models/kinds.h"
#include "sim/schema.h"

/* The amount that an entry is, or goes back to as a share of an earlier one; and how many times that. */
hw_value_id hw_dated_base(const hw_land *land, const hw_dated_list *list, uint32_t entry, double *times);

/* The factor in force on a day (since 1970-01-01): that of the last entry that has begun, 1 before all. */
double hw_dated_factor(const hw_land *land, const hw_dated_list *list, int64_t day);

#endif
