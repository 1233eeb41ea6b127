#include "analysis/figures/indices.h"
#include "analysis/sensitivity/sensitivity.h"
#include "sim/rng.h"
#include "tests/sim/check.h"
#include <stdlib.h>
#include <string.h>

enum { FACTORS = 3, MOST_ROWS = 4096, WORLDS = 10 };

typedef double function_of(const double *unit);

static double additive(const double *unit) { /* variances 16 : 4 : 0 */
    return 100 + 4 * unit[0] + 2 * unit[1];
}

static double product(const double *unit) { /* of uniforms around zero: no main effect, all together */
    return (unit[0] - 0.5) * (unit[1] - 0.5);
}

static double uniform(uint64_t sample, uint64_t item, uint64_t purpose) {
    return hw_draw((hw_rng_key){.seed = 11, .replication = sample}, item, purpose, 0);
}

static double gauss(uint64_t sample, uint64_t item, uint64_t purpose) {
    double u[4];
    hw_draw_block((hw_rng_key){.seed = 12, .replication = sample}, item, purpose, 0, u);
    return sqrt(-2 * log(u[0])) * cos(2 * 3.141592653589793 * u[1]);
}

typedef struct design {
    size_t rows;
    double *a, *b, *ab;
    hw_sobol_rows into;
} design;

/* Values at random points, `each` of every point: the function plus noise of this size, which is a world's
 * own (the same at all points) for `shared`, and a point's own otherwise. */
static design make(uint64_t sample, size_t rows, size_t each, function_of *function, double shared,
                   double own) {
    design d = {.rows = rows,
                .a = calloc(rows * each, sizeof *d.a),
                .b = calloc(rows * each, sizeof *d.b),
                .ab = calloc(rows * each * FACTORS, sizeof *d.ab),
                .into = {.rows = rows,
                         .factors = FACTORS,
                         .spread = calloc(rows, sizeof(double)),
                         .main = calloc(rows * FACTORS, sizeof(double)),
                         .total = calloc(rows * FACTORS, sizeof(double))}};
    for (size_t row = 0; row < rows; row++) {
        double unit[2 * FACTORS];
        for (uint32_t f = 0; f < 2 * FACTORS; f++) {
            unit[f] = uniform(sample, row, f);
        }
        for (uint32_t block = 0; block < FACTORS + 2; block++) {
            double point[FACTORS];
            memcpy(point, block == 1 ? unit + FACTORS : unit, sizeof point);
            if (block >= 2) {
                point[block - 2] = unit[FACTORS + block - 2];
            }
            double *values = block == 0   ? d.a + row * each
                             : block == 1 ? d.b + row * each
                                          : d.ab + (row * FACTORS + block - 2) * each;
            for (size_t w = 0; w < each; w++) {
                values[w] = function(point) + shared * gauss(sample, 0, 1000 + w) +
                            own * gauss(sample, row * (FACTORS + 2) + block, 2000 + w);
            }
        }
    }
    return d;
}

static void discard(design *d) {
    free(d->a);
    free(d->b);
    free(d->ab);
    free(d->into.spread);
    free(d->into.main);
    free(d->into.total);
}

static void test_known_indices_are_met_within_the_stated_error(void **state) {
    (void)state;
    hw_known_index indices[HW_KNOWN_INDICES] = {0};
    hw_sensitivity_check(indices);
    for (int i = 0; i < HW_KNOWN_INDICES; i++) {
        assert_true(indices[i].good && fabs(indices[i].estimate.value - indices[i].exact) <= 0.01);
        assert_true(indices[i].estimate.low <= indices[i].estimate.high);
    }
    assert_near(indices[0].exact, 0.3139, 1e-4); /* Saltelli 2010: 0.3139, 0.5576 */
    assert_near(indices[1].exact, 0.5576, 1e-4);
}

