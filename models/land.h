/* The state of one world of the land release model: plain arrays in one arena, indices instead of pointers.
 *
 * Truth and belief are kept apart: planners and teams read belief, only the ground (truth.c), accidents and
 * quality checks read truth. Areas are whole m2 and money whole cents, so that conservation is exact. */
#ifndef HW_MODELS_LAND_H
#define HW_MODELS_LAND_H

#include "models/bell.h"
#include "models/pace.h"
#include "models/scenario.h"
#include "sim/queue.h"
#include "sim/worktime.h"
#include "sim/world.h"

/* Where a piece of ground stands. Up to HW_STAGES it waits for, or is under, a team's work. */
typedef enum hw_stage {
    HW_STAGE_SURVEY,       /* suspected (SHA), waits for non-technical survey */
    HW_STAGE_TECHNICAL,    /* confirmed (CHA), waits for technical survey */
    HW_STAGE_PREPARE,      /* clearance parcel, wants mechanical ground preparation */
    HW_STAGE_CLEAR_ANY,    /* clearance parcel, dogs or deminers */
    HW_STAGE_CLEAR_MANUAL, /* clearance parcel, deminers only */
    HW_STAGE_BATTLE,       /* battle area clearance */
    HW_STAGE_CHECK,        /* cleared, sampled for the external quality check */
    HW_STAGES,
    HW_STAGE_REPORT = HW_STAGES, /* waits for its completion report */
    HW_STAGE_RELEASED,
    HW_STAGE_HIDDEN, /* not yet suspected by anybody */
    HW_STAGE_SPLIT,  /* a block whose ground is now in parcels and in its reduced part */
} hw_stage;

typedef enum hw_ledger {
    HW_LEDGER_REMAINING,
    HW_LEDGER_CANCELLED,
    HW_LEDGER_REDUCED,
    HW_LEDGER_MINE_CLEARED,
    HW_LEDGER_BATTLE_CLEARED,
    HW_LEDGERS,
} hw_ledger;

typedef enum hw_cause {
    HW_CAUSE_ACCESS,
    HW_CAUSE_CONFLICT,
    HW_CAUSE_SURVEY,
    HW_CAUSE_TECHNICAL,
    HW_CAUSE_MONEY,
    HW_CAUSE_MANUAL,
    HW_CAUSE_DOGS,
    HW_CAUSE_MACHINES,
    HW_CAUSE_BATTLE,
    HW_CAUSE_SEASON,
    HW_CAUSE_QUALITY,
    HW_CAUSE_HOUSING,
    HW_CAUSES,
} hw_cause;

/* What a team does with its days; every team-day from its order to its end has exactly one. */
typedef enum hw_use {
    HW_USE_WORKING,   /* field days */
    HW_USE_SEASON,    /* rest days, weather, snow, heat, closures, with a task in hand */
    HW_USE_BREAKDOWN, /* repair, retraining, stand-down after an accident */
    HW_USE_NO_WORK,   /* nothing in the district that it could do */
    HW_USE_MONEY,     /* stood down for want of money */
    HW_USE_MOVING,
    HW_USE_PREPARING, /* hiring, purchase, training, accreditation, permits, waiting for money to order */
    HW_USE_AWAY,      /* lent to other countries */
    HW_USES,
} hw_use;

typedef enum hw_purpose {
    HW_PURPOSE_SURVEY,
    HW_PURPOSE_CLEARANCE,
    HW_PURPOSE_QUALITY,
    HW_PURPOSE_STANDBY,
    HW_PURPOSE_MOVES,
    HW_PURPOSE_TRAINING,
    HW_PURPOSE_PURCHASE,
    HW_PURPOSE_OVERHEAD,
    HW_PURPOSE_BUILDING,
    HW_PURPOSE_POLICY,
    HW_PURPOSE_VICTIM_AID,
    HW_PURPOSES,
} hw_purpose;

