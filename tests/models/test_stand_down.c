#include "tests/models/bare_world.h"

/* Who stands down when money is short, by planning.stand_down. Two technical survey teams that nothing wants
 * stand in the scenario before the two battle area teams that the only place waits for; the budget pays the
 * latter two and survey, and no more. */

static const char METHODS[] =
    "methods:\n"
    "  non_technical_survey: {rate: 1e7 m2/day, specificity: 0, sensitivity: 100 %, maps_cover: 0,\n"
    "    team: {attrition: 0 /year, move_time: 0 days, move_cost: 0 USD, running_cost: 1 USD/day,\n"
    "      standby_cost: 1 USD/day}}\n"
    "  technical_survey: {team: {move_cost: 0 USD, running_cost: 500 USD/day, standby_cost: 500 USD/day}}\n"
    "  battle_area: {searchers: 10, rate: 100 m2/day, detection: 100 %, mines_seen: 0,\n"
    "    team: {attrition: 0 /year, move_time: 0 days, move_cost: 0 USD, learning_start: 100 %,\n"
    "      running_cost: 1000 USD/day, standby_cost: 1000 USD/day}}\n"
    "  quality_control: {sampled: 0}\n";

static const char NEEDED[] =
    "assets:\n"
    "  survey: {operator: Agency, method: non_technical_survey, teams: 1, on: 2021-01-01, standing: yes}\n"
    "  battle: {operator: Agency, method: battle_area, teams: 2, on: 2021-01-01, standing: yes}\n";

static const char SPARE_FIRST[] =
    "assets:\n"
    "  spare: {operator: Agency, method: technical_survey, teams: 2, on: 2021-01-01, standing: yes}\n"
    "  survey: {operator: Agency, method: non_technical_survey, teams: 1, on: 2021-01-01, standing: yes}\n"
    "  battle: {operator: Agency, method: battle_area, teams: 2, on: 2021-01-01, standing: yes}\n";

/* Two battle area teams through 31 days cost 62,000 USD. */
static const char SHORT[] =
    "streams: {State: {kind: state, yearly: {2021-01-01: 750 kUSD}, overhead: 0 %}}\n";
static const char AMPLE[] = "streams: {State: {kind: state, yearly: {2021-01-01: 5 MUSD}, overhead: 0 %}}\n";

typedef struct answer {
    double release, stood_down; /* days */
} answer;

static answer answer_of(const char *assets, const char *streams, const char *stand_down,
                        uint64_t replication) {
    small_text text = BARE;
    text.areas = "hazard_areas: {Field: {district: Here, class: clean, setting: fields, area: 20 ha}}\n";
    text.methods = METHODS;
    text.assets = assets;
    text.streams = streams;
    const char *const changes[] = {"planning.stand_down", stand_down, NULL};
    small_world small;
    small_open(&small, &text, changes);
    small_run(&small, replication);
    answer given = {.release = small_release(&small, "Farm")};
    const hw_district_state *here = &small_land(&small)->districts[0];
    given.stood_down = here->use_days[HW_USE_MONEY] + small_land(&small)->force.unposted_days[HW_USE_MONEY];
    small_close(&small);
    return given;
}

enum { WORLDS = 20 };

static void test_teams_that_no_ground_wants_hold_nothing_up_when_the_least_needed_stand_down(void **state) {
    (void)state;
    for (uint64_t r = 0; r < WORLDS; r++) {
        answer alone = answer_of(NEEDED, SHORT, "least_needed", r);
        answer with_spare = answer_of(SPARE_FIRST, SHORT, "least_needed", r);
        assert_same(with_spare.release, alone.release);
        assert_same(alone.stood_down, 0.0);
        assert_true(with_spare.stood_down > 0);
    }
}

