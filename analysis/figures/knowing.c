/* The expected value of partial perfect information by regression. */
#include "analysis/figures/knowing.h"
#include "analysis/base/memory.h"
#include "sim/distribution.h"
#include "sim/rng.h"
#include "sim/statistics.h"
#include <gsl/gsl_blas.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { KNOTS = 6, PER_VALUE = KNOTS - 1, SHUFFLES = HW_KNOWING_SHUFFLES, DRAWS = 200, SPLITS = 20 };
enum { DRAW_SHUFFLE = 1, DRAW_COEFFICIENT };

/* ---- Splines ---- */

typedef struct numbered {
    double number;
    size_t world;
} numbered;

static int compare_numbers(const void *left, const void *right) {
    const numbered *a = left, *b = right;
    if (a->number != b->number) {
        return a->number < b->number ? -1 : 1;
    }
    return a->world < b->world ? -1 : a->world > b->world;
}

static numbered *in_order(const double *x, size_t worlds) {
    numbered *order = hw_take(worlds, sizeof *order);
    for (size_t r = 0; r < worlds; r++) {
        order[r] = (numbered){x[r], r};
    }
    qsort(order, worlds, sizeof *order, compare_numbers);
    return order;
}

static double cube_above(double x, double knot) {
    double above = x - knot;
    return above > 0 ? above * above * above : 0;
}

/* The natural cubic spline with knots at quantiles, written with truncated powers (Harrell 2015, Regression
 * Modeling Strategies, 2.4.5): linear, and KNOTS - 2 more. Knots that fall together leave columns of zero. */
static void fill_spline(gsl_matrix *design, size_t column, const double *x, size_t worlds) {
    numbered *order = in_order(x, worlds);
    double knot[KNOTS];
    for (int k = 0; k < KNOTS; k++) {
        double p = 0.05 + 0.9 * k / (KNOTS - 1);
        knot[k] = order[(size_t)(p * (double)(worlds - 1))].number;
    }
    double last = knot[KNOTS - 1], before = knot[KNOTS - 2], width = last - knot[0];
    for (size_t r = 0; r < worlds; r++) {
        gsl_matrix_set(design, r, column, width > 0 ? (x[r] - knot[0]) / width : 0);
        for (size_t k = 0; k < KNOTS - 2; k++) {
            double term = 0;
            if (last > before && width > 0) {
                term = cube_above(x[r], knot[k]) -
                       cube_above(x[r], before) * (last - knot[k]) / (last - before) +
                       cube_above(x[r], last) * (before - knot[k]) / (last - before);
                term /= width * width * width;
            }
            gsl_matrix_set(design, r, column + 1 + k, term);
        }
    }
    free(order);
}

/* ---- Regression ---- */

/* The same design for all decisions: an orthonormal basis of its columns, found once. Columns that say
 * nothing new are left out. */
typedef struct basis {
    gsl_matrix *columns; /* worlds x size */
    size_t size;
} basis;

static basis basis_of(const double *x, size_t values, size_t worlds) {
    size_t all = 1 + values * PER_VALUE;
    gsl_matrix *design = gsl_matrix_alloc(worlds, all);
    basis b = {.columns = gsl_matrix_calloc(worlds, all)};
    for (size_t r = 0; r < worlds; r++) {
        gsl_matrix_set(design, r, 0, 1);
    }
    for (size_t v = 0; v < values; v++) {
        fill_spline(design, 1 + v * PER_VALUE, x + v * worlds, worlds);
    }
    for (size_t c = 0; c < all; c++) { /* Gram-Schmidt, twice for the sake of rounding */
        static const double nothing_new = 1e-7;
        gsl_vector_view column = gsl_matrix_column(design, c);
        double before = gsl_blas_dnrm2(&column.vector), length = before;
        for (int pass = 0; pass < 2; pass++) {
            for (size_t i = 0; i < b.size; i++) {
                gsl_vector_view known = gsl_matrix_column(b.columns, i);
                double along;
                gsl_blas_ddot(&known.vector, &column.vector, &along);
                gsl_blas_daxpy(-along, &known.vector, &column.vector);
            }
            length = gsl_blas_dnrm2(&column.vector);
        }
        if (length > nothing_new * before && length > 0) {
            gsl_vector_scale(&column.vector, 1 / length);
            gsl_matrix_set_col(b.columns, b.size++, &column.vector);
        }
    }
    gsl_matrix_free(design);
    return b;
}

