/* A district: the ground, the teams and the books that events between two planning days may touch. */
#ifndef HW_MODELS_DISTRICT_H
#define HW_MODELS_DISTRICT_H

#include "models/ground.h"
#include "models/scenario.h"
#include "sim/bitset.h"
#include "sim/worktime.h"

/* What belongs to one district, which is one process of the kernel: its lists, its books, its calendar. */
typedef struct hw_district_state {
    hw_bitset ready[HW_STAGES]; /* ranks of areas that have ready items */
    uint32_t area_count;
    uint32_t *areas;   /* its hazard areas, in the order of the scenario */
    uint32_t *by_rank; /* the same, best first */
    uint32_t first_item, first_parcel, next_parcel, end_item;
    uint32_t idle_head[HW_REGISTRY_MOST]; /* idle teams by method, linked by hw_team.next_idle */
    uint32_t idle_methods;                /* bit m: somebody of method m is idle here */
    hw_ready sent;                        /* ground on its way to a ready list, in the order it was sent */
    uint32_t calls;                       /* reports that no team has heard of yet */
    uint64_t entity;
    double visit_weight[HW_PEOPLE]; /* its share of all visits; sums to 1 over districts at the start */
    double access_day;
    double border_closed; /* as its tables of working time have it */
    bool opened;          /* a hazard area became accessible on the last planning day */
    bool handed_back;     /* ground became ready on this planning day, and wakes nobody by itself */
    int64_t ledger_m2[HW_HAZARDS][HW_LEDGERS];
    int64_t baseline_m2[HW_HAZARDS], new_m2[HW_HAZARDS];
    int64_t items[HW_ITEM_TYPES][HW_ITEM_STATES];
    uint32_t missed_count;                 /* of its part of hw_ground.missed_list */
    uint32_t missed_caches;                /* caches passed over */
    int64_t missed_in_caches;              /* of the missed remnants */
    uint32_t spots_in_hand[HW_ITEM_TYPES]; /* of teams on call; counted by the check of laws */
    uint32_t spot_tasks[HW_ITEM_TYPES];    /* found by people, waiting for a team; still booked as missed */
    int64_t remaining_at_start;            /* m2 */
    int64_t planned_released_m2;           /* so far, of hazard areas that places with planned people need */
    int64_t victims[HW_VICTIMS];
    double use_days[HW_USES];
    double completion_day; /* NaN: not yet */
    uint32_t open_items;
    double resident_people;
    double survey_aid;          /* pace of its survey teams with people lent to them, against their own */
    double unease;              /* of the willing families, the share that tension keeps away */
    double danger[HW_PEOPLE];   /* sum of its areas' weights: see hw_danger */
    uint32_t accidents;         /* of civilians so far */
    uint32_t finds, missed_met; /* occurrences drawn */
    double accidents_12_months; /* decaying count that people remember */
    uint32_t checks, failed_checks;
    uint32_t passes_in_a_row; /* of external checks: the sampling regime follows it */
    hw_worktime worktime[2];  /* by hw_calendar_kind */
} hw_district_state;

#endif
