/* Laws of populations in waves: a posterior that is known is found, and simulated truths lie anywhere in it
 * alike (simulation-based calibration: Talts, Betancourt, Simpson, Vehtari and Gelman 2018). */
#include "analysis/figures/population.h"
#include "sim/distribution.h"
#include "tests/sim/check.h"
#include <stdlib.h>

enum { COLUMNS = 30, PURPOSE = 3, CHANCE = 4 };

static uint64_t entities[COLUMNS];

static double normal(uint64_t seed, uint64_t key, uint64_t entity, uint64_t purpose) {
    return hw_normal_quantile(hw_draw((hw_rng_key){seed, key}, entity, purpose, 0));
}

/* The toy model: two of thirty values and chance make a number, which is observed with an error. */
static const double second = 0.5, chance = 0.3;

static double simulate(const hw_population *p, uint64_t seed, const hw_proposal *q, uint64_t key) {
    return hw_population_score(p, seed, q, key, 4) + second * hw_population_score(p, seed, q, key, 17) +
           chance * normal(seed, key, 0, CHANCE);
}

/* Waves of so many members for one observed number; returns the weights of all of them. */
static hw_tempered learn(hw_population *p, double observed, double error, uint64_t seed, uint64_t count,
                         uint32_t waves, double *weights) {
    uint64_t *keys = calloc(count, sizeof *keys);
    double *logs = calloc(count, sizeof *logs);
    hw_proposal next = {0};
    hw_tempered tempered = {0};
    *p = (hw_population){.entities = entities, .columns = COLUMNS, .purpose = PURPOSE};
    for (uint32_t wave = 0; wave < waves && tempered.power < 1; wave++) {
        for (uint64_t m = 0; m < count; m++) {
            double off = (simulate(p, seed + wave, &next, m) - observed) / error;
            keys[m] = m;
            logs[m] = -off * off / 2;
        }
        hw_population_add(p, seed + wave, &next, keys, logs, count);
        tempered = hw_population_weigh(p, (double)count / 2, weights);
        next = hw_population_fit(p, weights, tempered.effective);
    }
    hw_proposal_free(&next);
    free(logs);
    free(keys);
    return tempered;
}

static hw_column_told tell(const hw_population *p, uint32_t column, const double *weights, double effective) {
    uint64_t count = hw_population_count(p);
    double *scores = calloc(count, sizeof *scores);
    hw_population_scores(p, column, scores);
    hw_column_told told = hw_column_tell(scores, weights, count, effective);
    free(scores);
    return told;
}

/* Everything is normal, so that the posterior is known: with s2 = 1 + second^2 + chance^2 + error^2 the first
 * value has mean observed / s2 and variance 1 - 1 / s2. */
static void test_a_known_posterior_is_found_at_full_power_which_the_first_wave_does_not_reach(void **state) {
    (void)state;
    enum { COUNT = 2000, WAVES = 6 };
    static double weights[COUNT * WAVES];
    const double observed = 2.5, error = 0.2, s2 = 1 + second * second + chance * chance + error * error;
    hw_population p;
    hw_tempered first = learn(&p, observed, error, 100, COUNT, 1, weights);
    assert_true(first.power < 0.5);
    hw_population_free(&p);
    hw_tempered t = learn(&p, observed, error, 100, COUNT, WAVES, weights);
    assert_same(t.power, 1);
    assert_true(t.effective >= COUNT / 2.0);
    hw_column_told one = tell(&p, 4, weights, t.effective), two = tell(&p, 17, weights, t.effective),
                   other = tell(&p, 9, weights, t.effective);
    double standard_error = 1 / sqrt(t.effective);
    assert_near(one.mean, observed / s2, 4 * standard_error);
    assert_near(one.sd * one.sd, 1 - 1 / s2, 4 * standard_error);
    assert_near(two.mean, second * observed / s2, 4 * standard_error);
    assert_near(other.mean, 0, 4 * standard_error);
    assert_near(other.sd, 1, 4 * standard_error);
    for (uint32_t w = 1; w < p.wave_count; w++) { /* what the fact tells of is moved, and little else */
        assert_true(p.waves[w].proposal.count <= 6);
    }
    hw_population_free(&p);
}

