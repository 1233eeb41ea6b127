/* Expected accidents: belief in mines times people exposed; people still to come count as visitors to be, a
 * thousand as one. */
#include "models/rule.h"

const hw_section hw_rule_casualty_risk_parameters = {
    "casualty_risk", "Ground that is likely mined and much visited goes first.", HW_NO_PARAMETERS, NULL, 0};

static double score(const void *parameters, const double *values, const hw_area_view *area) {
    (void)parameters;
    (void)values;
    return area->belief * (area->visitors + area->people / 1000);
}

const hw_rule hw_rule_casualty_risk = {.score = score};
