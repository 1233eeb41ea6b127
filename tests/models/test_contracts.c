#include "models/laws.h"
#include "models/method.h"
#include "tests/models/bare_world.h"

/* Contracts by the hectare: firms are paid by the m2 for ground that is accepted, and never take on more than
 * their capacity. In the bare world all ground goes to battle area search. */

/* An agency that surveys, and firms that search: 8,000 m2 a day and crew. */
static const char SURVEY_ONLY[] =
    "assets:\n"
    "  survey: {operator: Agency, method: non_technical_survey, teams: 1, on: 2021-01-01, standing: yes}\n";

#define FIRMS                                                                                                \
    "operators: {Agency: {}, Firms: {}}\n"                                                                   \
    "contracts: {Tenders: {operator: Firms, when: always, capacity: 2 km2/year, search_price: 0.5 USD/m2, "  \
    "surcharge: 0, mobilise: 30 days, term: 12 months, margin: 0, crews: 20}}\n"

static void open_with(small_world *small, const char *operators, const char *const *changes) {
    small_text text = BARE;
    text.operators = operators;
    text.assets = SURVEY_ONLY;
    small_open(small, &text, changes);
    small_run(small, 1);
}

static void open_firms(small_world *small, const char *const *changes) {
    open_with(small, FIRMS, changes);
}

static double paid(const small_world *small) {
    double usd = 0;
    for (uint32_t year = 0; year < small_land(small)->calendar.year_count; year++) {
        usd += small_at(small, "purpose_spent_usd", small_index(small, "purpose", "contracts"), year, 0, 0);
    }
    return usd;
}

static double unspent(const small_world *small, const char *reason) {
    double usd = 0;
    for (uint32_t year = 0; year < small_land(small)->calendar.year_count; year++) {
        usd += small_at(small, "unspent_usd", small_index(small, "stream", "State"),
                        small_index(small, "reason", reason), year, 0);
    }
    return usd;
}

static const char *const LARGE[] = {"hazard_areas.Field.area", "2000 ha", NULL};

static void test_money_paid_is_accepted_ground_times_the_price(void **state) {
    (void)state;
    small_world small;
    open_firms(&small, LARGE);
    double m2 = small_sum(&small, "contract_m2");
    assert_true(m2 > 1e6);
    assert_near(paid(&small), 0.5 * m2, 0.005);
    /* Nobody else searches: what is released was paid for once, and what is paid for is released, or soon. */
    double released = small_ledger(&small, HW_LEDGER_BATTLE_CLEARED);
    const hw_contracts *contracts = &small_land(&small)->contracts;
    m2 += (double)
              contracts->accepted_m2[hw_contract_cell(contracts, 0, 0, HW_JOB_SEARCH)]; /* paid next month */
    assert_true(m2 >= released - 1e-4 * m2);
    assert_true(m2 <= released + 0.1 * m2);
    small_close(&small);
}

/* One price for each contract, however unround, to the cent. */
static void test_each_contract_is_paid_by_its_own_price(void **state) {
    (void)state;
    const char *const changes[] = {"hazard_areas.Field.area",
                                   "2000 ha",
                                   "contracts.Tenders.surcharge",
                                   "70 %",
                                   "contracts.Tenders.search_price",
                                   "0.3337 USD/m2",
                                   "streams.State.overhead",
                                   "13 %",
                                   NULL};
    small_world small;
    open_firms(&small, changes);
    const hw_contracts *contracts = &small_land(&small)->contracts;
    assert_true(contracts->count > 20);
    for (uint32_t c = 0; c < contracts->count; c++) {
        const hw_contract *contract = &contracts->signed_[c];
        if (contract->m2 > 0) {
            double share = (double)contract->accepted_m2 / (double)contract->m2;
            assert_near((double)contract->paid_work, share * (double)contract->work, 0.51);
            assert_near((double)contract->paid_fees, share * (double)contract->fees, 0.51);
            assert_near((double)contract->fees, (double)contract->work * 0.13 / 0.87,
                        30); /* of 24 portions */
        }
    }
    small_close(&small);
}

static void test_never_more_than_the_capacity_of_a_year(void **state) {
    (void)state;
    small_world small;
    open_firms(&small, LARGE);
    const hw_land *land = small_land(&small);
    double signed_m2[4] = {0}, lead = 30 + 365.2425;
    for (uint32_t c = 0; c < land->contracts.count; c++) {
        const hw_contract *contract = &land->contracts.signed_[c];
        double day = contract->end_day - lead;
        signed_m2[day < 364 ? 0 : day < 729 ? 1 : day < 1094 ? 2 : 3] += (double)contract->m2;
    }
    double accepted = 0;
    for (uint32_t year = 0; year < 4; year++) {
        assert_true(signed_m2[year] <= 2e6);
        assert_true(signed_m2[year] > 1.9e6); /* money is ample, and so is ground */
        accepted += small_at(&small, "contract_m2", HW_JOB_SEARCH, year, 0, 0);
        assert_true(accepted <= 2e6 * (year + 1));
    }
    assert_true(unspent(&small, "contractors' capacity") > 1e6);
    small_close(&small);
}

