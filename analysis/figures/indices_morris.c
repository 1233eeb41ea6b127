/* Elementary effects of Morris's trajectories. */
#include "analysis/base/memory.h"
#include "analysis/figures/indices.h"
#include <math.h>
#include <stdlib.h>

enum { MU, MU_STAR, SIGMA, MEASURES };

/* The three measures of effects, each as often as its weight says. */
static void measure(const double *effects, const uint32_t *weights, size_t count, double measures[MEASURES]) {
    double sum = 0;
    double absolute = 0;
    for (size_t i = 0; i < count; i++) {
        double weight = weights != NULL ? weights[i] : 1;
        sum += weight * effects[i];
        absolute += weight * fabs(effects[i]);
    }
    measures[MU] = sum / (double)count;
    measures[MU_STAR] = absolute / (double)count;
    double squares = 0;
    for (size_t i = 0; i < count; i++) {
        double weight = weights != NULL ? weights[i] : 1;
        squares += weight * (effects[i] - measures[MU]) * (effects[i] - measures[MU]);
    }
    measures[SIGMA] = count > 1 ? sqrt(squares / (double)(count - 1)) : (double)NAN;
}

hw_morris hw_morris_estimate(const double *effects, size_t trajectories) {
    double values[MEASURES];
    measure(effects, NULL, trajectories, values);
    uint32_t resamples = hw_resample_count(trajectories, 1);
    double *drawn = hw_take((size_t)MEASURES * resamples, sizeof *drawn);
    uint32_t *weights = hw_take(trajectories, sizeof *weights);
    for (uint32_t r = 0; r < resamples; r++) {
        double measures[MEASURES];
        hw_resample_weights(r, trajectories, weights);
        measure(effects, weights, trajectories, measures);
        for (int m = 0; m < MEASURES; m++) {
            /* One trajectory resampled is the same one again: that says nothing of its error. */
            drawn[(size_t)m * resamples + r] = trajectories > 1 ? measures[m] : (double)NAN;
        }
    }
    hw_morris morris = {.mu = hw_resample_bounds(values[MU], drawn, resamples),
                        .mu_star = hw_resample_bounds(values[MU_STAR], drawn + resamples, resamples),
                        .sigma = hw_resample_bounds(values[SIGMA], drawn + 2 * (size_t)resamples, resamples)};
    free(weights);
    free(drawn);
    return morris;
}
