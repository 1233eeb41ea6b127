/* Laws of scores: known answers, and calibrated forecasts are found to be so. */
#include "analysis/figures/scores.h"
#include "sim/distribution.h"
#include "sim/rng.h"
#include "tests/sim/check.h"
#include <gsl/gsl_cdf.h>
#include <stdlib.h>

enum { SAMPLE = 4000 };

static double uniform(uint64_t number, uint64_t i, uint64_t purpose) {
    return hw_draw((hw_rng_key){.seed = 21, .replication = number}, i, purpose, 0);
}

static double normal_density(double z) {
    return exp(-z * z / 2) / sqrt(2 * acos(-1.0));
}

static double normal_share(double z) {
    return erfc(-z / sqrt(2)) / 2;
}

/* Gneiting and Raftery 2007, equation 21. */
static void test_crps_of_a_normal_sample_is_the_closed_form(void **state) {
    (void)state;
    static double values[SAMPLE];
    static hw_weighted sorted[SAMPLE];
    static const double facts[] = {-3, -0.4, 0, 1.1, 6};
    for (uint64_t i = 0; i < SAMPLE; i++) {
        values[i] = hw_normal_quantile(((double)i + 0.5) / SAMPLE);
    }
    hw_weighted_sort(sorted, values, NULL, SAMPLE);
    for (size_t f = 0; f < sizeof facts / sizeof *facts; f++) {
        double z = facts[f];
        double closed = z * (2 * normal_share(z) - 1) + 2 * normal_density(z) - 1 / sqrt(acos(-1.0));
        assert_near(hw_crps(sorted, SAMPLE, z), closed, 1e-3);
    }
}

/* The definition, pair by pair. */
static double crps_by_pairs(const hw_weighted *sample, size_t count, double fact) {
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += sample[i].weight * fabs(sample[i].value - fact);
        for (size_t j = 0; j < count; j++) {
            sum -= sample[i].weight * sample[j].weight * fabs(sample[i].value - sample[j].value) / 2;
        }
    }
    return sum;
}

static void test_crps_of_a_weighted_sample_is_that_of_its_pairs(void **state) {
    (void)state;
    enum { FEW = 37 };
    double values[FEW], weights[FEW];
    hw_weighted sorted[FEW];
    for (uint64_t n = 0; n < 200; n++) {
        for (uint64_t i = 0; i < FEW; i++) {
            values[i] = floor(40 * uniform(n, i, 0)); /* ties */
            weights[i] = uniform(n, i, 1) < 0.2 ? 0 : -log(uniform(n, i, 2));
        }
        hw_weighted_sort(sorted, values, weights, FEW);
        double fact = floor(60 * uniform(n, 0, 3)) - 10; /* also outside of the sample, also on a value */
        assert_near(hw_crps(sorted, FEW, fact), crps_by_pairs(sorted, FEW, fact), 1e-11);
    }
}

static void test_crps_of_one_value_is_its_error_and_weights_count_as_copies(void **state) {
    (void)state;
    const double three[] = {5, 5, 8}, two[] = {5, 8}, weights[] = {2, 1};
    hw_weighted sorted[3], same[2];
    hw_weighted_sort(same, two, NULL, 1);
    assert_same(hw_crps(same, 1, 9), 4);
    hw_weighted_sort(sorted, three, NULL, 3);
    hw_weighted_sort(same, two, weights, 2);
    assert_near(hw_crps(same, 2, 6.5), hw_crps(sorted, 3, 6.5), 1e-14);
    assert_near(hw_pit(same, 2, 5, 0.5), 1.0 / 3, 1e-14);
    assert_near(hw_forecast_bias(same, 2, 5), 1.0 / 3, 1e-14);
    assert_near(hw_forecast_bias(same, 2, 4), 1, 1e-14);
    assert_near(hw_forecast_bias(same, 2, 9), -1, 1e-14);
}

static void test_the_binomial_band_of_coverage(void **state) {
    (void)state;
    hw_coverage c = hw_coverage_of(0.8, 37, 89);
    assert_int_equal(c.low, 64); /* the sums of the binomial distribution reach 0.025 and 0.975 there */
    assert_int_equal(c.high, 78);
}

