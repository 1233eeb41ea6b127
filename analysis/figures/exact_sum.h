/* A sum of doubles without rounding, so that parts can be added in any order and grouping and give the same
 * bytes: a long fixed-point number that covers every double (Neal 2015, "Fast exact summation using small and
 * large superaccumulators"). Of finite numbers only. */
#ifndef HW_ANALYSIS_EXACT_SUM_H
#define HW_ANALYSIS_EXACT_SUM_H

#include <stdint.h>

enum { HW_EXACT_LIMBS = 69 };

/* Zero-initialise. Each limb stands for 32 bits of the number, with room for 2^30 additions. */
typedef struct hw_exact_sum {
    int64_t limb[HW_EXACT_LIMBS];
} hw_exact_sum;

void hw_exact_sum_add(hw_exact_sum *sum, double value);
void hw_exact_sum_merge(hw_exact_sum *sum, const hw_exact_sum *other);

/* The sum as a double: the same for the same sum, however it came about, and off by less than one unit in its
 * last place. */
double hw_exact_sum_value(const hw_exact_sum *sum);

#endif
