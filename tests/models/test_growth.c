#include "models/backlog.h"
#include "models/laws.h"
#include "models/method.h"
#include "tests/models/bare_world.h"

/* Capacity follows money: what a review of capacity does, and what it says of the money that is left. */

static void open_growing(small_world *small, const char *streams, const char *assets,
                         const char *const *changes) {
    small_text text = BARE;
    text.time = "name: growing\nstart: 2021-01-01\nhorizon: 2026-12-31\n"
                "capacity: {growth: by_money, land_weight: 0, recruits: 500 /year, most_growth: 100 %/year, "
                "trust_state: 100 %}\n";
    text.streams = streams;
    text.assets = assets != NULL ? assets : BARE.assets;
    small_open(small, &text, changes);
    small_run(small, 1);
}

static const char *const LARGE[] = {"hazard_areas.Field.area", "9000 ha", NULL};

/* Teams of a method that have not left, by the end. */
static uint32_t teams_of(const small_world *small, const char *method) {
    const hw_land *land = small_land(small);
    uint32_t count = 0;
    for (uint32_t t = 0; t < land->force.team_count; t++) {
        const hw_team *team = &land->force.teams[t];
        count += team->state != HW_TEAM_GONE && strcmp(hw_method_names[team->method], method) == 0;
    }
    return count;
}

static double unspent(const small_world *small, const char *reason) {
    double usd = 0;
    for (uint32_t year = 0; year < small_land(small)->calendar.year_count; year++) {
        usd += small_at(small, "unspent_usd", small_index(small, "stream", "State"),
                        small_index(small, "reason", reason), year, 0);
    }
    return usd;
}

static void test_no_free_money_adds_no_team(void **state) {
    (void)state;
    small_world small;
    /* Two teams cost 365 kUSD and a standing survey team a year, and that is all there is. */
    open_growing(&small, "streams: {State: {kind: state, yearly: {2021-01-01: 600 kUSD}}}\n", NULL, LARGE);
    assert_int_equal(small_land(&small)->force.team_count, 2);
    small_close(&small);
}

static void test_money_buys_teams_of_the_method_that_has_the_work(void **state) {
    (void)state;
    small_world small;
    open_growing(&small, "streams: {State: {kind: state, yearly: {2021-01-01: 5 MUSD}}}\n", NULL, LARGE);
    assert_true(teams_of(&small, "battle_area") > 5);
    assert_int_equal(teams_of(&small, "non_technical_survey"), 1);
    small_close(&small);
}

static void test_teams_that_cost_nothing_are_added_like_others(void **state) {
    (void)state;
    static const char *const free_of_charge[] = {"hazard_areas.Field.area",
                                                 "9000 ha",
                                                 "methods.battle_area.team.running_cost",
                                                 "0 USD/day",
                                                 "methods.battle_area.team.standby_cost",
                                                 "0 USD/day",
                                                 "methods.battle_area.team.purchase",
                                                 "0 USD",
                                                 "training.cost",
                                                 "0 USD",
                                                 NULL};
    small_world small;
    open_growing(&small, "streams: {State: {kind: state, yearly: {2021-01-01: 5 MUSD}}}\n", NULL,
                 free_of_charge);
    assert_true(teams_of(&small, "battle_area") > 5);
    small_close(&small);
}

static void test_a_world_without_room_for_its_teams_is_given_up(void **state) {
    (void)state;
    small_text text = BARE;
    text.time = "name: growing\nstart: 2021-01-01\nhorizon: 2026-12-31\n"
                "capacity: {growth: by_money, recruits: 500 /year, most_growth: 100 %/year, most_teams: 3}\n";
    text.streams = "streams: {State: {kind: state, yearly: {2021-01-01: 5 MUSD}}}\n";
    small_world small;
    small_open(&small, &text, LARGE);
    assert_int_equal(small_replicate(&small, 1), HW_ERROR_LAW);
    assert_int_equal(strncmp(small.failure.message, HW_GIVEN_UP, strlen(HW_GIVEN_UP)), 0);
    assert_non_null(strstr(small.failure.message, "more than 5 teams (capacity.most_teams)"));
    small_close(&small);
}

