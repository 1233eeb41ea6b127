/* Statistics of a point, and the sizes of what is kept. */
#include "sim/run/sweep_shape.h"
#include "sim/statistics.h"
#include <math.h>
#include <string.h>

const double hw_sweep_quantiles[HW_SWEEP_QUANTILES] = {0.1, 0.5, 0.9};

bool hw_sweep_is_day(const hw_variable *variable) {
    return variable->units != NULL && strstr(variable->units, " since ") != NULL;
}

hw_sweep_shape hw_sweep_shape_of(const hw_record_layout *values, const double *by, uint32_t by_count) {
    hw_sweep_shape shape = {.values = values, .by = by, .by_count = by_count};
    for (uint32_t v = 0; v < values->variable_count; v++) {
        uint32_t count = (uint32_t)values->variables[v].count;
        shape.value_count += count;
        shape.day_count += hw_sweep_is_day(&values->variables[v]) ? count : 0;
    }
    size_t numbers = (size_t)shape.value_count * HW_SWEEP_STATISTICS + (size_t)shape.day_count * by_count;
    shape.summary_bytes = numbers * sizeof(double);
    return shape;
}

static void summarise_order(const double *sorted, uint64_t count, double *statistics) {
    for (uint32_t q = 0; q < HW_SWEEP_QUANTILES; q++) {
        double p = hw_sweep_quantiles[q];
        hw_interval interval = hw_sample_quantile_interval(sorted, count, p, 0.95);
        statistics[HW_SWEEP_QUANTILE + q] = sorted[hw_quantile_position(count, p)];
        statistics[HW_SWEEP_LOW + q] = interval.low;
        statistics[HW_SWEEP_HIGH + q] = interval.high;
    }
}

/* One value of all good replications, in their order, into `sample`, missing ones as +infinity. Returns how
 * many. */
static uint64_t gather(const double *values, const bool *good, uint64_t count, uint32_t stride,
                       uint32_t value, double *sample) {
    uint64_t n = 0;
    for (uint64_t r = 0; r < count; r++) {
        if (good[r]) {
            double number = values[r * stride + value];
            sample[n++] = isnan(number) ? HUGE_VAL : number;
        }
    }
    return n;
}

static void summarise_value(double *sample, uint64_t n, bool day, double horizon, double *statistics) {
    hw_moments moments = {0};
    uint64_t missing = 0;
    for (uint64_t i = 0; i < n; i++) {
        bool absent = isinf(sample[i]);
        missing += absent;
        if (day || !absent) {
            hw_moments_add(&moments, absent ? horizon : sample[i]);
        }
    }
    hw_interval interval = hw_moments_interval(&moments, 0.95);
    for (uint32_t s = 0; s < HW_SWEEP_STATISTICS; s++) {
        statistics[s] = (double)NAN;
    }
    if (moments.count > 0) {
        statistics[HW_SWEEP_MEAN] = moments.mean;
        statistics[HW_SWEEP_SD] = sqrt(hw_moments_variance(&moments));
        statistics[HW_SWEEP_ERROR] = 0.5 * (interval.high - interval.low);
    }
    if (n > 0) {
        statistics[HW_SWEEP_MISSING] = (double)missing / (double)n;
        hw_sample_sort(sample, n);
        summarise_order(sample, n, statistics);
    }
}

static double share_by(const double *sorted, uint64_t n, double day) {
    uint64_t happened = 0;
    while (happened < n && sorted[happened] <= day) {
        happened++;
    }
    return n > 0 ? (double)happened / (double)n : (double)NAN;
}

void hw_sweep_summarise(const hw_sweep_shape *shape, const double *values, const bool *good, uint64_t count,
                        double horizon, double *scratch, double *summary) {
    double *shares = summary + (size_t)shape->value_count * HW_SWEEP_STATISTICS;
    uint32_t value = 0;
    for (uint32_t v = 0; v < shape->values->variable_count; v++) {
        const hw_variable *variable = &shape->values->variables[v];
        bool day = hw_sweep_is_day(variable);
        for (size_t element = 0; element < variable->count; element++, value++) {
            uint64_t n = gather(values, good, count, shape->value_count, value, scratch);
            summarise_value(scratch, n, day, horizon, summary + (size_t)value * HW_SWEEP_STATISTICS);
            for (uint32_t b = 0; day && b < shape->by_count; b++) {
                *shares++ = share_by(scratch, n, shape->by[b]);
            }
        }
    }
}

/* ---- Sizes ---- */

enum { RECORD_HEAD_BYTES = 96, TEXT_BYTES = 24 };

hw_sweep_sizes hw_sweep_sizes_of(const hw_sweep_shape *shape, uint64_t points, uint64_t replications,
                                 uint32_t factor_count, bool keep_outcomes) {
    double summaries = (double)points * (double)shape->summary_bytes;
    double outcomes =
        keep_outcomes ? (double)points * (double)replications * (double)shape->value_count * sizeof(double)
                      : 0.0;
    double coordinates =
        (double)points * (factor_count * (2.0 * sizeof(double)) + 4 * sizeof(int64_t) + TEXT_BYTES);
    double records = (double)points * RECORD_HEAD_BYTES;
    double pieces = (double)points * ((double)replications / 16.0 + 1.0) / 8.0;
    return (hw_sweep_sizes){
        .journal_bytes = records + (keep_outcomes ? outcomes : summaries),
        .result_bytes = coordinates + summaries + outcomes,
        .rank_bytes = pieces + (double)replications * (double)(shape->value_count + 1) * sizeof(double) +
                      (double)points * 2.0 * sizeof(double) * factor_count / (factor_count + 2.0),
    };
}
