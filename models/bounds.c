/* Bounds of values, from their distributions and the levers that change them. */
#include "models/bounds.h"
#include "models/policy.h"
#include <math.h>

/* Closer to 0 and 1 than any uniform that is drawn: see hw_draws_uniform. */
static const double FIRST = 1e-18, LAST = 1 - 0x1p-53;

static double bound(const hw_scenario *scenario, hw_value_id id, double p, bool low) {
    if (id == UINT32_MAX) {
        return 0;
    }
    const hw_value *value = &scenario->values->items[id];
    const hw_key *key = value->key;
    double drawn = hw_distribution_quantile(&value->distribution, p);
    if (!hw_policy_may_change(scenario, id)) {
        return drawn;
    }
    bool limited = key->low < 0 || key->low > 0 || key->high < 0 || key->high > 0;
    double limit = low ? -HUGE_VAL : HUGE_VAL;
    return limited ? (low ? key->low : key->high) : limit;
}

double hw_bounds_least(const hw_scenario *scenario, hw_value_id id) {
    return bound(scenario, id, FIRST, true);
}

double hw_bounds_most(const hw_scenario *scenario, hw_value_id id) {
    return bound(scenario, id, LAST, false);
}