static const char MANY_SURVEYORS[] =
    "assets:\n"
    "  survey: {operator: Agency, method: non_technical_survey, teams: 6, on: 2021-01-01, standing: yes}\n"
    "  battle: {operator: Agency, method: battle_area, teams: 1, on: 2021-01-01, standing: yes}\n";

static void test_those_without_work_learn_what_lacks(void **state) {
    (void)state;
    small_world small;
    open_growing(&small, "streams: {State: {kind: state, yearly: {2021-01-01: 5 MUSD}}}\n", MANY_SURVEYORS,
                 LARGE);
    assert_int_equal(teams_of(&small, "non_technical_survey"), 1);
    assert_true(teams_of(&small, "battle_area") > 5);
    small_close(&small);
}

static void test_the_time_of_learning_delays_their_work(void **state) {
    (void)state;
    double released[2];
    for (int i = 0; i < 2; i++) {
        small_world small;
        const char *const changes[] = {"hazard_areas.Field.area", "40000 ha", "capacity.retrain",
                                       i == 0 ? "0 days" : "700 days", NULL};
        open_growing(&small, "streams: {State: {kind: state, yearly: {2021-01-01: 5 MUSD}}}\n",
                     MANY_SURVEYORS, changes);
        released[i] = small_ledger(&small, HW_LEDGER_BATTLE_CLEARED);
        small_close(&small);
    }
    assert_true(released[0] > released[1]);
}

static void test_when_money_ends_teams_leave(void **state) {
    (void)state;
    small_world small;
    open_growing(&small,
                 "streams: {State: {kind: state, yearly: {2021-01-01: 5 MUSD, 2024-01-01: 900 kUSD}}}\n",
                 NULL, LARGE);
    assert_true(small_land(&small)->force.team_count > 6);
    assert_true(teams_of(&small, "battle_area") < 4);
    small_close(&small);
}

static void test_fifty_times_the_money_says_which_supply_is_short(void **state) {
    (void)state;
    static const struct {
        const char *key, *little, *reason;
    } limits[] = {{"capacity.recruits", "20 /year", "recruits"},
                  {"capacity.most_growth", "5 %/year", "growth of organisations"},
                  {"training.places", "15 /year", "courses"}};
    for (size_t i = 0; i < HW_LENGTH(limits); i++) {
        small_world small;
        const char *const changes[] = {"hazard_areas.Field.area", "40000 ha", limits[i].key, limits[i].little,
                                       NULL};
        open_growing(&small, "streams: {State: {kind: state, yearly: {2021-01-01: 250 MUSD}}}\n", NULL,
                     changes);
        double left = small_fate(&small, "State", "lapsed") + small_fate(&small, "State", "held");
        assert_true(left > 1e9);
        assert_true(unspent(&small, limits[i].reason) > 0.5 * left);
        small_close(&small);
    }
}

static void test_without_work_money_is_left_for_want_of_it(void **state) {
    (void)state;
    small_world small;
    open_growing(&small, "streams: {State: {kind: state, yearly: {2021-01-01: 5 MUSD}}}\n", NULL, NULL);
    double left = small_fate(&small, "State", "lapsed") + small_fate(&small, "State", "held");
    assert_true(unspent(&small, "no work in sight") > 0.99 * left);
    assert_int_equal(teams_of(&small, "battle_area"), 1);
    small_close(&small);
}

