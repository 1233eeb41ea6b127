#include "tests/models/bare_world.h"

/* The life of a stream of money: what is pledged, paid, spent, and what becomes of the rest. */

static double spent_in(const small_world *small, const char *stream, uint32_t year) {
    return small_at(small, "stream_spent_usd", small_index(small, "stream", stream), year, 0, 0);
}

static double spent_for(const small_world *small, uint32_t purpose) {
    double sum = 0;
    for (uint32_t y = 0; y < small_length(small, small_variable(small, "purpose_spent_usd"), 1); y++) {
        sum += small_at(small, "purpose_spent_usd", purpose, y, 0, 0);
    }
    return sum;
}

/* The bare world with much ground, so that there is always work, and these streams. */
static void open_with(small_world *small, const char *streams, const char *more) {
    small_text text = BARE;
    char rest[2048];
    snprintf(rest, sizeof rest, "%s%s", BARE.rest, more);
    text.streams = streams;
    text.rest = rest;
    static const char *const large[] = {"hazard_areas.Field.area", "3000 ha", NULL};
    small_open(small, &text, large);
    small_run(small, 1);
}

/* A pledge that starts to pay on the first day, with five tranches half a year apart. */
#define PLEDGE                                                                                               \
    "amount: 1 MUSD, signing_lag: 0 days, first_tranche_lag: 0 days, tranche_interval: 182 days, "           \
    "first_share: 0.4, tranches: 5, valid_for: 1100 days"

static void test_unspent_state_money_lapses_at_the_end_of_the_year(void **state) {
    (void)state;
    small_world small;
    open_with(&small, "streams: {State: {kind: state, yearly: {2021-01-01: 10 MUSD, 2022-01-01: 0 USD}}}\n",
              "");
    double spent = small_fate(&small, "State", "spent");
    assert_true(spent > 0 && spent < 1e7);
    assert_near(small_fate(&small, "State", "lapsed"), 1e7 - spent, 1e-6);
    assert_same(small_fate(&small, "State", "returned"), 0);
    assert_same(small_fate(&small, "State", "held"), 0);
    assert_same(spent_in(&small, "State", 1), 0);
    small_close(&small);
}

static void test_the_last_budget_repeats_each_year(void **state) {
    (void)state;
    small_world small;
    open_with(&small, "streams: {State: {kind: state, yearly: {2021-01-01: 1 MUSD, 2022: 2 MUSD}}}\n", "");
    assert_near(small_fate(&small, "State", "pledged"), 1e6 + 3 * 2e6, 1e-6);
    small_close(&small);
}

static void test_a_monthly_part_is_all_that_can_be_spent_in_a_month(void **state) {
    (void)state;
    small_world small;
    /* The teams cost more than 15,000 USD a month. */
    open_with(&small, "streams: {State: {kind: state, yearly: {2021-01-01: 120 kUSD, 2022-01-01: 0 USD}}}\n",
              "");
    double spent = small_fate(&small, "State", "spent");
    assert_true(spent > 0 && spent <= 120000);
    small_close(&small);
}

static void test_unspent_money_of_a_donor_is_returned_at_its_end_date(void **state) {
    (void)state;
    small_world small;
    open_with(
        &small,
        "streams: {Donor: {kind: donor, amount: 10 MUSD, signing_lag: 0 days, first_tranche_lag: 0 days, "
        "tranches: 1, valid_for: 365 days}}\n",
        "");
    double spent = small_fate(&small, "Donor", "spent");
    assert_true(spent > 0 && spent < 1e7);
    assert_near(small_fate(&small, "Donor", "returned"), 1e7 - spent, 1e-6);
    assert_same(small_fate(&small, "Donor", "lapsed"), 0);
    assert_same(small_fate(&small, "Donor", "dropped"), 0);
    assert_same(spent_in(&small, "Donor", 1), 0);
    small_close(&small);
}

static void test_nothing_is_paid_before_signing_and_the_lag_of_the_first_tranche(void **state) {
    (void)state;
    small_world small;
    open_with(&small,
              "streams: {Donor: {kind: donor, amount: 3 MUSD, pledged: 2021-06-01, signing_lag: 150 days, "
              "first_tranche_lag: 100 days, tranches: 1, valid_for: 700 days}}\n",
              "");
    assert_same(spent_in(&small, "Donor", 0), 0);
    assert_true(spent_in(&small, "Donor", 1) > 0);
    small_close(&small);
}

