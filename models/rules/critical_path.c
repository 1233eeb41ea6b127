/* Places by their people for each day of work; within a place, the area with most work left is the critical
 * one, since a place opens when its last area does. */
#include "models/rule.h"

const hw_section hw_rule_critical_path_parameters = {
    "critical_path",
    "Places by people for each day of work; in a place, the hazard area that keeps it waiting longest.",
    HW_NO_PARAMETERS, NULL, 0};

static double score(const void *parameters, const double *values, const hw_area_view *area) {
    (void)parameters;
    (void)values;
    double share = isfinite(area->place_team_days) ? area->team_days / (1 + area->place_team_days) : 0;
    return hw_people_per_work(area) * (1 + share);
}

const hw_rule hw_rule_critical_path = {.score = score};
