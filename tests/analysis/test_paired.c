#include "analysis/figures/apart.h"
#include "analysis/figures/paired.h"
#include "analysis/figures/trimmed.h"
#include "sim/rng.h"
#include "tests/sim/check.h"

enum { WORLDS = 400 };

static double draw(uint64_t replication, uint64_t what) {
    return hw_draw((hw_rng_key){.seed = 11, .replication = replication}, what, 0, 0);
}

/* Variant = base + a shift that a tenth of the worlds feel + a little noise. */
static void make(double *base, double *variant, double noise) {
    for (uint64_t r = 0; r < WORLDS; r++) {
        base[r] = 1000 * draw(r, 1);
        variant[r] = base[r] - (draw(r, 2) < 0.1 ? 50 : 0) + noise * (draw(r, 3) - 0.5);
    }
}

static void test_a_sample_does_not_differ_from_itself(void **state) {
    (void)state;
    double base[WORLDS], variant[WORLDS];
    make(base, variant, 1);
    hw_paired paired = hw_paired_means(base, base, WORLDS);
    assert_same(paired.difference, 0);
    assert_int_equal(paired.lower + paired.higher, 0);
    assert_true(isnan(paired.low) && isnan(paired.high) && isnan(paired.error)); /* never "±0" */
    assert_true(isnan(hw_paired_saving(&paired)));
    hw_verdict verdict;
    assert_int_equal(hw_judge(&paired, 1, &verdict), 0);
    assert_int_equal(verdict, HW_VERDICT_SAME);
}

/* 0.1 + 0.2 is not 0.3 in the last bit: the same money spent in another order is the same money. */
static void test_sums_in_another_order_do_not_differ(void **state) {
    (void)state;
    double base[20], variant[20];
    for (int r = 0; r < 20; r++) {
        base[r] = (0.1 + 0.2) + 0.3 * r;
        variant[r] = 0.1 + (0.2 + 0.3 * r);
    }
    assert_true(base[1] < variant[1] || base[1] > variant[1] || base[2] < variant[2] || base[2] > variant[2]);
    hw_paired paired = hw_paired_means(base, variant, 20);
    assert_int_equal(paired.lower + paired.higher, 0);
    assert_same(paired.difference, 0);
    hw_verdict verdict;
    assert_int_equal(hw_judge(&paired, 1, &verdict), 0);
    assert_int_equal(verdict, HW_VERDICT_SAME);
    variant[7] += 1e-8; /* a cent of a million */
    paired = hw_paired_means(base, variant, 20);
    assert_int_equal(paired.higher, 1);
}

/* 1 to 40 with the greatest blown up: of 40, two are left out at each end. 3 to 38 have the mean 20.5; with
 * ends drawn in, squares about it are those of 1 to 36, 36 (36^2 - 1) / 12 = 3885, and four of 17.5 away. */
static void test_a_trimmed_mean_leaves_out_the_ends(void **state) {
    (void)state;
    double base[40] = {0}, variant[40];
    for (int r = 0; r < 40; r++) {
        variant[r] = r == 39 ? 1e6 : r + 1;
    }
    hw_trimmed trimmed = hw_trimmed_difference(base, variant, 40);
    assert_int_equal(trimmed.left_out, 2);
    assert_near(trimmed.mean, 20.5, 1e-12);
    double squares = 3885 + 4 * 17.5 * 17.5;
    assert_near(trimmed.error, 2.030108 * sqrt(squares / (36.0 * 35)), 1e-5); /* t of 35 */
    assert_near(trimmed.high - trimmed.mean, trimmed.error, 1e-12);
    hw_trimmed back = hw_trimmed_difference(variant, base, 40);
    assert_near(back.mean, -trimmed.mean, 1e-12);
    assert_near(back.error, trimmed.error, 1e-12);
}

static void test_of_fewer_than_twenty_worlds_none_is_left_out(void **state) {
    (void)state;
    double base[19] = {0}, variant[19];
    for (int r = 0; r < 19; r++) {
        variant[r] = 1 + r * r;
    }
    hw_trimmed trimmed = hw_trimmed_difference(base, variant, 19);
    hw_paired paired = hw_paired_means(base, variant, 19);
    assert_int_equal(trimmed.left_out, 0);
    assert_near(trimmed.mean, paired.difference, 1e-12);
    assert_near(trimmed.error, paired.error, 1e-9);
    trimmed = hw_trimmed_difference(base, base, 19);
    assert_same(trimmed.mean, 0);
    assert_true(isnan(trimmed.error)); /* never "±0" */
}

