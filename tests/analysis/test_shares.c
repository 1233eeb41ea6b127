/* Laws of the search for the best shares, on functions whose best is known. */
#include "analysis/figures/shares.h"
#include "sim/distribution.h"
#include "sim/rng.h"
#include "tests/sim/check.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 12, WORLDS = 40 };

typedef struct country {
    uint32_t count, asked;
    double worth[MOST]; /* of each */
    double (*of)(const struct country *country, const double *shares);
    uint64_t sample; /* 0: no noise */
} country;

static hw_status ask(void *who, const uint32_t *parts, double *value) {
    country *c = who;
    double shares[MOST], noise = 0;
    uint64_t entity = 0;
    uint32_t sum = 0;
    for (uint32_t i = 0; i < c->count; i++) {
        shares[i] = parts[i] / (double)HW_SHARES_WHOLE;
        sum += parts[i];
        entity = entity * 1009 + parts[i];
    }
    assert_int_equal(sum, HW_SHARES_WHOLE); /* of every allocation that is ever asked for */
    if (c->sample != 0) {
        noise = hw_normal_quantile(hw_draw((hw_rng_key){.seed = 5, .replication = c->sample}, entity, 0, 0));
    }
    c->asked++;
    *value = c->of(c, shares) + noise;
    return HW_OK;
}

static uint32_t zeros[MOST],
    ones[MOST] = {1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000};
static const uint32_t first[MOST] = {HW_SHARES_WHOLE};

static hw_shares search(country *c, uint32_t most) {
    hw_shares shares = {.count = c->count,
                        .low = zeros,
                        .high = ones,
                        .today = first,
                        .change = HW_SHARES_WHOLE,
                        .most = most,
                        .ask = ask,
                        .who = c};
    assert_int_equal(hw_shares_search(&shares), HW_OK);
    return shares;
}

/* The more, the less a further dollar brings. */
static double roots(const country *c, const double *shares) {
    double sum = 0;
    for (uint32_t i = 0; i < c->count; i++) {
        sum += c->worth[i] * sqrt(shares[i]);
    }
    return sum;
}

static double straight(const country *c, const double *shares) {
    double sum = 0;
    for (uint32_t i = 0; i < c->count; i++) {
        sum += c->worth[i] * shares[i];
    }
    return sum;
}

/* Years that each need so much and no more: what is beyond the need is lost (a newsvendor's days). */
static double needs(const country *c, const double *shares) {
    double sum = 0;
    for (uint32_t i = 0; i < c->count; i++) {
        sum += fmin(shares[i], c->worth[i]);
    }
    return sum;
}

static void test_where_nothing_is_to_do_nothing_goes(void **state) {
    (void)state;
    country two = {.count = 2, .worth = {0, 1}, .of = roots};
    hw_shares shares = search(&two, 60);
    assert_in_range(shares.tries[shares.best].parts[1], 995, HW_SHARES_WHOLE);
    hw_shares_free(&shares);
    country many = {.count = 5, .worth = {1, 1, 3, 1, 1}, .of = straight};
    shares = search(&many, 150);
    assert_in_range(shares.tries[shares.best].parts[2], 990, HW_SHARES_WHOLE);
    hw_shares_free(&shares);
}

static void test_alike_get_alike(void **state) {
    (void)state;
    country two = {.count = 2, .worth = {1, 1}, .of = roots};
    hw_shares shares = search(&two, 60);
    assert_in_range(shares.tries[shares.best].parts[0], 490, 510);
    hw_shares_free(&shares);
}

/* With square roots the best share goes with the square of the worth. */
static void test_twelve_districts_are_shared_nearly_as_well_as_can_be(void **state) {
    (void)state;
    country twelve = {.count = 12, .worth = {1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1, 1}, .of = roots};
    double squares = 0, even = 0;
    for (int i = 0; i < 12; i++) {
        squares += twelve.worth[i] * twelve.worth[i];
        even += twelve.worth[i] * sqrt(1.0 / 12);
    }
    hw_shares shares = search(&twelve, 160);
    double found = shares.tries[shares.best].value, best = sqrt(squares);
    assert_true(found > even + 0.85 * (best - even));
    assert_in_range(twelve.asked, 20, 160);
    hw_shares_free(&shares);
}

