/* Laws of weighted samples: what is known of them holds, and equal weights are no weights. */
#include "analysis/figures/weighted.h"
#include "sim/distribution.h"
#include "sim/rng.h"
#include "tests/sim/check.h"
#include <stdlib.h>

enum { SAMPLE = 4000 };

static double uniform(uint64_t number, uint64_t i) {
    return hw_draw((hw_rng_key){.seed = 11, .replication = number}, i, 0, 0);
}

static void test_power_is_one_where_the_likelihood_leaves_enough_of_the_sample(void **state) {
    (void)state;
    double weights[SAMPLE], flat[SAMPLE] = {0};
    hw_tempered t = hw_temper(flat, SAMPLE, 0.5, weights);
    assert_same(t.power, 1);
    assert_near(t.effective, SAMPLE, 1e-6);
    assert_near(t.largest, 1.0 / SAMPLE, 1e-15);
}

/* Normal prior with deviation 1, likelihood exp(-a x^2 / 2): the effective share at power b is
 * sqrt(1 + 2 a b) / (1 + a b), so that a half is reached where a b = 3 + sqrt(12). */
static void test_bisection_finds_the_power_at_which_half_of_a_normal_sample_is_effective(void **state) {
    (void)state;
    static double logs[SAMPLE], weights[SAMPLE];
    const double a = 100;
    for (uint64_t i = 0; i < SAMPLE; i++) {
        double x = hw_normal_quantile(((double)i + 0.5) / SAMPLE);
        logs[i] = -a * x * x / 2 - 5000; /* far below what exp() can say */
    }
    hw_tempered t = hw_temper(logs, SAMPLE, 0.5, weights);
    assert_near(t.effective, SAMPLE / 2.0, 1e-6 * SAMPLE);
    assert_near(t.power, (3 + sqrt(12)) / a, 0.001);
    double sum = 0;
    for (size_t i = 0; i < SAMPLE; i++) {
        sum += weights[i];
        assert_true(weights[i] <= t.largest);
    }
    assert_near(sum, 1, 1e-12);
}

/* Prior N(0, 1), one measurement y = 1 with deviation 0.7: the posterior is N(y / (1 + s2), s2 / (1 + s2)).
 */
static void test_weights_of_power_one_give_the_normal_posterior(void **state) {
    (void)state;
    static double x[SAMPLE], logs[SAMPLE], weights[SAMPLE];
    static hw_weighted sorted[SAMPLE];
    const double s2 = 0.49, y = 1;
    for (uint64_t i = 0; i < SAMPLE; i++) {
        x[i] = hw_normal_quantile(((double)i + 0.5) / SAMPLE);
        logs[i] = -(y - x[i]) * (y - x[i]) / (2 * s2);
    }
    hw_tempered t = hw_temper(logs, SAMPLE, 0.1, weights);
    assert_same(t.power, 1);
    hw_weighted_sort(sorted, x, weights, SAMPLE);
    double mean = y / (1 + s2), sd = sqrt(s2 / (1 + s2));
    assert_near(hw_weighted_quantile_value(sorted, SAMPLE, 0.5), mean, 0.002);
    assert_near(hw_weighted_quantile_value(sorted, SAMPLE, 0.1), mean + sd * hw_normal_quantile(0.1), 0.003);
    assert_near(hw_weighted_quantile_value(sorted, SAMPLE, 0.9), mean + sd * hw_normal_quantile(0.9), 0.003);
    assert_near(hw_weight_up_to(sorted, SAMPLE, mean), 0.5, 0.001);
}

static void test_the_impossible_has_no_weight_and_nothing_else_gives_no_weights(void **state) {
    (void)state;
    double logs[4] = {-HUGE_VAL, -1, -HUGE_VAL, -1}, weights[4];
    hw_tempered t = hw_temper(logs, 4, 0.5, weights);
    assert_same(weights[0], 0);
    assert_same(weights[1], 0.5);
    assert_same(t.effective, 2);
    assert_false(t.impossible);
    logs[1] = logs[3] = -HUGE_VAL;
    t = hw_temper(logs, 4, 0.5, weights);
    assert_same(t.power, 0);
    assert_true(t.impossible);
    assert_same(weights[0], 0.25);
}

