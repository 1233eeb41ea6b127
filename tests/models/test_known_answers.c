#include "models/land.h"
#include "tests/models/bare_world.h"
#include <gsl/gsl_cdf.h>

/* Answers that can be worked out by hand. */

/* Battle area teams have work from the second planning day on, when survey is over. */
static const double FIRST_OF_FEBRUARY = 31, FIRST_OF_APRIL = 90;

/* Mean of a lognormal factor of median 1 and sigma 0.5. */
static double mean_luck(void) {
    return exp(0.5 * 0.5 * 0.5);
}

/* Two-sided 1e-6: what a right program does not exceed in a million years of daily builds or so. Results are
 * fixed by the seed anyway; the bound says how far off the expectation is credible. */
static double credible(double variance, uint32_t replications) {
    return gsl_cdf_ugaussian_Pinv(1 - 0.5e-6) * sqrt(variance / replications);
}

static void assert_mean_release(const char *const *changes, double expected) {
    static const uint32_t WORLDS = 3000;
    small_world small;
    small_open(&small, &BARE, changes);
    double sum = 0, squares = 0;
    for (uint32_t r = 0; r < WORLDS; r++) {
        small_run(&small, r);
        double day = small_release(&small, "Farm");
        assert_true(day >= 0);
        sum += day;
        squares += day * day;
    }
    double mean = sum / WORLDS;
    assert_near(mean, expected, credible(squares / WORLDS - mean * mean, WORLDS));
    small_close(&small);
}

static void test_release_takes_the_area_over_the_rate_and_the_report(void **state) {
    (void)state;
    double field_days = 1e5 / (10 * 800.0);
    assert_mean_release(NULL, FIRST_OF_FEBRUARY + field_days * mean_luck() + 20);
}

static void test_one_team_takes_blocks_one_after_the_other(void **state) {
    (void)state;
    static const char *const changes[] = {"hazard_areas.Field.area", "200 ha", "planning.report_time",
                                          "0 days", NULL};
    double field_days = 20 * 1e5 / (10 * 800.0);
    assert_mean_release(changes, FIRST_OF_FEBRUARY + field_days * mean_luck());
}

static void test_half_the_field_days_take_twice_as_long(void **state) {
    (void)state;
    static const char *const changes[] = {"hazard_areas.Field.area",
                                          "200 ha",
                                          "planning.report_time",
                                          "0 days",
                                          "climates.none.field_share",
                                          "0.5",
                                          NULL};
    double field_days = 20 * 1e5 / (10 * 800.0);
    /* Survey takes 0.2 days at half pace, too: still over by February. */
    assert_mean_release(changes, FIRST_OF_FEBRUARY + 2 * field_days * mean_luck());
}

static void test_breakdowns_lengthen_work_by_their_share(void **state) {
    (void)state;
    static const char *const changes[] = {"hazard_areas.Field.area",
                                          "200 ha",
                                          "planning.report_time",
                                          "0 days",
                                          "methods.battle_area.team.breakdown_after",
                                          "20 days",
                                          "methods.battle_area.team.repair",
                                          "5 days",
                                          NULL};
    double field_days = 20 * 1e5 / (10 * 800.0);
    assert_mean_release(changes, FIRST_OF_FEBRUARY + field_days * mean_luck() * (1 + 5 / 20.0));
}

static void test_a_new_team_comes_after_delivery_and_accreditation(void **state) {
    (void)state;
    static const char *const ordered[] = {"assets.battle.standing", "no", NULL};
    small_world standing, later;
    small_open(&standing, &BARE, NULL);
    small_open(&later, &BARE, ordered);
    for (uint64_t r = 0; r < 20; r++) {
        small_run(&standing, r);
        small_run(&later, r);
        /* Ready on day 60 + 20, so it starts on the first of April. */
        assert_near(small_release(&later, "Farm") - small_release(&standing, "Farm"),
                    FIRST_OF_APRIL - FIRST_OF_FEBRUARY, 1e-6);
        double preparing = small_at(&later, "unposted_asset_days", HW_USE_PREPARING, 0, 0, 0);
        assert_near(preparing, FIRST_OF_APRIL, 1e-3);
    }
    small_close(&standing);
    small_close(&later);
}

