/* The scenario's own list. */
#include "models/rule.h"

const hw_section hw_rule_fixed_order_parameters = {
    "fixed_order",
    "As the key 'order' of each hazard area says, smaller first; at the same place in it, by people for each "
    "day of work.",
    HW_NO_PARAMETERS, NULL, 0};

static double stage(const void *parameters, const double *values, const hw_area_view *area) {
    (void)parameters;
    (void)values;
    return -area->order;
}

static double score(const void *parameters, const double *values, const hw_area_view *area) {
    (void)parameters;
    (void)values;
    return hw_people_per_work(area);
}

const hw_rule hw_rule_fixed_order = {.score = score, .stage = stage};
