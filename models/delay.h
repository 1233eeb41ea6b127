/* The delay ledger: every day between a place's start and its release, and from its release to the first
 * return, is charged to a cause. */
#ifndef HW_MODELS_DELAY_H
#define HW_MODELS_DELAY_H

#include "models/kinds.h"

/* Charges all places up to `now`, from what held them back since they were last charged. The parts of a day
 * add up to the day. */
void hw_delay_charge(hw_land *land, double now);

#endif
