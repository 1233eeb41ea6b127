#include "models/income.h"
#include "tests/models/bare_world.h"
#include <math.h>

/* Yearly money obeys the same keys as pledges: conditions, givers who withdraw, lateness, earmarks, fees,
 * exchange. Each test reads the books of a stream named Giver. */

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

/* The bare world with much ground and a Giver of these terms; `rest` is said besides, and the state pays for
 * the work when `state_pays`. */
static void open_giver(small_world *small, const char *terms, const char *rest, bool state_pays) {
    char streams[512], all[2048];
    snprintf(streams, sizeof streams, "streams:\n%s  Giver: {%s}\n",
             state_pays ? "  State: {kind: state, yearly: {2021-01-01: 20 MUSD}}\n" : "", terms);
    snprintf(all, sizeof all, "%s%s", BARE.rest, rest);
    small_text text = BARE;
    text.streams = streams;
    text.rest = all;
    static const char *const large[] = {"hazard_areas.Field.area", "3000 ha", NULL};
    small_open(small, &text, large);
    small_run(small, 1);
}

static void expect_books(const small_world *small, double pledged, double disbursed, double dropped) {
    assert_near(small_fate(small, "Giver", "pledged"), pledged, 1e-6);
    assert_near(small_fate(small, "Giver", "disbursed"), disbursed, 1e-6);
    assert_near(small_fate(small, "Giver", "dropped"), dropped, 1e-6);
}

#define MONTHLY_100 "kind: donor, yearly: {2021-01-01: 1.2 MUSD}"

/* ---- conditions ---- */

#define ANSWERED "conditions: {treaty: {response: 100 %, response_time: 0 days}}\n"
#define ACCESSION "levers: {treaty: {on: 2022-07-01, delay: 0 days, running_cost: 0 USD/year}}\n"

static void test_without_accession_a_conditional_budget_pays_nothing(void **state) {
    (void)state;
    small_world small;
    open_giver(&small, MONTHLY_100 ", condition: treaty", ANSWERED, true);
    expect_books(&small, 4.8e6, 0, 3.6e6); /* the fourth year still waits at the horizon */
    assert_same(small_fate(&small, "Giver", "spent"), 0);
    small_close(&small);
}

static void test_what_waits_is_paid_when_the_condition_holds_within_its_budget_year(void **state) {
    (void)state;
    small_world small;
    open_giver(&small, MONTHLY_100 ", condition: treaty", ANSWERED ACCESSION, true);
    expect_books(&small, 4.8e6, 3.6e6, 1.2e6); /* all of the year of accession, nothing of the one before */
    small_close(&small);
}

static void test_a_condition_that_always_holds_changes_nothing(void **state) {
    (void)state;
    small_world plain, held;
    open_giver(&plain, MONTHLY_100, "", false);
    open_giver(&held, MONTHLY_100 ", condition: performance",
               "conditions: {performance: {released: 0 km2}}\n", false);
    assert_int_equal(plain.layout->bytes, held.layout->bytes);
    assert_memory_equal(plain.record, held.record, plain.layout->bytes);
    small_close(&plain);
    small_close(&held);
}

static void test_the_free_first_year_of_performance_counts_from_the_first_budget(void **state) {
    (void)state;
    small_world small;
    static const char strict[] = "conditions: {performance: {released: 1e5 km2}}\n";
    /* Parts of days 0 to 365 are free: twelve of the first year and the first of the next one. */
    open_giver(&small, MONTHLY_100 ", condition: performance", strict, true);
    expect_books(&small, 4.8e6, 1.3e6, 1.1e6 + 1.2e6);
    small_close(&small);
    /* Entries of later years do not begin anew. */
    open_giver(&small,
               "kind: donor, yearly: {2021-01-01: 1.2 MUSD, 2022: 1.2 MUSD, 2023: 1.2 MUSD, 2024: 1.2 MUSD}, "
               "condition: performance",
               strict, true);
    expect_books(&small, 4.8e6, 1.3e6, 1.1e6 + 1.2e6);
    small_close(&small);
}

