/* Learns how far the model is off, and spreads forecasts by it. */
#include "analysis/belief/discrepancy.h"
#include "analysis/base/memory.h"
#include "analysis/belief/baselines.h"
#include "analysis/belief/related.h"
#include "sim/date.h"
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

const double hw_factors[HW_FACTORS] = {0.125, M_SQRT1_2 / 4, 0.25, M_SQRT1_2 / 2, 0.5, M_SQRT1_2, 1, M_SQRT2,
                                       2,     2 * M_SQRT2,   4,    4 * M_SQRT2,   8};

bool hw_is_ahead(const hw_besides *besides, uint32_t fact, int64_t origin, int64_t ahead) {
    const hw_observation *o = &besides->observations->items[fact];
    if (besides->samples[fact] == NULL || o->plan || o->known_by <= origin || !isfinite(o->low) ||
        !isfinite(o->high)) {
        return false;
    }
    const hw_question *q = &o->question;
    if (q->kind->day) {
        return o->low > (double)origin && o->high <= (double)(origin + ahead);
    }
    return (q->kind->level ? q->to > origin : q->from > origin) && q->to <= origin + ahead;
}

/* ---- Groups ---- */

static uint32_t group_of(hw_discrepancy *d, const hw_observation *fact) {
    char *own = hw_fact_group(fact);
    for (uint32_t g = 0; g < d->count; g++) {
        if (strcmp(d->groups[g].group, own) == 0) {
            free(own);
            return g;
        }
    }
    d->groups = hw_take_again(d->groups, d->count + 1, sizeof *d->groups);
    d->groups[d->count] = (hw_group_error){.group = own};
    return d->count++;
}

/* The factors before anything is learnt, as logarithms of probabilities. */
static void begin_groups(hw_discrepancy *d, const hw_observations *facts) {
    *d = (hw_discrepancy){.group_of = hw_take(facts->count + 1, sizeof *d->group_of),
                          .factors = hw_take(facts->count + 1, sizeof *d->factors)};
    for (uint32_t i = 0; i < facts->count; i++) {
        d->group_of[i] = facts->items[i].question.kind != NULL ? group_of(d, &facts->items[i]) : UINT32_MAX;
        d->factors[i] = 1;
    }
    for (uint32_t g = 0; g < d->count; g++) {
        for (int f = 0; f < HW_FACTORS; f++) {
            double z = log(hw_factors[f]) / HW_FACTOR_SPREAD;
            d->groups[g].shares[f] = -z * z / 2;
        }
    }
}

/* From logarithms to shares. */
static void settle_groups(hw_discrepancy *d, const hw_observations *facts) {
    for (uint32_t g = 0; g < d->count; g++) {
        double *shares = d->groups[g].shares, most = -HUGE_VAL, sum = 0, mean = 0;
        for (int f = 0; f < HW_FACTORS; f++) {
            most = fmax(most, shares[f]);
        }
        for (int f = 0; f < HW_FACTORS; f++) {
            shares[f] = exp(shares[f] - most);
            sum += shares[f];
        }
        for (int f = 0; f < HW_FACTORS; f++) {
            shares[f] /= sum;
            mean += shares[f] * log(hw_factors[f]);
        }
        d->groups[g].factor = exp(mean);
    }
    for (uint32_t i = 0; i < facts->count; i++) {
        d->factors[i] = d->group_of[i] < d->count ? d->groups[d->group_of[i]].factor : 1;
    }
}

/* ---- What a forecast says with one factor of a group ---- */

typedef struct outlook {
    const hw_origin *origin;
    const hw_fact_kind *kind;
    hw_learning learning;
    double *factors;
    hw_related related;
} outlook;

static void begin_outlook(outlook *w, const hw_origin *origin, const hw_discrepancy *d, uint32_t group,
                          double factor) {
    const hw_observations *facts = origin->besides->observations;
    *w = (outlook){.origin = origin,
                   .learning = origin->learning,
                   .factors = hw_take(facts->count + 1, sizeof *w->factors)};
    for (uint32_t i = 0; i < facts->count; i++) {
        w->factors[i] = d->group_of[i] == group ? factor : d->factors[i];
        w->kind = d->group_of[i] == group ? facts->items[i].question.kind : w->kind;
    }
    w->learning.factors = w->factors;
    w->related = hw_related_of(origin->besides, &w->learning, w->kind);
}

static void end_outlook(outlook *w) {
    hw_related_free(&w->related);
    free(w->factors);
}

