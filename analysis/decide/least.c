/* Searches for the least amount. */
#include "analysis/decide/least.h"
#include "analysis/figures/estimate.h"
#include "analysis/figures/exact_share.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is printed of an amount, so that whoever reads it can ask for the same. */
static double printed(double amount) {
    char text[32];
    snprintf(text, sizeof text, "%.3g", amount);
    return strtod(text, NULL);
}

/* Asks with an amount, unless that was done. False after an error, and when there is no room for more. */
static bool try_amount(hw_least *l, double amount, hw_status *status) {
    uint32_t at = 0;
    while (at < l->count && l->tries[at].amount < amount) {
        at++;
    }
    if (at < l->count && l->tries[at].amount <= amount) {
        return true;
    }
    if (l->count == HW_TRIES_MOST) {
        return false;
    }
    hw_try one = {.amount = amount};
    *status = l->ask(l->who, &one);
    if (*status != HW_OK) {
        free(one.each);
        return false;
    }
    memmove(&l->tries[at + 1], &l->tries[at], (l->count - at) * sizeof *l->tries);
    l->tries[at] = one;
    l->count++;
    return true;
}

/* The first try with which so many worlds meet the aim; count: none. */
static uint32_t first_enough(const hw_least *l, uint64_t wanted) {
    uint32_t i = 0;
    while (i < l->count && l->tries[i].met < wanted) {
        i++;
    }
    return i;
}

/* Between an amount that is enough and the one below it: by halves of the logarithm while they are far apart.
 */
static double between(const hw_least *l, double low, double high) {
    static const double far = 2, smallest = 0.01;
    double least = low > 0 ? low : smallest * fmax(l->plan, l->first);
    return printed(high > far * least ? sqrt(high * least) : (high + low) / 2);
}

/* Tries amounts until that which is enough and the one below it are a twentieth apart. */
static hw_status narrow(hw_least *l, uint64_t wanted) {
    enum { ROUNDS = 16 };
    static const double close = 1.05;
    hw_status status = HW_OK;
    for (int round = 0; round < ROUNDS; round++) {
        uint32_t up = first_enough(l, wanted);
        if (up == 0 || up == l->count) {
            break;
        }
        double high = l->tries[up].amount, low = l->tries[up - 1].amount, middle = between(l, low, high);
        if (high <= close * low || middle <= low || middle >= high || !try_amount(l, middle, &status)) {
            break;
        }
    }
    return status;
}

static void count_turned(hw_least *l) {
    for (uint64_t r = 0; l->tries[0].each != NULL && r < l->worlds; r++) {
        bool met = false, turned = false;
        for (uint32_t i = 0; i < l->count; i++) {
            turned = turned || (met && !l->tries[i].each[r]);
            met = met || l->tries[i].each[r];
        }
        l->turned += turned;
    }
}

/* The order statistic of that number lies above the last try that is not enough for it, and at most at the
 * first that is. */
static double below(const hw_least *l, size_t number) {
    uint32_t up = first_enough(l, number);
    return up > 0 ? l->tries[up - 1].amount : 0;
}

static double at_most(const hw_least *l, size_t number) {
    uint32_t up = first_enough(l, number);
    return up < l->count ? l->tries[up].amount : (double)INFINITY;
}

/* Whether the best of all amounts is below the share for certain. */
static bool is_never(const hw_least *l) {
    static const double confidence = 0.95;
    uint64_t most = 0;
    for (uint32_t i = 0; i < l->count; i++) {
        most = l->tries[i].met > most ? l->tries[i].met : most;
    }
    return hw_share_exact(most, l->worlds, confidence).high < l->share;
}

hw_status hw_least_search(hw_least *l) {
    static const double rounding = 1e-9;
    uint64_t wanted = (uint64_t)ceil(l->share * (double)l->worlds - rounding);
    hw_order_bounds bounds = hw_quantile_bounds(l->worlds, l->share);
    hw_status status = HW_OK;
    const double first[] = {l->plan, l->infinite, 0, l->first};
    for (size_t i = 0; i < sizeof first / sizeof *first && status == HW_OK; i++) {
        (void)try_amount(l, first[i], &status);
    }
    const uint64_t numbers[] = {wanted, bounds.low, bounds.high};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers && status == HW_OK; i++) {
        status = numbers[i] > 0 && numbers[i] <= l->worlds ? narrow(l, numbers[i]) : HW_OK;
    }
    if (status != HW_OK) {
        return status;
    }
    l->answer = at_most(l, wanted);
    l->end = isfinite(l->answer) ? (l->answer > 0 ? HW_LEAST_FOUND : HW_LEAST_FREE)
             : is_never(l)       ? HW_LEAST_NEVER
                                 : HW_LEAST_OPEN;
    l->low = bounds.low > 0 ? below(l, bounds.low) : 0;
    l->high = bounds.high <= l->worlds ? at_most(l, bounds.high) : (double)INFINITY;
    count_turned(l);
    return HW_OK;
}

void hw_least_free(hw_least *l) {
    for (uint32_t i = 0; i < l->count; i++) {
        free(l->tries[i].each);
    }
    l->count = 0;
}

const hw_try *hw_least_try(const hw_least *l, double amount) {
    uint32_t i = 0;
    while (i + 1 < l->count && l->tries[i].amount < amount) {
        i++;
    }
    return &l->tries[i];
}

uint64_t hw_least_met_by_then(const hw_least *l, uint32_t number) {
    uint64_t count = 0;
    for (uint64_t r = 0; l->tries[0].each != NULL && r < l->worlds; r++) {
        bool met = false;
        for (uint32_t i = 0; i <= number; i++) {
            met = met || l->tries[i].each[r];
        }
        count += met;
    }
    return count;
}
