#include "analysis/figures/apart.h"
#include "sim/distribution.h"
#include "sim/rng.h"
#include "sim/statistics.h"
#include "tests/sim/check.h"

enum { WORLDS = 60 };

static double draw(uint64_t replication, uint64_t what) {
    return hw_draw((hw_rng_key){.seed = 5, .replication = replication}, what, 0, 0);
}

static double normal(uint64_t replication, uint64_t what) {
    return hw_normal_quantile(draw(replication, what));
}

/* Base and variant whose values are correlated by -1 .. 1. */
static void make(double *base, double *variant, double correlation, uint64_t sample) {
    for (uint64_t r = 0; r < WORLDS; r++) {
        double common = normal(sample * WORLDS + r, 1), own = normal(sample * WORLDS + r, 2);
        base[r] = 100 + 20 * common;
        variant[r] = 103 + 35 * (correlation * common + sqrt(1 - correlation * correlation) * own);
    }
}

static hw_apart_mean mean_of(const double *values, size_t count) {
    hw_moments moments = {0};
    for (size_t i = 0; i < count; i++) {
        hw_moments_add(&moments, values[i]);
    }
    return (hw_apart_mean){.worlds = count, .mean = moments.mean, .sd = sqrt(hw_moments_variance(&moments))};
}

static hw_paired means(const double *base, const double *variant, size_t count) {
    hw_apart_mean one = mean_of(base, count), other = mean_of(variant, count);
    return hw_apart_means(&one, &other);
}

static void test_the_difference_is_the_paired_one_and_its_error_is_never_smaller(void **state) {
    (void)state;
    for (int c = -10; c <= 10; c++) {
        double base[WORLDS], variant[WORLDS];
        make(base, variant, c / 10.0, (uint64_t)(c + 10));
        hw_paired apart = means(base, variant, WORLDS), paired = hw_paired_means(base, variant, WORLDS);
        assert_near(apart.difference, paired.difference, 1e-9);
        assert_true(apart.error >= paired.error * (1 - 1e-12));
        assert_true(apart.p >= paired.p * (1 - 1e-9));
        assert_true(apart.apart && !apart.same && isnan(hw_paired_saving(&apart)));
    }
}

static void test_what_runs_against_one_another_has_just_this_error(void **state) {
    (void)state;
    double base[WORLDS], variant[WORLDS];
    for (uint64_t r = 0; r < WORLDS; r++) {
        base[r] = 100 + 20 * normal(r, 1);
        variant[r] = 300 - 2 * base[r];
    }
    hw_paired apart = means(base, variant, WORLDS), paired = hw_paired_means(base, variant, WORLDS);
    assert_near(apart.error, paired.error, 1e-9);
    assert_near(apart.p, paired.p, 1e-9);
}

/* 12 - 10, standard errors 3/5 and 4/5 of 25 worlds each, t(24) = 2.063899. */
static void test_standard_errors_add_up(void **state) {
    (void)state;
    const hw_apart_mean base = {.worlds = 25, .mean = 10, .sd = 3},
                        variant = {.worlds = 25, .mean = 12, .sd = 4};
    hw_paired apart = hw_apart_means(&base, &variant);
    assert_near(apart.error, 2.0638986 * (0.6 + 0.8), 1e-6);
    assert_near(apart.low, 2 - apart.error, 1e-12);
    assert_near(apart.p, 0.1660, 5e-4); /* t = 1.428571 */
    hw_paired back = hw_apart_means(&variant, &base);
    assert_same(back.low, -apart.high);
    assert_same(back.p, apart.p);
}

/* All of the base and 93 of 100 variants stand at the horizon, so 7 worlds differ at most: t(6) = 2.446912.
 */
static void test_what_is_censored_in_both_is_no_evidence(void **state) {
    (void)state;
    const hw_apart_mean base = {.worlds = 100, .censored = 100, .mean = 4000, .sd = 0},
                        variant = {.worlds = 100, .censored = 93, .mean = 3950, .sd = 200},
                        one = {.worlds = 100, .censored = 99, .mean = 3990, .sd = 100};
    assert_near(hw_apart_means(&base, &variant).error, 2.4469119 * 20, 1e-5);
    hw_paired apart = hw_apart_means(&base, &one);
    assert_true(isnan(apart.low) && isnan(apart.error) && !apart.same);
    assert_same(apart.p, 1);
    apart = hw_apart_means(&base, &base);
    assert_true(apart.same && isnan(apart.error));
}

