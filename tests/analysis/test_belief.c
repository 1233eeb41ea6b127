/* Laws of learning from facts: likelihoods are what they are said to be, what is said twice counts once, and
 * simulated truths are found again. */
#include "analysis/belief/baselines.h"
#include "analysis/belief/hindcast.h"
#include "sim/date.h"
#include "sim/distribution.h"
#include "sim/length.h"
#include "tests/sim/check.h"
#include <gsl/gsl_cdf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WORLDS = 400, MANY = 8 * 28, FACTS = MANY + 1 };

static const hw_model_error certain = {0};

static double uniform(uint64_t number, uint64_t i, uint64_t purpose) {
    return hw_draw((hw_rng_key){.seed = 31, .replication = number}, i, purpose, 0);
}

static int64_t day(const char *text) {
    int64_t days = 0;
    assert_true(hw_date_parse(text, &days));
    return days;
}

/* Facts of a file with these lines. */
static hw_observations facts_of(const char *lines) {
    char path[] = "/tmp/homeward-facts-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(dprintf(file, "source: a test\nobservations:\n%s", lines) > 0, 1);
    close(file);
    hw_observations facts;
    hw_errors errors = {0};
    hw_status status = hw_observations_read(&facts, path, &errors);
    if (status != HW_OK) {
        char *text = hw_errors_text(&errors);
        print_error("%s", text);
        free(text);
    }
    assert_int_equal(status, HW_OK);
    unlink(path);
    return facts;
}

static hw_observation exact(const char *kind, double value, double error) {
    return (hw_observation){
        .question = {.kind = hw_fact_kind_find(kind)}, .low = value, .high = value, .error = error};
}

static double likelihood(const hw_observation *fact, double world) {
    return hw_fact_log_likelihood(fact, world, 1000, &certain);
}

static void test_a_fact_speaks_by_students_t_on_its_scale(void **state) {
    (void)state;
    const hw_observation land = exact("land_released", 1e8, 1e6);
    assert_same(likelihood(&land, 1e8), 0);
    /* On square roots: 1 % of the value is half a percent of the root. */
    double sd = (sqrt(1.01e8) - sqrt(0.99e8)) / 2;
    double away = 1e4 + 2 * sd;
    assert_near(likelihood(&land, away * away), -3 * log1p(4.0 / 5), 1e-9);
    const hw_observation money = exact("money_spent", 2e6, 2e5);
    assert_near(likelihood(&money, 2e6 * exp(-0.1 * sqrt(5))), -3 * log(2), 1e-9);
    assert_near(likelihood(&money, 2e6 * exp(0.1 * sqrt(5))), -3 * log(2), 1e-9);
    const hw_observation families = exact("first_families", 500, 10);
    assert_near(likelihood(&families, 520), -3 * log1p(4.0 / 5), 1e-12);
    /* What has not happened by the horizon counts as on the day after it. */
    assert_same(likelihood(&families, (double)NAN), likelihood(&families, 1001));
    /* Of no victims at all one more is still likely: counts differ by their own chance. */
    const hw_observation none = exact("victims", 0, 0);
    assert_near(likelihood(&none, 1), -3 * log1p(4.0 / 5), 1e-12);
}

/* Nothing with a share of it as its error: refused in files, and here still far from any other value. */
static void test_no_deviation_is_nothing(void **state) {
    (void)state;
    const hw_observation none = exact("land_released", 0, 0);
    assert_same(likelihood(&none, 0), 0);
    assert_true(isfinite(likelihood(&none, 1)) && likelihood(&none, 1) < -20);
    hw_observation range = none;
    range.high = 1;
    assert_false(isnan(likelihood(&range, 0)) || isnan(likelihood(&range, 1)));
    const hw_observation lost = exact("land_released", 1e8, 1e-9); /* cancels to nothing on square roots */
    assert_same(likelihood(&lost, 1e8), 0);
    assert_true(isfinite(likelihood(&lost, 2e8)));
}

