/* Facts beside what the model says of them: where in the distribution each lies, and how many lie inside. */
#ifndef HW_ANALYSIS_BELIEF_BESIDE_H
#define HW_ANALYSIS_BELIEF_BESIDE_H

#include "analysis/belief/observations.h"
#include "analysis/figures/scores.h"

/* One fact. Values in held units, days since 1970-01-01 of dates; +infinity: not by the horizon. */
typedef struct hw_beside {
    const hw_observation *observation;
    bool told;       /* the model tells it; else `why` says why not */
    const char *why; /* NULL: told exactly */
    hw_quantile p10, p50, p90;
    double pit;  /* the weight below the fact and half of what equals it; NaN of an open range */
    bool inside; /* P10 to P90 touch the fact */
    double crps; /* what has not happened by the horizon counts as on its last day */
} hw_beside;

/* What the model says of all facts, with their samples. */
typedef struct hw_besides {
    const hw_outcomes *outcomes;
    const hw_observations *observations;
    hw_telling *tellings;
    double **samples; /* one for each fact; NULL of those that are not told */
    hw_beside *rows;
    uint32_t count;
} hw_besides;

/* Finds where facts are told in results of a layout; without samples, and without outcomes. Free it. */
void hw_besides_tell(hw_besides *besides, const hw_record_layout *layout, int64_t start, int64_t horizon,
                     const hw_observations *observations);

/* The same of outcomes, and reads the samples. HW_ERROR_IO when the file cannot be read. Outcomes and
 * observations must outlive it; free after failure too. */
hw_status hw_besides_read(hw_besides *besides, const hw_outcomes *outcomes,
                          const hw_observations *observations, hw_errors *errors);
/* The rows, from replications with these weights (NULL: all the same), of which so many are effective. */
void hw_besides_weigh(hw_besides *besides, const double *weights, double effective);
void hw_besides_free(hw_besides *besides);

/* One row from a sample. */
hw_beside hw_beside_of(const hw_besides *besides, uint32_t fact, const double *weights, double effective);

/* The same from a sorted sample, which is changed. */
hw_beside hw_beside_from(const hw_besides *besides, uint32_t fact, hw_weighted *sorted, size_t count,
                         double effective);

/* Warns on standard error of facts that name what the scenario lacks, such as a misspelt place. */
void hw_besides_warn(const hw_besides *besides);

/* What facts are counted together by: "land_released by district". The caller frees it. */
char *hw_fact_group(const hw_observation *observation);

#endif
