/* Likelihoods of facts, and the weights of worlds that follow from them. */
#include "analysis/belief/likelihood.h"
#include "analysis/base/memory.h"
#include "analysis/belief/related.h"
#include "analysis/scenario/load.h"
#include "sim/length.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char hw_impossible_facts[] = "no replication can have brought these facts together";

/* Student's t, up to a constant. */
static double log_density(double z) {
    return -(hw_fact_freedom + 1) / 2 * log1p(z * z / hw_fact_freedom);
}

/* The share of Student's distribution between two numbers, from the tail in which it does not cancel. */
static double share_between(double low, double high) {
    return low > 0 ? gsl_cdf_tdist_Q(low, hw_fact_freedom) - gsl_cdf_tdist_Q(high, hw_fact_freedom)
                   : gsl_cdf_tdist_P(high, hw_fact_freedom) - gsl_cdf_tdist_P(low, hw_fact_freedom);
}

double hw_fact_log_likelihood(const hw_observation *fact, double world, int64_t horizon,
                              const hw_model_error *model) {
    if (fact->low == fact->high) {
        return log_density(hw_fact_distance(fact, world, horizon, model));
    }
    double at = hw_fact_world_on_scale(fact, world, horizon), sd = hw_fact_deviation(fact, model);
    double low = isfinite(fact->low) ? (hw_fact_on_scale(fact, fact->low) - at) / sd : -HUGE_VAL;
    double high = isfinite(fact->high) ? (hw_fact_on_scale(fact, fact->high) - at) / sd : HUGE_VAL;
    return log(fmax(share_between(low, high), 1e-300));
}

/* ---- Many facts ---- */

hw_status hw_learning_check(const hw_learning *learning, hw_errors *errors) {
    uint32_t before = errors->count;
    for (uint32_t i = 0; i < learning->only_count; i++) {
        if (hw_fact_kind_find(learning->only[i]) == NULL) {
            hw_errors_say(errors, "--only %s: no such quantity; homeward observations --help lists them",
                          learning->only[i]);
        }
    }
    return errors->count == before ? HW_OK : HW_ERROR_INPUT;
}

bool hw_is_learnt_from(const hw_beside *row, const hw_learning *learning) {
    const hw_observation *o = row->observation;
    if (!row->told || row->why != NULL || o->plan || o->known_by > learning->as_of) {
        return false;
    }
    bool wanted = learning->only_count == 0;
    for (uint32_t i = 0; i < learning->only_count && !wanted; i++) {
        wanted = strcmp(learning->only[i], o->question.kind->name) == 0;
    }
    return wanted;
}

/* How far a world is from a fact, in its deviations; 0: not at all. */
static double apart(const hw_observation *fact, double world, int64_t horizon, const hw_model_error *model) {
    double at = hw_fact_world_on_scale(fact, world, horizon), away = 0;
    if (isfinite(fact->low)) {
        away = fmax(away, hw_fact_on_scale(fact, fact->low) - at);
    }
    if (isfinite(fact->high)) {
        away = fmax(away, at - hw_fact_on_scale(fact, fact->high));
    }
    return away / hw_fact_deviation(fact, model);
}

void hw_learning_warn(const hw_besides *besides, const hw_learning *learning) {
    static const double FAR = 3;
    hw_errors warnings = {0};
    for (uint32_t i = 0; i < besides->count; i++) {
        const hw_observation *fact = &besides->observations->items[i];
        const hw_model_error model = hw_learning_error(learning, i);
        double nearest = HUGE_VAL;
        for (size_t r = 0; hw_is_learnt_from(&besides->rows[i], learning) && r < besides->outcomes->count;
             r++) {
            nearest = fmin(nearest, apart(fact, besides->samples[i][r], besides->outcomes->horizon, &model));
        }
        if (isfinite(nearest) && nearest > FAR) {
            hw_errors_add(
                &warnings, fact->cells[HW_FACT_QUANTITY].where,
                "no future comes near the fact '%s': the nearest is %.0f times its error away, so it "
                "tells futures hardly apart; is it right, and does the scenario allow for it?",
                hw_observation_text(fact, HW_FACT_NAME), nearest);
        }
    }
    hw_warn(&warnings);
    hw_errors_free(&warnings);
}

hw_model_error hw_learning_error(const hw_learning *learning, uint32_t fact) {
    return hw_model_error_times(&learning->model, learning->factors != NULL ? learning->factors[fact] : 1);
}

/* Adds the logarithm of the likelihood of the exact facts of a quantity in each replication. */
static void add_exact(const hw_besides *besides, const hw_learning *learning, const hw_fact_kind *kind,
                      double *logs) {
    hw_related related = hw_related_of(besides, learning, kind);
    for (size_t r = 0; r < besides->outcomes->count; r++) {
        for (uint32_t i = 0; i < related.count; i++) {
            logs[r] += log_density(related.numbers[r * related.count + i]);
        }
    }
    hw_related_free(&related);
}

static void add_range(const hw_besides *besides, const hw_learning *learning, uint32_t fact, double *logs) {
    const hw_model_error model = hw_learning_error(learning, fact);
    for (size_t r = 0; r < besides->outcomes->count; r++) {
        logs[r] += hw_fact_log_likelihood(&besides->observations->items[fact], besides->samples[fact][r],
                                          besides->outcomes->horizon, &model);
    }
}

double *hw_log_likelihoods(const hw_besides *besides, const hw_learning *learning, uint32_t *facts) {
    double *logs = hw_take(besides->outcomes->count + 1, sizeof *logs);
    *facts = 0;
    for (uint32_t i = 0; i < besides->count; i++) {
        const hw_beside *row = &besides->rows[i];
        if (hw_is_learnt_from(row, learning)) {
            (*facts)++;
            if (row->observation->low != row->observation->high) {
                add_range(besides, learning, i, logs);
            }
        }
    }
    for (uint32_t kind = 0; kind < hw_fact_kind_count; kind++) {
        add_exact(besides, learning, &hw_fact_kinds[kind], logs);
    }
    return logs;
}

hw_weights hw_condition(const hw_besides *besides, const hw_learning *learning) {
    size_t count = besides->outcomes->count;
    hw_weights w = {
        .weights = hw_take(count + 1, sizeof *w.weights), .count = count, .as_of = learning->as_of};
    double *logs = hw_log_likelihoods(besides, learning, &w.facts);
    w.tempered = hw_temper(logs, count, learning->share, w.weights);
    free(logs);
    return w;
}

void hw_weights_free(hw_weights *weights) {
    free(weights->weights);
    *weights = (hw_weights){0};
}