static void test_nothing_is_paid_before_the_quality_check(void **state) {
    (void)state;
    const char *const unchecked[] = {"hazard_areas.Field.area", "2000 ha", "methods.quality_control.sampled",
                                     "100 %", NULL};
    small_world small;
    open_firms(&small, unchecked); /* all is sampled, and there are no teams to check it */
    const hw_contracts *contracts = &small_land(&small)->contracts;
    int64_t delivered = contracts->delivered_m2[hw_contract_cell(contracts, 0, 0, HW_JOB_SEARCH)];
    assert_true(delivered > 1000000);
    assert_near(small_sum(&small, "contract_m2"), 0, 0);
    assert_near(paid(&small), 0, 0);
    assert_true(unspent(&small, "contracts signed") >= 0.5 * (double)delivered);
    small_close(&small);
}

/* Ground that goes back is searched twice or more, and paid once. */
static void test_rejected_ground_is_done_again_at_the_firms_cost(void **state) {
    (void)state;
    double cost[2], days[2];
    for (int rejected = 0; rejected < 2; rejected++) {
        small_text text = BARE;
        text.operators = FIRMS;
        text.assets =
            "assets:\n"
            "  survey: {operator: Agency, method: non_technical_survey, teams: 1, on: 2021-01-01, standing: "
            "yes}\n"
            "  checks: {operator: Agency, method: quality_control, teams: 3, on: 2021-01-01, standing: "
            "yes}\n";
        const char *const changes[] = {"hazard_areas.Field.area",
                                       "150 ha",
                                       "methods.quality_control.sampled",
                                       "100 %",
                                       "methods.quality_control.lot",
                                       "10 km2",
                                       "methods.quality_control.rework",
                                       "100 %",
                                       "methods.quality_control.paper",
                                       "0 %",
                                       "methods.quality_control.procedural_failure",
                                       rejected ? "50 %" : "0 %",
                                       NULL};
        small_world small;
        small_open(&small, &text, changes);
        small_run(&small, 1);
        assert_near(small_ledger(&small, HW_LEDGER_BATTLE_CLEARED), 1.5e6, 0.5);
        assert_near(small_sum(&small, "contract_m2"), 1.5e6, 60); /* shares are rounded down to the m2 */
        cost[rejected] = paid(&small);
        days[rejected] = small_release(&small, "Farm");
        small_close(&small);
    }
    assert_near(cost[1], cost[0], 60);
    assert_true(days[1] > days[0]);
}

/* With money that a team needs to the last cent, nothing is spare; with more, the more is tendered, the team
 * is paid all the same, and less lapses. */
static void test_spare_money_takes_no_teams_wages(void **state) {
    (void)state;
    static const char *const budgets[] = {"{2021-01-01: 500 kUSD}", "{2021-01-01: 1500 kUSD}"};
    double without_pay[2], lapsed[2], spent[2];
    for (int rich = 0; rich < 2; rich++) {
        for (int firms = 0; firms < 2; firms++) {
            const char *const changes[] = {"hazard_areas.Field.area",
                                           "2000 ha",
                                           "streams.State.yearly",
                                           budgets[rich],
                                           "contracts.Tenders.when",
                                           "spare_money",
                                           "contracts.Tenders.crews",
                                           firms ? "20" : "0",
                                           "contracts.Tenders.capacity",
                                           firms ? "2 km2/year" : "0 km2/year",
                                           NULL};
            small_text text = BARE;
            text.operators = FIRMS;
            small_world small;
            small_open(&small, &text, changes);
            small_run(&small, 1);
            without_pay[firms] = small_land(&small)->districts[0].use_days[HW_USE_MONEY];
            lapsed[firms] = small_fate(&small, "State", "lapsed");
            spent[firms] = paid(&small);
            small_close(&small);
        }
        assert_near(without_pay[1], without_pay[0], 1e-9);
        assert_near(spent[0], 0, 0);
        assert_true(rich ? spent[1] > 1.5e6 : spent[1] <= 0);
        assert_true(rich ? lapsed[1] < lapsed[0] - 1.5e6 : lapsed[1] >= lapsed[0]);
    }
}

