/* What every test program of the kernel includes: cmocka and assertions on numbers that say what they
 * compared. */
#ifndef HW_TESTS_SIM_CHECK_H
#define HW_TESTS_SIM_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <math.h>
#include <cmocka.h>

#define assert_near(actual, expected, tolerance)                                                             \
    check_near((actual), (expected), (tolerance), #actual, __FILE__, __LINE__)

static inline void check_near(double actual, double expected, double tolerance, const char *what,
                              const char *file, int line) {
    if (!(fabs(actual - expected) <= tolerance)) {
        print_error("%s is %.17g, not %.17g within %.3g\n", what, actual, expected, tolerance);
        _fail(file, line);
    }
}

/* Bit for bit, infinities included; NaN equals nothing. */
#define assert_same(actual, expected) check_same((actual), (expected), #actual, __FILE__, __LINE__)

static inline void check_same(double actual, double expected, const char *what, const char *file, int line) {
    if (!(actual == expected)) {
        print_error("%s is %.17g, not %.17g\n", what, actual, expected);
        _fail(file, line);
    }
}

#endif
