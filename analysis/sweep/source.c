/* Hands the points of a plan to the engine: binds the scenario of each when it is asked for. */
#include "analysis/sweep/source.h"
#include "analysis/base/memory.h"
#include "sim/input/digest.h"
#include "sim/run/earlier.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct hw_sweep_points {
    const hw_sweep_plan *plan;
    hw_sweep_coordinate *coordinates;
    hw_sweep_factor *factors;
    const char **labels, **resolved, **rows;
    hw_factor_value *values; /* of the point that was located last */
};

/* A point that is open. */
typedef struct opened_point {
    hw_loaded loaded;
    hw_outputs outputs;
} opened_point;

/* ---- Points ---- */

/* Two points of two sweeps are the same when their keys are. */
static void take_key(const hw_sweep_plan *plan, const hw_loaded *loaded, unsigned char *key) {
    char *text = hw_take_text("%s\n%s %s %s\n%s\n", hw_binding_digest(loaded->binding), loaded->model->name,
                              loaded->model->version, hw_model_built_from(loaded->model), plan->question);
    hw_digest_bytes(text, strlen(text), key);
    free(text);
}

static void first_message(const hw_errors *errors, char problem[200]) {
    const char *message = errors->kept > 0 ? errors->items[0].message : "it cannot be opened";
    snprintf(problem, 200, "%s", message);
}

static void close_point(void *context, hw_sweep_case *opened) {
    (void)context;
    opened_point *point = opened->own;
    if (point != NULL) {
        hw_outputs_free(&point->outputs);
        hw_load_free(&point->loaded);
        free(point);
    }
    *opened = (hw_sweep_case){0};
}

static hw_status open_point(void *context, uint64_t number, hw_sweep_case *opened, char problem[200]) {
    hw_sweep_points *points = context;
    hw_errors errors = {0};
    opened_point *point = hw_take(1, sizeof *point);
    hw_status status = hw_sweep_plan_open(points->plan, number, &point->loaded, &point->outputs, &errors);
    *opened = (hw_sweep_case){.own = point};
    if (status == HW_OK) {
        opened->model = point->loaded.model;
        opened->scenario = point->loaded.scenario;
        opened->outcome_bytes = point->loaded.layout->bytes;
        take_key(points->plan, &point->loaded, opened->key);
    } else {
        first_message(&errors, problem);
    }
    hw_errors_free(&errors);
    return status;
}

static void measure(void *context, const hw_sweep_case *opened, const unsigned char *outcome,
                    double *values) {
    (void)context;
    const opened_point *point = opened->own;
    hw_outputs_measure(&point->outputs, outcome, values);
}

static void locate(void *context, uint64_t number, double *numbers, const char **texts, double *unit) {
    hw_sweep_points *points = context;
    const hw_sweep_plan *plan = points->plan;
    hw_design_place place;
    hw_sweep_plan_values(plan, number, unit, points->values, &place);
    texts[0] = hw_sweep_plan_scenario(plan, number)->label;
    for (uint32_t f = 0; f < plan->factor_count; f++) {
        numbers[1 + f] = points->values[f].number;
        texts[1 + f] = hw_factor_words(&points->values[f]);
    }
    for (uint32_t i = 0; i < 2 && plan->design->place_names[i] != NULL; i++) {
        numbers[1 + plan->factor_count + i] = place.number[i];
    }
}

/* ---- The whole ---- */

static uint32_t describe_coordinates(hw_sweep_points *points) {
    const hw_sweep_plan *plan = points->plan;
    uint32_t count = 0;
    points->coordinates = hw_take(plan->factor_count + 3, sizeof *points->coordinates);
    points->coordinates[count++] = (hw_sweep_coordinate){"scenario", "scenario", NULL};
    for (uint32_t f = 0; f < plan->factor_count; f++) {
        const hw_factor *factor = &plan->factors[f];
        points->coordinates[count++] = (hw_sweep_coordinate){
            factor->name, factor->paths[0], hw_factor_is_number(factor) ? hw_factor_units(factor) : NULL};
    }
    for (uint32_t i = 0; i < 2 && plan->design->place_names[i] != NULL; i++) {
        points->coordinates[count++] =
            (hw_sweep_coordinate){plan->design->place_names[i], plan->design->place_meanings[i], "1"};
    }
    return count;
}

/* One path a line. */
static char *all_paths(const hw_factor *factor) {
    char *text = hw_take_text("%s", factor->paths[0]);
    for (uint32_t i = 1; i < factor->path_count; i++) {
        char *longer = hw_take_text("%s\n%s", text, factor->paths[i]);
        free(text);
        text = longer;
    }
    return text;
}

static void describe_factors(hw_sweep_points *points) {
    const hw_sweep_plan *plan = points->plan;
    points->factors = hw_take(plan->factor_count, sizeof *points->factors);
    for (uint32_t f = 0; f < plan->factor_count; f++) {
        const hw_factor *factor = &plan->factors[f];
        points->factors[f] = (hw_sweep_factor){.name = factor->name,
                                               .path = factor->paths[0],
                                               .paths = all_paths(factor),
                                               .units = hw_factor_units(factor),
                                               .assumed = factor->assumed};
    }
}

hw_sweep_points *hw_sweep_points_create(const hw_sweep_plan *plan, hw_sweep *sweep) {
    hw_sweep_points *points = hw_take(1, sizeof *points);
    points->plan = plan;
    points->values = hw_take(plan->factor_count, sizeof *points->values);
    points->labels = hw_take(plan->scenario_count, sizeof *points->labels);
    points->resolved = hw_take(plan->scenario_count, sizeof *points->resolved);
    points->rows = hw_take(plan->scenario_count, sizeof *points->rows);
    for (uint32_t s = 0; s < plan->scenario_count; s++) {
        points->labels[s] = plan->scenarios[s].label;
        points->resolved[s] = hw_binding_resolved(plan->scenarios[s].loaded.binding);
        points->rows[s] = hw_binding_rows(plan->scenarios[s].loaded.binding);
    }
    describe_factors(points);
    sweep->title = plan->terms.name;
    sweep->question = plan->terms.question;
    sweep->design = plan->design_name;
    sweep->file = hw_binding_resolved(plan->binding);
    sweep->version = HW_VERSION;
    sweep->model = plan->scenarios[0].loaded.model;
    sweep->digest = plan->digest;
    sweep->seed = plan->terms.seed;
    sweep->points = plan->points;
    sweep->replications = plan->terms.replications;
    sweep->keep_outcomes = plan->terms.keep == HW_KEEP_OUTCOMES;
    sweep->whole = sweep->keep_outcomes && plan->terms.outputs.count == 0;
    sweep->shape = hw_sweep_shape_of(&plan->outputs.layout, plan->by, plan->by_count);
    sweep->source = (hw_sweep_source){.context = points,
                                      .open = open_point,
                                      .close = close_point,
                                      .measure = measure,
                                      .locate = locate,
                                      .factors = points->factors,
                                      .factor_count = plan->factor_count,
                                      .labels = points->labels,
                                      .resolved = points->resolved,
                                      .rows = points->rows,
                                      .scenario_count = plan->scenario_count};
    sweep->source.coordinate_count = describe_coordinates(points);
    sweep->source.coordinates = points->coordinates;
    return points;
}

void hw_sweep_points_free(hw_sweep_points *points) {
    if (points != NULL) {
        free(points->coordinates);
        for (uint32_t f = 0; f < points->plan->factor_count; f++) {
            free((char *)points->factors[f].paths);
        }
        free(points->factors);
        free(points->labels);
        free(points->resolved);
        free(points->rows);
        free(points->values);
        free(points);
    }
}