enum { HW_ITEM_AP, HW_ITEM_AT, HW_ITEM_ERW, HW_ITEM_TYPES };
enum {
    HW_STATE_LAID,
    HW_STATE_FOUND,
    HW_STATE_EXPLODED,
    HW_STATE_MISSED,
    HW_STATE_REMAINING,
    HW_ITEM_STATES
};
enum {
    HW_VICTIM_CIVILIAN_KILLED,
    HW_VICTIM_CIVILIAN_INJURED,
    HW_VICTIM_DEMINER_KILLED,
    HW_VICTIM_DEMINER_INJURED,
    HW_VICTIMS
};

/* The dated steps of a place's story. */
typedef enum hw_step {
    HW_STEP_ACCESS,      /* teams may enter the district */
    HW_STEP_FIRST_WORK,  /* first task on its hazard areas done */
    HW_STEP_SURVEYED,    /* non-technical survey of all its areas done (latest, with ground found later) */
    HW_STEP_LAST_TASK,   /* the last survey, clearance or check before release */
    HW_STEP_RELEASED,    /* last completion report */
    HW_STEP_BUILDING,    /* building starts */
    HW_STEP_FIRST_HOMES, /* first families arrive */
    HW_STEP_HALF,        /* half of the planned people live there */
    HW_STEPS,
} hw_step;

/* What draws are for: the only list of purposes. Never reorder: append. */
typedef enum hw_draw_purpose {
    HW_DRAW_VALUE,     /* scenario values, one a replication */
    HW_DRAW_WEATHER,   /* entity: district; occurrence: block of four weeks */
    HW_DRAW_POLYGON,   /* truth shares of a polygon */
    HW_DRAW_HIDDEN,    /* undiscovered ground of a hazard area */
    HW_DRAW_TRUTH,     /* of a block */
    HW_DRAW_SPLIT,     /* items of a block among parcels */
    HW_DRAW_PARCEL,    /* what a parcel is like */
    HW_DRAW_TASK,      /* the four draws that every task on the ground needs: hw_task_draw */
    HW_DRAW_MISS,      /* items missed in clearing an item */
    HW_DRAW_DETONATE,  /* mines set off by a machine in a parcel */
    HW_DRAW_REPORT,    /* time of a completion report */
    HW_DRAW_BREAKDOWN, /* of a team */
    HW_DRAW_ACCREDIT,  /* of a team */
    HW_DRAW_DEMINER,   /* accident of a team */
    HW_DRAW_CIVILIAN,  /* accidents of a district in a month */
    HW_DRAW_ACCIDENT,  /* one civilian accident */
    HW_DRAW_FIND,      /* residual items found in a district in a month */
    HW_DRAW_STREAM,    /* life of a funding stream */
    HW_DRAW_BUILDING,  /* of a place */
    HW_DRAW_ARRIVAL,   /* families of a place in a month */
    HW_DRAW_LEVER,     /* entity: a lever; occurrence: month */
    HW_DRAW_REMINED,   /* new mines in released ground in a month */
    HW_DRAW_MAPS,      /* of a block: whether maps handed over later tell the truth about it */
    HW_DRAW_RECORD,    /* entity: lever; occurrence: one record of a past accident */
    HW_DRAW_PERMIT,    /* of a team */
    HW_DRAW_SWITCH,    /* of a stream: whether its giver turns to victim assistance */
    HW_DRAW_LATE,      /* of a stream; occurrence: one tranche, or the day a part of a budget is due */
} hw_draw_purpose;

/* The words of a task's block of draws: its pace, two results as the method uses them, and the time of its
 * report. */
typedef enum hw_task_draw {
    HW_TASK_PACE,
    HW_TASK_FIRST,
    HW_TASK_SECOND,
    HW_TASK_REPORT,
    HW_TASK_DRAWS,
} hw_task_draw;

/* Kinds of events, first in order at equal times. */
enum { HW_EVENT_REPORT, HW_EVENT_TEAM, HW_EVENT_ACCIDENT, HW_EVENT_FIND, HW_EVENT_HOMES };

enum {
    HW_NOTHING = UINT32_MAX,
    HW_IN_HAND = UINT32_MAX - 1,
    HW_AREAS_PER_DISTRICT = 64,
    HW_OUTCOME_VARIABLES = 32
};

