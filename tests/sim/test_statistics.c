/* Coverage is tested with fixed seeds against bounds that a correct interval oversteps with probability below
 * 1e-3. */
#include "sim/statistics.h"

#include "sim/rng.h"
#include "tests/sim/check.h"
#include <gsl/gsl_statistics.h>

enum { VALUES = 1000 };

static void fill(double *values, size_t count, uint64_t replication) {
    hw_draws draws;
    hw_draws_open(&draws, (hw_rng_key){6, replication}, 0, 0, 0);
    for (size_t i = 0; i < count; i++) {
        values[i] = 1e6 - log(hw_draws_uniform(&draws)); /* exponential, far from 0 to provoke cancellation */
    }
}

static hw_moments moments_of(const double *values, size_t count) {
    hw_moments moments = {0};
    for (size_t i = 0; i < count; i++) {
        hw_moments_add(&moments, values[i]);
    }
    return moments;
}

static void test_running_moments_are_those_of_gsl(void **state) {
    (void)state;
    double values[VALUES];
    fill(values, VALUES, 0);
    hw_moments moments = moments_of(values, VALUES);
    assert_int_equal(moments.count, VALUES);
    assert_near(moments.mean, gsl_stats_mean(values, 1, VALUES), 1e-8);
    double variance = gsl_stats_variance(values, 1, VALUES);
    assert_near(hw_moments_variance(&moments), variance, 1e-8);
}

static void test_too_few_values_give_no_variance_and_no_bounds(void **state) {
    (void)state;
    hw_moments moments = {0};
    assert_true(isnan(hw_moments_variance(&moments)));
    hw_moments_add(&moments, 5.0);
    assert_true(isnan(hw_moments_variance(&moments)));
    hw_interval interval = hw_moments_interval(&moments, 0.95);
    assert_same(interval.low, -HUGE_VAL);
    assert_same(interval.high, HUGE_VAL);
}

static void test_the_interval_of_the_mean_is_students(void **state) {
    (void)state;
    const double values[] = {1.0, 2.0, 3.0, 4.0, 5.0};
    hw_moments moments = moments_of(values, 5);
    hw_interval interval = hw_moments_interval(&moments, 0.95);
    double half_width = 2.776445105 * sqrt(2.5 / 5.0); /* t of 4 degrees of freedom at 0.975, from a table */
    assert_near(interval.low, 3.0 - half_width, 1e-8);
    assert_near(interval.high, 3.0 + half_width, 1e-8);
    moments =
        (hw_moments){.count = 100000000, .mean = 0.0, .squares = 1e8}; /* GSL's t must not fail on many */
    assert_near(hw_moments_interval(&moments, 0.95).high, 1.959964e-4, 1e-9);
}

static void test_quantiles_of_a_sample_are_linear_between_its_values(void **state) {
    (void)state;
    double sample[] = {4.0, 1.0, 3.0, 2.0};
    hw_sample_sort(sample, 4);
    assert_same(hw_sample_quantile(sample, 4, 0.0), 1.0);
    assert_same(hw_sample_quantile(sample, 4, 1.0), 4.0);
    assert_near(hw_sample_quantile(sample, 4, 0.5), 2.5, 1e-15); /* as numpy.quantile */
    assert_near(hw_sample_quantile(sample, 4, 0.1), 1.3, 1e-15);
    assert_near(hw_sample_quantile(sample, 4, 0.9), 3.7, 1e-15);
    assert_same(hw_sample_quantile(sample, 1, 0.9), 1.0);
    assert_true(isnan(hw_sample_quantile(sample, 0, 0.5)));
}

static void test_censored_values_take_their_place_and_are_never_dropped(void **state) {
    (void)state;
    double sample[] = {HUGE_VAL, 1.0, HUGE_VAL, 2.0, 3.0};
    hw_sample_sort(sample, 5);
    assert_same(hw_sample_quantile(sample, 5, 0.25), 2.0);
    assert_same(hw_sample_quantile(sample, 5, 0.5), 3.0); /* the last seen value, not dragged along */
    assert_same(hw_sample_quantile(sample, 5, 0.51), HUGE_VAL);
    assert_same(hw_sample_quantile(sample, 5, 0.9), HUGE_VAL); /* between two infinities */
    const double all[] = {HUGE_VAL, HUGE_VAL, HUGE_VAL};
    assert_same(hw_sample_quantile(all, 3, 0.0), HUGE_VAL);
}

