/* Laws of what knowing is worth, on decisions whose worth has a closed form. */
#include "analysis/figures/knowing.h"
#include "sim/distribution.h"
#include "sim/rng.h"
#include "tests/sim/check.h"
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <stdlib.h>
#include <string.h>

enum { WORLDS = 2000, FEW = 400 };

static double normal(uint64_t sample, uint64_t world, uint32_t of) {
    return hw_normal_quantile(hw_draw((hw_rng_key){.seed = 9, .replication = sample}, world, of, 0));
}

/* Two decisions, the second better by m + s x with x normal: knowing x is worth s phi(m/s) - |m| Phi(-|m|/s)
 * (the unit normal loss; Raiffa and Schlaifer 1961). */
static double closed_form(double m, double s) {
    return s * gsl_ran_ugaussian_pdf(m / s) - fabs(m) * gsl_cdf_ugaussian_P(-fabs(m) / s);
}

static double benefit[3 * WORLDS], x[2 * WORLDS];

/* The first x matters, the second does not; noise that nobody can know hides both. */
static void draw(uint64_t sample, double m, double s, double noise) {
    for (uint64_t r = 0; r < WORLDS; r++) {
        x[r] = normal(sample, r, 0);
        x[WORLDS + r] = normal(sample, r, 1);
        benefit[r] = 10 * normal(sample, r, 2); /* in common: no decision */
        benefit[WORLDS + r] = benefit[r] + m + s * x[r] + noise * normal(sample, r, 3);
    }
}

static void test_it_is_what_the_closed_form_says(void **state) {
    (void)state;
    static const double means[] = {0, 0.5, -1};
    for (size_t i = 0; i < sizeof means / sizeof *means; i++) {
        draw(i, means[i], 1, 2);
        hw_knowing worth = hw_knowing_worth(benefit, 2, x, 1, WORLDS, 1, HW_KNOWING_SHUFFLES);
        double truth = closed_form(means[i], 1);
        assert_near(worth.value, truth, 1.5 * worth.error);
        assert_near(worth.nearest, truth, 2 * worth.error + 0.03);
        assert_near(worth.perfect, closed_form(means[i], sqrt(5)), 0.1);
    }
}

static void test_what_does_not_matter_is_worth_nothing(void **state) {
    (void)state;
    draw(7, 0.5, 1, 2);
    hw_knowing worth = hw_knowing_worth(benefit, 2, x + WORLDS, 1, WORLDS, 1, HW_KNOWING_SHUFFLES);
    assert_near(worth.value, 0, 0.01);
    hw_knowing both = hw_knowing_worth(benefit, 2, x, 2, WORLDS, 1, HW_KNOWING_SHUFFLES),
               one = hw_knowing_worth(benefit, 2, x, 1, WORLDS, 1, HW_KNOWING_SHUFFLES);
    assert_near(both.value, one.value, 0.02); /* and adds nothing */
    assert_true(both.value <= both.perfect + both.error);
}

static void test_one_decision_that_is_always_best_needs_no_knowledge(void **state) {
    (void)state;
    draw(8, 50, 1, 2);
    assert_near(hw_knowing_worth(benefit, 2, x, 1, WORLDS, 1, HW_KNOWING_SHUFFLES).value, 0, 1e-9);
}

static void test_a_decision_that_is_another_one_changes_nothing(void **state) {
    (void)state;
    draw(9, 0.2, 1, 2);
    hw_knowing two = hw_knowing_worth(benefit, 2, x, 1, WORLDS, 1, HW_KNOWING_SHUFFLES);
    memcpy(benefit + 2 * WORLDS, benefit + WORLDS, WORLDS * sizeof *benefit);
    hw_knowing three = hw_knowing_worth(benefit, 3, x, 1, WORLDS, 1, HW_KNOWING_SHUFFLES);
    assert_near(three.value, two.value, 1e-9);
    memcpy(benefit + 2 * WORLDS, benefit, WORLDS * sizeof *benefit);
    assert_near(hw_knowing_worth(benefit, 3, x, 1, WORLDS, 1, HW_KNOWING_SHUFFLES).value, two.value, 1e-9);
}

