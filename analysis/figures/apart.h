/* Differences between two samples of which only summaries were kept.
 *
 * The worlds are shared, but which value belongs to which world is lost, and with it how the two move
 * together. Nothing is assumed in its place: an interval here holds whatever the worlds have in common, that
 * is, also if what is high in the one were low in the other. The standard deviation of a difference is at
 * most the sum of both standard deviations (Minkowski), in the sample too; so where no replication is lost
 * the standard error here is never below the paired one. It is up to 1.4 times (the square root of 2) that of
 * independent runs, and many times the paired one where worlds move together. An interval can be narrower
 * than the paired one all the same, where few worlds differ: pairs show that and rest on fewer degrees of
 * freedom. */
#ifndef HW_ANALYSIS_APART_H
#define HW_ANALYSIS_APART_H

#include "analysis/figures/paired.h"

/* What is known of the mean of a sample. */
typedef struct hw_apart_mean {
    size_t worlds;
    size_t
        censored; /* of these, all with one value, which is the same in both samples: days at the horizon */
    double mean, sd; /* of one world; NaN: unknown */
} hw_apart_mean;

/* Student's interval about variant - base, with as many degrees of freedom as worlds can differ, less one:
 * at most those of the smaller sample, and only where one at least is not censored. `apart` is set, and what
 * only pairs can say is 0 or NaN. Below two such worlds there is no interval, nor
 * below six when neither sample varies (as hw_paired_means). Two samples that do not vary and have the same
 * mean are known to be the same in all worlds. */
hw_paired hw_apart_means(const hw_apart_mean *base, const hw_apart_mean *variant);

/* What is known of an event. */
typedef struct hw_apart_share {
    size_t worlds;
    double share; /* 0 .. 1; NaN: unknown */
} hw_apart_share;

/* The interval is Newcombe's (1998, Statistics in Medicine 17, 2635, method 10) at a correlation of -1: from
 * the lower Wilson bound of the one to the upper of the other. p is that of the level at which these meet.
 * Known to be the same in all worlds is what happened in all or in none of both. */
hw_paired hw_apart_shares(const hw_apart_share *base, const hw_apart_share *variant);

#endif