/* The coefficients of one decision's differences from the first, which stand in worlds in the order `at`. */
static void fit(const basis *b, const double *difference, const size_t *at, size_t worlds,
                double *coefficients) {
    for (size_t c = 0; c < b->size; c++) {
        double sum = 0;
        for (size_t r = 0; r < worlds; r++) {
            sum += gsl_matrix_get(b->columns, r, c) * difference[at != NULL ? at[r] : r];
        }
        coefficients[c] = sum;
    }
}

static double fitted_of(const basis *b, const double *coefficients, size_t decision, size_t world) {
    double fitted = 0;
    for (size_t c = 0; c < b->size; c++) {
        fitted += gsl_matrix_get(b->columns, world, c) * coefficients[decision * b->size + c];
    }
    return fitted;
}

/* The mean of the best fitted decision less the best mean. */
static double worth_of_fit(const basis *b, const double *coefficients, size_t others, size_t worlds) {
    double best_of_each = 0, *means = hw_take(others, sizeof *means);
    for (size_t r = 0; r < worlds; r++) {
        double best = 0; /* of the first decision, which the others are held against */
        for (size_t d = 0; d < others; d++) {
            double fitted = fitted_of(b, coefficients, d, r);
            means[d] += fitted / (double)worlds;
            best = fmax(best, fitted);
        }
        best_of_each += best / (double)worlds;
    }
    double best_mean = 0;
    for (size_t d = 0; d < others; d++) {
        best_mean = fmax(best_mean, means[d]);
    }
    free(means);
    return best_of_each - best_mean;
}

/* ---- Noise that is taken for knowledge, and the error of what is found ---- */

static double draw(uint64_t seed, uint64_t number, uint64_t of, uint32_t purpose) {
    return hw_draw((hw_rng_key){.seed = seed, .replication = number}, of, purpose, 0);
}

static void shuffle(size_t *at, size_t worlds, uint64_t seed, uint64_t number) {
    for (size_t r = 0; r < worlds; r++) {
        at[r] = r;
    }
    for (size_t r = worlds; r-- > 1;) {
        size_t other = (size_t)(draw(seed, number, r, DRAW_SHUFFLE) * (double)(r + 1)), kept = at[r];
        at[r] = at[other];
        at[other] = kept;
    }
}

static void fit_all(const basis *b, const double *differences, size_t others, const size_t *at, size_t worlds,
                    double *coefficients) {
    for (size_t d = 0; d < others; d++) {
        fit(b, differences + d * worlds, at, worlds, coefficients + d * b->size);
    }
}

/* What shuffled x are worth, which is nothing in truth: the mean of the first ones is the bias; then on to
 * the first one that seems to be worth as much as x itself. */
static double bias_of(const basis *b, const double *differences, size_t others, size_t worlds, double found,
                      uint64_t seed, uint64_t most, double *p) {
    size_t *at = hw_take(worlds, sizeof *at);
    double *coefficients = hw_take(others * b->size, sizeof *coefficients), sum = 0;
    uint64_t reached = 0;
    for (uint64_t s = 0; s < SHUFFLES || (reached == 0 && s < most); s++) {
        shuffle(at, worlds, seed, s);
        fit_all(b, differences, others, at, worlds, coefficients);
        double worth = worth_of_fit(b, coefficients, others, worlds);
        reached = reached == 0 && worth >= found ? s + 1 : reached;
        sum += s < SHUFFLES ? worth : 0;
    }
    *p = 1 / (double)(reached > 0 ? reached : (most > SHUFFLES ? most : SHUFFLES) + 1);
    free(coefficients);
    free(at);
    return sum / SHUFFLES;
}