static void test_exchanging_the_two_turns_the_sign(void **state) {
    (void)state;
    double base[WORLDS], variant[WORLDS];
    make(base, variant, 1);
    hw_paired forth = hw_paired_means(base, variant, WORLDS), back = hw_paired_means(variant, base, WORLDS);
    assert_same(forth.difference, -back.difference);
    assert_same(forth.low, -back.high);
    assert_same(forth.p, back.p);
    for (uint64_t r = 0; r < WORLDS; r++) {
        base[r] = draw(r, 4) < 0.2;
        variant[r] = draw(r, 5) < 0.3;
    }
    forth = hw_paired_shares(base, variant, WORLDS);
    back = hw_paired_shares(variant, base, WORLDS);
    assert_same(forth.difference, -back.difference);
    assert_same(forth.low, -back.high);
    assert_same(forth.high, -back.low);
    assert_same(forth.p, back.p);
}

/* d = 1, 2, 3, 4: mean 2.5, variance 5/3, t(3) = 3.182446. */
static void test_the_mean_of_four_differences_has_students_interval(void **state) {
    (void)state;
    const double base[4] = {10, 20, 30, 40}, variant[4] = {11, 22, 33, 44};
    hw_paired paired = hw_paired_means(base, variant, 4);
    assert_near(paired.difference, 2.5, 1e-12);
    assert_near(paired.error, 3.182446305 * sqrt(5.0 / 3 / 4), 1e-6);
    assert_near(paired.p, 0.030466, 1e-5); /* t = 3.872983 with 3 degrees of freedom */
    /* var 500/3, 500/3 * 1.21, 5/3 */
    assert_near(hw_paired_saving(&paired), 221, 1e-9);
}

static void test_few_worlds_that_differ_by_the_same_are_no_proof_of_a_constant(void **state) {
    (void)state;
    const double base[6] = {1, 1, 1, 1, 1, 1}, variant[6] = {2, 2, 2, 2, 2, 2};
    for (size_t worlds = 2; worlds <= 6; worlds++) {
        hw_paired paired = hw_paired_means(base, variant, worlds);
        const hw_apart_mean one = {.worlds = worlds, .mean = 1, .sd = 0},
                            other = {.worlds = worlds, .mean = 2, .sd = 0};
        hw_paired apart = hw_apart_means(&one, &other);
        assert_same(paired.difference, 1);
        assert_near(paired.p, 2 / (double)(1 << worlds), 1e-15);
        assert_same(apart.p, paired.p);
        assert_int_equal(isnan(paired.low) && isnan(paired.error), worlds < 6);
        assert_int_equal(isnan(apart.low) && isnan(apart.error), worlds < 6);
        hw_verdict verdict;
        hw_judge(&paired, 1, &verdict);
        assert_int_equal(verdict, worlds < 6 ? HW_VERDICT_UNCLEAR : HW_VERDICT_AMONG);
    }
}

static void test_few_differing_worlds_widen_the_interval(void **state) {
    (void)state;
    double base[WORLDS] = {0}, variant[WORLDS] = {0};
    variant[7] = -300;
    hw_paired paired = hw_paired_means(base, variant, WORLDS);
    assert_true(isnan(paired.error)); /* one world says nothing of how such differences vary */
    assert_same(paired.p, 1);
    variant[90] = -200;
    paired = hw_paired_means(base, variant, WORLDS);
    double standard_error = sqrt(paired.difference_variance / WORLDS);
    assert_near(paired.error / standard_error, 12.7062, 1e-3); /* t with one degree of freedom */
}

/* With no world that differs the bounds have a closed form: z2 / (n + z2). */
static void test_the_interval_of_a_share_is_no_point_without_differing_worlds(void **state) {
    (void)state;
    double base[1000] = {0}, variant[1000] = {0};
    hw_paired paired = hw_paired_shares(base, variant, 1000);
    double z2 = 1.959963985 * 1.959963985;
    assert_same(paired.difference, 0);
    assert_near(paired.high, z2 / (1000 + z2), 1e-9);
    assert_near(paired.low, -z2 / (1000 + z2), 1e-9);
    assert_same(paired.p, 1);
}

