#include "models/method.h"
#include "sim/length.h"
#include "tests/models/small_world.h"

/* What any planner would expect when one thing changes and the worlds stay the same: medians over paired
 * replications. */

enum { WORLDS = 60 };

/* The sum of `name` over its elements, not a number counting as never. */
static double release_day(const small_world *small, const char *place) {
    return small_release(small, place);
}

static double median_release(const small_text *text, const char *const *changes, const char *place) {
    small_world small;
    small_open(&small, text, changes);
    double median = small_median(&small, WORLDS, release_day, place);
    small_close(&small);
    return median;
}

/* ---- a little poorer than the small country, so that everything is short ---- */

static small_text poor_text(void) {
    small_text text = SMALL;
    text.streams = "streams:\n"
                   "  State: {kind: state, yearly: {2021-01-01: 3 MUSD}}\n"
                   "  Building: {kind: state, pays: reconstruction, yearly: {2021-01-01: 10 MUSD}}\n";
    return text;
}

static void test_more_money_never_makes_the_median_release_later(void **state) {
    (void)state;
    static const char *const budgets[] = {"{2021-01-01: 0.5 MUSD}", "{2021-01-01: 1.5 MUSD}",
                                          "{2021-01-01: 3 MUSD}", "{2021-01-01: 6 MUSD}",
                                          "{2021-01-01: 20 MUSD}"};
    static const char *const places[] = {"Road", "Town", "Village"};
    for (size_t p = 0; p < 3; p++) {
        double before = HUGE_VAL, with_least = 0;
        for (size_t b = 0; b < HW_LENGTH(budgets); b++) {
            const char *changes[] = {"streams.State.yearly", budgets[b], NULL};
            double median = median_release(&SMALL, changes, places[p]);
            if (median > before) {
                print_error("%s: %s releases on day %.1f, less money on day %.1f\n", places[p], budgets[b],
                            median, before);
                fail();
            }
            before = median;
            with_least = b == 0 ? median : with_least;
        }
        assert_true(before < 3653);
        /* Forty times the money is a quarter sooner at least, wherever that is wanted. */
        assert_true(before < 0.75 * with_least);
    }
}

static void test_more_battle_area_teams_release_no_later(void **state) {
    (void)state;
    double before = HUGE_VAL, first = 0;
    static const char *const teams[] = {"1", "2", "4", "8"};
    for (size_t i = 0; i < 4; i++) {
        const char *changes[] = {"assets.battle.teams", teams[i], "streams.State.yearly",
                                 "{2021-01-01: 20 MUSD}", NULL};
        double median = median_release(&SMALL, changes, "Village");
        assert_true(median <= before);
        first = i == 0 ? median : first;
        before = median;
    }
    assert_true(before < first);
}

static double cancelled(const small_world *small, const char *name) {
    (void)name;
    return small_ledger(small, HW_LEDGER_CANCELLED);
}

static double median_of(const char *const *changes, double (*answer)(const small_world *, const char *),
                        const char *name) {
    small_world small;
    small_open(&small, &SMALL, changes);
    double median = small_median(&small, WORLDS, answer, name);
    small_close(&small);
    return median;
}

static void test_better_survey_cancels_more(void **state) {
    (void)state;
    static const char *const shares[] = {"5 %", "30 %", "60 %", "95 %"};
    double medians[4];
    for (size_t i = 0; i < 4; i++) {
        const char *changes[] = {"methods.non_technical_survey.specificity", shares[i], NULL};
        medians[i] = median_of(changes, cancelled, NULL);
        assert_true(i == 0 || medians[i] > medians[i - 1]);
    }
    /* Most of the ground is clean: who shows nineteen twentieths of that cancels ten times what one twentieth
     * is. */
    assert_true(medians[3] > 10 * medians[0]);
}

static double missed(const small_world *small, const char *name) {
    (void)name;
    double sum = 0;
    for (uint32_t d = 0; d < 2; d++) {
        for (uint32_t type = 0; type < HW_ITEM_TYPES; type++) {
            sum += small_at(small, "district_items", d, type, HW_STATE_MISSED, 0);
        }
    }
    return sum;
}

static void test_higher_detection_misses_fewer(void **state) {
    (void)state;
    static const char *const poor[] = {"methods.manual.detection",
                                       "90 %",
                                       "methods.dogs.detection",
                                       "90 %",
                                       "methods.battle_area.detection",
                                       "80 %",
                                       NULL};
    static const char *const good[] = {"methods.manual.detection",
                                       "99.9 %",
                                       "methods.dogs.detection",
                                       "99.9 %",
                                       "methods.battle_area.detection",
                                       "99.9 %",
                                       NULL};
    double before = median_of(poor, missed, NULL), after = median_of(good, missed, NULL);
    assert_true(after < before);
}