static void test_simulated_truths_lie_anywhere_in_their_posterior_alike(void **state) {
    (void)state;
    enum { TRUTHS = 400, BINS = 10, COUNT = 100, WAVES = 4 };
    static double weights[COUNT * WAVES], scores[COUNT * WAVES];
    const double error = 0.3;
    uint32_t inside[BINS] = {0};
    for (uint64_t t = 0; t < TRUTHS; t++) {
        const hw_population prior = {.entities = entities, .columns = COLUMNS, .purpose = PURPOSE};
        const hw_proposal none = {0};
        uint64_t seed = 1000000 + 100 * t;
        double truth = hw_population_score(&prior, seed, &none, 0, 4);
        double observed = simulate(&prior, seed, &none, 0) + error * normal(seed, 0, 1, CHANCE);
        hw_population p;
        (void)learn(&p, observed, error, seed + 1, COUNT, WAVES, weights);
        double below = 0;
        hw_population_scores(&p, 4, scores);
        for (uint64_t m = 0; m < hw_population_count(&p); m++) {
            below += scores[m] < truth ? weights[m] : 0;
        }
        inside[(uint32_t)fmin(floor(below * BINS), BINS - 1)]++;
        hw_population_free(&p);
    }
    double chi2 = 0, expected = (double)TRUTHS / BINS;
    for (int b = 0; b < BINS; b++) {
        chi2 += (inside[b] - expected) * (inside[b] - expected) / expected;
    }
    assert_true(chi2 < 27.9); /* 99.9 % of chi-squared with nine degrees of freedom */
}

/* A likelihood of chance alone says nothing of any of a thousand columns; its weights are uneven. */
static void test_what_facts_say_nothing_of_is_seldom_moved(void **state) {
    (void)state;
    enum { MANY = 1000, MEMBERS = 400, FITS = 30 };
    static uint64_t many[MANY], keys[MEMBERS];
    static double logs[MEMBERS], weights[MEMBERS];
    uint32_t moved_more = 0;
    for (uint64_t c = 0; c < MANY; c++) {
        many[c] = 100 + c;
    }
    for (uint64_t fit = 0; fit < FITS; fit++) {
        hw_population p = {.entities = many, .columns = MANY, .purpose = PURPOSE};
        hw_proposal none = {0};
        for (uint64_t m = 0; m < MEMBERS; m++) {
            keys[m] = m;
            logs[m] = 3 * normal(500 + fit, m, 0, CHANCE);
        }
        hw_population_add(&p, 500 + fit, &none, keys, logs, MEMBERS);
        hw_tempered t = hw_population_weigh(&p, 60, weights);
        hw_proposal next = hw_population_fit(&p, weights, t.effective);
        moved_more += next.count > 1; /* the strongest always is */
        hw_proposal_free(&next);
        hw_population_free(&p);
    }
    print_message("moved %u\n", moved_more);
    assert_true(moved_more <= 8); /* a tenth of them is expected; one test in a hundred says more by chance */
}

static void test_no_member_counts_more_than_a_draw_from_the_prior_by_more_than_the_waves(void **state) {
    (void)state;
    enum { COUNT = 300, WAVES = 4 };
    static double weights[COUNT * WAVES];
    hw_population p;
    (void)learn(&p, 3, 0.05, 7, COUNT, WAVES, weights);
    uint64_t count = hw_population_count(&p);
    for (uint32_t w = 0; w < p.wave_count; w++) { /* a likelihood that says nothing */
        for (uint64_t m = 0; m < p.waves[w].count; m++) {
            p.waves[w].log_likelihoods[m] = 0;
        }
    }
    hw_tempered t = hw_population_weigh(&p, 1, weights);
    assert_same(t.power, 1);
    assert_true(t.effective >= (double)count / p.wave_count * 0.8);
    hw_column_told told = tell(&p, 4, weights, t.effective);
    assert_near(told.mean, 0, 4 / sqrt(t.effective)); /* and the prior comes out again */
    hw_population_free(&p);
}

int main(void) {
    for (uint64_t c = 0; c < COLUMNS; c++) {
        entities[c] = 1000 + c;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_known_posterior_is_found_at_full_power_which_the_first_wave_does_not_reach),
        cmocka_unit_test(test_simulated_truths_lie_anywhere_in_their_posterior_alike),
        cmocka_unit_test(test_what_facts_say_nothing_of_is_seldom_moved),
        cmocka_unit_test(test_no_member_counts_more_than_a_draw_from_the_prior_by_more_than_the_waves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