static void test_retained_money_is_not_spent_before_the_end(void **state) {
    (void)state;
    static const char *const streams =
        "streams: {Donor: {kind: donor, amount: 400 kUSD, signing_lag: 0 days, first_tranche_lag: 0 days, "
        "tranches: 1, valid_for: %d days, retention: 25 %%}}\n";
    char text[256];
    small_world small;
    snprintf(text, sizeof text, streams, 30000); /* its end lies beyond the horizon */
    open_with(&small, text, "");
    assert_true(small_fate(&small, "Donor", "spent") <= 300000);
    assert_same(small_fate(&small, "Donor", "returned"), 0);
    assert_true(small_fate(&small, "Donor", "held") >= 100000);
    small_close(&small);
    snprintf(text, sizeof text, streams, 365);
    open_with(&small, text, "");
    double spent = small_fate(&small, "Donor", "spent");
    assert_true(spent > 250000);
    assert_near(spent + small_fate(&small, "Donor", "returned"), 400000, 1e-6);
    small_close(&small);
}

static void test_what_was_retained_pays_for_a_last_three_months(void **state) {
    (void)state;
    small_world small;
    /* All but a sliver is retained, and runs the teams from the end date on. */
    open_with(
        &small,
        "streams: {Donor: {kind: donor, amount: 400 kUSD, signing_lag: 0 days, first_tranche_lag: 0 days, "
        "tranches: 1, valid_for: 365 days, retention: 50 %}}\n",
        "");
    assert_true(small_fate(&small, "Donor", "spent") > 200000);
    small_close(&small);
}

static void test_a_giver_that_drops_out_pays_no_more_tranches(void **state) {
    (void)state;
    small_world small;
    /* Out within days: the mean is ten. */
    open_with(&small, "streams: {Donor: {kind: donor, " PLEDGE ", drop_out: 0.1 /day}}\n", "");
    assert_near(small_fate(&small, "Donor", "disbursed"), 400000, 1e-6);
    assert_near(small_fate(&small, "Donor", "dropped"), 600000, 1e-6);
    small_close(&small);
    open_with(&small, "streams: {Donor: {kind: donor, " PLEDGE ", drop_out: 0 /day}}\n", "");
    assert_near(small_fate(&small, "Donor", "disbursed"), 1000000, 1e-6);
    assert_same(small_fate(&small, "Donor", "dropped"), 0);
    small_close(&small);
}

static void test_what_is_left_after_a_giver_drops_out_is_spread_over_the_months_left(void **state) {
    (void)state;
    small_text text = BARE;
    text.streams = "streams: {Donor: {kind: donor, " PLEDGE ", drop_out: 0.1 /day}}\n";
    static const char *const many[] = {"hazard_areas.Field.area",
                                       "9000 ha",
                                       "assets.battle.teams",
                                       "20",
                                       "streams.Donor.amount",
                                       "5 MUSD",
                                       "methods.non_technical_survey.team.standby_cost",
                                       "0 USD/day",
                                       "methods.non_technical_survey.team.running_cost",
                                       "0 USD/day",
                                       NULL};
    small_world small;
    small_open(&small, &text, many);
    small_run(&small, 1);
    /* 2 MUSD for three years: all twenty teams would have spent it within four months. */
    double whole = small_fate(&small, "Donor", "disbursed");
    assert_near(whole, 2e6, 1e-6);
    assert_true(spent_in(&small, "Donor", 0) < 0.5 * whole);
    assert_true(spent_in(&small, "Donor", 1) > 0.2 * whole);
    assert_true(spent_in(&small, "Donor", 2) > 0.1 * whole);
    small_close(&small);
}

static void test_performance_holds_tranches_back_after_a_year_without_results(void **state) {
    (void)state;
    static const char stream[] = "streams: {Donor: {kind: donor, condition: performance, " PLEDGE "}}\n";
    small_world small;
    open_with(&small, stream, "conditions: {performance: {released: 1e5 km2}}\n");
    /* Tranches of days 0, 182, 364: those of the first twelve months are free, then none. */
    assert_near(small_fate(&small, "Donor", "disbursed"), 400000 + 2 * 150000, 1e-6);
    assert_near(small_fate(&small, "Donor", "dropped"), 2 * 150000, 1e-6);
    small_close(&small);
    open_with(&small, stream, "conditions: {performance: {released: 0 km2}}\n");
    assert_near(small_fate(&small, "Donor", "disbursed"), 1000000, 1e-6);
    small_close(&small);
}