static void test_each_unspent_cent_has_one_reason(void **state) {
    (void)state;
    small_world small;
    open_growing(
        &small, "streams: {State: {kind: state, yearly: {2021-01-01: 3 MUSD, 2023: 1 MUSD, 2024: 9 MUSD}}}\n",
        MANY_SURVEYORS, LARGE);
    double told = small_sum(&small, "unspent_year_usd");
    assert_near(told, small_fate(&small, "State", "lapsed") + small_fate(&small, "State", "held"), 1e-3);
    assert_near(told, small_sum(&small, "unspent_usd"), 1e-6 * told); /* floats */
    small_close(&small);
}

/* Days until the teams of a method are done with what is in sight, on the last planning day. */
static double wait_at_the_end(const small_world *small, const char *method) {
    const hw_land *land = small_land(small);
    hw_backlog backlog;
    hw_backlog_look(land, &backlog, 1e9); /* the pace at which work further down counts less */
    uint32_t m = 0;
    while (strcmp(hw_method_names[m], method) != 0) {
        m++;
    }
    return backlog.wait[m];
}

static const char ROOM[] = "streams: {State: {kind: state, yearly: {2021-01-01: %.10g MUSD}}}\n";

static void open_with_budget(small_world *small, double musd) {
    const char *const changes[] = {"hazard_areas.Field.area",
                                   "40000 ha",
                                   "capacity.most_growth",
                                   "300 %/year",
                                   "capacity.recruits",
                                   "10000 /year",
                                   "training.places",
                                   "10000 /year",
                                   "horizon",
                                   "2023-12-31",
                                   "methods.non_technical_survey.rate",
                                   "2000 m2/day",
                                   NULL};
    char streams[128];
    snprintf(streams, sizeof streams, ROOM, musd);
    open_growing(small, streams, NULL, changes);
}

/* When land has no weight. */
static void test_methods_that_follow_one_another_wait_alike(void **state) {
    (void)state;
    small_world small;
    open_with_budget(&small, 40);
    assert_true(teams_of(&small, "battle_area") > 10 && teams_of(&small, "non_technical_survey") > 10);
    double survey = wait_at_the_end(&small, "non_technical_survey");
    double battle = wait_at_the_end(&small, "battle_area");
    assert_in_range((int)(100 * survey / battle), 70, 143);
    small_close(&small);
}

static void test_twice_the_money_and_supply_halve_the_wait(void **state) {
    (void)state;
    double wait[2];
    for (int i = 0; i < 2; i++) {
        small_world small;
        open_with_budget(&small, i == 0 ? 10 : 20);
        wait[i] = wait_at_the_end(&small, "battle_area");
        small_close(&small);
    }
    assert_in_range((int)(100 * wait[1] / wait[0]), 40, 60);
}

/* The least share of its people that a team of the state has at the end, where a fifth leave each year. */
static double least_strength(const char *operators, const char *assets) {
    small_text text = BARE;
    text.time = "name: growing\nstart: 2021-01-01\nhorizon: 2026-12-31\ncapacity: {growth: by_money}\n";
    text.operators = operators;
    text.assets = assets;
    text.streams = "streams:\n  State: {kind: state, yearly: {2021-01-01: 5 MUSD}}\n"
                   "  Investors: {kind: investor, yearly: {2021-01-01: 0 USD}, only_operators: [Agency]}\n";
    const char *const changes[] = {"hazard_areas.Field.area", "9000 ha", "methods.battle_area.team.attrition",
                                   "20 %/year", NULL};
    small_world small;
    small_open(&small, &text, changes);
    small_run(&small, 1);
    const hw_land *land = small_land(&small);
    double least = 1;
    for (uint32_t t = 0; t < land->force.team_count; t++) {
        const hw_team *team = &land->force.teams[t];
        bool counts = team->operator_ == 0 && strcmp(hw_method_names[team->method], "battle_area") == 0;
        least = counts && hw_team_in_service(team) ? fmin(least, team->strength) : least;
    }
    small_close(&small);
    return least;
}

