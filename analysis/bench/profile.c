/* Where the time of a replication goes, from outside: the model is wrapped in another one that looks at the
 * clock around each planning day and counts events by kind. Not measured together with speed. */
#include "analysis/base/clock.h"
#include "analysis/base/memory.h"
#include "analysis/bench/parts.h"
#include "models/land.h"
#include "sim/length.h"
#include <math.h>
#include <stdlib.h>

static const hw_bench_measure part_measures[] = {
    {"profile_begin", "drawing the world", "% of the time", 1, 0, 0},
    {"profile_planning", "planning days", "% of the time", 1, 0, 0},
    {"profile_events", "events between them", "% of the time", 1, 0, 0},
    {"profile_end", "laws and outcome", "% of the time", 1, 0, 0},
};
enum { BEGIN, PLANNING, EVENTS, END, PARTS };

static const hw_bench_measure kind_measures[] = {
    [HW_EVENT_REPORT] = {"events_report", "completion reports accepted", "events a replication", 1, 0, 0},
    [HW_EVENT_TEAM] = {"events_team", "a team ends what it does", "events a replication", 1, 0, 0},
    [HW_EVENT_ACCIDENT] = {"events_accident", "civilian accidents", "events a replication", 1, 0, 0},
    [HW_EVENT_FIND] = {"events_find", "residual items found", "events a replication", 1, 0, 0},
    [HW_EVENT_HOMES] = {"events_homes", "first houses of a place", "events a replication", 1, 0, 0},
    [HW_EVENT_PAID_UNTIL] = {"events_paid_until", "the pay of teams ends", "events a replication", 1, 0, 0},
    [HW_EVENT_SOLDIERS] = {"events_soldiers", "accidents of soldiers", "events a replication", 1, 0, 0},
    [HW_EVENT_MISSED] = {"events_missed", "accidents by missed items", "events a replication", 1, 0, 0},
};
enum { KINDS = HW_LENGTH(kind_measures) };

/* A model's functions get the state only, so what they note stands here. One world is profiled at a time. */
static struct {
    const hw_model *model;
    double seconds[PARTS];
    uint64_t kinds[HW_EVENT_KINDS];
} notes;

static void begin(void *state, hw_rng_key key, hw_queue *queues) {
    double start = hw_bench_seconds();
    notes.model->begin(state, key, queues);
    notes.seconds[BEGIN] += hw_bench_seconds() - start;
}

static double plan(void *state, double now, hw_queue *queues) {
    double start = hw_bench_seconds();
    double next = notes.model->plan(state, now, queues);
    notes.seconds[PLANNING] += hw_bench_seconds() - start;
    return next;
}

static void handle(void *state, uint32_t process, hw_event event, hw_queue *queue) {
    notes.kinds[hw_event_kind(event)]++;
    notes.model->handle(state, process, event, queue);
}

static hw_status end(void *state, double now, unsigned char *outcome, hw_failure *failure) {
    double start = hw_bench_seconds();
    hw_status status = notes.model->end(state, now, outcome, failure);
    notes.seconds[END] += hw_bench_seconds() - start;
    return status;
}

static hw_model wrapped(const hw_model *model) {
    hw_model wrapper = *model;
    wrapper.begin = begin;
    wrapper.plan = plan;
    wrapper.handle = handle;
    wrapper.end = end;
    return wrapper;
}

static hw_status replicate(hw_world *world, unsigned char *outcome, uint32_t count, hw_errors *errors) {
    double start = hw_bench_seconds();
    for (uint32_t i = 0; i < count; i++) {
        hw_failure failure;
        hw_status status =
            hw_world_replicate(world, (hw_rng_key){.seed = 1, .replication = i}, outcome, NULL, &failure);
        if (status != HW_OK) {
            hw_errors_say(errors, "replication %u broke a law on day %.1f: %s", i, failure.time,
                          failure.message);
            return status;
        }
    }
    notes.seconds[EVENTS] =
        hw_bench_seconds() - start - notes.seconds[BEGIN] - notes.seconds[PLANNING] - notes.seconds[END];
    return HW_OK;
}

static void record(hw_bench_report *report, uint32_t replications) {
    double all = 0;
    for (int part = 0; part < PARTS; part++) {
        all += notes.seconds[part];
    }
    for (int part = 0; part < PARTS; part++) {
        hw_bench_record_one(report, &part_measures[part], 100.0 * notes.seconds[part] / all);
    }
    for (int kind = 0; kind < KINDS; kind++) {
        hw_bench_record_one(report, &kind_measures[kind], (double)notes.kinds[kind] / replications);
    }
}

hw_status hw_bench_profile(hw_bench_report *report, const hw_bench_wish *wish, const hw_loaded *loaded,
                           hw_errors *errors) {
    const uint32_t replications = wish->quick ? 2 : 10;
    hw_bench_heading("Where the time goes: %u replications of the scenario", replications);
    notes = (typeof(notes)){.model = loaded->model};
    hw_model wrapper = wrapped(loaded->model);
    hw_world world;
    hw_status status = hw_world_create(&world, &wrapper, loaded->scenario);
    if (status != HW_OK) {
        hw_errors_say(errors, "not enough memory for the world of %s", wish->scenario);
        return status;
    }
    unsigned char *outcome = hw_take(1, loaded->layout->bytes);
    status = replicate(&world, outcome, replications, errors);
    if (status == HW_OK) {
        record(report, replications);
    }
    free(outcome);
    hw_world_destroy(&world);
    return status;
}
