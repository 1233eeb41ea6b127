/* Draws the values of a scenario for one replication. */
#include "sim/schema.h"

static double realise(const hw_value *value, hw_rng_key key, uint64_t purpose) {
    if (value->distribution.kind == HW_FIXED) {
        return hw_distribution_median(&value->distribution);
    }
    return hw_distribution_quantile(&value->distribution, hw_draw(key, value->entity, purpose, 0));
}

void hw_values_realise(const hw_values *values, hw_rng_key key, uint64_t purpose, double *out) {
    for (uint32_t i = 0; i < values->count; i++) {
        out[i] = realise(&values->items[i], key, purpose);
    }
}