static void test_worse_operators_miss_more(void **state) {
    (void)state;
    static const char *const careful[] = {"operators.Agency.quality", "0", NULL};
    static const char *const careless[] = {"operators.Agency.quality", "8", NULL};
    double good = median_of(careful, missed, NULL), poor = median_of(careless, missed, NULL);
    assert_true(good < poor);
}

static void test_later_access_releases_later_and_is_charged_to_access(void **state) {
    (void)state;
    static const char *const late[] = {"districts.South.access_from", "2023-01-01", NULL};
    double early = median_release(&SMALL, NULL, "Village");
    double delayed = median_release(&SMALL, late, "Village");
    assert_true(delayed > early + 300);
    small_world small;
    small_open(&small, &SMALL, late);
    small_run(&small, 0);
    /* Counted from access when no day is named: the village waits for nothing before. */
    assert_near(small_delay(&small, "Village", HW_CAUSE_ACCESS), 0, 1e-9);
    small_close(&small);
    static const char *const wanted[] = {"districts.South.access_from", "2023-01-01",
                                         "places.Village.wanted_from", "2021-01-01", NULL};
    small_open(&small, &SMALL, wanted);
    small_run(&small, 0);
    assert_near(small_delay(&small, "Village", HW_CAUSE_ACCESS), 730, 1e-9);
    small_close(&small);
}

static void test_closures_are_charged_to_their_cause(void **state) {
    (void)state;
    small_text text = SMALL;
    text.closures = "closures:\n"
                    "  fighting: {districts: [South], from: 2021-03-10, to: 2021-04-20}\n"
                    "  permits: {districts: [South], from: 2021-06-01, to: 2021-06-11, cause: access}\n";
    small_world small;
    small_open(&small, &text, NULL);
    for (uint64_t r = 0; r < 5; r++) {
        small_run(&small, r);
        assert_near(small_delay(&small, "Village", HW_CAUSE_CONFLICT), 41, 1e-9);
        assert_near(small_delay(&small, "Village", HW_CAUSE_ACCESS), 10, 1e-9);
        assert_near(small_delay(&small, "Town", HW_CAUSE_CONFLICT), 0, 1e-9);
    }
    small_close(&small);
}

static void test_without_money_nothing_is_cleared_and_delay_is_for_want_of_it(void **state) {
    (void)state;
    small_text text = SMALL;
    text.streams = "streams: {}\n";
    small_world small;
    small_open(&small, &text, NULL);
    for (uint64_t r = 0; r < 5; r++) {
        small_run(&small, r);
        for (hw_ledger ledger = HW_LEDGER_CANCELLED; ledger < HW_LEDGERS; ledger++) {
            assert_same(small_ledger(&small, ledger), 0);
        }
        assert_same(small_sum(&small, "purpose_spent_usd"), 0);
        assert_same(small_sum(&small, "people_back"), 0);
        double season = small_delay(&small, "Village", HW_CAUSE_SEASON);
        double money = small_delay(&small, "Village", HW_CAUSE_MONEY);
        assert_near(season + money, small_land(&small)->horizon, 1e-6);
        assert_true(money > 0.5 * small_land(&small)->horizon * 0.5);
    }
    small_close(&small);
}

static void test_without_teams_nothing_is_cleared(void **state) {
    (void)state;
    small_text text = SMALL;
    text.assets = "assets: {}\n";
    small_world small;
    small_open(&small, &text, NULL);
    small_run(&small, 0);
    for (hw_ledger ledger = HW_LEDGER_CANCELLED; ledger < HW_LEDGERS; ledger++) {
        assert_same(small_ledger(&small, ledger), 0);
    }
    small_close(&small);
}

static double civilian_victims(const small_world *small, const char *name) {
    (void)name;
    return small_last_month(small, "victims", HW_VICTIM_CIVILIAN_KILLED) +
           small_last_month(small, "victims", HW_VICTIM_CIVILIAN_INJURED);
}

static void test_risk_education_lowers_victims(void **state) {
    (void)state;
    static const char *const none[] = {"safety.education", "0 %", NULL};
    static const char *const some[] = {"safety.education", "40 %", NULL};
    static const char *const all[] = {"safety.education", "100 %", NULL};
    double without = median_of(none, civilian_victims, NULL), with = median_of(some, civilian_victims, NULL);
    assert_true(with < without);
    assert_same(median_of(all, civilian_victims, NULL), 0);
}

