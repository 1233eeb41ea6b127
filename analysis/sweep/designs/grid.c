/* Every level of every factor with every level of the others. The first factor changes slowest. */
#include "analysis/sweep/design.h"
#include <stdlib.h>

typedef struct terms {
    uint32_t steps;
} terms;

static const hw_key keys[] = {
    {.name = "steps",
     .type = HW_KEY_COUNT,
     .low = 2,
     .high = 100000,
     .standard = "5",
     .offset = offsetof(terms, steps),
     .meaning = "Values, evenly apart and with both ends, of each factor that has no levels of its own.",
     .source = "our choice"},
};

const hw_section hw_design_grid_parameters = {"grid", "All combinations of the levels of all factors.",
                                              sizeof(terms), keys, HW_LENGTH(keys)};

static uint32_t levels_of(const hw_design_plan *plan, uint32_t factor) {
    uint32_t own = plan->question.levels[factor];
    return own ? own : ((const terms *)plan->state)->steps;
}

static hw_status make_plan(const void *parameters, hw_design_plan *plan, hw_errors *errors) {
    terms *state = malloc(sizeof *state);
    if (state == NULL) {
        return HW_ERROR_MEMORY;
    }
    *state = *(const terms *)parameters;
    plan->state = state;
    plan->points = 1;
    for (uint32_t f = 0; f < plan->question.factor_count; f++) {
        if (__builtin_mul_overflow(plan->points, levels_of(plan, f), &plan->points)) {
            hw_errors_add(errors, plan->question.where, "this grid has more points than can be counted");
            return HW_ERROR_INPUT;
        }
    }
    return HW_OK;
}

static void point(const hw_design_plan *plan, uint64_t number, double *unit, hw_design_place *place) {
    (void)place;
    for (uint32_t f = plan->question.factor_count; f-- > 0;) {
        uint32_t levels = levels_of(plan, f);
        uint64_t level = number % levels;
        number /= levels;
        unit[f] = levels > 1 ? (double)level / (double)(levels - 1) : 0.5;
    }
}

static void release(hw_design_plan *plan) {
    free(plan->state);
}

const hw_design hw_design_grid = {
    .reaches_ends = true, .plan = make_plan, .point = point, .release = release};
