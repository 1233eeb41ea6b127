/* Laws that hold in every run: area, money, items and team-days are conserved. */
#ifndef HW_MODELS_LAWS_H
#define HW_MODELS_LAWS_H

#include "models/kinds.h"

/* Checks all laws on the state at `now`; the first that does not hold is described in land->failure and
 * land->failed set. */
void hw_laws_check(hw_land *land, double now);

#endif