/* Teams of investors wait for money that nobody can see: that is no reason to leave the state's unfilled. */
static void test_what_is_missing_for_private_teams_takes_nothing_from_others(void **state) {
    (void)state;
    double alone = least_strength("operators: {Agency: {}}\n", BARE.assets);
    double beside = least_strength(
        "operators: {Agency: {}, Firm: {own_money: yes, works_on: [fields]}}\n",
        "assets:\n"
        "  survey: {operator: Agency, method: non_technical_survey, teams: 1, on: 2021-01-01, standing: "
        "yes}\n"
        "  battle: {operator: Agency, method: battle_area, teams: 1, on: 2021-01-01, standing: yes}\n"
        "  firm: {operator: Firm, method: battle_area, teams: 3, on: 2021-01-01, standing: yes}\n");
    assert_true(alone > 0.9 && beside > 0.9);
}

/* Battle area teams of the state's agency at the end, beside so many that private money has ordered. */
static uint32_t hired_beside(const char *ordered) {
    small_text text = BARE;
    text.time = "name: growing\nstart: 2021-01-01\nhorizon: 2026-12-31\n"
                "capacity: {growth: by_money, recruits: 500 /year, most_growth: 100 %/year}\n"
                "training: {places: 60 /year}\n";
    text.rest = "planning: {cancel_below: 0, clear_above: 1, report_time: 20 days}\n";
    text.operators = "operators: {Agency: {}, Firm: {own_money: yes}}\n";
    text.assets =
        "assets:\n"
        "  survey: {operator: Agency, method: non_technical_survey, teams: 1, on: 2021-01-01, "
        "standing: yes}\n"
        "  battle: {operator: Agency, method: battle_area, teams: 1, on: 2021-01-01, standing: yes}\n"
        "  firm: {operator: Firm, method: battle_area, teams: 20, on: 2021-01-01}\n";
    text.streams = "streams:\n  State: {kind: state, yearly: {2021-01-01: 5 MUSD}}\n"
                   "  Investors: {kind: investor, yearly: {2021-01-01: 0 USD}, only_operators: [Firm]}\n";
    const char *const changes[] = {"hazard_areas.Field.area", "9000 ha", "assets.firm.teams", ordered, NULL};
    small_world small;
    small_open(&small, &text, changes);
    small_run(&small, 1);
    uint32_t count = 0;
    const hw_land *land = small_land(&small);
    for (uint32_t t = 0; t < land->force.team_count; t++) {
        const hw_team *team = &land->force.teams[t];
        count += team->operator_ == 0 && team->state != HW_TEAM_GONE &&
                 strcmp(hw_method_names[team->method], "battle_area") == 0;
    }
    small_close(&small);
    return count;
}

/* Law: private teams that may never come are no capacity, and keep no place in the schools. */
static void test_private_teams_on_order_are_not_counted_on(void **state) {
    (void)state;
    uint32_t alone = hired_beside("0");
    assert_true(alone > 5);
    assert_int_equal(hired_beside("20"), alone);
}

/* Battle area that is cleared in two years by one team that stands ready, beside others that the list,
 * history to the end of them, has for sale. `teams`: of battle area at the end that have been bought. */
static double cleared_beside(const char *listed, const char *yearly, uint32_t *teams) {
    small_text text = BARE;
    text.time = "name: listed\nstart: 2021-01-01\nhorizon: 2022-12-31\n"
                "capacity: {growth: by_money, known_to: 2022-12-31, trust_state: 100 %}\n";
    text.streams = "streams: {State: {kind: state, yearly: {2021-01-01: 1 USD}}}\n";
    text.assets =
        "assets:\n"
        "  survey: {operator: Agency, method: non_technical_survey, teams: 1, on: 2021-01-01, "
        "standing: yes}\n"
        "  battle: {operator: Agency, method: battle_area, teams: 1, on: 2021-01-01, standing: yes}\n"
        "  offered: {operator: Agency, method: battle_area, teams: 1, on: 2021-03-01}\n";
    const char *const changes[] = {"hazard_areas.Field.area",
                                   "9000 ha",
                                   "assets.offered.teams",
                                   listed,
                                   "methods.battle_area.team.purchase",
                                   "20 kUSD",
                                   "streams.State.yearly.2021-01-01",
                                   yearly,
                                   NULL};
    small_world small;
    small_open(&small, &text, changes);
    small_run(&small, 1);
    double m2 = small_ledger(&small, HW_LEDGER_BATTLE_CLEARED);
    const hw_land *land = small_land(&small);
    *teams = 0;
    for (uint32_t t = 0; t < land->force.team_count; t++) {
        *teams += hw_team_in_service(&land->force.teams[t]) && land->force.teams[t].operator_ == 0;
    }
    small_close(&small);
    return m2;
}

