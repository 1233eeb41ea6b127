/* Answers from a whole sample or from tallies, whichever there are. */
#include "analysis/results/reading.h"
#include "analysis/base/memory.h"
#include "analysis/results/learnt.h"
#include <assert.h>
#include <math.h>
#include <stdlib.h>

/* Block by block as the file has them, so that the sums are those of a run that counted before it wrote. */
static bool count_variable(const hw_outcomes *outcomes, hw_variable_tallies *tallies, hw_errors *errors) {
    for (uint64_t first = 0; first < outcomes->count && !tallies->counted;) {
        uint64_t left = outcomes->count - first;
        uint64_t count = left < outcomes->block ? left : outcomes->block;
        double *values = outcomes->read_some(outcomes->source, tallies->variable->name, first, count, errors);
        if (values == NULL) {
            return false;
        }
        hw_tallies_add_values(tallies, values, count);
        free(values);
        first += count;
        tallies->counted = first == outcomes->count;
    }
    return true;
}

bool hw_reading_open(hw_reading *reading, const hw_outcomes *outcomes, const char *variable,
                     hw_errors *errors) {
    *reading = (hw_reading){.outcomes = outcomes, .variable = hw_record_find(outcomes->layout, variable)};
    if (outcomes->tallies != NULL) {
        hw_variable_tallies *tallies = hw_tallies_find(outcomes->tallies, variable);
        reading->tallies = tallies;
        return count_variable(outcomes, tallies, errors);
    }
    reading->values = outcomes->read(outcomes->source, variable, errors);
    if (reading->values == NULL) {
        return false;
    }
    reading->sample = hw_take(outcomes->count, sizeof *reading->sample);
    return true;
}

bool hw_reading_open_last(hw_reading *reading, hw_variable *last, const hw_outcomes *outcomes,
                          const char *variable, hw_errors *errors) {
    assert(outcomes->tallies == NULL);
    if (!hw_reading_open(reading, outcomes, variable, errors)) {
        return false;
    }
    size_t count = reading->variable->count;
    for (uint64_t r = 0; r < outcomes->count; r++) {
        double day = 0;
        for (size_t i = 0; i < count; i++) {
            double value = reading->values[r * count + i];
            day = isnan(day) || isnan(value) ? (double)NAN : fmax(day, value);
        }
        reading->values[r] = day;
    }
    *last = *reading->variable;
    last->count = 1;
    reading->variable = last;
    return true;
}

void hw_reading_close(hw_reading *reading) {
    free(reading->values);
    free(reading->sample);
    *reading = (hw_reading){0};
}

static void scale_quantile(hw_quantile *quantile, double scale) {
    quantile->value *= scale;
    quantile->low *= scale;
    quantile->high *= scale;
    quantile->error *= scale;
}

static hw_spread scaled(hw_spread spread, double scale) {
    scale_quantile(&spread.p10, scale);
    scale_quantile(&spread.p50, scale);
    scale_quantile(&spread.p90, scale);
    spread.mean.value *= scale;
    spread.mean.error *= scale;
    return spread;
}

hw_spread hw_reading_sum(hw_reading *reading, size_t element, uint32_t terms, size_t step, double scale) {
    if (reading->tallies != NULL) {
        const hw_tally *tally =
            terms > 1 ? hw_tallies_sum(reading->tallies, element) : &reading->tallies->elements[element];
        return scaled(hw_tally_spread(tally), scale);
    }
    uint64_t count = reading->outcomes->count;
    for (uint64_t r = 0; r < count; r++) {
        double sum = 0;
        for (uint32_t i = 0; i < terms; i++) {
            sum += reading->values[r * reading->variable->count + element + i * step];
        }
        reading->sample[r] = sum * scale;
    }
    return hw_outcomes_spread(reading->outcomes, reading->sample);
}

hw_spread hw_reading_spread(hw_reading *reading, size_t element, double scale) {
    return hw_reading_sum(reading, element, 1, 0, scale);
}

/* The replications in which a value has come by a day; those in which it is missing, of no day (NaN). */
static hw_probability share_of(const hw_reading *reading, size_t element, double day) {
    const double *weights = reading->outcomes->learnt.weights;
    uint64_t happened = 0;
    double weight = 0;
    for (uint64_t r = 0; r < reading->outcomes->count; r++) {
        double value = reading->values[r * reading->variable->count + element];
        bool counts =
            isnan(day) ? isnan(value) : floor(value) <= day; /* false for NaN: it has not happened */
        happened += counts ? 1 : 0;
        weight += counts && weights != NULL ? weights[r] : 0;
    }
    bool all = happened == reading->outcomes->count; /* weights add up to 1 but for their rounding */
    return hw_outcomes_share(reading->outcomes, happened, all ? 1 : weight);
}

hw_probability hw_reading_missing(const hw_reading *reading, size_t element) {
    if (reading->tallies != NULL) {
        return hw_outcomes_share(reading->outcomes, reading->tallies->elements[element].missing, 0);
    }
    return share_of(reading, element, (double)NAN);
}

hw_probability hw_reading_until(const hw_reading *reading, size_t element, double day) {
    if (reading->tallies != NULL) {
        return hw_outcomes_share(reading->outcomes, hw_tally_until(&reading->tallies->elements[element], day),
                                 0);
    }
    return share_of(reading, element, day);
}
