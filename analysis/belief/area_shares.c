/* Suspected and released area by district, as the result has it. */
#include "analysis/belief/area_shares.h"
#include "analysis/base/memory.h"
#include <math.h>
#include <stdlib.h>

/* Land of all ledgers: what is open, and what is released. */
static const char *const parts[] = {"land_open", "land_released"};
enum { PARTS = 2 };

static bool is_of_district(const hw_observation *o) {
    return o->question.kind == hw_fact_kind_find("land_released") &&
           o->question.scope[HW_SCOPE_DISTRICT] != NULL;
}

static double mean_of(const double *sample, uint64_t count) {
    double sum = 0;
    for (uint64_t r = 0; r < count; r++) {
        sum += sample[r];
    }
    return sum / (double)count;
}

/* Questions in pairs, those of the country behind those of the facts. */
static hw_question *ask(const hw_besides *besides) {
    const hw_axis *periods = hw_outcomes_axis(besides->outcomes, "period");
    hw_question *questions = hw_take((size_t)PARTS * (besides->count + 1), sizeof *questions);
    for (uint32_t i = 0; i < PARTS * (besides->count + 1); i++) {
        questions[i] = (hw_question){.kind = hw_fact_kind_find(parts[i % PARTS]), .from = INT64_MIN};
        questions[i].to = periods != NULL && periods->length > 0
                              ? hw_outcomes_last_day(besides->outcomes, periods->values[0])
                              : INT64_MAX; /* later than any end: not told */
        questions[i].scope[HW_SCOPE_DISTRICT] =
            i / PARTS < besides->count
                ? besides->observations->items[i / PARTS].question.scope[HW_SCOPE_DISTRICT]
                : NULL;
    }
    return questions;
}

/* The area of a pair; NaN when it is not told. */
static double area_of(double **samples, uint32_t pair, uint64_t count) {
    double area = 0;
    for (uint32_t i = pair * PARTS; i < (pair + 1) * PARTS; i++) {
        area += samples[i] != NULL ? mean_of(samples[i], count) : (double)NAN;
    }
    return area;
}

double *hw_area_shares(const hw_besides *besides, hw_errors *errors) {
    uint32_t count = PARTS * (besides->count + 1);
    const hw_outcomes *outcomes = besides->outcomes;
    hw_question *questions = ask(besides);
    hw_telling *tellings = hw_take(count, sizeof *tellings);
    for (uint32_t i = 0; i < count; i++) {
        bool wanted = i / PARTS == besides->count || is_of_district(&besides->observations->items[i / PARTS]);
        tellings[i] = wanted ? hw_tell(outcomes->layout, outcomes->start, outcomes->horizon, &questions[i])
                             : (hw_telling){0};
    }
    double **samples = hw_tellings_read(outcomes, tellings, count, errors);
    double *shares = samples != NULL ? hw_take(besides->count + 1, sizeof *shares) : NULL;
    for (uint32_t i = 0; samples != NULL && i < besides->count; i++) {
        shares[i] = area_of(samples, i, outcomes->count) / area_of(samples, besides->count, outcomes->count);
    }
    hw_samples_free(samples, count);
    for (uint32_t i = 0; i < count; i++) {
        hw_telling_free(&tellings[i]);
    }
    free(tellings);
    free(questions);
    return shares;
}
