/* Returnees for each dollar that clearance costs. */
#include "models/rule.h"
#include <math.h>

/* The tiny second term orders ground that no place waits for by its cost. */
const hw_section hw_rule_returnees_per_dollar_parameters = {
    "returnees_per_dollar", "People who can return for each dollar of work that their place still needs.",
    HW_NO_PARAMETERS, NULL, 0};

static double score(const void *parameters, const double *values, const hw_area_view *area) {
    (void)parameters;
    (void)values;
    double dollars_a_day = area->team_days > 0 ? area->cost_usd / area->team_days : 0;
    double place_cost =
        isfinite(area->place_team_days) ? area->place_team_days * dollars_a_day : area->cost_usd;
    return area->place_people / (1 + place_cost) + 1e-12 / (1 + area->cost_usd);
}

const hw_rule hw_rule_returnees_per_dollar = {.score = score};