enum {
    HW_ITEM_DRAWN = 1, /* truth is known to the engine */
    HW_ITEM_MINED = 2,
    HW_ITEM_PREPARED = 4, /* by a machine */
    HW_ITEM_STEEP = 8,
    HW_ITEM_NO_DOGS = 16,
    HW_ITEM_WAS_BATTLE = 32, /* its clearance is booked as battle area clearance */
    HW_ITEM_REDUCED = 64,    /* its release is booked as reduced */
    HW_ITEM_CANCELLED = 128,
};

/* A survey block or a clearance parcel. */
typedef struct hw_item {
    uint32_t next; /* in its ready list */
    uint32_t area_m2;
    uint32_t polygon;
    uint32_t block; /* a parcel's block; a block's own index */
    float belief_mined, belief_battle;
    float pattern_m2;               /* truth: ground inside the pattern */
    uint16_t hidden[HW_ITEM_TYPES]; /* truth: items still in the ground, not yet passed over */
    uint16_t missed[HW_ITEM_TYPES]; /* truth: items passed over and still there */
    uint16_t part; /* a parcel's number in its block, from 1 on and never twice; 0 for a block */
    uint8_t stage, flags;
    uint8_t attempt; /* times it has been worked on */
    bool listed;     /* in its district's list of ground with missed items */
} hw_item;

typedef struct hw_polygon {
    uint32_t area;         /* hazard area */
    uint32_t first, count; /* its known blocks */
    float mined, battle;   /* truth: share of blocks */
    bool imaged;           /* flown over */
} hw_polygon;

/* First-in first-out list of items that wait for a stage. */
typedef struct hw_ready {
    uint32_t head, tail;
} hw_ready;

/* Cache lines again: ground by stage, then what planning days want besides, then what events want. */
typedef struct hw_area {
    _Alignas(64) int64_t open_m2[HW_STAGES]; /* waiting or under work, by stage */
    int64_t reporting_m2;

    uint32_t district;
    uint32_t open_items; /* known and not yet released */
    uint32_t rank;       /* within its district, this month */
    bool accessible;     /* as of the last planning day */
    bool planned_use;    /* planned people wait for it, as of the last planning day */
    double access_day;
    double belief_m2; /* sum of belief * area over open known ground: what planners expect */
    double belief, team_days, all_open_m2; /* as of the last planning day */
    double order;                          /* as the scenario says */

    hw_ready ready[HW_STAGES];
    uint64_t entity;
    uint32_t class, setting;
    uint32_t first_polygon, polygon_count;
    uint32_t first_block, block_count;   /* known at the start */
    uint32_t first_hidden, hidden_most;  /* laid out for the largest share */
    uint32_t hidden_count, hidden_found; /* in this replication */
    uint32_t next_polygon;               /* for aerial survey */
} hw_area;

/* Words that hold a bit for each of so many positions. */
#define HW_POSITION_WORDS(count) (((count) + 63) / 64)

/* What posting needs to know of an area, in one cache line. */
typedef struct hw_open_ground {
    double open_m2[HW_STAGES];
    uint32_t district, setting;
} hw_open_ground;

typedef struct hw_district_state {
    uint64_t ready_mask[HW_STAGES]; /* bit r: the area of rank r has ready items */
    uint32_t by_rank[HW_AREAS_PER_DISTRICT];
    uint32_t area_list[HW_AREAS_PER_DISTRICT], area_count;
    uint32_t first_item, first_parcel, next_parcel, end_item;
    uint32_t idle_head[HW_REGISTRY_MOST]; /* idle teams by method, linked by hw_team.next_idle */
    uint32_t idle_methods;                /* bit m: somebody of method m is idle here */
    double access_day;
    bool opened; /* a hazard area became accessible on the last planning day */
    int64_t ledger_m2[HW_HAZARDS][HW_LEDGERS];
    int64_t baseline_m2[HW_HAZARDS], new_m2[HW_HAZARDS];
    int64_t items[HW_ITEM_TYPES][HW_ITEM_STATES];
    uint32_t missed_count;              /* of its part of hw_land.missed_list */
    uint32_t spot_tasks[HW_ITEM_TYPES]; /* found by people, waiting for a team; still booked as missed */
    int64_t remaining_at_start;         /* m2 */
    int64_t planned_released_m2;        /* so far, of hazard areas that places with planned people need */
    int64_t victims[HW_VICTIMS];
    double use_days[HW_USES];
    double completion_day; /* NaN: not yet */
    uint32_t open_items;
    double resident_people;
    double unease;              /* of the willing families, the share that tension keeps away */
    uint32_t accidents, finds;  /* occurrences drawn */
    double accidents_12_months; /* decaying count that people remember */
    uint32_t checks, failed_checks;
    uint32_t passes_in_a_row; /* of external checks: the sampling regime follows it */
    hw_worktime worktime[2];  /* by hw_calendar_kind */
} hw_district_state;