static void test_bounds_speak_only_against_what_lies_beyond(void **state) {
    (void)state;
    hw_observation least = exact("first_families", 500, 10);
    least.high = HUGE_VAL;
    assert_near(likelihood(&least, 500), log(0.5), 1e-12);
    assert_near(likelihood(&least, 900), 0, 1e-5);
    assert_near(likelihood(&least, 480), log(gsl_cdf_tdist_P(-2, 5)), 1e-9);
    hw_observation range = exact("first_families", 500, 10);
    range.high = 560;
    assert_true(likelihood(&range, 530) > likelihood(&range, 565));
    assert_near(likelihood(&range, 490), likelihood(&range, 570), 1e-12);
    assert_true(isfinite(likelihood(&range, 1e9)));
}

/* Facts beside worlds made by hand. */
typedef struct toy {
    hw_outcomes outcomes;
    hw_besides besides;
    hw_telling tellings[FACTS];
    hw_beside rows[FACTS];
    double *samples[FACTS];
    double numbers[FACTS][WORLDS];
} toy;

static void begin_toy(toy *t, hw_observations *facts) {
    assert_true(facts->count <= FACTS);
    memset(t, 0, sizeof *t);
    t->outcomes = (hw_outcomes){.count = WORLDS, .start = day("2020-11-10"), .horizon = day("2045-12-31")};
    t->besides = (hw_besides){.outcomes = &t->outcomes,
                              .observations = facts,
                              .tellings = t->tellings,
                              .samples = t->samples,
                              .rows = t->rows,
                              .count = facts->count};
    for (uint32_t i = 0; i < facts->count; i++) {
        t->samples[i] = facts->items[i].question.kind != NULL ? t->numbers[i] : NULL;
    }
}

/* Land that comes at a pace of each world's own, the same every day. */
static void fill_with_land(toy *t, const hw_observations *facts) {
    for (uint32_t i = 0; i < facts->count; i++) {
        const hw_question *q = &facts->items[i].question;
        int64_t from = q->from == INT64_MIN ? t->outcomes.start : q->from;
        for (uint64_t r = 0; r < WORLDS; r++) {
            double pace = 1e6 * exp(0.4 * hw_normal_quantile(((double)r + 0.5) / WORLDS));
            t->numbers[i][r] = pace * (double)(q->to - from + 1);
        }
    }
    hw_besides_weigh(&t->besides, NULL, WORLDS);
}

static hw_weights weights_of(const char *lines, double share) {
    hw_observations facts = facts_of(lines);
    static toy t;
    begin_toy(&t, &facts);
    fill_with_land(&t, &facts);
    const hw_learning learning = {.as_of = day("2024-12-31"), .model = hw_usual_model_error, .share = share};
    hw_weights w = hw_condition(&t.besides, &learning);
    hw_observations_free(&facts);
    return w;
}

static void test_what_is_said_twice_counts_once(void **state) {
    (void)state;
    hw_weights once =
        weights_of("  a: {quantity: land_released, to: 2022-12-31, value: 70000 ha, error: 1 ha}\n", 0);
    hw_weights twice =
        weights_of("  a: {quantity: land_released, to: 2022-12-31, value: 70000 ha, error: 1 ha}\n"
                   "  b: {quantity: land_released, to: 2022-12-31, value: 70000 ha, error: 1 ha}\n",
                   0);
    hw_weights apart =
        weights_of("  a: {quantity: land_released, from: 2021-01-01, to: 2021-12-31, value: 36500 ha}\n"
                   "  b: {quantity: land_released, from: 2022-01-01, to: 2022-12-31, value: 36500 ha}\n",
                   0);
    hw_weights one =
        weights_of("  a: {quantity: land_released, from: 2021-01-01, to: 2021-12-31, value: 36500 ha}\n", 0);
    assert_same(once.tempered.power, 1);
    assert_int_equal(twice.facts, 2);
    assert_near(twice.tempered.effective, once.tempered.effective, 0.001 * once.tempered.effective);
    assert_true(apart.tempered.effective < 0.8 * one.tempered.effective);
    hw_weights_free(&once);
    hw_weights_free(&twice);
    hw_weights_free(&apart);
    hw_weights_free(&one);
}

