/* Reads the factors of a sweep's file, and what in their values is hardly meant. */
#include "analysis/base/memory.h"
#include "analysis/results/differences.h"
#include "analysis/sweep/plan_parts.h"
#include "sim/input/layers.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

const hw_loaded **hw_sweep_plan_loaded(const hw_sweep_plan *plan) {
    const hw_loaded **scenarios = hw_take(plan->scenario_count, sizeof(const hw_loaded *));
    for (uint32_t s = 0; s < plan->scenario_count; s++) {
        scenarios[s] = &plan->scenarios[s].loaded;
    }
    return scenarios;
}

static bool is_path(const char *written, const char *path) {
    char *canonical = hw_path_canonical(written);
    bool same = canonical != NULL && strcmp(canonical, path) == 0;
    free(canonical);
    return same;
}

static bool is_taken(const hw_sweep_plan *plan, const char *path) {
    for (uint32_t f = 0; f < plan->factor_count; f++) {
        for (uint32_t i = 0; i < plan->factors[f].path_count; i++) {
            if (is_path(plan->factors[f].paths[i], path)) {
                return true;
            }
        }
    }
    return false;
}

/* "methods.manual.rate" -> "methods_manual_rate", which is nobody else's name. */
static char *name_from_path(const hw_sweep_plan *plan, const char *path) {
    char *name = hw_take_text("%s%s", isdigit((unsigned char)*path) ? "_" : "", path);
    for (char *c = name; *c; c++) {
        if (!isalnum((unsigned char)*c) || (unsigned char)*c >= 0x80) {
            *c = '_';
        }
    }
    for (uint32_t f = 0; f < plan->factor_count; f++) {
        if (strcmp(plan->factors[f].name, name) == 0) {
            char *other = hw_take_text("%s_%u", name, plan->factor_count);
            free(name);
            return other;
        }
    }
    return name;
}

static void add_assumed(hw_sweep_plan *plan) {
    const hw_values *values = hw_binding_values(plan->scenarios[0].loaded.binding);
    plan->factors =
        hw_take_again(plan->factors, plan->factor_count + (size_t)values->count, sizeof *plan->factors);
    for (uint32_t i = 0; i < values->count; i++) {
        const hw_value *value = &values->items[i];
        if (!value->assumed || is_taken(plan, value->path)) {
            continue;
        }
        char *name = name_from_path(plan, value->path);
        if (hw_factor_of_value(&plan->factors[plan->factor_count], name, value)) {
            plan->factor_count++;
            hw_sweep_plan_own(plan, name);
        } else {
            free(name);
        }
    }
}

/* A coordinate must not be called like something else in the result. */
static void check_names(const hw_sweep_plan *plan, hw_errors *errors) {
    static const char *const others[] = {"point",
                                         "replication",
                                         "factor",
                                         "scenario",
                                         "quantile",
                                         "by_date",
                                         "case",
                                         "good",
                                         "horizon_day",
                                         "unit_coordinate",
                                         "replications_good",
                                         "replications_failed",
                                         "failure",
                                         "bnds",
                                         "failure_message",
                                         "failure_replication",
                                         "case_scenario",
                                         "sweep_file",
                                         "factor_path",
                                         "factor_paths",
                                         "factor_units",
                                         "factor_assumed"};
    for (uint32_t f = 0; f < plan->terms.factors.count; f++) {
        const char *name = plan->factors[f].name;
        bool clash = false;
        for (size_t i = 0; i < HW_LENGTH(others); i++) {
            clash = clash || strcmp(others[i], name) == 0;
        }
        const hw_record_layout *layout = plan->scenarios[0].loaded.layout;
        for (uint32_t a = 0; a < layout->axis_count; a++) {
            clash = clash || strcmp(layout->axes[a].name, name) == 0;
        }
        clash = clash || hw_record_find(layout, name) != NULL;
        if (clash) {
            hw_errors_add(errors, plan->factors[f].where,
                          "factor '%s': the result calls something else so; choose another name", name);
        }
    }
}

