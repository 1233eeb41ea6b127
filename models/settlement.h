/* Return: what happens to a place once its ground is released. */
#ifndef HW_MODELS_SETTLEMENT_H
#define HW_MODELS_SETTLEMENT_H

#include "models/kinds.h"
#include <stdbool.h>

typedef struct hw_place_state {
    uint32_t missing_areas;
    double release_day, first_return_day, step[HW_STEPS];
    double delay[HW_CAUSES];
    double delay_start, delay_from; /* first day that counts; charged up to here */
    double build_left, build_days;  /* days */
    double deliver_days;
    bool building;
    double houses_ready;
    double families;
    double people;
    double household;
    double planned_houses, planned_people;
    uint64_t entity;
} hw_place_state;

void hw_settlement_begin(hw_land *land);

/* A planning day: building goes on where it is paid, families arrive. */
void hw_settlement_plan(hw_land *land, double now, double next);

/* The first houses of a place are ready. */
void hw_homes_event(hw_land *land, uint32_t place, double now);

#endif
