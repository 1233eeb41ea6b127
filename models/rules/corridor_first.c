/* Corridors are a stage of their own, before all other ground. */
#include "models/rule.h"
#include <math.h>

const hw_section hw_rule_corridor_first_parameters = {
    "corridor_first", "Roads and power lines first, since they open other places; then by nearest release.",
    HW_NO_PARAMETERS, NULL, 0};

static double stage(const void *parameters, const double *values, const hw_area_view *area) {
    (void)parameters;
    (void)values;
    return area->corridor;
}

static double score(const void *parameters, const double *values, const hw_area_view *area) {
    (void)parameters;
    (void)values;
    return isfinite(area->place_team_days) ? 1e6 / (1 + area->place_team_days) : 1 / (1 + area->team_days);
}

const hw_rule hw_rule_corridor_first = {.score = score, .stage = stage};
