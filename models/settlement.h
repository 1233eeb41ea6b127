/* Return: what happens to a place once its ground is released. */
#ifndef HW_MODELS_SETTLEMENT_H
#define HW_MODELS_SETTLEMENT_H

#include "models/land.h"

void hw_settlement_begin(hw_land *land);

/* A planning day: building goes on where it is paid, families arrive. */
void hw_settlement_plan(hw_land *land, double now, double next);

/* The first houses of a place are ready. */
void hw_homes_event(hw_land *land, uint32_t place, double now);

#endif
