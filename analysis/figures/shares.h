/* The best shares of a whole, by trying: one number is asked of each way to share, and the largest is looked
 * for without derivatives (COBYLA: Powell 1994; NLopt) from several starts. Whoever answers asks the same
 * sample each time, so that the same shares have the same number: sample average approximation. What is found
 * is then the best of that sample, and looks better than it is (Mak, Morton and Wood 1999, Operations
 * Research Letters 24): ask a fresh sample for what it is worth.
 *
 * Shares are whole thousandths, so that they can be printed and asked for again, and add up exactly. */
#ifndef HW_ANALYSIS_SHARES_H
#define HW_ANALYSIS_SHARES_H

#include "sim/error.h"
#include <stdint.h>

enum { HW_SHARES_WHOLE = 1000, HW_SHARES_MOST = 40 };

typedef struct hw_shares_try {
    uint32_t *parts; /* thousandths; they add up to HW_SHARES_WHOLE */
    double value;
} hw_shares_try;

typedef struct hw_shares {
    /* Set before the search. */
    uint32_t count;             /* 2 to HW_SHARES_MOST */
    const uint32_t *low, *high; /* limits of each, thousandths; the whole fits between their sums */
    const uint32_t *today;      /* the shares as they are: the first start, whether within limits or not */
    uint32_t change;            /* thousandths that may stand elsewhere than today; HW_SHARES_WHOLE: all. Less
                                   only where today is within the limits */
    uint32_t most;              /* tries */
    hw_status (*ask)(void *who, const uint32_t *parts, double *value); /* more is better */
    void *who;
    /* Found. */
    hw_shares_try *tries; /* in the order in which they were asked; the first is today, within the limits */
    uint32_t tried;
    uint32_t best; /* the first try of the largest number */
} hw_shares;

/* Searches until the shares are known to some thousandths, or `most` is reached. Fails as `ask` does. Free
 * after failure too. */
hw_status hw_shares_search(hw_shares *shares);
void hw_shares_free(hw_shares *shares);

/* The shares within limits that are nearest to `wanted` (of 1), rounded so that they add up. */
void hw_shares_place(const hw_shares *shares, const double *wanted, uint32_t *parts);

/* Thousandths that stand elsewhere. */
uint32_t hw_shares_moved(const uint32_t *from, const uint32_t *to, uint32_t count);

#endif
