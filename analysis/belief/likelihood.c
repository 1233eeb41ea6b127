/* Likelihoods of facts, and the weights of worlds that follow from them. */
#include "analysis/belief/likelihood.h"
#include "analysis/base/memory.h"
#include "sim/length.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

const hw_model_error hw_usual_model_error = {.share = 0.1, .days = 60};

const char hw_impossible_facts[] = "no replication can have brought these facts together";

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

/* An error in held units as one on the scale, where the fact is. */
static double on_scale(const hw_observation *fact, double error) {
    hw_fact_scale scale = fact->question.kind->scale;
    double value = hw_observation_value(fact);
    return scale == HW_SCALE_LOG ? error / value
                                 : (scaled(scale, value + error) - scaled(scale, value - error)) / 2;
}

/* Of what came in a shorter span than a year more, as the square root of how often it goes into a year:
 * weather and chance do not even out. */
static double error_of_model(const hw_observation *fact, const hw_model_error *model) {
    const hw_question *q = &fact->question;
    bool part = !q->kind->level && !q->kind->day && q->from != INT64_MIN;
    double years = part ? (double)(q->to - q->from + 1) / 365 : 1;
    double share = model->share * sqrt(fmax(1 / years, 1));
    return on_scale(fact, q->kind->day ? model->days : share * fabs(hw_observation_value(fact)));
}

/* Of the fact and the model together. The square root of a Poisson count has a deviation of a half. Never 0:
 * distances are divided by it. */
static double deviation(const hw_observation *fact, const hw_model_error *model) {
    static const double least = 1e-9; /* errors far below the value's last digits cancel */
    double both = hypot(on_scale(fact, fact->error), error_of_model(fact, model));
    return fmax(fact->question.kind->counts ? hypot(both, 0.5) : both, least);
}

static double place_on_scale(const hw_observation *fact, double world, int64_t horizon) {
    return scaled(fact->question.kind->scale, isnan(world) ? (double)horizon + 1 : world);
}

static bool is_exact(const hw_observation *fact) {
    return fact->low == fact->high;
}

/* How far a world is from a fact, in deviations. */
static double distance(const hw_observation *fact, double world, int64_t horizon,
                       const hw_model_error *model) {
    double from = scaled(fact->question.kind->scale, fact->low);
    return (place_on_scale(fact, world, horizon) - from) / deviation(fact, model);
}

/* Student's t, up to a constant. */
static double log_density(double z) {
    return -(freedom + 1) / 2 * log1p(z * z / freedom);
}

/* The share of Student's distribution between two numbers, from the tail in which it does not cancel. */
static double share_between(double low, double high) {
    return low > 0 ? gsl_cdf_tdist_Q(low, freedom) - gsl_cdf_tdist_Q(high, freedom)
                   : gsl_cdf_tdist_P(high, freedom) - gsl_cdf_tdist_P(low, freedom);
}

double hw_fact_log_likelihood(const hw_observation *fact, double world, int64_t horizon,
                              const hw_model_error *model) {
    hw_fact_scale scale = fact->question.kind->scale;
    if (is_exact(fact)) {
        return log_density(distance(fact, world, horizon, model));
    }
    double at = place_on_scale(fact, world, horizon), sd = deviation(fact, model);
    double low = isfinite(fact->low) ? (scaled(scale, fact->low) - at) / sd : -HUGE_VAL;
    double high = isfinite(fact->high) ? (scaled(scale, fact->high) - at) / sd : HUGE_VAL;
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

/* ---- Series: facts that partly say the same ---- */

/* The exact facts of one series by their last days, and the root of the correlations of their distances: it
 * takes from each what the facts before it have said already. */
typedef struct series {
    uint32_t *facts, count; /* with room for all facts */
    double *root;           /* lower triangle, row by row */
    double *left;           /* of each distance, in one replication */
} series;

/* Days of a fact, and those that two have in common. A level is all that came since the start. */
static double days_of(const hw_question *q, int64_t start) {
    int64_t from = q->from < start || q->kind->level ? start : q->from;
    return (double)(q->to - from + 1);
}

static double common_days(const hw_question *a, const hw_question *b, int64_t start) {
    int64_t one = a->from < start || a->kind->level ? start : a->from;
    int64_t other = b->from < start || b->kind->level ? start : b->from;
    int64_t from = one > other ? one : other, to = a->to < b->to ? a->to : b->to;
    return to < from ? 0 : (double)(to - from + 1);
}

/* What the model is off grows day by day, so that two facts share it as they share days. What the facts
 * themselves are off they do not share. Of two figures the lower has the smaller error, which is what they
 * share: were it the product of both, two figures would draw the worlds below either (Peelle's puzzle). */
static double correlation(const hw_besides *besides, const hw_learning *learning, uint32_t i, uint32_t j) {
    const hw_observation *a = &besides->observations->items[i], *b = &besides->observations->items[j];
    if (i == j) {
        return 1;
    }
    const hw_question *one = &a->question, *other = &b->question;
    int64_t start = besides->outcomes->start;
    double shared = one->kind->day
                        ? 1
                        : common_days(one, other, start) / sqrt(days_of(one, start) * days_of(other, start));
    double common = fmin(error_of_model(a, &learning->model), error_of_model(b, &learning->model));
    return shared * common * common / (deviation(a, &learning->model) * deviation(b, &learning->model));
}

/* Cholesky's root; a fact that others already say to the last digit adds nothing. */
static void find_root(series *s, const hw_besides *besides, const hw_learning *learning) {
    size_t n = s->count;
    s->root = hw_take(n * n + 1, sizeof *s->root);
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t j = 0; j <= i; j++) {
            double sum = correlation(besides, learning, s->facts[i], s->facts[j]);
            for (uint32_t k = 0; k < j; k++) {
                sum -= s->root[i * n + k] * s->root[j * n + k];
            }
            s->root[i * n + j] = i == j ? sqrt(fmax(sum, 1e-6)) : sum / s->root[j * n + j];
        }
    }
}

