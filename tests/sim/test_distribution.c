#include "sim/distribution.h"

#include "sim/length.h"
#include "tests/sim/check.h"
#include <gsl/gsl_cdf.h>
#include <string.h>

#define WIDE .low = -HUGE_VAL, .high = HUGE_VAL

/* One or more of every kind, degenerate ones among them; mean and variance by textbook formula, NaN where
 * there is none in closed form. */
typedef struct specimen {
    hw_distribution distribution;
    double mean, variance;
} specimen;

static const specimen specimens[] = {
    {{HW_FIXED, 3.0, 0.0, 0.0, WIDE}, 3.0, 0.0},
    {{HW_UNIFORM, 2.0, 5.0, 0.0, WIDE}, 3.5, 0.75},
    {{HW_UNIFORM, 2.0, 2.0, 0.0, WIDE}, 2.0, 0.0},
    {{HW_TRIANGULAR, 1.0, 2.0, 6.0, WIDE}, 3.0, 21.0 / 18.0},
    {{HW_TRIANGULAR, 1.0, 1.0, 4.0, WIDE}, 2.0, 0.5},
    {{HW_TRIANGULAR, 1.0, 4.0, 4.0, WIDE}, 3.0, 0.5},
    {{HW_TRIANGULAR, 4.0, 4.0, 4.0, WIDE}, 4.0, 0.0},
    {{HW_PERT, 1.0, 2.0, 6.0, WIDE}, 2.5, (2.5 - 1.0) * (6.0 - 2.5) / 7.0},
    {{HW_PERT, 1.0, 1.0, 7.0, WIDE}, 2.0, 5.0 / 7.0},
    {{HW_PERT, 3.0, 3.0, 3.0, WIDE}, 3.0, 0.0},
    {{HW_NORMAL, -1.0, 2.0, 0.0, WIDE}, -1.0, 4.0},
    {{HW_NORMAL, -1.0, 0.0, 0.0, WIDE}, -1.0, 0.0},
    {{HW_LOGNORMAL, 10.0, 0.5, 0.0, WIDE},
     11.331484530668263,
     36.469585401238653}, /* 10 exp(s2/2), 100 exp(s2) (exp(s2) - 1), s2 = 0.25 */
    {{HW_EXPONENTIAL, 4.0, 0.0, 0.0, WIDE}, 4.0, 16.0},
    {{HW_EXPONENTIAL, 0.0, 0.0, 0.0, WIDE}, 0.0, 0.0},
    {{HW_GAMMA, 2.5, 3.0, 0.0, WIDE}, 7.5, 22.5},
    {{HW_GAMMA, 0.3, 2.0, 0.0, WIDE}, 0.6, 1.2},
    {{HW_BETA, 2.0, 5.0, 0.0, WIDE}, 2.0 / 7.0, 10.0 / 392.0},
    {{HW_BETA, 0.4, 0.6, 0.0, WIDE}, 0.4, 0.12},
    {{HW_QUANTILES, 1.0, 2.0, 4.0, WIDE}, (double)NAN, (double)NAN},
    {{HW_QUANTILES, 1.0, 3.0, 4.0, WIDE}, (double)NAN, (double)NAN},
    {{HW_QUANTILES, 1.0, 2.0, 3.0, WIDE}, 2.0, 0.608874137},
    {{HW_QUANTILES, 1.0, 1.0, 3.0, WIDE}, (double)NAN, (double)NAN},
    {{HW_QUANTILES, 1.0, 3.0, 3.0, WIDE}, (double)NAN, (double)NAN},
    {{HW_QUANTILES, 3.0, 3.0, 3.0, WIDE}, 3.0, 0.0},
    {{HW_QUANTILES, 1.0, 1.000001, 9.0, WIDE}, (double)NAN, (double)NAN},
};
enum { SPECIMENS = HW_LENGTH(specimens) };

static void test_every_specimen_makes_sense(void **state) {
    (void)state;
    for (int i = 0; i < SPECIMENS; i++) {
        assert_null(hw_distribution_problem(&specimens[i].distribution));
    }
}

/* Down to the smallest and up to the largest uniform that a keyed draw can give. */
static void test_quantiles_never_decrease_and_are_always_finite(void **state) {
    (void)state;
    for (int i = 0; i < SPECIMENS; i++) {
        const hw_distribution *distribution = &specimens[i].distribution;
        double last = hw_distribution_quantile(distribution, 0x1p-53);
        assert_true(isfinite(last));
        for (int j = 1; j < 4000; j++) {
            double p = 0.5 + 0.5 * tanh((j - 2000) / 115.0); /* dense in both tails */
            p = fmin(fmax(p, 0x1p-53), 1.0 - 0x1p-53);
            double next = hw_distribution_quantile(distribution, p);
            if (!(next >= last - 1e-12 * fabs(last)) || !isfinite(next)) {
                fail_msg("specimen %d at %.17g: %.17g after %.17g", i, p, next, last);
            }
            last = next;
        }
    }
}