/* All that is counted of victims and accidents in one district, over some worlds. */
static void count_victims(const char *const *changes, double *victims, double *killed, double *accidents) {
    small_world small;
    small_open(&small, &SMALL, changes);
    *victims = *killed = *accidents = 0;
    for (uint64_t r = 0; r < WORLDS; r++) {
        small_run(&small, r);
        *killed += small_last_month(&small, "victims", HW_VICTIM_CIVILIAN_KILLED);
        *victims += civilian_victims(&small, NULL);
        const hw_land *land = small_land(&small);
        for (uint32_t d = 0; d < land->district_count; d++) {
            *accidents += land->districts[d].accidents;
        }
    }
    small_close(&small);
}

static void test_victims_per_accident_and_share_killed_are_as_stated(void **state) {
    (void)state;
    static const struct {
        const char *per_accident, *killed;
        double victims, share;
    } tries[] = {
        {"1", "0 %", 1, 0}, {"1", "25 %", 1, 0.25}, {"1.6", "25 %", 1.6, 0.25}, {"2.5", "70 %", 2.5, 0.7}};
    for (size_t i = 0; i < HW_LENGTH(tries); i++) {
        const char *changes[] = {"safety.victims",
                                 tries[i].per_accident,
                                 "safety.killed",
                                 tries[i].killed,
                                 "safety.visit_accidents",
                                 "10 /month",
                                 NULL};
        double victims, killed, accidents;
        count_victims(changes, &victims, &killed, &accidents);
        assert_true(accidents > 1000);
        /* Beyond the first, victims are counted as they fall: a variance of their mean at most. */
        assert_near(victims / accidents, tries[i].victims, 4 * sqrt((tries[i].victims - 1) / accidents));
        double sd = sqrt(tries[i].share * (1 - tries[i].share) / victims);
        assert_near(killed / victims, tries[i].share, 4 * sd);
    }
    static const char *const all_killed[] = {"safety.killed", "100 %", "safety.deminer_casualties", "0",
                                             NULL};
    small_world small;
    small_open(&small, &SMALL, all_killed);
    small_run(&small, 0);
    assert_true(small_last_month(&small, "victims", HW_VICTIM_CIVILIAN_KILLED) > 0);
    assert_same(small_last_month(&small, "victims", HW_VICTIM_CIVILIAN_INJURED), 0);
    assert_same(small_last_month(&small, "victims", HW_VICTIM_DEMINER_KILLED), 0);
    assert_same(small_last_month(&small, "victims", HW_VICTIM_DEMINER_INJURED), 0);
    small_close(&small);
}

static void test_people_come_only_after_release_and_roads(void **state) {
    (void)state;
    small_world small;
    small_open(&small, &SMALL, (const char *[]){"resettlement.first_quarter", "100 %", NULL});
    uint32_t town = small_index(&small, "place", "Town"), came = 0;
    for (uint64_t r = 0; r < 20; r++) {
        small_run(&small, r);
        double home = small_at(&small, "place_first_return_day", town, 0, 0, 0);
        if (!isnan(home)) {
            came++;
            assert_true(home >= small_release(&small, "Town") + 0.9 * 6 * 30);
            assert_true(home >= small_release(&small, "Road") + 0.9 * 6 * 30);
        } else {
            assert_same(small_at(&small, "place_people", town, 0, 0, 0), 0);
        }
    }
    assert_true(came > 10);
    small_close(&small);
}

static void test_without_money_for_building_nobody_returns(void **state) {
    (void)state;
    static const char *const none[] = {"streams.Building.yearly", "{2021-01-01: 0 USD}", NULL};
    small_world small;
    small_open(&small, &SMALL, none);
    bool released = false;
    for (uint64_t r = 0; r < 10; r++) {
        small_run(&small, r);
        assert_same(small_sum(&small, "people_back"), 0);
        released |= !isnan(small_release(&small, "Village"));
    }
    assert_true(released);
    small_close(&small);
}

static void test_building_starts_only_when_it_is_paid(void **state) {
    (void)state;
    static const char *const none[] = {"streams.Building.yearly", "{2021-01-01: 0 USD}", NULL};
    small_world small;
    small_open(&small, &SMALL, none);
    for (uint64_t r = 0; r < 10; r++) {
        small_run(&small, r);
        for (uint32_t p = 0; p < 3; p++) {
            assert_true(isnan(small_at(&small, "place_step_day", p, HW_STEP_BUILDING, 0, 0)));
        }
    }
    small_close(&small);
}