/* Facts drawn from the forecasts themselves: the transform is uniform, and intervals hold what they say. */
static void test_facts_like_the_forecast_are_covered_as_often_as_said(void **state) {
    (void)state;
    enum { FACTS = 2000, MEMBERS = 99, BINS = 10 };
    double values[MEMBERS];
    hw_weighted sorted[MEMBERS];
    size_t bins[BINS] = {0}, inside = 0;
    for (uint64_t n = 0; n < FACTS; n++) {
        for (uint64_t i = 0; i < MEMBERS; i++) {
            values[i] = hw_poisson_quantile(4, uniform(n, i, 7));
        }
        hw_weighted_sort(sorted, values, NULL, MEMBERS);
        double fact = hw_poisson_quantile(4, uniform(n, 0, 8));
        double pit = hw_pit(sorted, MEMBERS, fact, uniform(n, 0, 9));
        bins[(size_t)fmin(pit * BINS, BINS - 1)]++;
        inside += hw_covers(sorted, MEMBERS, fact, fact, 0.8);
    }
    double chi2 = 0, expected = (double)FACTS / BINS;
    for (size_t b = 0; b < BINS; b++) {
        chi2 += ((double)bins[b] - expected) * ((double)bins[b] - expected) / expected;
    }
    assert_true(gsl_cdf_chisq_Q(chi2, BINS - 1) > 0.001);
    assert_true((double)inside > 0.78 * FACTS); /* of counts intervals hold a little more than they say */
}

/* Simulation-based calibration (Talts et al. 2018): truths drawn from the prior, measured with an error that
 * the likelihood knows; the rank of the truth among the weighted sample is uniform. With a likelihood that
 * believes a third of the error it is not, and the test sees that. */
static double calibration(double believed) {
    enum { TRUTHS = 600, MEMBERS = 300, BINS = 10, MEASUREMENTS = 3 };
    const double error = 0.8;
    static double x[MEMBERS], logs[MEMBERS], weights[MEMBERS];
    static hw_weighted sorted[MEMBERS];
    size_t bins[BINS] = {0};
    for (uint64_t n = 0; n < TRUTHS; n++) {
        double truth = hw_normal_quantile(uniform(n, 0, 20));
        for (uint64_t i = 0; i < MEMBERS; i++) {
            x[i] = hw_normal_quantile(uniform(n, i, 21));
            logs[i] = 0;
            for (uint64_t m = 0; m < MEASUREMENTS; m++) {
                double y = truth + error * hw_normal_quantile(uniform(n, m, 22));
                logs[i] -= (y - x[i]) * (y - x[i]) / (2 * believed * believed);
            }
        }
        hw_tempered t = hw_temper(logs, MEMBERS, 0, weights);
        assert_same(t.power, 1);
        hw_weighted_sort(sorted, x, weights, MEMBERS);
        double pit = hw_pit(sorted, MEMBERS, truth, 0.5);
        bins[(size_t)fmin(pit * BINS, BINS - 1)]++;
    }
    double chi2 = 0, expected = (double)TRUTHS / BINS;
    for (size_t b = 0; b < BINS; b++) {
        chi2 += ((double)bins[b] - expected) * ((double)bins[b] - expected) / expected;
    }
    return gsl_cdf_chisq_Q(chi2, BINS - 1);
}

static void test_ranks_of_simulated_truths_are_uniform_and_not_under_a_wrong_error(void **state) {
    (void)state;
    assert_true(calibration(0.8) > 0.01);
    assert_true(calibration(0.8 / 3) < 1e-6);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_crps_of_a_normal_sample_is_the_closed_form),
        cmocka_unit_test(test_crps_of_a_weighted_sample_is_that_of_its_pairs),
        cmocka_unit_test(test_crps_of_one_value_is_its_error_and_weights_count_as_copies),
        cmocka_unit_test(test_the_binomial_band_of_coverage),
        cmocka_unit_test(test_facts_like_the_forecast_are_covered_as_often_as_said),
        cmocka_unit_test(test_ranks_of_simulated_truths_are_uniform_and_not_under_a_wrong_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
