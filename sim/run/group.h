/* Groups of ranks, each of which simulates one replication at a time.
 *
 * Usually a group is one rank. With more, the processes of a world are spread over the ranks of its group,
 * which meet on planning days (sim/split.h): the first rank of a group leads, claims work and keeps the
 * journal, the others help it. A group lies on one node, as its ranks share the world's memory. The bytes of
 * a result do not depend on it.
 *
 *     open                                     all ranks of the job
 *     for each scenario: set_up                all ranks of the group
 *         leader: replicate ..., dismiss       others: help
 *         take_down                            each rank
 *     close                                    all ranks of the job */
#ifndef HW_SIM_RUN_GROUP_H
#define HW_SIM_RUN_GROUP_H

#include "sim/run/shared_memory.h"
#include "sim/run/trouble.h"
#include "sim/split.h"
#include <mpi.h>

struct hw_group_desk;

/* Not to be moved while open. */
typedef struct hw_group {
    MPI_Comm ranks; /* of this group */
    int size;       /* of them */
    int place;      /* of this rank among them; 0 leads */
    int groups;     /* in the job */
    bool is_open, is_set_up;
    hw_world world; /* of a group of one */
    hw_split split; /* of a larger group */
    hw_shared_memory memory;
    struct hw_group_desk *desk;
} hw_group;

/* Collective over all ranks of the job: groups of `ranks_per_world` (0 counts as 1) neighbours on a node.
 * HW_ERROR_INPUT, in words for the user, when the number of ranks of a node is not a multiple of it. The same
 * status on each rank. */
hw_status hw_group_open(hw_group *group, uint64_t ranks_per_world, hw_trouble *trouble);
void hw_group_close(hw_group *group);

static inline bool hw_group_leads(const hw_group *group) {
    return group->place == 0;
}

/* Collective over the group: a world of the scenario, of the same content in each rank; the scenario must
 * outlive it. HW_ERROR_INPUT when the model's worlds cannot be split, HW_ERROR_MEMORY. The same status on
 * each rank of the group. */
hw_status hw_group_set_up(hw_group *group, const hw_model *model, const void *scenario, hw_trouble *trouble);
void hw_group_take_down(hw_group *group);

/* For the leader: one replication, as hw_world_replicate does it. */
hw_status hw_group_replicate(hw_group *group, hw_rng_key key, unsigned char *outcome, uint64_t *events,
                             hw_failure *failure);

/* For the others: helps the leader until it dismisses them. */
void hw_group_help(hw_group *group);

/* For the leader: lets the others go on, before the next collective call. */
void hw_group_dismiss(hw_group *group);

/* For the leader: has a rank of the group been asked by a signal to stop? */
bool hw_group_asked_to_stop(const hw_group *group);

#endif
