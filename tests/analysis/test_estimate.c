#include "analysis/figures/estimate.h"
#include "sim/rng.h"
#include "sim/statistics.h"
#include "tests/sim/check.h"

enum { SAMPLE = 150, SAMPLES = 2000 };

static const double censored = (double)NAN;

/* Exponential of mean 1, censored beyond `limit`. */
static void draw_sample(uint64_t number, double limit, double *values) {
    for (uint64_t i = 0; i < SAMPLE; i++) {
        double value = -log(hw_draw((hw_rng_key){.seed = 5, .replication = number}, i, 0, 0));
        values[i] = value > limit ? censored : value;
    }
}

static void test_quantile_is_the_smallest_value_that_a_share_p_does_not_exceed(void **state) {
    (void)state;
    static const double shares[] = {0.1, 0.25, 0.5, 0.9};
    double values[SAMPLE];
    draw_sample(1, 1.2, values);
    hw_sort_censored(values, SAMPLE);
    for (size_t count = 1; count <= SAMPLE; count++) {
        for (size_t s = 0; s < 4; s++) {
            size_t position = hw_quantile_position(count, shares[s]);
            assert_true((double)(position + 1) >= shares[s] * (double)count - 1e-6);
            assert_true((double)position < shares[s] * (double)count);
        }
    }
    assert_int_equal(hw_quantile_position(1000, 0.1), 99);
    assert_int_equal(hw_quantile_position(1000, 0.9), 899);
}

static void test_interval_holds_the_true_quantile_in_at_least_95_of_100_samples(void **state) {
    (void)state;
    static const double shares[3] = {0.1, 0.5, 0.9};
    int held[3] = {0};
    for (uint64_t n = 0; n < SAMPLES; n++) {
        double values[SAMPLE];
        draw_sample(n, 3, values);
        hw_spread spread = hw_estimate_spread(values, SAMPLE);
        const hw_quantile quantiles[3] = {spread.p10, spread.p50, spread.p90};
        for (int q = 0; q < 3; q++) {
            double truth = -log(1 - shares[q]);
            held[q] += quantiles[q].low <= truth && truth <= quantiles[q].high ? 1 : 0;
            assert_true(quantiles[q].low <= quantiles[q].value && quantiles[q].value <= quantiles[q].high);
        }
    }
    for (int q = 0; q < 3;
         q++) { /* 95 % less three standard errors of 2,000 trials, and not everything either */
        assert_in_range(held[q], 1870, 1990);
    }
}

static void test_quantile_among_censored_values_is_infinite_and_has_no_error(void **state) {
    (void)state;
    double values[SAMPLE];
    draw_sample(2, 0.9, values); /* about 41 % of it censored: P50 is a number, P90 is not */
    hw_spread spread = hw_estimate_spread(values, SAMPLE);
    assert_true(isfinite(spread.p50.value));
    assert_true(isinf(spread.p90.value) && spread.p90.value > 0);
    assert_true(isnan(spread.p90.error));
}

static void test_small_samples_do_not_bound_outer_quantiles(void **state) {
    (void)state;
    double values[5] = {5, 1, 4, 2, 3};
    hw_spread spread = hw_estimate_spread(values, 5);
    assert_true(spread.p50.value == 3);
    assert_true(isinf(spread.p10.low) && spread.p10.low < 0);
    assert_true(isnan(spread.p10.error) && isnan(spread.p90.error));
}

static void test_censored_values_never_pull_the_mean(void **state) {
    (void)state;
    const double values[5] = {1, censored, 2, 3, censored};
    hw_mean mean = hw_estimate_mean(values, 5);
    assert_near(mean.value, 2, 1e-12);
    assert_near(mean.error, 4.302652729911275 / sqrt(3), 1e-9); /* t(0.975; 2), s = 1, n = 3 */
    assert_true(isnan(hw_estimate_mean(values, 1).error));
}

static void test_probability_has_the_wilson_interval(void **state) {
    (void)state;
    hw_probability none = hw_estimate_probability(0, 10);
    assert_true(none.value == 0 && none.low < 1e-12);
    assert_near(none.high, 0.277532, 1e-5); /* z^2 / (10 + z^2), z = 1.959964 */
    hw_probability half = hw_estimate_probability(50, 100);
    assert_near(half.low, 0.403832, 1e-5);
    assert_near(half.high, 0.596168, 1e-5);
    assert_near(half.error, (0.596168 - 0.403832) / 2, 1e-5);
}

static void test_nothing_is_known_of_an_empty_sample(void **state) {
    (void)state;
    hw_spread spread = hw_estimate_spread(NULL, 0);
    assert_true(isnan(spread.p50.value) && isnan(spread.mean.value));
    assert_true(isnan(hw_estimate_probability(0, 0).value));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_quantile_is_the_smallest_value_that_a_share_p_does_not_exceed),
        cmocka_unit_test(test_interval_holds_the_true_quantile_in_at_least_95_of_100_samples),
        cmocka_unit_test(test_quantile_among_censored_values_is_infinite_and_has_no_error),
        cmocka_unit_test(test_small_samples_do_not_bound_outer_quantiles),
        cmocka_unit_test(test_censored_values_never_pull_the_mean),
        cmocka_unit_test(test_probability_has_the_wilson_interval),
        cmocka_unit_test(test_nothing_is_known_of_an_empty_sample),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
