/* First and total Sobol indices, with the noise of replications taken out. */
#include "analysis/base/memory.h"
#include "analysis/figures/indices.h"
#include "sim/statistics.h"
#include <math.h>
#include <stdlib.h>

/* ---- What rows bring ---- */

/* Means and squares alike lose digits when the function is large and moves little: all is relative to the
 * mean of the A and B points. */
static double middle_of(const double *a, const double *b, size_t count) {
    hw_moments moments = {0};
    for (size_t i = 0; i < count; i++) {
        hw_moments_add(&moments, a[i]);
        hw_moments_add(&moments, b[i]);
    }
    return moments.mean;
}

void hw_sobol_rows_fill(hw_sobol_rows *into, const double *a, const double *b, const double *ab) {
    double middle = middle_of(a, b, into->rows);
    for (size_t row = 0; row < into->rows; row++) {
        double first = a[row] - middle;
        double second = b[row] - middle;
        into->spread[row] = (first * first + second * second) / 2;
        for (uint32_t f = 0; f < into->factors; f++) {
            size_t at = row * into->factors + f;
            double difference = ab[at] - a[row];
            into->main[at] = second * difference;
            into->total[at] = difference * difference / 2;
        }
    }
}

/* Product of the means of x and y over worlds, without the products of a world with itself. */
static double free_product(const double *x, const double *y, size_t worlds) {
    double sum_x = 0;
    double sum_y = 0;
    double same = 0;
    for (size_t w = 0; w < worlds; w++) {
        sum_x += x[w];
        sum_y += y[w];
        same += x[w] * y[w];
    }
    return (sum_x * sum_y - same) / ((double)worlds * (double)(worlds - 1));
}

static void less(double *into, const double *x, const double *y, size_t worlds) {
    for (size_t w = 0; w < worlds; w++) {
        into[w] = x[w] - y[w];
    }
}

/* What all points share in a world is neither noise of differences nor of the variance: it goes with the
 * world's own mean over the A and B points. */
static double *world_middles(const double *a, const double *b, size_t rows, size_t worlds) {
    double *middles = hw_take(worlds, sizeof *middles);
    for (size_t row = 0; row < rows; row++) {
        for (size_t w = 0; w < worlds; w++) {
            middles[w] += (a[row * worlds + w] + b[row * worlds + w]) / (2 * (double)rows);
        }
    }
    return middles;
}

void hw_sobol_rows_fill_worlds(hw_sobol_rows *into, size_t worlds, const double *a, const double *b,
                               const double *ab) {
    double *middles = world_middles(a, b, into->rows, worlds);
    double *first = hw_take(3 * worlds, sizeof *first);
    double *second = first + worlds;
    double *difference = second + worlds;
    for (size_t row = 0; row < into->rows; row++) {
        less(first, a + row * worlds, middles, worlds);
        less(second, b + row * worlds, middles, worlds);
        into->spread[row] = (free_product(first, first, worlds) + free_product(second, second, worlds)) / 2;
        for (uint32_t f = 0; f < into->factors; f++) {
            size_t at = row * into->factors + f;
            less(difference, ab + at * worlds, a + row * worlds, worlds);
            into->main[at] = free_product(second, difference, worlds);
            into->total[at] = free_product(difference, difference, worlds) / 2;
        }
    }
    free(first);
    free(middles);
}

void hw_sobol_rows_take_noise(hw_sobol_rows *rows, const double *a, const double *b, const double *ab) {
    for (size_t row = 0; row < rows->rows; row++) {
        rows->spread[row] -= (a[row] + b[row]) / 2;
        for (uint32_t f = 0; f < rows->factors; f++) {
            size_t at = row * rows->factors + f;
            rows->total[at] -= (a[row] + ab[at]) / 2;
        }
    }
}

/* ---- Indices ---- */

/* Sums over rows, each as often as its weight says: spread, then main and total of each factor. */
static void add_up(const hw_sobol_rows *rows, const uint32_t *weights, double *sums) {
    size_t quantities = 1 + 2 * (size_t)rows->factors;
    for (size_t q = 0; q < quantities; q++) {
        sums[q] = 0;
    }
    for (size_t row = 0; row < rows->rows; row++) {
        double weight = weights != NULL ? weights[row] : 1;
        sums[0] += weight * rows->spread[row];
        for (uint32_t f = 0; f < rows->factors; f++) {
            sums[1 + 2 * f] += weight * rows->main[row * rows->factors + f];
            sums[2 + 2 * f] += weight * rows->total[row * rows->factors + f];
        }
    }
}