/* The mean of the land that the worlds have released by the end of 2022, ha. */
static double mean_land(const char *lines) {
    hw_weights w = weights_of(lines, 0);
    double days = (double)(day("2022-12-31") - day("2020-11-10") + 1), mean = 0;
    for (uint64_t r = 0; r < WORLDS; r++) {
        mean += w.weights[r] * 100 * exp(0.4 * hw_normal_quantile(((double)r + 0.5) / WORLDS)) * days;
    }
    hw_weights_free(&w);
    return mean;
}

static void test_a_second_higher_figure_does_not_lower_what_the_first_said(void **state) {
    (void)state;
    static const char *const errors[] = {"0.2 %", "1 %", "5 %", "10 %"};
    for (size_t e = 0; e < HW_LENGTH(errors); e++) {
        char one[200], both[400];
        snprintf(one, sizeof one,
                 "  a: {quantity: land_released, to: 2022-12-31, value: 80000 ha, error: %s}\n", errors[e]);
        snprintf(both, sizeof both,
                 "%s  b: {quantity: land_released, to: 2022-12-31, value: 84000 ha, error: %s}\n", one,
                 errors[e]);
        assert_true(mean_land(both) >= mean_land(one));
    }
}

static void add_lines_of_many_days(FILE *out) {
    for (int i = 0; i < MANY; i++) {
        fprintf(out, "  day %d: {quantity: land_released, to: 2021-%02d-%02d, value: %d ha, error: 90 %%}\n",
                i, 1 + i / 28, 1 + i % 28, 5000 + 100 * i);
    }
}

static void test_no_fact_is_one_too_many(void **state) {
    (void)state;
    static const char last[] =
        "  last: {quantity: land_released, to: 2022-12-31, value: 40000 ha, error: 1 ha}\n";
    char *front = NULL, *behind = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&front, &length);
    fputs(last, out);
    add_lines_of_many_days(out);
    fclose(out);
    out = open_memstream(&behind, &length);
    add_lines_of_many_days(out);
    fputs(last, out);
    fclose(out);
    hw_weights one = weights_of(front, 0), other = weights_of(behind, 0);
    assert_int_equal(other.facts, FACTS);
    for (uint64_t r = 0; r < WORLDS; r++) {
        assert_same(one.weights[r], other.weights[r]);
    }
    hw_weights_free(&one);
    hw_weights_free(&other);
    free(front);
    free(behind);
}

static void test_the_order_of_facts_in_the_file_does_not_matter(void **state) {
    (void)state;
    static const char *const lines[] = {
        "  a: {quantity: land_released, from: 2021-01-01, to: 2021-12-31, value: 30000 ha}\n",
        "  b: {quantity: land_released, from: 2022-01-01, to: 2022-12-31, value: 40000 ha}\n",
        "  c: {quantity: land_released, to: 2023-03-06, value: 68900 ha}\n"};
    char forth[400], back[400];
    snprintf(forth, sizeof forth, "%s%s%s", lines[0], lines[1], lines[2]);
    snprintf(back, sizeof back, "%s%s%s", lines[2], lines[1], lines[0]);
    hw_weights one = weights_of(forth, 0.5), other = weights_of(back, 0.5);
    for (uint64_t r = 0; r < WORLDS; r++) {
        assert_same(one.weights[r], other.weights[r]);
    }
    assert_same(one.tempered.power, other.tempered.power);
    hw_weights_free(&one);
    hw_weights_free(&other);
}

static void test_what_is_not_known_yet_or_only_planned_teaches_nothing(void **state) {
    (void)state;
    hw_weights w = weights_of(
        "  a: {quantity: land_released, to: 2022-12-31, value: 1 ha, known_by: 2025-06-01}\n"
        "  b: {quantity: land_released, to: 2022-12-31, value: 1 ha, plan: yes, known_by: 2022-01-01}\n"
        "  c: {quantity: rain, to: 2022-12-31, value: 1, not_modelled: it is not counted}\n",
        0.5);
    assert_int_equal(w.facts, 0);
    assert_near(w.tempered.effective, WORLDS, 1e-6);
    hw_weights_free(&w);
}

