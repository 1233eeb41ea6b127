/* Morris's trajectories (Morris 1991, Technometrics 33): each starts at a random point of a grid and moves
 * every factor once, in random order, by the same step, up or down. Elementary effects are differences along
 * them. */
#include "analysis/sweep/design.h"
#include <stdlib.h>

typedef struct terms {
    uint32_t trajectories, levels;
} terms;

static const hw_key keys[] = {
    {.name = "trajectories",
     .type = HW_KEY_COUNT,
     .low = 1,
     .high = 1000000,
     .standard = "20",
     .offset = offsetof(terms, trajectories),
     .meaning = "Trajectories. Each has one point more than there are factors.",
     .source = "our choice: the literature uses ten to fifty"},
    {.name = "levels",
     .type = HW_KEY_COUNT,
     .low = 2,
     .high = 1000,
     .standard = "4",
     .offset = offsetof(terms, levels),
     .meaning =
         "Grid values of each factor, an even number; the step is levels / (2 (levels - 1)) of the range.",
     .source = "Morris 1991"},
};

const hw_section hw_design_morris_parameters = {
    "morris", "Trajectories that change one factor at a time: which of many factors matter at all.",
    sizeof(terms), keys, HW_LENGTH(keys)};

static hw_status make_plan(const void *parameters, hw_design_plan *plan, hw_errors *errors) {
    const terms *wanted = parameters;
    if (wanted->levels % 2 != 0) {
        hw_errors_add(errors, plan->question.where, "'levels' of morris: expected an even number, found %u",
                      wanted->levels);
        return HW_ERROR_INPUT;
    }
    terms *state = malloc(sizeof *state);
    if (state == NULL) {
        return HW_ERROR_MEMORY;
    }
    *state = *wanted;
    plan->state = state;
    plan->points = (uint64_t)wanted->trajectories * (plan->question.factor_count + 1);
    return HW_OK;
}

/* The position of `factor` in the random order of the trajectory's moves: how many factors draw a smaller
 * number. Two equal draws of 52 bits would only make two factors move in the order of the file. */
static uint32_t turn_of(const hw_design_plan *plan, uint64_t trajectory, uint32_t factor) {
    hw_rng_key key = hw_design_key(plan);
    double own = hw_draw(key, factor, HW_DESIGN_ORDER, trajectory);
    uint32_t before = 0;
    for (uint32_t f = 0; f < plan->question.factor_count; f++) {
        double other = hw_draw(key, f, HW_DESIGN_ORDER, trajectory);
        before += other < own || (other == own && f < factor);
    }
    return before;
}

static void point(const hw_design_plan *plan, uint64_t number, double *unit, hw_design_place *place) {
    const terms *state = plan->state;
    uint32_t factors = plan->question.factor_count;
    uint64_t trajectory = number / (factors + 1);
    uint32_t step = (uint32_t)(number % (factors + 1));
    uint32_t half = state->levels / 2;
    place->number[0] = (int32_t)trajectory;
    place->number[1] = -1;
    for (uint32_t f = 0; f < factors; f++) {
        double uniform[4];
        hw_draw_block(hw_design_key(plan), f, HW_DESIGN_BASE, trajectory, uniform);
        uint32_t low = (uint32_t)(uniform[0] * half);
        bool starts_high = uniform[1] < 0.5;
        uint32_t turn = turn_of(plan, trajectory, f);
        bool high = starts_high != (turn < step);
        unit[f] = (double)(high ? low + half : low) / (double)(state->levels - 1);
        if (turn + 1 == step) {
            place->number[1] = (int32_t)f;
        }
    }
}

static void release(hw_design_plan *plan) {
    free(plan->state);
}

const hw_design hw_design_morris = {
    .reaches_ends = true,
    .place_names = {"morris_trajectory", "morris_moved"},
    .place_meanings = {"trajectory",
                       "factor (from 0) that has moved since the point before; -1: first point"},
    .plan = make_plan,
    .point = point,
    .release = release};
