/* The outcomes of a run as it wrote them, so that its answers need no second reading of its result: few
 * replications as their records, many as tallies. */
#ifndef HW_ANALYSIS_HEARD_H
#define HW_ANALYSIS_HEARD_H

#include "analysis/results/outcomes.h"
#include "analysis/results/tallies.h"
#include "sim/run/earlier.h"
#include "sim/run/experiment.h"

typedef struct hw_heard {
    hw_audience audience; /* for the experiment */
    const hw_record_layout *layout;
    unsigned char *records; /* of all replications, by a run of one rank; or NULL */
    hw_tallies *tallies;    /* of more than HW_EXACT_MOST; or NULL */
    uint64_t count;
    uint64_t *keys;
    char model[HW_MODEL_NAME];
} hw_heard;

/* The layout must outlive it. */
void hw_heard_begin(hw_heard *heard, const hw_record_layout *layout);

/* Collective, after the run. */
void hw_heard_gather(hw_heard *heard, const hw_experiment_report *report);

/* On rank 0, after that: the outcomes, from what was heard or (when that is not all that must be said: of
 * failed replications, or of those of other ranks) from the result file. Statuses are those of
 * hw_outcomes_open. Close them before `heard` ends. */
hw_status hw_heard_open(hw_outcomes *outcomes, hw_heard *heard, const hw_experiment *experiment,
                        const hw_experiment_report *report, hw_errors *errors);
void hw_heard_end(hw_heard *heard);

#endif