static void test_fighting_holds_the_parts_of_a_budget_back(void **state) {
    (void)state;
    static const char war[] = "closures: {fighting: {from: 2021-05-01, to: 2021-07-01}}\n"
                              "conditions: {no_escalation: {closed: %d days}}\n";
    double disbursed[2];
    for (int lenient = 0; lenient < 2; lenient++) {
        char rest[256];
        snprintf(rest, sizeof rest, war, lenient ? 90 : 30);
        small_world small;
        open_giver(&small, MONTHLY_100 ", condition: no_escalation", rest, true);
        disbursed[lenient] = small_fate(&small, "Giver", "disbursed");
        small_close(&small);
    }
    assert_near(disbursed[1], 4.8e6, 1e-6);
    /* Thirty days are full on 1 June; the parts from then to the end of 2021 are lost. */
    assert_near(disbursed[0], 4.8e6 - 0.7e6, 1e-6);
}

/* ---- givers who withdraw ---- */

static void test_a_giver_that_withdraws_budgets_no_more(void **state) {
    (void)state;
    small_world small;
    /* Out within days: the mean is ten. */
    open_giver(&small, MONTHLY_100 ", drop_out: 0.1 /day", "", true);
    expect_books(&small, 1.2e6, 0.1e6, 1.1e6);
    small_close(&small);
    open_giver(&small, MONTHLY_100 ", drop_out: 0 /day", "", true);
    expect_books(&small, 4.8e6, 4.8e6, 0);
    small_close(&small);
}

static void test_the_day_of_withdrawal_is_exponential_with_the_rate(void **state) {
    (void)state;
    small_text text = BARE;
    text.streams = "streams: {Giver: {" MONTHLY_100 ", drop_out: 30 %/year}}\n";
    small_world small;
    small_open(&small, &text, NULL);
    enum { GIVERS = 400 };
    uint32_t stayed = 0;
    for (uint64_t r = 0; r < GIVERS; r++) {
        small_run(&small, r);
        stayed += small_fate(&small, "Giver", "dropped") <= 0;
    }
    /* Last paid on 1 December 2024, after 1430 days: exp(-0.3 * 3.915) = 31 %. */
    assert_near(stayed, GIVERS * exp(-0.3 * 1430 / 365.2425), 4 * sqrt(GIVERS * 0.31 * 0.69));
    small_close(&small);
}

static void test_a_lever_that_keeps_givers_keeps_those_of_budgets(void **state) {
    (void)state;
    small_world small;
    open_giver(
        &small, MONTHLY_100 ", drop_out: 0.1 /day",
        "levers: {depoliticised_support: {on: 2021-01-01, delay: 0 days, ramp: 0 days, drop_out: 0}}\n",
        true);
    expect_books(&small, 4.8e6, 4.8e6, 0);
    small_close(&small);
}

/* ---- lateness ---- */

static void test_money_that_is_three_years_late_pays_nothing_for_three_years(void **state) {
    (void)state;
    small_world small;
    open_giver(&small, "kind: state, yearly: {2021-01-01: 1.2 MUSD}, late: 36 months", "", false);
    for (uint32_t year = 0; year < 3; year++) {
        assert_same(spent_in(&small, "Giver", year), 0);
    }
    assert_true(spent_in(&small, "Giver", 3) > 0);
    assert_near(small_fate(&small, "Giver", "pledged"), 4.8e6, 1e-6);
    assert_near(small_fate(&small, "Giver", "disbursed"), 1.1e6, 1e5);
    small_close(&small);
}

static void test_state_money_that_is_three_years_late_releases_nothing_for_three_years(void **state) {
    (void)state;
    static const char *const late[] = {"streams.State.late", "36 months", NULL};
    for (int is_late = 0; is_late < 2; is_late++) {
        small_world small;
        small_open(&small, &SMALL, is_late ? late : NULL);
        double median = small_median(&small, 15, small_release, "Road");
        assert_true(is_late ? median > 1095 : median < 1095);
        assert_true(isfinite(median));
        small_close(&small);
    }
}