static void test_main_equals_total_when_effects_add_up_and_idle_factors_have_none(void **state) {
    (void)state;
    hw_bounds main[FACTORS], total[FACTORS];
    design d = make(1, MOST_ROWS, 1, additive, 0, 0);
    hw_sobol_rows_fill(&d.into, d.a, d.b, d.ab);
    double variance = hw_sobol_estimate(&d.into, main, total);
    assert_near(variance, 20.0 / 12, 0.05);
    static const double exact[FACTORS] = {0.8, 0.2, 0};
    for (uint32_t f = 0; f < FACTORS; f++) {
        /* Three standard errors at random rows: that of the total of 0.8 is 0.015. */
        assert_near(main[f].value, exact[f], 0.06);
        assert_near(total[f].value, exact[f], 0.045);
        assert_near(main[f].value, total[f].value, 0.075);
    }
    assert_true(main[2].low <= 0 && 0 <= main[2].high);
    assert_true(total[2].low <= 0 && 0 <= total[2].high);
    discard(&d);
}

static void test_what_factors_do_only_together_is_in_total_and_not_in_main(void **state) {
    (void)state;
    hw_bounds main[FACTORS], total[FACTORS];
    design d = make(2, MOST_ROWS, 1, product, 0, 0);
    hw_sobol_rows_fill(&d.into, d.a, d.b, d.ab);
    (void)hw_sobol_estimate(&d.into, main, total);
    for (uint32_t f = 0; f < 2; f++) {
        assert_true(main[f].low < 0 && 0 < main[f].high);
        assert_near(total[f].value, 1, 0.08);
    }
    discard(&d);
}

static void test_the_same_numbers_give_the_same_intervals(void **state) {
    (void)state;
    hw_bounds main[2][FACTORS], total[2][FACTORS];
    design d = make(3, 64, 1, additive, 0, 0);
    hw_sobol_rows_fill(&d.into, d.a, d.b, d.ab);
    for (int again = 0; again < 2; again++) {
        (void)hw_sobol_estimate(&d.into, main[again], total[again]);
    }
    assert_memory_equal(main[0], main[1], sizeof main[0]);
    assert_memory_equal(total[0], total[1], sizeof total[0]);
    discard(&d);
}

/* 300 samples of 128 random rows; the bootstrap is a little short of its 95 % there. */
static void test_intervals_hold_the_true_index_in_about_95_of_100_samples(void **state) {
    (void)state;
    enum { SAMPLES = 300, ROWS = 128 };
    static const double exact[FACTORS] = {0.8, 0.2, 0};
    int held[4] = {0};
    for (uint64_t sample = 0; sample < SAMPLES; sample++) {
        hw_bounds main[FACTORS], total[FACTORS];
        design d = make(100 + sample, ROWS, 1, additive, 0, 0);
        hw_sobol_rows_fill(&d.into, d.a, d.b, d.ab);
        (void)hw_sobol_estimate(&d.into, main, total);
        for (uint32_t f = 0; f < 2; f++) {
            held[f] += main[f].low <= exact[f] && exact[f] <= main[f].high;
            held[2 + f] += total[f].low <= exact[f] && exact[f] <= total[f].high;
        }
        discard(&d);
    }
    for (int i = 0; i < 4; i++) { /* 90 % to 99 % */
        assert_in_range(held[i], 270, 297);
    }
}

/* Noise of variance 4 a replication, 10 replications: 0.4 against 20 / 12 of the function, a share of 0.19.
 */
static void test_independent_noise_lifts_totals_and_lowers_mains_until_it_is_taken_off(void **state) {
    (void)state;
    static const double exact[FACTORS] = {0.8, 0.2, 0};
    const double noise = 0.4, share = noise / (noise + 20.0 / 12);
    hw_bounds main[FACTORS], total[FACTORS];
    design d = make(4, MOST_ROWS, 1, additive, 0, sqrt(noise));
    double *known = calloc((size_t)MOST_ROWS * FACTORS, sizeof *known);
    for (size_t i = 0; i < (size_t)MOST_ROWS * FACTORS; i++) {
        known[i] = noise;
    }
    hw_sobol_rows_fill(&d.into, d.a, d.b, d.ab);
    (void)hw_sobol_estimate(&d.into, main, total);
    for (uint32_t f = 0; f < FACTORS; f++) {
        assert_near(main[f].value, exact[f] * (1 - share), 0.05);
        assert_near(total[f].value, exact[f] * (1 - share) + share, 0.04);
    }
    hw_sobol_rows_take_noise(&d.into, known, known, known);
    (void)hw_sobol_estimate(&d.into, main, total);
    for (uint32_t f = 0; f < FACTORS; f++) {
        assert_near(main[f].value, exact[f], 0.06);
        assert_near(total[f].value, exact[f], 0.05);
    }
    assert_true(total[2].low <= 0 && 0 <= total[2].high);
    free(known);
    discard(&d);
}

