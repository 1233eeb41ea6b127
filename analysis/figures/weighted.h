/* Samples whose members count differently: weights from likelihoods, and what a weighted sample says.
 *
 * Likelihoods are taken to a power between 0 and 1 so that a wanted share of the sample stays effective
 * (tempering: Del Moral, Doucet and Jasra 2012, Statistics and Computing 22). At power 1 the weights are
 * those of Bayes' rule; below it the sample has learnt only part of what the facts say. */
#ifndef HW_ANALYSIS_WEIGHTED_H
#define HW_ANALYSIS_WEIGHTED_H

#include "analysis/figures/estimate.h"

/* `effective` is the size of an unweighted sample that would be as good: 1 / (sum of squared weights), of
 * weights that add up to 1 (Kish 1965). */
typedef struct hw_tempered {
    double power, effective, largest;
    bool impossible; /* no member is possible, or there is no sample */
} hw_tempered;

/* Fills `weights`, which add up to 1, from the logarithms of likelihoods: with power 1 if at least `share` of
 * the sample is effective then, otherwise with the power at which that share is. -infinity: impossible; where
 * that leaves fewer than the share, the power is as near to 0 as makes no difference. Of nothing but the
 * impossible, or no sample, all weights are the same and the power is 0. */
hw_tempered hw_temper(const double *log_likelihoods, size_t count, double share, double *weights);

/* The same of members that were not drawn from the prior: `log_ratios` are the logarithms of how much more
 * often each was drawn (NULL: as often), whatever the power. */
hw_tempered hw_temper_over(const double *log_likelihoods, const double *log_ratios, size_t count,
                           double share, double *weights);

double hw_effective_sample(const double *weights, size_t count);

typedef struct hw_weighted {
    double value, weight;
} hw_weighted;

/* Fills `sample` in ascending order of values, censored ones (NaN) last as +infinity. Weights are divided by
 * their sum; NULL: all the same. */
void hw_weighted_sort(hw_weighted *sample, const double *values, const double *weights, size_t count);

/* The smallest value that at least a share p of the weight does not exceed. NaN for an empty sample. */
double hw_weighted_quantile_value(const hw_weighted *sorted, size_t count, double p);

/* The same with the bounds that an unweighted sample of the effective size would have: see hw_quantile. */
hw_quantile hw_weighted_quantile(const hw_weighted *sorted, size_t count, double p, double effective);

/* P10, P50, P90 and the mean of values that are not missing, as hw_spread has them, each with the error that
 * an unweighted sample of the effective size would have. Weights add up to 1. */
hw_spread hw_weighted_spread(const double *values, const double *weights, size_t count);

/* The weighted mean of values that are not missing (NaN), with its error by Student's t. */
hw_mean hw_weighted_mean(const double *values, const double *weights, size_t count);

/* Mean and variance of one member (with n - 1 below the line, of n effective ones) of numbers. */
typedef struct hw_weighted_moments {
    double weight, effective; /* of those that are not missing */
    double mean, variance;    /* NaN: too few */
} hw_weighted_moments;
hw_weighted_moments hw_weighted_moments_of(const double *values, const double *weights, size_t count);

/* Weight of values below `limit`, and of those up to and with it. */
double hw_weight_below(const hw_weighted *sorted, size_t count, double limit);
double hw_weight_up_to(const hw_weighted *sorted, size_t count, double limit);

#endif
