/* Accidents of civilians and soldiers, and finds on ground that has been released. */
#ifndef HW_MODELS_ACCIDENTS_H
#define HW_MODELS_ACCIDENTS_H

#include "models/kinds.h"

/* The most accidents of each kind, the most finds, and the most visits to bad ground that a district can have
 * between two planning days. */
enum { HW_ACCIDENTS_A_MONTH = 10000, HW_ACCIDENT_KINDS = 4, HW_VISITS_A_MONTH = 1000000 };

/* What people have learnt by the first day. */
void hw_accidents_begin(hw_land *land);

/* Draws how many accidents and finds each district will have until the next planning day, and when. */
void hw_accidents_plan(hw_land *land, double now, double next);

/* A visit of civilians or soldiers meets an item in a block, unless it has been taken out: victims, belief in
 * the ground around it. */
void hw_accident_event(hw_land *land, uint32_t district, uint32_t block, uint32_t people);

/* Civilians meet a missed item on released ground: victims, and the ground is re-opened. */
void hw_missed_event(hw_land *land, uint32_t district);

/* One missed item is found under people's feet: a spot task, or the ground is re-opened. */
void hw_find_event(hw_land *land, uint32_t district);

#endif
