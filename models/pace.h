/* How the time for one piece of ground differs from that for like pieces: lognormal around a median of 1, by
 * table, for the one number that every task on the ground draws. */
#ifndef HW_MODELS_PACE_H
#define HW_MODELS_PACE_H

#include <stdint.h>

enum { HW_PACE_STEPS = 512 }; /* four kilobytes: small beside the near cache, which ground has to share */

/* factor[i] is the quantile at i / HW_PACE_STEPS; the first and last step are left to the exact function. */
typedef struct hw_pace {
    double factor[HW_PACE_STEPS + 1];
} hw_pace;

void hw_pace_fill(hw_pace *pace);

/* The quantile itself, without the table: p in (0, 1). */
double hw_pace_exact(double p);

/* Monotone in p, exact at the table's points and in the outer steps; between them off by 1.1 % at most, in
 * the steps next to those, and by less than 0.01 % for p from 0.06 to 0.94. */
static inline double hw_pace_quantile(const hw_pace *pace, double p) {
    double at = p * HW_PACE_STEPS;
    uint32_t step = (uint32_t)at;
    if (step == 0 || step >= HW_PACE_STEPS - 1) {
        return hw_pace_exact(p);
    }
    double low = pace->factor[step];
    return low + (at - step) * (pace->factor[step + 1] - low);
}

#endif
