/* How likely a fact is in a world of the model, and weights of worlds from many facts.
 *
 * Student's t of the distances in model_error.h. Facts of one quantity share what the model is off (a year,
 * and all years up to it; two sources for one year; all victims, and the civilians among them): each counts
 * with what the facts before it have not said (related.h). Quantities are taken to be independent. */
#ifndef HW_ANALYSIS_BELIEF_LIKELIHOOD_H
#define HW_ANALYSIS_BELIEF_LIKELIHOOD_H

#include "analysis/belief/beside.h"
#include "analysis/belief/model_error.h"

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
    bool model_is_given;   /* by the reader: no factor is learnt */
    const double *factors; /* of the model's error, by fact (discrepancy.h); NULL: 1 */
    double share;          /* of the sample that is to stay effective: 0.5 */
} hw_learning;

/* The model's error as it counts for a fact. */
hw_model_error hw_learning_error(const hw_learning *learning, uint32_t fact);

/* HW_ERROR_INPUT for quantities that do not exist. */
hw_status hw_learning_check(const hw_learning *learning, hw_errors *errors);

/* Facts known by then that the model tells exactly; no plans. */
bool hw_is_learnt_from(const hw_beside *row, const hw_learning *learning);

/* Warns on standard error of facts to which no replication comes near: all are as good as alike to them, and
 * weights are no sign that they were met. */
void hw_learning_warn(const hw_besides *besides, const hw_learning *learning);

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