static void test_what_is_not_known_stays_unknown(void **state) {
    (void)state;
    const hw_apart_mean known = {.worlds = 20, .mean = 1, .sd = 1},
                        single = {.worlds = 1, .mean = 5, .sd = (double)NAN},
                        none = {.worlds = 0, .mean = (double)NAN, .sd = (double)NAN};
    hw_paired apart = hw_apart_means(&known, &single);
    assert_same(apart.difference, 4);
    assert_true(isnan(apart.low) && isnan(apart.high) && isnan(apart.error));
    apart = hw_apart_means(&known, &none);
    assert_true(isnan(apart.difference) && isnan(apart.error));
    hw_paired both[2] = {apart, hw_apart_means(&known, &known)};
    hw_verdict verdicts[2];
    hw_judge(both, 2, verdicts);
    /* Equal summaries are no proof that worlds are equal. */
    assert_int_equal(verdicts[0], HW_VERDICT_UNCLEAR);
    assert_int_equal(verdicts[1], HW_VERDICT_UNCLEAR);
}

/* 5 of 50 and 20 of 50: from Wilson's lower bound of one to the upper of the other. */
static void test_shares_lie_between_wilson_bounds(void **state) {
    (void)state;
    const hw_apart_share base = {50, 0.1}, variant = {50, 0.4};
    hw_interval from = hw_wilson_interval(5, 50, 0.95), to = hw_wilson_interval(20, 50, 0.95);
    hw_paired apart = hw_apart_shares(&base, &variant);
    assert_near(apart.difference, 0.3, 1e-12);
    assert_near(apart.low, to.low - from.high, 1e-12);
    assert_near(apart.high, to.high - from.low, 1e-12);
    hw_paired back = hw_apart_shares(&variant, &base);
    assert_near(back.low, -apart.high, 1e-12);
    assert_near(back.p, apart.p, 1e-12);
}

static void test_a_share_is_told_from_another_just_when_its_interval_excludes_zero(void **state) {
    (void)state;
    int told = 0, untold = 0;
    for (int i = 0; i <= 40; i++) {
        for (int j = 0; j <= 40; j++) {
            const hw_apart_share base = {40, i / 40.0}, variant = {40, j / 40.0};
            hw_paired apart = hw_apart_shares(&base, &variant);
            assert_int_equal(apart.p<0.05, apart.low> 0 || apart.high < 0);
            assert_int_equal(apart.same, i == j && (i == 0 || i == 40));
            told += apart.p < 0.05;
            untold += apart.p >= 0.05;
        }
    }
    assert_true(told > 100 && untold > 100);
}

/* Events that exclude one another are as far from pairs as shares can be. */
static void test_intervals_hold_whatever_worlds_have_in_common(void **state) {
    (void)state;
    enum { SAMPLES = 20000 };
    int means_hold = 0, shares_hold = 0;
    for (uint64_t s = 0; s < SAMPLES; s++) {
        double base[WORLDS], variant[WORLDS], early = 0, late = 0;
        make(base, variant, -1, s);
        for (uint64_t r = 0; r < WORLDS; r++) {
            double u = draw(s * WORLDS + r, 7);
            early += u < 0.3;
            late += u > 0.5;
        }
        hw_paired apart = means(base, variant, WORLDS);
        means_hold += apart.low <= 3 && apart.high >= 3;
        const hw_apart_share one = {WORLDS, early / WORLDS}, other = {WORLDS, late / WORLDS};
        apart = hw_apart_shares(&one, &other);
        shares_hold += apart.low <= 0.2 && apart.high >= 0.2;
    }
    assert_true(means_hold >= 0.945 * SAMPLES);
    assert_true(shares_hold >= 0.945 * SAMPLES);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_difference_is_the_paired_one_and_its_error_is_never_smaller),
        cmocka_unit_test(test_what_runs_against_one_another_has_just_this_error),
        cmocka_unit_test(test_standard_errors_add_up),
        cmocka_unit_test(test_what_is_censored_in_both_is_no_evidence),
        cmocka_unit_test(test_what_is_not_known_stays_unknown),
        cmocka_unit_test(test_shares_lie_between_wilson_bounds),
        cmocka_unit_test(test_a_share_is_told_from_another_just_when_its_interval_excludes_zero),
        cmocka_unit_test(test_intervals_hold_whatever_worlds_have_in_common),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
