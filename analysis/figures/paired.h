/* Differences between two scenarios that were simulated on the same worlds.
 *
 * In world r the base gives x(r) and the variant y(r); what is estimated is the mean of d(r) = y(r) - x(r).
 * Worlds share weather, ground and givers, so d varies much less than x and y do: that is what pairing saves.
 * All bounds are those of 95 % intervals; NaN stands for what a sample cannot say, never a false zero. */
#ifndef HW_ANALYSIS_PAIRED_H
#define HW_ANALYSIS_PAIRED_H

#include <stdbool.h>
#include <stddef.h>

typedef struct hw_paired {
    size_t worlds;        /* pairs */
    size_t lower, higher; /* worlds in which the variant's value is below, above the base's */
    double base, variant; /* means */
    double difference;    /* variant - base */
    double low, high;     /* of the difference; NaN: unknown */
    double error;         /* (high - low) / 2 */
    double p;             /* of a difference at least as large, if there were none */
    double base_variance, variant_variance, difference_variance; /* of one world; NaN for one world */
    bool apart; /* pairs are not known (analysis/figures/apart.h): lower and higher are 0 and say nothing, and
                 */
    bool same;  /* no world differs */
} hw_paired;

/* Means of numbers. The interval is Student's, with as many degrees of freedom as worlds differ, less one:
 * where few worlds differ, the variance rests on these few and no more. Below two that differ there is no
 * interval, and p is 1. Where every world differs by the same, p is that of the signs alone: two worlds with
 * equal counts are no proof of a constant. Until it is below 5 %, with six worlds, there is no interval. */
hw_paired hw_paired_means(const double *base, const double *variant, size_t worlds);

/* The same of worlds that count differently: weights that add up to 1 (NULL: all alike). Errors, p and
 * degrees of freedom are those of as many worlds as the weights are worth; the value of a world stays with
 * it. */
hw_paired hw_weighed_means(const double *base, const double *variant, const double *weights, size_t worlds);
hw_paired hw_weighed_shares(const double *base, const double *variant, const double *weights, size_t worlds);

/* variant - base, and 0 where sums of the same amounts in another order differ in their last bits. */
double hw_paired_difference(double base, double variant);

/* Of a difference with the same sign in all of so many worlds, by the exact sign test. */
double hw_paired_p_of_signs(size_t worlds);

/* Shares of events: values are 0 or 1. The interval is Tango's score interval (1998, Statistics in Medicine
 * 17), which is no point even when not one world differs; p is McNemar's exact one. */
hw_paired hw_paired_shares(const double *base, const double *variant, size_t worlds);

/* How many times the replications two independent runs would need for the same precision: the variance of
 * their difference, base + variant, over that of the paired one. At most a million, beyond which differences
 * are cents and roundings. NaN when the paired one does not vary. */
double hw_paired_saving(const hw_paired *paired);

typedef enum hw_verdict {
    HW_VERDICT_SAME,    /* no world differs */
    HW_VERDICT_UNCLEAR, /* may be zero */
    HW_VERDICT_ALONE,   /* not zero at 95 %, if it were the only comparison */
    HW_VERDICT_AMONG,   /* not zero among all the comparisons that were made */
    HW_VERDICT_FLOOR,   /* no more than what a change of nothing brings: never from hw_judge */
} hw_verdict;

/* Judges many comparisons together: Holm (1979, Scandinavian Journal of Statistics 6) keeps the chance of
 * even one false HW_VERDICT_AMONG below 5 %. Comparisons in which no world differs are zero for
 * certain and do not count. Returns how many count. */
size_t hw_judge(const hw_paired *comparisons, size_t count, hw_verdict *verdicts);

#endif
