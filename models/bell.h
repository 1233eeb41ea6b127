/* Standard normal quantiles by table, for the many draws of an event loop where five digits are enough. */
#ifndef HW_MODELS_BELL_H
#define HW_MODELS_BELL_H

#include "sim/distribution.h"
#include <stdint.h>

enum { HW_BELL_STEPS = 2048 };

/* value[i] is the quantile at i / HW_BELL_STEPS; the first and last step are left to the exact function. */
typedef struct hw_bell {
    double value[HW_BELL_STEPS + 1];
} hw_bell;

void hw_bell_fill(hw_bell *bell);

/* Monotone in p, exact at the table's points and in the outer steps; between them off by less than 1e-4 of a
 * standard deviation in the middle and 0.03 at the ends of the table. */
static inline double hw_bell_quantile(const hw_bell *bell, double p) {
    double at = p * HW_BELL_STEPS;
    uint32_t step = (uint32_t)at;
    if (step == 0 || step >= HW_BELL_STEPS - 1) {
        return hw_normal_quantile(p);
    }
    double low = bell->value[step];
    return low + (at - step) * (bell->value[step + 1] - low);
}

#endif
