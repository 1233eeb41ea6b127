/* Facts of one quantity beside worlds: each counts with what the facts before it have not said. */
#ifndef HW_ANALYSIS_BELIEF_RELATED_H
#define HW_ANALYSIS_BELIEF_RELATED_H

#include "analysis/belief/likelihood.h"

/* The exact facts of a quantity that are learnt from, by their last days, and the root of the correlations of
 * their distances. */
typedef struct hw_related {
    const hw_besides *besides;
    const hw_learning *learning;
    uint32_t *facts, count;
    double *root;       /* lower triangle, row by row */
    double *deviations; /* of the facts, on their scale */
    double *numbers; /* what each fact says beyond those before it, replication by replication: independent */
} hw_related;

/* Free it. */
hw_related hw_related_of(const hw_besides *besides, const hw_learning *learning, const hw_fact_kind *kind);
void hw_related_free(hw_related *related);

/* How another fact of the quantity follows from them: the sum of `row` times its numbers and, times one more
 * such number, the rest, which is returned. */
double hw_related_row(const hw_related *related, const hw_observation *fact, const hw_model_error *model,
                      double *row);

#endif
