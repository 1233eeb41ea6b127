/* The single-server queue: as a model on the kernel, and as a loop by hand. */
#include "analysis/bench/mm1.h"

#include "analysis/base/clock.h"
#include "sim/rng.h"
#include "sim/world.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

static const double MEAN_INTERARRIVAL = 1.0 / 0.9;
static const double MEAN_SERVICE = 1.0;

enum { ARRIVAL, DEPARTURE };     /* kinds of event */
enum { INTERARRIVAL, SERVICE };  /* purposes of draws */
enum { WAITING_ROOM = 1 << 12 }; /* a power of two; 0.9^4096: it never fills up */

static double draw_exponential(hw_draws *draws, double mean) {
    return -mean * log(hw_draws_uniform(draws));
}

/* Arrival times of those who wait, in a ring. */
typedef struct waiting_line {
    double arrived[WAITING_ROOM];
    uint32_t first, length;
} waiting_line;

static void join_line(waiting_line *line, double arrived) {
    line->arrived[(line->first + line->length++) % WAITING_ROOM] = arrived;
}

static double leave_line(waiting_line *line) {
    line->length--;
    return line->arrived[line->first++ % WAITING_ROOM];
}

/* ---- through the kernel: a model like any other ---- */

typedef struct single_server {
    uint64_t customers; /* kept from one replication to the next */
    uint64_t to_arrive, served;
    hw_draws interarrival, service;
    double total_wait;
    bool busy;
    waiting_line line;
} single_server;

static uint32_t process_count(const void *scenario) {
    (void)scenario;
    return 1;
}

static uint32_t queue_capacity(const void *scenario, uint32_t process) {
    (void)scenario;
    (void)process;
    return 2;
}

static double horizon(const void *scenario) {
    (void)scenario;
    return HUGE_VAL; /* it ends when the last customer has gone */
}

static void *create(hw_arena *arena, const void *scenario) {
    single_server *server = HW_TAKE(arena, single_server, 1);
    if (server != NULL) {
        server->customers = *(const uint64_t *)scenario;
    }
    return server;
}

static void schedule_arrival(single_server *server, double now, hw_queue *queue) {
    if (server->to_arrive > 0) {
        server->to_arrive--;
        hw_queue_push(queue, now + draw_exponential(&server->interarrival, MEAN_INTERARRIVAL), ARRIVAL, 0);
    }
}

static void start_service(single_server *server, double arrived, double now, hw_queue *queue) {
    server->total_wait += now - arrived;
    hw_queue_push(queue, now + draw_exponential(&server->service, MEAN_SERVICE), DEPARTURE, 0);
}

static void begin(void *state, hw_rng_key key, hw_queue *queues) {
    single_server *server = state;
    server->to_arrive = server->customers;
    server->served = 0;
    server->total_wait = 0.0;
    server->busy = false;
    server->line.first = server->line.length = 0;
    hw_draws_open(&server->interarrival, key, 0, INTERARRIVAL, 0);
    hw_draws_open(&server->service, key, 0, SERVICE, 0);
    schedule_arrival(server, 0.0, &queues[0]);
}

static double plan_nothing(void *state, double now, hw_queue *queues) {
    (void)state;
    (void)now;
    (void)queues;
    return HUGE_VAL;
}

static void handle_arrival(single_server *server, double now, hw_queue *queue) {
    schedule_arrival(server, now, queue);
    if (server->busy) {
        join_line(&server->line, now);
    } else {
        server->busy = true;
        start_service(server, now, now, queue);
    }
}

static void handle_departure(single_server *server, double now, hw_queue *queue) {
    server->served++;
    if (server->line.length > 0) {
        start_service(server, leave_line(&server->line), now, queue);
    } else {
        server->busy = false;
    }
}

static void handle(void *state, uint32_t process, hw_event event, hw_queue *queue) {
    (void)process;
    if (hw_event_kind(event) == ARRIVAL) {
        handle_arrival(state, event.time, queue);
    } else {
        handle_departure(state, event.time, queue);
    }
}

static hw_status end(void *state, double now, unsigned char *outcome, hw_failure *failure) {
    (void)now;
    (void)failure;
    const single_server *server = state;
    double mean_wait = server->total_wait / (double)server->served;
    memcpy(outcome, &mean_wait, sizeof mean_wait);
    return HW_OK;
}

