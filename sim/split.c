/* Runs one world on several processes, window by window. */
#include "sim/split.h"
#include "sim/gate.h"
#include <assert.h>
#include <stdatomic.h>
#include <stdlib.h>

/* A process of the world, as far as the window goes. In cache lines of its own. */
typedef struct part {
    _Alignas(64) uint64_t handled; /* in the last window */
    hw_status status;
    hw_failure failure;
} part;

/* In the shared memory, before the world. Helpers read when a window has opened what the leader wrote before,
 * and the leader when all have arrived what the helpers wrote. */
struct hw_split_board {
    hw_gate opened, arrived;
    _Alignas(64) _Atomic uint32_t next; /* to be claimed, in `order` */
    _Alignas(64) bool dismissed;
    double from, until;
    const void *state;
    hw_queue *queues;
    part *parts;
    uint32_t *order; /* of processes, heaviest first */
};

/* What stands before the world; the same calls whether the arena measures or gives. */
static hw_split_board *lay_out_board(hw_arena *arena, uint32_t processes) {
    hw_split_board *board = HW_TAKE(arena, hw_split_board, 1);
    part *parts = HW_TAKE(arena, part, processes);
    uint32_t *order = HW_TAKE(arena, uint32_t, processes);
    if (board != NULL && parts != NULL && order != NULL) {
        board->parts = parts;
        board->order = order;
    }
    return board;
}

static size_t board_bytes(const hw_model *model, const void *scenario) {
    hw_arena measure = hw_arena_measure();
    lay_out_board(&measure, model->process_count(scenario));
    return measure.used;
}

size_t hw_split_bytes(const hw_model *model, const void *scenario) {
    size_t bytes;
    bool too_many =
        __builtin_add_overflow(board_bytes(model, scenario), hw_world_bytes(model, scenario), &bytes);
    return too_many ? SIZE_MAX : bytes;
}

/* Our own view of the world; the state is filled in window by window. */
static hw_status take_view(hw_split *split, const hw_model *model, const void *scenario) {
    split->view = (hw_world){.model = model,
                             .scenario = scenario,
                             .state = malloc(model->state_bytes),
                             .process_count = model->process_count(scenario),
                             .horizon = model->horizon(scenario)};
    return split->view.state != NULL ? HW_OK : HW_ERROR_MEMORY;
}

/* The order of the window before is nearly that of this one: insertion is linear then. */
static void sort_heaviest_first(const hw_split_board *board, uint32_t processes) {
    for (uint32_t i = 1; i < processes; i++) {
        uint32_t moving = board->order[i];
        uint32_t j = i;
        for (; j > 0 && board->parts[board->order[j - 1]].handled < board->parts[moving].handled; j--) {
            board->order[j] = board->order[j - 1];
        }
        board->order[j] = moving;
    }
}

/* Claims processes until none are left. */
static void handle_events(hw_split *split) {
    hw_split_board *board = split->board;
    split->view.queues = board->queues;
    split->view.model->adopt(split->view.state, board->state, split->view.scenario);
    for (uint32_t i = atomic_fetch_add(&board->next, 1); i < split->view.process_count;
         i = atomic_fetch_add(&board->next, 1)) {
        uint32_t process = board->order[i];
        assert(process < split->view.process_count);
        part *mine = &board->parts[process];
        mine->handled = 0;
        mine->status = hw_world_run_process(&split->view, process, board->from, board->until, &mine->handled,
                                            &mine->failure);
    }
}

/* As if the processes had been handled one after the other up to the first that fails. */
static hw_status sum_up(const hw_split *split, uint64_t *handled, hw_failure *failure) {
    for (uint32_t p = 0; p < split->view.process_count; p++) {
        const part *one = &split->board->parts[p];
        if (one->status != HW_OK) {
            *failure = one->failure;
            return one->status;
        }
        *handled += one->handled;
    }
    return HW_OK;
}

static void open_gate(hw_split *split) {
    split->opened++;
    hw_gate_pass(&split->board->opened);
}

static void await_helpers(hw_split *split) {
    hw_gate_wait(&split->board->arrived, split->opened * split->helpers);
}

static hw_status run_window(void *context, double from, double until, uint64_t *handled,
                            hw_failure *failure) {
    hw_split *split = context;
    hw_split_board *board = split->board;
    sort_heaviest_first(board, split->view.process_count);
    board->from = from;
    board->until = until;
    atomic_store(&board->next, 0);
    open_gate(split);
    handle_events(split);
    await_helpers(split);
    return sum_up(split, handled, failure);
}

hw_status hw_split_lead(hw_split *split, const hw_model *model, const void *scenario, void *memory,
                        uint32_t helpers) {
    *split = (hw_split){.helpers = helpers};
    if (model->adopt == NULL) {
        return HW_ERROR_INPUT;
    }
    size_t before = board_bytes(model, scenario);
    hw_arena arena = hw_arena_in(memory, before);
    split->board = lay_out_board(&arena, model->process_count(scenario));
    hw_status status = hw_world_create_in(&split->world, model, scenario, (unsigned char *)memory + before,
                                          hw_world_bytes(model, scenario));
    if (status == HW_OK) {
        status = take_view(split, model, scenario);
    }
    if (status != HW_OK) {
        hw_split_leave(split);
        return status;
    }
    split->world.window = (hw_window){.run = run_window, .context = split};
    split->board->state = split->world.state;
    split->board->queues = split->world.queues;
    for (uint32_t p = 0; p < split->view.process_count; p++) {
        split->board->order[p] = p;
    }
    return HW_OK;
}

hw_status hw_split_join(hw_split *split, const hw_model *model, const void *scenario, void *memory) {
    *split = (hw_split){.board = memory};
    return model->adopt == NULL ? HW_ERROR_INPUT : take_view(split, model, scenario);
}

void hw_split_leave(hw_split *split) {
    hw_world_destroy(&split->world);
    free(split->view.state);
    *split = (hw_split){0};
}

hw_status hw_split_replicate(hw_split *split, hw_rng_key key, unsigned char *outcome, uint64_t *events,
                             hw_failure *failure) {
    return hw_world_replicate(&split->world, key, outcome, events, failure);
}

bool hw_split_help(hw_split *split) {
    hw_split_board *board = split->board;
    hw_gate_wait(&board->opened, ++split->opened);
    bool dismissed = board->dismissed;
    if (!dismissed) {
        handle_events(split);
    }
    hw_gate_pass(&board->arrived);
    return !dismissed;
}

void hw_split_dismiss(hw_split *split) {
    split->board->dismissed = true;
    open_gate(split);
    await_helpers(split);
    split->board->dismissed = false;
}
