/* The lesser and the greater of two numbers, neither of which may be NaN: one machine instruction each. fmin
 * and fmax, which have to look for NaN, are calls of a function. */
#ifndef HW_SIM_EXTREMES_H
#define HW_SIM_EXTREMES_H

static inline double hw_lesser(double a, double b) {
    return a < b ? a : b;
}

static inline double hw_greater(double a, double b) {
    return a > b ? a : b;
}

#endif
