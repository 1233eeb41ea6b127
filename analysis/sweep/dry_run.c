/* Measures a few replications and works out what the whole sweep would cost. */
#include "analysis/sweep/dry_run.h"
#include "analysis/base/clock.h"
#include "analysis/base/memory.h"
#include "analysis/tables/sheet.h"
#include "sim/length.h"
#include "sim/run/sweep_shape.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { TRIED_POINTS = 3, TRIED_REPLICATIONS = 5 };
static const double ENOUGH_SECONDS = 2.0;

typedef struct timing {
    double replications, points; /* how many */
    double replication_seconds, point_seconds;
} timing;

/* The first replication of a world touches its memory for the first time and is not counted. */
static void time_replications(timing *t, const hw_loaded *loaded, hw_world *world) {
    unsigned char *outcome = hw_take(1, loaded->layout->bytes);
    double spent = 0;
    for (uint64_t r = 0; r <= TRIED_REPLICATIONS && spent < ENOUGH_SECONDS; r++) {
        hw_failure failure;
        double before = hw_bench_seconds();
        hw_world_replicate(world, (hw_rng_key){.seed = 1, .replication = r}, outcome, NULL, &failure);
        double seconds = hw_bench_seconds() - before;
        spent += seconds;
        if (r > 0) {
            t->replication_seconds += seconds;
            t->replications++;
        }
    }
    free(outcome);
}

static hw_status time_point(timing *t, const hw_sweep_plan *plan, uint64_t point, hw_errors *errors) {
    hw_loaded loaded = {0};
    hw_outputs outputs;
    hw_world world = {0};
    double before = hw_bench_seconds();
    hw_status status = hw_sweep_plan_open(plan, point, &loaded, &outputs, errors);
    if (status == HW_OK) {
        status = hw_world_create(&world, loaded.model, loaded.scenario);
        if (status != HW_OK) {
            hw_errors_say(errors, "not enough memory for a world of this scenario");
        }
    }
    t->point_seconds += hw_bench_seconds() - before;
    t->points++;
    if (status == HW_OK) {
        time_replications(t, &loaded, &world);
        hw_world_destroy(&world);
    }
    hw_outputs_free(&outputs);
    hw_load_free(&loaded);
    return status;
}

hw_status hw_sweep_measure(const hw_sweep_plan *plan, hw_sweep_cost *cost, hw_errors *errors) {
    const uint64_t tried[TRIED_POINTS] = {0, plan->points / 2, plan->points - 1};
    timing t = {0};
    hw_errors first = {0};
    hw_status status = HW_ERROR_INPUT;
    for (int i = 0; i < TRIED_POINTS && (i == 0 || tried[i] != tried[i - 1]); i++) {
        hw_errors found = {0};
        hw_status one = time_point(&t, plan, tried[i], i == 0 ? &first : &found);
        hw_errors_free(&found);
        status = one == HW_OK ? HW_OK : status;
    }
    for (uint32_t i = 0; status != HW_OK && i < first.kept; i++) {
        hw_errors_add(errors, first.items[i].where, "the first point cannot be run: %s",
                      first.items[i].message);
    }
    hw_errors_free(&first);
    if (t.replications > 0) {
        *cost = (hw_sweep_cost){.replication_seconds = t.replication_seconds / t.replications,
                                .point_seconds = t.point_seconds / t.points,
                                .process_bytes = hw_peak_bytes()};
    }
    return status;
}

static const char *bytes_in_words(double bytes, char text[32]) {
    static const char *const units[] = {"bytes", "kB", "MB", "GB", "TB", "PB"};
    size_t unit = 0;
    while (bytes >= 1000 && unit + 1 < HW_LENGTH(units)) {
        bytes /= 1000;
        unit++;
    }
    snprintf(text, 32, "%.*f %s", unit > 0 && bytes < 100 ? 1 : 0, bytes, units[unit]);
    return text;
}