enum {
    HW_TEAM_ORDERED,
    HW_TEAM_TRAINING,
    HW_TEAM_IDLE,
    HW_TEAM_WORKING,
    HW_TEAM_REPAIR,
    HW_TEAM_STOOD_DOWN,
    HW_TEAM_MOVING,
    HW_TEAM_AWAY,
    HW_TEAM_GONE
};

/* Three cache lines: what planning days read of every team, its work, and the rest. */
typedef struct hw_team {
    _Alignas(64) uint32_t method;
    uint32_t operator_;
    uint32_t district; /* HW_NOTHING before its first posting */
    uint32_t state;
    uint32_t leaving;  /* takes no new work: posted elsewhere on the next planning day */
    uint32_t item;     /* in hand, or HW_NOTHING */
    uint32_t sequence; /* of the event it waits for; 0: none */
    hw_use use;
    double strength; /* share of its people present */
    double since_order, ready_day, retire_day;

    double since;                      /* of its present state, for use_days */
    double work_from;                  /* when the present stretch of work began */
    double work_booked;                /* field days of that stretch that are in the books */
    double work_left, until_breakdown; /* field days */
    double repair_days;                /* of the next breakdown */
    double experience;                 /* field days */
    uint64_t entity;

    double draw[HW_TASK_DRAWS]; /* of the task in hand */
    uint32_t next_idle;
    uint32_t asset;
    uint32_t breakdowns, trainings, accidents; /* occurrences drawn */
    bool choosy;                               /* works on some settings only: never in an idle list */
} hw_team;

typedef struct hw_method_numbers {
    double people, running_cost, standby_cost, purchase, lead_time, service_life, course, accreditation, pass,
        retraining, attrition, breakdown_rate, repair, move_cost, move_time, learning_start, learning_rate;
    double pace;              /* output against the method's figures: less when its people are lent */
    double effort[HW_STAGES]; /* team-days per m2 on typical ground, for planning */
    double number[16];        /* the method's own */
} hw_method_numbers;

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
    double willing_share, household;
    double planned_houses, planned_people;
    uint64_t entity;
} hw_place_state;

typedef struct hw_stream_state {
    int64_t pledged, committed, disbursed, spent, lapsed, returned, dropped, retained; /* cents */
    int64_t granted; /* part of the four first: came on top of the pledge, outside its tranches */
    int64_t balance; /* disbursed and neither spent nor gone */
    double signing_day, drop_day, expiry_day; /* expiry of a budget: the end of its present year */
    double next_tranche_day, arrival_day;     /* when the next instalment is due, and when it comes */
    uint32_t tranche, tranches;
    bool closing;                             /* past its end date: only what was retained is left */
    bool victim_aid;                          /* the giver has turned to victim assistance */
    int64_t allowed;                          /* that may be spent this month */
    uint32_t entry;                           /* of a yearly series */
    double work_share, overhead_share;        /* of a dollar spent; overhead over work */
    uint32_t first_year, years;               /* of hw_land.budget_years: opened so far */
    uint32_t paying;                          /* of these, the one whose part `tranche` comes next */
    bool withdrawn;                           /* the giver budgets no more */
    double booked_to;                         /* the planning day before this one */
    double drop_rate, exposure, exposed_from; /* hazard of withdrawal: 1/day; left to drop_day; since when */
    double answer;                            /* uniform: what this donor makes of an offer, see conditions */
    uint64_t entity;
} hw_stream_state;