/* 40 samples of 1,024 rows and 10 worlds, with noise of worlds and of points: the mean error is small against
 * the noise share of 0.19 by which uncorrected totals are off. */
static void test_kept_worlds_free_the_indices_from_noise_whether_shared_or_not(void **state) {
    (void)state;
    enum { SAMPLES = 40, ROWS = 512 };
    static const double exact[FACTORS] = {0.8, 0.2, 0};
    double main_sum[FACTORS] = {0}, total_sum[FACTORS] = {0};
    for (uint64_t sample = 0; sample < SAMPLES; sample++) {
        hw_bounds main[FACTORS], total[FACTORS];
        design d = make(1000 + sample, ROWS, WORLDS, additive, 3, 2);
        hw_sobol_rows_fill_worlds(&d.into, WORLDS, d.a, d.b, d.ab);
        (void)hw_sobol_estimate(&d.into, main, total);
        for (uint32_t f = 0; f < FACTORS; f++) {
            main_sum[f] += main[f].value / SAMPLES;
            total_sum[f] += total[f].value / SAMPLES;
        }
        discard(&d);
    }
    for (uint32_t f = 0; f < FACTORS; f++) {
        assert_near(main_sum[f], exact[f], 0.04);
        assert_near(total_sum[f], exact[f], 0.03);
    }
}

static void test_what_worlds_share_at_all_points_is_no_noise_of_the_indices(void **state) {
    (void)state;
    hw_bounds with[FACTORS], without[FACTORS], main[FACTORS];
    design quiet = make(5, 64, WORLDS, additive, 0, 0);
    design shared = make(5, 64, WORLDS, additive, 50, 0);
    hw_sobol_rows_fill_worlds(&quiet.into, WORLDS, quiet.a, quiet.b, quiet.ab);
    hw_sobol_rows_fill_worlds(&shared.into, WORLDS, shared.a, shared.b, shared.ab);
    (void)hw_sobol_estimate(&quiet.into, main, without);
    (void)hw_sobol_estimate(&shared.into, main, with);
    for (uint32_t f = 0; f < FACTORS; f++) {
        assert_near(with[f].value, without[f].value, 1e-9);
        assert_near(with[f].high, without[f].high, 1e-9);
    }
    discard(&quiet);
    discard(&shared);
}

/* In each world the third factor has an effect of its own, with mean zero over all worlds: points alone would
 * show it as real in a third of all samples. 200 samples of 20 worlds; at most one in ten may be fooled. */