static void test_a_late_part_can_be_spent_in_the_year_in_which_it_comes(void **state) {
    (void)state;
    small_world small;
    static const char on_time[] = "kind: state, yearly: {2021-01-01: 1.2 MUSD, 2022-01-01: 0 USD}";
    open_giver(&small, on_time, "", false);
    double spent = small_fate(&small, "Giver", "spent");
    assert_same(spent_in(&small, "Giver", 1), 0);
    small_close(&small);
    char terms[256];
    snprintf(terms, sizeof terms, "%s, late: 200 days", on_time);
    open_giver(&small, terms, "", false);
    assert_near(small_fate(&small, "Giver", "disbursed"), 1.2e6, 1e-6);
    assert_true(spent_in(&small, "Giver", 1) > 0.25 * spent);
    assert_same(spent_in(&small, "Giver", 2), 0);
    small_close(&small);
}

/* The mean is what the scenario says, single instalments vary, and none comes before the one before it. */
static void test_lateness_has_its_mean_and_keeps_the_order(void **state) {
    (void)state;
    small_world small;
    static const double intervals[] = {28, 28, 28, 180};
    static const double means[] = {3, 40, 1000, 100};
    for (size_t i = 0; i < HW_LENGTH(means); i++) {
        char terms[256];
        snprintf(terms, sizeof terms, "kind: state, yearly: {2021-01-01: 1.2 MUSD}, late: %.0f days",
                 means[i]);
        open_giver(&small, terms, "", false);
        const hw_land *land = small_land(&small);
        const hw_stream_terms *giver = hw_stream_terms_of(land, 0);
        enum { DRAWS = 4000 };
        double sum = 0, before = -HUGE_VAL, least = HUGE_VAL, most = 0;
        for (uint64_t k = 0; k < DRAWS; k++) {
            double late = hw_income_lateness(land, &land->money.streams[0], giver, intervals[i], k);
            assert_true(late >= 0);
            assert_true((double)k * intervals[i] + late >= before);
            before = (double)k * intervals[i] + late;
            sum += late;
            least = fmin(least, late);
            most = fmax(most, late);
        }
        double spread = fmin(means[i], 0.5 * intervals[i]);
        assert_near(sum / DRAWS, means[i], 4 * spread / sqrt(3.0 * DRAWS));
        assert_true(most - least > 1.9 * spread);
        small_close(&small);
    }
}

static void test_tranches_are_late_too_and_lost_after_the_end_date(void **state) {
    (void)state;
    small_world small;
    static const char pledge[] = "kind: donor, amount: 400 kUSD, signing_lag: 0 days, first_tranche_lag: 0 "
                                 "days, tranches: 1, valid_for: %d days, late: 500 days";
    char terms[256];
    snprintf(terms, sizeof terms, pledge, 800);
    open_giver(&small, terms, "", false);
    assert_same(spent_in(&small, "Giver", 0), 0);
    assert_true(spent_in(&small, "Giver", 1) > 0);
    expect_books(&small, 4e5, 4e5, 0);
    small_close(&small);
    snprintf(terms, sizeof terms, pledge, 150); /* comes on day 400 at the earliest */
    open_giver(&small, terms, "", false);
    expect_books(&small, 4e5, 0, 4e5);
    small_close(&small);
}

/* ---- earmarks, fees, exchange ---- */

