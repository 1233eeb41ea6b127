#include "models/land.h"
#include "sim/length.h"
#include "tests/models/small_world.h"

/* The outcome record: each number written, none over another, and all sums alike. */

static void test_variables_lie_in_the_record_without_overlap(void **state) {
    (void)state;
    small_world small;
    small_open(&small, &SMALL, NULL);
    unsigned char *taken = calloc(1, small.layout->bytes);
    assert_non_null(taken);
    for (uint32_t v = 0; v < small.layout->variable_count; v++) {
        const hw_variable *variable = &small.layout->variables[v];
        size_t bytes = variable->count * hw_number_bytes(variable->type);
        assert_true(bytes > 0);
        assert_true(variable->offset + bytes <= small.layout->bytes);
        for (size_t i = 0; i < bytes; i++) {
            assert_int_equal(taken[variable->offset + i]++, 0);
        }
    }
    free(taken);
    small_close(&small);
}

static void test_every_number_of_the_record_is_written(void **state) {
    (void)state;
    small_world small;
    small_open(&small, &SMALL, NULL);
    unsigned char *first = malloc(small.layout->bytes);
    assert_non_null(first);
    memset(small.record, 0xAA, small.layout->bytes);
    small_run(&small, 5);
    memcpy(first, small.record, small.layout->bytes);
    memset(small.record, 0x55, small.layout->bytes);
    small_run(&small, 5);
    for (uint32_t v = 0; v < small.layout->variable_count; v++) {
        const hw_variable *variable = &small.layout->variables[v];
        size_t bytes = variable->count * hw_number_bytes(variable->type);
        if (memcmp(first + variable->offset, small.record + variable->offset, bytes) != 0) {
            print_error("%s is not written as a whole\n", variable->name);
            fail();
        }
    }
    free(first);
    small_close(&small);
}

/* ---- sums ---- */

static void assert_equal_sums(double a, double b, double relative, const char *what) {
    if (!(fabs(a - b) <= relative * (1 + fabs(a)))) {
        print_error("%s: %.9g and %.9g\n", what, a, b);
        fail();
    }
}

/* The sum over all indices of the last-but-`from_end` step of the slowest-varying axes. */
static double last_of_series(const small_world *small, const char *name) {
    const hw_variable *variable = small_variable(small, name);
    uint32_t steps = small_length(small, variable, variable->rank - 1);
    double sum = 0;
    for (size_t i = steps - 1; i < variable->count; i += steps) {
        sum += small_number(small, variable, i);
    }
    return sum;
}

static double last_month(const small_world *small, const char *name, uint32_t kinds) {
    double sum = 0;
    for (uint32_t k = 0; k < kinds; k++) {
        sum += small_last_month(small, name, k);
    }
    return sum;
}

static void check_area(const small_world *small) {
    double whole = small_sum(small, "suspected_m2") + small_sum(small, "new_area_m2");
    assert_same(last_month(small, "ledger_m2", HW_LEDGERS), whole);
    assert_same(last_of_series(small, "district_ledger_m2"), whole);
    const hw_variable *ledger = small_variable(small, "ledger_m2");
    double before = small_sum(small, "suspected_m2");
    for (uint32_t month = 0; month < small_length(small, ledger, 0); month++) {
        double sum = 0;
        for (uint32_t k = 0; k < HW_LEDGERS; k++) {
            double area = small_at(small, "ledger_m2", month, k, 0, 0);
            assert_true(area >= 0);
            sum += area;
        }
        assert_true(sum >= before); /* ground is found, never lost */
        before = sum;
    }
}

static void check_items(const small_world *small) {
    for (uint32_t d = 0; d < 2; d++) {
        for (uint32_t type = 0; type < HW_ITEM_TYPES; type++) {
            double accounted = 0;
            for (uint32_t k = HW_STATE_FOUND; k < HW_ITEM_STATES; k++) {
                accounted += small_at(small, "district_items", d, type, k, 0);
            }
            assert_same(accounted, small_at(small, "district_items", d, type, HW_STATE_LAID, 0));
        }
    }
    double found = 0;
    for (uint32_t d = 0; d < 2; d++) {
        for (uint32_t type = 0; type < HW_ITEM_TYPES; type++) {
            found += small_at(small, "district_items", d, type, HW_STATE_FOUND, 0);
        }
    }
    assert_equal_sums(found, last_of_series(small, "district_found"), 1e-6, "items found");
    assert_equal_sums(found, last_month(small, "found", HW_ITEM_TYPES), 1e-6, "items found by month");
}

static void check_people(const small_world *small) {
    double back = last_month(small, "people_back", 1);
    assert_equal_sums(back, last_of_series(small, "district_people"), 1e-5, "people back");
    assert_equal_sums(back, last_of_series(small, "place_people"), 1e-5, "people of places");
    assert_equal_sums(last_month(small, "victims", HW_VICTIMS), last_of_series(small, "district_victims"),
                      1e-6, "victims");
}

