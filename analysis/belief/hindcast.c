/* Freezes, weighs, forecasts and scores. */
#include "analysis/belief/hindcast.h"
#include "analysis/base/memory.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

const double hw_levels[HW_LEVELS] = {0.5, 0.8, 0.95};

/* Whether a fact tells how good a forecast from that origin was. */
static bool is_ahead(const hw_besides *besides, uint32_t fact, int64_t origin, int64_t ahead) {
    const hw_beside *row = &besides->rows[fact];
    const hw_observation *o = row->observation;
    if (!row->told || o->plan || o->known_by <= origin || !isfinite(o->low) || !isfinite(o->high)) {
        return false;
    }
    const hw_question *q = &o->question;
    if (q->kind->day) {
        return o->low > (double)origin && o->high <= (double)(origin + ahead);
    }
    return (q->kind->level ? q->to > origin : q->from > origin) && q->to <= origin + ahead;
}

static void score_intervals(hw_hindcast_row *row, const hw_besides *besides, const hw_weights *weights) {
    size_t count = besides->outcomes->count;
    const hw_observation *o = row->after.observation;
    hw_weighted *sorted = hw_take(count + 1, sizeof *sorted);
    hw_weighted_sort(sorted, besides->samples[row->fact], weights->weights, count);
    for (int level = 0; level < HW_LEVELS; level++) {
        row->inside[level] = hw_covers(sorted, count, o->low, o->high, hw_levels[level]);
    }
    row->bias = hw_forecast_bias(sorted, count, hw_observation_value(o));
    free(sorted);
}

static void add_row(hw_hindcast *h, const hw_besides *besides, uint32_t fact, const hw_weights *weights,
                    double area_share) {
    h->rows = hw_take_again(h->rows, h->count + 1, sizeof *h->rows);
    hw_hindcast_row *row = &h->rows[h->count++];
    *row =
        (hw_hindcast_row){.origin = weights->as_of,
                          .fact = fact,
                          .before = besides->rows[fact],
                          .after = hw_beside_of(besides, fact, weights->weights, weights->tempered.effective),
                          .baselines = hw_baselines_of(besides->observations, fact, weights->as_of,
                                                       besides->outcomes->start, area_share)};
    score_intervals(row, besides, weights);
}

hw_hindcast hw_hindcast_make(const hw_besides *besides, const int64_t *origins, uint32_t count, int64_t ahead,
                             const hw_learning *learning, const double *area_shares) {
    hw_hindcast h = {.weights = hw_take(count + 1, sizeof *h.weights), .origins = count};
    for (uint32_t o = 0; o < count; o++) {
        hw_learning known = *learning;
        known.as_of = origins[o];
        h.weights[o] = hw_condition(besides, &known);
        for (uint32_t fact = 0; fact < besides->count; fact++) {
            if (is_ahead(besides, fact, origins[o], ahead)) {
                add_row(&h, besides, fact, &h.weights[o], area_shares[fact]);
            }
        }
    }
    return h;
}

void hw_hindcast_free(hw_hindcast *hindcast) {
    for (uint32_t o = 0; o < hindcast->origins; o++) {
        hw_weights_free(&hindcast->weights[o]);
    }
    free(hindcast->weights);
    free(hindcast->rows);
    *hindcast = (hw_hindcast){0};
}

/* ---- Scores ---- */

static void add_against(hw_score_against *score, double rule, const hw_hindcast_row *row) {
    if (!isnan(rule)) {
        score->facts++;
        score->rule += fabs(rule - hw_observation_value(row->after.observation));
        score->model += row->after.crps;
    }
}

static void take_mean(hw_score_against *score) {
    score->rule /= (double)score->facts; /* of none: NaN */
    score->model /= (double)score->facts;
}

static void add_to_score(hw_group_score *score, size_t inside[HW_LEVELS], const hw_hindcast_row *row) {
    score->facts++;
    score->before += row->before.crps;
    score->after += row->after.crps;
    score->bias += row->bias;
    score->inside_before += row->before.inside;
    for (int level = 0; level < HW_LEVELS; level++) {
        inside[level] += row->inside[level];
    }
    add_against(&score->last_year, row->baselines.last_year, row);
    add_against(&score->straight, row->baselines.straight, row);
    add_against(&score->by_area, row->baselines.by_area, row);
    add_against(&score->plan, row->baselines.plan, row);
}

hw_group_score hw_hindcast_score(const hw_hindcast *hindcast, const char *group) {
    hw_group_score score = {0};
    size_t inside[HW_LEVELS] = {0};
    for (uint32_t i = 0; i < hindcast->count; i++) {
        char *own = hw_fact_group(hindcast->rows[i].after.observation);
        if (group == NULL || strcmp(own, group) == 0) {
            add_to_score(&score, inside, &hindcast->rows[i]);
        }
        free(own);
    }
    double facts = (double)score.facts;
    score.before = group != NULL ? score.before / facts : (double)NAN;
    score.after = group != NULL ? score.after / facts : (double)NAN;
    score.bias /= facts;
    for (int level = 0; level < HW_LEVELS; level++) {
        score.coverage[level] = hw_coverage_of(hw_levels[level], inside[level], score.facts);
    }
    take_mean(&score.last_year);
    take_mean(&score.straight);
    take_mean(&score.by_area);
    take_mean(&score.plan);
    return score;
}
