/* Freezes, weighs, forecasts and scores. */
#include "analysis/belief/hindcast.h"
#include "analysis/base/memory.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

const double hw_levels[HW_LEVELS] = {0.5, 0.8, 0.95};

/* Whether the central intervals touch the fact. */
static void see_intervals(bool inside[HW_LEVELS], const hw_weighted *sorted, size_t count,
                          const hw_observation *o) {
    for (int level = 0; level < HW_LEVELS; level++) {
        inside[level] = hw_covers(sorted, count, o->low, o->high, hw_levels[level]);
    }
}

static void score_row(hw_hindcast_row *row, const hw_origin *origin) {
    const hw_besides *besides = origin->besides;
    const hw_observation *o = row->before.observation;
    size_t count = besides->outcomes->count, members = HW_SPREAD * count;
    hw_weighted *sorted = hw_take(count + 1, sizeof *sorted);
    hw_weighted_sort(sorted, besides->samples[row->fact], origin->weights.weights, count);
    see_intervals(row->inside_weighed, sorted, count, o);
    free(sorted);
    sorted = hw_origin_spread(origin, row->fact);
    see_intervals(row->inside, sorted, members, o);
    row->bias = hw_forecast_bias(sorted, members, hw_observation_value(o));
    row->after = hw_beside_from(besides, row->fact, sorted, members, origin->weights.tempered.effective);
    free(sorted);
}

static void add_row(hw_hindcast *h, const hw_origin *origin, uint32_t fact, double area_share) {
    const hw_besides *besides = origin->besides;
    h->rows = hw_take_again(h->rows, h->count + 1, sizeof *h->rows);
    hw_hindcast_row *row = &h->rows[h->count++];
    *row = (hw_hindcast_row){
        .origin = origin->learning.as_of,
        .fact = fact,
        .before = besides->rows[fact],
        .weighed = hw_beside_of(besides, fact, origin->weights.weights, origin->weights.tempered.effective),
        .last = besides->observations->items[fact].question.kind->day ? (double)besides->outcomes->horizon
                                                                      : HUGE_VAL,
        .baselines = hw_baselines_of(besides->observations, fact, origin->learning.as_of,
                                     besides->outcomes->start, area_share)};
    score_row(row, origin);
}

hw_hindcast hw_hindcast_make(const hw_hindcast_base *bases, uint32_t count, int64_t ahead,
                             const hw_learning *learning) {
    hw_hindcast h = {.origins = hw_take(count + 1, sizeof *h.origins), .origin_count = count};
    for (uint32_t o = 0; o < count; o++) {
        h.origins[o] = (hw_origin){.besides = bases[o].besides, .learning = *learning};
        h.origins[o].learning.as_of = bases[o].day;
        hw_origin_weigh(&h.origins[o], h.origins, o, ahead);
        for (uint32_t fact = 0; fact < bases[o].besides->count; fact++) {
            if (hw_is_ahead(bases[o].besides, fact, bases[o].day, ahead)) {
                add_row(&h, &h.origins[o], fact, bases[o].area_shares[fact]);
            }
        }
    }
    return h;
}

void hw_hindcast_free(hw_hindcast *hindcast) {
    for (uint32_t o = 0; o < hindcast->origin_count; o++) {
        hw_origin_free(&hindcast->origins[o]);
    }
    free(hindcast->origins);
    free(hindcast->rows);
    *hindcast = (hw_hindcast){0};
}

/* ---- Scores ---- */

static void add_against(hw_score_against *score, double rule, const hw_hindcast_row *row) {
    if (!isnan(rule)) {
        score->facts++;
        score->rule +=
            fabs(fmin(rule, row->last) - fmin(hw_observation_value(row->after.observation), row->last));
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
    score->weighed += row->weighed.crps;
    score->after += row->after.crps;
    score->bias += row->bias;
    score->inside_before += row->before.inside;
    for (int level = 0; level < HW_LEVELS; level++) {
        inside[level] += row->inside[level];
        score->inside_weighed[level] += row->inside_weighed[level];
    }
    add_against(&score->last_year, row->baselines.last_year, row);
    add_against(&score->three_years, row->baselines.three_years, row);
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
    score.weighed = group != NULL ? score.weighed / facts : (double)NAN;
    score.after = group != NULL ? score.after / facts : (double)NAN;
    score.bias /= facts;
    for (int level = 0; level < HW_LEVELS; level++) {
        score.coverage[level] = hw_coverage_of(hw_levels[level], inside[level], score.facts);
    }
    take_mean(&score.last_year);
    take_mean(&score.three_years);
    take_mean(&score.straight);
    take_mean(&score.by_area);
    take_mean(&score.plan);
    return score;
}
