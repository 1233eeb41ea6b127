/* Differences between scenarios on shared worlds: means, shares, and whether they are clear. */
#include "analysis/figures/paired.h"
#include "analysis/base/memory.h"
#include "analysis/figures/weighted.h"
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

/* What both kinds of values have in common, and of how many worlds it is: of weighted ones as many as they
 * are worth. */
typedef struct tallied {
    hw_paired paired;
    double worlds, lower, higher;
    double differing;
} tallied;

static void tally_alike(tallied *all, const double *base, const double *variant, size_t worlds) {
    hw_moments x = {0}, y = {0}, d = {0};
    hw_paired *paired = &all->paired;
    for (size_t r = 0; r < worlds; r++) {
        hw_moments_add(&x, base[r]);
        hw_moments_add(&y, variant[r]);
        hw_moments_add(&d, hw_paired_difference(base[r], variant[r]));
    }
    paired->base = worlds ? x.mean : unknown;
    paired->variant = worlds ? y.mean : unknown;
    paired->difference = worlds ? d.mean : unknown;
    paired->base_variance = hw_moments_variance(&x);
    paired->variant_variance = hw_moments_variance(&y);
    paired->difference_variance = hw_moments_variance(&d);
    all->worlds = (double)worlds;
    all->lower = (double)paired->lower;
    all->higher = (double)paired->higher;
    all->differing = all->lower + all->higher;
}

static void tally_weighed(tallied *all, const double *base, const double *variant, const double *weights,
                          size_t worlds) {
    double *differences = hw_take(worlds, sizeof *differences), lower = 0, higher = 0, squares = 0;
    hw_paired *paired = &all->paired;
    for (size_t r = 0; r < worlds; r++) {
        differences[r] = hw_paired_difference(base[r], variant[r]);
        lower += differences[r] < 0 ? weights[r] : 0;
        higher += differences[r] > 0 ? weights[r] : 0;
        squares += fabs(differences[r]) > 0 ? weights[r] * weights[r] : 0;
    }
    hw_weighted_moments x = hw_weighted_moments_of(base, weights, worlds),
                        y = hw_weighted_moments_of(variant, weights, worlds),
                        d = hw_weighted_moments_of(differences, weights, worlds);
    paired->base = x.mean;
    paired->variant = y.mean;
    paired->difference = d.mean;
    paired->base_variance = x.variance;
    paired->variant_variance = y.variance;
    paired->difference_variance = d.variance;
    all->worlds = d.effective;
    all->lower = lower * d.effective;
    all->higher = higher * d.effective;
    all->differing = squares > 0 ? (lower + higher) * (lower + higher) / squares : 0;
    free(differences);
}

static tallied tally(const double *base, const double *variant, const double *weights, size_t worlds) {
    tallied all = {.paired = {.worlds = worlds, .low = unknown, .high = unknown, .error = unknown, .p = 1}};
    for (size_t r = 0; r < worlds; r++) {
        double difference = hw_paired_difference(base[r], variant[r]);
        all.paired.lower += difference < 0;
        all.paired.higher += difference > 0;
    }
    if (weights != NULL && worlds > 0) {
        tally_weighed(&all, base, variant, weights, worlds);
    } else {
        tally_alike(&all, base, variant, worlds);
    }
    return all;
}

double hw_paired_p_of_signs(size_t worlds) {
    return worlds > 0 ? fmin(1, 2 * pow(0.5, (double)worlds)) : 1;
}

hw_paired hw_weighed_means(const double *base, const double *variant, const double *weights, size_t worlds) {
    tallied all = tally(base, variant, weights, worlds);
    hw_paired paired = all.paired;
    if (all.differing < 2) {
        return paired;
    }
    double freedom = all.differing - 1;
    double standard_error = sqrt(paired.difference_variance / all.worlds);
    paired.p = standard_error > 0 ? 2 * gsl_cdf_tdist_Q(fabs(paired.difference) / standard_error, freedom)
                                  : hw_paired_p_of_signs((size_t)all.differing); /* all differ by the same */
    if (!(standard_error > 0) && paired.p >= 1 - confidence) {
        return paired;
    }
    paired.error = gsl_cdf_tdist_Pinv(0.5 + 0.5 * confidence, freedom) * standard_error;
    paired.low = paired.difference - paired.error;
    paired.high = paired.difference + paired.error;
    return paired;
}

hw_paired hw_paired_means(const double *base, const double *variant, size_t worlds) {
    return hw_weighed_means(base, variant, NULL, worlds);
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

/* McNemar's exact p; between whole numbers of worlds the binomial distribution goes on as a beta one. */
static double p_of_shares(const tallied *all) {
    double fewer = fmin(all->lower, all->higher), more = fmax(all->lower, all->higher);
    if (!(all->differing > 0)) {
        return 1;
    }
    return fmin(1, 2 * (more > 0 ? gsl_cdf_beta_P(0.5, more, fewer + 1) : 1));
}

hw_paired hw_weighed_shares(const double *base, const double *variant, const double *weights, size_t worlds) {
    tallied all = tally(base, variant, weights, worlds);
    hw_paired paired = all.paired;
    if (worlds == 0) {
        return paired;
    }
    double gained = all.higher, lost = all.lower, n = all.worlds;
    double z = hw_normal_quantile(0.5 + 0.5 * confidence);
    paired.difference = (gained - lost) / n;
    /* Solved for the upper bound only: that of the exchanged sample is the lower one, to the last bit. */
    paired.high = solve_score(gained, lost, n, paired.difference, 1, -z);
    paired.low = -solve_score(lost, gained, n, -paired.difference, 1, -z);
    paired.error = (paired.high - paired.low) / 2;
    unsigned differing = (unsigned)(paired.lower + paired.higher);
    unsigned fewer = (unsigned)(paired.lower < paired.higher ? paired.lower : paired.higher);
    if (weights != NULL) {
        paired.p = p_of_shares(&all);
    } else {
        paired.p = differing ? fmin(1, 2 * gsl_cdf_binomial_P(fewer, 0.5, differing)) : 1;
    }
    return paired;
}

hw_paired hw_paired_shares(const double *base, const double *variant, size_t worlds) {
    return hw_weighed_shares(base, variant, NULL, worlds);
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