/* The lower triangle of what the residuals of the decisions have in common. */
static gsl_matrix *spread_of_residuals(const basis *b, const double *differences, const double *coefficients,
                                       size_t others, size_t worlds) {
    gsl_matrix *spread = gsl_matrix_calloc(others, others);
    double *residual = hw_take(others, sizeof *residual);
    double freedom = fmax(1, (double)worlds - (double)b->size);
    for (size_t r = 0; r < worlds; r++) {
        for (size_t d = 0; d < others; d++) {
            residual[d] = differences[d * worlds + r] - fitted_of(b, coefficients, d, r);
        }
        for (size_t d = 0; d < others; d++) {
            for (size_t e = 0; e <= d; e++) {
                *gsl_matrix_ptr(spread, d, e) += residual[d] * residual[e] / freedom;
            }
        }
    }
    free(residual);
    return spread;
}

/* Its Cholesky factor by hand: where decisions differ by nothing, rows of zero stand, which a library
 * refuses. */
static void factor(gsl_matrix *m) {
    static const double nothing = 1e-12;
    for (size_t i = 0; i < m->size1; i++) {
        for (size_t j = 0; j <= i; j++) {
            double sum = gsl_matrix_get(m, i, j);
            for (size_t k = 0; k < j; k++) {
                sum -= gsl_matrix_get(m, i, k) * gsl_matrix_get(m, j, k);
            }
            double diagonal = gsl_matrix_get(m, j, j);
            double entry = i == j ? sqrt(fmax(sum, 0)) : diagonal > nothing ? sum / diagonal : 0;
            gsl_matrix_set(m, i, j, entry);
        }
    }
}

/* Which decision is best by its mean: 0 the first, d + 1 the d-th other. */
static size_t best_by_mean(const double *differences, size_t others, size_t worlds) {
    size_t best = 0;
    double most = 0;
    for (size_t d = 0; d < others; d++) {
        double mean = 0;
        for (size_t r = 0; r < worlds; r++) {
            mean += differences[d * worlds + r] / (double)worlds;
        }
        best = mean > most ? d + 1 : best;
        most = fmax(most, mean);
    }
    return best;
}

/* Other worlds have other x: the variance of the mean over x of what the best given x brings more than the
 * best by its mean. */
static double variance_by_x(const basis *b, const double *differences, const double *coefficients,
                            size_t others, size_t worlds) {
    size_t best = best_by_mean(differences, others, worlds);
    hw_moments gains = {0};
    for (size_t r = 0; r < worlds; r++) {
        double most = 0;
        for (size_t d = 0; d < others; d++) {
            most = fmax(most, fitted_of(b, coefficients, d, r));
        }
        hw_moments_add(&gains, most - (best > 0 ? fitted_of(b, coefficients, best - 1, r) : 0));
    }
    return hw_moments_variance(&gains) / (double)worlds;
}

/* By draws of the coefficients, whose basis is orthonormal (each column has the spread of the residuals), and
 * by the spread of x. */
static double error_of(const basis *b, const double *differences, const double *coefficients, size_t others,
                       size_t worlds, uint64_t seed) {
    static const double two_sided = 1.959963984540054;
    gsl_matrix *spread = spread_of_residuals(b, differences, coefficients, others, worlds);
    double *drawn = hw_take(others * b->size, sizeof *drawn), *normal = hw_take(others, sizeof *normal);
    double sum = 0, squares = 0;
    factor(spread);
    for (uint64_t n = 0; n < DRAWS; n++) {
        for (size_t c = 0; c < b->size; c++) {
            for (size_t d = 0; d < others; d++) {
                normal[d] = hw_normal_quantile(draw(seed, n, c * others + d, DRAW_COEFFICIENT));
                double moved = 0;
                for (size_t e = 0; e <= d; e++) {
                    moved += gsl_matrix_get(spread, d, e) * normal[e];
                }
                drawn[d * b->size + c] = coefficients[d * b->size + c] + moved;
            }
        }
        double worth = worth_of_fit(b, drawn, others, worlds);
        sum += worth;
        squares += worth * worth;
    }
    free(drawn);
    free(normal);
    gsl_matrix_free(spread);
    double mean = sum / DRAWS;
    double of_x = variance_by_x(b, differences, coefficients, others, worlds);
    return two_sided * sqrt(fmax(squares / DRAWS - mean * mean, 0) + of_x);
}