static void test_mean_and_variance_are_those_of_the_textbook(void **state) {
    (void)state;
    enum { STRATA = 40000 };
    for (int i = 0; i < SPECIMENS; i++) {
        if (isnan(specimens[i].mean)) {
            continue;
        }
        double sum = 0.0, squares = 0.0;
        for (int j = 0; j < STRATA; j++) {
            double x = hw_distribution_quantile(&specimens[i].distribution, (j + 0.5) / STRATA);
            sum += x - specimens[i].mean;
            squares += (x - specimens[i].mean) * (x - specimens[i].mean);
        }
        double scale = sqrt(specimens[i].variance);
        assert_near(sum / STRATA, 0.0, 3e-4 * scale);
        assert_near(squares / STRATA, specimens[i].variance, 4e-3 * specimens[i].variance);
    }
}

static void test_quantiles_are_inverse_to_the_cumulative_distributions_of_gsl(void **state) {
    (void)state;
    for (int i = 1; i < 200; i++) {
        double p = i / 200.0;
        hw_distribution d = {HW_NORMAL, 1.0, 2.0, 0.0, WIDE};
        assert_near(gsl_cdf_gaussian_P(hw_distribution_quantile(&d, p) - 1.0, 2.0), p, 1e-12);
        d = (hw_distribution){HW_LOGNORMAL, 8.0, 0.7, 0.0, WIDE};
        assert_near(gsl_cdf_lognormal_P(hw_distribution_quantile(&d, p), log(8.0), 0.7), p, 1e-12);
        d = (hw_distribution){HW_EXPONENTIAL, 3.0, 0.0, 0.0, WIDE};
        assert_near(gsl_cdf_exponential_P(hw_distribution_quantile(&d, p), 3.0), p, 1e-12);
        d = (hw_distribution){HW_GAMMA, 0.7, 5.0, 0.0, WIDE};
        assert_near(gsl_cdf_gamma_P(hw_distribution_quantile(&d, p), 0.7, 5.0), p, 1e-7);
        d = (hw_distribution){HW_BETA, 2.0, 3.0, 0.0, WIDE};
        assert_near(gsl_cdf_beta_P(hw_distribution_quantile(&d, p), 2.0, 3.0), p, 1e-7);
        d = (hw_distribution){HW_PERT, 10.0, 20.0, 50.0, WIDE};
        double unit = (hw_distribution_quantile(&d, p) - 10.0) / 40.0;
        assert_near(gsl_cdf_beta_P(unit, 2.0, 4.0), p, 1e-7);
    }
}

/* GSL's inverses end the program on some of these. */
static void test_extreme_shapes_are_answered_all_the_same(void **state) {
    (void)state;
    static const double shapes[] = {1e-3, 1e-2, 0.1, 1.0, 30.0, 1e3, 1e5};
    static const double probabilities[] = {0x1p-53, 1e-9, 1e-3, 0.1, 0.5, 0.9, 0.999, 1.0 - 0x1p-53};
    for (int a = 0; a < 7; a++) {
        for (int b = 0; b < 7; b++) {
            double last_beta = 0.0, last_gamma = 0.0;
            for (int i = 0; i < 8; i++) {
                hw_distribution beta = {HW_BETA, shapes[a], shapes[b], 0.0, WIDE};
                double x = hw_distribution_quantile(&beta, probabilities[i]);
                assert_true(x >= last_beta && x <= 1.0);
                last_beta = x;
                hw_distribution gamma = {HW_GAMMA, shapes[a], shapes[b], 0.0, WIDE};
                x = hw_distribution_quantile(&gamma, probabilities[i]);
                assert_true(x >= last_gamma && isfinite(x));
                last_gamma = x;
            }
        }
    }
}

static void test_three_points_are_hit_exactly_at_any_skew(void **state) {
    (void)state;
    static const double points[][3] = {
        {1, 2, 4},        {1, 3, 4},       {1, 2, 3},  {0, 1, 50},        {0, 49, 50},       {-5, -1, 0},
        {1, 2, 3.000001}, {0, 1, 101.1},   {5, 5, 9},  {5, 9, 9},         {7, 7, 7},         {0, 1, 1e6},
        {0, 999999, 1e6}, {1e9, 2e9, 4e9}, {-1, 0, 1}, {1, 2, 3 + 1e-12}, {0.02, 0.05, 0.3},
    };
    for (size_t i = 0; i < HW_LENGTH(points); i++) {
        const double *x = points[i];
        hw_distribution d = {HW_QUANTILES, x[0], x[1], x[2], WIDE};
        double tolerance = 1e-9 * (x[2] - x[0]);
        assert_near(hw_distribution_quantile(&d, 0.1), x[0], tolerance);
        assert_near(hw_distribution_quantile(&d, 0.5), x[1], tolerance);
        assert_near(hw_distribution_quantile(&d, 0.9), x[2], tolerance);
        assert_near(hw_distribution_median(&d), x[1], tolerance);
    }
}