static void test_years_get_what_they_need(void **state) {
    (void)state;
    country years = {.count = 4, .worth = {0.5, 0.3, 0.2, 0}, .of = needs};
    hw_shares shares = search(&years, 120);
    assert_true(shares.tries[shares.best].value > 0.97);
    assert_in_range(shares.tries[shares.best].parts[3], 0, 30);
    hw_shares_free(&shares);
}

static void test_limits_hold_in_every_try(void **state) {
    (void)state;
    country c = {.count = 4, .worth = {0, 0, 1, 5}, .of = straight};
    const uint32_t low[] = {100, 0, 0, 0}, high[] = {1000, 1000, 1000, 300}, today[] = {400, 200, 333, 67};
    hw_shares shares = {.count = 4,
                        .low = low,
                        .high = high,
                        .today = today,
                        .change = 250,
                        .most = 80,
                        .ask = ask,
                        .who = &c};
    assert_int_equal(hw_shares_search(&shares), HW_OK);
    for (uint32_t t = 0; t < shares.tried; t++) {
        for (int i = 0; i < 4; i++) {
            assert_in_range(shares.tries[t].parts[i], low[i], high[i]);
        }
        assert_in_range(hw_shares_moved(today, shares.tries[t].parts, 4), 0, 250);
    }
    assert_memory_equal(shares.tries[0].parts, today, sizeof today);
    const uint32_t *best = shares.tries[shares.best].parts;
    assert_int_equal(best[3], 300); /* 233 moved to the best, as much as it may have; the rest to the next */
    assert_int_equal(hw_shares_moved(today, best, 4), 250);
    hw_shares_free(&shares);
}

static void test_of_equals_today_stays(void **state) {
    (void)state;
    country c = {.count = 3, .of = straight};
    hw_shares shares = search(&c, 40);
    assert_int_equal(shares.best, 0);
    assert_int_equal(shares.tries[0].parts[0], HW_SHARES_WHOLE);
    hw_shares_free(&shares);
}

/* Where all are worth the same, what the best seems to gain is its luck: never negative, and in the mean well
 * above zero, while fresh samples show none of it. */
static void test_the_winner_is_an_optimist(void **state) {
    (void)state;
    enum { REPEATS = 200 };
    double seeming = 0, real = 0;
    for (uint64_t repeat = 1; repeat <= REPEATS; repeat++) {
        country c = {.count = 3, .of = straight, .sample = repeat};
        hw_shares shares = search(&c, 20);
        double gain = shares.tries[shares.best].value - shares.tries[0].value, today, best;
        assert_true(gain >= 0);
        c.sample = repeat + 1000;
        assert_int_equal(ask(&c, shares.tries[0].parts, &today), HW_OK);
        assert_int_equal(ask(&c, shares.tries[shares.best].parts, &best), HW_OK);
        seeming += gain / REPEATS;
        real += (best - today) / REPEATS;
        hw_shares_free(&shares);
    }
    assert_true(seeming > 0.5);
    assert_true(fabs(real) < 0.4); /* four standard errors */
}

static hw_status broken(void *who, const uint32_t *parts, double *value) {
    (void)parts;
    int *left = who;
    *value = *left;
    return (*left)-- > 0 ? HW_OK : HW_ERROR_INTERRUPTED;
}

static void test_a_failure_ends_the_search(void **state) {
    (void)state;
    for (int good = 0; good < 12; good++) {
        int left = good;
        hw_shares shares = {.count = 3,
                            .low = zeros,
                            .high = ones,
                            .today = first,
                            .change = HW_SHARES_WHOLE,
                            .most = 40,
                            .ask = broken,
                            .who = &left};
        assert_int_equal(hw_shares_search(&shares), HW_ERROR_INTERRUPTED);
        assert_int_equal(shares.tried, good);
        hw_shares_free(&shares);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_where_nothing_is_to_do_nothing_goes),
        cmocka_unit_test(test_alike_get_alike),
        cmocka_unit_test(test_twelve_districts_are_shared_nearly_as_well_as_can_be),
        cmocka_unit_test(test_years_get_what_they_need),
        cmocka_unit_test(test_limits_hold_in_every_try),
        cmocka_unit_test(test_of_equals_today_stays),
        cmocka_unit_test(test_the_winner_is_an_optimist),
        cmocka_unit_test(test_a_failure_ends_the_search),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
