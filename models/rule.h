/* A priority rule scores hazard areas on planning days; teams go where the score is highest.
 *
 * A new rule is one file, which defines `hw_rule_<name>` and its descriptor table
 * `hw_rule_<name>_parameters`, and one row in rules/rules.c. */
#ifndef HW_MODELS_RULE_H
#define HW_MODELS_RULE_H

#include "sim/schema.h"
#include <math.h>

/* What the planner believes about a hazard area, never the truth. */
typedef struct hw_area_view {
    double open_m2;         /* not yet released */
    double team_days;       /* estimated field work left in it */
    double cost_usd;        /* of that work */
    double belief;          /* mean probability that its open ground is mined */
    double people;          /* planned for the unreleased places that need it */
    double place_team_days; /* work left in the most nearly released place that needs it; +infinity when none
                               does */
    double place_people;    /* planned people of that place */
    double visitors;        /* weight of civilian exposure in the district */
    double date;            /* of the planning day, in days since 1970-01-01 */
    uint32_t setting;
    bool corridor; /* some corridor needs it */
    double order;  /* as the scenario says */
} hw_area_view;

typedef struct hw_rule {
    /* Higher goes first; finite. `values` are the realised values of the replication. */
    double (*score)(const void *parameters, const double *values, const hw_area_view *area);

    /* Ground of a higher stage goes before all ground of a lower one, whatever the scores; NULL: all is of
     * one. The planner's reluctance to change its mind (planning.hysteresis) holds for scores only. */
    double (*stage)(const void *parameters, const double *values, const hw_area_view *area);
} hw_rule;

/* People who can return for each day of work that their place still needs; ground that no place waits for has
 * less than any place, and the more the less work it is. */
static inline double hw_people_per_work(const hw_area_view *area) {
    return isfinite(area->place_team_days) ? (1 + area->place_people) / (1 + area->place_team_days)
                                           : 1e-9 / (1 + area->team_days);
}

extern const hw_registry hw_rules;
extern const hw_rule *const hw_rule_list[];
extern const char *const hw_rule_names_or_as_planned[];
extern const char *const hw_rule_names[]; /* NULL-terminated */

#endif