/* A budget year of a yearly stream, from its first day on. */
typedef struct hw_budget_year {
    double start;
    int64_t cents;
    uint32_t parts; /* monthly */
} hw_budget_year;

/* A lever that the scenario switches on, in the order of the registry. */
typedef struct hw_lever_state {
    uint32_t lever;                      /* index in the registry */
    uint32_t first_change, change_count; /* of hw_land.policy_changes */
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

/* What levers in force say besides changed values. */
typedef struct hw_policy {
    double treaty_days;    /* since accession took effect; negative: it has not */
    double giving;         /* what donors sign and budget, against what they would have */
    double favour_planned; /* see levers/development_grants.c: 0 to 1 */
    double maps_told;      /* share of ground about which maps handed over since the start tell the truth */
} hw_policy;

/* Monthly sums kept for the outcome. */
typedef struct hw_month_row {
    int64_t ledger_m2[HW_LEDGERS];
    int64_t found[HW_ITEM_TYPES];
    int64_t victims[HW_VICTIMS];
    double people_back, people_employed;
} hw_month_row;

/* What is kept of a district at the end of each period of its series. */
typedef struct hw_district_row {
    int64_t ledger_m2[HW_HAZARDS][HW_LEDGERS];
    int64_t found[HW_ITEM_TYPES];
    int64_t victims[HW_VICTIMS];
    double people;
    double use_days[HW_USES];
} hw_district_row;

typedef struct hw_wage hw_wage; /* money.h */

typedef struct hw_land {
    const hw_scenario *scenario;
    hw_rng_key key;
    double *value;  /* realised scenario values in force, by hw_value_id */
    double *drawn;  /* the same as drawn, before levers */
    double horizon; /* days */
    uint32_t district_count, area_count, polygon_count, item_count, team_count, place_count, stream_count,
        budget_year_count, method_count;

    hw_district_state *districts;
    hw_area *areas;
    hw_polygon *polygons;
    hw_item *items;
    uint32_t *missed_list; /* by district from its first_item: ground with missed items */
    float *nominal_m2;     /* of a block of each area, as laid out */
    hw_team *teams;
    hw_place_state *places;
    hw_stream_state *streams;
    hw_budget_year *budget_years; /* by stream from its first_year */
    uint32_t *area_places;        /* places that need an area, packed; area_place_first has area_count + 1 */
    uint32_t *area_place_first;
    uint32_t area_place_count;
    double *area_score;          /* on this planning day */
    uint32_t *score_order;       /* areas, best first */
    hw_open_ground *open_ground; /* accessible areas with work in them on this planning day, best first */
    uint32_t open_ground_count;
    uint64_t *open_at[HW_STAGES]; /* bit i: ground at position i of open_ground has work of the stage */
    hw_method_numbers *methods;
    hw_bell *bell;
    hw_pace *pace;
    uint32_t weeks;
    double *closes_until;              /* by district and cause: end of the last closure; -infinity: none */
    double *week_share, *week_weather; /* scratch */
    double *week_from_winter, *week_from_summer; /* days between a week and mid winter, mid summer */
    double *week_open;                           /* week_open: district x week, share not closed */
    double *week_fought; /* share of each week with fighting, so far; kept when `fought` */
    bool fought;
    uint64_t *district_entity;
    double *district_visitors; /* weight of civilian exposure */
    uint32_t *stream_order;    /* streams, most restricted first */
    /* Streams that may pay for a district, operator, method or neither, and for the building of a place: a
     * bit for each place in that order. */
    uint64_t *pays_district, *pays_operator, *pays_place, pays_method[HW_REGISTRY_MOST], pays_nowhere,
        pays_nobody, pays_for[HW_PAYS];
    uint64_t funded;     /* that have money left for this month */
    uint64_t pays_work;  /* that may pay work on the ground: earmarks for a place end with its release */
    uint64_t refused_by; /* streams that together could not pay the last bill refused this month */
    int64_t refused_cents;
    hw_wage *wages;                              /* by asset, this month */
    uint32_t *method_teams, *method_teams_first; /* teams by method, packed */
    uint32_t *targets, *posted, *rank_cursor;    /* scratch of the planner, by district */
    uint32_t *pay_order;                         /* teams, paid first to last */
    uint32_t *wanted_at;     /* by team: position in open_ground, from 1 on, of the ground that wants it */
    uint32_t *wanted_count;  /* teams by that position */
    uint32_t lacking;        /* teams of the method being posted that districts lack */
    double *place_team_days; /* as of the last planning day */
    uint32_t typical_method; /* whose day stands for the cost of work: battle area teams */

    /* per-replication numbers that events read */
    double cancel_below, clear_above, report_mean;
    struct hw_ground { /* by setting */
        double ap, at, erw, pattern_share, signals, vegetation, steep, unfit_for_dogs;
    } *ground;
    struct hw_odds { /* by class */
        double mined, battle, believed_mined, believed_battle, patchy;
    } *odds;
    uint64_t *operator_grounds; /* bit s: its teams may work on setting s */
    double *operator_quality, *operator_pace, *operator_cost, *operator_ready, *operator_admitted;
    double unposted_days[HW_USES]; /* of teams before their first posting */
    hw_policy policy;
    hw_lever_state *levers; /* that are switched on */
    hw_policy_change *policy_changes;
    uint32_t lever_count, policy_change_count;
    double deminer_casualties, deminers_killed, stand_down;
    const double *task_draw;     /* of the task that is being finished */
    uint32_t working_team;       /* whose task is being timed or finished */
    uint32_t serving[HW_STAGES]; /* bit m: method m works on the stage */
    uint32_t quality_method;     /* which of the methods checks quality */
    uint32_t parcels_most;       /* of one block */

    /* planning */
    uint32_t month;        /* planning days so far */
    uint32_t year;         /* index of the calendar year that the present month is in */
    double planned_to;     /* the last planning day */
    double *month_ends;    /* days; month_count */
    uint32_t *month_years; /* index of the year each month belongs to */
    uint32_t month_count, year_count;
    double money_short[HW_REGISTRY_MOST]; /* share of the method's teams without money: stood down, or not
                                             ordered */
    uint32_t
        unpaid_orders[HW_REGISTRY_MOST]; /* teams that could not be ordered this month for want of money */
    uint32_t fielded;                    /* bit m: the scenario has teams of method m */
    uint32_t choosy_methods;             /* bit m: some of them work on some settings only */
    uint32_t on_call;                    /* bit m: method m waits for reports */
    double training_places;              /* left this month */
    int64_t released_12_months[12], released_before; /* by month of planning, modulo 12 */
    uint32_t checks_12[12], failed_12[12], checks_before, failed_before;

    /* what the outcome is written from */
    hw_month_row *months;
    uint32_t *month_period; /* period of the district series that a month belongs to */
    uint32_t period_count;
    double *place_people; /* place x year */
    int64_t *stream_year_spent, *purpose_year_spent;
    hw_district_row *district_rows; /* district x period: as of the period's end */
    double *visit_weight;           /* by district; sums to 1 over districts at the start */
    double visits_halved;           /* how often accidents of visits have halved by the last planning day */
    size_t outcome_offset[HW_OUTCOME_VARIABLES];

    hw_queue *queues;
    hw_failure failure; /* the first law that did not hold */
    bool failed;
} hw_land;

static inline double hw_in_force(const hw_land *land, hw_value_id id) {
    return land->value[id];
}

static inline const hw_area *hw_item_area(const hw_land *land, const hw_item *item) {
    return &land->areas[land->polygons[item->polygon].area];
}

/* The stable number of a block, the same in every scenario that has its hazard area. Parcels draw under their
 * block's. */
static inline uint64_t hw_block_entity(const hw_land *land, uint32_t block) {
    const hw_area *area = &land->areas[land->polygons[land->items[block].polygon].area];
    return area->entity + (block >= area->first_hidden ? UINT64_C(1) << 32 | (block - area->first_hidden)
                                                       : block - area->first_block);
}

/* The occurrence under which an item draws for the work of its stage: parcels, stages and repeated attempts
 * never share a draw. */
static inline uint64_t hw_item_occurrence(const hw_item *item) {
    return (uint64_t)item->part << 16 | (uint64_t)item->stage << 8 | item->attempt;
}

#endif
