/* Tempers likelihoods into weights; quantiles and shares of weighted samples. */
#include "analysis/figures/weighted.h"
#include "analysis/base/memory.h"
#include "sim/distribution.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

double hw_effective_sample(const double *weights, size_t count) {
    double sum = 0, squares = 0;
    for (size_t i = 0; i < count; i++) {
        sum += weights[i];
        squares += weights[i] * weights[i];
    }
    return squares > 0 ? sum * sum / squares : 0;
}

static double greatest_of(const double *numbers, size_t count) {
    double greatest = -HUGE_VAL;
    for (size_t i = 0; i < count; i++) {
        greatest = fmax(greatest, numbers[i]);
    }
    return greatest;
}

/* What is to be tempered. */
typedef struct likelihoods {
    const double *logs, *ratios;
    size_t count;
    double greatest; /* of the logs */
} likelihoods;

/* The logarithm of a weight, up to what all share. */
static double log_weight(const likelihoods *l, size_t i, double power) {
    if (!isfinite(l->logs[i])) {
        return -HUGE_VAL;
    }
    return power * (l->logs[i] - l->greatest) - (l->ratios != NULL ? l->ratios[i] : 0);
}

/* Weights that add up to 1; how many of them are effective. The greatest is taken out first, so that none
 * overflows. */
static double weigh(const likelihoods *l, double power, double *weights) {
    double sum = 0, greatest = -HUGE_VAL;
    for (size_t i = 0; i < l->count; i++) {
        weights[i] = log_weight(l, i, power);
        greatest = fmax(greatest, weights[i]);
    }
    for (size_t i = 0; i < l->count; i++) {
        weights[i] = exp(weights[i] - greatest);
        sum += weights[i];
    }
    for (size_t i = 0; i < l->count; i++) {
        weights[i] /= sum;
    }
    return hw_effective_sample(weights, l->count);
}

static hw_tempered unweighted(size_t count, double *weights) {
    for (size_t i = 0; i < count; i++) {
        weights[i] = 1 / (double)count;
    }
    return (hw_tempered){.power = 0,
                         .effective = (double)count,
                         .largest = count > 0 ? 1 / (double)count : 0,
                         .impossible = true};
}

hw_tempered hw_temper_over(const double *log_likelihoods, const double *log_ratios, size_t count,
                           double share, double *weights) {
    enum { HALVINGS = 60 };
    const likelihoods l = {log_likelihoods, log_ratios, count, greatest_of(log_likelihoods, count)};
    if (!isfinite(l.greatest)) {
        return unweighted(count, weights);
    }
    double wanted = share * (double)count, low = 0, high = 1;
    double effective = weigh(&l, 1, weights);
    if (effective < wanted) { /* the effective size falls as the power grows */
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            bool enough = weigh(&l, middle, weights) >= wanted;
            low = enough ? middle : low;
            high = enough ? high : middle;
        }
        effective = weigh(&l, low, weights);
        high = low;
    }
    return (hw_tempered){.power = high, .effective = effective, .largest = greatest_of(weights, count)};
}

hw_tempered hw_temper(const double *log_likelihoods, size_t count, double share, double *weights) {
    return hw_temper_over(log_likelihoods, NULL, count, share, weights);
}

static int by_value(const void *a, const void *b) {
    double x = ((const hw_weighted *)a)->value, y = ((const hw_weighted *)b)->value;
    return (x > y) - (x < y);
}

void hw_weighted_sort(hw_weighted *sample, const double *values, const double *weights, size_t count) {
    double sum = weights == NULL ? (double)count : 0;
    for (size_t i = 0; weights != NULL && i < count; i++) {
        sum += weights[i];
    }
    for (size_t i = 0; i < count; i++) {
        sample[i] = (hw_weighted){.value = isnan(values[i]) ? (double)INFINITY : values[i],
                                  .weight = (weights != NULL ? weights[i] : 1) / sum};
    }
    qsort(sample, count, sizeof *sample, by_value);
}

