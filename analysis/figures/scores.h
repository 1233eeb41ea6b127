/* How good a forecast was, when the fact is known: proper scores and calibration of weighted samples.
 *
 * Samples are sorted (weighted.h) and hold no infinities: who scores days puts the horizon in place of what
 * had not happened by it. Gneiting and Raftery 2007, Journal of the American Statistical Association 102. */
#ifndef HW_ANALYSIS_SCORES_H
#define HW_ANALYSIS_SCORES_H

#include "analysis/figures/weighted.h"

/* Continuous ranked probability score, in the units of the values: the mean distance from the fact less half
 * the mean distance within the sample; of a single value the absolute error. Smaller is better. NaN for an
 * empty sample. */
double hw_crps(const hw_weighted *sorted, size_t count, double fact);

/* Where in the forecast the fact lies, 0 to 1: the weight below it, and of what equals it the share `u`
 * (uniform for the randomised transform, a half for the middle one). Uniform where forecasts are calibrated.
 */
double hw_pit(const hw_weighted *sorted, size_t count, double fact, double u);

/* -1 (all of the forecast below the fact) to 1 (all above): Funk et al. 2019. */
double hw_forecast_bias(const hw_weighted *sorted, size_t count, double fact);

/* Whether the central interval of that level, its ends included, touches the fact, which is known from `low`
 * to `high`. */
bool hw_covers(const hw_weighted *sorted, size_t count, double low, double high, double level);

/* Of `count` facts those inside of intervals of a level, and how many of 100 calibrated forecasters 95 would
 * have, at least and at most (binomial). */
typedef struct hw_coverage {
    double level;
    size_t count, inside, low, high;
} hw_coverage;
hw_coverage hw_coverage_of(double level, size_t inside, size_t count);

#endif
