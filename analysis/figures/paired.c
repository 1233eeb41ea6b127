/* Differences between scenarios on shared worlds: means, shares, and whether they are clear. */
#include "analysis/figures/paired.h"
#include "analysis/base/memory.h"
#include "sim/distribution.h"
#include "sim/statistics.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

static const double confidence = 0.95;
static const double unknown = (double)NAN;

double hw_paired_difference(double base, double variant) {
    static const double rounding = 1e-12;
    double difference = variant - base;
    return fabs(difference) <= rounding * fmax(fabs(base), fabs(variant)) ? 0 : difference;
}

/* What both kinds of values have in common. */
static hw_paired tally(const double *base, const double *variant, size_t worlds) {
    hw_moments x = {0}, y = {0}, d = {0};
    hw_paired paired = {.worlds = worlds, .low = unknown, .high = unknown, .error = unknown, .p = 1};
    for (size_t r = 0; r < worlds; r++) {
        hw_moments_add(&x, base[r]);
        hw_moments_add(&y, variant[r]);
        double difference = hw_paired_difference(base[r], variant[r]);
        hw_moments_add(&d, difference);
        paired.lower += difference < 0;
        paired.higher += difference > 0;
    }
    paired.base = worlds ? x.mean : unknown;
    paired.variant = worlds ? y.mean : unknown;
    paired.difference = worlds ? d.mean : unknown;
    paired.base_variance = hw_moments_variance(&x);
    paired.variant_variance = hw_moments_variance(&y);
    paired.difference_variance = hw_moments_variance(&d);
    return paired;
}

double hw_paired_p_of_signs(size_t worlds) {
    return worlds > 0 ? fmin(1, 2 * pow(0.5, (double)worlds)) : 1;
}

hw_paired hw_paired_means(const double *base, const double *variant, size_t worlds) {
    hw_paired paired = tally(base, variant, worlds);
    size_t differing = paired.lower + paired.higher;
    if (differing < 2) {
        return paired;
    }
    double freedom = (double)(differing - 1);
    double standard_error = sqrt(paired.difference_variance / (double)worlds);
    paired.p = standard_error > 0 ? 2 * gsl_cdf_tdist_Q(fabs(paired.difference) / standard_error, freedom)
                                  : hw_paired_p_of_signs(worlds); /* every world differs by the same */
    if (!(standard_error > 0) && paired.p >= 1 - confidence) {
        return paired;
    }
    paired.error = gsl_cdf_tdist_Pinv(0.5 + 0.5 * confidence, freedom) * standard_error;
    paired.low = paired.difference - paired.error;
    paired.high = paired.difference + paired.error;
    return paired;
}

/* Tango's statistic: how many standard errors the sample lies above a difference `at`, with the share of
 * losses that fits the sample best at that difference. */
static double score(double gained, double lost, double worlds, double at) {
    double a = 2 * worlds;
    double b = (2 * worlds - gained + lost) * at - gained - lost;
    double c = -lost * at * (1 - at);
    double losses = (sqrt(fmax(b * b - 4 * a * c, 0)) - b) / (2 * a);
    double variance = worlds * (2 * losses + at * (1 - at));
    double distance = gained - lost - worlds * at;
    if (variance > 0) {
        return distance / sqrt(variance);
    }
    return distance > 0 ? HUGE_VAL : distance < 0 ? -HUGE_VAL : 0;
}

/* The difference at which the score is `wanted`, between two on either side; the score falls with it. */
static double solve_score(double gained, double lost, double worlds, double low, double high, double wanted) {
    enum { HALVINGS = 60 }; /* below the last bit of a number in (-1, 1) */
    for (int i = 0; i < HALVINGS; i++) {
        double middle = (low + high) / 2;
        if (score(gained, lost, worlds, middle) > wanted) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return (low + high) / 2;
}

hw_paired hw_paired_shares(const double *base, const double *variant, size_t worlds) {
    hw_paired paired = tally(base, variant, worlds);
    if (worlds == 0) {
        return paired;
    }
    double gained = (double)paired.higher, lost = (double)paired.lower, n = (double)worlds;
    double z = hw_normal_quantile(0.5 + 0.5 * confidence);
    paired.difference = (gained - lost) / n;
    /* Solved for the upper bound only: that of the exchanged sample is the lower one, to the last bit. */
    paired.high = solve_score(gained, lost, n, paired.difference, 1, -z);
    paired.low = -solve_score(lost, gained, n, -paired.difference, 1, -z);
    paired.error = (paired.high - paired.low) / 2;
    unsigned differing = (unsigned)(paired.lower + paired.higher);
    unsigned fewer = (unsigned)(paired.lower < paired.higher ? paired.lower : paired.higher);
    paired.p = differing ? fmin(1, 2 * gsl_cdf_binomial_P(fewer, 0.5, differing)) : 1;
    return paired;
}

double hw_paired_saving(const hw_paired *paired) {
    static const double most = 1e6;
    if (!(paired->difference_variance > 0)) {
        return unknown;
    }
    return fmin((paired->base_variance + paired->variant_variance) / paired->difference_variance, most);
}

typedef struct rank {
    double p;
    size_t comparison;
} rank;

static int compare_ranks(const void *left, const void *right) {
    const rank *a = left, *b = right;
    if (a->p < b->p || a->p > b->p) {
        return a->p < b->p ? -1 : 1;
    }
    return (a->comparison > b->comparison) - (a->comparison < b->comparison);
}

static hw_verdict alone(const hw_paired *paired) {
    if (paired->apart ? paired->same : paired->lower + paired->higher == 0) {
        return HW_VERDICT_SAME;
    }
    bool clear = paired->p < 1 - confidence && (paired->low > 0 || paired->high < 0);
    return clear ? HW_VERDICT_ALONE : HW_VERDICT_UNCLEAR;
}

size_t hw_judge(const hw_paired *comparisons, size_t count, hw_verdict *verdicts) {
    rank *ranks = hw_take(count, sizeof *ranks);
    size_t counted = 0;
    for (size_t i = 0; i < count; i++) {
        verdicts[i] = alone(&comparisons[i]);
        if (verdicts[i] != HW_VERDICT_SAME) {
            ranks[counted++] = (rank){comparisons[i].p, i};
        }
    }
    qsort(ranks, counted, sizeof *ranks, compare_ranks);
    for (size_t i = 0; i < counted && ranks[i].p <= (1 - confidence) / (double)(counted - i); i++) {
        if (verdicts[ranks[i].comparison] == HW_VERDICT_ALONE) {
            verdicts[ranks[i].comparison] = HW_VERDICT_AMONG;
        }
    }
    free(ranks);
    return counted;
}
