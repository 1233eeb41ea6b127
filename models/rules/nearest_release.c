/* Ground that no place waits for scores below 1, so it comes after any place that is less than 1e6 team-days
 * from its release. */
#include "models/rule.h"
#include <math.h>

const hw_section hw_rule_nearest_release_parameters = {
    "nearest_release",
    "The place that needs least work goes first, then open land that needs least work: easiest first, as "
    "today.",
    HW_NO_PARAMETERS, NULL, 0};

static double score(const void *parameters, const double *values, const hw_area_view *area) {
    (void)parameters;
    (void)values;
    if (isfinite(area->place_team_days)) {
        return 1e6 / (1 + area->place_team_days);
    }
    return 1 / (1 + area->team_days);
}

const hw_rule hw_rule_nearest_release = {.score = score};