/* Money that is signed for does not end with its year. */
static void test_what_is_signed_is_paid_after_the_year(void **state) {
    (void)state;
    const char *const changes[] = {"hazard_areas.Field.area", "2000 ha", "streams.State.yearly",
                                   "{2021-01-01: 2 MUSD, 2022-01-01: 0 USD}", NULL};
    small_world small;
    open_firms(&small, changes);
    uint32_t purpose = small_index(&small, "purpose", "contracts");
    assert_true(small_at(&small, "purpose_spent_usd", purpose, 1, 0, 0) > 1e5);
    small_close(&small);
}

/* What nobody has begun by the end of a contract costs nothing, and its money goes with its year. */
static void test_what_is_not_done_in_time_is_not_paid(void **state) {
    (void)state;
    const char *const changes[] = {"hazard_areas.Field.area",
                                   "2000 ha",
                                   "contracts.Tenders.crews",
                                   "1",
                                   "contracts.Tenders.term",
                                   "60 days",
                                   NULL};
    small_world small;
    open_firms(&small, changes);
    double m2 = small_sum(&small, "contract_m2");
    assert_true(m2 > 1e6 && m2 < 1461 * 8000.0); /* what one crew can do */
    assert_near(paid(&small), 0.5 * m2, 1);
    assert_true(unspent(&small, "contracts signed") > 0);
    const hw_firm *firm = &small_land(&small)->contracts.firms[0];
    assert_true(firm->in_hand_m2[HW_JOB_SEARCH] < 1500000);
    small_close(&small);
}

/* Of a contract that is cut, what was begun is paid at its price, and no more money stays bound. */
static void test_a_contract_that_is_cut_keeps_its_price(void **state) {
    (void)state;
    const char *const changes[] = {"hazard_areas.Field.area",
                                   "2000 ha",
                                   "contracts.Tenders.crews",
                                   "1",
                                   "contracts.Tenders.term",
                                   "60 days",
                                   "streams.State.yearly",
                                   "{2021-01-01: 300 kUSD, 2021-03-01: 0 USD}",
                                   NULL};
    small_world small;
    open_firms(&small, changes);
    const hw_contracts *contracts = &small_land(&small)->contracts;
    int64_t m2 = 0, accepted = 0;
    for (uint32_t c = 0; c < contracts->count; c++) {
        const hw_contract *contract = &contracts->signed_[c];
        assert_near((double)contract->work, 50.0 * (double)contract->m2, 1);
        assert_near((double)contract->paid_work, 50.0 * (double)contract->accepted_m2, 1);
        m2 += contract->m2;
        accepted += contract->accepted_m2;
    }
    assert_true(m2 >= 100000 && m2 < 320000); /* signed for were 59 days of capacity, 323,000 m2 */
    /* A block of which a part is done is not accepted until somebody does the rest. */
    int64_t begun = contracts->delivered_m2[hw_contract_cell(contracts, 0, 0, HW_JOB_SEARCH)];
    assert_int_equal(m2 - accepted, begun);
    assert_true(begun < 100000);
    assert_near((double)small_land(&small)->money.streams[0].contracted, 50.0 * (double)begun, 1);
    /* Its year was over in March: what is not needed lapses, for that reason. */
    assert_near(unspent(&small, "contracts signed"), 0.5 * (59 * 2e6 / 365.2425 - (double)accepted), 1);
    small_close(&small);
}

/* That no money can ever pay the firm. */
static bool is_warned(const small_world *small) {
    bool warned = false;
    for (uint32_t i = 0; i < small->warnings.kept; i++) {
        warned |= strstr(small->warnings.items[i].message, "no money can ever pay 'Tenders'") != NULL;
    }
    return warned;
}

static void test_money_for_one_district_signs_no_contracts(void **state) {
    (void)state;
    static const char *const earmarks[] = {"streams.State.only_districts", "streams.State.only_place"};
    for (size_t i = 0; i < HW_LENGTH(earmarks); i++) {
        const char *const changes[] = {"hazard_areas.Field.area", "2000 ha", earmarks[i],
                                       i == 0 ? "[Here]" : "Farm", NULL};
        small_world small;
        open_firms(&small, changes);
        assert_int_equal(small_land(&small)->contracts.count, 0);
        assert_true(is_warned(&small));
        small_close(&small);
    }
    small_world small;
    open_firms(&small, LARGE);
    assert_true(small_land(&small)->contracts.count > 0 && !is_warned(&small));
    small_close(&small);
}

/* Crews and a slow machine share parcels: what is only prepared when they are through is cleared after, and
 * paid once. */