/* Law: what money cannot bear is not bought with the pay of those in service. The first that is bought shows
 * that it cannot: what it costs is lost, a month of one team. */
static void test_listed_teams_beyond_the_money_take_no_pay_from_others(void **state) {
    (void)state;
    uint32_t teams;
    double alone = cleared_beside("0", "430 kUSD", &teams), beside = cleared_beside("20", "430 kUSD", &teams);
    assert_true(alone > 0);
    assert_true(beside > 0.9 * alone);
    assert_in_range(teams, 2, 3);
}

/* Law: where there is money for all, the list comes as it is listed. */
static void test_listed_teams_come_where_money_is(void **state) {
    (void)state;
    uint32_t teams;
    assert_true(cleared_beside("20", "50 MUSD", &teams) > 5 * cleared_beside("0", "50 MUSD", &(uint32_t){0}));
    assert_int_equal(teams, 22);
}

static void test_a_cent_more_never_hires_less(void **state) {
    (void)state;
    uint32_t before = 0;
    for (double musd = 1; musd < 12; musd += 0.7) {
        for (double cent = 0; cent < 2; cent++) {
            small_world small;
            open_with_budget(&small, musd + 1e-8 * cent);
            uint32_t teams = teams_of(&small, "battle_area") + teams_of(&small, "non_technical_survey");
            assert_true(teams >= before);
            before = teams;
            small_close(&small);
        }
    }
    assert_true(before > 20);
}

/* Days that the farm waits for battle area teams, and for the money for them. */
static void delays(const char *streams, const char *const *changes, bool growing, double *battle,
                   double *money) {
    small_text text = BARE;
    text.time = growing ? "name: growing\nstart: 2021-01-01\nhorizon: 2026-12-31\n"
                          "capacity: {growth: by_money, trust_state: 100 %}\n"
                        : "name: fixed\nstart: 2021-01-01\nhorizon: 2026-12-31\n";
    text.streams = streams;
    small_world small;
    small_open(&small, &text, changes);
    small_run(&small, 1);
    *battle = small_land(&small)->places[0].delay[HW_CAUSE_BATTLE];
    *money = small_land(&small)->places[0].delay[HW_CAUSE_MONEY];
    small_close(&small);
}

/* Law: a wait for teams is charged to money where, and only where, money is what no team more was hired for.
 */
static void test_a_wait_is_charged_to_money_where_money_is_what_lacks(void **state) {
    (void)state;
    static const char POOR[] = "streams: {State: {kind: state, yearly: {2021-01-01: 600 kUSD}}}\n";
    static const char RICH[] = "streams: {State: {kind: state, yearly: {2021-01-01: 50 MUSD}}}\n";
    static const char *const NOBODY_TO_HIRE[] = {"hazard_areas.Field.area", "9000 ha", "capacity.recruits",
                                                 "0 /year", NULL};
    double battle, money;
    delays(POOR, LARGE, true, &battle, &money);
    assert_true(money > 4 * battle);
    delays(RICH, NOBODY_TO_HIRE, true, &battle, &money);
    assert_true(battle > 1000 && money < 60); /* until the first review has looked */
    delays(POOR, LARGE, false, &battle, &money);
    assert_true(battle > 1000 && money < 1);
}

