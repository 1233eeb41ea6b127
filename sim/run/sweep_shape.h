/* What a sweep keeps of a point: statistics of each value over its replications, and how large that is.
 *
 * A replication answers with a fixed number of values (doubles; NaN: missing). A summary is, for each value,
 * HW_SWEEP_STATISTICS doubles, and behind them, for each value that is a day, the probability by each date.
 */
#ifndef HW_SIM_RUN_SWEEP_SHAPE_H
#define HW_SIM_RUN_SWEEP_SHAPE_H

#include "sim/record.h"
#include <stdbool.h>
#include <stdint.h>

/* Quantiles that every summary gives. */
enum { HW_SWEEP_QUANTILES = 3 };
extern const double hw_sweep_quantiles[HW_SWEEP_QUANTILES]; /* 0.1, 0.5, 0.9 */

/* Order of the statistics of one value.
 * MEAN, SD: over good replications; days that did not come by the horizon count as the horizon (the
 * restricted mean of survival analysis), other missing values are left out. ERROR: half the width of the
 * mean's 95 % interval (Student's t). MISSING: share of missing values. QUANTILE: P10, P50, P90, missing ones
 * above all others: +infinity when it is one of them. LOW, HIGH: the order statistics around each with at
 * least 95 % probability; -infinity or +infinity when the sample cannot say. */
enum {
    HW_SWEEP_MEAN,
    HW_SWEEP_SD,
    HW_SWEEP_ERROR,
    HW_SWEEP_MISSING,
    HW_SWEEP_QUANTILE,
    HW_SWEEP_LOW = HW_SWEEP_QUANTILE + HW_SWEEP_QUANTILES,
    HW_SWEEP_HIGH = HW_SWEEP_LOW + HW_SWEEP_QUANTILES,
    HW_SWEEP_STATISTICS = HW_SWEEP_HIGH + HW_SWEEP_QUANTILES,
};

typedef struct hw_sweep_shape {
    const hw_record_layout *values; /* all variables HW_F64 */
    uint32_t value_count;
    const double *by; /* days since the start, ascending or not */
    uint32_t by_count;
    uint32_t day_count; /* values that are days */
    size_t summary_bytes;
} hw_sweep_shape;

hw_sweep_shape hw_sweep_shape_of(const hw_record_layout *values, const double *by, uint32_t by_count);

/* Whether a variable is a day ("days since ..."), so that it has probabilities by date and a restricted mean.
 */
bool hw_sweep_is_day(const hw_variable *variable);

/* Summarises `count` replications of all values (replication slowest): `good` says which of them count.
 * `horizon` in days. `scratch` has room for `count` doubles. */
void hw_sweep_summarise(const hw_sweep_shape *shape, const double *values, const bool *good, uint64_t count,
                        double horizon, double *scratch, double *summary);

/* Bytes on disk: of the journals while it runs, and of the result. Without compression. */
typedef struct hw_sweep_sizes {
    double journal_bytes, result_bytes;
    double rank_bytes; /* of memory on each rank, without the world */
} hw_sweep_sizes;
hw_sweep_sizes hw_sweep_sizes_of(const hw_sweep_shape *shape, uint64_t points, uint64_t replications,
                                 uint32_t factor_count, bool keep_outcomes);

#endif
