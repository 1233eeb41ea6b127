/* How likely a fact is in a world of the model, and weights of worlds from many facts.
 *
 * On square roots of counts and areas, logarithms of money and days as they are; Student's t of five degrees
 * of freedom, so that one odd fact does not outvote all others; the deviation is that of the fact and of the
 * model together. Facts of one series that overlap in time say the same more than once: they count together
 * as one. */
#ifndef HW_ANALYSIS_BELIEF_LIKELIHOOD_H
#define HW_ANALYSIS_BELIEF_LIKELIHOOD_H

#include "analysis/belief/beside.h"

/* How far the model is thought to be off even with the right values. */
typedef struct hw_model_error {
    double share; /* of amounts */
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

bool hw_is_learnt_from(const hw_beside *row, const hw_learning *learning);

typedef struct hw_conditioned {
    double *weights; /* of the good replications, in their order; add up to 1 */
    hw_tempered tempered;
    uint32_t facts; /* that were learnt from */
} hw_conditioned;

/* Weights from facts whose samples and rows are there. Free them. */
hw_conditioned hw_condition(const hw_besides *besides, const hw_learning *learning);
void hw_conditioned_free(hw_conditioned *conditioned);

#endif