/* Truths from the prior, two dates with errors of their own and one of the model that both share, all as the
 * likelihood has them: the truth's rank among the weighted worlds is uniform (Talts et al. 2018). */
static double calibration(double shared_days) {
    enum { TRUTHS = 400, BINS = 10 };
    static toy t;
    hw_observations facts =
        facts_of("  a: {quantity: release, place: X, value: 2030-01-01, error: 60 days}\n"
                 "  b: {quantity: release, place: X, value: 2030-01-01, error: 60 days}\n");
    begin_toy(&t, &facts);
    const double model = 80, sd = hypot(60, model), middle = (double)day("2030-01-01");
    const double rho = model * model / (sd * sd), rest = sqrt(1 - rho * rho);
    const hw_learning learning = {.as_of = day("2045-12-31"), .model = {.days = shared_days}, .share = 0};
    size_t bins[BINS] = {0};
    for (uint64_t n = 0; n < TRUTHS; n++) {
        double truth = middle + 150 * hw_normal_quantile(uniform(n, 0, 1));
        double one = gsl_cdf_tdist_Pinv(uniform(n, 0, 2), 5), two = gsl_cdf_tdist_Pinv(uniform(n, 0, 3), 5);
        facts.items[0].low = facts.items[0].high = truth + sd * one;
        facts.items[1].low = facts.items[1].high = truth + sd * (rho * one + rest * two);
        for (uint64_t r = 0; r < WORLDS; r++) {
            t.numbers[0][r] = t.numbers[1][r] = middle + 150 * hw_normal_quantile(uniform(n, r, 4));
        }
        hw_besides_weigh(&t.besides, NULL, WORLDS);
        hw_weights w = hw_condition(&t.besides, &learning);
        static hw_weighted sorted[WORLDS];
        hw_weighted_sort(sorted, t.numbers[0], w.weights, WORLDS);
        bins[(size_t)fmin(hw_pit(sorted, WORLDS, truth, 0.5) * BINS, BINS - 1)]++;
        hw_weights_free(&w);
    }
    hw_observations_free(&facts);
    double chi2 = 0, expected = (double)TRUTHS / BINS;
    for (size_t b = 0; b < BINS; b++) {
        chi2 += ((double)bins[b] - expected) * ((double)bins[b] - expected) / expected;
    }
    return gsl_cdf_chisq_Q(chi2, BINS - 1);
}

static void test_simulated_truths_rank_uniformly_unless_the_model_is_trusted_too_much(void **state) {
    (void)state;
    assert_true(calibration(80) > 0.01);
    assert_true(calibration(0) < 0.001);
}

/* ---- Discrepancy ---- */

/* Three districts and four years, of which the model's error has the same factor in all. */
enum { DISTRICTS = 3, YEARS = 4, CELLS = DISTRICTS * YEARS };

static hw_observations facts_of_districts(void) {
    char *lines = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&lines, &length);
    for (int year = 2021; year < 2021 + YEARS; year++) {
        for (int d = 0; d < DISTRICTS; d++) {
            fprintf(
                out,
                "  %c %d: {quantity: land_released, district: %c, from: %d-01-01, to: %d-12-31, value: 1 ha, "
                "error: 0.001 ha}\n",
                'A' + d, year, 'A' + d, year, year);
        }
    }
    fclose(out);
    hw_observations facts = facts_of(lines);
    free(lines);
    return facts;
}

/* The root of the correlations of what the model is off in the facts, all of one size. */
static void find_root(hw_observations *facts, double root[CELLS][CELLS]) {
    const hw_model_error *model = &hw_usual_model_error;
    for (uint32_t i = 0; i < CELLS; i++) {
        facts->items[i].low = facts->items[i].high = 5e7;
        for (uint32_t j = 0; j <= i; j++) {
            double sum = i == j ? 1
                                : hw_fact_correlation(&facts->items[i], model, &facts->items[j], model,
                                                      day("2020-11-10"));
            for (uint32_t k = 0; k < j; k++) {
                sum -= root[i][k] * root[j][k];
            }
            root[i][j] = i == j ? sqrt(sum) : sum / root[j][j];
        }
    }
}

