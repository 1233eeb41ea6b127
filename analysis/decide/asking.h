/* Worlds of one variant of a scenario after another, each asked for a measure. Numbers are remembered, in
 * memory and in a small file in the folder of kept results, in place of a result file of some megabytes: a
 * search that was interrupted goes on where it was. */
#ifndef HW_ANALYSIS_ASKING_H
#define HW_ANALYSIS_ASKING_H

#include "analysis/decide/measure.h"
#include "analysis/results/study.h"

typedef struct hw_asking {
    const hw_measure *measure;
    const hw_study_wish
        *wish;         /* with quiet, folder, settings; seed and replications are asked for each time */
    uint64_t expected; /* replications that are still to be asked for, at most: for the progress */
    uint64_t done;
} hw_asking;

/* The measure of each of `worlds` worlds of that seed (collective): numbers on rank 0, zeros elsewhere; the
 * caller frees them. HW_ERROR_LAW when replications fail, so that the same worlds cannot be held against each
 * other; else as a study. */
hw_status hw_ask(hw_asking *asking, const hw_study_source *source, uint64_t seed, uint64_t worlds,
                 double **numbers, hw_errors *errors);

#endif
