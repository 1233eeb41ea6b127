#include "models/rule.h"
#include "tests/models/bare_world.h"

/* Each priority rule takes hazard areas in the order that its documentation says. One survey team works
 * through a district down the ranking, so the days of first work give the ranking away. */

static const char CLASSES[] =
    "climates: {none: {winter_lost: 0 days, field_share: 1, weather_sd: 0}}\n"
    "settings: {fields: {hazard: battle}, belt: {hazard: battle}}\n"
    "classes:\n"
    "  slight: {mined: 0, battle: 0, believed_mined: 1 %, believed_battle: 50 %}\n"
    "  likely: {mined: 0, battle: 0, believed_mined: 20 %, believed_battle: 50 %}\n"
    "  certain: {mined: 0, battle: 0, believed_mined: 60 %, believed_battle: 50 %}\n";

/* Names of the places in the order of a step, as one text. */
static void order_of(const small_world *small, hw_step step, char *out) {
    uint32_t count = small_variable(small, "place_release_day")->axis[0];
    count = small->layout->axes[count].length;
    double before = -1;
    for (uint32_t placed = 0; placed < count; placed++) {
        uint32_t next = HW_NOTHING;
        double earliest = HUGE_VAL;
        for (uint32_t p = 0; p < count; p++) {
            double day = small_at(small, "place_step_day", p, step, 0, 0);
            if (day > before && day < earliest) {
                earliest = day;
                next = p;
            }
        }
        assert_int_not_equal(next, HW_NOTHING);
        out[placed] = small->scenario.places.names[next][0];
        before = earliest;
    }
    out[count] = '\0';
}

/* Whether the order of work under `rule` is `expected` in each of some worlds. */
static void assert_order(const char *rule, const char *areas, const char *places, const char *more,
                         hw_step step, const char *expected) {
    small_text text = BARE;
    char rest[1024];
    snprintf(rest, sizeof rest,
             "planning: {cancel_below: 0, clear_above: 1, report_time: 0 days, rule: %s}\n"
             "safety: {visit_accidents: 0 /year, duty_accidents: 0 /year, resident_accidents: 0 /year, "
             "residual_finds: 0 /year}\n%s",
             rule, more);
    text.ground = CLASSES;
    text.areas = areas;
    text.places = places;
    text.rest = rest;
    small_world small;
    small_open(&small, &text, NULL);
    for (uint64_t r = 0; r < 5; r++) {
        char order[16];
        small_run(&small, r);
        order_of(&small, step, order);
        if (strcmp(order, expected) != 0) {
            print_error("%s: %s, not %s\n", rule, order, expected);
            fail();
        }
    }
    small_close(&small);
}

static const char ALIKE[] = "hazard_areas:\n"
                            "  a: {district: Here, class: slight, setting: fields, area: 40 ha, order: 3}\n"
                            "  b: {district: Here, class: slight, setting: fields, area: 40 ha, order: 1}\n"
                            "  c: {district: Here, class: slight, setting: fields, area: 40 ha, order: 2}\n";

static const char SIZES[] = "hazard_areas:\n"
                            "  a: {district: Here, class: slight, setting: fields, area: 80 ha}\n"
                            "  b: {district: Here, class: slight, setting: fields, area: 120 ha}\n"
                            "  c: {district: Here, class: slight, setting: fields, area: 40 ha}\n";

static const char BELIEFS[] = "hazard_areas:\n"
                              "  a: {district: Here, class: likely, setting: fields, area: 40 ha}\n"
                              "  b: {district: Here, class: slight, setting: fields, area: 40 ha}\n"
                              "  c: {district: Here, class: certain, setting: fields, area: 40 ha}\n";

static const char NO_PEOPLE[] = "places:\n"
                                "  A: {district: Here, must_release: [a]}\n"
                                "  B: {district: Here, must_release: [b]}\n"
                                "  C: {district: Here, must_release: [c]}\n";

static const char PEOPLE[] = "places:\n"
                             "  A: {district: Here, must_release: [a], population: 500}\n"
                             "  B: {district: Here, must_release: [b], population: 3000}\n"
                             "  C: {district: Here, must_release: [c], population: 1000}\n";

static const char CORRIDOR[] = "places:\n"
                               "  A: {district: Here, must_release: [a], population: 500}\n"
                               "  B: {district: Here, must_release: [b], kind: corridor}\n"
                               "  C: {district: Here, must_release: [c], population: 1000}\n";