/* ---- The check by neighbours ---- */

/* Worlds in the order of x fall into equal groups; each takes the decision that is best in its mean. */
static double worth_of_groups(const numbered *order, const double *differences, size_t others,
                              const size_t *at, size_t worlds) {
    double sum = 0, best_mean = 0;
    for (size_t g = 0; g < SPLITS; g++) {
        size_t first = g * worlds / SPLITS, end = (g + 1) * worlds / SPLITS;
        double best = 0;
        for (size_t d = 0; d < others; d++) {
            double total = 0;
            for (size_t i = first; i < end; i++) {
                size_t r = order[i].world;
                total += differences[d * worlds + (at != NULL ? at[r] : r)];
            }
            best = fmax(best, total);
        }
        sum += best / (double)worlds;
    }
    for (size_t d = 0; d < others; d++) {
        double total = 0;
        for (size_t r = 0; r < worlds; r++) {
            total += differences[d * worlds + r];
        }
        best_mean = fmax(best_mean, total / (double)worlds);
    }
    return sum - best_mean;
}

static double nearest_of(const double *x, const double *differences, size_t others, size_t worlds,
                         uint64_t seed) {
    numbered *order = in_order(x, worlds);
    size_t *at = hw_take(worlds, sizeof *at);
    double worth = worth_of_groups(order, differences, others, NULL, worlds), bias = 0;
    for (uint64_t s = 0; s < SHUFFLES; s++) {
        shuffle(at, worlds, seed, s);
        bias += worth_of_groups(order, differences, others, at, worlds) / SHUFFLES;
    }
    free(at);
    free(order);
    return fmax(worth - bias, 0);
}

/* ---- The whole ---- */

static double perfect_of(const double *differences, size_t others, size_t worlds) {
    double best_of_each = 0, best_mean = 0;
    for (size_t r = 0; r < worlds; r++) {
        double best = 0;
        for (size_t d = 0; d < others; d++) {
            best = fmax(best, differences[d * worlds + r]);
        }
        best_of_each += best / (double)worlds;
    }
    for (size_t d = 0; d < others; d++) {
        double mean = 0;
        for (size_t r = 0; r < worlds; r++) {
            mean += differences[d * worlds + r] / (double)worlds;
        }
        best_mean = fmax(best_mean, mean);
    }
    return best_of_each - best_mean;
}

hw_knowing hw_knowing_worth(const double *benefit, size_t decisions, const double *x, size_t values,
                            size_t worlds, uint64_t seed, uint64_t shuffles) {
    static const double none = (double)NAN;
    hw_knowing knowing = {none, none, none, none, none, none};
    if (worlds < HW_KNOWING_FEWEST_WORLDS || decisions < 2) {
        return knowing;
    }
    size_t others = decisions - 1;
    double *differences = hw_take(others * worlds, sizeof *differences);
    for (size_t d = 0; d < others; d++) {
        for (size_t r = 0; r < worlds; r++) {
            differences[d * worlds + r] = benefit[(d + 1) * worlds + r] - benefit[r];
        }
    }
    basis b = basis_of(x, values, worlds);
    double *coefficients = hw_take(others * b.size, sizeof *coefficients);
    fit_all(&b, differences, others, NULL, worlds, coefficients);
    double found = worth_of_fit(&b, coefficients, others, worlds);
    knowing.bias = bias_of(&b, differences, others, worlds, found, seed, shuffles, &knowing.p);
    knowing.value = fmax(found - knowing.bias, 0);
    knowing.error = error_of(&b, differences, coefficients, others, worlds, seed);
    knowing.nearest = values == 1 ? nearest_of(x, differences, others, worlds, seed) : none;
    knowing.perfect = perfect_of(differences, others, worlds);
    gsl_matrix_free(b.columns);
    free(coefficients);
    free(differences);
    return knowing;
}
