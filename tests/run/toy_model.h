/* A small model for the tests of runs: sites that are visited at random times. It has every kind of variable
 * and axis that a result file can hold, fails on request, and takes as long as it is told. */
#ifndef HW_TESTS_RUN_TOY_MODEL_H
#define HW_TESTS_RUN_TOY_MODEL_H

#include "sim/world.h"
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { TOY_SITES = 3, TOY_MONTHS = 4 };
static const double TOY_HORIZON = 400.0;

typedef struct toy_scenario {
    uint64_t fail_every;    /* every n-th replication breaks a law; 0: none */
    double pause_seconds;   /* slept per replication */
    uint64_t spins;         /* work per replication */
    uint32_t ledger_length; /* numbers in the large variable */
    int signal;             /* sent to this process, or 0 */
    uint64_t signal_at;     /* in this replication, or TOY_AT_CREATION */
    bool signal_helper;     /* not to the rank that leads, but to those that help it */
} toy_scenario;

#define TOY_AT_CREATION UINT64_MAX

enum toy_variable {
    TOY_RELEASE,
    TOY_VISITS,
    TOY_COST,
    TOY_STEPS,
    TOY_NEVER,
    TOY_LEDGER,
    TOY_VOID,
    TOY_VARIABLES
};

static const char *const toy_sites[TOY_SITES] = {"Agdam city", "Şuşa", "Zabukh"};
static const double toy_months[TOY_MONTHS] = {0.0, 100.0, 200.0, 300.0};
static const double toy_month_bounds[2 * TOY_MONTHS] = {0.0, 100.0, 100.0, 200.0, 200.0, 300.0, 300.0, 400.0};

/* The layout for a scenario; the ledger's axis counts from 0. `numbers` must outlive it (ledger_length of
 * them). */
typedef struct toy_layout {
    hw_axis axes[4];
    hw_variable variables[TOY_VARIABLES];
    double *numbers;
    hw_record_layout layout;
} toy_layout;

static inline void toy_layout_make(toy_layout *toy, const toy_scenario *scenario) {
    toy->numbers = malloc((scenario->ledger_length + 1) * sizeof *toy->numbers);
    for (uint32_t i = 0; i < scenario->ledger_length; i++) {
        toy->numbers[i] = i;
    }
    toy->axes[0] =
        (hw_axis){.name = "site", .long_name = "named site", .length = TOY_SITES, .labels = toy_sites};
    toy->axes[1] = (hw_axis){.name = "month",
                             .long_name = "first day of a month",
                             .units = "days since 2020-11-10",
                             .length = TOY_MONTHS,
                             .values = toy_months,
                             .bounds = toy_month_bounds};
    toy->axes[2] = (hw_axis){.name = "entry",
                             .long_name = "entry of the ledger",
                             .units = "1",
                             .length = scenario->ledger_length,
                             .values = toy->numbers};
    toy->axes[3] = (hw_axis){.name = "nothing", .long_name = "an empty axis", .labels = toy_sites};
    toy->variables[TOY_RELEASE] = (hw_variable){.name = "release_day",
                                                .long_name = "day of the last visit",
                                                .units = "days since 2020-11-10",
                                                .missing = "never visited",
                                                .type = HW_F64,
                                                .rank = 1};
    toy->variables[TOY_VISITS] =
        (hw_variable){.name = "visits", .long_name = "visits", .units = "1", .type = HW_I64, .rank = 1};
    toy->variables[TOY_COST] = (hw_variable){.name = "cost",
                                             .long_name = "cost of the visits of a month",
                                             .units = "USD",
                                             .type = HW_F32,
                                             .rank = 2,
                                             .axis = {0, 1},
                                             .cells = HW_CELLS_SUM};
    toy->variables[TOY_STEPS] =
        (hw_variable){.name = "steps", .long_name = "events handled", .units = "1", .type = HW_I32};
    toy->variables[TOY_NEVER] = (hw_variable){.name = "never_day",
                                              .long_name = "a day that never comes",
                                              .units = "days since 2020-11-10",
                                              .missing = "always",
                                              .type = HW_F64};
    toy->variables[TOY_LEDGER] = (hw_variable){
        .name = "ledger", .long_name = "many numbers", .units = "m2", .type = HW_F64, .rank = 1, .axis = {2}};
    toy->variables[TOY_VOID] = (hw_variable){.name = "void_share",
                                             .long_name = "nothing along an empty axis",
                                             .units = "1",
                                             .type = HW_F32,
                                             .rank = 1,
                                             .axis = {3}};
    toy->layout = (hw_record_layout){
        .axes = toy->axes, .axis_count = 4, .variables = toy->variables, .variable_count = TOY_VARIABLES};
    hw_record_lay_out(&toy->layout);
}

static inline void toy_layout_free(toy_layout *toy) {
    free(toy->numbers);
}

typedef struct toy_books {
    double release[TOY_SITES];
    int64_t visits[TOY_SITES];
    float cost[TOY_SITES][TOY_MONTHS];
} toy_books;

typedef struct toy_state {
    const toy_scenario *scenario;
    hw_rng_key key;
    pid_t leader; /* the process that begins and ends replications */
    toy_books *books;
} toy_state;

