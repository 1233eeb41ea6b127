/* The scenario's own list. */
#include "models/rule.h"

const hw_section hw_rule_fixed_order_parameters = {
    "fixed_order", "As the key 'order' of each hazard area says; smaller first.", HW_NO_PARAMETERS, NULL, 0};

static double score(const void *parameters, const double *values, const hw_area_view *area) {
    (void)parameters;
    (void)values;
    return -area->order;
}

const hw_rule hw_rule_fixed_order = {.score = score};
