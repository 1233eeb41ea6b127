/* A fixed-point number of some 2,200 bits, in limbs of 32. */
#include "analysis/figures/exact_sum.h"
#include <math.h>

enum { LIMB_BITS = 32, MANTISSA_BITS = 53, LOWEST = 1074 /* the smallest double is 2^-1074 */ };
static const int64_t BASE = (int64_t)1 << LIMB_BITS;

void hw_exact_sum_add(hw_exact_sum *sum, double value) {
    int exponent = 0;
    double part = frexp(value, &exponent);
    int low = exponent - MANTISSA_BITS; /* of the last bit of the mantissa */
    int lift = low < -LOWEST ? -LOWEST - low : 0;
    int64_t mantissa = (int64_t)ldexp(part, MANTISSA_BITS - lift); /* whole: nothing lies below 2^-1074 */
    int place = low + lift + LOWEST;
    int first = place / LIMB_BITS;
    int shift = place % LIMB_BITS;
    int64_t sign = mantissa < 0 ? -1 : 1;
    uint64_t bits = (uint64_t)(sign * mantissa);
    uint64_t below = (bits & (uint64_t)(BASE - 1)) << shift; /* the mantissa in two halves, each shifted */
    uint64_t above = (bits >> LIMB_BITS) << shift;
    above += below >> LIMB_BITS;
    sum->limb[first] += sign * (int64_t)(below & (uint64_t)(BASE - 1));
    sum->limb[first + 1] += sign * (int64_t)(above & (uint64_t)(BASE - 1));
    sum->limb[first + 2] += sign * (int64_t)(above >> LIMB_BITS);
}

/* Every limb but the last in 0 .. 2^32 - 1: the one form that this sum has. */
static void carry(hw_exact_sum *sum) {
    for (int i = 0; i + 1 < HW_EXACT_LIMBS; i++) {
        int64_t digit = sum->limb[i] % BASE;
        digit += digit < 0 ? BASE : 0;
        sum->limb[i + 1] += (sum->limb[i] - digit) / BASE;
        sum->limb[i] = digit;
    }
}

void hw_exact_sum_merge(hw_exact_sum *sum, const hw_exact_sum *other) {
    for (int i = 0; i < HW_EXACT_LIMBS; i++) {
        sum->limb[i] += other->limb[i];
    }
    carry(sum);
}

double hw_exact_sum_value(const hw_exact_sum *sum) {
    hw_exact_sum whole = *sum;
    carry(&whole);
    double sign = 1;
    if (whole.limb[HW_EXACT_LIMBS - 1] < 0) { /* digits of the opposite number, or its leading ones cancel */
        for (int i = 0; i < HW_EXACT_LIMBS; i++) {
            whole.limb[i] = -whole.limb[i];
        }
        carry(&whole);
        sign = -1;
    }
    int top = HW_EXACT_LIMBS - 1;
    while (top > 0 && whole.limb[top] == 0) {
        top--;
    }
    double value = 0;
    for (int i = top > 3 ? top - 3 : 0; i <= top; i++) { /* small ones first */
        value += ldexp((double)whole.limb[i], i * LIMB_BITS - LOWEST);
    }
    return sign * value;
}
