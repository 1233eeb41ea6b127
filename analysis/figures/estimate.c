/* Quantiles, probabilities and means of a sample, with the half-widths of their intervals. */
#include "analysis/figures/estimate.h"
#include "sim/distribution.h"
#include "sim/statistics.h"
#include <math.h>

static const double confidence = 0.95;
static const double unknown = (double)NAN;

static double half_width(double low, double high) {
    return isfinite(low) && isfinite(high) ? (high - low) / 2 : unknown;
}

void hw_sort_censored(double *values, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (isnan(values[i])) {
            values[i] = (double)INFINITY;
        }
    }
    hw_sample_sort(values, count);
}

/* Most questions are asked of many samples of the same size. */
hw_order_bounds hw_quantile_bounds(size_t count, double p) {
    enum { KNOWN = 3 };
    static struct {
        size_t count;
        double p;
        hw_order_bounds bounds;
    } known[KNOWN];
    static unsigned next;
    for (int i = 0; i < KNOWN; i++) {
        if (known[i].count == count && known[i].p == p) {
            return known[i].bounds;
        }
    }
    const double tail = 0.5 * (1 - confidence);
    const hw_order_bounds bounds = {
        .low = hw_binomial_quantile((uint32_t)count, p, tail),
        .high = (size_t)hw_binomial_quantile((uint32_t)count, p, 1 - tail) + 1,
    };
    unsigned place = next++ % KNOWN;
    known[place].count = count;
    known[place].p = p;
    known[place].bounds = bounds;
    return bounds;
}

hw_quantile hw_estimate_quantile(const double *sorted, size_t count, double p) {
    if (count == 0) {
        return (hw_quantile){unknown, unknown, unknown, unknown};
    }
    hw_order_bounds bounds = hw_quantile_bounds(count, p);
    double low = bounds.low == 0 ? -HUGE_VAL : sorted[bounds.low - 1];
    double high = bounds.high > count ? HUGE_VAL : sorted[bounds.high - 1];
    return (hw_quantile){.value = sorted[hw_quantile_position(count, p)],
                         .low = low,
                         .high = high,
                         .error = half_width(low, high)};
}

hw_probability hw_estimate_probability(size_t happened, size_t count) {
    if (count == 0) {
        return (hw_probability){unknown, unknown, unknown, unknown};
    }
    return hw_estimate_share((double)happened / (double)count, (double)count);
}

hw_probability hw_estimate_share(double share, double trials) {
    hw_interval interval = hw_wilson_share_interval(share, trials, confidence);
    return (hw_probability){.value = share,
                            .low = interval.low,
                            .high = interval.high,
                            .error = half_width(interval.low, interval.high)};
}

hw_mean hw_mean_of_moments(const hw_moments *moments) {
    hw_interval interval = hw_moments_interval(moments, confidence);
    return (hw_mean){.value = moments->count ? moments->mean : unknown,
                     .error = half_width(interval.low, interval.high)};
}

hw_mean hw_estimate_mean(const double *values, size_t count) {
    hw_moments moments = {0};
    for (size_t i = 0; i < count; i++) {
        if (!isnan(values[i])) {
            hw_moments_add(&moments, values[i]);
        }
    }
    return hw_mean_of_moments(&moments);
}

hw_spread hw_estimate_spread(double *values, size_t count) {
    hw_spread spread = {.mean = hw_estimate_mean(values, count)};
    hw_sort_censored(values, count);
    spread.p10 = hw_estimate_quantile(values, count, 0.1);
    spread.p50 = hw_estimate_quantile(values, count, 0.5);
    spread.p90 = hw_estimate_quantile(values, count, 0.9);
    spread.censored = count > 0 && !isfinite(values[count - 1]);
    return spread;
}
