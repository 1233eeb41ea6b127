/* Processes that handle their own events for a month and exchange goods on planning days, for tests of the
 * world. Every process is a village with a number of its own that keys its draws; which process it is must
 * not matter. The model also watches the world: it notes every breach of the promises that sim/world.h gives.
 */
#ifndef HW_TESTS_SIM_MODELS_EXCHANGE_H
#define HW_TESTS_SIM_MODELS_EXCHANGE_H

#include "sim/world.h"
#include <math.h>
#include <string.h>

enum { EXCHANGE_VILLAGES = 12, EXCHANGE_PENDING = 6 };

/* What a village does wrong, once it is day 50. */
typedef enum exchange_fault {
    EXCHANGE_FAULTLESS,
    EXCHANGE_PUSHES_INTO_PAST,
    EXCHANGE_PUSHES_NEGATIVE,
    EXCHANGE_PUSHES_NAN,
    EXCHANGE_PLANS_NOW,
    EXCHANGE_PLANS_NAN,
    EXCHANGE_LOSES_GOODS,
} exchange_fault;

typedef struct exchange_scenario {
    uint32_t village[EXCHANGE_VILLAGES]; /* of each process */
    double horizon, month;
    exchange_fault fault;
} exchange_scenario;

typedef struct exchange_village {
    uint64_t goods, draws, handled, breaches;
    double last_time;
} exchange_village;

typedef struct exchange {
    const exchange_scenario *scenario;
    hw_rng_key key;
    double window_start, window_end;
    uint64_t plans, breaches;
    exchange_village *villages;
} exchange;

/* In the order of villages, not of processes. */
typedef struct exchange_outcome {
    uint64_t goods[EXCHANGE_VILLAGES], handled[EXCHANGE_VILLAGES];
    uint64_t plans, breaches;
} exchange_outcome;

static inline uint32_t exchange_process_count(const void *scenario) {
    (void)scenario;
    return EXCHANGE_VILLAGES;
}

static inline uint32_t exchange_queue_capacity(const void *scenario, uint32_t process) {
    (void)scenario;
    (void)process;
    return EXCHANGE_PENDING + 1;
}

static inline double exchange_horizon(const void *scenario) {
    return ((const exchange_scenario *)scenario)->horizon;
}

static inline void *exchange_create(hw_arena *arena, const void *scenario) {
    exchange *world = HW_TAKE(arena, exchange, 1);
    exchange_village *villages = HW_TAKE(arena, exchange_village, EXCHANGE_VILLAGES);
    if (world != NULL && villages != NULL) {
        world->scenario = scenario;
        world->villages = villages;
        return world;
    }
    return NULL;
}

static inline void exchange_adopt(void *own, const void *shared, const void *scenario) {
    exchange *world = own;
    *world = *(const exchange *)shared;
    world->scenario = scenario;
}

static inline double exchange_draw(exchange *world, uint32_t village) {
    return hw_draw(world->key, village, 0, world->villages[village].draws++);
}

/* Times on a grid of a quarter day tie with each other and with planning days and the horizon. */
static inline void exchange_push(exchange *world, uint32_t process, double now, hw_queue *queue) {
    uint32_t village = world->scenario->village[process];
    double delay = 0.25 * floor(20.0 * exchange_draw(world, village));
    hw_queue_push(queue, now + delay, village % 3, village);
}

static inline void exchange_begin(void *state, hw_rng_key key, hw_queue *queues) {
    exchange *world = state;
    *world = (exchange){
        .scenario = world->scenario, .key = key, .window_start = -1.0, .villages = world->villages};
    for (uint32_t p = 0; p < EXCHANGE_VILLAGES; p++) {
        world->breaches += queues[p].count != 0;
        world->villages[world->scenario->village[p]] = (exchange_village){.goods = 100};
        for (int i = 0; i < EXCHANGE_PENDING; i++) {
            exchange_push(world, p, 0.0, &queues[p]);
        }
    }
}

/* Villages level out what they have: the sum is divided, the rest goes to the villages with the lowest
 * numbers. */
static inline double exchange_plan(void *state, double now, hw_queue *queues) {
    (void)queues;
    exchange *world = state;
    world->breaches += now != world->window_end;
    uint64_t sum = 0;
    for (uint32_t v = 0; v < EXCHANGE_VILLAGES; v++) {
        sum += world->villages[v].goods;
    }
    for (uint32_t v = 0; v < EXCHANGE_VILLAGES; v++) {
        world->villages[v].goods = sum / EXCHANGE_VILLAGES + (v < sum % EXCHANGE_VILLAGES);
    }
    world->plans++;
    world->window_start = now;
    world->window_end = now + world->scenario->month;
    if (now >= 50.0 && world->scenario->fault == EXCHANGE_PLANS_NOW) {
        return now;
    }
    return now >= 50.0 && world->scenario->fault == EXCHANGE_PLANS_NAN ? (double)NAN : world->window_end;
}

static inline void exchange_misbehave(const exchange *world, double now, hw_queue *queue) {
    switch (world->scenario->fault) {
    case EXCHANGE_PUSHES_INTO_PAST:
        hw_queue_push(queue, nextafter(now, 0.0), 1, 7);
        return;
    case EXCHANGE_PUSHES_NEGATIVE:
        hw_queue_push(queue, -1.0, 1, 7);
        return;
    case EXCHANGE_PUSHES_NAN:
        hw_queue_push(queue, (double)NAN, 1, 7);
        return;
    default:
        return;
    }
}

static inline void exchange_handle(void *state, uint32_t process, hw_event event, hw_queue *queue) {
    exchange *world = state;
    uint32_t village = world->scenario->village[process];
    exchange_village *here = &world->villages[village];
    here->breaches += event.time < world->window_start || event.time >= world->window_end;
    here->breaches += event.time < here->last_time || event.time >= world->scenario->horizon;
    here->breaches += hw_event_subject(event) != village;
    here->last_time = event.time;
    here->handled++;
    here->goods += 1 + (uint64_t)(10.0 * exchange_draw(world, village));
    exchange_push(world, process, event.time, queue);
    if (event.time >= 50.0 && village == 5 && world->scenario->fault != EXCHANGE_FAULTLESS) {
        exchange_misbehave(world, event.time, queue);
    }
}

static inline hw_status exchange_end(void *state, double now, unsigned char *outcome, hw_failure *failure) {
    const exchange *world = state;
    if (world->scenario->fault == EXCHANGE_LOSES_GOODS) {
        *failure = (hw_failure){.time = now, .message = "goods are lost"};
        return HW_ERROR_LAW;
    }
    exchange_outcome result = {.plans = world->plans, .breaches = world->breaches};
    for (uint32_t v = 0; v < EXCHANGE_VILLAGES; v++) {
        result.goods[v] = world->villages[v].goods;
        result.handled[v] = world->villages[v].handled;
        result.breaches += world->villages[v].breaches;
    }
    memcpy(outcome, &result, sizeof result);
    return HW_OK;
}

static const hw_model exchange_model = {
    .name = "exchange",
    .version = "1",
    .create = exchange_create,
    .process_count = exchange_process_count,
    .queue_capacity = exchange_queue_capacity,
    .begin = exchange_begin,
    .plan = exchange_plan,
    .handle = exchange_handle,
    .end = exchange_end,
    .horizon = exchange_horizon,
    .state_bytes = sizeof(exchange),
    .adopt = exchange_adopt,
};

#endif