/* Truth `number`: a pace of the worlds' own, and errors of the model so many times as large as is usual. */
static void draw_truth(toy *t, hw_observations *facts, double root[CELLS][CELLS], uint64_t number,
                       double factor) {
    double truth = 0.2 * hw_normal_quantile(uniform(number, 0, 5)), errors[CELLS];
    for (uint32_t i = 0; i < CELLS; i++) {
        const hw_question *q = &facts->items[i].question;
        double days = (double)(q->to - q->from + 1), size = 5e7 / 365 * days;
        errors[i] = gsl_cdf_tdist_Pinv(uniform(number, i, 6), 5);
        facts->items[i].low = facts->items[i].high = size * exp(truth);
        const hw_model_error off = hw_model_error_times(&hw_usual_model_error, factor);
        double sd = hw_fact_deviation(&facts->items[i], &off), place = sqrt(size * exp(truth));
        for (uint32_t k = 0; k <= i; k++) {
            place += sd * root[i][k] * errors[k];
        }
        facts->items[i].low = facts->items[i].high = fmax(place, 0) * fmax(place, 0);
        facts->items[i].error = 1e-3 * facts->items[i].low;
        for (uint64_t r = 0; r < WORLDS; r++) {
            t->numbers[i][r] = size * exp(0.2 * hw_normal_quantile(uniform(number, r, 7)));
        }
    }
    hw_besides_weigh(&t->besides, NULL, WORLDS);
}

/* Forecasts of the last three years, each from the end of the year before. */
static void forecast(const toy *t, hw_origin origins[YEARS - 1]) {
    for (int o = 0; o < YEARS - 1; o++) {
        int64_t end = hw_date_to_days((hw_date){2021 + o, 12, 31});
        origins[o] = (hw_origin){.besides = &t->besides,
                                 .learning = {.as_of = end, .model = hw_usual_model_error, .share = 0.2}};
        hw_origin_weigh(&origins[o], origins, (uint32_t)o, 366);
    }
}

static void end_forecast(hw_origin origins[YEARS - 1]) {
    for (int o = 0; o < YEARS - 1; o++) {
        hw_origin_free(&origins[o]);
    }
}

/* Whatever the factor is, as its prior has it: eight of ten facts of the last year lie inside. */
static void test_eight_of_ten_simulated_truths_lie_inside_of_80_percent_with_discrepancy(void **state) {
    (void)state;
    enum { TRUTHS = 300 };
    static toy t;
    static double root[CELLS][CELLS];
    hw_observations facts = facts_of_districts();
    size_t inside = 0, without = 0;
    begin_toy(&t, &facts);
    find_root(&facts, root);
    for (uint64_t n = 0; n < TRUTHS; n++) {
        hw_origin origins[YEARS - 1];
        draw_truth(&t, &facts, root, n, exp(HW_FACTOR_SPREAD * hw_normal_quantile(uniform(n, 0, 8))));
        forecast(&t, origins);
        const hw_origin *last = &origins[YEARS - 2];
        uint32_t fact = CELLS - 1 - (uint32_t)(n % DISTRICTS);
        assert_true(hw_is_ahead(&t.besides, fact, last->learning.as_of, 366));
        static hw_weighted plain[WORLDS];
        hw_weighted *sorted = hw_origin_spread(last, fact);
        inside +=
            hw_covers(sorted, (size_t)HW_SPREAD * WORLDS, facts.items[fact].low, facts.items[fact].high, 0.8);
        hw_weighted_sort(plain, t.samples[fact], last->weights.weights, WORLDS);
        without += hw_covers(plain, WORLDS, facts.items[fact].low, facts.items[fact].high, 0.8);
        free(sorted);
        end_forecast(origins);
    }
    hw_observations_free(&facts);
    print_message("inside: %zu with, %zu without discrepancy, of %d\n", inside, without, TRUTHS);
    assert_in_range(inside, 0.74 * TRUTHS, 0.86 * TRUTHS);
    assert_true((double)without < 0.7 * TRUTHS);
}

