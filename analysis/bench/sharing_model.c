/* Ranks, counter and disk as a model of our own kernel. */
#include "analysis/bench/sharing_model.h"
#include "sim/distribution.h"
#include "sim/run/share.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

/* A rank asks the counter for work; a rank has finished, and no work is left. */
enum { ASKS, LEAVES };
enum { DRAW_WORK = 1, DRAW_LATENCY };

typedef struct state {
    const hw_sharing *sharing;
    hw_share share;         /* the rule of batch sizes only: no window */
    uint64_t left, tickets; /* pieces; claims answered with work */
    double counter_free, waited, busy, worked, last;
    hw_rng_key key;
} state;

static void *create(hw_arena *arena, const void *scenario) {
    state *s = HW_TAKE(arena, state, 1);
    if (s != NULL) {
        s->sharing = scenario;
    }
    return s;
}

static uint32_t process_count(const void *scenario) {
    (void)scenario;
    return 1;
}

static uint32_t queue_capacity(const void *scenario, uint32_t process) {
    (void)process;
    return ((const hw_sharing *)scenario)->ranks + 1;
}

static void begin(void *memory, hw_rng_key key, hw_queue *queues) {
    state *s = memory;
    const hw_sharing *sharing = s->sharing;
    *s = (state){.sharing = sharing, .key = key, .left = sharing->points * sharing->pieces_per_point};
    s->share = (hw_share){.ranks = (int)sharing->ranks,
                          .largest = sharing->largest_pieces,
                          .whole = sharing->pieces_per_point,
                          .least = 1};
    for (uint32_t rank = 0; rank < sharing->ranks; rank++) {
        hw_queue_push(&queues[0], 0.0, ASKS, rank);
    }
}

static double plan(void *memory, double now, hw_queue *queues) {
    (void)memory;
    (void)now;
    (void)queues;
    return HUGE_VAL;
}

/* The sum of many replications, by the central limit theorem. */
static double work_of(state *s, uint64_t pieces) {
    const hw_sharing *sharing = s->sharing;
    double n = (double)pieces * (double)sharing->replications_per_piece;
    double z = hw_normal_quantile(hw_draw(s->key, s->tickets, DRAW_WORK, 0));
    return fmax(n * sharing->replication + sqrt(n) * sharing->replication_sd * z, 0.0);
}

static void ask(state *s, hw_event event, hw_queue *queue) {
    const hw_sharing *sharing = s->sharing;
    double served = fmax(event.time, s->counter_free);
    s->waited += served - event.time;
    s->counter_free = served + sharing->counter;
    s->busy += sharing->counter;
    double answered =
        s->counter_free + sharing->latency * hw_draw(s->key, s->tickets, DRAW_LATENCY, event.order);
    if (s->left == 0) {
        hw_queue_push(queue, answered, LEAVES, hw_event_subject(event));
        return;
    }
    uint64_t pieces = hw_share_batch_of(&s->share, s->left);
    s->left -= pieces;
    double work = work_of(s, pieces);
    s->tickets++;
    s->worked += work;
    double points = ceil((double)pieces / (double)sharing->pieces_per_point);
    hw_queue_push(queue, answered + points * sharing->point + work + sharing->disk, ASKS,
                  hw_event_subject(event));
}

static void handle(void *memory, uint32_t process, hw_event event, hw_queue *queue) {
    (void)process;
    state *s = memory;
    if (hw_event_kind(event) == ASKS) {
        ask(s, event, queue);
    } else {
        s->last = fmax(s->last, event.time);
    }
}

static hw_status end(void *memory, double now, unsigned char *outcome, hw_failure *failure) {
    (void)now;
    const state *s = memory;
    if (s->left > 0) {
        snprintf(failure->message, sizeof failure->message, "%llu pieces were not done",
                 (unsigned long long)s->left);
        return HW_ERROR_LAW;
    }
    double claims = (double)s->tickets + s->sharing->ranks;
    const hw_sharing_answer answer = {.seconds = s->last,
                                      .efficiency = s->worked / (s->sharing->ranks * s->last),
                                      .claim_wait = s->waited / claims,
                                      .counter_busy = s->busy / s->last,
                                      .batches = (double)s->tickets};
    memcpy(outcome, &answer, sizeof answer);
    return HW_OK;
}

/* Longer than any sweep. */
static double horizon(const void *scenario) {
    (void)scenario;
    return 1e12;
}

const hw_model hw_sharing_model = {.name = "sharing of work",
                                   .version = "1",
                                   .create = create,
                                   .process_count = process_count,
                                   .queue_capacity = queue_capacity,
                                   .begin = begin,
                                   .plan = plan,
                                   .handle = handle,
                                   .end = end,
                                   .horizon = horizon};

hw_status hw_sharing_simulate(const hw_sharing *sharing, uint64_t seed, hw_sharing_answer *answer) {
    hw_world world;
    hw_failure failure;
    hw_status status = hw_world_create(&world, &hw_sharing_model, sharing);
    if (status == HW_OK) {
        status =
            hw_world_replicate(&world, (hw_rng_key){.seed = seed}, (unsigned char *)answer, NULL, &failure);
        hw_world_destroy(&world);
    }
    return status;
}
