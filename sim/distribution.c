/* Quantile functions: in closed form where there is one, else by GSL or bisection. */
#include "sim/distribution.h"
#include "sim/length.h"

#include <assert.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

static const double Z90 = 1.2815515655446004; /* standard normal quantile at 0.9 */
static const double LARGE_MEAN = 500.0;       /* from here on counts are taken as rounded normal numbers */

double hw_normal_quantile(double p) {
    return gsl_cdf_ugaussian_Pinv(p);
}

static double triangular_quantile(double low, double mode, double high, double p) {
    double width = high - low;
    double left = mode - low;
    if (p * width < left) {
        return low + sqrt(p * width * left);
    }
    return high - sqrt((1.0 - p) * width * (high - mode));
}

/* Distributions of GSL that have two parameters and an inverse found by iteration. */
typedef double two_parameter_function(double x, double a, double b);

/* Bisects a cumulative distribution between 0 and `high`, which is raised until it lies beyond p. Slow but
 * sure. */
static double bisect(two_parameter_function *cumulative, double p, double a, double b, double high) {
    double low = 0.0;
    while (cumulative(high, a, b) < p && high < 1e300) {
        low = high;
        high *= 2.0;
    }
    for (int i = 0; i < 1200 && high - low > 1e-15 * high; i++) {
        double middle = low + 0.5 * (high - low);
        if (cumulative(middle, a, b) < p) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return high;
}

/* GSL's inverses give up, and by default end the program, where a distribution is too steep for their
 * iteration (tiny shapes, far tails). Their error is caught here and the same quantile found by bisection. */
static double gsl_quantile(two_parameter_function *inverse, two_parameter_function *cumulative, double p,
                           double a, double b, double high) {
    gsl_error_handler_t *handler = gsl_set_error_handler_off();
    double value = inverse(p, a, b);
    if (!isfinite(value)) {
        value = bisect(cumulative, p, a, b, high);
    }
    gsl_set_error_handler(handler);
    return value;
}

static double gamma_quantile(double shape, double scale, double p) {
    return gsl_quantile(gsl_cdf_gamma_Pinv, gsl_cdf_gamma_P, p, shape, scale, (shape + 1.0) * scale);
}

static double beta_quantile(double a, double b, double p) {
    return fmin(gsl_quantile(gsl_cdf_beta_Pinv, gsl_cdf_beta_P, p, a, b, 1.0), 1.0);
}

/* Malcolm, Roseboom, Clark and Fazar (1959), "Application of a technique for research and development program
 * evaluation": mean (low + 4 mode + high) / 6. */
static double pert_quantile(double low, double mode, double high, double p) {
    double width = high - low;
    if (!(width > 0.0)) {
        return mode;
    }
    double a = 1.0 + 4.0 * (mode - low) / width;
    double b = 1.0 + 4.0 * (high - mode) / width;
    return low + width * beta_quantile(a, b, p);
}

/* The formula is explained in the header; expm1 keeps it exact down to the normal limit. */
static double three_point_quantile(double p10, double p50, double p90, double p) {
    double z = hw_normal_quantile(p);
    double below = p50 - p10;
    double above = p90 - p50;
    if (above > HW_MOST_SKEW * below || below > HW_MOST_SKEW * above || below <= 0.0) {
        return p50 + (z < 0.0 ? below : above) * (z / Z90);
    }
    double skew = log(above / below);
    if (fabs(skew) < 1e-8) {
        return p50 + (z < 0.0 ? below : above) * (z / Z90);
    }
    return p50 + above * (expm1(skew * (z / Z90)) / expm1(skew));
}

static double unclamped_quantile(const hw_distribution *d, double p) {
    switch (d->kind) {
    case HW_FIXED:
        return d->a;
    case HW_UNIFORM:
        return d->a + (d->b - d->a) * p;
    case HW_TRIANGULAR:
        return triangular_quantile(d->a, d->b, d->c, p);
    case HW_PERT:
        return pert_quantile(d->a, d->b, d->c, p);
    case HW_NORMAL:
        return d->a + d->b * hw_normal_quantile(p);
    case HW_LOGNORMAL:
        return d->a * exp(d->b * hw_normal_quantile(p));
    case HW_EXPONENTIAL:
        return -d->a * log1p(-p);
    case HW_GAMMA:
        return gamma_quantile(d->a, d->b, p);
    case HW_BETA:
        return beta_quantile(d->a, d->b, p);
    case HW_QUANTILES:
        return three_point_quantile(d->a, d->b, d->c, p);
    }
    return d->a;
}

double hw_distribution_quantile(const hw_distribution *distribution, double p) {
    return fmin(fmax(unclamped_quantile(distribution, p), distribution->low), distribution->high);
}

double hw_distribution_median(const hw_distribution *distribution) {
    return hw_distribution_quantile(distribution, 0.5);
}

/* What a scenario file calls a distribution and how many of a, b, c it uses. */
static const struct {
    const char *name;
    int parameters;
} kinds[] = {
    [HW_FIXED] = {"fixed", 1},
    [HW_UNIFORM] = {"uniform", 2},
    [HW_TRIANGULAR] = {"triangular", 3},
    [HW_PERT] = {"pert", 3},
    [HW_NORMAL] = {"normal", 2},
    [HW_LOGNORMAL] = {"lognormal", 2},
    [HW_EXPONENTIAL] = {"exponential", 1},
    [HW_GAMMA] = {"gamma", 2},
    [HW_BETA] = {"beta", 2},
    [HW_QUANTILES] = {"quantiles", 3},
};

enum { KIND_COUNT = HW_LENGTH(kinds) };

const char *hw_distribution_name(hw_distribution_kind kind) {
    assert((unsigned)kind < KIND_COUNT);
    return kinds[kind].name;
}

static bool parameters_are_finite(const hw_distribution *d) {
    int used = kinds[d->kind].parameters;
    return isfinite(d->a) && (used < 2 || isfinite(d->b)) && (used < 3 || isfinite(d->c));
}

static const char *low_mode_high_problem(const hw_distribution *d) {
    if (d->a > d->b) {
        return "low must not exceed mode";
    }
    return d->b > d->c ? "mode must not exceed high" : NULL;
}

static const char *three_point_problem(const hw_distribution *d) {
    if (d->a > d->b) {
        return "p10 must not exceed p50";
    }
    return d->b > d->c ? "p50 must not exceed p90" : NULL;
}

static const char *lognormal_problem(const hw_distribution *d) {
    if (!(d->a > 0.0)) {
        return "the median must be greater than 0";
    }
    return d->b < 0.0 ? "the standard deviation of the logarithm must not be negative" : NULL;
}

static const char *shape_problem(const hw_distribution *d) {
    switch (d->kind) {
    case HW_FIXED:
        return NULL;
    case HW_UNIFORM:
        return d->a > d->b ? "low must not exceed high" : NULL;
    case HW_TRIANGULAR:
    case HW_PERT:
        return low_mode_high_problem(d);
    case HW_NORMAL:
        return d->b < 0.0 ? "the standard deviation must not be negative" : NULL;
    case HW_LOGNORMAL:
        return lognormal_problem(d);
    case HW_EXPONENTIAL:
        return d->a < 0.0 ? "the mean must not be negative" : NULL;
    case HW_GAMMA:
        return d->a > 0.0 && d->b > 0.0 ? NULL : "shape and scale must be greater than 0";
    case HW_BETA:
        return d->a > 0.0 && d->b > 0.0 ? NULL : "both shapes must be greater than 0";
    case HW_QUANTILES:
        return three_point_problem(d);
    }
    return "unknown kind of distribution";
}

const char *hw_distribution_problem(const hw_distribution *distribution) {
    if ((unsigned)distribution->kind >= KIND_COUNT) {
        return "unknown kind of distribution";
    }
    if (!parameters_are_finite(distribution)) {
        return "all parameters must be finite numbers";
    }
    if (!(distribution->low <= distribution->high)) {
        return "the range of the value is empty";
    }
    return shape_problem(distribution);
}

/* A count by the normal approximation with correction for continuity: round(mean + deviation z). */
static uint32_t rounded_normal(double mean, double deviation, double most, double p) {
    double count = floor(mean + deviation * hw_normal_quantile(p) + 0.5);
    return (uint32_t)fmin(fmax(count, 0.0), most);
}

/* Adds up probabilities from 0 on until they reach p. Rounding may keep their sum just under p for good: then
 * the count at which they no longer add anything is the answer. */
uint32_t hw_poisson_quantile(double mean, double p) {
    assert(p >= 0.0 && p <= 1.0);
    if (!(mean > 0.0)) {
        return 0;
    }
    if (mean > LARGE_MEAN) {
        return rounded_normal(mean, sqrt(mean), (double)UINT32_MAX, p);
    }
    if (p <= 1.0 - mean) {
        return 0; /* exp(-mean) >= 1 - mean */
    }
    uint32_t count = 0;
    double term = exp(-mean);
    double sum = term;
    while (sum < p) {
        count++;
        term *= mean / (double)count;
        if (sum + term == sum && (double)count > mean) {
            break;
        }
        sum += term;
    }
    return count;
}

/* For a probability of at most one half, so that the first term does not vanish. */
static uint32_t lower_half_binomial(uint32_t trials, double probability, double p) {
    assert(trials > 0 && probability > 0.0 && probability <= 0.5);
    double mean = trials * probability;
    if (mean > LARGE_MEAN) {
        return rounded_normal(mean, sqrt(mean * (1.0 - probability)), (double)trials, p);
    }
    if (p <= 1.0 - mean) {
        return 0; /* Bernoulli's inequality: (1 - probability)^trials >= 1 - mean */
    }
    double odds = probability / (1.0 - probability);
    uint32_t count = 0;
    double term = exp(trials * log1p(-probability));
    double sum = term;
    while (sum < p && count < trials) {
        term *= odds * (double)(trials - count) / (double)(count + 1);
        count++;
        if (sum + term == sum && (double)count > mean) {
            break;
        }
        sum += term;
    }
    return count;
}

uint32_t hw_binomial_quantile(uint32_t trials, double probability, double p) {
    assert(p >= 0.0 && p <= 1.0);
    if (!(probability > 0.0) || trials == 0) {
        return 0;
    }
    if (probability >= 1.0) {
        return trials;
    }
    if (probability > 0.5) {
        return trials - lower_half_binomial(trials, 1.0 - probability, 1.0 - p);
    }
    return lower_half_binomial(trials, probability, p);
}