static void check_money(const small_world *small) {
    double spent = 0;
    const hw_variable *fates = small_variable(small, "stream_usd");
    for (uint32_t s = 0; s < small_length(small, fates, 0); s++) {
        const char *name = small->layout->axes[fates->axis[0]].labels[s];
        double years = 0;
        for (uint32_t y = 0; y < small_length(small, small_variable(small, "stream_spent_usd"), 1); y++) {
            years += small_at(small, "stream_spent_usd", s, y, 0, 0);
        }
        spent += years;
        assert_equal_sums(years, small_fate(small, name, "spent"), 1e-12, "spent over the years");
        double out = small_fate(small, name, "spent") + small_fate(small, name, "lapsed") +
                     small_fate(small, name, "returned") + small_fate(small, name, "held");
        assert_equal_sums(out, small_fate(small, name, "disbursed"), 1e-12, "money in and out");
    }
    assert_equal_sums(spent, small_sum(small, "purpose_spent_usd"), 1e-12, "spent by purpose");
}

static void check_teams(const small_world *small) {
    const hw_land *land = small_land(small);
    double days = 0;
    for (uint32_t t = 0; t < land->force.team_count; t++) {
        days += land->horizon - fmax(0, land->force.teams[t].since_order);
    }
    assert_equal_sums(days,
                      last_of_series(small, "district_asset_days") + small_sum(small, "unposted_asset_days"),
                      1e-5, "team-days");
}

static void check_delays(const small_world *small) {
    const hw_variable *release = small_variable(small, "place_release_day");
    for (uint32_t p = 0; p < release->count; p++) {
        double charged = 0;
        for (uint32_t cause = 0; cause < HW_CAUSES; cause++) {
            double days = small_at(small, "place_delay_days", p, cause, 0, 0);
            assert_true(days >= 0);
            charged += days;
        }
        /* To the release of all of it and the first families, whichever is later. */
        bool homes = small_land(small)->places[p].planned_houses >= 1;
        double to = small_at(small, "place_release_day", p, 0, 0, 0);
        double home = homes ? small_at(small, "place_first_return_day", p, 0, 0, 0) : to;
        to = isnan(to) || isnan(home) ? small_land(small)->horizon : fmax(to, home);
        assert_equal_sums(charged, to, 1e-9, "delay ledger"); /* all are wanted from day 0 */
    }
}

static void check_steps(const small_world *small) {
    const hw_variable *release = small_variable(small, "place_release_day");
    for (uint32_t p = 0; p < release->count; p++) {
        /* Clearance of a place and building in it each have their order; they go on beside each other. */
        static const hw_step order[] = {HW_STEP_ACCESS,   HW_STEP_FIRST_WORK,  HW_STEP_LAST_TASK,
                                        HW_STEP_RELEASED, HW_STEP_ACCESS,      HW_STEP_FIRST_WORK,
                                        HW_STEP_BUILDING, HW_STEP_FIRST_HOMES, HW_STEP_HALF};
        double before = -1;
        for (size_t i = 0; i < HW_LENGTH(order); i++) {
            double day = small_at(small, "place_step_day", p, order[i], 0, 0);
            before = order[i] == HW_STEP_ACCESS ? -1 : before;
            if (!isnan(day)) {
                assert_true(day >= before);
                before = day;
            }
        }
        double released = small_at(small, "place_step_day", p, HW_STEP_RELEASED, 0, 0);
        double day = small_number(small, release, p);
        assert_true(released == day || (isnan(released) && isnan(day)));
    }
}

static void check_sums(const small_text *text, const char *const *changes) {
    small_world small;
    small_open(&small, text, changes);
    for (uint64_t r = 0; r < 10; r++) {
        small_run(&small, r);
        check_area(&small);
        check_items(&small);
        check_people(&small);
        check_money(&small);
        check_teams(&small);
        check_delays(&small);
        check_steps(&small);
    }
    small_close(&small);
}

static void test_sums_of_the_outcome_agree_for_each_series_step(void **state) {
    (void)state;
    static const char *const steps[] = {"year", "quarter", "month"};
    for (size_t i = 0; i < 3; i++) {
        const char *changes[] = {"results.district_series", steps[i], NULL};
        check_sums(&SMALL, changes);
    }
}

static void test_sums_of_the_outcome_agree_when_work_does_not_end(void **state) {
    (void)state;
    static const char *const changes[] = {"horizon", "2022-05-17", "streams.State.yearly",
                                          "{2021-01-01: 2 MUSD}", NULL};
    check_sums(&SMALL, changes);
}

static void test_cumulative_series_never_fall(void **state) {
    (void)state;
    small_world small;
    static const char *const monthly[] = {"results.district_series", "month", NULL};
    small_open(&small, &SMALL, monthly);
    static const char *const names[] = {"district_found", "district_victims", "district_asset_days",
                                        "district_people", "place_people"};
    for (uint64_t r = 0; r < 5; r++) {
        small_run(&small, r);
        for (size_t n = 0; n < HW_LENGTH(names); n++) {
            const hw_variable *variable = small_variable(&small, names[n]);
            uint32_t steps = small_length(&small, variable, variable->rank - 1);
            for (size_t i = 0; i < variable->count; i++) {
                assert_true(small_number(&small, variable, i) >= 0);
                if (i % steps != 0) {
                    assert_true(small_number(&small, variable, i) >= small_number(&small, variable, i - 1));
                }
            }
        }
    }
    small_close(&small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_variables_lie_in_the_record_without_overlap),
        cmocka_unit_test(test_every_number_of_the_record_is_written),
        cmocka_unit_test(test_sums_of_the_outcome_agree_for_each_series_step),
        cmocka_unit_test(test_sums_of_the_outcome_agree_when_work_does_not_end),
        cmocka_unit_test(test_cumulative_series_never_fall),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
