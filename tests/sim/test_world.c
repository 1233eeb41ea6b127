#include "sim/world.h"
#include "tests/counted_requests.h"
#include "tests/sim/check.h"
#include "tests/sim/models/exchange.h"
#include "tests/sim/models/service_station.h"
#include <stdlib.h>

static exchange_scenario any_scenario(void) {
    exchange_scenario scenario = {.horizon = 365.0, .month = 30.0, .fault = EXCHANGE_FAULTLESS};
    for (uint32_t p = 0; p < EXCHANGE_VILLAGES; p++) {
        scenario.village[p] = p;
    }
    return scenario;
}

static hw_status replicate(hw_world *world, uint64_t replication, exchange_outcome *outcome,
                           hw_failure *failure) {
    memset(outcome, 0, sizeof *outcome);
    return hw_world_replicate(world, (hw_rng_key){1, replication}, (unsigned char *)outcome, NULL, failure);
}

static exchange_outcome outcome_of(const exchange_scenario *scenario, uint64_t replication) {
    hw_world world;
    hw_failure failure;
    exchange_outcome outcome;
    assert_int_equal(hw_world_create(&world, &exchange_model, scenario), HW_OK);
    assert_int_equal(replicate(&world, replication, &outcome, &failure), HW_OK);
    hw_world_destroy(&world);
    return outcome;
}

static void test_the_order_of_processes_does_not_change_the_outcome(void **state) {
    (void)state;
    exchange_scenario scenario = any_scenario();
    exchange_outcome straight = outcome_of(&scenario, 3);
    for (uint64_t shuffle = 0; shuffle < 50; shuffle++) {
        for (uint32_t i = EXCHANGE_VILLAGES - 1; i > 0; i--) { /* Fisher and Yates */
            uint32_t j = (uint32_t)(hw_draw((hw_rng_key){9, shuffle}, i, 0, 0) * (i + 1));
            uint32_t village = scenario.village[i];
            scenario.village[i] = scenario.village[j];
            scenario.village[j] = village;
        }
        exchange_outcome shuffled = outcome_of(&scenario, 3);
        assert_memory_equal(&shuffled, &straight, sizeof straight);
    }
}

static void test_events_come_in_order_inside_their_window_and_before_the_horizon(void **state) {
    (void)state;
    static const double months[] = {30.0, 0.25, 7.1, 365.0, 1000.0};
    for (int i = 0; i < 5; i++) {
        exchange_scenario scenario = any_scenario();
        scenario.month = months[i];
        exchange_outcome outcome = outcome_of(&scenario, (uint64_t)i);
        assert_int_equal(outcome.breaches, 0);
        assert_int_equal(outcome.plans, (uint64_t)ceil(365.0 / months[i])); /* none on the horizon itself */
        for (int v = 0; v < EXCHANGE_VILLAGES; v++) {
            assert_in_range(outcome.handled[v], 600, 1300); /* 6 pending, 2.4 days apart: some 900 */
        }
    }
}

static void test_the_number_of_events_is_that_of_events_handled(void **state) {
    (void)state;
    exchange_scenario scenario = any_scenario();
    hw_world world;
    hw_failure failure;
    exchange_outcome outcome;
    uint64_t events = 0, handled = 0;
    assert_int_equal(hw_world_create(&world, &exchange_model, &scenario), HW_OK);
    hw_rng_key key = {1, 1};
    assert_int_equal(hw_world_replicate(&world, key, (unsigned char *)&outcome, &events, &failure), HW_OK);
    for (int v = 0; v < EXCHANGE_VILLAGES; v++) {
        handled += outcome.handled[v];
    }
    assert_int_equal(events, handled);
    hw_world_destroy(&world);
}

static void test_a_replication_leaves_no_trace_in_the_next(void **state) {
    (void)state;
    exchange_scenario scenario = any_scenario();
    exchange_outcome alone = outcome_of(&scenario, 7);
    hw_world world;
    hw_failure failure;
    exchange_outcome outcome;
    assert_int_equal(hw_world_create(&world, &exchange_model, &scenario), HW_OK);
    for (uint64_t replication = 5; replication <= 7; replication++) {
        assert_int_equal(replicate(&world, replication, &outcome, &failure), HW_OK);
    }
    assert_memory_equal(&outcome, &alone, sizeof alone);
    exchange_outcome other;
    assert_int_equal(replicate(&world, 8, &other, &failure), HW_OK);
    assert_memory_not_equal(&other, &alone, sizeof alone);
    hw_world_destroy(&world);
}

/* A broken law ends that replication alone and says what and when. */
static void check_fault(exchange_fault fault, double time, const char *message) {
    exchange_scenario scenario = any_scenario();
    scenario.fault = fault;
    hw_world world;
    hw_failure failure = {0};
    exchange_outcome outcome;
    assert_int_equal(hw_world_create(&world, &exchange_model, &scenario), HW_OK);
    assert_int_equal(replicate(&world, 1, &outcome, &failure), HW_ERROR_LAW);
    assert_non_null(strstr(failure.message, message));
    assert_true(failure.time >= time && failure.time < time + 15.0);
    scenario.fault = EXCHANGE_FAULTLESS;
    assert_int_equal(replicate(&world, 1, &outcome, &failure), HW_OK);
    exchange_outcome expected = outcome_of(&scenario, 1);
    assert_memory_equal(&outcome, &expected, sizeof expected);
    hw_world_destroy(&world);
}