static void test_a_long_course_counts_when_delivery_is_quick(void **state) {
    (void)state;
    static const char *const slow[] = {"assets.battle.standing", "no", "methods.battle_area.team.course",
                                       "100 days", NULL};
    static const char *const bought[] = {"assets.battle.standing", "no", NULL};
    small_world course, delivery;
    small_open(&course, &BARE, slow);
    small_open(&delivery, &BARE, bought);
    small_run(&course, 3);
    small_run(&delivery, 3);
    /* Day 100 + 20 falls on the first of May. */
    assert_near(small_release(&course, "Farm") - small_release(&delivery, "Farm"), 30, 1e-6);
    small_close(&course);
    small_close(&delivery);
}

static void test_what_a_new_team_costs_is_paid_to_the_cent(void **state) {
    (void)state;
    static const char *const ordered[] = {"assets.battle.standing", "no", NULL};
    small_world small;
    small_open(&small, &BARE, ordered);
    small_run(&small, 0);
    assert_near(small_at(&small, "purpose_spent_usd", HW_PURPOSE_PURCHASE, 0, 0, 0), 5000, 1e-9);
    assert_near(small_at(&small, "purpose_spent_usd", HW_PURPOSE_TRAINING, 0, 0, 0), 10 * 1000, 1e-9);
    small_close(&small);
}

static void test_a_learning_team_catches_up(void **state) {
    (void)state;
    static const char *const quick[] = {"assets.battle.standing", "no", "planning.longest_task", "3650 days",
                                        NULL};
    static const char *const learning[] = {"assets.battle.standing",
                                           "no",
                                           "planning.longest_task",
                                           "3650 days",
                                           "methods.battle_area.team.learning_start",
                                           "50 %",
                                           "methods.battle_area.team.learning_time",
                                           "1000 days",
                                           NULL};
    small_world fast, slow;
    small_open(&fast, &BARE, quick);
    small_open(&slow, &BARE, learning);
    for (uint64_t r = 0; r < 10; r++) {
        small_run(&fast, r);
        small_run(&slow, r);
        /* One block in one task: its output is that of the first day, half. */
        double luck = small_at(&fast, "place_step_day", 0, HW_STEP_LAST_TASK, 0, 0) - FIRST_OF_APRIL;
        assert_near(small_at(&slow, "place_step_day", 0, HW_STEP_LAST_TASK, 0, 0), FIRST_OF_APRIL + 2 * luck,
                    1e-6);
    }
    small_close(&fast);
    small_close(&slow);
}

/* Enough ground for years, and money for the first year only. */
static const char *const ONE_YEAR[] = {"hazard_areas.Field.area", "2000 ha", "streams.State.yearly",
                                       "{2021-01-01: 5 MUSD, 2022-01-01: 0 USD}", NULL};

static void test_teams_stand_down_on_the_day_the_money_ends(void **state) {
    (void)state;
    small_world small;
    small_open(&small, &BARE, ONE_YEAR);
    small_run(&small, 0);
    double horizon = small_land(&small)->horizon;
    uint32_t last = small_length(&small, small_variable(&small, "district_asset_days"), 2) - 1;
    /* Both teams stand down from the end of 2021 to the horizon. */
    assert_near(small_at(&small, "district_asset_days", 0, HW_USE_MONEY, last, 0), 2 * (horizon - 365), 1e-2);
    assert_same(small_at(&small, "district_asset_days", 0, HW_USE_MONEY, 0, 0), 0);
    for (uint32_t use = HW_USE_WORKING; use <= HW_USE_NO_WORK; use++) {
        assert_same(small_at(&small, "district_asset_days", 0, use, last, 0),
                    small_at(&small, "district_asset_days", 0, use, 0, 0));
    }
    uint32_t purposes = small_length(&small, small_variable(&small, "purpose_spent_usd"), 0);
    for (uint32_t purpose = 0; purpose < purposes; purpose++) {
        assert_same(small_at(&small, "purpose_spent_usd", purpose, 1, 0, 0), 0);
    }
    /* From then on the delay is charged to money. */
    assert_near(small_delay(&small, "Farm", HW_CAUSE_MONEY), horizon - 365, 1e-6);
    small_close(&small);
}