static void test_three_points_on_a_lognormal_give_that_lognormal(void **state) {
    (void)state;
    hw_distribution whole = {HW_LOGNORMAL, 20.0, 0.8, 0.0, WIDE};
    hw_distribution fitted = {HW_QUANTILES, hw_distribution_quantile(&whole, 0.1), 20.0,
                              hw_distribution_quantile(&whole, 0.9), WIDE};
    for (int i = 1; i < 1000; i++) {
        double expected = hw_distribution_quantile(&whole, i / 1000.0);
        assert_near(hw_distribution_quantile(&fitted, i / 1000.0), expected, 1e-10 * expected);
    }
}

static void test_mirrored_points_give_the_mirrored_distribution(void **state) {
    (void)state;
    hw_distribution right = {HW_QUANTILES, 1.0, 2.0, 6.0, WIDE};
    hw_distribution left = {HW_QUANTILES, -6.0, -2.0, -1.0, WIDE};
    for (int i = 1; i < 1000; i++) {
        double p = i / 1000.0;
        assert_near(hw_distribution_quantile(&left, p), -hw_distribution_quantile(&right, 1.0 - p), 1e-10);
    }
}

static void test_values_are_clamped_to_their_range(void **state) {
    (void)state;
    hw_distribution d = {HW_NORMAL, 0.5, 1.0, 0.0, .low = 0.0, .high = 1.0};
    assert_same(hw_distribution_quantile(&d, 0.01), 0.0);
    assert_same(hw_distribution_quantile(&d, 0.99), 1.0);
    assert_near(hw_distribution_quantile(&d, 0.5), 0.5, 1e-15);
    hw_distribution fixed = {HW_FIXED, 7.0, 0.0, 0.0, .low = 0.0, .high = 1.0};
    assert_same(hw_distribution_median(&fixed), 1.0);
}

static void test_descriptions_that_make_no_sense_are_told_so(void **state) {
    (void)state;
    const hw_distribution wrong[] = {
        {HW_FIXED, (double)NAN, 0.0, 0.0, WIDE},
        {HW_UNIFORM, 2.0, 1.0, 0.0, WIDE},
        {HW_TRIANGULAR, 2.0, 1.0, 3.0, WIDE},
        {HW_TRIANGULAR, 1.0, 4.0, 3.0, WIDE},
        {HW_PERT, 2.0, 1.0, 3.0, WIDE},
        {HW_PERT, 1.0, 2.0, HUGE_VAL, WIDE},
        {HW_NORMAL, 1.0, -1.0, 0.0, WIDE},
        {HW_LOGNORMAL, 0.0, 1.0, 0.0, WIDE},
        {HW_LOGNORMAL, 1.0, -1.0, 0.0, WIDE},
        {HW_EXPONENTIAL, -1.0, 0.0, 0.0, WIDE},
        {HW_GAMMA, 0.0, 1.0, 0.0, WIDE},
        {HW_GAMMA, 1.0, 0.0, 0.0, WIDE},
        {HW_BETA, 0.0, 1.0, 0.0, WIDE},
        {HW_BETA, 1.0, -1.0, 0.0, WIDE},
        {HW_QUANTILES, 2.0, 1.0, 3.0, WIDE},
        {HW_QUANTILES, 1.0, 3.0, 2.0, WIDE},
        {HW_FIXED, 1.0, 0.0, 0.0, .low = 2.0, .high = 1.0},
        {(hw_distribution_kind)99, 1.0, 1.0, 1.0, WIDE},
    };
    for (size_t i = 0; i < HW_LENGTH(wrong); i++) {
        assert_non_null(hw_distribution_problem(&wrong[i]));
    }
    assert_string_equal(hw_distribution_problem(&wrong[14]), "p10 must not exceed p50");
}

/* The quantile of a count is the least number whose cumulative probability reaches p. */
static void test_poisson_quantiles_agree_with_gsl(void **state) {
    (void)state;
    static const double means[] = {1e-6, 0.1, 1.0, 5.5, 40.0, 499.0};
    for (int m = 0; m < 6; m++) {
        for (int i = 1; i < 500; i++) {
            double p = i / 500.0 - 1e-4; /* off the values where the cumulative probability lies exactly */
            uint32_t count = hw_poisson_quantile(means[m], p);
            assert_true(gsl_cdf_poisson_P(count, means[m]) >= p);
            assert_true(count == 0 || gsl_cdf_poisson_P(count - 1, means[m]) < p);
        }
    }
    assert_int_equal(hw_poisson_quantile(0.0, 0.999), 0);
}

