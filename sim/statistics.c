/* Moments, quantiles and intervals of samples. */
#include "sim/statistics.h"

#include "sim/distribution.h"
#include <assert.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <math.h>

void hw_moments_add(hw_moments *moments, double value) {
    moments->count++;
    double deviation = value - moments->mean;
    moments->mean += deviation / (double)moments->count;
    moments->squares += deviation * (value - moments->mean);
}

double hw_moments_variance(const hw_moments *moments) {
    return moments->count < 2 ? (double)NAN : moments->squares / (double)(moments->count - 1);
}

hw_interval hw_moments_interval(const hw_moments *moments, double confidence) {
    if (moments->count < 2) {
        return (hw_interval){-HUGE_VAL, HUGE_VAL};
    }
    double t = gsl_cdf_tdist_Pinv(0.5 + 0.5 * confidence, (double)(moments->count - 1));
    double half_width = t * sqrt(hw_moments_variance(moments) / (double)moments->count);
    return (hw_interval){moments->mean - half_width, moments->mean + half_width};
}

void hw_sample_sort(double *sample, size_t count) {
    gsl_sort(sample, 1, count);
}

double hw_sample_quantile(const double *sorted, size_t count, double p) {
    assert(p >= 0.0 && p <= 1.0);
    if (count == 0) {
        return (double)NAN;
    }
    double place = p * (double)(count - 1);
    size_t below = (size_t)place;
    double part = place - (double)below;
    if (part == 0.0 || below + 1 >= count) {
        return sorted[below];
    }
    if (isinf(sorted[below + 1])) {
        return sorted[below + 1]; /* infinity minus a number times a part would do, minus infinity not */
    }
    return sorted[below] + part * (sorted[below + 1] - sorted[below]);
}

size_t hw_quantile_position(size_t count, double p) {
    /* p * count may be a hair above the whole number it stands for (0.1 * 1000); that must not move the
     * position. */
    double rank = ceil(p * (double)count - 1e-9);
    size_t position = rank < 1 ? 0 : (size_t)rank - 1;
    return position < count ? position : count - 1;
}

/* The quantile lies above the k-th smallest value if at least k values are below it, so the bounds are the
 * order statistics at the binomial quantiles; an order statistic that does not exist is an infinite bound. */
hw_interval hw_sample_quantile_interval(const double *sorted, size_t count, double p, double confidence) {
    assert(confidence > 0.0 && confidence < 1.0);
    double tail = 0.5 * (1.0 - confidence);
    size_t low = hw_binomial_quantile((uint32_t)count, p, tail);
    size_t high = (size_t)hw_binomial_quantile((uint32_t)count, p, 1.0 - tail) + 1;
    return (hw_interval){
        .low = low == 0 ? -HUGE_VAL : sorted[low - 1],
        .high = high > count ? HUGE_VAL : sorted[high - 1],
    };
}

hw_interval hw_wilson_interval(uint64_t successes, uint64_t trials, double confidence) {
    assert(successes <= trials);
    if (trials == 0) {
        return (hw_interval){0.0, 1.0};
    }
    return hw_wilson_share_interval((double)successes / (double)trials, (double)trials, confidence);
}

hw_interval hw_wilson_share_interval(double share, double trials, double confidence) {
    assert(share >= 0.0 && share <= 1.0 && trials > 0.0 && confidence > 0.0 && confidence < 1.0);
    double z = hw_normal_quantile(0.5 + 0.5 * confidence);
    double n = trials;
    double shrink = 1.0 / (1.0 + z * z / n);
    double centre = shrink * (share + z * z / (2.0 * n));
    double half_width = shrink * z * sqrt(share * (1.0 - share) / n + z * z / (4.0 * n * n));
    return (hw_interval){fmax(centre - half_width, 0.0), fmin(centre + half_width, 1.0)};
}
