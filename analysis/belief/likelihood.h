/* How likely a fact is in a world of the model, and weights of worlds from many facts.
 *
 * On square roots of counts and areas, logarithms of money and days as they are; Student's t of five degrees
 * of freedom, so that one odd fact does not outvote all others; the deviation is that of the fact and of the
 * model together. What the model is off is shared by facts of one series that overlap in time (a year, and
 * all years up to it; two sources for one year): each counts with what the facts before it have not said.
 * Series are taken to be independent. */
#ifndef HW_ANALYSIS_BELIEF_LIKELIHOOD_H
#define HW_ANALYSIS_BELIEF_LIKELIHOOD_H

#include "analysis/belief/beside.h"

/* How far the model is thought to be off even with the right values. */
typedef struct hw_model_error {
    double share; /* of amounts of a year or more; of a month some three times as much */
    double days;  /* of dates */
} hw_model_error;
extern const hw_model_error hw_usual_model_error; /* 10 %, 60 days: an assumption */

/* The logarithm, up to a constant of the fact. `world`: as in a sample, NaN for what has not happened by the
 * horizon, which counts as on the day after. */
double hw_fact_log_likelihood(const hw_observation *fact, double world, int64_t horizon,
                              const hw_model_error *model);

/* Which facts are learnt from. */
typedef struct hw_learning {
    int64_t as_of;           /* facts that were known by then */
    const char *const *only; /* quantities; none: all */
    uint32_t only_count;
    hw_model_error model;
    double share; /* of the sample that is to stay effective: 0.5 */
} hw_learning;

/* HW_ERROR_INPUT for quantities that do not exist. */
hw_status hw_learning_check(const hw_learning *learning, hw_errors *errors);

/* Facts known by then that the model tells exactly; no plans. */
bool hw_is_learnt_from(const hw_beside *row, const hw_learning *learning);

/* The logarithm of the likelihood of all facts together in each good replication, and how many facts were
 * learnt from. The caller frees it. */
double *hw_log_likelihoods(const hw_besides *besides, const hw_learning *learning, uint32_t *facts);

/* What replications count after it. */
typedef struct hw_weights {
    double *weights; /* of the good replications, in their order; add up to 1 */
    uint64_t count;
    int64_t as_of;
    uint32_t facts; /* that were learnt from */
    hw_tempered tempered;
} hw_weights;

/* What to say where the weights are those of the impossible (`tempered.impossible`). */
extern const char hw_impossible_facts[];

/* Weights from facts whose samples and rows are there. Free them. */
hw_weights hw_condition(const hw_besides *besides, const hw_learning *learning);
void hw_weights_free(hw_weights *weights);

#endif
