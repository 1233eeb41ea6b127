/* Reads the samples of many questions, each variable of the file once. */
#include "analysis/base/memory.h"
#include "analysis/belief/telling.h"
#include <math.h>
#include <stdlib.h>

/* Replications that are read at a time: series of districts are long. */
enum { AT_A_TIME = 256 };

static double of_series(const hw_telling *telling, const double *numbers) {
    double sum = 0;
    for (uint32_t i = 0; i < telling->count; i++) {
        sum += telling->factors[i] * numbers[telling->elements[i]];
    }
    return sum;
}

/* The latest of several; NaN when one has not come by the horizon. */
static double latest(const hw_telling *telling, const double *numbers) {
    double last = numbers[telling->elements[0]];
    for (uint32_t i = 1; i < telling->count; i++) {
        double one = numbers[telling->elements[i]];
        last = isnan(one) || one > last ? one : last;
    }
    return last;
}

static double take(const hw_outcomes *outcomes, const hw_telling *telling, const double *numbers) {
    return telling->question->kind->day ? (double)outcomes->start + floor(latest(telling, numbers))
                                        : of_series(telling, numbers);
}

static double *read_block(const hw_outcomes *outcomes, const hw_variable *variable, uint64_t first,
                          uint64_t count, hw_errors *errors) {
    return outcomes->read_some != NULL
               ? outcomes->read_some(outcomes->source, variable->name, first, count, errors)
               : outcomes->read(outcomes->source, variable->name, errors);
}

/* All tellings of one variable. */
static bool read_variable(const hw_outcomes *outcomes, const hw_telling *tellings, uint32_t count,
                          const hw_variable *variable, double **samples, hw_errors *errors) {
    uint64_t step = outcomes->read_some != NULL ? AT_A_TIME : outcomes->count;
    for (uint64_t first = 0; first < outcomes->count; first += step) {
        uint64_t some = outcomes->count - first < step ? outcomes->count - first : step;
        double *numbers = read_block(outcomes, variable, first, some, errors);
        for (uint32_t i = 0; numbers != NULL && i < count; i++) {
            for (uint64_t r = 0; tellings[i].variable == variable && r < some; r++) {
                samples[i][first + r] = take(outcomes, &tellings[i], numbers + r * variable->count);
            }
        }
        free(numbers);
        if (numbers == NULL) {
            return false;
        }
    }
    return true;
}

double **hw_tellings_read(const hw_outcomes *outcomes, const hw_telling *tellings, uint32_t count,
                          hw_errors *errors) {
    double **samples = hw_take(count > 0 ? count : 1, sizeof *samples);
    bool good = true;
    for (uint32_t i = 0; i < count; i++) {
        samples[i] = tellings[i].variable != NULL ? hw_take(outcomes->count, sizeof **samples) : NULL;
    }
    for (uint32_t i = 0; i < count && good; i++) {
        bool first_of_variable = tellings[i].variable != NULL;
        for (uint32_t j = 0; j < i && first_of_variable; j++) {
            first_of_variable = tellings[j].variable != tellings[i].variable;
        }
        good = !first_of_variable ||
               read_variable(outcomes, tellings, count, tellings[i].variable, samples, errors);
    }
    if (!good) {
        hw_samples_free(samples, count);
        return NULL;
    }
    return samples;
}

void hw_samples_free(double **samples, uint32_t count) {
    for (uint32_t i = 0; samples != NULL && i < count; i++) {
        free(samples[i]);
    }
    free(samples);
}