static void test_discrepancy_is_learnt_from_earlier_forecasts(void **state) {
    (void)state;
    static toy t;
    static double root[CELLS][CELLS];
    hw_observations facts = facts_of_districts();
    begin_toy(&t, &facts);
    find_root(&facts, root);
    double logs[2] = {0};
    static const double factors[] = {0.5, 4};
    for (uint64_t n = 0; n < 40; n++) {
        for (int f = 0; f < 2; f++) {
            hw_origin origins[YEARS - 1];
            draw_truth(&t, &facts, root, n, factors[f]);
            forecast(&t, origins);
            assert_near(origins[0].discrepancy.groups[0].factor, 1, 1e-12); /* nothing came yet */
            assert_int_equal(origins[0].discrepancy.groups[0].facts, 0);
            assert_int_equal(origins[2].discrepancy.groups[0].facts, 2 * DISTRICTS);
            logs[f] += log(origins[2].discrepancy.groups[0].factor) / 40;
            end_forecast(origins);
        }
    }
    hw_observations_free(&facts);
    assert_true(logs[0] < -0.1 && logs[1] > 0.5);
}

static void test_discrepancy_is_never_learnt_from_what_is_scored(void **state) {
    (void)state;
    static toy t;
    static double root[CELLS][CELLS];
    hw_observations facts = facts_of_districts();
    begin_toy(&t, &facts);
    find_root(&facts, root);
    draw_truth(&t, &facts, root, 1, 3);
    hw_origin then[YEARS - 1], now[YEARS - 1];
    forecast(&t, then);
    hw_weighted *before = hw_origin_spread(&then[2], CELLS - 1),
                *early = hw_origin_spread(&then[1], CELLS - 4);
    for (uint32_t i = CELLS - DISTRICTS; i < CELLS; i++) {
        facts.items[i].low = facts.items[i].high = 9 * facts.items[i].low; /* of 2024 */
    }
    hw_besides_weigh(&t.besides, NULL, WORLDS);
    forecast(&t, now);
    hw_weighted *after = hw_origin_spread(&now[2], CELLS - 1), *again = hw_origin_spread(&now[1], CELLS - 4);
    for (size_t i = 0; i < (size_t)HW_SPREAD * WORLDS; i++) {
        assert_same(before[i].value, after[i].value);
        assert_same(before[i].weight, after[i].weight);
        assert_same(early[i].value, again[i].value);
    }
    free(before);
    free(after);
    free(early);
    free(again);
    end_forecast(then);
    end_forecast(now);
    hw_observations_free(&facts);
}

static void test_simple_rules_go_by_what_was_known(void **state) {
    (void)state;
    hw_observations facts = facts_of(
        "  2021: {quantity: land_released, from: 2021-01-01, to: 2021-12-31, value: 3650 ha}\n"
        "  2022: {quantity: land_released, from: 2022-01-01, to: 2022-12-31, value: 7300 ha, "
        "known_by: 2023-02-01}\n"
        "  all: {quantity: land_released, from: 2020-11-10, to: 2022-12-31, value: 7820 ha}\n"
        "  2023: {quantity: land_released, from: 2023-01-01, to: 2023-12-31, value: 1 ha}\n"
        "  plan: {quantity: land_released, from: 2023-01-01, to: 2023-12-31, value: 5 ha, plan: "
        "yes, known_by: 2023-02-01}\n"
        "  district: {quantity: land_released, district: D, from: 2023-01-01, to: 2023-12-31, value: 1 ha}\n"
        "  was: {quantity: people_back, to: 2021-11-10, value: 100}\n"
        "  is: {quantity: people_back, to: 2022-11-10, value: 300}\n"
        "  is to be: {quantity: people_back, to: 2023-11-10, value: 1}\n"
        "  earlier plan: {quantity: land_released, from: 2023-01-01, to: 2023-12-31, value: 50 ha, plan: "
        "yes, known_by: 2022-06-01}\n");
    int64_t start = day("2020-11-10");
    hw_baselines then = hw_baselines_of(&facts, 3, day("2022-12-31"), start, (double)NAN);
    assert_near(then.last_year, 3650e4, 1); /* that of 2021: 2022 was not known */
    assert_near(then.straight, 3650e4, 1);  /* 7,820 ha in 782 days */
    assert_near(then.plan, 5e4, 1e-9);      /* the last one, wherever it stands in the file */
    assert_near(hw_baselines_of(&facts, 3, day("2023-02-01"), start, (double)NAN).last_year, 7300e4, 1);
    assert_near(hw_baselines_of(&facts, 3, day("2022-10-01"), start, (double)NAN).plan, 50e4, 1e-9);
    assert_true(isnan(hw_baselines_of(&facts, 3, day("2022-02-01"), start, (double)NAN).plan));
    assert_true(isnan(then.by_area));
    hw_baselines part = hw_baselines_of(&facts, 5, day("2022-12-31"), start, 0.25);
    assert_near(part.by_area, 3650e4 / 4, 1); /* a quarter of the country's last known year */
    assert_true(isnan(part.last_year) && isnan(part.plan));
    hw_baselines people = hw_baselines_of(&facts, 8, day("2022-12-31"), start, (double)NAN);
    assert_near(people.last_year, 500, 1e-9);
    assert_near(people.straight, 450, 1e-9);
    assert_true(isnan(hw_baselines_of(&facts, 8, day("2021-01-01"), start, (double)NAN).last_year));
    hw_observations_free(&facts);
}

