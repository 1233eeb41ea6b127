/* Draws the values of a scenario for one replication. */
#include "sim/schema.h"

static double realise(const hw_value *value, hw_rng_key key, uint64_t purpose) {
    if (value->distribution.kind == HW_FIXED) {
        return hw_distribution_median(&value->distribution);
    }
    return hw_distribution_quantile(&value->distribution, hw_draw(key, value->entity, purpose, 0));
}

uint64_t hw_member_of(const hw_members *members, hw_rng_key key, uint64_t purpose) {
    if (members->reached == NULL) {
        return key.replication % members->count;
    }
    uint64_t low = 0, high = members->count - 1;
    double wanted = hw_draw(key, hw_entity("a member"), purpose, 0) * members->reached[high];
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        bool beyond = members->reached[middle] > wanted;
        low = beyond ? low : middle + 1;
        high = beyond ? middle : high;
    }
    return low;
}

static void take_over(const hw_members *members, uint32_t count, hw_rng_key key, uint64_t purpose,
                      double *out) {
    const double *numbers = &members->numbers[hw_member_of(members, key, purpose) * members->columns];
    for (uint32_t i = 0; i < count; i++) {
        if (members->column_of[i] != HW_DRAWN_BY_ITSELF) {
            out[i] = numbers[members->column_of[i]];
        }
    }
}

void hw_values_realise(const hw_values *values, hw_rng_key key, uint64_t purpose, double *out) {
    for (uint32_t i = 0; i < values->count; i++) {
        out[i] = realise(&values->items[i], key, purpose);
    }
    if (values->members != NULL) {
        take_over(values->members, values->count, key, purpose, out);
    }
}
