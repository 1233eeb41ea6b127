/* Accidents of civilians, and finds on ground that has been released. */
#ifndef HW_MODELS_ACCIDENTS_H
#define HW_MODELS_ACCIDENTS_H

#include "models/kinds.h"

/* The most accidents, and the most finds, that a district can have between two planning days. */
enum { HW_ACCIDENTS_A_MONTH = 20000 };

/* Draws how many accidents and finds each district will have until the next planning day, and when. */
void hw_accidents_plan(hw_land *land, double now, double next);

/* One accident in a district: victims, an item that goes off, belief in the ground around it. */
void hw_accident_event(hw_land *land, uint32_t district);

/* One missed item is found under people's feet: a spot task, or the ground is re-opened. */
void hw_find_event(hw_land *land, uint32_t district);

#endif