/* How large the fact is thought to be, from which its errors follow: as the model says or, if that is more,
 * as it went on so far. */
static double size_of(const hw_origin *origin, uint32_t fact) {
    const hw_besides *besides = origin->besides;
    double sum = 0;
    for (uint64_t r = 0; r < origin->weights.count; r++) {
        double world = besides->samples[fact][r];
        sum += isnan(world) ? 0 : origin->weights.weights[r] * world;
    }
    const hw_baselines b = hw_baselines_of(besides->observations, fact, origin->learning.as_of,
                                           besides->outcomes->start, (double)NAN);
    return fmax(sum, isnan(b.last_year) ? 0 : b.last_year);
}

/* Where each world sees the fact, on its scale, NaN: not by the horizon. Returns how far that may be off. */
static double expect(const outlook *w, uint32_t fact, double size, double *places) {
    const hw_besides *besides = w->origin->besides;
    const hw_related *related = &w->related;
    const hw_observation *o = &besides->observations->items[fact];
    hw_observation guess = *o; /* what it says itself is not known yet, nor how exactly */
    guess.error = 0;
    guess.low = guess.high = o->question.kind->day ? 0 : size;
    const hw_model_error model = hw_learning_error(&w->learning, fact);
    double *row = hw_take(related->count + 1, sizeof *row);
    double rest = hw_related_row(related, &guess, &model, row), sd = hw_fact_deviation(&guess, &model);
    for (uint64_t r = 0; r < besides->outcomes->count; r++) {
        const double *numbers = &related->numbers[r * related->count];
        double world = besides->samples[fact][r], off = 0;
        for (uint32_t k = 0; k < related->count; k++) {
            off += row[k] * numbers[k];
        }
        places[r] = isnan(world) ? world : hw_fact_on_scale(o, world) - sd * off;
    }
    free(row);
    return sd * rest;
}

/* The logarithm of how probable what came was. */
static double log_probable(const outlook *w, uint32_t fact) {
    const hw_observation *o = &w->origin->besides->observations->items[fact];
    const hw_weights *weights = &w->origin->weights;
    double *places = hw_take(weights->count + 1, sizeof *places), sum = 0;
    double sd = expect(w, fact, size_of(w->origin, fact), places);
    double came = hw_fact_on_scale(o, hw_observation_value(o));
    for (uint64_t r = 0; r < weights->count; r++) {
        if (!isnan(places[r])) {
            sum += weights->weights[r] * gsl_ran_tdist_pdf((came - places[r]) / sd, hw_fact_freedom) / sd;
        }
    }
    free(places);
    return log(fmax(sum, 1e-300));
}

/* ---- Learning ---- */

/* A fact that has come since an origin, and was known in time. */
static bool teaches(const hw_origin *origin, const hw_discrepancy *d, uint32_t group, uint32_t fact,
                    int64_t as_of, int64_t ahead) {
    const hw_beside *row = &origin->besides->rows[fact];
    return d->group_of[fact] == group && row->told && row->why == NULL &&
           origin->besides->observations->items[fact].known_by <= as_of &&
           hw_is_ahead(origin->besides, fact, origin->learning.as_of, ahead);
}

/* How many facts of its series stand beside one. */
static double in_series(const hw_observations *facts, const bool *teaching, uint32_t fact) {
    double count = 0;
    for (uint32_t i = 0; i < facts->count; i++) {
        count += teaching[i] && hw_same_series(&facts->items[i].question, &facts->items[fact].question);
    }
    return count;
}

static void learn_group(hw_discrepancy *d, uint32_t group, const hw_origin *origin, int64_t as_of,
                        int64_t ahead) {
    const hw_observations *facts = origin->besides->observations;
    bool *teaching = hw_take(facts->count + 1, sizeof *teaching), any = false;
    for (uint32_t i = 0; i < facts->count; i++) {
        teaching[i] = teaches(origin, d, group, i, as_of, ahead);
        d->groups[group].facts += teaching[i];
        any = any || teaching[i];
    }
    for (int f = 0; f < HW_FACTORS && any; f++) {
        outlook w;
        begin_outlook(&w, origin, d, group, hw_factors[f]);
        for (uint32_t i = 0; i < facts->count; i++) {
            if (teaching[i]) {
                d->groups[group].shares[f] += log_probable(&w, i) / in_series(facts, teaching, i);
            }
        }
        end_outlook(&w);
    }
    free(teaching);
}