static void test_equal_weights_say_what_no_weights_say(void **state) {
    (void)state;
    static const double shares[] = {0.025, 0.1, 0.5, 0.9, 0.975};
    enum { FEW = 150 };
    double plain[FEW], values[FEW];
    hw_weighted sorted[FEW];
    for (uint64_t i = 0; i < FEW; i++) {
        double value = -log(uniform(3, i));
        plain[i] = values[i] = value > 2.2 ? (double)NAN : floor(20 * value); /* ties and censored */
    }
    hw_weighted_sort(sorted, values, NULL, FEW);
    hw_sort_censored(plain, FEW);
    for (size_t s = 0; s < sizeof shares / sizeof *shares; s++) {
        hw_quantile one = hw_estimate_quantile(plain, FEW, shares[s]);
        hw_quantile other = hw_weighted_quantile(sorted, FEW, shares[s], FEW);
        assert_same(other.value, one.value);
        assert_same(other.low, one.low);
        assert_same(other.high, one.high);
    }
}

static void test_fewer_effective_members_widen_the_interval(void **state) {
    (void)state;
    static double values[SAMPLE];
    static hw_weighted sorted[SAMPLE];
    for (uint64_t i = 0; i < SAMPLE; i++) {
        values[i] = (double)i;
    }
    hw_weighted_sort(sorted, values, NULL, SAMPLE);
    hw_quantile many = hw_weighted_quantile(sorted, SAMPLE, 0.5, SAMPLE);
    hw_quantile few = hw_weighted_quantile(sorted, SAMPLE, 0.5, SAMPLE / 16.0);
    assert_near(few.error / many.error, 4, 0.1);
    assert_same(few.value, many.value);
    assert_true(hw_weighted_quantile(sorted, SAMPLE, 0.5, 3).low == -HUGE_VAL);
}

/* Values with ties, missing ones and a weight of nothing. */
static void test_equal_weights_give_the_figures_of_a_sample_without(void **state) {
    (void)state;
    enum { FEW = 150 };
    double values[FEW], plain[FEW], weights[FEW];
    for (uint64_t i = 0; i < FEW; i++) {
        values[i] = i % 9 == 0 ? (double)NAN : floor(40 * uniform(5, i));
        plain[i] = values[i];
        weights[i] = 1.0 / FEW;
    }
    hw_spread weighted = hw_weighted_spread(values, weights, FEW), of = hw_estimate_spread(plain, FEW);
    assert_near(weighted.mean.value, of.mean.value, 1e-12);
    assert_near(weighted.mean.error, of.mean.error, 1e-9);
    const hw_quantile *pairs[][2] = {{&weighted.p10, &of.p10}, {&weighted.p50, &of.p50}};
    for (int q = 0; q < 2; q++) {
        assert_same(pairs[q][0]->value, pairs[q][1]->value);
        assert_same(pairs[q][0]->low, pairs[q][1]->low);
        assert_same(pairs[q][0]->high, pairs[q][1]->high);
    }
    assert_true(isinf(weighted.p90.value) && isinf(of.p90.value) && weighted.censored && of.censored);
    hw_probability share = hw_estimate_share(37.0 / FEW, FEW), counted = hw_estimate_probability(37, FEW);
    assert_same(share.value, counted.value);
    assert_same(share.low, counted.low);
    assert_same(share.high, counted.high);
}

/* Members that count nothing are as if they were not there; the others are alike. */
static void test_members_of_no_weight_say_nothing(void **state) {
    (void)state;
    enum { ALL = 120, HALF = ALL / 2 };
    double values[ALL], weights[ALL], kept[HALF];
    for (uint64_t i = 0; i < ALL; i++) {
        values[i] = 100 * uniform(6, i);
        weights[i] = i % 2 == 0 ? 1.0 / HALF : 0;
        kept[i / 2] = i % 2 == 0 ? values[i] : kept[i / 2];
    }
    hw_spread weighted = hw_weighted_spread(values, weights, ALL), of = hw_estimate_spread(kept, HALF);
    assert_same(weighted.p10.value, of.p10.value);
    assert_same(weighted.p90.low, of.p90.low);
    assert_near(weighted.mean.value, of.mean.value, 1e-12);
    assert_near(weighted.mean.error, of.mean.error, 1e-9);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_power_is_one_where_the_likelihood_leaves_enough_of_the_sample),
        cmocka_unit_test(test_bisection_finds_the_power_at_which_half_of_a_normal_sample_is_effective),
        cmocka_unit_test(test_weights_of_power_one_give_the_normal_posterior),
        cmocka_unit_test(test_the_impossible_has_no_weight_and_nothing_else_gives_no_weights),
        cmocka_unit_test(test_equal_weights_say_what_no_weights_say),
        cmocka_unit_test(test_fewer_effective_members_widen_the_interval),
        cmocka_unit_test(test_equal_weights_give_the_figures_of_a_sample_without),
        cmocka_unit_test(test_members_of_no_weight_say_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