static void test_work_put_down_is_taken_up_where_it_was(void **state) {
    (void)state;
    static const char *const pause[] = {"hazard_areas.Field.area", "200 ha", "streams.State.yearly",
                                        "{2021-01-01: 5 MUSD, 2021-05-01: 0 USD, 2021-11-01: 5 MUSD}", NULL};
    static const char *const through[] = {"hazard_areas.Field.area", "200 ha", NULL};
    small_world paused, whole;
    small_open(&paused, &BARE, pause);
    small_open(&whole, &BARE, through);
    for (uint64_t r = 0; r < 10; r++) {
        small_run(&paused, r);
        small_run(&whole, r);
        /* 184 days from the first of May to the first of November. */
        assert_near(small_release(&paused, "Farm") - small_release(&whole, "Farm"), 184, 1e-6);
    }
    small_close(&paused);
    small_close(&whole);
}

static void test_a_closure_shifts_all_work_by_its_days(void **state) {
    (void)state;
    /* Whole weeks of the working-time table, from day 35 and 70 on. */
    small_text closed = BARE;
    closed.closures = "closures: {fighting: {from: 2021-02-05, to: 2021-03-12}}\n";
    static const char *const large[] = {"hazard_areas.Field.area", "200 ha", NULL};
    small_world shut, open;
    small_open(&shut, &closed, large);
    small_open(&open, &BARE, large);
    for (uint64_t r = 0; r < 10; r++) {
        small_run(&shut, r);
        small_run(&open, r);
        assert_near(small_release(&shut, "Farm") - small_release(&open, "Farm"), 35, 1e-6);
        assert_near(small_delay(&shut, "Farm", HW_CAUSE_CONFLICT), 35, 1e-9);
    }
    small_close(&shut);
    small_close(&open);
}

/* Twenty blocks are surveyed, fifty like them are hidden: each speaks of two for certain, and of a third in
 * half of all cases. */
static void test_surveys_that_missed_most_leave_more_to_be_found_than_was_known(void **state) {
    (void)state;
    small_text text = BARE;
    text.areas =
        "hazard_areas:\n"
        "  Field: {district: Here, class: clean, setting: fields, area: 200 ha, undiscovered: 250 %}\n";
    small_world small;
    small_open(&small, &text, NULL);
    for (uint64_t r = 0; r < 10; r++) {
        small_run(&small, r);
        double found = small_sum(&small, "new_area_m2");
        assert_true(found >= 400e4 && found <= 500e4);
    }
    small_close(&small);
}

/* Survey of 10 ha takes ten days here, and the search begins on the planning day after it. */
static void test_ground_that_was_surveyed_before_the_start_waits_for_no_survey(void **state) {
    (void)state;
    static const char *const slow[] = {"methods.non_technical_survey.rate", "10000 m2/day", NULL};
    static const char *const done[] = {"methods.non_technical_survey.rate", "10000 m2/day",
                                       "hazard_areas.Field.surveyed", "yes", NULL};
    small_world waits, goes_on;
    small_open(&waits, &BARE, slow);
    small_open(&goes_on, &BARE, done);
    for (uint64_t r = 0; r < 10; r++) {
        small_run(&waits, r);
        small_run(&goes_on, r);
        assert_near(small_release(&waits, "Farm") - small_release(&goes_on, "Farm"), 31, 1e-6);
    }
    small_close(&waits);
    small_close(&goes_on);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_release_takes_the_area_over_the_rate_and_the_report),
        cmocka_unit_test(test_one_team_takes_blocks_one_after_the_other),
        cmocka_unit_test(test_half_the_field_days_take_twice_as_long),
        cmocka_unit_test(test_breakdowns_lengthen_work_by_their_share),
        cmocka_unit_test(test_a_new_team_comes_after_delivery_and_accreditation),
        cmocka_unit_test(test_a_long_course_counts_when_delivery_is_quick),
        cmocka_unit_test(test_what_a_new_team_costs_is_paid_to_the_cent),
        cmocka_unit_test(test_a_learning_team_catches_up),
        cmocka_unit_test(test_teams_stand_down_on_the_day_the_money_ends),
        cmocka_unit_test(test_work_put_down_is_taken_up_where_it_was),
        cmocka_unit_test(test_ground_that_was_surveyed_before_the_start_waits_for_no_survey),
        cmocka_unit_test(test_surveys_that_missed_most_leave_more_to_be_found_than_was_known),
        cmocka_unit_test(test_a_closure_shifts_all_work_by_its_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