/* Against nested simulation of a curve that no straight line follows: b = x^2 - 1 has worth E max(0, x^2 - 1)
 * = 2 phi(1). */
static void test_a_curve_is_followed(void **state) {
    (void)state;
    draw(10, 0, 0, 1);
    for (size_t r = 0; r < WORLDS; r++) {
        benefit[WORLDS + r] += x[r] * x[r] - 1;
    }
    hw_knowing worth = hw_knowing_worth(benefit, 2, x, 1, WORLDS, 1, HW_KNOWING_SHUFFLES);
    assert_near(worth.value, 2 * gsl_ran_ugaussian_pdf(1), 1.5 * worth.error);
}

/* A hundred samples: 95 should hold the truth; four standard deviations are 9. Bias is not in the error, so a
 * little less is allowed for it: 84. */
static void test_intervals_hold_the_truth(void **state) {
    (void)state;
    int held = 0;
    for (uint64_t sample = 0; sample < 100; sample++) {
        draw(100 + sample, 0.5, 1, 2);
        memmove(benefit + FEW, benefit + WORLDS, FEW * sizeof *benefit);
        hw_knowing worth = hw_knowing_worth(benefit, 2, x, 1, FEW, 1, HW_KNOWING_SHUFFLES);
        held += fabs(worth.value - closed_form(0.5, 1)) <= worth.error;
    }
    assert_in_range(held, 84, 100);
}

/* A decision that is disastrous in a few worlds, whatever the value is: of two hundred values that mean
 * nothing none may seem to be worth something at 1 in 2000 more than once; p itself is as likely to be below
 * one twentieth as it says: ten times, and three standard deviations more are 20. */
static void test_shuffles_see_through_heavy_tails(void **state) {
    (void)state;
    enum { VALUES = 200, TAILED = 100 };
    int below = 0, clear = 0;
    for (uint64_t r = 0; r < TAILED; r++) {
        benefit[r] = 0;
        benefit[TAILED + r] = 1 - exp(1.5 * normal(500, r, 0));
    }
    for (uint32_t v = 0; v < VALUES; v++) {
        for (uint64_t r = 0; r < TAILED; r++) {
            x[r] = normal(501, r, v);
        }
        hw_knowing worth = hw_knowing_worth(benefit, 2, x, 1, TAILED, v, 2000);
        below += worth.p <= 0.05;
        clear += worth.p <= 1 / 2000.0;
    }
    assert_in_range(below, 0, 20);
    assert_in_range(clear, 0, 1);
    draw(7, 0.5, 1, 2);
    assert_true(hw_knowing_worth(benefit, 2, x, 1, WORLDS, 1, 2000).p <
                1 / 2000.0); /* what matters is seen */
}

static void test_too_few_worlds_say_nothing(void **state) {
    (void)state;
    assert_true(isnan(hw_knowing_worth(benefit, 2, x, 1, 49, 1, HW_KNOWING_SHUFFLES).value));
    assert_true(isnan(hw_knowing_worth(benefit, 1, x, 1, WORLDS, 1, HW_KNOWING_SHUFFLES).value));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_it_is_what_the_closed_form_says),
        cmocka_unit_test(test_what_does_not_matter_is_worth_nothing),
        cmocka_unit_test(test_one_decision_that_is_always_best_needs_no_knowledge),
        cmocka_unit_test(test_a_decision_that_is_another_one_changes_nothing),
        cmocka_unit_test(test_a_curve_is_followed),
        cmocka_unit_test(test_intervals_hold_the_truth),
        cmocka_unit_test(test_shuffles_see_through_heavy_tails),
        cmocka_unit_test(test_too_few_worlds_say_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