static void test_ground_that_a_machine_has_prepared_is_paid_once(void **state) {
    (void)state;
    small_text text = SMALL;
    text.operators =
        "operators: {Agency: {}, Firms: {}}\n"
        "contracts: {Tenders: {operator: Firms, when: always, capacity: 3 km2/year, term: 60 days,\n"
        "  technical_price: 0.1 USD/m2, search_price: 0.1 USD/m2, clearance_price: 1 USD/m2}}\n";
    text.assets =
        "assets:\n"
        "  survey: {operator: Agency, method: non_technical_survey, teams: 2, on: 2021-01-01, standing: "
        "yes}\n"
        "  machine: {operator: Agency, method: machines, teams: 2, on: 2021-01-01, standing: yes}\n";
    const char *const changes[] = {"planning.longest_task",
                                   "1 day",
                                   "methods.machines.rate",
                                   "800 m2/day",
                                   "methods.quality_control.sampled",
                                   "0 %",
                                   "safety.residual_finds",
                                   "0 /year",
                                   "safety.visit_accidents",
                                   "0 /year",
                                   "safety.duty_accidents",
                                   "0 /year",
                                   "safety.resident_accidents",
                                   "0 /year",
                                   NULL};
    small_world small;
    small_open(&small, &text, changes);
    for (uint64_t r = 0; r < 10; r++) {
        small_run(&small, r);
        double m2 = 0, reporting = 0;
        for (uint32_t year = 0; year < 10; year++) {
            m2 += small_at(&small, "contract_m2", HW_JOB_CLEARANCE, year, 0, 0);
        }
        for (uint32_t a = 0; a < small_land(&small)->ground.area_count; a++) {
            reporting += (double)small_land(&small)->ground.areas[a].reporting_m2;
        }
        assert_true(m2 > 1e4);
        assert_true(m2 <= small_ledger(&small, HW_LEDGER_MINE_CLEARED) + reporting);
    }
    small_close(&small);
}

/* Ground of all kinds that is left after some years, a mean of worlds, with so slow a machine or none. */
static double left_with(const char *unprepared, bool machine) {
    char operators[400], assets[400];
    snprintf(operators, sizeof operators,
             "operators: {Agency: {}, Firms: {}}\n"
             "contracts: {Tenders: {operator: Firms, when: always, capacity: 3 km2/year, unprepared: %s,\n"
             "  technical_price: 0.1 USD/m2, search_price: 0.1 USD/m2, clearance_price: 1 USD/m2}}\n",
             unprepared);
    snprintf(assets, sizeof assets,
             "assets:\n"
             "  survey: {operator: Agency, method: non_technical_survey, teams: 2, on: 2021-01-01, standing: "
             "yes}\n"
             "  checks: {operator: Agency, method: quality_control, teams: 2, on: 2021-01-01, standing: "
             "yes}\n%s",
             machine ? "  machine: {operator: Agency, method: machines, teams: 1, on: 2021-01-01, standing: "
                       "yes}\n"
                     : "");
    small_text text = SMALL;
    text.operators = operators;
    text.assets = assets;
    const char *const changes[] = {"methods.machines.rate", "60 m2/day", NULL};
    small_world small;
    small_open(&small, &text, changes);
    double left = 0;
    for (uint64_t r = 0; r < 10; r++) {
        small_run(&small, r);
        left += small_ledger(&small, HW_LEDGER_REMAINING) / 10;
    }
    small_close(&small);
    return left;
}

/* A slow machine holds up firms that wait for it, and no others. */
static void test_a_machine_holds_up_no_firm_that_takes_ground_as_it_is(void **state) {
    (void)state;
    double without = left_with("no", false), waiting = left_with("no", true),
           as_it_is = left_with("yes", true);
    assert_true(waiting > 1.2 * without);
    assert_true(as_it_is < 1.05 * without);
    assert_true(left_with("yes", false) == without);
}

/* Like ground proves clean, and planners call off what waits: what firms have done of a block is paid. */
static void test_ground_that_is_called_off_is_paid_as_far_as_it_is_done(void **state) {
    (void)state;
    const char *const changes[] = {"hazard_areas.Field.area",
                                   "300 ha",
                                   "contracts.Tenders.capacity",
                                   "0.25 km2/year",
                                   "planning.cancel_below",
                                   "20 %",
                                   "planning.missed_item_cost",
                                   "100 USD",
                                   "planning.prior_strength",
                                   "0.5",
                                   "classes.clean.believed_mined",
                                   "0.1 %",
                                   NULL};
    small_world small;
    open_firms(&small, changes);
    const hw_contracts *contracts = &small_land(&small)->contracts;
    double cancelled = small_ledger(&small, HW_LEDGER_CANCELLED),
           searched = small_ledger(&small, HW_LEDGER_BATTLE_CLEARED);
    double m2 = small_sum(&small, "contract_m2");
    assert_true(cancelled > 1e6);
    assert_true(m2 > searched && m2 < searched + 100000);
    assert_int_equal(contracts->delivered_m2[hw_contract_cell(contracts, 0, 0, HW_JOB_SEARCH)], 0);
    small_close(&small);
}