static void test_teams_that_may_not_enter_the_ground_do_not_go_before_those_that_may(void **state) {
    (void)state;
    small_text text = BARE;
    text.ground =
        "climates: {none: {winter_lost: 0 days, heat_lost_dogs: 0 days, field_share: 1, weather_sd: 0}}\n"
        "settings: {fields: {hazard: battle}, orchards: {hazard: battle}}\n"
        "classes: {clean: {mined: 0, battle: 0, patchy: 0, believed_mined: 1 %, believed_battle: 50 %}}\n";
    text.areas = "hazard_areas: {Field: {district: Here, class: clean, setting: fields, area: 20 ha}}\n";
    text.operators = "operators: {Agency: {}, Growers: {works_on: [orchards]}}\n";
    text.methods = METHODS;
    text.streams = SHORT;
    static const char RESTRICTED_FIRST[] =
        "assets:\n"
        "  growers: {operator: Growers, method: battle_area, teams: 2, on: 2021-01-01, standing: yes}\n"
        "  survey: {operator: Agency, method: non_technical_survey, teams: 1, on: 2021-01-01, standing: "
        "yes}\n"
        "  battle: {operator: Agency, method: battle_area, teams: 2, on: 2021-01-01, standing: yes}\n";
    for (uint64_t r = 0; r < WORLDS; r++) {
        small_world small;
        text.assets = RESTRICTED_FIRST;
        small_open(&small, &text, NULL);
        small_run(&small, r);
        double with_growers = small_release(&small, "Farm");
        small_close(&small);
        text.assets = NEEDED;
        small_open(&small, &text, NULL);
        small_run(&small, r);
        assert_same(with_growers, small_release(&small, "Farm"));
        small_close(&small);
    }
}

static void test_the_newest_stand_down_first_whatever_waits_for_them(void **state) {
    (void)state;
    for (uint64_t r = 0; r < WORLDS; r++) {
        answer alone = answer_of(NEEDED, SHORT, "newest", r);
        answer with_spare = answer_of(SPARE_FIRST, SHORT, "newest", r);
        assert_true(with_spare.release > alone.release);
    }
}

static void test_with_money_enough_nobody_stands_down_and_the_order_of_pay_changes_nothing(void **state) {
    (void)state;
    for (uint64_t r = 0; r < WORLDS; r++) {
        answer needed = answer_of(SPARE_FIRST, AMPLE, "least_needed", r);
        answer newest = answer_of(SPARE_FIRST, AMPLE, "newest", r);
        assert_same(needed.release, newest.release);
        assert_same(needed.stood_down + newest.stood_down, 0.0);
    }
}

/* State money pays wages everywhere and no move; a gift pays the way to the second of two districts. */
static void check_who_is_sent(const char *operators) {
    small_text text = BARE;
    text.districts =
        "districts: {Here: {climate: none, undiscovered: 0}, There: {climate: none, undiscovered: 0}}\n";
    text.areas = "hazard_areas:\n"
                 "  Field: {district: Here, class: clean, setting: fields, area: 40 ha, order: 1}\n"
                 "  Meadow: {district: There, class: clean, setting: fields, area: 40 ha, order: 2}\n";
    text.places = "places:\n"
                  "  Farm: {district: Here, must_release: [Field]}\n"
                  "  Mill: {district: There, must_release: [Meadow]}\n";
    text.operators = operators;
    text.methods =
        "methods:\n"
        "  non_technical_survey: {specificity: 100 %, maps_cover: 0,\n"
        "    team: {attrition: 0 /year, move_time: 0 days, move_cost: 5 kUSD, running_cost: 1 USD/day,\n"
        "      standby_cost: 1 USD/day}}\n";
    text.assets = "assets:\n"
                  "  survey: {operator: Agency, method: non_technical_survey, teams: 1, on: 2021-01-01, "
                  "standing: yes}\n";
    text.streams =
        "streams:\n"
        "  State: {kind: state, yearly: {2021-01-01: 3 kUSD}, overhead: 0 %}\n"
        "  Gift: {kind: state, yearly: {2021-01-01: 100 kUSD}, overhead: 0 %, only_districts: [There]}\n";
    const char *const changes[] = {"planning.cancel_below", "50 %", "planning.rule", "fixed_order", NULL};
    small_world small;
    small_open(&small, &text, changes);
    small_run(&small, 0);
    assert_true(small_release(&small, "Mill") < 100);
    double farm = small_release(&small, "Farm"); /* not before the budget has been saved up */
    assert_true(isnan(farm) || farm > 365);
    small_close(&small);
}

static void test_who_cannot_be_paid_to_the_best_ground_goes_where_the_way_is_paid(void **state) {
    (void)state;
    check_who_is_sent("operators: {Agency: {}}\n");
    check_who_is_sent("operators: {Agency: {works_on: [fields]}}\n"); /* who looks for his own ground, too */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_who_cannot_be_paid_to_the_best_ground_goes_where_the_way_is_paid),
        cmocka_unit_test(test_teams_that_no_ground_wants_hold_nothing_up_when_the_least_needed_stand_down),
        cmocka_unit_test(test_teams_that_may_not_enter_the_ground_do_not_go_before_those_that_may),
        cmocka_unit_test(test_the_newest_stand_down_first_whatever_waits_for_them),
        cmocka_unit_test(test_with_money_enough_nobody_stands_down_and_the_order_of_pay_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
