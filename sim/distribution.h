/* Distributions by their quantile function: a value is drawn by feeding it one keyed uniform.
 *
 * Inversion is chosen over faster rejection methods because it is monotone: the same uniform under a slightly
 * different parameter gives a slightly different value, which keeps paired scenarios on the same worlds
 * alike. */
#ifndef HW_SIM_DISTRIBUTION_H
#define HW_SIM_DISTRIBUTION_H

#include <stdint.h>

typedef enum hw_distribution_kind {
    HW_FIXED,       /* a                                   */
    HW_UNIFORM,     /* a = low, b = high                   */
    HW_TRIANGULAR,  /* a = low, b = mode, c = high         */
    HW_PERT,        /* a = low, b = mode, c = high: beta with shape 4 (Malcolm et al. 1959) */
    HW_NORMAL,      /* a = mean, b = standard deviation    */
    HW_LOGNORMAL,   /* a = median, b = standard deviation of the logarithm */
    HW_EXPONENTIAL, /* a = mean                            */
    HW_GAMMA,       /* a = shape, b = scale                */
    HW_BETA,        /* a, b shapes, on (0, 1)              */
    HW_QUANTILES,   /* a = P10, b = P50, c = P90: see hw_distribution_from_quantiles */
} hw_distribution_kind;

/* `low` and `high` clamp every value (the key's allowed range); -inf and +inf without bounds. */
typedef struct hw_distribution {
    hw_distribution_kind kind;
    double a, b, c;
    double low, high;
} hw_distribution;

/* The value at probability p in (0, 1), clamped; it never decreases with p. Never fails; a description is
 * checked by hw_distribution_problem beforehand.
 *
 * HW_QUANTILES passes through its three points. With r = (P90 - P50) / (P50 - P10) and z the standard normal
 * quantile (z90 at 0.9), it is the shifted lognormal through them, x = P50 + (P90 - P50) (exp(s z) - 1) / (r
 * - 1),  s = ln(r) / z90, which leans right when r > 1, left when r < 1, and is the normal distribution in
 * the limit r = 1. Beyond a skew of HW_MOST_SKEW, and when two points fall together, the tail of that curve
 * is no longer what anybody means by three points: each side of P50 is then its own half normal (the split
 * normal; Wallis 2014, Statistical Science 29). */
enum { HW_MOST_SKEW = 100 };
double hw_distribution_quantile(const hw_distribution *distribution, double p);

/* The median: what a deterministic run would use. */
double hw_distribution_median(const hw_distribution *distribution);

/* NULL when the description makes sense, otherwise what is wrong with it, e.g. "p10 must not exceed p50". */
const char *hw_distribution_problem(const hw_distribution *distribution);

/* Name as written in scenario files ("lognormal"). */
const char *hw_distribution_name(hw_distribution_kind kind);

/* Standard normal quantile (GSL), Poisson and binomial counts by inversion from one uniform p in (0, 1).
 * Counts of large mean (over 500) use the rounded normal approximation. Mean 0 gives 0. */
double hw_normal_quantile(double p);
uint32_t hw_poisson_quantile(double mean, double p);
uint32_t hw_binomial_quantile(uint32_t trials, double probability, double p);

#endif