static double price_at(const char *capacity, const char *surcharge) {
    const char *const changes[] = {"hazard_areas.Field.area",
                                   "6000 ha",
                                   "contracts.Tenders.capacity",
                                   capacity,
                                   "contracts.Tenders.surcharge",
                                   surcharge,
                                   "streams.State.yearly",
                                   "{2021-01-01: 1 MUSD}",
                                   NULL};
    small_world small;
    open_firms(&small, changes);
    double usd = paid(&small) / small_sum(&small, "contract_m2");
    small_close(&small);
    return usd;
}

static void test_prices_rise_with_the_share_of_capacity_taken(void **state) {
    (void)state;
    double full = price_at("1 km2/year", "50 %"), half = price_at("3 km2/year", "50 %"),
           little = price_at("60 km2/year", "50 %");
    assert_near(price_at("1 km2/year", "0 %"), 0.5, 1e-6);
    assert_true(full > half && half > little);
    assert_true(little > 0.5 && little < 0.52);
    assert_true(full > 0.65 && full <= 0.75 + 0.01); /* half as much again when all is taken */
}

/* From a date on contracts cost so many times as much, those that were signed before do not. */
static void test_a_factor_moves_the_prices_of_what_is_signed_from_its_date_on(void **state) {
    (void)state;
    const char *const changes[] = {"hazard_areas.Field.area", "2000 ha", "contracts.Tenders.factor",
                                   "{2019-03-01: 3, 2020-01-01: 1, 2022-01-01: 2.5}", NULL};
    small_world small;
    open_firms(&small, changes);
    const hw_contracts *contracts = &small_land(&small)->contracts;
    uint32_t dear = 0, cheap = 0;
    for (uint32_t c = 0; c < contracts->count; c++) {
        const hw_contract *contract = &contracts->signed_[c];
        double day = contract->end_day - 30 - 365.2425, factor = day < 364.5 ? 1 : 2.5;
        if (contract->m2 > 0) {
            assert_near((double)contract->work, 50 * factor * (double)contract->m2, 25);
            dear += factor > 1;
            cheap += factor <= 1;
        }
    }
    assert_true(dear > 5 && cheap > 5);
    small_close(&small);
}

/* Firms that are at work when the world begins have crews on the ground on the next planning day, on ground
 * that the year's capacity does not count. */
static void test_what_is_in_hand_at_the_start_is_worked_on_at_once(void **state) {
    (void)state;
    const char *const none[] = {"hazard_areas.Field.area", "2000 ha", NULL};
    const char *const some[] = {"hazard_areas.Field.area",
                                "2000 ha",
                                "contracts.Tenders.in_hand",
                                "100 ha",
                                "hazard_areas.Field.surveyed",
                                "yes",
                                NULL};
    small_world idle, busy;
    open_firms(&idle, none);
    open_firms(&busy, some);
    const hw_contracts *contracts = &small_land(&busy)->contracts;
    double first_day = 0, first_year = 0;
    for (uint32_t c = 0; c < contracts->count; c++) {
        double day = contracts->signed_[c].end_day - 30 - 365.2425;
        first_day += day < 1 ? (double)contracts->signed_[c].m2 : 0;
        first_year += day < 364.5 ? (double)contracts->signed_[c].m2 : 0;
    }
    assert_true(first_day > 1e6 && first_day <= 1e6 + 31 * 2e6 / 365.2425);
    assert_true(first_year > 2.9e6 && first_year <= 3e6);
    /* Report times are some weeks: by the end of March the one has released ground, and the other has not
     * begun before the first of the month. */
    assert_true(small_at(&idle, "district_asset_days", 0, HW_USE_WORKING, 0, 0) <
                small_at(&busy, "district_asset_days", 0, HW_USE_WORKING, 0, 0));
    assert_same(small_at(&idle, "ledger_m2", 2, HW_LEDGER_BATTLE_CLEARED, 0, 0), 0);
    assert_true(small_at(&busy, "ledger_m2", 2, HW_LEDGER_BATTLE_CLEARED, 0, 0) > 0);
    small_close(&idle);
    small_close(&busy);
}

static void test_more_capacity_is_never_later(void **state) {
    (void)state;
    static const char *const capacities[] = {"0.3 km2/year", "0.5 km2/year", "1 km2/year",
                                             "2 km2/year",   "5 km2/year",   "20 km2/year"};
    double before = HUGE_VAL, released = 0;
    for (size_t i = 0; i < HW_LENGTH(capacities); i++) {
        const char *const changes[] = {"hazard_areas.Field.area", "100 ha", "contracts.Tenders.capacity",
                                       capacities[i], NULL};
        small_world small;
        open_firms(&small, changes);
        double day = small_release(&small, "Farm"), m2 = small_ledger(&small, HW_LEDGER_BATTLE_CLEARED);
        day = isnan(day) ? HUGE_VAL : day;
        assert_true(day <= before && m2 >= released);
        before = day;
        released = m2;
        small_close(&small);
    }
    assert_true(before < 365); /* one crew in 125 days, once it is there */
}

