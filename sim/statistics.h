/* Statistics of simulation output: running moments, quantiles and shares with their Monte Carlo error.
 *
 * Samples may be censored: a release that did not happen before the horizon counts as +infinity. It takes its
 * place in the order and is never dropped, so quantiles stay honest; when a quantile or its bound falls among
 * the censored values, +infinity is the answer. */
#ifndef HW_SIM_STATISTICS_H
#define HW_SIM_STATISTICS_H

#include <stddef.h>
#include <stdint.h>

/* Mean and variance of finite numbers, one at a time (Welford 1962, Technometrics 4). Zero-initialise. */
typedef struct hw_moments {
    uint64_t count;
    double mean;
    double squares; /* sum of squared deviations from the mean */
} hw_moments;

void hw_moments_add(hw_moments *moments, double value);

/* Variance of the sample with n - 1 below the line; NaN for fewer than two values. */
double hw_moments_variance(const hw_moments *moments);

/* A lower and an upper bound; -infinity or +infinity where the sample cannot say. */
typedef struct hw_interval {
    double low, high;
} hw_interval;

/* Confidence interval of the mean of independent values by Student's t; `confidence` in (0, 1), e.g. 0.95.
 * Both bounds infinite for fewer than two values. */
hw_interval hw_moments_interval(const hw_moments *moments, double confidence);

/* Sorts in place, ascending, +infinity last. No NaN. */
void hw_sample_sort(double *sample, size_t count);

/* Quantile at p in [0, 1] of a sorted sample, linear between order statistics (Hyndman and Fan 1996, type 7,
 * as in R and NumPy); +infinity when one of the two neighbours that count is censored. NaN for an empty
 * sample. */
double hw_sample_quantile(const double *sorted, size_t count, double p);

/* Position (from 0) in a sorted sample of the p-quantile: the smallest value that at least a share p of the
 * sample does not exceed, so it is always one that occurred: the median release belongs to a replication that
 * can be shown. */
size_t hw_quantile_position(size_t count, double p);

/* Confidence interval of the quantile at p in (0, 1) from the binomial distribution of how many values lie
 * below it (David and Nagaraja 2003, "Order statistics", section 7.1): holds for every distribution with at
 * least the given confidence. -infinity or +infinity where the sample is too small to give a bound. */
hw_interval hw_sample_quantile_interval(const double *sorted, size_t count, double p, double confidence);

/* Share of `successes` among `trials` and Wilson's score interval (Wilson 1927, JASA 22), good for shares
 * near 0 and 1; [0, 1] without trials. */
hw_interval hw_wilson_interval(uint64_t successes, uint64_t trials, double confidence);
/* The same of a share (0 to 1) among as many trials as a weighted sample is worth, more than 0. */
hw_interval hw_wilson_share_interval(double share, double trials, double confidence);

#endif