static void test_an_effect_that_is_chance_of_the_worlds_is_rarely_taken_for_real(void **state) {
    (void)state;
    enum { SAMPLES = 200, ROWS = 64, MANY = 20 };
    int fooled = 0, fooled_by_points = 0;
    for (uint64_t sample = 0; sample < SAMPLES; sample++) {
        hw_bounds main[FACTORS], total[FACTORS];
        design d = make(2000 + sample, ROWS, MANY, additive, 1, 0);
        for (size_t row = 0; row < ROWS; row++) {
            for (size_t w = 0; w < MANY; w++) {
                double effect = 4 * gauss(sample, 77, w);
                double a = uniform(2000 + sample, row, 2), b = uniform(2000 + sample, row, 2 + FACTORS);
                d.a[row * MANY + w] += effect * a;
                d.b[row * MANY + w] += effect * b;
                for (uint32_t f = 0; f < FACTORS; f++) {
                    d.ab[(row * FACTORS + f) * MANY + w] += effect * (f == 2 ? b : a);
                }
            }
        }
        hw_sobol_rows_fill_worlds(&d.into, MANY, d.a, d.b, d.ab);
        (void)hw_sobol_estimate(&d.into, main, total);
        fooled_by_points += total[2].low > 0;
        hw_sobol_widen_by_worlds(ROWS, FACTORS, MANY, d.a, d.b, d.ab, main, total);
        fooled += total[2].low > 0;
        assert_true(total[0].low > 0 && total[0].high < 2);
        discard(&d);
    }
    assert_true(fooled_by_points > SAMPLES / 5);
    print_message("%d of %d samples fooled, %d without another look at worlds\n", fooled, SAMPLES,
                  fooled_by_points);
    assert_in_range(fooled, 0, SAMPLES / 10);
}

static void test_a_constant_function_has_no_indices(void **state) {
    (void)state;
    double zero[8 * FACTORS] = {0};
    hw_bounds main[FACTORS], total[FACTORS];
    design d = make(6, 8, 1, additive, 0, 0);
    hw_sobol_rows_fill(&d.into, zero, zero, zero);
    assert_true(!(hw_sobol_estimate(&d.into, main, total) > 0));
    assert_true(isnan(main[0].value) && isnan(total[0].value) && isnan(total[0].high));
    discard(&d);
}

static void test_a_linear_function_has_effects_of_its_slope_and_no_spread(void **state) {
    (void)state;
    double effects[20];
    for (int t = 0; t < 20; t++) {
        effects[t] = -3;
    }
    hw_morris m = hw_morris_estimate(effects, 20);
    assert_same(m.mu.value, -3);
    assert_same(m.mu_star.value, 3);
    assert_same(m.sigma.value, 0);
    assert_true(m.mu.low == -3 && m.mu.high == -3 && m.sigma.high == 0);
}

static void test_effects_of_changing_sign_cancel_in_mu_and_not_in_mu_star(void **state) {
    (void)state;
    double effects[40];
    for (int t = 0; t < 40; t++) {
        effects[t] = t % 2 ? 5 : -5;
    }
    hw_morris m = hw_morris_estimate(effects, 40);
    assert_same(m.mu.value, 0);
    assert_same(m.mu_star.value, 5);
    assert_near(m.sigma.value, 5 * sqrt(40.0 / 39), 1e-12);
    assert_true(m.mu.low < 0 && m.mu.high > 0);
}

static void test_one_trajectory_has_no_interval(void **state) {
    (void)state;
    const double effect = 2;
    hw_morris m = hw_morris_estimate(&effect, 1);
    assert_same(m.mu.value, 2);
    assert_true(isnan(m.mu.low) && isnan(m.sigma.value));
}

static void test_regression_finds_the_coefficients_of_a_linear_function(void **state) {
    (void)state;
    enum { POINTS = 200 };
    static double x[POINTS * FACTORS], y[POINTS];
    double variance[FACTORS + 1] = {0}, mean[FACTORS + 1] = {0};
    for (size_t p = 0; p < POINTS; p++) {
        for (uint32_t f = 0; f < FACTORS; f++) {
            x[p * FACTORS + f] = 1000 * uniform(7, p, f);
        }
        y[p] = 3 * x[p * FACTORS] - 2 * x[p * FACTORS + 1];
    }
    for (int pass = 0; pass < 2; pass++) {
        for (size_t p = 0; p < POINTS; p++) {
            for (uint32_t c = 0; c <= FACTORS; c++) {
                double value = c < FACTORS ? x[p * FACTORS + c] : y[p];
                mean[c] += pass ? 0 : value / POINTS;
                variance[c] += pass ? (value - mean[c]) * (value - mean[c]) : 0;
            }
        }
    }
    hw_bounds rank[FACTORS], coefficient[FACTORS];
    double explained = hw_regression_estimate(POINTS, FACTORS, x, y, rank, coefficient);
    assert_near(explained, 1, 1e-9);
    assert_near(coefficient[0].value, 3 * sqrt(variance[0] / variance[FACTORS]), 1e-9);
    assert_near(coefficient[1].value, -2 * sqrt(variance[1] / variance[FACTORS]), 1e-9);
    assert_near(coefficient[2].value, 0, 1e-9);
    assert_true(rank[0].low > 0 && rank[1].high < 0);
    assert_true(rank[2].low < 0 && rank[2].high > 0);
}