/* The likelihood of the losses by brute force instead of Tango's formula. */
static double score_by_search(double gained, double lost, double n, double at) {
    double best = -HUGE_VAL, losses = 0;
    for (int i = 0; i <= 200000; i++) {
        double q = (1 - fabs(at)) / 2 * i / 200000 + (at < 0 ? -at : 0), p = q + at, rest = 1 - p - q;
        double fit = (gained > 0 ? gained * log(p) : 0) + (lost > 0 ? lost * log(q) : 0) +
                     (n > gained + lost ? (n - gained - lost) * log(rest) : 0);
        if (fit > best) {
            best = fit;
            losses = q;
        }
    }
    return (gained - lost - n * at) / sqrt(n * (2 * losses + at - at * at));
}

static void test_at_the_bounds_of_a_share_the_score_is_the_normal_quantile(void **state) {
    (void)state;
    double base[50] = {0}, variant[50] = {0};
    for (int r = 0; r < 12; r++) {
        (r < 9 ? variant : base)[r] = 1;
    }
    for (int r = 12; r < 25; r++) {
        base[r] = variant[r] = 1;
    }
    hw_paired paired = hw_paired_shares(base, variant, 50);
    assert_near(paired.difference, 6.0 / 50, 1e-12);
    assert_near(score_by_search(9, 3, 50, paired.high), -1.95996, 1e-3);
    assert_near(score_by_search(9, 3, 50, paired.low), 1.95996, 1e-3);
    assert_near(paired.p, 2 * (1 + 12 + 66 + 220) / 4096.0, 1e-9); /* at most 3 heads in 12 tosses, twice */
}

/* 300 times 200 worlds with rare differences both ways: the true difference is 2 %. */
static void test_intervals_of_shares_hold_the_truth_nineteen_times_in_twenty(void **state) {
    (void)state;
    enum { SAMPLES = 300, SIZE = 200 };
    int held = 0;
    for (uint64_t s = 0; s < SAMPLES; s++) {
        double base[SIZE] = {0}, variant[SIZE] = {0};
        for (uint64_t r = 0; r < SIZE; r++) {
            double u = draw(s * SIZE + r, 6);
            variant[r] = u < 0.03;
            base[r] = u > 0.99;
        }
        hw_paired paired = hw_paired_shares(base, variant, SIZE);
        held += paired.low <= 0.02 && paired.high >= 0.02;
    }
    assert_in_range(held, 274, 297); /* 285 expected; outside by chance once in 500 */
}

static void test_pairing_saves_what_the_worlds_share(void **state) {
    (void)state;
    static double base[10000], variant[10000], shuffled[10000];
    for (uint64_t r = 0; r < 10000; r++) {
        double shared = draw(r, 7);
        base[r] = 3 * shared + draw(r, 8);
        variant[r] = 3 * shared + draw(r, 9);
        shuffled[r] = 3 * draw(r, 10) + draw(r, 9);
    }
    hw_paired paired = hw_paired_means(base, variant, 10000), apart = hw_paired_means(base, shuffled, 10000);
    assert_near(hw_paired_saving(&paired), 10, 0.6); /* (9 + 1 + 9 + 1) / (1 + 1) */
    assert_near(hw_paired_saving(&apart), 1, 0.06);
}

static hw_paired with_p(double p, size_t differing) {
    return (hw_paired){.worlds = 100, .higher = differing, .difference = 1, .low = 0.1, .high = 1.9, .p = p};
}

/* Holm by hand: 0.001 <= 0.05/4, 0.015 <= 0.05/3, 0.04 > 0.05/2. */
static void test_among_many_comparisons_only_what_holm_keeps_is_clear(void **state) {
    (void)state;
    hw_paired many[5] = {with_p(0.04, 9), with_p(0.001, 9), with_p(0.2, 9), with_p(0.015, 9), with_p(1, 0)};
    many[2].low = -0.1;
    hw_verdict verdicts[5];
    assert_int_equal(hw_judge(many, 5, verdicts), 4);
    static const hw_verdict expected[5] = {HW_VERDICT_ALONE, HW_VERDICT_AMONG, HW_VERDICT_UNCLEAR,
                                           HW_VERDICT_AMONG, HW_VERDICT_SAME};
    for (int i = 0; i < 5; i++) {
        assert_int_equal(verdicts[i], expected[i]);
    }
}

