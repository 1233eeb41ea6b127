/* What holds a place back: the delay ledger over all replications, and one future step by step. And what
 * became of the money for clearance. */
#ifndef HW_ANALYSIS_EXPLAIN_H
#define HW_ANALYSIS_EXPLAIN_H

#include "analysis/results/outcomes.h"
#include "analysis/tables/sheet.h"

/* Fills an empty book with the sheets "about", "place_release" (this place), "delay", "story" and
 * "story_delay". HW_ERROR_INPUT for an unknown place (nearest name in errors); HW_ERROR_IO when the outcomes
 * do not hold what is needed or cannot be read; HW_ERROR_LAW when no replication is good, or, with the book
 * filled all the same, when the causes do not add up to the time that passed. */
hw_status hw_explain_build(hw_book *book, const hw_outcomes *outcomes, const char *place, hw_errors *errors);

/* Fills an empty book with the sheets "about", "money" (by stream) and "money_by_year". HW_ERROR_IO when the
 * outcomes do not hold what is needed or cannot be read; HW_ERROR_LAW when no replication is good. */
hw_status hw_explain_money(hw_book *book, const hw_outcomes *outcomes, hw_errors *errors);

/* The replication (position among the good ones) whose day is the median of the sample, censored ones (NaN)
 * last. Of equal days the one with the smaller number comes first. Weights: NULL: all count alike. */
uint64_t hw_median_replication(const double *days, const double *weights, uint64_t count);

#endif
