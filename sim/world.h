/* A world: logical processes that each handle their own events between planning days, and meet on planning
 * days.
 *
 * The kernel knows nothing of what is simulated: a model is one table of functions. Between two planning days
 * processes do not influence each other, so a replication may handle them one after the other or apart. */
#ifndef HW_SIM_WORLD_H
#define HW_SIM_WORLD_H

#include "sim/arena.h"
#include "sim/error.h"
#include "sim/queue.h"
#include "sim/record.h"
#include "sim/rng.h"

/* Why a replication was given up: a law that did not hold. */
typedef struct hw_failure {
    double time; /* days */
    char message[200];
} hw_failure;

typedef struct hw_model {
    const char *name;
    const char *version; /* part of every digest: change it when the same input may give other numbers */
    const char *code;    /* what it was built from: results of other code are not used again; or NULL */

    /* Lays out the state of a world for `scenario` (constant, shared, outlives the world) in the arena;
     * returns NULL while measuring or out of memory. Everything a replication will ever need is taken here.
     */
    void *(*create)(hw_arena *arena, const void *scenario);

    /* Number of processes, and the most events that process `p` can have pending. */
    uint32_t (*process_count)(const void *scenario);
    uint32_t (*queue_capacity)(const void *scenario, uint32_t process);

    /* Starts a replication at time 0: draws what is drawn for the whole world and pushes first events. */
    void (*begin)(void *state, hw_rng_key key, hw_queue *queues);

    /* A planning day at time `now` (the first one at 0), before the events of that very time; may push events
     * at or after `now` into any queue. Returns the next planning day (> now) or +infinity for none. */
    double (*plan)(void *state, double now, hw_queue *queues);

    /* Handles one event of process p; may push into that process's own queue only, never before event.time.
     */
    void (*handle)(void *state, uint32_t process, hw_event event, hw_queue *queue);

    /* The end at time `now` = horizon: writes the outcome (layout->bytes). HW_ERROR_LAW with `failure` filled
     * in when a law does not hold. */
    hw_status (*end)(void *state, double now, unsigned char *outcome, hw_failure *failure);

    double (*horizon)(const void *scenario); /* days */

    /* For worlds that are spread over processes of the system (sim/split.h); leave out what cannot be. There
     * the state lies in memory that all of them have at one address, one of them calls begin, plan and end,
     * and each calls handle with a copy of the state of its own (`state_bytes`), renewed by `adopt` after
     * each planning day: `own` becomes like `shared` but refers to nothing outside the arena, save to this
     * process's `scenario` of the same content. Then handle may write what belongs to the process (of the
     * world) that it was called for, in the arena, and scratch in its own copy that no later call reads. */
    size_t state_bytes;
    void (*adopt)(void *own, const void *shared, const void *scenario);
} hw_model;

/* How the events between two planning days are handled, when not simply one process after the other. Adds to
 * `handled`. */
typedef struct hw_window {
    hw_status (*run)(void *context, double from, double until, uint64_t *handled, hw_failure *failure);
    void *context;
} hw_window;

typedef struct hw_world {
    const hw_model *model;
    const void *scenario;
    void *state;
    hw_queue *queues;
    uint32_t process_count;
    double horizon;
    hw_arena arena;
    hw_window window; /* run is NULL: one process after the other */
} hw_world;

/* Measures, allocates and lays out a world. HW_ERROR_MEMORY when there is not enough. `scenario` must outlive
 * it. */
hw_status hw_world_create(hw_world *world, const hw_model *model, const void *scenario);

/* The same in zeroed memory of the caller's, aligned to 64 bytes, which must outlive it; how many bytes that
 * takes (SIZE_MAX: more than there can be). */
size_t hw_world_bytes(const hw_model *model, const void *scenario);
hw_status hw_world_create_in(hw_world *world, const hw_model *model, const void *scenario, void *memory,
                             size_t bytes);

void hw_world_destroy(hw_world *world);

/* Runs one replication from start to horizon: events at the horizon or later are not handled. `outcome` takes
 * the record; `events` (may be NULL) the number of events handled. Allocates nothing. Returns HW_OK or
 * HW_ERROR_LAW with `failure` filled in. A law may be reported earlier than the end by the model through its
 * own state; time running backwards is checked here. */
hw_status hw_world_replicate(hw_world *world, hw_rng_key key, unsigned char *outcome, uint64_t *events,
                             hw_failure *failure);

/* Handles the events of one process in [from, until); adds their number to `handled` unless it fails. */
hw_status hw_world_run_process(const hw_world *world, uint32_t process, double from, double until,
                               uint64_t *handled, hw_failure *failure);

#endif