static void test_crews_come_as_late_as_they_mobilise(void **state) {
    (void)state;
    double days[2];
    for (int i = 0; i < 2; i++) {
        const char *const changes[] = {"contracts.Tenders.mobilise", i == 0 ? "10 days" : "310 days",
                                       "contracts.Tenders.capacity", "50 km2/year", NULL};
        small_world small;
        open_firms(&small, changes);
        days[i] = small_release(&small, "Farm");
        small_close(&small);
    }
    assert_near(days[1] - days[0], 300, 31); /* ready on planning days */
}

/* Firms whose capacity is nothing are as if they were not there. */
static void test_without_capacity_nothing_changes(void **state) {
    (void)state;
    const char *const none[] = {"contracts.Tenders.capacity", "0 km2/year", NULL};
    small_text with = SMALL, without = SMALL;
    with.operators =
        "operators:\n"
        "  Agency: {}\n"
        "  Firm: {pace: 1.2, quality: 1.5, cost: 1.1, permit_delay: 60 days}\n"
        "  Firms: {}\n"
        "contracts: {Tenders: {operator: Firms, capacity: 1 km2/year, search_price: 0.1 USD/m2}}\n";
    small_world a, b;
    small_open(&a, &with, none);
    small_open(&b, &without, NULL);
    for (uint64_t r = 0; r < 5; r++) {
        small_run(&a, r);
        small_run(&b, r);
        for (uint32_t ledger = 0; ledger < HW_LEDGERS; ledger++) {
            assert_near(small_ledger(&a, ledger), small_ledger(&b, ledger), 0);
        }
        assert_near(small_sum(&a, "purpose_spent_usd"), small_sum(&b, "purpose_spent_usd"), 0);
        assert_near(small_sum(&a, "place_people"), small_sum(&b, "place_people"), 0);
    }
    assert_null(hw_record_find(b.layout, "contract_m2")); /* nor do results speak of them */
    small_close(&a);
    small_close(&b);
}

/* Whether values are larger than others of the same worlds, beyond what the 95 % interval of the difference
 * explains.
 */
static bool are_more(const double *values, const double *others, uint64_t count) {
    double sum = 0, squares = 0;
    for (uint64_t i = 0; i < count; i++) {
        double more = values[i] - others[i];
        sum += more;
        squares += more * more;
    }
    double mean = sum / (double)count, variance = squares / (double)count - mean * mean;
    return mean > 1.96 * sqrt(variance / (double)count);
}

/* A country where much lapses: contracts with that money are never later, in the median, and release no less;
 * and so it is with more capacity. Nearly all is released: what a single world finds late is no harm done. */
static void test_contracts_with_spare_money_never_make_things_worse(void **state) {
    (void)state;
    enum { WORLDS = 100 };
    static const char *const capacities[] = {"0 km2/year", "0.2 km2/year", "1 km2/year"};
    static const char *const names[] = {"Road", "Town", "Village"};
    small_text text = SMALL;
    text.time = "name: small\nstart: 2021-01-01\nhorizon: 2026-12-31\n";
    text.operators =
        "operators:\n"
        "  Agency: {}\n"
        "  Firm: {pace: 1.2, quality: 1.5, cost: 1.1, permit_delay: 60 days}\n"
        "  Firms: {}\n"
        "contracts: {Tenders: {operator: Firms, capacity: 0 km2/year, survey_price: 0.01 USD/m2,\n"
        "  technical_price: 0.1 USD/m2, search_price: 0.1 USD/m2, clearance_price: 1 USD/m2}}\n";
    double days[3] = {HUGE_VAL, HUGE_VAL, HUGE_VAL}, left[2][WORLDS];
    for (size_t i = 0; i < HW_LENGTH(capacities); i++) {
        const char *const changes[] = {"contracts.Tenders.capacity", capacities[i], NULL};
        small_world small;
        small_open(&small, &text, changes);
        double *now = left[i % 2], *before = left[1 - i % 2];
        for (uint64_t r = 0; r < WORLDS; r++) {
            small_run(&small, r);
            now[r] = small_ledger(&small, HW_LEDGER_REMAINING);
        }
        assert_false(i > 0 && are_more(now, before, WORLDS));
        for (size_t p = 0; p < HW_LENGTH(names); p++) {
            double day = small_median(&small, WORLDS, small_release, names[p]);
            assert_true(day <= days[p] + 15); /* noise of half a month between planning days */
            days[p] = day;
        }
        small_close(&small);
    }
}

