/* Estimators of sensitivity, on plain arrays: which factors move a function, by how much, and how well that
 * is known.
 *
 * Intervals are percentiles of bootstrap resamples of the design's independent parts (rows of Saltelli's
 * design, Morris's trajectories, points of others; Archer, Saltelli and Sobol' 1997, Journal of Statistical
 * Computation and Simulation 58). They hold for points at random; those of quasi-random rows are, if
 * anything, too wide. Resamples are drawn with fixed keys: the same numbers give the same intervals. */
#ifndef HW_ANALYSIS_INDICES_H
#define HW_ANALYSIS_INDICES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An estimate and its 95 % interval; NaN throughout for what a sample cannot say. */
typedef struct hw_bounds {
    double value, low, high;
} hw_bounds;

/* ---- Resampling ---- */

/* Resamples for so many parts and quantities: 1,000, and fewer (at least 200) where their product passes a
 * million, to keep the time bounded. */
uint32_t hw_resample_count(size_t parts, size_t quantities);

/* How often each of `count` parts is drawn into resample number `resample`, of which the sum is `count`. */
void hw_resample_weights(uint32_t resample, size_t count, uint32_t *weights);

/* `value` with the 2.5th and 97.5th percentile of `count` values of resamples, which are sorted in place; NaN
 * among them are left out, and with less than nine in ten left there is no interval. */
hw_bounds hw_resample_bounds(double value, double *values, size_t count);

/* ---- Sobol's indices ---- */

/* What each row of Saltelli's design (A, B and, for each factor i, AB_i: A with factor i of B; Saltelli et
 * al. 2010, Computer Physics Communications 181) brings to the indices: ratios of means over rows. For values
 * less their overall mean, spread  = (a^2 + b^2) / 2       variance of the function main_i  = b (ab_i - a) of
 * its mean given factor i: table 2 (b) there total_i = (a - ab_i)^2 / 2      what remains unknown when all
 * but i are known: Jansen 1999, ibid. 117 with the noise of the values taken off where it is known. */
typedef struct hw_sobol_rows {
    size_t rows;
    uint32_t factors;
    double *spread;       /* rows */
    double *main, *total; /* rows * factors */
} hw_sobol_rows;

/* Fills in the rows from values of the function: a and b of each row, ab row after row. The caller owns the
 * arrays of `into`. */
void hw_sobol_rows_fill(hw_sobol_rows *into, const double *a, const double *b, const double *ab);

/* For functions known as means over `worlds` that all points share: a[row * worlds + world] and so on, ab
 * with (row * factors + factor) * worlds + world. Each product of two means is freed from its noise by
 * leaving out the products of a world with itself, which makes it unbiased (Hoeffding 1948, Annals of
 * Mathematical Statistics 19): mean product - covariance over worlds / worlds. At least two worlds. */
void hw_sobol_rows_fill_worlds(hw_sobol_rows *into, size_t worlds, const double *a, const double *b,
                               const double *ab);

/* Widens intervals that resampling rows gave by what another choice of worlds would change, from the same
 * arrays: a jackknife that leaves out one of at most 20 groups of worlds in turn (Shao and Tu 1995, "The
 * jackknife and bootstrap", section 2.3), added in squares. Without three worlds there is no interval. */
void hw_sobol_widen_by_worlds(size_t rows, uint32_t factors, size_t worlds, const double *a, const double *b,
                              const double *ab, hw_bounds *main, hw_bounds *total);

/* Takes off the noise of means whose noise is independent from point to point, with these variances: noise of
 * a product of two points is zero in the mean, that of a square is its variance. */
void hw_sobol_rows_take_noise(hw_sobol_rows *rows, const double *a, const double *b, const double *ab);

/* main[factors], total[factors]; the return value is the variance of the function, 0 or less when there is
 * none to be seen: then all is NaN. */
double hw_sobol_estimate(const hw_sobol_rows *rows, hw_bounds *main, hw_bounds *total);

/* ---- Morris's measures ---- */

/* mu, mu* and sigma (Morris 1991, Technometrics 33; mu*: Campolongo, Cariboni and Saltelli 2007,
 * Environmental Modelling and Software 22) of the elementary effects of one factor: differences of the
 * function over the step in the unit cube. */
typedef struct hw_morris {
    hw_bounds mu, mu_star, sigma;
} hw_morris;
hw_morris hw_morris_estimate(const double *effects, size_t trajectories);

/* ---- Any other points ---- */

/* Spearman's rank correlation of each factor with the function, and the coefficients of a linear regression
 * on all factors, both scaled to standard deviations (Saltelli et al. 2008, "Global sensitivity analysis: the
 * primer", section 1.2). x[point * factors + factor]. Returns the share of variance that the regression
 * explains; NaN, and NaN for the coefficients, when there are too few points or factors that determine each
 * other. */
double hw_regression_estimate(size_t points, uint32_t factors, const double *x, const double *y,
                              hw_bounds *rank_correlation, hw_bounds *coefficient);

#endif
