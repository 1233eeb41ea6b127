/* Expected accidents that a day of work prevents: ground believed to be mined times people exposed, over the
 * work; people still to come count as visitors to be, a thousand as one. */
#include "models/rule.h"

const hw_section hw_rule_casualty_risk_parameters = {
    "casualty_risk",
    "Ground goes first where a day of work takes most of the mines away that people may step on.",
    HW_NO_PARAMETERS, NULL, 0};

static double score(const void *parameters, const double *values, const hw_area_view *area) {
    (void)parameters;
    (void)values;
    double mined_ha = area->belief * area->open_m2 * 1e-4;
    return mined_ha * (area->visitors + area->people / 1000) / (1 + area->team_days);
}

const hw_rule hw_rule_casualty_risk = {.score = score};