static void open_earmarked(small_world *small, const char *earmark) {
    char streams[512];
    snprintf(streams, sizeof streams,
             "streams:\n  State: {kind: state, yearly: {2021-01-01: 5 MUSD}}\n"
             "  Giver: {kind: donor, yearly: {2021-01-01: 2 MUSD}, %s}\n",
             earmark);
    small_text text = BARE;
    text.districts = "districts:\n  Here: {climate: none, undiscovered: 0}\n"
                     "  There: {climate: none, undiscovered: 0, access_from: 2060-01-01}\n";
    text.areas = "hazard_areas:\n"
                 "  Field: {district: Here, class: clean, setting: fields, area: 100 ha}\n"
                 "  Far: {district: There, class: clean, setting: fields, area: 100 ha}\n";
    text.streams = streams;
    text.operators = "operators: {Agency: {}, Nobody: {}}\n";
    text.places = "places:\n"
                  "  Farm: {district: Here, must_release: [Field], houses: 10, population: 40}\n"
                  "  Beyond: {district: There, must_release: [Far], houses: 10, population: 40}\n";
    small_open(small, &text, NULL);
    small_run(small, 1);
}

static void test_earmarks_hold_for_yearly_money(void **state) {
    (void)state;
    static const char *const never[] = {"only_districts: [There]",
                                        "only_operators: [Nobody]",
                                        "only_method: dogs",
                                        "only_place: Beyond",
                                        "pays: reconstruction, only_districts: [There]",
                                        "pays: reconstruction, only_place: Beyond"};
    static const char *const may[] = {"only_districts: [Here]",
                                      "only_operators: [Agency]",
                                      "only_method: battle_area",
                                      "only_place: Farm",
                                      "pays: reconstruction, only_districts: [Here]",
                                      "pays: reconstruction, only_place: Farm"};
    for (size_t i = 0; i < HW_LENGTH(may); i++) {
        small_world small;
        open_earmarked(&small, never[i]);
        assert_same(small_fate(&small, "Giver", "spent"), 0);
        small_close(&small);
        open_earmarked(&small, may[i]);
        assert_true(small_fate(&small, "Giver", "spent") > 0);
        small_close(&small);
    }
}

static void test_exchange_and_fees_of_yearly_money_are_counted(void **state) {
    (void)state;
    small_world small;
    open_giver(&small, MONTHLY_100 ", exchange: 1.5, overhead: 20 %", "", false);
    assert_near(small_fate(&small, "Giver", "pledged"), 1.5 * 4.8e6, 1e-6);
    double spent = small_fate(&small, "Giver", "spent");
    assert_true(spent > 1e5);
    assert_near(spent_for(&small, HW_PURPOSE_OVERHEAD), 0.2 * spent, 1); /* cents rounded in each payment */
    small_close(&small);
}

/* ---- what cannot work is refused ---- */

/* A value that the key takes wherever it is allowed. */
static const char *some_value(const hw_key *key) {
    switch (key->type) {
    case HW_KEY_QUANTITY:
        return key->standard != NULL ? key->standard : "1 MUSD";
    case HW_KEY_COUNT:
        return "2";
    case HW_KEY_DATE:
        return "2021-01-01";
    case HW_KEY_DATED:
        return "{2021-01-01: 2}";
    case HW_KEY_CHOICE:
        return key->choices[1];
    case HW_KEY_REFERENCE:
        return "Farm";
    default:
        return strcmp(key->refers_to, "districts") == 0 ? "[Here]" : "[Agency]";
    }
}

/* Each world keeps its own draw of a budget: times one changes no answer, times 1.2 each world's money. */
static void test_a_factor_scales_the_money_of_its_years_in_every_world(void **state) {
    (void)state;
    small_world plain, same, more;
    open_giver(&plain, "kind: donor, yearly: {2021-01-01: {p10: 1 MUSD, p50: 2 MUSD, p90: 5 MUSD}}", "",
               false);
    open_giver(
        &same,
        "kind: donor, yearly: {2021-01-01: {p10: 1 MUSD, p50: 2 MUSD, p90: 5 MUSD}}, factor: {2022: 1}", "",
        false);
    open_giver(
        &more,
        "kind: donor, yearly: {2021-01-01: {p10: 1 MUSD, p50: 2 MUSD, p90: 5 MUSD}}, factor: {2022: 1.2, "
        "2024-06-01: 7}",
        "", false);
    double before = 0;
    for (uint64_t r = 0; r < 5; r++) {
        small_run(&plain, r);
        small_run(&same, r);
        small_run(&more, r);
        assert_memory_equal(plain.record, same.record, plain.layout->bytes);
        double pledged = small_fate(&plain, "Giver", "pledged"); /* four budget years */
        assert_near(small_fate(&more, "Giver", "pledged"), pledged / 4 * (1 + 3 * 1.2), 0.05);
        assert_true(fabs(pledged - before) > 1);
        before = pledged;
    }
    small_close(&plain);
    small_close(&same);
    small_close(&more);
}