hw_status hw_sweep_plan_read_factors(hw_sweep_plan *plan, hw_errors *errors) {
    const hw_table *table = &plan->terms.factors;
    const hw_node *node = hw_sweep_plan_child(plan, "factors");
    const hw_loaded **scenarios = hw_sweep_plan_loaded(plan);
    bool from_table = plan->design->text != NULL;
    plan->factors = hw_take(table->count, sizeof *plan->factors);
    hw_status worst = HW_OK;
    for (uint32_t f = 0; f < table->count; f++) {
        hw_status status = hw_factor_read(
            &plan->factors[f], table->names[f], hw_node_child(node, table->names[f]),
            &((const hw_factor_terms *)table->items)[f], scenarios, plan->scenario_count, from_table, errors);
        plan->factor_count = f + 1;
        worst = status != HW_OK ? status : worst;
    }
    free(scenarios);
    if (hw_factors_check_apart(plan->factors, plan->factor_count, errors) != HW_OK || worst != HW_OK) {
        return worst != HW_OK ? worst : HW_ERROR_INPUT;
    }
    if (plan->terms.every_assumed) {
        add_assumed(plan);
    }
    if (plan->factor_count == 0) {
        hw_errors_add(errors, hw_sweep_plan_position(plan, "factors"),
                      "there is no factor: nothing to sweep over");
        return HW_ERROR_INPUT;
    }
    uint32_t before = errors->count;
    check_names(plan, errors);
    return errors->count == before ? HW_OK : HW_ERROR_INPUT;
}

/* ---- Warnings ---- */

/* Mistakes that only values of a factor cause: reported where the value stands, or else at the factor. */
static void add_warnings_of_factor(hw_errors *all, const hw_factor *factor, const hw_errors *of_scenarios) {
    for (uint32_t i = 0; i < factor->warnings.kept; i++) {
        const hw_error *one = &factor->warnings.items[i];
        bool own = one->where.file != NULL && strcmp(one->where.file, factor->where.file) == 0;
        hw_errors more = {0};
        if (!hw_errors_hold(of_scenarios, one)) {
            hw_errors_add(&more, own ? one->where : factor->where, "with a value of factor '%s': %s",
                          factor->name, one->message);
        }
        hw_errors_join(all, &more);
        hw_errors_free(&more);
    }
}

/* Points along such factors are other ground, not other work on the same ground. */
static void warn_of_ground(const hw_sweep_plan *plan, hw_errors *all) {
    const hw_factor *first = NULL;
    uint32_t count = 0;
    for (uint32_t f = 0; f < plan->factor_count; f++) {
        bool ground = false;
        for (uint32_t i = 0; i < plan->factors[f].path_count; i++) {
            ground = ground || hw_changes_ground(plan->factors[f].paths[i]);
        }
        first = ground && first == NULL ? &plan->factors[f] : first;
        count += ground;
    }
    if (count == 1) {
        hw_errors_add(
            all, first->where,
            "factor '%s' changes the ground itself: its points are other ground, not other work on the "
            "same",
            first->name);
    } else if (count > 1) {
        hw_errors_add(
            all, first->where,
            "factor '%s' and %u more change the ground itself: their points are other ground, not other "
            "work on the same",
            first->name, count - 1);
    }
}

hw_errors hw_sweep_plan_warnings(const hw_sweep_plan *plan) {
    hw_errors of_scenarios = {0}, all = {0};
    for (uint32_t s = 0; s < plan->scenario_count; s++) {
        hw_errors_join(&of_scenarios, &plan->scenarios[s].loaded.warnings);
    }
    hw_errors_join(&all, &of_scenarios);
    for (uint32_t f = 0; f < plan->factor_count; f++) {
        add_warnings_of_factor(&all, &plan->factors[f], &of_scenarios);
    }
    warn_of_ground(plan, &all);
    hw_errors_free(&of_scenarios);
    return all;
}
