/* Laws of a ratio of means: what it is, and that its interval holds what it should. */
#include "analysis/figures/ratio.h"
#include "sim/distribution.h"
#include "sim/rng.h"
#include "tests/sim/check.h"

enum { WORLDS = 200, REPEATS = 1000 };

static double normal(uint64_t number, uint64_t i, uint64_t purpose) {
    return hw_normal_quantile(
        hw_draw((hw_rng_key){.seed = 5, .replication = number}, i, (uint32_t)purpose, 0));
}

static void test_it_is_the_ratio_of_the_means_and_not_the_mean_of_ratios(void **state) {
    (void)state;
    const double above[] = {1, 4, 1}, below[] = {1, 2, 9};
    assert_near(hw_ratio_of_means(above, below, 3).value, 0.5, 1e-15);
}

static void test_a_constant_share_has_no_error(void **state) {
    (void)state;
    const double above[] = {1, 2, 4}, below[] = {2, 4, 8};
    hw_ratio ratio = hw_ratio_of_means(above, below, 3);
    assert_same(ratio.value, 0.5);
    assert_near(ratio.error, 0, 1e-15);
}

static void test_nothing_below_is_unknown(void **state) {
    (void)state;
    const double above[] = {1, 2}, below[] = {0, 0};
    assert_true(isnan(hw_ratio_of_means(above, below, 2).value));
    assert_true(isnan(hw_ratio_of_means(above, below, 0).value));
    assert_true(isnan(hw_ratio_of_means(above, (const double[]){4, 4}, 1).error));
}

/* above = 0.6 below + noise, below of mean 10: the ratio is 0.6. Of a thousand samples 950 should hold it;
 * four standard deviations of that number are 28. */
static void test_intervals_of_95_percent_hold_the_truth_in_93_to_97_percent(void **state) {
    (void)state;
    double above[WORLDS], below[WORLDS];
    int held = 0;
    for (uint64_t repeat = 0; repeat < REPEATS; repeat++) {
        for (uint64_t i = 0; i < WORLDS; i++) {
            below[i] = 10 + 3 * normal(repeat, i, 1);
            above[i] = 0.6 * below[i] + 2 * normal(repeat, i, 2);
        }
        hw_ratio ratio = hw_ratio_of_means(above, below, WORLDS);
        held += fabs(ratio.value - 0.6) <= ratio.error;
    }
    assert_in_range(held, 930, 970);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_it_is_the_ratio_of_the_means_and_not_the_mean_of_ratios),
        cmocka_unit_test(test_a_constant_share_has_no_error),
        cmocka_unit_test(test_nothing_below_is_unknown),
        cmocka_unit_test(test_intervals_of_95_percent_hold_the_truth_in_93_to_97_percent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
