/* A queue of known answer, for tests of the kernel: customers arrive in a Poisson draws, wait in one line
 * for the first of c equal servers, first come first served, and are served for an exponential time (M/M/c).
 * It ends when the last of a given number of customers has gone. */
#ifndef HW_TESTS_SIM_MODELS_SERVICE_STATION_H
#define HW_TESTS_SIM_MODELS_SERVICE_STATION_H

#include "sim/world.h"
#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { STATION_LINE = 1 << 16, STATION_SERVERS_MOST = 16 };

typedef struct station_scenario {
    double arrival_rate, service_rate;
    uint32_t servers;
    uint64_t customers;
    uint64_t warm_up; /* the first so many customers do not count in the mean wait */
    double
        grid; /* > 0: all times are rounded up to multiples of it, a power of two, so that sums are exact */
} station_scenario;

typedef struct station_outcome {
    double mean_wait;        /* from arrival to start of service, of those that count */
    double customers_time;   /* integral of the number of customers present over time */
    double times_in_station; /* sum of every customer's time from arrival to departure */
    double last_departure;
    double served;
} station_outcome;

typedef struct station {
    const station_scenario *scenario;
    hw_draws interarrival, service;
    uint64_t to_arrive, started;
    double wait;
    double last_time; /* up to which customers_time is summed */
    uint32_t present;
    uint32_t free_count;
    uint32_t free_servers[STATION_SERVERS_MOST];
    double arrived_at_server[STATION_SERVERS_MOST];
    uint32_t first, length; /* of the line */
    bool overflow;
    double line[STATION_LINE]; /* a ring of arrival times */
    station_outcome outcome;
} station;

enum { STATION_ARRIVAL, STATION_DEPARTURE };

static inline uint32_t station_process_count(const void *scenario) {
    (void)scenario;
    return 1;
}

static inline uint32_t station_queue_capacity(const void *scenario, uint32_t process) {
    (void)process;
    return ((const station_scenario *)scenario)->servers + 1;
}

static inline double station_horizon(const void *scenario) {
    (void)scenario;
    return HUGE_VAL;
}

static inline void *station_create(hw_arena *arena, const void *scenario) {
    station *shop = HW_TAKE(arena, station, 1);
    if (shop != NULL) {
        shop->scenario = scenario;
    }
    return shop;
}

static inline double station_draw(const station *shop, hw_draws *draws, double rate) {
    double time = -log(hw_draws_uniform(draws)) / rate;
    double grid = shop->scenario->grid;
    return grid > 0.0 ? grid * ceil(time / grid) : time;
}

static inline void station_schedule_arrival(station *shop, double now, hw_queue *queue) {
    if (shop->to_arrive > 0) {
        shop->to_arrive--;
        double delay = station_draw(shop, &shop->interarrival, shop->scenario->arrival_rate);
        hw_queue_push(queue, now + delay, STATION_ARRIVAL, 0);
    }
}

static inline void station_start_service(station *shop, double arrived, double now, hw_queue *queue) {
    if (shop->started++ >= shop->scenario->warm_up) {
        shop->wait += now - arrived;
    }
    uint32_t server = shop->free_servers[--shop->free_count];
    shop->arrived_at_server[server] = arrived;
    double delay = station_draw(shop, &shop->service, shop->scenario->service_rate);
    hw_queue_push(queue, now + delay, STATION_DEPARTURE, server);
}

static inline void station_begin(void *state, hw_rng_key key, hw_queue *queues) {
    station *shop = state;
    const station_scenario *scenario = shop->scenario;
    shop->to_arrive = scenario->customers;
    shop->started = 0;
    shop->wait = shop->last_time = 0.0;
    shop->present = shop->first = shop->length = 0;
    shop->overflow = false;
    shop->outcome = (station_outcome){0};
    shop->free_count = scenario->servers;
    for (uint32_t i = 0; i < scenario->servers; i++) {
        shop->free_servers[i] = i;
    }
    hw_draws_open(&shop->interarrival, key, 0, 0, 0);
    hw_draws_open(&shop->service, key, 0, 1, 0);
    station_schedule_arrival(shop, 0.0, &queues[0]);
}

static inline double station_plan(void *state, double now, hw_queue *queues) {
    (void)state;
    (void)now;
    (void)queues;
    return HUGE_VAL;
}

static inline void station_arrival(station *shop, double now, hw_queue *queue) {
    shop->present++;
    station_schedule_arrival(shop, now, queue);
    if (shop->free_count > 0) {
        station_start_service(shop, now, now, queue);
    } else if (shop->length == STATION_LINE) {
        shop->overflow = true;
    } else {
        shop->line[(shop->first + shop->length++) % STATION_LINE] = now;
    }
}

static inline void station_departure(station *shop, uint32_t server, double now, hw_queue *queue) {
    shop->present--;
    shop->outcome.served++;
    shop->outcome.last_departure = now;
    shop->outcome.times_in_station += now - shop->arrived_at_server[server];
    shop->free_servers[shop->free_count++] = server;
    if (shop->length > 0) {
        shop->length--;
        station_start_service(shop, shop->line[shop->first++ % STATION_LINE], now, queue);
    }
}

static inline void station_handle(void *state, uint32_t process, hw_event event, hw_queue *queue) {
    (void)process;
    station *shop = state;
    shop->outcome.customers_time += shop->present * (event.time - shop->last_time);
    shop->last_time = event.time;
    if (hw_event_kind(event) == STATION_ARRIVAL) {
        station_arrival(shop, event.time, queue);
    } else {
        station_departure(shop, hw_event_subject(event), event.time, queue);
    }
}

static inline hw_status station_end(void *state, double now, unsigned char *outcome, hw_failure *failure) {
    station *shop = state;
    if (shop->overflow) {
        *failure = (hw_failure){.time = now, .message = "the line is full"};
        return HW_ERROR_LAW;
    }
    uint64_t counted = shop->scenario->customers - shop->scenario->warm_up;
    shop->outcome.mean_wait = shop->wait / (double)counted;
    memcpy(outcome, &shop->outcome, sizeof shop->outcome);
    return HW_OK;
}

static const hw_model station_model = {
    .name = "M/M/c",
    .version = "1",
    .create = station_create,
    .process_count = station_process_count,
    .queue_capacity = station_queue_capacity,
    .begin = station_begin,
    .plan = station_plan,
    .handle = station_handle,
    .end = station_end,
    .horizon = station_horizon,
};

#endif
