/* The best of several on the same worlds: worlds are added until all but one have fallen behind by more than
 * chance explains (Kim and Nelson 2001, ACM Transactions on Modeling and Computer Simulation 11). The one
 * that is left is the best, or within the indifference of it, with at least the asked probability, for
 * numbers that are nearly normal; variances are those of paired differences, which is what the same worlds
 * save. They are renewed with every batch (Kim and Nelson 2006, Operations Research 54). Where few worlds
 * differ, the variance rests on these few and no more: below ten of them a pair decides nothing. */
#ifndef HW_ANALYSIS_SELECTION_H
#define HW_ANALYSIS_SELECTION_H

#include "sim/statistics.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct hw_selection {
    uint32_t count;      /* contenders */
    double indifference; /* a difference that does not matter, above zero */
    double error;        /* chance of a wrong choice, at most */
    uint64_t worlds;     /* seen of all that are left */
    double *sums;
    hw_moments *pairs;   /* differences of each pair in all worlds that both have seen, count x count */
    uint64_t *differing; /* in how many of them it is not zero, likewise */
    bool *left;          /* still among those that may be best */
    uint64_t *seen;      /* worlds after which each was left out, or all */
} hw_selection;

void hw_selection_begin(hw_selection *selection, uint32_t count, double indifference, double error);
void hw_selection_free(hw_selection *selection);

/* Adds worlds: contender after contender, `worlds` numbers each, of which more is better; numbers of those
 * that are out are not looked at. */
void hw_selection_add(hw_selection *selection, const double *numbers, uint64_t worlds);

uint32_t hw_selection_left(const hw_selection *selection);
/* The one with the largest mean of those that are left. */
uint32_t hw_selection_best(const hw_selection *selection);
/* How many worlds it may take at most, until one is left. 0: no world differs between those that are left, so
 * more worlds would hardly tell; UINT64_MAX: too few worlds differ to say it. */
uint64_t hw_selection_most(const hw_selection *selection);

#endif
