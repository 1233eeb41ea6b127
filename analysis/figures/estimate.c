/* Quantiles, probabilities and means of a sample, with the half-widths of their intervals. */
#include "analysis/figures/estimate.h"
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

hw_quantile hw_estimate_quantile(const double *sorted, size_t count, double p) {
    if (count == 0) {
        return (hw_quantile){unknown, unknown, unknown, unknown};
    }
    hw_interval interval = hw_sample_quantile_interval(sorted, count, p, confidence);
    return (hw_quantile){.value = sorted[hw_quantile_position(count, p)],
                         .low = interval.low,
                         .high = interval.high,
                         .error = half_width(interval.low, interval.high)};
}

hw_probability hw_estimate_probability(size_t happened, size_t count) {
    if (count == 0) {
        return (hw_probability){unknown, unknown, unknown, unknown};
    }
    hw_interval interval = hw_wilson_interval(happened, count, confidence);
    return (hw_probability){.value = (double)happened / (double)count,
                            .low = interval.low,
                            .high = interval.high,
                            .error = half_width(interval.low, interval.high)};
}

hw_mean hw_estimate_mean(const double *values, size_t count) {
    hw_moments moments = {0};
    for (size_t i = 0; i < count; i++) {
        if (!isnan(values[i])) {
            hw_moments_add(&moments, values[i]);
        }
    }
    hw_interval interval = hw_moments_interval(&moments, confidence);
    return (hw_mean){.value = moments.count ? moments.mean : unknown,
                     .error = half_width(interval.low, interval.high)};
}

hw_spread hw_estimate_spread(double *values, size_t count) {
    hw_spread spread = {.mean = hw_estimate_mean(values, count)};
    hw_sort_censored(values, count);
    spread.p10 = hw_estimate_quantile(values, count, 0.1);
    spread.p50 = hw_estimate_quantile(values, count, 0.5);
    spread.p90 = hw_estimate_quantile(values, count, 0.9);
    return spread;
}
