/* Laws of exact intervals of shares. */
#include "analysis/figures/exact_share.h"
#include "tests/sim/check.h"
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

/* Known by hand: of no event in n trials the upper bound is 1 - (tail)^(1/n), and the other way round. */
static void test_all_or_nothing_has_a_closed_form(void **state) {
    (void)state;
    hw_share_bounds none = hw_share_exact(0, 20, 0.95), all = hw_share_exact(20, 20, 0.95);
    assert_same(none.low, 0);
    assert_near(none.high, 1 - pow(0.025, 1.0 / 20), 1e-12);
    assert_near(all.low, pow(0.025, 1.0 / 20), 1e-12);
    assert_same(all.high, 1);
    assert_same(hw_share_exact(0, 0, 0.95).low, 0);
    assert_same(hw_share_exact(0, 0, 0.95).high, 1);
}

/* Added up over all outcomes of the binomial distribution, the chance that the truth lies outside. */
static void test_each_bound_is_missed_no_more_often_than_it_says(void **state) {
    (void)state;
    static const double truths[] = {0.01, 0.2, 0.5, 0.8, 0.95};
    for (size_t t = 0; t < sizeof truths / sizeof *truths; t++) {
        double above = 0, below = 0;
        for (unsigned happened = 0; happened <= 50; happened++) {
            hw_share_bounds bounds = hw_share_exact(happened, 50, 0.9);
            double chance = gsl_ran_binomial_pdf(happened, truths[t], 50);
            above += truths[t] < bounds.low ? chance : 0;
            below += truths[t] > bounds.high ? chance : 0;
        }
        assert_true(above <= 0.05 && below <= 0.05);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_or_nothing_has_a_closed_form),
        cmocka_unit_test(test_each_bound_is_missed_no_more_often_than_it_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
