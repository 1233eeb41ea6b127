/* What many replications say about one number, without keeping them: counts, exact sums, and a fine
 * histogram. Tallies of parts merge to the tally of all, bit for bit, in whatever order and grouping: so it
 * does not matter how many ranks counted.
 *
 * Quantiles are read from the histogram. Of days they are right to the day (the date is that of the sample),
 * of whole numbers below 1024 they are exact, of others the nearest representable below: at most one part in
 * HW_TALLY_STEPS too near to zero. Least and greatest value are exact. */
#ifndef HW_ANALYSIS_TALLY_H
#define HW_ANALYSIS_TALLY_H

#include "analysis/figures/estimate.h"
#include "analysis/figures/exact_sum.h"
#include <stdbool.h>
#include <stdint.h>

enum { HW_TALLY_STEPS = 512, HW_TALLY_PAGE = 64 };

typedef struct hw_tally {
    bool days;                         /* the histogram has one step a day; else 512 in each doubling */
    uint64_t count;                    /* all values */
    uint64_t missing, above, below;    /* NaN, +infinity, -infinity: not in what follows */
    double least, greatest;            /* of the finite ones, when there are any */
    hw_exact_sum sum, squares;         /* of the sums of blocks; of the terms of their squares */
    int32_t first_page;                /* pages of the histogram: which is the first, how many, */
    uint32_t page_count, pages_filled; /* and how many have counts */
    uint16_t *place;                   /* page by page: 1 + its place among the filled ones; 0: empty */
    uint32_t *counts;                  /* of filled pages */
} hw_tally;

/* Zero-initialise but for `days`; free what it holds. */
void hw_tally_free(hw_tally *tally);

/* A block of values. For the same bytes blocks must be the same ones, however they are shared: sums within a
 * block are rounded. */
void hw_tally_add(hw_tally *tally, const double *values, size_t count);
void hw_tally_merge(hw_tally *tally, const hw_tally *other);

/* The value at a position (from 0) of the sample in ascending order; what is missing comes last, as
 * +infinity. */
double hw_tally_at(const hw_tally *tally, uint64_t position);
/* How many values are days on or before `day`, which is whole: floor(value) <= day. Of days only. */
uint64_t hw_tally_until(const hw_tally *tally, double day);
/* As hw_estimate_spread of the sample. */
hw_spread hw_tally_spread(const hw_tally *tally);

/* As bytes, to send to another rank: how many they are; written to `bytes`; and read from there into an empty
 * tally. Both return where the next one stands. */
size_t hw_tally_bytes(const hw_tally *tally);
unsigned char *hw_tally_pack(const hw_tally *tally, unsigned char *bytes);
const unsigned char *hw_tally_unpack(hw_tally *tally, const unsigned char *bytes);

#endif