/* Sums of weights are right to their rounding only: what lies within that of p has reached it. */
static const double rounding = 1e-9;

double hw_weighted_quantile_value(const hw_weighted *sorted, size_t count, double p) {
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += sorted[i].weight;
        if (sum >= p - rounding && sorted[i].weight > 0) {
            return sorted[i].value;
        }
    }
    return count > 0 ? sorted[count - 1].value : (double)NAN;
}

hw_quantile hw_weighted_quantile(const hw_weighted *sorted, size_t count, double p, double effective) {
    size_t size = (size_t)fmax(floor(effective + rounding), 0);
    if (count == 0 || size == 0) {
        return (hw_quantile){(double)NAN, (double)NAN, (double)NAN, (double)NAN};
    }
    hw_order_bounds bounds = hw_quantile_bounds(size, p);
    double n = (double)size;
    double low =
        bounds.low == 0 ? -HUGE_VAL : hw_weighted_quantile_value(sorted, count, (double)bounds.low / n);
    double high =
        bounds.high > size ? HUGE_VAL : hw_weighted_quantile_value(sorted, count, (double)bounds.high / n);
    return (hw_quantile){.value = hw_weighted_quantile_value(sorted, count, p),
                         .low = low,
                         .high = high,
                         .error = isfinite(low) && isfinite(high) ? (high - low) / 2 : (double)NAN};
}

hw_weighted_moments hw_weighted_moments_of(const double *values, const double *weights, size_t count) {
    double sum = 0, squares = 0, mean = 0, off = 0;
    for (size_t i = 0; i < count; i++) {
        double weight = isnan(values[i]) ? 0 : weights[i];
        sum += weight;
        squares += weight * weight;
        mean += weight > 0 ? weight * values[i] : 0;
    }
    if (!(sum > 0)) {
        return (hw_weighted_moments){.mean = (double)NAN, .variance = (double)NAN};
    }
    mean /= sum;
    for (size_t i = 0; i < count; i++) {
        bool counts = !isnan(values[i]) && weights[i] > 0;
        off += counts ? weights[i] * (values[i] - mean) * (values[i] - mean) : 0;
    }
    double n = sum * sum / squares;
    return (hw_weighted_moments){.weight = sum,
                                 .effective = n,
                                 .mean = mean,
                                 .variance = n > 1 + rounding ? off / sum * n / (n - 1) : (double)NAN};
}

hw_mean hw_weighted_mean(const double *values, const double *weights, size_t count) {
    hw_weighted_moments of = hw_weighted_moments_of(values, weights, count);
    hw_mean mean = {.value = of.mean, .error = (double)NAN};
    if (isfinite(of.variance)) {
        mean.error = gsl_cdf_tdist_Pinv(0.975, of.effective - 1) * sqrt(of.variance / of.effective);
    }
    return mean;
}

hw_spread hw_weighted_spread(const double *values, const double *weights, size_t count) {
    hw_weighted *sorted = hw_take(count, sizeof *sorted);
    double effective = hw_effective_sample(weights, count);
    hw_weighted_sort(sorted, values, weights, count);
    hw_spread spread = {.mean = hw_weighted_mean(values, weights, count),
                        .p10 = hw_weighted_quantile(sorted, count, 0.1, effective),
                        .p50 = hw_weighted_quantile(sorted, count, 0.5, effective),
                        .p90 = hw_weighted_quantile(sorted, count, 0.9, effective),
                        .censored = count > 0 && !isfinite(sorted[count - 1].value)};
    free(sorted);
    return spread;
}

static double weight_while(const hw_weighted *sorted, size_t count, double limit, bool with_limit) {
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        if (with_limit ? sorted[i].value > limit : sorted[i].value >= limit) {
            break;
        }
        sum += sorted[i].weight;
    }
    return sum;
}

double hw_weight_below(const hw_weighted *sorted, size_t count, double limit) {
    return weight_while(sorted, count, limit, false);
}

double hw_weight_up_to(const hw_weighted *sorted, size_t count, double limit) {
    return weight_while(sorted, count, limit, true);
}