static inline void *toy_create(hw_arena *arena, const void *scenario) {
    toy_state *state = HW_TAKE(arena, toy_state, 1);
    toy_books *books = HW_TAKE(arena, toy_books, 1);
    const toy_scenario *wishes = scenario;
    if (state != NULL) {
        *state = (toy_state){.scenario = wishes, .leader = getpid(), .books = books};
        if (wishes->signal && wishes->signal_at == TOY_AT_CREATION) {
            raise(wishes->signal);
        }
    }
    return state;
}

static inline uint32_t toy_process_count(const void *scenario) {
    (void)scenario;
    return TOY_SITES;
}

static inline uint32_t toy_queue_capacity(const void *scenario, uint32_t process) {
    (void)scenario;
    (void)process;
    return 4;
}

static inline double toy_wait(const toy_state *state, uint32_t site) {
    return -200.0 * log(hw_draw(state->key, site, 0, (uint64_t)state->books->visits[site]));
}

static inline void toy_begin(void *memory, hw_rng_key key, hw_queue *queues) {
    toy_state *state = memory;
    state->key = key;
    *state->books = (toy_books){0};
    for (uint32_t s = 0; s < TOY_SITES; s++) {
        state->books->release[s] = nan("");
        hw_queue_push(&queues[s], toy_wait(state, s), 0, s);
    }
}

static inline double toy_plan(void *memory, double now, hw_queue *queues) {
    (void)memory;
    (void)queues;
    return now + 100.0;
}

static inline void toy_handle(void *memory, uint32_t site, hw_event event, hw_queue *queue) {
    toy_state *state = memory;
    state->books->release[site] = event.time;
    state->books->visits[site]++;
    state->books->cost[site][(int)(event.time / 100.0) % TOY_MONTHS] += 10.0F;
    hw_queue_push(queue, event.time + toy_wait(state, site), 0, site);
}

static inline void toy_take_time(const toy_scenario *scenario) {
    if (scenario->pause_seconds > 0.0) {
        time_t whole = (time_t)scenario->pause_seconds;
        struct timespec pause = {.tv_sec = whole,
                                 .tv_nsec = (long)((scenario->pause_seconds - (double)whole) * 1e9)};
        while (nanosleep(&pause, &pause) != 0) {
        }
    }
    volatile uint64_t turns = 0;
    while (turns < scenario->spins) {
        turns = turns + 1;
    }
}

static inline hw_status toy_end(void *memory, double now, unsigned char *outcome, hw_failure *failure) {
    toy_state *state = memory;
    const toy_scenario *scenario = state->scenario;
    toy_take_time(scenario);
    uint64_t replication = state->key.replication;
    if (scenario->signal && !scenario->signal_helper && replication == scenario->signal_at) {
        raise(scenario->signal);
    }
    if (scenario->fail_every > 0 && replication % scenario->fail_every == scenario->fail_every - 1) {
        failure->time = now - 0.5;
        snprintf(failure->message, sizeof failure->message, "replication %llu was asked to fail",
                 (unsigned long long)replication);
        return HW_ERROR_LAW;
    }
    toy_layout layout;
    toy_layout_make(&layout, scenario);
    const hw_variable *variables = layout.variables;
    const toy_books *books = state->books;
    int32_t steps = (int32_t)(books->visits[0] + books->visits[1] + books->visits[2]);
    const double never = nan("");
    memcpy(outcome + variables[TOY_RELEASE].offset, books->release, sizeof books->release);
    memcpy(outcome + variables[TOY_VISITS].offset, books->visits, sizeof books->visits);
    memcpy(outcome + variables[TOY_COST].offset, books->cost, sizeof books->cost);
    memcpy(outcome + variables[TOY_STEPS].offset, &steps, sizeof steps);
    memcpy(outcome + variables[TOY_NEVER].offset, &never, sizeof never);
    double *ledger = (double *)(void *)(outcome + variables[TOY_LEDGER].offset);
    for (uint32_t i = 0; i < scenario->ledger_length; i++) {
        ledger[i] = i % 4 == 0 ? hw_draw(state->key, i, 1, 0) : 0.0;
    }
    toy_layout_free(&layout);
    return HW_OK;
}

static inline void toy_adopt(void *own, const void *shared, const void *scenario) {
    const toy_scenario *wishes = scenario;
    toy_state *state = own;
    *state = *(const toy_state *)shared;
    state->scenario = wishes;
    bool helps = getpid() != state->leader;
    if (wishes->signal && wishes->signal_helper && helps && state->key.replication == wishes->signal_at) {
        raise(wishes->signal);
    }
}

static inline double toy_horizon(const void *scenario) {
    (void)scenario;
    return TOY_HORIZON;
}

static const hw_model toy_model = {.name = "toy",
                                   .version = "1",
                                   .create = toy_create,
                                   .process_count = toy_process_count,
                                   .queue_capacity = toy_queue_capacity,
                                   .begin = toy_begin,
                                   .plan = toy_plan,
                                   .handle = toy_handle,
                                   .end = toy_end,
                                   .horizon = toy_horizon,
                                   .state_bytes = sizeof(toy_state),
                                   .adopt = toy_adopt};

/* For runs to precision: was the first site visited after day 300? */
static inline bool toy_late(const void *context, const unsigned char *outcome) {
    const hw_record_layout *layout = context;
    double day = 0.0;
    memcpy(&day, outcome + layout->variables[TOY_RELEASE].offset, sizeof day);
    return day > 300.0;
}

#endif