static void test_known_ranks_bound_the_median(void **state) {
    (void)state;
    double sample[100];
    for (int i = 0; i < 100; i++) {
        sample[i] = i + 1.0;
    }
    /* Conover, "Practical nonparametric statistics", and R: ranks 40 and 61 hold the median of 100 at 96.5 %
     */
    hw_interval interval = hw_sample_quantile_interval(sample, 100, 0.5, 0.95);
    assert_same(interval.low, 40.0);
    assert_same(interval.high, 61.0);
}

static void test_a_bound_that_the_sample_cannot_give_is_infinite(void **state) {
    (void)state;
    double sample[20];
    for (int i = 0; i < 20; i++) {
        sample[i] = i < 15 ? i : HUGE_VAL;
    }
    assert_same(hw_sample_quantile_interval(sample, 20, 0.05, 0.95).low, -HUGE_VAL); /* too few below */
    assert_same(hw_sample_quantile_interval(sample, 20, 0.99, 0.95).high, HUGE_VAL); /* too few above */
    hw_interval censored = hw_sample_quantile_interval(sample, 20, 0.6, 0.95);
    assert_true(isfinite(censored.low));
    assert_same(censored.high, HUGE_VAL); /* among the censored */
    hw_interval empty = hw_sample_quantile_interval(sample, 0, 0.5, 0.95);
    assert_same(empty.low, -HUGE_VAL);
    assert_same(empty.high, HUGE_VAL);
}

enum { SAMPLES = 2000 };

/* How many of SAMPLES intervals hold the true quantile, which is infinite when it lies among the censored. */
static uint32_t covered(size_t count, double p, double censored_above) {
    static double sample[2000];
    uint32_t hits = 0;
    double truth = 1e6 - log1p(-p);
    truth = truth > censored_above ? HUGE_VAL : truth;
    for (uint64_t i = 0; i < SAMPLES; i++) {
        fill(sample, count, 100 + i);
        for (size_t j = 0; j < count; j++) {
            sample[j] = sample[j] > censored_above ? HUGE_VAL : sample[j];
        }
        hw_sample_sort(sample, count);
        hw_interval interval = hw_sample_quantile_interval(sample, count, p, 0.95);
        hits += interval.low <= truth && truth <= interval.high;
    }
    return hits;
}

static void test_quantile_intervals_cover_as_often_as_they_say(void **state) {
    (void)state;
    static const double probabilities[] = {0.1, 0.5, 0.9};
    const double low = 0.95 * SAMPLES - 3.1 * sqrt(SAMPLES * 0.95 * 0.05); /* 1 in 1000 */
    for (int i = 0; i < 3; i++) {
        for (size_t count = 50; count <= 1250; count *= 5) {
            uint32_t hits = covered(count, probabilities[i], HUGE_VAL);
            assert_true(hits >= low);
            assert_true(hits <= 0.99 * SAMPLES); /* nor is it so wide as to say nothing */
            assert_true(covered(count, probabilities[i], 1e6 + 1.6) >= hits); /* censored above P80 */
        }
    }
}

static void test_share_intervals_are_those_of_the_literature(void **state) {
    (void)state;
    /* Newcombe 1998, Statistics in Medicine 17, table I, method 3 */
    static const struct {
        uint64_t successes, trials;
        double low, high;
    } known[] = {
        {81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605}, {0, 20, 0.0, 0.1611}, {1, 29, 0.0061, 0.1718}};
    for (int i = 0; i < 4; i++) {
        hw_interval interval = hw_wilson_interval(known[i].successes, known[i].trials, 0.95);
        assert_near(interval.low, known[i].low, 5e-5);
        assert_near(interval.high, known[i].high, 5e-5);
        uint64_t failures = known[i].trials - known[i].successes;
        hw_interval mirrored = hw_wilson_interval(failures, known[i].trials, 0.95);
        assert_near(mirrored.low, 1.0 - interval.high, 1e-12);
        assert_near(mirrored.high, 1.0 - interval.low, 1e-12);
    }
    hw_interval nothing = hw_wilson_interval(0, 0, 0.95);
    assert_same(nothing.low, 0.0);
    assert_same(nothing.high, 1.0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_running_moments_are_those_of_gsl),
        cmocka_unit_test(test_too_few_values_give_no_variance_and_no_bounds),
        cmocka_unit_test(test_the_interval_of_the_mean_is_students),
        cmocka_unit_test(test_quantiles_of_a_sample_are_linear_between_its_values),
        cmocka_unit_test(test_censored_values_take_their_place_and_are_never_dropped),
        cmocka_unit_test(test_known_ranks_bound_the_median),
        cmocka_unit_test(test_a_bound_that_the_sample_cannot_give_is_infinite),
        cmocka_unit_test(test_quantile_intervals_cover_as_often_as_they_say),
        cmocka_unit_test(test_share_intervals_are_those_of_the_literature),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