/* Designs that sample the whole distribution have no finite ends; P10 and P90 are shown. */
static void print_factor(FILE *out, const hw_factor *factor, bool reaches_ends) {
    hw_factor_value low, high;
    if (factor->kind == HW_FACTOR_FROM_TABLE) {
        fprintf(out, "  %-24s %s, from the table of points\n", factor->name, factor->paths[0]);
        return;
    }
    bool open = factor->kind == HW_FACTOR_UNCERTAIN && !reaches_ends;
    double first = open ? 0.1 : 0.0, last = open ? 0.9 : 1.0;
    hw_factor_value_at(factor, first, reaches_ends, &low);
    hw_factor_value_at(factor, last, reaches_ends, &high);
    char form[60];
    if (factor->kind == HW_FACTOR_LEVELS) {
        snprintf(form, sizeof form, "%u levels", factor->level_count);
    } else if (factor->kind == HW_FACTOR_RANGE) {
        snprintf(form, sizeof form, "range");
    } else {
        snprintf(form, sizeof form, "%s its distribution, P%.0f to P%.0f", open ? "all of" : "part of",
                 100 * hw_factor_quantile_at(first, reaches_ends),
                 100 * hw_factor_quantile_at(last, reaches_ends));
    }
    fprintf(out, "  %-24s %s%s, %s: %s to %s%s\n", factor->name, factor->paths[0],
            factor->path_count > 1 ? " and others" : "", form, hw_factor_words(&low), hw_factor_words(&high),
            factor->assumed ? " *assumed*" : "");
}

enum { FACTORS_SHOWN = 30 };

void hw_sweep_print_plan(FILE *out, const hw_sweep_plan *plan) {
    fprintf(out, "%s\n", plan->terms.name);
    char *points = hw_thousands((double)plan->points, 0);
    char *all = hw_thousands((double)plan->points * plan->terms.replications, 0);
    fprintf(out, "%s%s%s: %s points%s, %u replications each, %s in all\n", plan->design_name,
            *plan->design_plan.note ? ", " : "", plan->design_plan.note, points,
            plan->scenario_count > 1 ? " over all scenarios" : "", plan->terms.replications, all);
    free(points);
    free(all);
    fprintf(out, "%u factor%s\n", plan->factor_count, plan->factor_count == 1 ? "" : "s");
    for (uint32_t f = 0; f < plan->factor_count && f < FACTORS_SHOWN; f++) {
        print_factor(out, &plan->factors[f], plan->design->reaches_ends);
    }
    if (plan->factor_count > FACTORS_SHOWN) {
        fprintf(out, "  and %u more\n", plan->factor_count - FACTORS_SHOWN);
    }
    fprintf(out, "%u outputs\n", plan->outputs.layout.variable_count);
    for (uint32_t v = 0; v < plan->outputs.layout.variable_count; v++) {
        const hw_variable *variable = &plan->outputs.layout.variables[v];
        fprintf(out, "  %-24s %s, %zu value%s\n", variable->name, variable->long_name, variable->count,
                variable->count == 1 ? "" : "s");
    }
}

void hw_sweep_print_cost(FILE *out, const hw_sweep_plan *plan, const hw_sweep_cost *cost) {
    hw_sweep_shape shape = hw_sweep_shape_of(&plan->outputs.layout, plan->by, plan->by_count);
    hw_sweep_sizes sizes = hw_sweep_sizes_of(&shape, plan->points, plan->terms.replications,
                                             plan->factor_count, plan->terms.keep == HW_KEEP_OUTCOMES);
    double seconds = (double)plan->points *
                     (cost->point_seconds + cost->replication_seconds * (double)plan->terms.replications);
    char journal[32], result[32], memory[32], here[32];
    fprintf(out, "\ncore-hours        %.3g (%.3g s a replication, %.3g s to set up a point, measured here)\n",
            seconds / 3600, cost->replication_seconds, cost->point_seconds);
    fprintf(out, "journals          at most %s\n", bytes_in_words(sizes.journal_bytes, journal));
    fprintf(out, "result file       at most %s before compression\n",
            bytes_in_words(sizes.result_bytes, result));
    fprintf(out, "memory of a rank  %s (%s measured here); MPI takes more the more ranks there are\n",
            bytes_in_words(sizes.rank_bytes + cost->process_bytes, memory),
            bytes_in_words(cost->process_bytes, here));
    /* The same outputs at the size that a large cluster could do in nights. */
    hw_sweep_sizes large =
        hw_sweep_sizes_of(&shape, 1000000, 1000, plan->factor_count, plan->terms.keep == HW_KEEP_OUTCOMES);
    fprintf(out, "with 1,000,000 points of 1,000 replications: journals %s, result %s, memory of a rank %s\n",
            bytes_in_words(large.journal_bytes, journal), bytes_in_words(large.result_bytes, result),
            bytes_in_words(large.rank_bytes + cost->process_bytes, memory));
}
