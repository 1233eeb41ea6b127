/* Whether any team can ever work on a hazard area, and any stream ever pay: by dates, permits, schools,
 * access, earmarks and conditions, with bounds that no replication passes. What is doubted is taken to be
 * possible. */
#ifndef HW_MODELS_REACH_TEAMS_H
#define HW_MODELS_REACH_TEAMS_H

#include "models/land.h"

/* Days, both included; empty when `from` is after `to`. */
typedef struct hw_span {
    double from, to;
} hw_span;

/* The day from which an area may be entered: the latest of the start, its district's access and its own. */
double hw_reach_opening(const hw_scenario *scenario, uint32_t area);

/* When teams may enter it: from the first planning day after that to the horizon. */
hw_span hw_reach_access(const hw_scenario *scenario, uint32_t area);

/* Whether closures leave no day of the span in a district. */
bool hw_reach_closed(const hw_scenario *scenario, uint32_t district, hw_span span);

/* Whether teams of a method that works on the stage can ever work in the area. When not, `why` says what
 * comes nearest to it, as a phrase such as "'Dogs' has no team (teams: 0)". */
enum { HW_REACH_WHY = 512 };
bool hw_reach_served(const hw_scenario *scenario, uint32_t area, hw_stage stage, char why[HW_REACH_WHY]);

/* Whether firms may bid for work of a method in an area, or anywhere (HW_NOTHING). Whether money may pay them
 * is not looked into. */
bool hw_reach_by_contract(const hw_scenario *scenario, uint32_t area, uint32_t method);

/* Whether any stream can ever pay a firm for some work that it does; `why` as above. */
bool hw_reach_contract_paid(const hw_scenario *scenario, uint32_t contract, char why[HW_REACH_WHY]);

/* Whether any stream can ever pay for the building of a place; `why` as above. */
bool hw_reach_built(const hw_scenario *scenario, uint32_t place, char why[HW_REACH_WHY]);

#endif
