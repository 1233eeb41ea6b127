/* Shared by the files of sensitivity*.c: the points of a sweep and the numbers of one outcome at them. */
#ifndef HW_ANALYSIS_SENSITIVITY_PARTS_H
#define HW_ANALYSIS_SENSITIVITY_PARTS_H

#include "analysis/results/factor_values.h"
#include "analysis/sensitivity/sensitivity.h"

/* Where the points stand. Read once. */
typedef struct hw_sensitivity_points {
    const hw_sweep_results *results;
    uint64_t points, replications;
    hw_factor_values factors;
    char **scenario;  /* of each point */
    double *place[2]; /* place in the design, or NULL */
    double *unit;     /* points * factors: place in the unit cube; read when trajectories need it */
    double *good;     /* good replications */
    double *horizon;  /* days from the start to the end */
    double *good_one; /* points * replications: whether good; NULL when outcomes were not kept */
} hw_sensitivity_points;

/* One output of the file, all of its numbers. */
typedef struct hw_sensitivity_output {
    const char *name, *units;
    uint64_t count; /* numbers at each point */
    char **labels;  /* count, or NULL for a single number */
    bool day;
    double *means; /* points * count */
    double *noise; /* points * count: variance of that mean by its replications; NaN: unknown */
    double
        *missing; /* points * count: share of worlds without the value; NULL: probabilities are asked for */
    double *kept; /* points * replications * count: every value, or NULL */
    double by;    /* days since the start; NaN: means are asked for */
} hw_sensitivity_output;

/* HW_ERROR_IO when the file cannot be read. Free after failure too. */
hw_status hw_sensitivity_read_points(hw_sensitivity_points *points, hw_sensitivity_kind *kind,
                                     const hw_sweep_results *results, hw_errors *errors);
void hw_sensitivity_free_points(hw_sensitivity_points *points);

/* Fills in the factors of `sensitivity`. */
void hw_sensitivity_span_factors(hw_sensitivity *sensitivity, const hw_sensitivity_points *points);
/* The sheet that shows them. */
void hw_sensitivity_add_factors(hw_book *book, const hw_sensitivity *sensitivity);

/* The order of words: by their numbers where both are one with the same unit ("5 ha/day" before "10 ha/day"),
 * else by the alphabet. Less than, equal to or greater than 0. */
int hw_sensitivity_word_order(const char *a, const char *b);

/* Days and dollars are shown as whole ones, as the other tables show them; `decimals`: those of the column.
 */
void hw_sensitivity_round(hw_cell *cell, const char *units, uint32_t decimals);

/* An output is a day when its unit is days since a date, which is `*start` then (days since 1970-01-01). */
bool hw_sensitivity_is_day(const hw_sweep_variable *mean, int64_t *start);

/* `by`: NULL, or the date. HW_ERROR_INPUT when the sweep did not keep the probability by that date. */
hw_status hw_sensitivity_read_output(hw_sensitivity_output *output, const hw_sensitivity_points *points,
                                     const char *name, const int64_t *by, hw_errors *errors);
void hw_sensitivity_free_output(hw_sensitivity_output *output);

/* The kept values of one number at a point, one for each replication, as they go into its mean. False when
 * they were not kept, a replication failed, or one has no value. */
bool hw_sensitivity_worlds(const hw_sensitivity_output *output, const hw_sensitivity_points *points,
                           uint64_t element, uint64_t point, double *worlds);

/* All that is known while one number of the outcome is judged in one scenario. */
typedef struct hw_sensitivity_subject {
    const hw_sensitivity_points *points;
    const hw_sensitivity_output *output;
    uint64_t element;
    const uint64_t *own; /* points of this scenario, ascending */
    uint64_t own_count;
    hw_sensitivity_of *of;
} hw_sensitivity_subject;

double hw_sensitivity_mean_at(const hw_sensitivity_subject *subject, uint64_t point);
double hw_sensitivity_noise_at(const hw_sensitivity_subject *subject,
                               uint64_t point); /* variance of that mean */

/* part / whole, at least 0 and at most 1; NaN when it cannot be said. */
double hw_sensitivity_share(double part, double whole);

/* Indices and correlations below this are rounding. */
static const double hw_sensitivity_index_least = 1e-9;

/* Standard deviation and noise share over these points; false (with the reason in subject->of) when nothing
 * moves. */
bool hw_sensitivity_look_over(const hw_sensitivity_subject *subject, const uint64_t *points, uint64_t count);

/* Fill in what is measured of one number of the outcome, unranked. */
void hw_sensitivity_judge_sobol(const hw_sensitivity_subject *subject);
void hw_sensitivity_judge_morris(const hw_sensitivity_subject *subject);
void hw_sensitivity_judge_points(const hw_sensitivity_subject *subject);

#endif
