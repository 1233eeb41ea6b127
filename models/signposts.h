/* Signposts: what planners will do when they see that something is so. Each is read on planning days from
 * what is in the books of that day (ground released, money spent, people home, victims, places, accession),
 * never from the truth that was drawn; what is done then is done on that day, and stays done.
 *
 * Whatever a signpost does a scenario could also say with that date: a signpost whose condition never holds
 * changes nothing, and one that always holds is that plan. */
#ifndef HW_MODELS_SIGNPOSTS_H
#define HW_MODELS_SIGNPOSTS_H

#include "models/kinds.h"
#include "models/scenario.h"

enum { HW_DECIDE_BY_READING, HW_DECIDE_ALWAYS, HW_DECIDE_NEVER };
enum { HW_ACCESSION_ANY, HW_ACCESSION_YES, HW_ACCESSION_NO };

/* What is read. */
typedef enum hw_reading_kind {
    HW_READ_RELEASED,       /* m2 since the start */
    HW_READ_RELEASED_SHARE, /* of all ground that is or was suspected there */
    HW_READ_SPENT,          /* USD on mine action since the start, in the whole country */
    HW_READ_PEOPLE,         /* at home */
    HW_READ_VICTIMS,        /* since the start */
    HW_READINGS,
} hw_reading_kind;

/* As the scenario says it. */
typedef struct hw_signpost {
    int64_t on, until;
    uint32_t decide;
    uint32_t district; /* HW_NO_REFERENCE: the country */
    hw_value_id below[HW_READINGS], above[HW_READINGS];
    uint32_t released_place, waiting_place, accession;
    uint32_t rule, pull; /* 0: none; otherwise index + 1 */
    uint32_t stream;
    hw_value_id times;
    uint32_t hire, retire; /* assets */
    uint32_t to, teams, method;
} hw_signpost;

extern const hw_section hw_signpost_section;

typedef struct hw_signpost_state {
    double done_day; /* NaN: not yet */
    bool over;       /* and never will be */
} hw_signpost_state;

/* The signposts of a world. */
typedef struct hw_signposts {
    hw_signpost_state *items;
    double *released; /* by district: m2 that had left suspicion before the start */
    uint32_t keeping; /* bit m: teams of method m are to be in some district */
    uint32_t rule;    /* priority rule in force */
} hw_signposts;

/* Once the ground is as it was on the first day. */
void hw_signposts_begin(hw_land *land);

/* A planning day, before anything else is planned. */
void hw_signposts_plan(hw_land *land, double now);

/* What planners read on a planning day; `district` may be HW_NO_REFERENCE. */
double hw_signposts_read(const hw_land *land, hw_reading_kind kind, uint32_t district);

/* Teams of a method that signposts want in districts, as far as there is work for them: adds them to
 * the planner's `kept` and the planner's targets, and takes them from `teams`. */
void hw_signposts_keep(hw_land *land, uint32_t method, uint32_t *teams);

/* The first day on which a lever may be pulled, by its own date or by a signpost; INT64_MAX: never. */
int64_t hw_lever_first_day(const hw_scenario *scenario, uint32_t lever);

/* Whether a signpost may hire the teams of an asset before their own day. */
bool hw_signposts_may_hire(const hw_scenario *scenario, uint32_t asset);

/* Mistakes that only the model knows: see hw_scenario_check. */
void hw_signposts_check(const hw_scenario *scenario, hw_where_function where, const void *context,
                        hw_errors *errors, hw_errors *warnings);

#endif