static void test_binomial_quantiles_agree_with_gsl(void **state) {
    (void)state;
    static const uint32_t trials[] = {1, 7, 100, 5000};
    static const double probabilities[] = {1e-4, 0.05, 0.09, 0.5, 0.9, 0.95};
    for (int t = 0; t < 4; t++) {
        for (int q = 0; q < 6; q++) {
            if (trials[t] * fmin(probabilities[q], 1.0 - probabilities[q]) > 500.0) {
                continue;
            }
            for (int i = 1; i < 200; i++) {
                double p = i / 200.0 - 1e-4;
                uint32_t count = hw_binomial_quantile(trials[t], probabilities[q], p);
                assert_true(gsl_cdf_binomial_P(count, probabilities[q], trials[t]) >= p);
                assert_true(count == 0 || gsl_cdf_binomial_P(count - 1, probabilities[q], trials[t]) < p);
            }
        }
    }
    assert_int_equal(hw_binomial_quantile(10, 0.0, 0.999), 0);
    assert_int_equal(hw_binomial_quantile(10, 1.0, 0.001), 10);
    assert_int_equal(hw_binomial_quantile(0, 0.5, 0.5), 0);
}

static void test_large_counts_have_the_mean_and_variance_of_their_distribution(void **state) {
    (void)state;
    enum { STRATA = 20000 };
    double poisson = 0.0, poisson_squares = 0.0, binomial = 0.0, binomial_squares = 0.0;
    for (int i = 0; i < STRATA; i++) {
        double p = (i + 0.5) / STRATA;
        double x = hw_poisson_quantile(2000.0, p) - 2000.0;
        double y = hw_binomial_quantile(10000, 0.7, p) - 7000.0;
        poisson += x;
        poisson_squares += x * x;
        binomial += y;
        binomial_squares += y * y;
    }
    assert_near(poisson / STRATA, 0.0, 0.1);
    assert_near(poisson_squares / STRATA, 2000.0, 10.0);
    assert_near(binomial / STRATA, 0.0, 0.1);
    assert_near(binomial_squares / STRATA, 2100.0, 10.0);
}

static void test_counts_never_decrease_and_stay_in_bounds_up_to_the_last_uniform(void **state) {
    (void)state;
    static const double means[] = {0.001, 3.0, 100.0, 500.0, 501.0, 1e6};
    for (int m = 0; m < 6; m++) {
        uint32_t last_poisson = 0, last_binomial = 0;
        for (int i = 1; i < 2000; i++) {
            double p = fmin(0.5 + 0.5 * tanh((i - 1000) / 55.0), 1.0 - 0x1p-53);
            p = fmax(p, 0x1p-53);
            uint32_t poisson = hw_poisson_quantile(means[m], p);
            uint32_t binomial = hw_binomial_quantile(1200000, means[m] / 1200000.0, p);
            assert_true(poisson >= last_poisson && poisson < 2.0 * means[m] + 200.0);
            assert_true(binomial >= last_binomial && binomial <= 1200000);
            last_poisson = poisson;
            last_binomial = binomial;
        }
    }
    assert_int_equal(hw_poisson_quantile(1e12, 0.5), UINT32_MAX);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_specimen_makes_sense),
        cmocka_unit_test(test_quantiles_never_decrease_and_are_always_finite),
        cmocka_unit_test(test_mean_and_variance_are_those_of_the_textbook),
        cmocka_unit_test(test_quantiles_are_inverse_to_the_cumulative_distributions_of_gsl),
        cmocka_unit_test(test_extreme_shapes_are_answered_all_the_same),
        cmocka_unit_test(test_three_points_are_hit_exactly_at_any_skew),
        cmocka_unit_test(test_three_points_on_a_lognormal_give_that_lognormal),
        cmocka_unit_test(test_mirrored_points_give_the_mirrored_distribution),
        cmocka_unit_test(test_values_are_clamped_to_their_range),
        cmocka_unit_test(test_descriptions_that_make_no_sense_are_told_so),
        cmocka_unit_test(test_poisson_quantiles_agree_with_gsl),
        cmocka_unit_test(test_binomial_quantiles_agree_with_gsl),
        cmocka_unit_test(test_large_counts_have_the_mean_and_variance_of_their_distribution),
        cmocka_unit_test(test_counts_never_decrease_and_stay_in_bounds_up_to_the_last_uniform),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
