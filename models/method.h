/* A method is a kind of team: what it may work on, how long that takes, and what it leaves behind.
 *
 * A new asset type is one file, which defines `hw_method_<name>` and the descriptor table
 * `hw_method_<name>_parameters` (of a struct that starts with hw_team_terms), and one row in
 * methods/methods.c. */
#ifndef HW_MODELS_METHOD_H
#define HW_MODELS_METHOD_H

#include "models/land.h"
#include "sim/schema.h"

typedef enum hw_calendar_kind { HW_CALENDAR_GROUND, HW_CALENDAR_DOGS, HW_CALENDARS } hw_calendar_kind;

/* What every kind of team has: people, cost, training, breakdown. First member of each method's parameters.
 */
typedef struct hw_team_terms {
    hw_value_id people;                            /* persons, with support staff */
    hw_value_id running_cost, standby_cost;        /* USD a day */
    hw_value_id purchase, lead_time, service_life; /* USD; days; days (0: none) */
    hw_value_id course, accreditation, pass, retraining;
    hw_value_id attrition;               /* 1/day */
    hw_value_id breakdown_after, repair; /* field days (0: never); days */
    hw_value_id move_cost, move_time;
    hw_value_id learning_start, learning_time; /* share of full output on the first day; field days */
} hw_team_terms;

extern const hw_section hw_team_section;

/* What limits how many teams of a method there can be, beside money. */
typedef enum hw_supply { HW_SUPPLY_PEOPLE, HW_SUPPLY_DOGS, HW_SUPPLY_MACHINES } hw_supply;

typedef struct hw_method {
    hw_supply supply;
    hw_calendar_kind calendar;
    hw_cause cause;             /* what the delay ledger calls a wait for this method */
    hw_purpose purpose;         /* what its running cost is booked under */
    hw_stage stages[HW_STAGES]; /* what it may work on: in ground of one rank, first to last */
    uint32_t stage_count;
    uint32_t
        last_resorts; /* of its stages, those at the end: only where nothing else waits in the district */

    /* Works out per-replication numbers into `numbers`: team-days of field work per m2 on typical ground
     * for each of its stages (used by the planner), and whatever field_days needs. */
    void (*set_up)(hw_land *land, const void *parameters, hw_method_numbers *numbers);

    /* Takes the next piece of work in the district: an item, or HW_NOTHING. NULL: the best item of `stages`.
     */
    uint32_t (*take)(hw_land *land, uint32_t district);

    /* Field days that a full, experienced team needs for the item. */
    double (*field_days)(hw_land *land, const hw_method_numbers *numbers, uint32_t item);

    /* The work is done: updates truth, belief, ledgers and sends the item on. Each word of the task's draws
     * is read once (hw_task_spend). Returns the number of items
     * excavated by hand (the exposure of deminers to accidents). */
    uint32_t (*finish)(hw_land *land, const hw_method_numbers *numbers, hw_task *task, double now);

    /* Team-days of work waiting in a district, for methods whose work is not ground; NULL otherwise. */
    double (*waiting)(const hw_land *land, const hw_method_numbers *numbers, uint32_t district);
    bool on_call; /* woken when something is reported */

    /* A team leaves service with this work in hand; only for methods with a `take` of their own. */
    void (*put_back)(hw_land *land, uint32_t district, uint32_t work);
} hw_method;

extern const hw_registry hw_methods;               /* sections, for the loader */
extern const hw_method *const hw_method_list[];    /* the same order */
extern const char *const hw_method_names[];        /* NULL-terminated, for choices */
extern const char *const hw_method_names_or_any[]; /* "any" first */

#endif