static void test_failed_checks_hold_tranches_back(void **state) {
    (void)state;
    static const char *const streams =
        "streams:\n"
        "  State: {kind: state, yearly: {2021-01-01: 5 MUSD}}\n"
        "  Donor: {kind: donor, condition: reporting, only_method: dogs, " PLEDGE "}\n";
    small_text text = BARE;
    text.streams = streams;
    text.assets =
        "assets:\n"
        "  survey: {operator: Agency, method: non_technical_survey, teams: 1, on: 2021-01-01, standing: "
        "yes}\n"
        "  battle: {operator: Agency, method: battle_area, teams: 1, on: 2021-01-01, standing: yes}\n"
        "  checks: {operator: Agency, method: quality_control, teams: 2, on: 2021-01-01, standing: yes}\n";
    static const char *const strict[] = {"hazard_areas.Field.area",
                                         "3000 ha",
                                         "methods.quality_control.sampled",
                                         "100 %",
                                         "methods.quality_control.procedural_failure",
                                         "100 %",
                                         "conditions.reporting.failed",
                                         "0 %",
                                         NULL};
    static const char *const lenient[] = {"hazard_areas.Field.area",
                                          "3000 ha",
                                          "methods.quality_control.sampled",
                                          "100 %",
                                          "methods.quality_control.procedural_failure",
                                          "100 %",
                                          "conditions.reporting.failed",
                                          "100 %",
                                          NULL};
    small_world small;
    small_open(&small, &text, strict);
    small_run(&small, 1);
    assert_near(small_fate(&small, "Donor", "disbursed"), 400000,
                1e-6); /* of the first day, before any check */
    small_close(&small);
    small_open(&small, &text, lenient);
    small_run(&small, 1);
    assert_near(small_fate(&small, "Donor", "disbursed"), 1000000, 1e-6);
    small_close(&small);
}

static void test_fighting_holds_tranches_back_for_a_year(void **state) {
    (void)state;
    small_text text = BARE;
    text.streams =
        "streams: {Donor: {kind: donor, condition: no_escalation, only_method: dogs, " PLEDGE "}}\n";
    text.closures = "closures: {fighting: {from: 2021-05-01, to: 2021-05-20}}\n";
    static const char *const strict[] = {"conditions.no_escalation.closed", "18 days", "horizon",
                                         "2022-05-15", NULL};
    static const char *const later[] = {"conditions.no_escalation.closed", "18 days", "horizon", "2022-06-15",
                                        NULL};
    static const char *const lenient[] = {"conditions.no_escalation.closed", "19 days", "horizon",
                                          "2022-05-15", NULL};
    small_world small;
    small_open(&small, &text, strict);
    small_run(&small, 1);
    assert_near(small_fate(&small, "Donor", "disbursed"), 400000, 1e-6);
    small_close(&small);
    small_open(&small, &text, later); /* a year after, what is due by then is paid at once */
    small_run(&small, 1);
    assert_near(small_fate(&small, "Donor", "disbursed"), 400000 + 2 * 150000, 1e-6);
    small_close(&small);
    small_open(&small, &text, lenient);
    small_run(&small, 1);
    assert_near(small_fate(&small, "Donor", "disbursed"), 400000 + 2 * 150000, 1e-6);
    small_close(&small);
}

static void test_exchange_and_fees_are_counted(void **state) {
    (void)state;
    small_world small;
    open_with(&small, "streams: {Donor: {kind: donor, exchange: 1.5, overhead: 20 %, " PLEDGE "}}\n", "");
    assert_near(small_fate(&small, "Donor", "pledged"), 1.5e6, 1e-6);
    double spent = small_fate(&small, "Donor", "spent");
    assert_true(spent > 1e5);
    assert_near(spent_for(&small, HW_PURPOSE_OVERHEAD), 0.2 * spent, 1); /* cents rounded in each payment */
    small_close(&small);
}

/* ---- earmarks ---- */

static const char TWO_DISTRICTS[] = "districts:\n"
                                    "  Here: {climate: none, undiscovered: 0}\n"
                                    "  There: {climate: none, undiscovered: 0, access_from: 2060-01-01}\n";
static const char TWO_AREAS[] = "hazard_areas:\n"
                                "  Field: {district: Here, class: clean, setting: fields, area: 100 ha}\n"
                                "  Far: {district: There, class: clean, setting: fields, area: 100 ha}\n";