static const hw_model single_server_model = {
    .name = "M/M/1",
    .version = "1",
    .create = create,
    .process_count = process_count,
    .queue_capacity = queue_capacity,
    .begin = begin,
    .plan = plan_nothing,
    .handle = handle,
    .end = end,
    .horizon = horizon,
};

void hw_bench_mm1_kernel(uint64_t customers, uint64_t seed, double *mean_wait, double *seconds,
                         uint64_t *events) {
    hw_world world;
    hw_failure failure;
    *mean_wait = (double)NAN;
    *events = 0;
    double start = hw_bench_seconds();
    hw_status status = hw_world_create(&world, &single_server_model, &customers);
    if (status == HW_OK) {
        start = hw_bench_seconds();
        hw_rng_key key = {.seed = seed, .replication = 0};
        status = hw_world_replicate(&world, key, (unsigned char *)mean_wait, events, &failure);
    }
    *seconds = status == HW_OK ? hw_bench_seconds() - start : (double)NAN;
    hw_world_destroy(&world);
}

/* ---- by hand: one loop for this one question ---- */

typedef struct pending {
    double time;
    int kind;
} pending;

typedef struct plain_heap {
    pending items[4]; /* two are ever pending; the form is the general one */
    int count;
} plain_heap;

static void push(plain_heap *heap, double time, int kind) {
    int place = heap->count++;
    while (place > 0 && heap->items[(place - 1) / 4].time > time) {
        heap->items[place] = heap->items[(place - 1) / 4];
        place = (place - 1) / 4;
    }
    heap->items[place] = (pending){time, kind};
}

static pending pop(plain_heap *heap) {
    pending first = heap->items[0];
    pending last = heap->items[--heap->count];
    int place = 0;
    for (int child = 1; child < heap->count; child = 4 * place + 1) {
        int earliest = child;
        for (int other = child + 1; other < child + 4 && other < heap->count; other++) {
            if (heap->items[other].time < heap->items[earliest].time) {
                earliest = other;
            }
        }
        if (heap->items[earliest].time >= last.time) {
            break;
        }
        heap->items[place] = heap->items[earliest];
        place = earliest;
    }
    heap->items[place] = last;
    return first;
}

/* Everything in local variables of one loop. */
static double simulate_by_hand(uint64_t customers, hw_rng_key key, waiting_line *line, uint64_t *events) {
    hw_draws interarrival, service;
    hw_draws_open(&interarrival, key, 0, INTERARRIVAL, 0);
    hw_draws_open(&service, key, 0, SERVICE, 0);
    plain_heap heap = {.count = 0};
    uint64_t to_arrive = customers - 1, handled = 0;
    double total_wait = 0.0;
    bool busy = false;
    push(&heap, draw_exponential(&interarrival, MEAN_INTERARRIVAL), ARRIVAL);
    while (heap.count > 0) {
        pending event = pop(&heap);
        double now = event.time;
        handled++;
        if (event.kind == ARRIVAL) {
            if (to_arrive > 0) {
                to_arrive--;
                push(&heap, now + draw_exponential(&interarrival, MEAN_INTERARRIVAL), ARRIVAL);
            }
            if (busy) {
                join_line(line, now);
            } else {
                busy = true;
                push(&heap, now + draw_exponential(&service, MEAN_SERVICE), DEPARTURE);
            }
        } else if (line->length > 0) {
            total_wait += now - leave_line(line);
            push(&heap, now + draw_exponential(&service, MEAN_SERVICE), DEPARTURE);
        } else {
            busy = false;
        }
    }
    *events = handled;
    return total_wait / (double)customers;
}

void hw_bench_mm1_by_hand(uint64_t customers, uint64_t seed, double *mean_wait, double *seconds,
                          uint64_t *events) {
    waiting_line line;
    line.first = line.length = 0;
    double start = hw_bench_seconds();
    *mean_wait = simulate_by_hand(customers, (hw_rng_key){.seed = seed, .replication = 0}, &line, events);
    *seconds = hw_bench_seconds() - start;
}
