/* Return: what happens to a place from the release of its first quarter on. */
#ifndef HW_MODELS_SETTLEMENT_H
#define HW_MODELS_SETTLEMENT_H

#include "models/kinds.h"
#include <stdbool.h>

/* Standing houses are repaired, and new ones built, beside each other. */
enum { HW_WORKS_REPAIR, HW_WORKS_NEW, HW_WORKS };

typedef struct hw_works {
    double houses;                   /* planned */
    double first_days, deliver_days; /* from the start to the first houses, from there to the last */
    double first_left;               /* days until the first houses */
    double pace;                     /* houses a day after the first ones */
    double house_usd;
    double ready; /* houses */
} hw_works;

typedef struct hw_place_state {
    uint32_t missing_areas;
    double release_day, first_return_day, step[HW_STEPS];
    double delay[HW_CAUSES];
    double delay_start, delay_from; /* first day that counts; charged up to here */
    hw_works works[HW_WORKS];
    double ground_m2; /* known at the start */
    bool building;
    bool owed; /* this month of it is not paid yet */
    double families;
    double people;
    double household;
    double planned_houses, planned_people;
    uint64_t entity;
} hw_place_state;

void hw_settlement_begin(hw_land *land);

/* Houses of both kinds that stand ready. */
double hw_houses_ready(const hw_place_state *place);

/* A planning day: building goes on where ground is released and it is paid, families arrive. */
void hw_settlement_plan(hw_land *land, double now, double next);

/* The first houses of a place are ready: `index` is HW_WORKS x place + the kind of works. */
void hw_homes_event(hw_land *land, uint32_t index, double now);

#endif