static void test_time_never_runs_backwards_unseen(void **state) {
    (void)state;
    const char *message = "time runs backwards in process 5: event of kind 1, subject 7";
    check_fault(EXCHANGE_PUSHES_INTO_PAST, 50.0, message);
    check_fault(EXCHANGE_PUSHES_NEGATIVE, 50.0, message);
    check_fault(EXCHANGE_PUSHES_NAN, 50.0, message);
}

static void test_a_planning_day_must_lead_to_a_later_one(void **state) {
    (void)state;
    check_fault(EXCHANGE_PLANS_NOW, 60.0, "time does not go on: the next planning day given is day 60");
    check_fault(EXCHANGE_PLANS_NAN, 60.0, "time does not go on");
}

static void test_a_law_that_the_model_finds_broken_reaches_the_caller(void **state) {
    (void)state;
    check_fault(EXCHANGE_LOSES_GOODS, 365.0, "goods are lost");
}

static void test_a_world_takes_all_that_it_measured_and_no_more(void **state) {
    (void)state;
    exchange_scenario scenario = any_scenario();
    hw_world world;
    assert_int_equal(hw_world_create(&world, &exchange_model, &scenario), HW_OK);
    assert_int_equal(world.arena.used, world.arena.size);
    assert_int_equal(world.process_count, EXCHANGE_VILLAGES);
    for (uint32_t p = 0; p < world.process_count; p++) {
        assert_int_equal(world.queues[p].capacity, EXCHANGE_PENDING + 1);
        assert_non_null(world.queues[p].events);
    }
    hw_world_destroy(&world);
    assert_null(world.state);
}

static void *create_too_much(hw_arena *arena, const void *scenario) {
    (void)scenario;
    HW_TAKE(arena, exchange, 1);
    return HW_TAKE(arena, double, SIZE_MAX / sizeof(double) - 1000);
}

static void *create_nothing(hw_arena *arena, const void *scenario) {
    (void)arena;
    (void)scenario;
    return NULL;
}

static void test_a_world_that_does_not_fit_is_refused(void **state) {
    (void)state;
    exchange_scenario scenario = any_scenario();
    hw_world world;
    hw_model model = exchange_model;
    model.create = create_too_much;
    assert_int_equal(hw_world_create(&world, &model, &scenario), HW_ERROR_MEMORY);
    assert_null(world.queues);
    model.create = create_nothing;
    assert_int_equal(hw_world_create(&world, &model, &scenario), HW_ERROR_MEMORY);
    assert_null(world.arena.base);
}

static void test_a_replication_asks_for_no_memory(void **state) {
    (void)state;
#if COUNTS_REQUESTS
    uint64_t before = requests;
    void *volatile proof = malloc(100);
    assert_int_equal(requests, before + 1); /* the counter counts */
    free(proof);
    station_scenario busy = {
        .arrival_rate = 1.8, .service_rate = 1.0, .servers = 2, .customers = 20000, .warm_up = 10};
    exchange_scenario scenario = any_scenario();
    hw_world station_world, exchange_world;
    hw_failure failure;
    assert_int_equal(hw_world_create(&station_world, &station_model, &busy), HW_OK);
    assert_int_equal(hw_world_create(&exchange_world, &exchange_model, &scenario), HW_OK);
    before = requests;
    for (uint64_t replication = 0; replication < 3; replication++) {
        station_outcome queueing;
        exchange_outcome exchanging;
        hw_rng_key key = {1, replication};
        hw_world_replicate(&station_world, key, (unsigned char *)&queueing, NULL, &failure);
        hw_world_replicate(&exchange_world, key, (unsigned char *)&exchanging, NULL, &failure);
    }
    assert_int_equal(requests, before);
    hw_world_destroy(&station_world);
    hw_world_destroy(&exchange_world);
#else
    skip();
#endif
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_order_of_processes_does_not_change_the_outcome),
        cmocka_unit_test(test_events_come_in_order_inside_their_window_and_before_the_horizon),
        cmocka_unit_test(test_the_number_of_events_is_that_of_events_handled),
        cmocka_unit_test(test_a_replication_leaves_no_trace_in_the_next),
        cmocka_unit_test(test_time_never_runs_backwards_unseen),
        cmocka_unit_test(test_a_planning_day_must_lead_to_a_later_one),
        cmocka_unit_test(test_a_law_that_the_model_finds_broken_reaches_the_caller),
        cmocka_unit_test(test_a_world_takes_all_that_it_measured_and_no_more),
        cmocka_unit_test(test_a_world_that_does_not_fit_is_refused),
        cmocka_unit_test(test_a_replication_asks_for_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
