/* Belief in mines, nothing else. */
#include "models/rule.h"

const hw_section hw_rule_worst_first_parameters = {
    "worst_first", "The ground that is most likely mined goes first, whoever waits for it.", HW_NO_PARAMETERS,
    NULL, 0};

static double score(const void *parameters, const double *values, const hw_area_view *area) {
    (void)parameters;
    (void)values;
    return area->belief;
}

const hw_rule hw_rule_worst_first = {.score = score};