static void assert_refused(const char *operators, const char *assets, const char *words) {
    small_text text = BARE;
    text.operators = operators;
    text.assets = assets;
    char *yaml = small_join(&text);
    small_world small;
    small_try(&small, yaml, &hw_land_release, NULL);
    assert_false(small.good);
    char *errors = hw_errors_text(&small.errors);
    assert_non_null(strstr(errors, words));
    free(errors);
    free(yaml);
    small_close(&small);
}

/* Law: wages that are paid already hold back no spare money: what lapses in a year is less than a month's. */
static void test_no_month_of_wages_is_held_back_twice(void **state) {
    (void)state;
    small_text text = BARE;
    text.operators = FIRMS;
    text.assets =
        "assets:\n"
        "  survey: {operator: Agency, method: non_technical_survey, teams: 1, on: 2021-01-01, standing: "
        "yes}\n"
        "  battle: {operator: Agency, method: battle_area, teams: 20, on: 2021-01-01, standing: yes}\n";
    text.streams = "streams: {State: {kind: state, yearly: {2021-01-01: 10 MUSD}}}\n";
    const char *const changes[] = {"hazard_areas.Field.area",
                                   "60000 ha",
                                   "contracts.Tenders.when",
                                   "spare_money",
                                   "contracts.Tenders.capacity",
                                   "100 km2/year",
                                   "contracts.Tenders.crews",
                                   "300",
                                   NULL};
    small_world small;
    small_open(&small, &text, changes);
    small_run(&small, 1);
    double month_usd = 20 * 1000 * 30.4, lapsed = 0;
    for (uint32_t reason = 0; reason < HW_UNSPENT_REASONS; reason++) {
        lapsed += small_at(&small, "unspent_usd", 0, reason, 1, 0); /* of 2022 */
    }
    assert_true(paid(&small) > 3e6);
    assert_true(lapsed < 0.5 * month_usd);
    small_close(&small);
}

/* Law: firms sign for no ground on which they may not work. */
static void test_firms_sign_only_for_ground_that_they_may_work_on(void **state) {
    (void)state;
    small_text text = BARE;
    text.ground =
        "climates: {none: {winter_lost: 0 days, heat_lost_dogs: 0 days, field_share: 1, weather_sd: 0}}\n"
        "settings: {fields: {hazard: battle}, woods: {hazard: battle}}\n"
        "classes: {clean: {mined: 0, battle: 0, patchy: 0, believed_mined: 1 %, believed_battle: 50 %}}\n";
    text.areas = "hazard_areas:\n"
                 "  Field: {district: Here, class: clean, setting: fields, area: 3000 ha}\n"
                 "  Wood: {district: Here, class: clean, setting: woods, area: 10 ha}\n";
    text.operators = FIRMS;
    text.assets = SURVEY_ONLY;
    const char *const changes[] = {"operators.Firms.works_on", "[woods]", NULL};
    small_world small;
    small_open(&small, &text, changes);
    small_run(&small, 1);
    double signed_m2 = 0;
    for (uint32_t c = 0; c < small_land(&small)->contracts.count; c++) {
        signed_m2 += (double)small_land(&small)->contracts.signed_[c].m2;
    }
    assert_true(signed_m2 > 0 && signed_m2 <= 1.01e5);
    small_close(&small);
}

static void test_firms_have_no_teams_and_one_contract(void **state) {
    (void)state;
    assert_refused("operators: {Agency: {}}\n"
                   "contracts: {Tenders: {operator: Agency, capacity: 1 km2/year, search_price: 1 USD/m2}}\n",
                   BARE.assets, "Agency works by contract ('Tenders') and lists no teams");
    assert_refused("operators: {Agency: {}, Firms: {}}\n"
                   "contracts:\n"
                   "  One: {operator: Firms, capacity: 1 km2/year, search_price: 1 USD/m2}\n"
                   "  Other: {operator: Firms, capacity: 1 km2/year, clearance_price: 1 USD/m2}\n",
                   BARE.assets, "Firms has the contract 'One' already");
}

/* Every kind of work, in a country where teams do it, too: the laws hold (the run checks them), and each job
 * is signed for. */
static void test_firms_do_all_kinds_of_work_beside_teams(void **state) {
    (void)state;
    small_text text = SMALL;
    text.operators = "operators:\n"
                     "  Agency: {}\n"
                     "  Firm: {pace: 1.2, quality: 1.5, cost: 1.1, permit_delay: 60 days}\n"
                     "  Firms: {quality: 5, pace: 0.8}\n"
                     "contracts: {Tenders: {operator: Firms, when: always, capacity: 0.5 km2/year,\n"
                     "  survey_price: 0.01 USD/m2, technical_price: 0.1 USD/m2, search_price: 0.1 USD/m2,\n"
                     "  clearance_price: 1 USD/m2}}\n";
    const char *const changes[] = {"methods.quality_control.sampled", "60 %",
                                   "methods.quality_control.procedural_failure", "40 %", NULL};
    double m2[HW_JOBS] = {0};
    small_world small;
    small_open(&small, &text, changes);
    for (uint64_t r = 0; r < 10; r++) {
        small_run(&small, r);
        for (uint32_t job = 0; job < HW_JOBS; job++) {
            for (uint32_t year = 0; year < 10; year++) {
                m2[job] += small_at(&small, "contract_m2", job, year, 0, 0);
            }
        }
    }
    for (uint32_t job = 0; job < HW_JOBS; job++) {
        assert_true(m2[job] > 0);
    }
    small_close(&small);
}

