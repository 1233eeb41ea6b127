/* Dated policy: the levers that are in force on a planning day, and what they change. */
#ifndef HW_MODELS_POLICY_H
#define HW_MODELS_POLICY_H

#include "models/kinds.h"
#include "models/scenario.h"

/* What levers in force say besides changed values. */
typedef struct hw_policy_effect {
    double treaty_days;    /* since accession took effect; negative: it has not */
    double giving;         /* what donors sign and budget, against what they would have */
    double favour_planned; /* see levers/development_grants.c: 0 to 1 */
    double maps_told;      /* share of ground about which maps handed over since the start are right */
} hw_policy_effect;

/* A lever that the scenario switches on, in the order of the registry. */
typedef struct hw_lever_state {
    uint32_t lever;                      /* index in the registry */
    uint32_t first_change, change_count; /* of hw_policy.changes */
    bool started;                        /* has been in force and paid for once */
    bool in_force, was_in_force;         /* this month, last month */
    double from, until, strength;
    double number[8]; /* the lever's own */
    uint64_t entity;
} hw_lever_state;

/* One value that a lever changes. */
typedef struct hw_policy_change {
    hw_value_id value, by;
    uint32_t kind;
} hw_policy_change;

/* The levers of a world. */
typedef struct hw_policy {
    hw_policy_effect effect; /* of those in force */
    uint32_t lever_count, change_count;
    hw_lever_state *levers; /* that are switched on */
    hw_policy_change *changes;
} hw_policy;

/* How many levers the scenario switches on, and how many values they change in all. */
typedef struct hw_policy_size {
    uint32_t levers, changes;
} hw_policy_size;

hw_policy_size hw_policy_size_of(const hw_scenario *scenario);

/* Whether a lever that the scenario switches on may change the value. */
bool hw_policy_may_change(const hw_scenario *scenario, hw_value_id value);

/* Finds the values that the scenario's levers change: the same in every replication. */
void hw_policy_lay_out(hw_land *land);

/* No lever in force yet; draws what levers need for the whole replication. */
void hw_policy_begin(hw_land *land);

/* A planning day: pays for levers, and works out the values in force until the next one. */
void hw_policy_plan(hw_land *land, double now, double next);

/* The same day, once teams are paid and posted. */
void hw_policy_settle(hw_land *land, double now, double next);

#endif
