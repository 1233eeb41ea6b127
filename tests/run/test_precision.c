#include "sim/run/precision.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <cmocka.h>

/* The ends of a Wilson interval are the p for which the observed share is z standard deviations away. */
static void test_the_interval_ends_solve_wilsons_equation(void **state) {
    (void)state;
    const double z = 1.959963984540054;
    for (uint64_t n = 1; n < 3000; n = n * 3 + 1) {
        for (uint64_t k = 0; k <= n; k += 1 + n / 7) {
            double seen = (double)k / (double)n;
            double middle = (seen + z * z / (2.0 * (double)n)) / (1.0 + z * z / (double)n);
            double half = hw_wilson_half_width(k, n);
            for (int sign = -1; sign <= 1; sign += 2) {
                double p = middle + sign * half;
                double left = (seen - p) * (seen - p);
                double right = z * z * p * (1.0 - p) / (double)n;
                assert_true(fabs(left - right) < 1e-12);
            }
        }
    }
}

static void test_the_width_is_symmetric_and_shrinks_with_more_replications(void **state) {
    (void)state;
    for (uint64_t k = 0; k <= 100; k++) {
        assert_true(fabs(hw_wilson_half_width(k, 100) - hw_wilson_half_width(100 - k, 100)) < 1e-15);
        assert_true(hw_wilson_half_width(2 * k, 200) < hw_wilson_half_width(k, 100));
    }
}

static void test_no_replications_mean_no_knowledge(void **state) {
    (void)state;
    assert_true(hw_wilson_half_width(0, 0) == 0.5);
}

static void test_looks_double_from_100_and_end_at_the_most(void **state) {
    (void)state;
    assert_int_equal(hw_precision_next_look(0, 1000), 100);
    assert_int_equal(hw_precision_next_look(100, 1000), 200);
    assert_int_equal(hw_precision_next_look(200, 1000), 400);
    assert_int_equal(hw_precision_next_look(400, 1000), 800);
    assert_int_equal(hw_precision_next_look(800, 1000), 1000);
    assert_int_equal(hw_precision_next_look(0, 30), 30);
    assert_int_equal(hw_precision_next_look(0, 100), 100);
    assert_int_equal(hw_precision_next_look(100, UINT64_MAX), 200);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_interval_ends_solve_wilsons_equation),
        cmocka_unit_test(test_the_width_is_symmetric_and_shrinks_with_more_replications),
        cmocka_unit_test(test_no_replications_mean_no_knowledge),
        cmocka_unit_test(test_looks_double_from_100_and_end_at_the_most),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
