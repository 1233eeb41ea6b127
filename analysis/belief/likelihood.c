/* Likelihoods of facts, and the weights of worlds that follow from them. */
#include "analysis/belief/likelihood.h"
#include "analysis/base/memory.h"
#include "sim/length.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

const hw_model_error hw_usual_model_error = {.share = 0.1, .days = 60};

static const double freedom = 5; /* of Student's t */

static double scaled(hw_fact_scale scale, double value) {
    switch (scale) {
    case HW_SCALE_ROOT:
        return sqrt(fmax(value, 0));
    case HW_SCALE_LOG:
        return log(fmax(value, 1));
    default:
        return value;
    }
}

/* The deviation on the scale, where the fact is. */
static double deviation(const hw_observation *fact, const hw_model_error *model) {
    const hw_fact_kind *kind = fact->question.kind;
    double value = hw_observation_value(fact);
    double error = hypot(fact->error, kind->day ? model->days : model->share * fabs(value));
    double on_scale = (scaled(kind->scale, value + error) - scaled(kind->scale, value - error)) / 2;
    if (kind->scale == HW_SCALE_LOG) {
        on_scale = error / value;
    }
    /* The square root of a Poisson count has a deviation of a half. */
    return kind->counts ? hypot(on_scale, 0.5) : on_scale;
}

/* The share of Student's distribution between two numbers, from the tail in which it does not cancel. */
static double share_between(double low, double high) {
    return low > 0 ? gsl_cdf_tdist_Q(low, freedom) - gsl_cdf_tdist_Q(high, freedom)
                   : gsl_cdf_tdist_P(high, freedom) - gsl_cdf_tdist_P(low, freedom);
}

double hw_fact_log_likelihood(const hw_observation *fact, double world, int64_t horizon,
                              const hw_model_error *model) {
    const hw_fact_kind *kind = fact->question.kind;
    double at = scaled(kind->scale, isnan(world) ? (double)horizon + 1 : world);
    double sd = deviation(fact, model);
    if (fact->low == fact->high) {
        double z = (at - scaled(kind->scale, fact->low)) / sd;
        return -(freedom + 1) / 2 * log1p(z * z / freedom);
    }
    double low = isfinite(fact->low) ? (scaled(kind->scale, fact->low) - at) / sd : -HUGE_VAL;
    double high = isfinite(fact->high) ? (scaled(kind->scale, fact->high) - at) / sd : HUGE_VAL;
    return log(fmax(share_between(low, high), 1e-300));
}

/* ---- Many facts ---- */

bool hw_is_learnt_from(const hw_beside *row, const hw_learning *learning) {
    const hw_observation *o = row->observation;
    if (!row->told || o->plan || o->known_by > learning->as_of) {
        return false;
    }
    bool wanted = learning->only_count == 0;
    for (uint32_t i = 0; i < learning->only_count && !wanted; i++) {
        wanted = strcmp(learning->only[i], o->question.kind->name) == 0;
    }
    return wanted;
}

static bool same_series(const hw_question *a, const hw_question *b) {
    bool same = a->kind == b->kind;
    for (int scope = 0; scope < HW_SCOPES && same; scope++) {
        const char *one = a->scope[scope], *other = b->scope[scope];
        same = one == other || (one != NULL && other != NULL && strcmp(one, other) == 0);
    }
    return same;
}

/* A level is all that came since the start. */
static bool overlap(const hw_question *a, const hw_question *b) {
    if (a->kind->level || a->kind->day) {
        return true;
    }
    return a->from <= b->to && b->from <= a->to;
}

/* A fact counts as one among those that say the same. */
static double say_of(const hw_besides *besides, uint32_t fact, const hw_learning *learning) {
    const hw_question *own = &besides->rows[fact].observation->question;
    uint32_t together = 0;
    for (uint32_t i = 0; i < besides->count; i++) {
        const hw_beside *row = &besides->rows[i];
        together += hw_is_learnt_from(row, learning) && same_series(own, &row->observation->question) &&
                    overlap(own, &row->observation->question);
    }
    return 1 / (double)together;
}

hw_conditioned hw_condition(const hw_besides *besides, const hw_learning *learning) {
    size_t count = besides->outcomes->count;
    hw_conditioned c = {.weights = hw_take(count + 1, sizeof *c.weights)};
    double *logs = hw_take(count + 1, sizeof *logs);
    for (uint32_t i = 0; i < besides->count; i++) {
        const hw_beside *row = &besides->rows[i];
        if (!hw_is_learnt_from(row, learning)) {
            continue;
        }
        double say = say_of(besides, i, learning);
        for (size_t r = 0; r < count; r++) {
            logs[r] += say * hw_fact_log_likelihood(row->observation, besides->samples[i][r],
                                                    besides->outcomes->horizon, &learning->model);
        }
        c.facts++;
    }
    c.tempered = hw_temper(logs, count, learning->share, c.weights);
    free(logs);
    return c;
}

void hw_conditioned_free(hw_conditioned *conditioned) {
    free(conditioned->weights);
    *conditioned = (hw_conditioned){0};
}