static void open_earmarked(small_world *small, const char *earmark) {
    static char streams[512];
    snprintf(streams, sizeof streams,
             "streams:\n"
             "  State: {kind: state, yearly: {2021-01-01: 5 MUSD}}\n"
             "  Marked: {kind: donor, %s, " PLEDGE "}\n",
             earmark);
    small_text text = BARE;
    text.districts = TWO_DISTRICTS;
    text.areas = TWO_AREAS;
    text.streams = streams;
    text.operators = "operators: {Agency: {}, Nobody: {}}\n";
    text.places = "places:\n"
                  "  Farm: {district: Here, must_release: [Field], houses: 10, population: 40}\n"
                  "  Beyond: {district: There, must_release: [Far], houses: 10, population: 40}\n";
    small_open(small, &text, NULL);
    small_run(small, 1);
}

static void test_earmarked_money_is_spent_only_where_it_may(void **state) {
    (void)state;
    static const char *const never[] = {"only_districts: [There]", "only_operators: [Nobody]",
                                        "only_method: dogs", "only_place: Beyond",
                                        "pays: reconstruction, only_place: Beyond"};
    static const char *const may[] = {"only_districts: [Here]", "only_operators: [Agency]",
                                      "only_method: battle_area", "only_place: Farm",
                                      "pays: reconstruction, only_place: Farm"};
    for (size_t i = 0; i < 5; i++) {
        small_world small;
        open_earmarked(&small, never[i]);
        assert_same(small_fate(&small, "Marked", "spent"), 0);
        small_close(&small);
        open_earmarked(&small, may[i]);
        assert_true(small_fate(&small, "Marked", "spent") > 0);
        small_close(&small);
    }
}

static void test_money_for_reconstruction_and_clearance_is_kept_apart(void **state) {
    (void)state;
    small_world small;
    open_earmarked(&small, "pays: reconstruction");
    assert_near(spent_for(&small, HW_PURPOSE_BUILDING), small_fate(&small, "Marked", "spent"), 1e-6);
    small_close(&small);
    open_earmarked(&small, "pays: clearance");
    assert_same(spent_for(&small, HW_PURPOSE_BUILDING), 0);
    assert_same(small_sum(&small, "people_back"), 0);
    small_close(&small);
}

static void test_money_for_a_place_stops_when_it_is_released(void **state) {
    (void)state;
    small_world small;
    open_earmarked(&small, "only_place: Farm");
    assert_true(small_release(&small, "Farm") < 365);
    assert_same(spent_in(&small, "Marked", 1), 0);
    assert_true(spent_in(&small, "State", 1) > 0);
    small_close(&small);
}

static void test_the_most_restricted_money_is_spent_first(void **state) {
    (void)state;
    small_world free, marked;
    open_earmarked(&free, "only_operators: [Nobody]");
    open_earmarked(&marked, "only_method: battle_area, only_districts: [Here]");
    double saved = small_fate(&free, "State", "spent") - small_fate(&marked, "State", "spent");
    assert_near(saved, small_fate(&marked, "Marked", "spent"), 1e-6);
    small_close(&free);
    small_close(&marked);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_unspent_state_money_lapses_at_the_end_of_the_year),
        cmocka_unit_test(test_the_last_budget_repeats_each_year),
        cmocka_unit_test(test_a_monthly_part_is_all_that_can_be_spent_in_a_month),
        cmocka_unit_test(test_unspent_money_of_a_donor_is_returned_at_its_end_date),
        cmocka_unit_test(test_nothing_is_paid_before_signing_and_the_lag_of_the_first_tranche),
        cmocka_unit_test(test_retained_money_is_not_spent_before_the_end),
        cmocka_unit_test(test_what_was_retained_pays_for_a_last_three_months),
        cmocka_unit_test(test_a_giver_that_drops_out_pays_no_more_tranches),
        cmocka_unit_test(test_what_is_left_after_a_giver_drops_out_is_spread_over_the_months_left),
        cmocka_unit_test(test_performance_holds_tranches_back_after_a_year_without_results),
        cmocka_unit_test(test_failed_checks_hold_tranches_back),
        cmocka_unit_test(test_fighting_holds_tranches_back_for_a_year),
        cmocka_unit_test(test_exchange_and_fees_are_counted),
        cmocka_unit_test(test_earmarked_money_is_spent_only_where_it_may),
        cmocka_unit_test(test_money_for_reconstruction_and_clearance_is_kept_apart),
        cmocka_unit_test(test_money_for_a_place_stops_when_it_is_released),
        cmocka_unit_test(test_the_most_restricted_money_is_spent_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