static void test_only_what_began_with_nothing_has_grown_since_the_start(void **state) {
    (void)state;
    hw_observations facts = facts_of("  at first: {quantity: land_open, to: 2020-11-10, value: 9000 ha}\n"
                                     "  was: {quantity: land_open, to: 2021-11-10, value: 8000 ha}\n"
                                     "  is to be: {quantity: land_open, to: 2022-11-10, value: 1 ha}\n"
                                     "  staff: {quantity: people_employed, to: 2021-11-10, value: 1000}\n"
                                     "  staff to be: {quantity: people_employed, to: 2022-11-10, value: 1}\n"
                                     "  none: {quantity: people_back, to: 2020-11-10, value: 5}\n"
                                     "  people to be: {quantity: people_back, to: 2022-11-10, value: 1}\n");
    int64_t start = day("2020-11-10");
    hw_baselines land = hw_baselines_of(&facts, 2, day("2021-12-31"), start, (double)NAN);
    assert_near(land.last_year, 7000e4, 1); /* as it fell in the year */
    assert_true(isnan(land.straight));
    for (uint32_t fact = 2; fact <= 6; fact += 2) { /* levels whose only known day tells of no pace */
        int64_t origin = fact == 4 ? day("2021-12-31") : day("2020-12-31");
        hw_baselines b = hw_baselines_of(&facts, fact, origin, start, (double)NAN);
        assert_true(isnan(b.last_year) && isnan(b.straight));
    }
    hw_observations_free(&facts);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_fact_speaks_by_students_t_on_its_scale),
        cmocka_unit_test(test_no_deviation_is_nothing),
        cmocka_unit_test(test_bounds_speak_only_against_what_lies_beyond),
        cmocka_unit_test(test_what_is_said_twice_counts_once),
        cmocka_unit_test(test_a_second_higher_figure_does_not_lower_what_the_first_said),
        cmocka_unit_test(test_no_fact_is_one_too_many),
        cmocka_unit_test(test_the_order_of_facts_in_the_file_does_not_matter),
        cmocka_unit_test(test_what_is_not_known_yet_or_only_planned_teaches_nothing),
        cmocka_unit_test(test_simulated_truths_rank_uniformly_unless_the_model_is_trusted_too_much),
        cmocka_unit_test(test_eight_of_ten_simulated_truths_lie_inside_of_80_percent_with_discrepancy),
        cmocka_unit_test(test_discrepancy_is_learnt_from_earlier_forecasts),
        cmocka_unit_test(test_discrepancy_is_never_learnt_from_what_is_scored),
        cmocka_unit_test(test_simple_rules_go_by_what_was_known),
        cmocka_unit_test(test_only_what_began_with_nothing_has_grown_since_the_start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
