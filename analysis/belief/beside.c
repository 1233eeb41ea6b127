/* Holds facts against samples of the model. */
#include "analysis/belief/beside.h"
#include "analysis/base/memory.h"
#include "analysis/scenario/load.h"
#include "sim/date.h"
#include <math.h>
#include <stdlib.h>

/* What came before the start is recorded, if it is in the scenario at all: no world could have had it
 * otherwise, and nothing is learnt from it. */
static bool is_recorded(const hw_observation *o, int64_t start) {
    return o->question.kind->day && isfinite(o->high) && o->high < (double)start;
}

static hw_telling tell(const hw_record_layout *layout, int64_t start, int64_t horizon,
                       const hw_observation *o) {
    char day[16];
    hw_telling telling = hw_tell(layout, start, horizon, &o->question);
    if (telling.variable != NULL && is_recorded(o, start)) {
        hw_telling_free(&telling);
        telling = (hw_telling){
            .question = &o->question,
            .unknown = HW_SCOPES,
            .why = hw_take_text("it came before the model begins (%s): recorded at most, not simulated",
                                hw_date_print(start, day))};
    }
    return telling;
}

void hw_besides_tell(hw_besides *besides, const hw_record_layout *layout, int64_t start, int64_t horizon,
                     const hw_observations *observations) {
    uint32_t count = observations->count;
    *besides = (hw_besides){.observations = observations,
                            .tellings = hw_take(count + 1, sizeof *besides->tellings),
                            .rows = hw_take(count + 1, sizeof *besides->rows),
                            .count = count};
    for (uint32_t i = 0; i < count; i++) {
        const hw_observation *o = &observations->items[i];
        if (o->question.kind != NULL) {
            besides->tellings[i] = tell(layout, start, horizon, o);
        } else {
            besides->tellings[i] =
                (hw_telling){.unknown = HW_SCOPES,
                             .why = hw_take_text("%s", hw_observation_text(o, HW_FACT_NOT_MODELLED))};
        }
    }
}

hw_status hw_besides_read(hw_besides *besides, const hw_outcomes *outcomes,
                          const hw_observations *observations, hw_errors *errors) {
    hw_besides_tell(besides, outcomes->layout, outcomes->start, outcomes->horizon, observations);
    besides->outcomes = outcomes;
    besides->samples = hw_tellings_read(outcomes, besides->tellings, besides->count, errors);
    return besides->samples != NULL ? HW_OK : HW_ERROR_IO;
}

void hw_besides_free(hw_besides *besides) {
    hw_samples_free(besides->samples, besides->count);
    for (uint32_t i = 0; i < besides->count; i++) {
        hw_telling_free(&besides->tellings[i]);
    }
    free(besides->tellings);
    free(besides->rows);
    *besides = (hw_besides){0};
}

/* What has not happened is as on the last day. */
static double score(hw_weighted *sorted, size_t count, double fact, double last) {
    for (size_t i = 0; i < count; i++) {
        sorted[i].value = fmin(sorted[i].value, last);
    }
    return hw_crps(sorted, count, fmin(fact, last));
}

hw_beside hw_beside_from(const hw_besides *besides, uint32_t fact, hw_weighted *sorted, size_t count,
                         double effective) {
    const hw_observation *o = &besides->observations->items[fact];
    hw_beside row = {.observation = o,
                     .told = true,
                     .why = besides->tellings[fact].why,
                     .p10 = hw_weighted_quantile(sorted, count, 0.1, effective),
                     .p50 = hw_weighted_quantile(sorted, count, 0.5, effective),
                     .p90 = hw_weighted_quantile(sorted, count, 0.9, effective),
                     .pit = (double)NAN,
                     .crps = (double)NAN};
    row.inside = row.p10.value <= o->high && o->low <= row.p90.value;
    if (isfinite(o->low) && isfinite(o->high)) {
        double value = hw_observation_value(o);
        double last = o->question.kind->day ? (double)besides->outcomes->horizon : HUGE_VAL;
        row.pit = hw_pit(sorted, count, value, 0.5);
        row.crps = score(sorted, count, value, last);
    }
    return row;
}

hw_beside hw_beside_of(const hw_besides *besides, uint32_t fact, const double *weights, double effective) {
    size_t count = besides->outcomes->count;
    if (besides->samples[fact] == NULL) {
        return (hw_beside){.observation = &besides->observations->items[fact],
                           .why = besides->tellings[fact].why,
                           .pit = (double)NAN,
                           .crps = (double)NAN};
    }
    hw_weighted *sorted = hw_take(count, sizeof *sorted);
    hw_weighted_sort(sorted, besides->samples[fact], weights, count);
    hw_beside row = hw_beside_from(besides, fact, sorted, count, effective);
    free(sorted);
    return row;
}

void hw_besides_weigh(hw_besides *besides, const double *weights, double effective) {
    for (uint32_t i = 0; i < besides->count; i++) {
        besides->rows[i] = hw_beside_of(besides, i, weights, effective);
    }
}

void hw_besides_warn(const hw_besides *besides) {
    hw_errors warnings = {0};
    for (uint32_t i = 0; i < besides->count; i++) {
        hw_scope scope = besides->tellings[i].unknown;
        if (scope < HW_SCOPES) {
            hw_errors_add(&warnings, besides->observations->items[i].cells[HW_FACT_SCOPE + scope].where, "%s",
                          besides->tellings[i].why);
        }
    }
    hw_warn(&warnings);
    hw_errors_free(&warnings);
}

char *hw_fact_group(const hw_observation *observation) {
    const char *name = hw_observation_text(observation, HW_FACT_QUANTITY);
    for (hw_scope scope = HW_SCOPE_DISTRICT; scope < HW_SCOPES; scope++) {
        if (observation->cells[HW_FACT_SCOPE + scope].text != NULL) {
            return hw_take_text("%s by %s", name, hw_scope_names[scope]);
        }
    }
    return hw_take_text("%s", name);
}