static void test_fixed_order_releases_in_the_order_given(void **state) {
    (void)state;
    assert_order("fixed_order", ALIKE, PEOPLE, "", HW_STEP_FIRST_WORK, "BCA");
    assert_order("fixed_order", ALIKE, PEOPLE, "", HW_STEP_RELEASED, "BCA");
}

static void test_nearest_release_takes_the_least_work_first(void **state) {
    (void)state;
    assert_order("nearest_release", SIZES, PEOPLE, "", HW_STEP_FIRST_WORK, "CAB");
    assert_order("nearest_release", SIZES, PEOPLE, "", HW_STEP_RELEASED, "CAB");
}

static void test_nearest_release_leaves_ground_without_places_for_last(void **state) {
    (void)state;
    small_text text = BARE;
    text.areas = "hazard_areas:\n"
                 "  open: {district: Here, class: clean, setting: fields, area: 10 ha}\n"
                 "  farm: {district: Here, class: clean, setting: fields, area: 300 ha}\n";
    text.places = "places: {Farm: {district: Here, must_release: [farm]}}\n";
    static const char *const at_once[] = {"planning.report_time", "0 days", NULL};
    small_world small;
    small_open(&small, &text, at_once);
    small_run(&small, 0);
    double first = small_at(&small, "place_step_day", 0, HW_STEP_FIRST_WORK, 0, 0);
    double done = small_at(&small, "district_completion_day", 0, 0, 0, 0);
    assert_true(first < 0.1); /* the survey of one block */
    assert_true(done > small_release(&small, "Farm"));
    small_close(&small);
}

static void test_corridor_first_takes_the_corridor_before_nearer_places(void **state) {
    (void)state;
    assert_order("corridor_first", SIZES, CORRIDOR, "", HW_STEP_FIRST_WORK, "BCA");
    assert_order("corridor_first", SIZES, CORRIDOR, "", HW_STEP_RELEASED, "BCA");
    assert_order("nearest_release", SIZES, CORRIDOR, "", HW_STEP_FIRST_WORK, "CAB");
}

static void test_returnees_per_dollar_weighs_people_against_work(void **state) {
    (void)state;
    assert_order("returnees_per_dollar", ALIKE, PEOPLE, "", HW_STEP_FIRST_WORK, "BCA");
    assert_order("returnees_per_dollar", ALIKE, PEOPLE, "", HW_STEP_RELEASED, "BCA");
    /* A hundred people on 10 ha before 3,000 on 400 ha; both before 1,000 on 400 ha. */
    static const char areas[] = "hazard_areas:\n"
                                "  a: {district: Here, class: slight, setting: fields, area: 10 ha}\n"
                                "  b: {district: Here, class: slight, setting: fields, area: 400 ha}\n"
                                "  c: {district: Here, class: slight, setting: fields, area: 400 ha}\n";
    assert_order("returnees_per_dollar", areas, PEOPLE, "", HW_STEP_FIRST_WORK, "ABC");
}

static void test_casualty_risk_takes_dangerous_ground_with_people_first(void **state) {
    (void)state;
    assert_order("casualty_risk", BELIEFS, NO_PEOPLE, "", HW_STEP_FIRST_WORK, "CAB");
    assert_order("casualty_risk", ALIKE, PEOPLE, "", HW_STEP_FIRST_WORK, "BCA");
    /* 20 % times (1 + 500 / 1000) against 1 % times (1 + 3) and 60 % times (1 + 1). */
    assert_order("casualty_risk", BELIEFS, PEOPLE, "", HW_STEP_FIRST_WORK, "CAB");
}

static const hw_rule *rule_named(const char *name) {
    uint32_t rule = 0;
    while (strcmp(hw_rule_names[rule], name) != 0) {
        rule++;
    }
    return hw_rule_list[rule];
}

/* Of places with as many people those that need less work; in a place, the area with most of its work. */
static void test_critical_path_takes_what_keeps_a_place_waiting_longest(void **state) {
    (void)state;
    assert_order("critical_path", SIZES, NO_PEOPLE, "", HW_STEP_FIRST_WORK, "CAB");
    assert_order("critical_path", ALIKE, PEOPLE, "", HW_STEP_FIRST_WORK, "BCA");
    hw_area_view small = {.team_days = 10, .place_team_days = 100, .place_people = 500}, large = small;
    large.team_days = 90;
    const hw_rule *rule = rule_named("critical_path");
    assert_true(rule->score(NULL, NULL, &large) > rule->score(NULL, NULL, &small));
}

