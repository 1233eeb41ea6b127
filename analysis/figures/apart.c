/* Differences of means and shares from summaries alone: bounds over all ways to pair the worlds. */
#include "analysis/figures/apart.h"
#include "sim/distribution.h"
#include "sim/statistics.h"
#include <gsl/gsl_cdf.h>
#include <math.h>

static const double confidence = 0.95;
static const double unknown = (double)NAN;

static size_t smaller(size_t a, size_t b) {
    return a < b ? a : b;
}

static hw_paired begin(size_t base_worlds, double base, size_t variant_worlds, double variant) {
    return (hw_paired){.apart = true,
                       .worlds = smaller(base_worlds, variant_worlds),
                       .base = base,
                       .variant = variant,
                       .difference = variant - base,
                       .low = unknown,
                       .high = unknown,
                       .error = unknown,
                       .p = 1,
                       .base_variance = unknown,
                       .variant_variance = unknown,
                       .difference_variance = unknown};
}

/* Half an interval, and p, of a distance of so many standard errors. */
static void judge_mean(hw_paired *apart, double standard_error, double freedom) {
    double distance = fabs(apart->difference);
    if (standard_error > 0) {
        apart->p = 2 * gsl_cdf_tdist_Q(distance / standard_error, freedom);
    } else { /* neither varies, so all worlds differ by the same */
        apart->p = distance > 0 ? hw_paired_p_of_signs((size_t)freedom + 1) : 1;
    }
    if (!(standard_error > 0) && apart->p >= 1 - confidence) {
        return;
    }
    apart->error = gsl_cdf_tdist_Pinv(0.5 + 0.5 * confidence, freedom) * standard_error;
    apart->low = apart->difference - apart->error;
    apart->high = apart->difference + apart->error;
}

hw_paired hw_apart_means(const hw_apart_mean *base, const hw_apart_mean *variant) {
    hw_paired apart = begin(base->worlds, base->mean, variant->worlds, variant->mean);
    if (apart.worlds < 2 || isnan(apart.difference) || isnan(base->sd) || isnan(variant->sd)) {
        return apart;
    }
    apart.base_variance = base->sd * base->sd;
    apart.variant_variance = variant->sd * variant->sd;
    apart.same = base->sd == 0 && variant->sd == 0 && apart.difference == 0;
    size_t differing =
        smaller(apart.worlds, base->worlds - base->censored + variant->worlds - variant->censored);
    if (!apart.same && differing > 1) {
        judge_mean(&apart,
                   base->sd / sqrt((double)base->worlds) + variant->sd / sqrt((double)variant->worlds),
                   (double)(differing - 1));
    }
    return apart;
}

static hw_interval wilson(const hw_apart_share *one) {
    return hw_wilson_interval((uint64_t)llround(one->share * (double)one->worlds), one->worlds, confidence);
}

/* The level at which the bounds meet: Wilson's z of both shares is the same at the share between them where
 * each is as far away, in its own standard errors. */
static double meeting_p(const hw_apart_share *base, const hw_apart_share *variant) {
    double n = sqrt((double)base->worlds), m = sqrt((double)variant->worlds);
    double between = (base->share * n + variant->share * m) / (n + m);
    double standard_error = sqrt(between * (1 - between)) * (1 / n + 1 / m);
    double distance = fabs(variant->share - base->share);
    return distance > 0 ? 2 * gsl_cdf_ugaussian_Q(distance / standard_error) : 1;
}

hw_paired hw_apart_shares(const hw_apart_share *base, const hw_apart_share *variant) {
    hw_paired apart = begin(base->worlds, base->share, variant->worlds, variant->share);
    if (apart.worlds == 0 || isnan(apart.difference)) {
        return apart;
    }
    apart.same = apart.difference == 0 && (base->share <= 0 || base->share >= 1);
    hw_interval from = wilson(base), to = wilson(variant);
    apart.low = to.low - from.high;
    apart.high = to.high - from.low;
    apart.error = (apart.high - apart.low) / 2;
    apart.p = meeting_p(base, variant);
    return apart;
}