/* Battle area teams of each of two operators at the end, the second cheaper and of poor quality. */
static void count_hired(const char *missed_item_cost, uint32_t teams[2]) {
    small_text text = BARE;
    text.time = "name: growing\nstart: 2021-01-01\nhorizon: 2026-12-31\n"
                "capacity: {growth: by_money, recruits: 500 /year, most_growth: 1000 %/year}\n";
    text.operators = "operators: {Careful: {}, Cheap: {cost: 0.9, quality: 3}}\n";
    text.assets =
        "assets:\n"
        "  survey: {operator: Careful, method: non_technical_survey, teams: 1, on: 2021-01-01, standing: "
        "yes}\n"
        "  careful: {operator: Careful, method: battle_area, teams: 2, on: 2021-01-01, standing: yes}\n"
        "  cheap: {operator: Cheap, method: battle_area, teams: 2, on: 2021-01-01, standing: yes}\n";
    text.streams = "streams: {State: {kind: state, yearly: {2021-01-01: 5 MUSD}}}\n";
    const char *const changes[] = {"hazard_areas.Field.area",
                                   "9000 ha",
                                   "classes.clean.battle",
                                   "50 %",
                                   "settings.fields.erw",
                                   "2 /ha",
                                   "methods.battle_area.detection",
                                   "90 %",
                                   "planning.missed_item_cost",
                                   missed_item_cost,
                                   NULL};
    small_world small;
    small_open(&small, &text, changes);
    small_run(&small, 1);
    const hw_land *land = small_land(&small);
    for (uint32_t t = 0; t < land->force.team_count; t++) {
        const hw_team *team = &land->force.teams[t];
        teams[team->operator_] +=
            team->state != HW_TEAM_GONE && strcmp(hw_method_names[team->method], "battle_area") == 0;
    }
    small_close(&small);
}

/* Law: what teams miss is part of their cost when planners choose whom to hire. */
static void test_poor_quality_is_dear_where_missed_items_are(void **state) {
    (void)state;
    uint32_t unpriced[2] = {0}, priced[2] = {0};
    count_hired("0 USD", unpriced);
    count_hired("100 kUSD", priced);
    assert_true(unpriced[1] > unpriced[0]);
    assert_true(priced[0] > priced[1]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_free_money_adds_no_team),
        cmocka_unit_test(test_poor_quality_is_dear_where_missed_items_are),
        cmocka_unit_test(test_a_wait_is_charged_to_money_where_money_is_what_lacks),
        cmocka_unit_test(test_money_buys_teams_of_the_method_that_has_the_work),
        cmocka_unit_test(test_teams_that_cost_nothing_are_added_like_others),
        cmocka_unit_test(test_a_world_without_room_for_its_teams_is_given_up),
        cmocka_unit_test(test_those_without_work_learn_what_lacks),
        cmocka_unit_test(test_the_time_of_learning_delays_their_work),
        cmocka_unit_test(test_when_money_ends_teams_leave),
        cmocka_unit_test(test_fifty_times_the_money_says_which_supply_is_short),
        cmocka_unit_test(test_without_work_money_is_left_for_want_of_it),
        cmocka_unit_test(test_each_unspent_cent_has_one_reason),
        cmocka_unit_test(test_methods_that_follow_one_another_wait_alike),
        cmocka_unit_test(test_twice_the_money_and_supply_halve_the_wait),
        cmocka_unit_test(test_private_teams_on_order_are_not_counted_on),
        cmocka_unit_test(test_a_cent_more_never_hires_less),
        cmocka_unit_test(test_listed_teams_beyond_the_money_take_no_pay_from_others),
        cmocka_unit_test(test_listed_teams_come_where_money_is),
        cmocka_unit_test(test_what_is_missing_for_private_teams_takes_nothing_from_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
