/* Runs the events of a world between planning days. */
#include "sim/world.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>

/* Takes everything a world needs from the arena, the queues first; the same calls in the same order whether
 * the arena measures or gives. False when a real arena did not give all. */
static bool lay_out(hw_world *world, hw_arena *arena) {
    const hw_model *model = world->model;
    bool complete = true;
    world->queues = HW_TAKE(arena, hw_queue, world->process_count);
    for (uint32_t p = 0; p < world->process_count; p++) {
        uint32_t capacity = model->queue_capacity(world->scenario, p);
        hw_event *events = HW_TAKE(arena, hw_event, capacity);
        hw_waiting *waiting = HW_TAKE(arena, hw_waiting, capacity);
        complete = complete && events != NULL && waiting != NULL;
        if (world->queues != NULL) {
            world->queues[p] = (hw_queue){.events = events, .waiting = waiting, .capacity = capacity};
        }
    }
    world->state = model->create(arena, world->scenario);
    return complete && world->queues != NULL && world->state != NULL;
}

static hw_world blank(const hw_model *model, const void *scenario) {
    return (hw_world){
        .model = model,
        .scenario = scenario,
        .process_count = model->process_count(scenario),
        .horizon = model->horizon(scenario),
    };
}

size_t hw_world_bytes(const hw_model *model, const void *scenario) {
    hw_world world = blank(model, scenario);
    hw_arena measure = hw_arena_measure();
    lay_out(&world, &measure);
    return measure.used;
}

static hw_status create_in(hw_world *world, const hw_model *model, const void *scenario, hw_arena arena) {
    *world = blank(model, scenario);
    world->arena = arena;
    if (arena.base == NULL || !lay_out(world, &world->arena)) {
        hw_world_destroy(world);
        return HW_ERROR_MEMORY;
    }
    return HW_OK;
}

hw_status hw_world_create(hw_world *world, const hw_model *model, const void *scenario) {
    return create_in(world, model, scenario, hw_arena_create(hw_world_bytes(model, scenario)));
}

hw_status hw_world_create_in(hw_world *world, const hw_model *model, const void *scenario, void *memory,
                             size_t bytes) {
    return create_in(world, model, scenario, hw_arena_in(memory, bytes));
}

void hw_world_destroy(hw_world *world) {
    hw_arena_destroy(&world->arena);
    *world = (hw_world){0};
}

static hw_status event_in_the_past(hw_failure *failure, uint32_t process, hw_event event, double now) {
    failure->time = now;
    snprintf(failure->message, sizeof failure->message,
             "time runs backwards in process %u: event of kind %u, subject %u is for day %.9g", process,
             hw_event_kind(event), hw_event_subject(event), event.time);
    return HW_ERROR_LAW;
}

static hw_status planning_in_the_past(hw_failure *failure, double now, double next) {
    failure->time = now;
    snprintf(failure->message, sizeof failure->message,
             "time does not go on: the next planning day given is day %.9g", next);
    return HW_ERROR_LAW;
}

hw_status hw_world_run_process(const hw_world *world, uint32_t process, double from, double until,
                               uint64_t *handled, hw_failure *failure) {
    void (*const handle)(void *, uint32_t, hw_event, hw_queue *) = world->model->handle;
    void *const state = world->state;
    assert(process < world->process_count && from <= until);
    hw_queue *const queue = &world->queues[process];
    uint64_t count = 0;
    double now = from;
    hw_queue_open(queue, from, until);
    while (hw_queue_next_time(queue) < until) {
        hw_event event = hw_queue_pop(queue);
        if (event.time < now) {
            return event_in_the_past(failure, process, event, now);
        }
        now = event.time;
        count++;
        handle(state, process, event, queue);
    }
    *handled += count;
    return HW_OK;
}

static hw_status run_window(const hw_world *world, double from, double until, uint64_t *handled,
                            hw_failure *failure) {
    if (world->window.run != NULL) {
        return world->window.run(world->window.context, from, until, handled, failure);
    }
    hw_status status = HW_OK;
    for (uint32_t p = 0; p < world->process_count && status == HW_OK; p++) {
        status = hw_world_run_process(world, p, from, until, handled, failure);
    }
    return status;
}

/* From planning day to planning day until the horizon. */
static hw_status run_windows(const hw_world *world, uint64_t *handled, hw_failure *failure) {
    double now = 0.0;
    while (now < world->horizon) {
        double next = world->model->plan(world->state, now, world->queues);
        if (!(next > now)) {
            return planning_in_the_past(failure, now, next);
        }
        hw_status status = run_window(world, now, fmin(next, world->horizon), handled, failure);
        if (status != HW_OK) {
            return status;
        }
        now = next;
    }
    return HW_OK;
}

hw_status hw_world_replicate(hw_world *world, hw_rng_key key, unsigned char *outcome, uint64_t *events,
                             hw_failure *failure) {
    uint64_t handled = 0;
    for (uint32_t p = 0; p < world->process_count; p++) {
        hw_queue_clear(&world->queues[p]);
    }
    assert(world->state != NULL && outcome != NULL);
    world->model->begin(world->state, key, world->queues);
    hw_status status = run_windows(world, &handled, failure);
    if (status == HW_OK) {
        status = world->model->end(world->state, world->horizon, outcome, failure);
    }
    if (events != NULL) {
        *events = handled;
    }
    return status;
}
