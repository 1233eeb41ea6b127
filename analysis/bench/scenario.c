/* The speed of a scenario: events and replications a second, the price of an event. */
#include "analysis/base/clock.h"
#include "analysis/base/memory.h"
#include "analysis/bench/mm1.h"
#include "analysis/bench/parts.h"
#include <math.h>
#include <stdlib.h>

static const hw_bench_measure speed = {
    "scenario_speed", "events a second and core", "", 0, HW_BENCH_AT_LEAST, 5e6};
static const hw_bench_measure cost = {"scenario_replication", "one replication", "ms", 2, 0, 0};
static const hw_bench_measure event_count = {"scenario_events", "events in a replication", "", 0, 0, 0};
static const hw_bench_measure thousand = {
    "scenario_thousand", "1,000 replications on two cores, estimated", "s", 1, HW_BENCH_AT_MOST, 60};
static const hw_bench_measure reference = {
    "scenario_event_cost", "one event, in events of the loop by hand", "times the time", 2, 0, 0};

enum { SEED = 1, WARM_UP = 2, REFERENCE_CUSTOMERS = 200000 };

typedef struct batch {
    double seconds;
    uint64_t events;
} batch;

static hw_status run_batch(hw_world *world, unsigned char *outcome, uint32_t first, uint32_t count,
                           batch *done, hw_errors *errors) {
    *done = (batch){0};
    double start = hw_bench_seconds();
    for (uint32_t i = first; i < first + count; i++) {
        uint64_t events = 0;
        hw_failure failure;
        hw_status status = hw_world_replicate(world, (hw_rng_key){.seed = SEED, .replication = i}, outcome,
                                              &events, &failure);
        if (status != HW_OK) {
            hw_errors_say(errors, "replication %u of seed %d broke a law on day %.1f: %s", i, SEED,
                          failure.time, failure.message);
            return status;
        }
        done->events += events;
    }
    done->seconds = hw_bench_seconds() - start;
    return HW_OK;
}

static double seconds_of_an_event_by_hand(uint64_t seed) {
    double wait, seconds;
    uint64_t events;
    hw_bench_mm1_by_hand(REFERENCE_CUSTOMERS, seed, &wait, &seconds, &events);
    return seconds / (double)events;
}

static hw_status measure_batches(hw_bench_report *report, hw_world *world, unsigned char *outcome, bool quick,
                                 hw_errors *errors) {
    const uint32_t batches = quick ? 2 : 8, size = quick ? 2 : 5;
    double events_a_second[HW_BENCH_ROUNDS_MOST], milliseconds[HW_BENCH_ROUNDS_MOST],
        in_reference[HW_BENCH_ROUNDS_MOST], events = 0;
    hw_bench_heading("The scenario: %u batches of %u replications after %d to warm up, nothing stored",
                     batches, size, WARM_UP);
    batch done;
    hw_status status = run_batch(world, outcome, 0, WARM_UP, &done, errors);
    for (uint32_t b = 0; b < batches && status == HW_OK; b++) {
        double by_hand = seconds_of_an_event_by_hand(b);
        status = run_batch(world, outcome, WARM_UP + b * size, size, &done, errors);
        events_a_second[b] = (double)done.events / done.seconds;
        milliseconds[b] = 1e3 * done.seconds / size;
        in_reference[b] = 1.0 / (events_a_second[b] * by_hand);
        events += (double)done.events;
    }
    if (status != HW_OK) {
        return status;
    }
    hw_bench_record(report, &speed, events_a_second, batches);
    hw_bench_record(report, &cost, milliseconds, batches);
    hw_bench_record_one(report, &event_count, events / (batches * size));
    hw_bench_record_one(report, &thousand, hw_bench_find(report, &cost)->median * 1e-3 * 1000.0 / 2.0);
    hw_bench_record(report, &reference, in_reference, batches);
    return HW_OK;
}

hw_status hw_bench_scenario(hw_bench_report *report, const hw_bench_wish *wish, const hw_loaded *loaded,
                            hw_errors *errors) {
    hw_world world;
    hw_status status = hw_world_create(&world, loaded->model, loaded->scenario);
    if (status != HW_OK) {
        hw_errors_say(errors, "not enough memory for the world of %s", wish->scenario);
        return status;
    }
    unsigned char *outcome = hw_take(1, loaded->layout->bytes);
    status = measure_batches(report, &world, outcome, wish->quick, errors);
    free(outcome);
    hw_world_destroy(&world);
    return status;
}
