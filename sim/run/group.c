/* Forms groups of ranks and sets up the world that each simulates. */
#include "sim/run/group.h"
#include "sim/run/interrupt.h"
#include <stdatomic.h>

/* At the head of the shared memory, before the world. */
struct hw_group_desk {
    _Alignas(64) _Atomic bool helper_asked_to_stop;
};

/* ---- Who belongs together ---- */

/* What all ranks must know before any may go on: the smallest and the largest number of ranks on a node, and
 * whether groups fit on all of them. */
static hw_status check_nodes(int on_node, uint64_t size, hw_trouble *trouble) {
    int fits = size <= (uint64_t)on_node && (uint64_t)on_node % size == 0;
    int counts[2] = {fits ? INT32_MAX : on_node, on_node}; /* the smallest that does not fit, the largest */
    int all = 0;
    MPI_Comm_size(MPI_COMM_WORLD, &all);
    MPI_Allreduce(MPI_IN_PLACE, &counts[0], 1, MPI_INT, MPI_MIN, MPI_COMM_WORLD);
    MPI_Allreduce(MPI_IN_PLACE, &counts[1], 1, MPI_INT, MPI_MAX, MPI_COMM_WORLD);
    if (counts[0] == INT32_MAX) {
        return HW_OK;
    }
    if (all == counts[1]) {
        return hw_trouble_note(
            trouble, HW_ERROR_INPUT, 0,
            "%llu ranks per world do not go into %d rank%s: start a multiple of %llu ranks "
            "(mpirun -np N)",
            (unsigned long long)size, all, all == 1 ? "" : "s", (unsigned long long)size);
    }
    return hw_trouble_note(trouble, HW_ERROR_INPUT, 0,
                           "%llu ranks per world do not go into the %d rank%s of a node: start a multiple of "
                           "%llu ranks on each node (mpirun --map-by ppr:N:node)",
                           (unsigned long long)size, counts[0], counts[0] == 1 ? "" : "s",
                           (unsigned long long)size);
}

static void form_groups(hw_group *group, MPI_Comm node, int place_on_node, int size) {
    MPI_Comm_split(node, place_on_node / size, place_on_node, &group->ranks);
    MPI_Comm_rank(group->ranks, &group->place);
    MPI_Comm_size(group->ranks, &group->size);
    group->groups = group->place == 0;
    MPI_Allreduce(MPI_IN_PLACE, &group->groups, 1, MPI_INT, MPI_SUM, MPI_COMM_WORLD);
    group->is_open = true;
}

hw_status hw_group_open(hw_group *group, uint64_t ranks_per_world, hw_trouble *trouble) {
    *group = (hw_group){0};
    uint64_t size = ranks_per_world > 0 ? ranks_per_world : 1;
    MPI_Comm node;
    int on_node = 0;
    int place_on_node = 0;
    MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &node);
    MPI_Comm_size(node, &on_node);
    MPI_Comm_rank(node, &place_on_node);
    if (check_nodes(on_node, size, trouble) == HW_OK) {
        form_groups(group, node, place_on_node, (int)size);
    }
    MPI_Comm_free(&node);
    return trouble->status;
}

void hw_group_close(hw_group *group) {
    hw_group_take_down(group);
    if (group->is_open) {
        MPI_Comm_free(&group->ranks);
    }
    *group = (hw_group){0};
}

/* ---- A world ---- */

static void note(hw_trouble *trouble, hw_status status, const hw_model *model) {
    if (status == HW_ERROR_INPUT) {
        hw_trouble_note(
            trouble, HW_ERROR_INPUT, 0,
            "a world of the %s model cannot be spread over several ranks: run it with one rank per "
            "world",
            model->name);
    } else if (status != HW_OK) {
        hw_trouble_memory(trouble, "a world of this scenario");
    }
}

static void set_up_alone(hw_group *group, const hw_model *model, const void *scenario, hw_trouble *trouble) {
    hw_status status = hw_world_create(&group->world, model, scenario);
    note(trouble, status, model);
    group->is_set_up = status == HW_OK;
}

/* The leader lays out, then the others join. */
static void set_up_together(hw_group *group, const hw_model *model, const void *scenario,
                            hw_trouble *trouble) {
    size_t bytes;
    if (__builtin_add_overflow(sizeof *group->desk, hw_split_bytes(model, scenario), &bytes)) {
        bytes = SIZE_MAX;
    }
    if (hw_shared_memory_map(&group->memory, bytes, group->ranks, trouble) != HW_OK) {
        return;
    }
    group->desk = group->memory.base;
    void *world = group->desk + 1;
    hw_status status = HW_OK;
    if (hw_group_leads(group)) {
        status = hw_split_lead(&group->split, model, scenario, world, (uint32_t)group->size - 1);
    }
    note(trouble, status, model);
    if (hw_trouble_agree_among(trouble, group->ranks) == HW_OK && !hw_group_leads(group)) {
        status = hw_split_join(&group->split, model, scenario, world);
        note(trouble, status, model);
    }
    group->is_set_up = true;
}

hw_status hw_group_set_up(hw_group *group, const hw_model *model, const void *scenario, hw_trouble *trouble) {
    if (group->size == 1) {
        set_up_alone(group, model, scenario, trouble);
        return trouble->status;
    }
    set_up_together(group, model, scenario, trouble);
    if (hw_trouble_agree_among(trouble, group->ranks) != HW_OK) {
        hw_group_take_down(group);
    }
    return trouble->status;
}

void hw_group_take_down(hw_group *group) {
    if (group->is_set_up && group->size == 1) {
        hw_world_destroy(&group->world);
    } else if (group->is_set_up) {
        hw_split_leave(&group->split);
    }
    hw_shared_memory_unmap(&group->memory);
    group->desk = NULL;
    group->is_set_up = false;
}

/* ---- Together ---- */

hw_status hw_group_replicate(hw_group *group, hw_rng_key key, unsigned char *outcome, uint64_t *events,
                             hw_failure *failure) {
    return group->size == 1 ? hw_world_replicate(&group->world, key, outcome, events, failure)
                            : hw_split_replicate(&group->split, key, outcome, events, failure);
}

void hw_group_help(hw_group *group) {
    while (hw_split_help(&group->split)) {
        if (hw_interrupt_asked()) {
            atomic_store(&group->desk->helper_asked_to_stop, true);
        }
    }
}

void hw_group_dismiss(hw_group *group) {
    if (group->size > 1) {
        hw_split_dismiss(&group->split);
    }
}

bool hw_group_asked_to_stop(const hw_group *group) {
    return hw_interrupt_asked() || (group->desk != NULL && atomic_load(&group->desk->helper_asked_to_stop));
}