/* The same ground, in as many people's way, with twice the work that it takes. */
static void test_no_rule_prefers_ground_that_takes_more_work(void **state) {
    (void)state;
    static const char *const rules[] = {"state_programme", "nearest_release", "returnees_per_dollar",
                                        "casualty_risk",   "critical_path",   "corridor_first",
                                        "worst_first",     "fixed_order"};
    for (size_t i = 0; i < HW_LENGTH(rules); i++) {
        for (int waited_for = 0; waited_for < 2; waited_for++) {
            hw_area_view easy = {.open_m2 = 1e5,
                                 .team_days = 50,
                                 .cost_usd = 50e3,
                                 .belief = 0.2,
                                 .people = waited_for ? 500 : 0,
                                 .place_team_days = waited_for ? 100 : HUGE_VAL,
                                 .place_people = waited_for ? 500 : 0,
                                 .visitors = 1};
            hw_area_view hard = easy;
            hard.team_days *= 2;
            hard.cost_usd *= 2;
            hard.place_team_days *= 2;
            const hw_rule *rule = rule_named(rules[i]);
            assert_true(rule->score(NULL, NULL, &easy) > rule->score(NULL, NULL, &hard));
        }
    }
}

static const char BELT[] = "hazard_areas:\n"
                           "  a: {district: Here, class: slight, setting: fields, area: 40 ha, order: 1}\n"
                           "  b: {district: Here, class: slight, setting: fields, area: 40 ha, order: 2}\n"
                           "  c: {district: Here, class: slight, setting: belt, area: 40 ha, order: 3}\n";

/* The belt is last in the list of places: first as long as belts are, last from then on. */
static void test_the_state_programme_takes_belts_first_until_the_list_takes_over(void **state) {
    (void)state;
    assert_order("state_programme", BELT, NO_PEOPLE, "rules: {state_programme: {belts: [belt]}}\n",
                 HW_STEP_FIRST_WORK, "CAB");
    assert_order("state_programme", BELT, NO_PEOPLE,
                 "rules: {state_programme: {belts: [belt], belts_until: 2021-01-01}}\n", HW_STEP_FIRST_WORK,
                 "ABC");
    assert_order("state_programme", ALIKE, CORRIDOR, "", HW_STEP_FIRST_WORK, "BCA");
}

/* The list says A, B, C; half of the teams that there are go to the place of national priority. */
static void test_a_national_place_has_its_floor_of_teams_before_all_others(void **state) {
    (void)state;
    static const char NATIONAL[] = "places:\n"
                                   "  A: {district: Here, must_release: [a]}\n"
                                   "  B: {district: Here, must_release: [b]}\n"
                                   "  C: {district: There, must_release: [c], priority: national}\n";
    small_text text = BARE;
    text.districts = "districts: {Here: {climate: none, undiscovered: 0},\n"
                     "  There: {climate: none, undiscovered: 0}}\n";
    text.areas = "hazard_areas:\n"
                 "  a: {district: Here, class: clean, setting: fields, area: 400 ha, order: 1}\n"
                 "  b: {district: Here, class: clean, setting: fields, area: 400 ha, order: 2}\n"
                 "  c: {district: There, class: clean, setting: fields, area: 60 ha, order: 3}\n";
    text.places = NATIONAL;
    const char *const floors[][6] = {
        {"planning.rule", "fixed_order", "planning.national_floor", "1", "assets.battle.teams", "2"},
        {"planning.rule", "fixed_order", "planning.national_floor", "0", "assets.battle.teams", "2"}};
    double released[2];
    for (int none = 0; none < 2; none++) {
        const char *changes[7] = {NULL};
        memcpy(changes, floors[none], sizeof floors[none]);
        small_world small;
        small_open(&small, &text, changes);
        small_run(&small, 1);
        released[none] = small_release(&small, "C");
        assert_true(small_release(&small, "A") > 0);
        small_close(&small);
    }
    assert_true(released[0] < 200);
    assert_true(isnan(released[1]) || released[1] > 2 * released[0]);
}

/* Law: what is left of one place does not wait for all of what is left of another. Both count as nearly
 * finished, the larger is first in the order, and there are two teams. */