static void same_figures(const hw_paired *one, const hw_paired *other) {
    assert_near(one->difference, other->difference, 1e-12);
    assert_near(one->low, other->low, 1e-9);
    assert_near(one->high, other->high, 1e-9);
    assert_near(one->p, other->p, 1e-9);
    assert_near(one->difference_variance, other->difference_variance, 1e-9);
}

/* Half of the worlds count nothing, the others all the same: means, trimmed means, shares, errors and p are
 * those of the half alone. */
static void test_worlds_that_count_nothing_are_as_if_left_out(void **state) {
    (void)state;
    enum { HALF = WORLDS / 2 };
    double base[WORLDS], variant[WORLDS], weights[WORLDS], x[HALF], y[HALF];
    make(base, variant, 1);
    for (int r = 0; r < WORLDS; r++) {
        weights[r] = r % 2 == 0 ? 1.0 / HALF : 0;
        if (r % 2 == 0) {
            x[r / 2] = base[r];
            y[r / 2] = variant[r];
        }
    }
    hw_paired weighed = hw_weighed_means(base, variant, weights, WORLDS), half = hw_paired_means(x, y, HALF);
    same_figures(&weighed, &half);
    hw_trimmed trimmed = hw_weighed_trimmed_difference(base, variant, weights, WORLDS),
               of_half = hw_trimmed_difference(x, y, HALF);
    assert_near(trimmed.mean, of_half.mean, 1e-9);
    assert_near(trimmed.error, of_half.error, 1e-3 * of_half.error);
    for (int r = 0; r < WORLDS; r++) {
        base[r] = base[r] < 300;
        variant[r] = variant[r] < 290;
        x[r / 2] = r % 2 == 0 ? base[r] : x[r / 2];
        y[r / 2] = r % 2 == 0 ? variant[r] : y[r / 2];
    }
    weighed = hw_weighed_shares(base, variant, weights, WORLDS);
    half = hw_paired_shares(x, y, HALF);
    same_figures(&weighed, &half);
}

/* A world of twice the weight moves the mean as two worlds would, and the sample is worth fewer. */
static void test_a_difference_is_the_weighted_mean_and_its_error_that_of_the_effective(void **state) {
    (void)state;
    const double base[4] = {0, 0, 0, 0}, variant[4] = {1, 2, 3, 4}, weights[4] = {0.1, 0.2, 0.3, 0.4};
    hw_paired paired = hw_weighed_means(base, variant, weights, 4);
    assert_near(paired.difference, 3, 1e-12);
    double effective = 1 / 0.3, variance = (0.1 * 4 + 0.2 * 1 + 0.4 * 1) * effective / (effective - 1);
    assert_near(paired.difference_variance, variance, 1e-12);
    assert_near(paired.error / sqrt(variance / effective), 3.8, 0.2); /* t of 2.33 */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_few_worlds_that_differ_by_the_same_are_no_proof_of_a_constant),
        cmocka_unit_test(test_a_sample_does_not_differ_from_itself),
        cmocka_unit_test(test_sums_in_another_order_do_not_differ),
        cmocka_unit_test(test_a_trimmed_mean_leaves_out_the_ends),
        cmocka_unit_test(test_of_fewer_than_twenty_worlds_none_is_left_out),
        cmocka_unit_test(test_exchanging_the_two_turns_the_sign),
        cmocka_unit_test(test_the_mean_of_four_differences_has_students_interval),
        cmocka_unit_test(test_few_differing_worlds_widen_the_interval),
        cmocka_unit_test(test_the_interval_of_a_share_is_no_point_without_differing_worlds),
        cmocka_unit_test(test_at_the_bounds_of_a_share_the_score_is_the_normal_quantile),
        cmocka_unit_test(test_intervals_of_shares_hold_the_truth_nineteen_times_in_twenty),
        cmocka_unit_test(test_pairing_saves_what_the_worlds_share),
        cmocka_unit_test(test_among_many_comparisons_only_what_holm_keeps_is_clear),
        cmocka_unit_test(test_worlds_that_count_nothing_are_as_if_left_out),
        cmocka_unit_test(test_a_difference_is_the_weighted_mean_and_its_error_that_of_the_effective),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