static void test_fear_and_unwillingness_keep_people_away(void **state) {
    (void)state;
    static const char *const nobody[] = {"resettlement.uptake", "0 %", NULL};
    static const char *const everybody[] = {"resettlement.uptake", "100 %", "resettlement.fear", "0 %", NULL};
    static const char *const afraid[] = {"resettlement.uptake", "100 %", "resettlement.fear", "60 %", NULL};
    small_world small;
    double people[3] = {0};
    const char *const *all[] = {nobody, afraid, everybody};
    for (size_t i = 0; i < 3; i++) {
        small_open(&small, &SMALL, all[i]);
        for (uint64_t r = 0; r < 20; r++) {
            small_run(&small, r);
            people[i] += small_last_month(&small, "people_back", 0);
        }
        small_close(&small);
    }
    assert_same(people[0], 0);
    assert_true(people[1] < people[2]);
}

static void test_a_poor_country_charges_money_more_than_a_rich_one(void **state) {
    (void)state;
    small_text text = poor_text();
    static const char *const rich[] = {"streams.State.yearly", "{2021-01-01: 50 MUSD}", NULL};
    double short_of[2] = {0};
    for (size_t i = 0; i < 2; i++) {
        small_world small;
        small_open(&small, &text, i == 0 ? NULL : rich);
        for (uint64_t r = 0; r < 20; r++) {
            small_run(&small, r);
            short_of[i] += small_delay(&small, "Village", HW_CAUSE_MONEY);
        }
        small_close(&small);
    }
    assert_true(short_of[0] > 0);
    assert_same(short_of[1], 0);
}

/* The days on which teams of deminers were ready to work, first to last; returns how many. */
static uint32_t days_ready(const char *places, double days[8]) {
    const char *changes[] = {"assets.manual.standing",
                             "no",
                             "training.places",
                             places,
                             "streams.State.yearly",
                             "{2021-01-01: 50 MUSD}",
                             "methods.manual.team.attrition",
                             "0 /year",
                             "methods.battle_area.team.attrition",
                             "0 /year",
                             "methods.manual.team.people",
                             "15",
                             NULL};
    small_world small;
    small_open(&small, &SMALL, changes);
    small_run(&small, 0);
    const hw_land *land = small_land(&small);
    uint32_t count = 0;
    for (uint32_t t = 0; t < land->force.team_count; t++) {
        if (strcmp(hw_method_names[land->force.teams[t].method], "manual") == 0 &&
            land->force.teams[t].ready_day < land->horizon) {
            assert_true(count < 8);
            days[count++] = land->force.teams[t].ready_day;
        }
    }
    qsort(days, count, sizeof *days, small_compare);
    small_close(&small);
    return count;
}

static void test_small_schools_delay_new_teams_but_do_not_end_them(void **state) {
    (void)state;
    double large[8], little[8];
    assert_int_equal(days_ready("3000 /year", large), 4);
    assert_int_equal(days_ready("30 /year", little), 4);
    /* Each team of fifteen takes half a year of thirty places, the first ones a month in advance. */
    for (int k = 0; k < 4; k++) {
        assert_true(little[k] >= (k + 1) * 15 / 30.0 * 365.2425 - 31);
        assert_true(little[k] > large[k] + (k + 1) * 120);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_more_money_never_makes_the_median_release_later),
        cmocka_unit_test(test_more_battle_area_teams_release_no_later),
        cmocka_unit_test(test_better_survey_cancels_more),
        cmocka_unit_test(test_higher_detection_misses_fewer),
        cmocka_unit_test(test_worse_operators_miss_more),
        cmocka_unit_test(test_later_access_releases_later_and_is_charged_to_access),
        cmocka_unit_test(test_closures_are_charged_to_their_cause),
        cmocka_unit_test(test_without_money_nothing_is_cleared_and_delay_is_for_want_of_it),
        cmocka_unit_test(test_without_teams_nothing_is_cleared),
        cmocka_unit_test(test_risk_education_lowers_victims),
        cmocka_unit_test(test_victims_per_accident_and_share_killed_are_as_stated),
        cmocka_unit_test(test_people_come_only_after_release_and_roads),
        cmocka_unit_test(test_without_money_for_building_nobody_returns),
        cmocka_unit_test(test_building_starts_only_when_it_is_paid),
        cmocka_unit_test(test_fear_and_unwillingness_keep_people_away),
        cmocka_unit_test(test_a_poor_country_charges_money_more_than_a_rich_one),
        cmocka_unit_test(test_small_schools_delay_new_teams_but_do_not_end_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