static void test_what_is_left_of_each_place_has_a_team(void **state) {
    (void)state;
    double released[2];
    for (int none = 0; none < 2; none++) {
        small_text text = BARE;
        text.districts = "districts: {Here: {climate: none, undiscovered: 0},\n"
                         "  There: {climate: none, undiscovered: 0}}\n";
        text.areas = "hazard_areas:\n"
                     "  a: {district: Here, class: clean, setting: fields, area: 400 ha, order: 1}\n"
                     "  c: {district: There, class: clean, setting: fields, area: 60 ha, order: 2}\n";
        text.places = "places:\n"
                      "  A: {district: Here, must_release: [a]}\n"
                      "  C: {district: There, must_release: [c]}\n";
        const char *const changes[] = {"planning.rule",
                                       "fixed_order",
                                       "planning.last_hectares",
                                       none ? "0 ha" : "500 ha",
                                       "assets.battle.teams",
                                       "2",
                                       NULL};
        small_world small;
        small_open(&small, &text, changes);
        small_run(&small, 1);
        released[none] = small_release(&small, "C");
        small_close(&small);
    }
    assert_true(released[0] < 200);
    assert_true(isnan(released[1]) || released[1] > released[0] + 100);
}

static void test_worst_first_goes_by_belief_whoever_waits(void **state) {
    (void)state;
    assert_order("worst_first", BELIEFS, PEOPLE, "", HW_STEP_FIRST_WORK, "CAB");
    assert_order("worst_first", BELIEFS, NO_PEOPLE, "", HW_STEP_RELEASED, "CAB");
}

static void test_weighted_follows_the_criterion_that_has_the_weight(void **state) {
    (void)state;
    assert_order("weighted", BELIEFS, PEOPLE,
                 "rules: {weighted: {people: 1, nearness: 0, danger: 0, corridor: 0}}\n", HW_STEP_FIRST_WORK,
                 "BCA");
    assert_order("weighted", BELIEFS, PEOPLE,
                 "rules: {weighted: {people: 0, nearness: 0, danger: 1, corridor: 0}}\n", HW_STEP_FIRST_WORK,
                 "CAB");
    assert_order("weighted", SIZES, PEOPLE,
                 "rules: {weighted: {people: 0, nearness: 1, danger: 0, corridor: 0}}\n", HW_STEP_FIRST_WORK,
                 "CAB");
    assert_order("weighted", SIZES, CORRIDOR,
                 "rules: {weighted: {people: 1, nearness: 1, danger: 1, corridor: 50}}\n", HW_STEP_FIRST_WORK,
                 "BCA");
}

static void test_teams_go_to_the_district_of_the_first_area(void **state) {
    (void)state;
    small_text text = BARE;
    text.districts =
        "districts:\n  Here: {climate: none, undiscovered: 0}\n  There: {climate: none, undiscovered: 0}\n";
    text.areas = "hazard_areas:\n"
                 "  here: {district: Here, class: clean, setting: fields, area: 40 ha, order: 2}\n"
                 "  there: {district: There, class: clean, setting: fields, area: 40 ha, order: 1}\n";
    text.places = "places:\n  Home: {district: Here, must_release: [here]}\n"
                  "  Away: {district: There, must_release: [there]}\n";
    static const char *const away[] = {"planning.rule", "fixed_order", NULL};
    static const char *const home[] = {"planning.rule", "fixed_order", "hazard_areas.here.order", "0", NULL};
    small_world first, second;
    small_open(&first, &text, away);
    small_open(&second, &text, home);
    for (uint64_t r = 0; r < 5; r++) {
        small_run(&first, r);
        assert_true(small_release(&first, "Away") < small_release(&first, "Home"));
        small_run(&second, r);
        assert_true(small_release(&second, "Home") < small_release(&second, "Away"));
    }
    small_close(&first);
    small_close(&second);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fixed_order_releases_in_the_order_given),
        cmocka_unit_test(test_nearest_release_takes_the_least_work_first),
        cmocka_unit_test(test_nearest_release_leaves_ground_without_places_for_last),
        cmocka_unit_test(test_corridor_first_takes_the_corridor_before_nearer_places),
        cmocka_unit_test(test_returnees_per_dollar_weighs_people_against_work),
        cmocka_unit_test(test_casualty_risk_takes_dangerous_ground_with_people_first),
        cmocka_unit_test(test_no_rule_prefers_ground_that_takes_more_work),
        cmocka_unit_test(test_the_state_programme_takes_belts_first_until_the_list_takes_over),
        cmocka_unit_test(test_a_national_place_has_its_floor_of_teams_before_all_others),
        cmocka_unit_test(test_what_is_left_of_each_place_has_a_team),
        cmocka_unit_test(test_critical_path_takes_what_keeps_a_place_waiting_longest),
        cmocka_unit_test(test_worst_first_goes_by_belief_whoever_waits),
        cmocka_unit_test(test_weighted_follows_the_criterion_that_has_the_weight),
        cmocka_unit_test(test_teams_go_to_the_district_of_the_first_area),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