void hw_origin_weigh(hw_origin *origin, const hw_origin *earlier, uint32_t earlier_count, int64_t ahead) {
    hw_discrepancy *d = &origin->discrepancy;
    const hw_observations *facts = origin->besides->observations;
    begin_groups(d, facts);
    for (uint32_t e = 0; e < earlier_count; e++) {
        for (uint32_t g = 0; g < d->count && earlier[e].learning.as_of < origin->learning.as_of; g++) {
            learn_group(d, g, &earlier[e], origin->learning.as_of, ahead);
        }
    }
    settle_groups(d, facts);
    origin->learning.factors = d->factors;
    origin->weights = hw_condition(origin->besides, &origin->learning);
}

void hw_origin_weigh_alone(hw_origin *origin) {
    enum { AHEAD = 731 };
    hw_origin *earlier = NULL;
    uint32_t count = 0;
    for (int32_t year = hw_date_from_days(origin->besides->outcomes->start).year + 1;; year++) {
        int64_t day = hw_date_to_days((hw_date){year, 12, 31});
        if (day >= origin->learning.as_of || origin->learning.model_is_given) {
            break;
        }
        earlier = hw_take_again(earlier, count + 1, sizeof *earlier);
        earlier[count] = (hw_origin){.besides = origin->besides, .learning = origin->learning};
        earlier[count].learning.as_of = day;
        hw_origin_weigh(&earlier[count], earlier, count, AHEAD);
        count++;
    }
    hw_origin_weigh(origin, earlier, count, AHEAD);
    for (uint32_t e = 0; e < count; e++) {
        hw_origin_free(&earlier[e]);
    }
    free(earlier);
}

void hw_origin_free(hw_origin *origin) {
    for (uint32_t g = 0; g < origin->discrepancy.count; g++) {
        free(origin->discrepancy.groups[g].group);
    }
    free(origin->discrepancy.groups);
    free(origin->discrepancy.group_of);
    free(origin->discrepancy.factors);
    hw_weights_free(&origin->weights);
    *origin = (hw_origin){0};
}

/* ---- Spreading ---- */

/* The factor below which so much of the probability lies. */
static int factor_at(const hw_group_error *group, double share) {
    int f = 0;
    double sum = group->shares[0];
    while (f + 1 < HW_FACTORS && sum < share) {
        sum += group->shares[++f];
    }
    return f;
}

static double held(const hw_besides *besides, const hw_observation *o, double place) {
    double value = hw_fact_from_scale(o, place);
    return o->question.kind->day && value > (double)besides->outcomes->horizon ? (double)NAN : value;
}

/* Each world is spread over the same lattice of errors and factors: no chance in it. */
hw_weighted *hw_origin_spread(const hw_origin *origin, uint32_t fact) {
    static const double golden = 0.6180339887498949;
    const hw_besides *besides = origin->besides;
    const hw_observation *o = &besides->observations->items[fact];
    uint64_t count = origin->weights.count;
    uint32_t group = origin->discrepancy.group_of[fact];
    double *values = hw_take(HW_SPREAD * count + 1, sizeof *values),
           *places = hw_take(count + 1, sizeof *places);
    double *weights = hw_take(HW_SPREAD * count + 1, sizeof *weights), size = size_of(origin, fact);
    for (int f = 0; f < HW_FACTORS; f++) {
        outlook w;
        begin_outlook(&w, origin, &origin->discrepancy, group, hw_factors[f]);
        double sd = expect(&w, fact, size, places);
        for (uint64_t j = 0; j < HW_SPREAD; j++) {
            double share = fmod(((double)j + 0.5) * golden, 1);
            if (factor_at(&origin->discrepancy.groups[group], share) != f) {
                continue;
            }
            double error = sd * gsl_cdf_tdist_Pinv(((double)j + 0.5) / HW_SPREAD, hw_fact_freedom);
            for (uint64_t r = 0; r < count; r++) {
                values[r * HW_SPREAD + j] = held(besides, o, places[r] + error);
                weights[r * HW_SPREAD + j] = origin->weights.weights[r];
            }
        }
        end_outlook(&w);
    }
    hw_weighted *sorted = hw_take(HW_SPREAD * count + 1, sizeof *sorted);
    hw_weighted_sort(sorted, values, weights, HW_SPREAD * count);
    free(weights);
    free(places);
    free(values);
    return sorted;
}