/* A world that begins within a budget year has the parts of it that are still due; years that are over are no
 * part of it. */
static void test_a_budget_year_that_runs_at_the_start_has_its_later_parts(void **state) {
    (void)state;
    static const char *const pairs[][2] = {
        {"kind: donor, yearly: {2018: 40 MUSD, 2019-07-01: 6 MUSD}",
         "kind: donor, yearly: {2021-01-01: 3 MUSD, 2021-07-01: 6 MUSD}"},
        {"kind: donor, yearly: {2018: 40 MUSD, 2020-12-15: 12 MUSD}",
         "kind: donor, yearly: {2021-01-01: 11 MUSD, 2021-12-01: 12 MUSD}"},
        {"kind: donor, yearly: {2018: 40 MUSD, 2020: 6 MUSD}", "kind: donor, yearly: {2021: 6 MUSD}"}};
    for (size_t i = 0; i < HW_LENGTH(pairs); i++) {
        small_world older, same;
        open_giver(&older, pairs[i][0], "", false);
        open_giver(&same, pairs[i][1], "", false);
        assert_near(small_fate(&older, "Giver", "pledged"), small_fate(&same, "Giver", "pledged"), 0.02);
        assert_near(small_fate(&older, "Giver", "spent"), small_fate(&same, "Giver", "spent"), 0.02);
        for (uint32_t y = 0; y < 4; y++) {
            assert_near(spent_in(&older, "Giver", y), spent_in(&same, "Giver", y), 0.02);
        }
        small_close(&older);
        small_close(&same);
    }
}

/* So does a share of an earlier entry; what comes after it may be a share of the share. */
static void test_a_share_of_an_earlier_budget_is_that_of_the_same_world(void **state) {
    (void)state;
#define DRAWN "kind: donor, yearly: {2021-01-01: {p10: 1 MUSD, p50: 2 MUSD, p90: 5 MUSD}"
    small_world plain, same, more, none;
    open_giver(&plain, DRAWN "}", "", false);
    open_giver(&same, DRAWN ", 2022: 100 % of 2021}", "", false);
    open_giver(&more,
               DRAWN ", 2022: 120 % of 2021, 2023: 50 % of 2022}, factor: {2022: 2, 2024: 50 % of 2022}", "",
               false);
    open_giver(&none, DRAWN ", 2022: 0 % of 2021}", "", false);
    for (uint64_t r = 0; r < 5; r++) {
        small_run(&plain, r);
        small_run(&same, r);
        small_run(&more, r);
        small_run(&none, r);
        assert_memory_equal(plain.record, same.record, plain.layout->bytes);
        double year = small_fate(&plain, "Giver", "pledged") / 4;
        assert_near(small_fate(&more, "Giver", "pledged"), year * (1 + 2 * 1.2 + 2 * 0.6 + 0.6), 0.05);
        assert_near(small_fate(&none, "Giver", "pledged"), year, 0.05);
    }
    small_close(&plain);
    small_close(&same);
    small_close(&more);
    small_close(&none);
}

