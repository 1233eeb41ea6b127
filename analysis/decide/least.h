/* The least amount with which a share of worlds meets an aim, by inversion in each world: all worlds are
 * asked with one amount after another, on the same draws. Each world's own least amount then lies between two
 * amounts that were tried, and one search gives the whole curve. */
#ifndef HW_ANALYSIS_LEAST_H
#define HW_ANALYSIS_LEAST_H

#include "sim/error.h"
#include <stdbool.h>
#include <stdint.h>

enum { HW_TRIES_MOST = 64 };

/* An amount that was tried. */
typedef struct hw_try {
    double amount;
    uint64_t met; /* worlds that meet the aim */
    bool *each;   /* world by world: the same worlds in all tries; NULL where only met is known */
    double spent, spent_error; /* what the asked one likes to note beside it */
} hw_try;

typedef enum hw_least_end {
    HW_LEAST_FOUND,
    HW_LEAST_FREE,  /* zero is enough in these worlds */
    HW_LEAST_NEVER, /* no amount is, even by the exact upper bound of the share */
    HW_LEAST_OPEN,  /* no amount is enough in these worlds, and yet they cannot tell that none is */
} hw_least_end;

typedef struct hw_least {
    /* Set before the search. `ask` fills in all but the amount of a try. */
    hw_status (*ask)(void *who, hw_try *one);
    void *who;
    uint64_t worlds;
    double share;    /* of the worlds, 0..1 */
    double plan;     /* the amount as it is: tried first */
    double first;    /* an amount above it to begin with */
    double infinite; /* more than can matter */
    /* Found. */
    hw_try tries[HW_TRIES_MOST]; /* by amount */
    uint32_t count;
    hw_least_end end;
    double answer;    /* the least amount tried that is enough; infinity: none */
    double low, high; /* bound the quantile of the worlds' own least amounts with at least 95 % (order
                         statistics); infinity: unbounded */
    uint64_t turned;  /* worlds that meet the aim with less and miss it with more; where `each` is known */
} hw_least;

/* Searches until the answer and its bounds are known to a twentieth. Amounts are rounded to three digits, so
 * that they can be asked for again. Fails as `ask` does. Free after failure too. */
hw_status hw_least_search(hw_least *least);
void hw_least_free(hw_least *least);

/* The try of the least amount that is no smaller. */
const hw_try *hw_least_try(const hw_least *least, double amount);

/* How many worlds meet the aim with one of the tries up to that one. */
uint64_t hw_least_met_by_then(const hw_least *least, uint32_t number);

#endif