/* Where nearly all work is tendered, as in Croatia, firms finish the country: also parcels that wait for
 * machines, of which there are none, and ground that the quality check sends back. */
static void test_a_country_that_tenders_all_is_finished(void **state) {
    (void)state;
    small_text text = SMALL;
    text.operators = "operators: {Agency: {}, Firms: {}}\n"
                     "contracts: {Tenders: {operator: Firms, when: always, capacity: 3 km2/year,\n"
                     "  technical_price: 0.1 USD/m2, search_price: 0.1 USD/m2, clearance_price: 1 USD/m2}}\n";
    text.assets =
        "assets:\n"
        "  survey: {operator: Agency, method: non_technical_survey, teams: 2, on: 2021-01-01, standing: "
        "yes}\n"
        "  calls: {operator: Agency, method: spot_tasks, teams: 1, on: 2021-01-01, standing: yes}\n"
        "  checks: {operator: Agency, method: quality_control, teams: 2, on: 2021-01-01, standing: yes}\n";
    const char *const changes[] = {"methods.manual.team.move_cost", "1 MUSD",
                                   "methods.battle_area.team.move_cost", "1 MUSD", NULL};
    small_world small;
    small_open(&small, &text, changes);
    for (uint64_t r = 0; r < 10; r++) {
        small_run(&small, r);
        double moves = 0;
        for (uint32_t year = 0; year < 10; year++) {
            moves += small_at(&small, "purpose_spent_usd", HW_PURPOSE_MOVES, year, 0, 0);
        }
        assert_true(moves < 1e6); /* of the agency: how firms move is their own affair */
        double released = small_sum(&small, "suspected_m2") + small_sum(&small, "new_area_m2") -
                          small_ledger(&small, HW_LEDGER_REMAINING);
        assert_true(small_ledger(&small, HW_LEDGER_REMAINING) < 0.02 * released);
        assert_true(small_release(&small, "Town") < 2500);
        assert_true(small_ledger(&small, HW_LEDGER_MINE_CLEARED) > 1e4);
    }
    small_close(&small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_money_paid_is_accepted_ground_times_the_price),
        cmocka_unit_test(test_each_contract_is_paid_by_its_own_price),
        cmocka_unit_test(test_never_more_than_the_capacity_of_a_year),
        cmocka_unit_test(test_nothing_is_paid_before_the_quality_check),
        cmocka_unit_test(test_rejected_ground_is_done_again_at_the_firms_cost),
        cmocka_unit_test(test_spare_money_takes_no_teams_wages),
        cmocka_unit_test(test_what_is_signed_is_paid_after_the_year),
        cmocka_unit_test(test_what_is_not_done_in_time_is_not_paid),
        cmocka_unit_test(test_a_contract_that_is_cut_keeps_its_price),
        cmocka_unit_test(test_ground_that_is_called_off_is_paid_as_far_as_it_is_done),
        cmocka_unit_test(test_money_for_one_district_signs_no_contracts),
        cmocka_unit_test(test_ground_that_a_machine_has_prepared_is_paid_once),
        cmocka_unit_test(test_a_machine_holds_up_no_firm_that_takes_ground_as_it_is),
        cmocka_unit_test(test_prices_rise_with_the_share_of_capacity_taken),
        cmocka_unit_test(test_a_factor_moves_the_prices_of_what_is_signed_from_its_date_on),
        cmocka_unit_test(test_what_is_in_hand_at_the_start_is_worked_on_at_once),
        cmocka_unit_test(test_more_capacity_is_never_later),
        cmocka_unit_test(test_crews_come_as_late_as_they_mobilise),
        cmocka_unit_test(test_without_capacity_nothing_changes),
        cmocka_unit_test(test_contracts_with_spare_money_never_make_things_worse),
        cmocka_unit_test(test_no_month_of_wages_is_held_back_twice),
        cmocka_unit_test(test_firms_sign_only_for_ground_that_they_may_work_on),
        cmocka_unit_test(test_firms_have_no_teams_and_one_contract),
        cmocka_unit_test(test_a_country_that_tenders_all_is_finished),
        cmocka_unit_test(test_firms_do_all_kinds_of_work_beside_teams),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
