/* A place opens when its last area does: the area with most work left is the critical one. Size is discounted
 * lightly, so that endless farmland without people does not win by its extent. */
#include "models/rule.h"

const hw_section hw_rule_critical_path_parameters = {
    "critical_path",
    "The hazard area that keeps a place waiting longest goes first, weighted by the people who wait.",
    HW_NO_PARAMETERS, NULL, 0};

static double score(const void *parameters, const double *values, const hw_area_view *area) {
    (void)parameters;
    (void)values;
    return area->team_days * (1 + area->people) / (1e3 + area->open_m2 * 1e-6);
}

const hw_rule hw_rule_critical_path = {.score = score};
