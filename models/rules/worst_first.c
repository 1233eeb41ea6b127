/* Ground believed to be mined for each day of work. */
#include "models/rule.h"

const hw_section hw_rule_worst_first_parameters = {
    "worst_first",
    "Ground goes first where a day of work clears most of what is likely mined, whoever waits for it.",
    HW_NO_PARAMETERS, NULL, 0};

static double score(const void *parameters, const double *values, const hw_area_view *area) {
    (void)parameters;
    (void)values;
    return area->belief * area->open_m2 / (1 + area->team_days);
}

const hw_rule hw_rule_worst_first = {.score = score};
