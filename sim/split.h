/* A world that several processes of the system simulate together, in memory that all of them have at the same
 * address.
 *
 * One of them leads: it begins the replication, plans, and ends it. Between two planning days each process of
 * the world is handled by whoever claims it next, those with most events last time first. As the processes of
 * a world do not influence each other between planning days, who handles what changes no number.
 *
 * "Helper" is a process of the system that helps the leader, "process" one of the world. */
#ifndef HW_SIM_SPLIT_H
#define HW_SIM_SPLIT_H

#include "sim/world.h"

typedef struct hw_split_board hw_split_board;

/* Not to be moved between hw_split_lead or hw_split_join and hw_split_leave. */
typedef struct hw_split {
    hw_world world; /* the leader's: the world itself; a helper's: empty */
    hw_world view;  /* the world with a copy of its state of our own, for handling events */
    hw_split_board *board;
    uint32_t helpers; /* besides the leader */
    uint32_t opened;  /* windows so far */
} hw_split;

/* Bytes of the memory to share for a world of the scenario, SIZE_MAX when more than there can be. */
size_t hw_split_bytes(const hw_model *model, const void *scenario);

/* Lays out the world in `memory`: hw_split_bytes zeroed bytes, aligned to 64, at this address in all helpers.
 * For the leader. HW_ERROR_INPUT when the model's worlds cannot be split (no `adopt`), HW_ERROR_MEMORY. */
hw_status hw_split_lead(hw_split *split, const hw_model *model, const void *scenario, void *memory,
                        uint32_t helpers);

/* Joins a world that the leader has laid out, with a scenario of the same content. Statuses as above. */
hw_status hw_split_join(hw_split *split, const hw_model *model, const void *scenario, void *memory);

/* Gives back what belongs to this process, not the shared memory. */
void hw_split_leave(hw_split *split);

/* hw_world_replicate, for the leader while all helpers help. Same outcome, events and failures. */
hw_status hw_split_replicate(hw_split *split, hw_rng_key key, unsigned char *outcome, uint64_t *events,
                             hw_failure *failure);

/* For a helper: handles events of one window; false when dismissed instead. */
bool hw_split_help(hw_split *split);

/* For the leader: lets all helpers go, until they help again. */
void hw_split_dismiss(hw_split *split);

#endif