static void test_rank_correlation_sees_any_rising_function_as_one(void **state) {
    (void)state;
    enum { POINTS = 50 };
    double x[POINTS], y[POINTS];
    for (size_t p = 0; p < POINTS; p++) {
        x[p] = uniform(8, p, 0);
        y[p] = exp(20 * x[p]);
    }
    hw_bounds rank, coefficient;
    (void)hw_regression_estimate(POINTS, 1, x, y, &rank, &coefficient);
    assert_near(rank.value, 1, 1e-12);
    assert_near(rank.low, 1, 1e-12);
    assert_true(coefficient.value < 0.95);
}

static void test_factors_that_determine_each_other_have_no_coefficients(void **state) {
    (void)state;
    enum { POINTS = 40 };
    double x[POINTS * 2], y[POINTS];
    for (size_t p = 0; p < POINTS; p++) {
        x[2 * p] = uniform(9, p, 0);
        x[2 * p + 1] = 5 - 2 * x[2 * p];
        y[p] = x[2 * p];
    }
    hw_bounds rank[2], coefficient[2];
    assert_true(isnan(hw_regression_estimate(POINTS, 2, x, y, rank, coefficient)));
    assert_true(isnan(coefficient[0].value) && isnan(coefficient[1].low));
    assert_near(rank[1].value, -1, 1e-12);
}

static void test_a_resample_draws_as_many_parts_as_there_are(void **state) {
    (void)state;
    uint32_t weights[37], other[37];
    uint32_t sum = 0;
    hw_resample_weights(0, 37, weights);
    hw_resample_weights(1, 37, other);
    for (int i = 0; i < 37; i++) {
        sum += weights[i];
    }
    assert_int_equal(sum, 37);
    assert_memory_not_equal(weights, other, sizeof weights);
    assert_int_equal(hw_resample_count(64, 3), 1000);
    assert_int_equal(hw_resample_count(1000000, 20), 200);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_indices_are_met_within_the_stated_error),
        cmocka_unit_test(test_main_equals_total_when_effects_add_up_and_idle_factors_have_none),
        cmocka_unit_test(test_what_factors_do_only_together_is_in_total_and_not_in_main),
        cmocka_unit_test(test_the_same_numbers_give_the_same_intervals),
        cmocka_unit_test(test_intervals_hold_the_true_index_in_about_95_of_100_samples),
        cmocka_unit_test(test_independent_noise_lifts_totals_and_lowers_mains_until_it_is_taken_off),
        cmocka_unit_test(test_kept_worlds_free_the_indices_from_noise_whether_shared_or_not),
        cmocka_unit_test(test_what_worlds_share_at_all_points_is_no_noise_of_the_indices),
        cmocka_unit_test(test_an_effect_that_is_chance_of_the_worlds_is_rarely_taken_for_real),
        cmocka_unit_test(test_a_constant_function_has_no_indices),
        cmocka_unit_test(test_a_linear_function_has_effects_of_its_slope_and_no_spread),
        cmocka_unit_test(test_effects_of_changing_sign_cancel_in_mu_and_not_in_mu_star),
        cmocka_unit_test(test_one_trajectory_has_no_interval),
        cmocka_unit_test(test_regression_finds_the_coefficients_of_a_linear_function),
        cmocka_unit_test(test_rank_correlation_sees_any_rising_function_as_one),
        cmocka_unit_test(test_factors_that_determine_each_other_have_no_coefficients),
        cmocka_unit_test(test_a_resample_draws_as_many_parts_as_there_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
