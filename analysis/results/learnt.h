/* Outcomes whose replications count differently, after what facts have taught of them. Everything that reads
 * outcomes asks for their weights here; whoever knows facts sets them once (analysis/belief/known.h). */
#ifndef HW_ANALYSIS_LEARNT_H
#define HW_ANALYSIS_LEARNT_H

#include "analysis/figures/estimate.h"
#include "analysis/results/outcomes.h"

/* Takes over the weights of `learnt`, also after failure. What is given is applied before (given.h).
 * HW_ERROR_INPUT where too few stay effective to tell anything, or where there are so many replications that
 * they are only counted (tallies.h). */
hw_status hw_outcomes_weigh(hw_outcomes *outcomes, const hw_learnt *learnt, hw_errors *errors);

/* A world of a variant counts as it does in the base; what the base lacks counts nothing. */
void hw_outcomes_weigh_as_in(hw_outcomes *outcomes, const hw_outcomes *base);

/* A share of the replications, as their weights add up to it or as so many of them are. */
hw_probability hw_outcomes_share(const hw_outcomes *outcomes, uint64_t happened, double weight);

/* Spread and mean of a number of each replication; the spread may sort it. */
hw_spread hw_outcomes_spread(const hw_outcomes *outcomes, double *sample);
hw_mean hw_outcomes_mean(const hw_outcomes *outcomes, const double *sample);

/* "As of 2023-04-30, learnt from 41 facts: effective 212 of 1,000 replications, partly conditioned (power
 * 0.4)", allocated; NULL when nothing was learnt. */
char *hw_learnt_text(const hw_outcomes *outcomes);

#endif
