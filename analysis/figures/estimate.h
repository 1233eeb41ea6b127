/* What a sample of replications says about a quantity, and how well.
 *
 * Every "error" here is the half-width of a 95 % interval: how far the figure may be from what endless
 * replications of the same scenario would give (Monte Carlo error). It says nothing of how well the scenario
 * describes the world.
 *
 * Censored values ("not by the horizon") are passed as NaN and stand above all others, as +infinity: a
 * quantile that falls among them is +infinity, never a number. */
#ifndef HW_ANALYSIS_ESTIMATE_H
#define HW_ANALYSIS_ESTIMATE_H

#include "sim/statistics.h"
#include <stdbool.h>
#include <stddef.h>

/* `low` is -infinity when the sample is too small to bound the quantile from below, `high` is +infinity when
 * it is too small or the bound is censored. `error` is (high - low) / 2, NaN unless both are numbers. */
typedef struct hw_quantile {
    double value, low, high, error;
} hw_quantile;

/* `error` is half the width of the Wilson interval [low, high]; all in 0..1. */
typedef struct hw_probability {
    double value, low, high, error;
} hw_probability;

typedef struct hw_mean {
    double value, error;
} hw_mean;

/* The three quantiles that every answer gives, and the mean of what is not censored. */
typedef struct hw_spread {
    hw_quantile p10, p50, p90;
    hw_mean mean;
    bool censored; /* some of the values are missing or +infinity */
} hw_spread;

/* Ascending order, NaN turned into +infinity. */
void hw_sort_censored(double *values, size_t count);

/* The order statistics that enclose the p-quantile: from the `low`-th to the `high`-th smallest (from 1); 0,
 * or more than `count`, where the sample is too small. */
typedef struct hw_order_bounds {
    size_t low, high;
} hw_order_bounds;
hw_order_bounds hw_quantile_bounds(size_t count, double p);

/* The p-quantile of a sorted sample with the order statistics that enclose the true one with at least 95 %
 * probability. NaN throughout for an empty sample. */
hw_quantile hw_estimate_quantile(const double *sorted, size_t count, double p);

/* `happened` of `count` trials. NaN throughout for no trials. */
hw_probability hw_estimate_probability(size_t happened, size_t count);
/* A share of as many trials as a weighted sample is worth. */
hw_probability hw_estimate_share(double share, double trials);

/* The mean that moments have, with its error as below; NaN for none. */
hw_mean hw_mean_of_moments(const hw_moments *moments);

/* Mean of the values that are not NaN; error by Student's t, NaN below two values. */
hw_mean hw_estimate_mean(const double *values, size_t count);

/* All of it; sorts `values` in place. */
hw_spread hw_estimate_spread(double *values, size_t count);

#endif
