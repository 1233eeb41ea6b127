/* Bootstrap weights, and bounds of what is computed with them. */
#include "analysis/figures/indices.h"
#include "sim/rng.h"
#include "sim/statistics.h"
#include <math.h>
#include <string.h>

enum { RESAMPLES_MOST = 1000, RESAMPLES_LEAST = 200, PRODUCT_MOST = 1000000 };

/* Nothing of a model is drawn with this key: fixed, so that a file always gets the same intervals. */
static const hw_rng_key resample_key = {.seed = 1979, .replication = UINT64_MAX};

uint32_t hw_resample_count(size_t parts, size_t quantities) {
    double product = (double)parts * (double)quantities;
    double count = RESAMPLES_MOST * (product > PRODUCT_MOST ? PRODUCT_MOST / product : 1);
    return count < RESAMPLES_LEAST ? RESAMPLES_LEAST : (uint32_t)count;
}

void hw_resample_weights(uint32_t resample, size_t count, uint32_t *weights) {
    memset(weights, 0, count * sizeof *weights);
    for (size_t drawn = 0; drawn < count; drawn += 4) {
        double uniform[4];
        hw_draw_block(resample_key, resample, 0, drawn / 4, uniform);
        for (size_t i = 0; i < 4 && drawn + i < count; i++) {
            size_t part = (size_t)(uniform[i] * (double)count);
            weights[part < count ? part : count - 1]++;
        }
    }
}

hw_bounds hw_resample_bounds(double value, double *values, size_t count) {
    size_t known = 0;
    for (size_t i = 0; i < count; i++) {
        if (!isnan(values[i])) {
            values[known++] = values[i];
        }
    }
    if (isnan(value) || known * 10 < count * 9 || known == 0) {
        return (hw_bounds){value, (double)NAN, (double)NAN};
    }
    hw_sample_sort(values, known);
    return (hw_bounds){value, hw_sample_quantile(values, known, 0.025),
                       hw_sample_quantile(values, known, 0.975)};
}