double hw_sobol_estimate(const hw_sobol_rows *rows, hw_bounds *main, hw_bounds *total) {
    size_t indices = 2 * (size_t)rows->factors;
    uint32_t resamples = hw_resample_count(rows->rows, rows->factors);
    double *sums = hw_take(1 + indices, sizeof *sums);
    double *drawn = hw_take(indices * resamples, sizeof *drawn);
    uint32_t *weights = hw_take(rows->rows, sizeof *weights);
    for (uint32_t r = 0; r < resamples; r++) {
        hw_resample_weights(r, rows->rows, weights);
        add_up(rows, weights, sums);
        for (size_t i = 0; i < indices; i++) {
            drawn[i * resamples + r] = sums[0] > 0 ? sums[1 + i] / sums[0] : (double)NAN;
        }
    }
    add_up(rows, NULL, sums);
    for (size_t i = 0; i < indices; i++) {
        double value = sums[0] > 0 ? sums[1 + i] / sums[0] : (double)NAN;
        hw_bounds *bounds = i % 2 == 0 ? &main[i / 2] : &total[i / 2];
        *bounds = hw_resample_bounds(value, drawn + i * resamples, resamples);
    }
    double variance = rows->rows ? sums[0] / (double)rows->rows : (double)NAN;
    free(weights);
    free(drawn);
    free(sums);
    return variance;
}

/* ---- Other worlds ---- */

enum { WORLD_GROUPS_MOST = 20 };

/* Copies all but the worlds of one group; returns how many are left. */
static size_t leave_out(const double *from, size_t points, size_t worlds, size_t group, size_t groups,
                        double *into) {
    size_t left = 0;
    for (size_t i = 0; i < points * worlds; i++) {
        if (i % worlds % groups != group) {
            into[left++] = from[i];
        }
    }
    return points > 0 ? left / points : 0;
}

/* Main, then total of each factor, from the worlds outside of one group. */
static void indices_without(const hw_sobol_rows *rows, size_t worlds, size_t group, size_t groups,
                            const double *a, const double *b, const double *ab, double *room,
                            double *indices) {
    size_t points = rows->rows;
    double *own_b = room + points * worlds;
    double *own_ab = own_b + points * worlds;
    size_t left = leave_out(a, points, worlds, group, groups, room);
    leave_out(b, points, worlds, group, groups, own_b);
    leave_out(ab, points * rows->factors, worlds, group, groups, own_ab);
    hw_sobol_rows into = *rows;
    hw_sobol_rows_fill_worlds(&into, left, room, own_b, own_ab);
    double *sums = hw_take(1 + 2 * (size_t)rows->factors, sizeof *sums);
    add_up(rows, NULL, sums);
    for (size_t i = 0; i < 2 * (size_t)rows->factors; i++) {
        indices[i] = sums[0] > 0 ? sums[1 + i] / sums[0] : (double)NAN;
    }
    free(sums);
}

static hw_bounds widened(hw_bounds bounds, double error) {
    static const double z = 1.959963984540054; /* of 95 % */
    return (hw_bounds){bounds.value, bounds.value - hypot(bounds.value - bounds.low, z * error),
                       bounds.value + hypot(bounds.high - bounds.value, z * error)};
}

void hw_sobol_widen_by_worlds(size_t rows, uint32_t factors, size_t worlds, const double *a, const double *b,
                              const double *ab, hw_bounds *main, hw_bounds *total) {
    size_t groups = worlds < WORLD_GROUPS_MOST ? worlds : WORLD_GROUPS_MOST;
    size_t count = 2 * (size_t)factors;
    double *parts = hw_take(rows * (1 + count), sizeof *parts);
    const hw_sobol_rows into = {.rows = rows,
                                .factors = factors,
                                .spread = parts,
                                .main = parts + rows,
                                .total = parts + rows * (1 + factors)};
    double *room = hw_take(rows * worlds * (2 + factors), sizeof *room);
    double *indices = hw_take(count, sizeof *indices);
    hw_moments *moments = hw_take(count, sizeof *moments);
    for (size_t g = 0; worlds > 2 && g < groups; g++) {
        indices_without(&into, worlds, g, groups, a, b, ab, room, indices);
        for (size_t i = 0; i < count; i++) {
            hw_moments_add(&moments[i], indices[i]);
        }
    }
    for (size_t i = 0; i < count; i++) {
        double others = (double)groups - 1;
        double error = sqrt(others * others / (double)groups * hw_moments_variance(&moments[i]));
        hw_bounds *bounds = i % 2 == 0 ? &main[i / 2] : &total[i / 2];
        *bounds = widened(*bounds, error);
    }
    free(moments);
    free(indices);
    free(room);
    free(parts);
}