static void expect_refusal(const char *terms, const hw_key *key) {
    small_text text = BARE;
    char streams[512];
    int before = snprintf(streams, sizeof streams, "streams:\n  Giver:\n    %s\n    ", terms);
    snprintf(streams + before, sizeof streams - (size_t)before, "%s: %s\n", key->name, some_value(key));
    text.streams = streams;
    char *yaml = small_join(&text);
    uint32_t line = 1;
    for (const char *at = yaml; at < strstr(yaml, streams); at++) {
        line += *at == '\n';
    }
    for (const char *at = streams; at < streams + before; at++) {
        line += *at == '\n';
    }
    small_world small;
    small_try(&small, yaml, &hw_land_release, NULL);
    char *errors = hw_errors_text(&small.errors);
    char expected[256];
    snprintf(expected, sizeof expected,
             "small.yaml:%u:5: '%s' would do nothing in stream 'Giver': it works only beside '%s'; ", line,
             key->name, key->only_with);
    if (strncmp(errors, expected, strlen(expected)) != 0) {
        print_error("expected %s\nfound %s", expected, errors);
        fail();
    }
    assert_int_equal(small.errors.count, 1);
    free(errors);
    small_close(&small);
    free(yaml);
}

static const hw_section *stream_section(void) {
    for (uint32_t k = 0; k < hw_scenario_section.key_count; k++) {
        if (strcmp(hw_scenario_section.keys[k].name, "streams") == 0) {
            return hw_scenario_section.keys[k].section;
        }
    }
    fail();
    return NULL;
}

static void test_what_cannot_work_is_refused_where_it_stands(void **state) {
    (void)state;
    const hw_section *section = stream_section();
    uint32_t of_pledges = 0, of_budgets = 0, earmarks = 0;
    for (uint32_t k = 0; k < section->key_count; k++) {
        const hw_key *key = &section->keys[k];
        if (key->only_with == NULL) {
            continue;
        }
        bool pledges = strcmp(key->only_with, "amount") == 0;
        of_pledges += pledges;
        bool budgets = strcmp(key->only_with, "yearly") == 0;
        of_budgets += budgets;
        earmarks += !pledges && !budgets;
        expect_refusal(pledges ? "kind: state\n    yearly: {2021-01-01: 1 MUSD}"
                               : "kind: donor\n    pays: victim_aid\n    amount: 1 MUSD",
                       key);
    }
    assert_int_equal(of_pledges, 8);
    assert_int_equal(of_budgets, 1);
    assert_int_equal(earmarks, 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_without_accession_a_conditional_budget_pays_nothing),
        cmocka_unit_test(test_what_waits_is_paid_when_the_condition_holds_within_its_budget_year),
        cmocka_unit_test(test_a_condition_that_always_holds_changes_nothing),
        cmocka_unit_test(test_the_free_first_year_of_performance_counts_from_the_first_budget),
        cmocka_unit_test(test_fighting_holds_the_parts_of_a_budget_back),
        cmocka_unit_test(test_a_giver_that_withdraws_budgets_no_more),
        cmocka_unit_test(test_the_day_of_withdrawal_is_exponential_with_the_rate),
        cmocka_unit_test(test_a_lever_that_keeps_givers_keeps_those_of_budgets),
        cmocka_unit_test(test_money_that_is_three_years_late_pays_nothing_for_three_years),
        cmocka_unit_test(test_state_money_that_is_three_years_late_releases_nothing_for_three_years),
        cmocka_unit_test(test_a_late_part_can_be_spent_in_the_year_in_which_it_comes),
        cmocka_unit_test(test_lateness_has_its_mean_and_keeps_the_order),
        cmocka_unit_test(test_tranches_are_late_too_and_lost_after_the_end_date),
        cmocka_unit_test(test_earmarks_hold_for_yearly_money),
        cmocka_unit_test(test_exchange_and_fees_of_yearly_money_are_counted),
        cmocka_unit_test(test_a_factor_scales_the_money_of_its_years_in_every_world),
        cmocka_unit_test(test_a_budget_year_that_runs_at_the_start_has_its_later_parts),
        cmocka_unit_test(test_a_share_of_an_earlier_budget_is_that_of_the_same_world),
        cmocka_unit_test(test_what_cannot_work_is_refused_where_it_stands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
