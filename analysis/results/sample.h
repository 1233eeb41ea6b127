/* The points of a sweep as outcomes, so that questions on replications can be asked of them.
 *
 * Where the sweep kept outcomes, a point answers like a result file of homeward run. Where it kept summaries
 * only, it answers with these, and cannot be read replication by replication. Numbers are read from the file
 * when they are asked for, some points at a time. */
#ifndef HW_ANALYSIS_SWEEP_SAMPLE_H
#define HW_ANALYSIS_SWEEP_SAMPLE_H

#include "analysis/results/factor_values.h"
#include "analysis/results/outcomes.h"
#include "sim/run/sweep_results.h"

/* Numbers of one variable of the file at neighbouring points, as they were read last. */
typedef struct hw_sweep_block {
    char *name;
    uint64_t first, count, each; /* points, and numbers of one */
    double *numbers;
} hw_sweep_block;

/* The scenario paths that one factor sets. */
typedef struct hw_sweep_paths {
    char **items;
    uint32_t count;
} hw_sweep_paths;

typedef struct hw_sweep_sample {
    const char *path; /* of the file; borrowed, like results */
    const hw_sweep_results *results;
    const hw_sweep_about *about;
    bool kept;  /* outcomes were kept */
    bool whole; /* kept is all of the outcome */
    hw_factor_values factors;
    hw_sweep_paths *paths;                 /* of each factor */
    uint32_t path_count;                   /* of all factors */
    char **scenario;                       /* of each point: its label */
    char **cases, **resolved, **case_rows; /* rows: NULL in files of formats 1 and 2 */
    hw_outcomes *spans;                    /* of each case: what its scenario says */
    uint64_t case_count;
    double *good, *failed, *horizon_day; /* of each point */
    hw_record_layout layout;             /* the outputs */
    hw_axis *axes;
    int64_t start; /* days since 1970-01-01 */
    int64_t *by;   /* dates of which probabilities were kept */
    uint32_t by_count;
    uint64_t *keys; /* 0, 1, ...: of points without failures */
    hw_sweep_block *blocks;
    uint32_t block_count;
} hw_sweep_sample;

/* HW_ERROR_IO when parts of the file cannot be read. Close after failure too; `path` and `results` must
 * outlive it. */
hw_status hw_sweep_sample_open(hw_sweep_sample *sample, const char *path, const hw_sweep_results *results,
                               hw_errors *errors);
void hw_sweep_sample_close(hw_sweep_sample *sample);

/* A point, which must be one of the sweep. HW_ERROR_IO when the file cannot be read. Close it before the
 * sample, after failure too. */
hw_status hw_sweep_point_open(hw_outcomes *outcomes, hw_sweep_sample *sample, uint64_t point,
                              hw_errors *errors);
void hw_sweep_point_close(hw_outcomes *outcomes);

/* For the files that read a sample: one more path of a factor, and what a file of an older format says. */
void hw_sweep_sample_add_path(hw_sweep_sample *sample, uint32_t factor, const char *path, size_t length);
void hw_sweep_sample_read_older(hw_sweep_sample *sample);

/* The value of a factor at a point as a person would write it, without its unit: "worst_first", "120000",
 * "2021-06-30". The caller frees it. */
char *hw_sweep_sample_value(const hw_sweep_sample *sample, uint32_t factor, uint64_t point);

/* "17: rule=worst_first, survey=120000 m2/day", with the scenario where there are several. Of more than
 * four factors only those that differ from the point `base`. The caller frees it. */
char *hw_sweep_sample_name(const hw_sweep_sample *sample, uint64_t point, uint64_t base);

/* Whether two points, perhaps of two sweeps, have the same value of a factor: `factor` and `other_factor` are
 * its places in both. */
bool hw_sweep_sample_same(const hw_sweep_sample *sample, uint64_t point, uint32_t factor,
                          const hw_sweep_sample *other, uint64_t other_point, uint32_t other_factor);

/* The units of a factor, "" when it has none. */
const char *hw_sweep_sample_units(const hw_sweep_factor_info *factor);
/* Whether its numbers are dates (days since 1970-01-01). */
bool hw_sweep_sample_is_date(const hw_sweep_factor_info *factor);

#endif
