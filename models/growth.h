/* Capacity follows money: at each review the planner compares money in sight with what the teams cost, and
 * adds teams, lets them learn another method, or gives them notice. */
#ifndef HW_MODELS_GROWTH_H
#define HW_MODELS_GROWTH_H

#include "models/kinds.h"
#include "models/scenario.h"
#include "sim/schema.h"

typedef struct hw_growth {
    double review_day;               /* of the next review */
    double recruits, dogs, machines; /* people, dog teams and machines that can be had today */
    double *room;                    /* by operator: people by whom it may grow today */
    double *people;                  /* by operator: today */
    double *free;                    /* by stream, in a review: USD of work in sight that nothing needs */
    uint32_t *due, *borne;           /* by kind: listed teams that are due today, and that may be ordered */
    double *needed;                /* by kind of team, in a review: USD that all cost, once; NaN: not known */
    bool *follows;                 /* by kind, in a review: it follows money */
    double *bound, *worth;         /* by kind of team: scratch */
    double *cost;                  /* by kind, in a review: USD a day */
    double *weight;                /* by kind, in a review: of a day that the work of its method waits */
    uint32_t *kinds;               /* scratch */
    uint32_t *hindrance;           /* by kind, in a review: hw_unspent; HW_UNSPENT_REASONS: nothing */
    uint32_t *reason;              /* by stream: hw_unspent of what it cannot spend */
    double busy[HW_REGISTRY_MOST]; /* by method: of its paid teams, the share with work of late */
    double unpaid[HW_REGISTRY_MOST]; /* by method: share of the teams wanted that no money is in sight for */
    bool replacing;                  /* those who leave are replaced */
    bool growing;                    /* the list of teams has ended */

    /* Clearance money that is not spent, cents: see unspent.h. */
    int64_t *unspent;  /* stream x reason: part of the balance */
    int64_t *given_up; /* stream x reason x year: lapsed, returned, or held at the horizon */
    size_t given_up_cells;
    bool closed; /* the books */
} hw_growth;

void hw_growth_begin(hw_land *land);

/* Fills `borne`, before orders: listed teams come as they are listed while everybody is paid whom the same
 * money may pay. When somebody is not, and from the end of the list on, those come whom money in sight bears
 * beside all teams but those that are worth far less. */
void hw_growth_look_at_offers(hw_land *land, double now);

/* A planning day: what can be had is more by a month; a review when one is due. After ranking, before pay. */
void hw_growth_plan(hw_land *land, double now);

#endif
