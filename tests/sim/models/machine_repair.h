/* The machine repair model, for tests of the kernel: N machines fail independently, each at a rate while it
 * runs; R repairers mend one machine at a time. The number of broken machines is a birth-death process of
 * known answer. The one planning day that matters is the end of the warm-up, from which on time is counted.
 */
#ifndef HW_TESTS_SIM_MODELS_MACHINE_REPAIR_H
#define HW_TESTS_SIM_MODELS_MACHINE_REPAIR_H

#include "sim/world.h"
#include <math.h>
#include <string.h>

typedef struct repair_scenario {
    double failure_rate, repair_rate;
    uint32_t machines, repairers;
    double warm_up, horizon; /* days */
} repair_scenario;

typedef struct repair_shop {
    const repair_scenario *scenario;
    hw_draws failures, repairs;
    uint32_t broken;
    double counted_from, last_time;
    double broken_days; /* integral of the number of broken machines */
} repair_shop;

enum { REPAIR_FAILURE, REPAIR_DONE };

static inline uint32_t repair_process_count(const void *scenario) {
    (void)scenario;
    return 1;
}

static inline uint32_t repair_queue_capacity(const void *scenario, uint32_t process) {
    (void)process;
    return ((const repair_scenario *)scenario)->machines;
}

static inline double repair_horizon(const void *scenario) {
    return ((const repair_scenario *)scenario)->horizon;
}

static inline void *repair_create(hw_arena *arena, const void *scenario) {
    repair_shop *shop = HW_TAKE(arena, repair_shop, 1);
    if (shop != NULL) {
        shop->scenario = scenario;
    }
    return shop;
}

static inline void repair_schedule_failure(repair_shop *shop, double now, hw_queue *queue) {
    double delay = -log(hw_draws_uniform(&shop->failures)) / shop->scenario->failure_rate;
    hw_queue_push(queue, now + delay, REPAIR_FAILURE, 0);
}

static inline void repair_schedule_repair(repair_shop *shop, double now, hw_queue *queue) {
    double delay = -log(hw_draws_uniform(&shop->repairs)) / shop->scenario->repair_rate;
    hw_queue_push(queue, now + delay, REPAIR_DONE, 0);
}

static inline void repair_begin(void *state, hw_rng_key key, hw_queue *queues) {
    repair_shop *shop = state;
    hw_draws_open(&shop->failures, key, 0, 0, 0);
    hw_draws_open(&shop->repairs, key, 0, 1, 0);
    shop->broken = 0;
    for (uint32_t i = 0; i < shop->scenario->machines; i++) {
        repair_schedule_failure(shop, 0.0, &queues[0]);
    }
}

static inline double repair_plan(void *state, double now, hw_queue *queues) {
    (void)queues;
    repair_shop *shop = state;
    shop->counted_from = shop->last_time = now;
    shop->broken_days = 0.0;
    return now < shop->scenario->warm_up ? shop->scenario->warm_up : HUGE_VAL;
}

static inline void repair_count_days(repair_shop *shop, double now) {
    shop->broken_days += shop->broken * (now - shop->last_time);
    shop->last_time = now;
}

/* Who is broken does not matter: as many repairs are pending as repairers are at work. */
static inline void repair_handle(void *state, uint32_t process, hw_event event, hw_queue *queue) {
    (void)process;
    repair_shop *shop = state;
    repair_count_days(shop, event.time);
    if (hw_event_kind(event) == REPAIR_FAILURE) {
        shop->broken++;
        if (shop->broken <= shop->scenario->repairers) {
            repair_schedule_repair(shop, event.time, queue);
        }
        return;
    }
    shop->broken--;
    repair_schedule_failure(shop, event.time, queue);
    if (shop->broken >= shop->scenario->repairers) {
        repair_schedule_repair(shop, event.time, queue);
    }
}

/* The outcome is one double: the mean number of broken machines. */
static inline hw_status repair_end(void *state, double now, unsigned char *outcome, hw_failure *failure) {
    (void)failure;
    repair_shop *shop = state;
    repair_count_days(shop, now);
    double mean_broken = shop->broken_days / (now - shop->counted_from);
    memcpy(outcome, &mean_broken, sizeof mean_broken);
    return HW_OK;
}

static const hw_model repair_model = {
    .name = "machine repair",
    .version = "1",
    .create = repair_create,
    .process_count = repair_process_count,
    .queue_capacity = repair_queue_capacity,
    .begin = repair_begin,
    .plan = repair_plan,
    .handle = repair_handle,
    .end = repair_end,
    .horizon = repair_horizon,
};

#endif