static bool comes_before(const hw_question *a, const hw_question *b) {
    return a->to < b->to || (a->to == b->to && a->from < b->from);
}

static void insert(series *s, const hw_besides *besides, uint32_t fact) {
    uint32_t at = s->count++;
    while (at > 0 && comes_before(&besides->observations->items[fact].question,
                                  &besides->observations->items[s->facts[at - 1]].question)) {
        s->facts[at] = s->facts[at - 1];
        at--;
    }
    s->facts[at] = fact;
}

/* All facts of the series that `first` begins. */
static void gather_series(series *s, const hw_besides *besides, const hw_learning *learning, uint32_t first) {
    s->count = 0;
    for (uint32_t i = first; i < besides->count; i++) {
        const hw_beside *row = &besides->rows[i];
        if (hw_is_learnt_from(row, learning) && is_exact(row->observation) &&
            hw_same_series(&row->observation->question, &besides->rows[first].observation->question)) {
            insert(s, besides, i);
        }
    }
    find_root(s, besides, learning);
}

/* Adds the logarithm of the series' likelihood in each replication. */
static void add_series(const series *s, const hw_besides *besides, const hw_learning *learning,
                       double *logs) {
    double *x = s->left;
    size_t n = s->count;
    for (size_t r = 0; r < besides->outcomes->count; r++) {
        for (uint32_t i = 0; i < n; i++) {
            x[i] = distance(&besides->observations->items[s->facts[i]], besides->samples[s->facts[i]][r],
                            besides->outcomes->horizon, &learning->model);
            for (uint32_t k = 0; k < i; k++) {
                x[i] -= s->root[i * n + k] * x[k];
            }
            x[i] /= s->root[i * n + i];
            logs[r] += log_density(x[i]);
        }
    }
}

static void add_range(const hw_besides *besides, const hw_learning *learning, uint32_t fact, double *logs) {
    for (size_t r = 0; r < besides->outcomes->count; r++) {
        logs[r] += hw_fact_log_likelihood(&besides->observations->items[fact], besides->samples[fact][r],
                                          besides->outcomes->horizon, &learning->model);
    }
}

/* Whether an exact fact is the first of its series. */
static bool begins_series(const hw_besides *besides, const hw_learning *learning, uint32_t fact) {
    for (uint32_t i = 0; i < fact; i++) {
        const hw_beside *row = &besides->rows[i];
        if (hw_is_learnt_from(row, learning) && is_exact(row->observation) &&
            hw_same_series(&row->observation->question, &besides->rows[fact].observation->question)) {
            return false;
        }
    }
    return true;
}

double *hw_log_likelihoods(const hw_besides *besides, const hw_learning *learning, uint32_t *facts) {
    double *logs = hw_take(besides->outcomes->count + 1, sizeof *logs);
    series s = {.facts = hw_take(besides->count + 1, sizeof *s.facts),
                .left = hw_take(besides->count + 1, sizeof *s.left)};
    *facts = 0;
    for (uint32_t i = 0; i < besides->count; i++) {
        const hw_beside *row = &besides->rows[i];
        if (!hw_is_learnt_from(row, learning)) {
            continue;
        }
        (*facts)++;
        if (!is_exact(row->observation)) {
            add_range(besides, learning, i, logs);
        } else if (begins_series(besides, learning, i)) {
            gather_series(&s, besides, learning, i);
            add_series(&s, besides, learning, logs);
            free(s.root);
        }
    }
    free(s.facts);
    free(s.left);
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
