#include "sim/split.h"
#include "tests/sim/check.h"
#include "tests/sim/models/exchange.h"
#include <pthread.h>
#include <stdlib.h>

/* Threads stand for the processes of the system: each has a scenario and a view of its own. */

enum { MOST_HELPERS = 6, REPLICATIONS = 4 };

static exchange_scenario any_scenario(void) {
    exchange_scenario scenario = {.horizon = 365.0, .month = 30.0, .fault = EXCHANGE_FAULTLESS};
    for (uint32_t p = 0; p < EXCHANGE_VILLAGES; p++) {
        scenario.village[p] = p;
    }
    return scenario;
}

typedef struct helper {
    pthread_t thread;
    exchange_scenario scenario;
    void *memory;
    int dismissals; /* after which it leaves */
    uint64_t windows;
} helper;

static void *help(void *context) {
    helper *me = context;
    hw_split split;
    if (hw_split_join(&split, &exchange_model, &me->scenario, me->memory) != HW_OK) {
        abort();
    }
    while (me->dismissals > 0) {
        if (hw_split_help(&split)) {
            me->windows++;
        } else {
            me->dismissals--;
        }
    }
    hw_split_leave(&split);
    return NULL;
}

/* A leader and its helpers. */
typedef struct crowd {
    exchange_scenario scenario;
    void *memory;
    hw_split split;
    uint32_t helpers;
    helper helper[MOST_HELPERS];
} crowd;

static void gather(crowd *all, const exchange_scenario *scenario, uint32_t helpers, int dismissals) {
    size_t bytes = hw_split_bytes(&exchange_model, scenario);
    *all = (crowd){.scenario = *scenario, .memory = aligned_alloc(64, bytes), .helpers = helpers};
    assert_non_null(all->memory);
    memset(all->memory, 0, bytes);
    assert_int_equal(hw_split_lead(&all->split, &exchange_model, &all->scenario, all->memory, helpers),
                     HW_OK);
    for (uint32_t i = 0; i < helpers; i++) {
        all->helper[i] = (helper){.scenario = *scenario, .memory = all->memory, .dismissals = dismissals};
        assert_int_equal(pthread_create(&all->helper[i].thread, NULL, help, &all->helper[i]), 0);
    }
}

static void part_with(crowd *all) {
    for (uint32_t i = 0; i < all->helpers; i++) {
        pthread_join(all->helper[i].thread, NULL);
    }
    hw_split_leave(&all->split);
    free(all->memory);
}

static void test_a_split_world_gives_the_outcome_of_a_whole_one_whoever_helps(void **state) {
    (void)state;
    exchange_scenario scenario = any_scenario();
    hw_world whole;
    assert_int_equal(hw_world_create(&whole, &exchange_model, &scenario), HW_OK);
    for (uint32_t helpers = 0; helpers <= MOST_HELPERS; helpers += helpers < 2 ? 1 : 4) {
        crowd all;
        gather(&all, &scenario, helpers, 1);
        for (uint64_t r = 0; r < REPLICATIONS; r++) {
            exchange_outcome expected = {0}, outcome = {0};
            uint64_t expected_events = 0, events = 0;
            hw_failure failure;
            hw_rng_key key = {1, r};
            assert_int_equal(
                hw_world_replicate(&whole, key, (unsigned char *)&expected, &expected_events, &failure),
                HW_OK);
            assert_int_equal(
                hw_split_replicate(&all.split, key, (unsigned char *)&outcome, &events, &failure), HW_OK);
            assert_memory_equal(&outcome, &expected, sizeof expected);
            assert_int_equal(events, expected_events);
            assert_int_equal(outcome.breaches, 0);
        }
        hw_split_dismiss(&all.split);
        for (uint32_t i = 0; i < helpers; i++) { /* 13 months a replication; each helper sees each of them */
            pthread_join(all.helper[i].thread, NULL);
            assert_int_equal(all.helper[i].windows, 13 * REPLICATIONS);
        }
        all.helpers = 0;
        part_with(&all);
    }
    hw_world_destroy(&whole);
}

static void test_helpers_that_were_dismissed_can_help_again(void **state) {
    (void)state;
    exchange_scenario scenario = any_scenario();
    crowd all;
    gather(&all, &scenario, 3, 3);
    exchange_outcome outcome[3] = {0};
    for (int round = 0; round < 3; round++) {
        hw_failure failure;
        assert_int_equal(hw_split_replicate(&all.split, (hw_rng_key){1, 5}, (unsigned char *)&outcome[round],
                                            NULL, &failure),
                         HW_OK);
        hw_split_dismiss(&all.split);
        assert_memory_equal(&outcome[round], &outcome[0], sizeof outcome[0]);
    }
    part_with(&all);
}

/* The same failure, at the same time, with the same number of events before it; and none in the next world.
 */
static void test_a_split_world_fails_as_a_whole_one_does(void **state) {
    (void)state;
    for (exchange_fault fault = EXCHANGE_PUSHES_INTO_PAST; fault <= EXCHANGE_LOSES_GOODS; fault++) {
        exchange_scenario scenario = any_scenario();
        scenario.fault = fault;
        hw_world whole;
        crowd all;
        assert_int_equal(hw_world_create(&whole, &exchange_model, &scenario), HW_OK);
        gather(&all, &scenario, 2, 1);
        for (uint64_t r = 0; r < REPLICATIONS; r++) {
            exchange_outcome outcome;
            hw_failure expected = {0}, failure = {0};
            uint64_t expected_events = 0, events = 0;
            hw_rng_key key = {1, r};
            assert_int_equal(
                hw_world_replicate(&whole, key, (unsigned char *)&outcome, &expected_events, &expected),
                HW_ERROR_LAW);
            assert_int_equal(
                hw_split_replicate(&all.split, key, (unsigned char *)&outcome, &events, &failure),
                HW_ERROR_LAW);
            assert_string_equal(failure.message, expected.message);
            assert_true(failure.time == expected.time);
            assert_int_equal(events, expected_events);
        }
        hw_split_dismiss(&all.split);
        part_with(&all);
        hw_world_destroy(&whole);
    }
}

static void test_a_model_that_does_not_say_how_is_not_split(void **state) {
    (void)state;
    exchange_scenario scenario = any_scenario();
    hw_model model = exchange_model;
    model.adopt = NULL;
    size_t bytes = hw_split_bytes(&model, &scenario);
    void *memory = aligned_alloc(64, bytes);
    memset(memory, 0, bytes);
    hw_split split;
    assert_int_equal(hw_split_lead(&split, &model, &scenario, memory, 1), HW_ERROR_INPUT);
    assert_int_equal(hw_split_join(&split, &model, &scenario, memory), HW_ERROR_INPUT);
    free(memory);
}

static void *create_too_much(hw_arena *arena, const void *scenario) {
    (void)scenario;
    return HW_TAKE(arena, double, SIZE_MAX / sizeof(double));
}

static void test_a_split_world_that_cannot_be_is_measured_as_such(void **state) {
    (void)state;
    exchange_scenario scenario = any_scenario();
    hw_model model = exchange_model;
    model.create = create_too_much;
    assert_true(hw_split_bytes(&model, &scenario) == SIZE_MAX);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_split_world_gives_the_outcome_of_a_whole_one_whoever_helps),
        cmocka_unit_test(test_helpers_that_were_dismissed_can_help_again),
        cmocka_unit_test(test_a_split_world_fails_as_a_whole_one_does),
        cmocka_unit_test(test_a_model_that_does_not_say_how_is_not_split),
        cmocka_unit_test(test_a_split_world_that_cannot_be_is_measured_as_such),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
