#include "tests/models/random_scenario.h"
#include "tests/models/small_world.h"

/* Rounds of survey (methods.non_technical_survey.again_after): what is surveyed again, when, and what comes
 * of it. */

static const char AGAIN[] = "methods.non_technical_survey.again_after";
static const char NEWS[] = "methods.non_technical_survey.again_news";

enum { REPLICATIONS = 24 };

/* Ground waits for years: surveyors are quick, and hardly anybody does what comes next. */
static small_text slow(const char *technical) {
    static const char assets[] =
        "assets:\n"
        "  survey: {operator: Agency, method: non_technical_survey, teams: 2, on: 2021-01-01, standing: "
        "yes}\n"
        "  technical: {operator: Agency, method: technical_survey, teams: 1, on: 2021-01-01, standing: yes}\n"
        "  manual: {operator: Agency, method: manual, teams: 1, on: 2021-01-01, standing: yes}\n"
        "  battle: {operator: Agency, method: battle_area, teams: 1, on: 2021-01-01, standing: yes}\n"
        "  checks: {operator: Agency, method: quality_control, teams: 1, on: 2021-01-01, standing: yes}\n";
    small_text text = SMALL;
    text.assets = assets;
    text.methods = technical;
    return text;
}

/* Where technical survey is quick and cheap few blocks are cleared as a whole, and many where it is slow. */
static const char QUICK[] = "methods:\n"
                            "  non_technical_survey: {rate: 10 ha/day, specificity: 30 %, maps_cover: 0}\n"
                            "  technical_survey: {rate: 0.2 ha/day}\n"
                            "  battle_area: {rate: 100 m2/day}\n";
static const char DEAR[] = "methods:\n"
                           "  non_technical_survey: {rate: 10 ha/day, specificity: 30 %, maps_cover: 0}\n"
                           "  technical_survey: {rate: 100 m2/day, team: {running_cost: 5 MUSD/year}}\n"
                           "  battle_area: {rate: 100 m2/day}\n";

typedef struct outcome {
    double cancelled, missed;
} outcome;

static outcome sums_of(const small_text *text, const char *const *changes) {
    small_world small;
    small_open(&small, text, changes);
    outcome sums = {0};
    for (uint32_t r = 0; r < REPLICATIONS; r++) {
        small_run(&small, r);
        const hw_land *land = small_land(&small);
        for (uint32_t d = 0; d < land->district_count; d++) {
            for (uint32_t type = 0; type < HW_ITEM_TYPES; type++) {
                sums.missed += (double)land->districts[d].items[type][HW_STATE_MISSED];
            }
        }
        sums.cancelled += small_ledger(&small, HW_LEDGER_CANCELLED);
    }
    small_close(&small);
    return sums;
}

/* Whether some replication answers otherwise. */
static bool differ(const small_text *text, const char *const *one, const char *const *other) {
    small_world a, b;
    small_open(&a, text, one);
    small_open(&b, text, other);
    assert_int_equal(a.layout->bytes, b.layout->bytes);
    bool differ = false;
    for (uint32_t r = 0; r < REPLICATIONS && !differ; r++) {
        small_run(&a, r);
        small_run(&b, r);
        differ = memcmp(a.record, b.record, a.layout->bytes) != 0;
    }
    small_close(&a);
    small_close(&b);
    return differ;
}

static void test_no_ground_is_surveyed_again_before_its_time(void **state) {
    (void)state;
    small_text text = slow(QUICK);
    text.time = "name: small\nstart: 2021-01-01\nhorizon: 2023-12-01\n";
    assert_false(differ(&text, (const char *[]){NULL}, (const char *[]){AGAIN, "3 years", NULL}));
    assert_true(differ(&text, (const char *[]){NULL}, (const char *[]){AGAIN, "1 years", NULL}));
}

static void test_nobody_asks_again_where_a_right_map_shows_what_lies_there(void **state) {
    (void)state;
    small_text text = slow(QUICK);
    const char *maps[] = {"methods.non_technical_survey.maps_cover", "100 %",
                          "methods.non_technical_survey.maps_right", "100 %", NULL};
    const char *again[] = {maps[0], maps[1], maps[2], maps[3], AGAIN, "1 years", NULL};
    assert_false(differ(&text, maps, again));
}

static void test_another_survey_cancels_more_and_leaves_what_it_misses(void **state) {
    (void)state;
    static const char *const methods[] = {QUICK, DEAR};
    for (size_t i = 0; i < HW_LENGTH(methods); i++) {
        small_text text = slow(methods[i]);
        const char *blind[] = {"methods.non_technical_survey.sensitivity", "90 %", NULL};
        const char *again[] = {blind[0], blind[1], AGAIN, "1 years", NEWS, "100 %", NULL};
        outcome once = sums_of(&text, blind), rounds = sums_of(&text, again);
        assert_true(rounds.cancelled > 2 * once.cancelled);
        assert_true(rounds.missed > once.missed);
    }
}

static void test_another_survey_that_hears_nothing_new_cancels_nothing(void **state) {
    (void)state;
    static const char *const methods[] = {QUICK, DEAR};
    for (size_t i = 0; i < HW_LENGTH(methods); i++) {
        small_text text = slow(methods[i]);
        /* Nothing comes up by hearsay, and like ground teaches nothing. */
        const char *once[] = {"districts.North.undiscovered",
                              "0",
                              "districts.South.undiscovered",
                              "0",
                              "planning.prior_strength",
                              "10000",
                              NULL};
        const char *again[] = {once[0], once[1],   once[2], once[3], once[4], once[5],
                               AGAIN,   "1 years", NEWS,    "0",     NULL};
        assert_true(differ(&text, once, again)); /* teams are at it all the same */
        assert_true(sums_of(&text, once).cancelled == sums_of(&text, again).cancelled);
    }
}

/* The laws are checked at the end of each replication, and each month in debug builds. */
static void test_land_items_and_hands_are_conserved_whatever_is_surveyed_again(void **state) {
    (void)state;
    for (uint64_t number = 0; number < 60; number++) {
        char *yaml = random_scenario(number);
        small_world small;
        small_try(&small, yaml, &hw_land_release, (const char *[]){AGAIN, "180 days", NEWS, "50 %", NULL});
        assert_true(small.good);
        for (uint64_t r = 0; r < 3; r++) {
            small_run(&small, r);
        }
        small_close(&small);
        free(yaml);
    }
}

static void test_where_nobody_surveys_any_more_ground_waits_for_what_comes_next(void **state) {
    (void)state;
    small_text text = slow(QUICK);
    const char *once[] = {"assets.survey.until", "2021-11-30", "capacity.growth", "fixed", NULL};
    const char *again[] = {once[0], once[1], once[2], once[3], AGAIN, "1 years", NULL};
    assert_false(differ(&text, once, again));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_ground_is_surveyed_again_before_its_time),
        cmocka_unit_test(test_nobody_asks_again_where_a_right_map_shows_what_lies_there),
        cmocka_unit_test(test_another_survey_cancels_more_and_leaves_what_it_misses),
        cmocka_unit_test(test_another_survey_that_hears_nothing_new_cancels_nothing),
        cmocka_unit_test(test_land_items_and_hands_are_conserved_whatever_is_surveyed_again),
        cmocka_unit_test(test_where_nobody_surveys_any_more_ground_waits_for_what_comes_next),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
