/* Standardised regression and rank correlation coefficients. */
#include "analysis/base/memory.h"
#include "analysis/figures/indices.h"
#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>

/* Below this share of its variance that the other factors leave free, a factor counts as determined by them.
 */
static const double free_share_least = 1e-8;

/* Columns of numbers of the points: the factors and, last, the function; and for each column the points in
 * ascending order. */
typedef struct table {
    size_t points;
    uint32_t columns;
    double *numbers; /* column after column */
    size_t *order;   /* likewise */
} table;

/* ---- Ranks ---- */

typedef struct placed {
    double number;
    size_t point;
} placed;

static int by_number(const void *left, const void *right) {
    const placed *a = left;
    const placed *b = right;
    if (a->number != b->number) {
        return a->number < b->number ? -1 : 1;
    }
    return (a->point > b->point) - (a->point < b->point);
}

static table table_of(size_t points, uint32_t factors, const double *x, const double *y) {
    table t = {.points = points, .columns = factors + 1};
    t.numbers = hw_take(points * t.columns, sizeof *t.numbers);
    t.order = hw_take(points * t.columns, sizeof *t.order);
    placed *places = hw_take(points, sizeof *places);
    for (uint32_t c = 0; c < t.columns; c++) {
        for (size_t p = 0; p < points; p++) {
            double number = c < factors ? x[p * factors + c] : y[p];
            t.numbers[c * points + p] = number;
            places[p] = (placed){number, p};
        }
        qsort(places, points, sizeof *places, by_number);
        for (size_t p = 0; p < points; p++) {
            t.order[c * points + p] = places[p].point;
        }
    }
    free(places);
    return t;
}

static void free_table(table *t) {
    free(t->numbers);
    free(t->order);
}

/* Ranks in a sample in which each point stands as often as its weight says; equal numbers share their mean
 * rank. */
static void rank(const table *t, uint32_t column, const uint32_t *weights, double *ranks) {
    const double *numbers = t->numbers + column * t->points;
    const size_t *order = t->order + column * t->points;
    double before = 0;
    for (size_t i = 0; i < t->points;) {
        double equal = 0;
        size_t end = i;
        while (end < t->points && numbers[order[end]] == numbers[order[i]]) {
            equal += weights[order[end++]];
        }
        for (; i < end; i++) {
            ranks[order[i]] = before + (equal + 1) / 2;
        }
        before += equal;
    }
}

/* ---- Correlations ---- */

/* Correlation of two columns, or NaN when one does not vary. */
static double correlation(const double *x, const double *y, const uint32_t *weights, size_t points) {
    double sum_x = 0;
    double sum_y = 0;
    for (size_t p = 0; p < points; p++) {
        sum_x += weights[p] * x[p];
        sum_y += weights[p] * y[p];
    }
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (size_t p = 0; p < points; p++) {
        double from_x = x[p] - sum_x / (double)points;
        double from_y = y[p] - sum_y / (double)points;
        xx += weights[p] * from_x * from_x;
        yy += weights[p] * from_y * from_y;
        xy += weights[p] * from_x * from_y;
    }
    return xx > 0 && yy > 0 ? xy / sqrt(xx * yy) : (double)NAN;
}

/* What one (re)sample says: correlations of ranks, coefficients, and the share explained. */
typedef struct answer {
    double *ranks, *coefficients; /* factors */
    double explained;
} answer;

typedef struct workspace {
    double *ranks, *ranks_of_function; /* points */
    gsl_matrix *matrix;                /* correlations among factors */
    gsl_vector *with_function, *solution;
} workspace;

/* Cholesky's decomposition of the correlations; false when factors determine each other, or one is NaN. */
static bool decompose(gsl_matrix *matrix) {
    for (size_t i = 0; i < matrix->size1; i++) {
        for (size_t j = 0; j < matrix->size2; j++) {
            if (isnan(gsl_matrix_get(matrix, i, j))) {
                return false;
            }
        }
    }
    if (gsl_linalg_cholesky_decomp1(matrix) != GSL_SUCCESS) {
        return false;
    }
    for (size_t i = 0; i < matrix->size1; i++) {
        double left = gsl_matrix_get(matrix, i, i);
        if (left * left < free_share_least) {
            return false;
        }
    }
    return true;
}

static void regress(const table *t, const uint32_t *weights, workspace *w, answer *into) {
    uint32_t factors = t->columns - 1;
    bool known = true;
    for (uint32_t f = 0; f < factors; f++) {
        const double *x = t->numbers + f * t->points;
        for (uint32_t g = 0; g < factors; g++) {
            double r = g == f ? 1 : correlation(x, t->numbers + g * t->points, weights, t->points);
            gsl_matrix_set(w->matrix, f, g, r);
        }
        double r = correlation(x, t->numbers + factors * t->points, weights, t->points);
        gsl_vector_set(w->with_function, f, r);
        known = known && !isnan(r);
    }
    known = known && t->points > factors + 1 && decompose(w->matrix);
    if (known) {
        gsl_linalg_cholesky_solve(w->matrix, w->with_function, w->solution);
    }
    into->explained = known ? 0 : (double)NAN;
    for (uint32_t f = 0; f < factors; f++) {
        into->coefficients[f] = known ? gsl_vector_get(w->solution, f) : (double)NAN;
        into->explained += into->coefficients[f] * gsl_vector_get(w->with_function, f);
    }
}

static void answer_sample(const table *t, const uint32_t *weights, workspace *w, answer *into) {
    rank(t, t->columns - 1, weights, w->ranks_of_function);
    for (uint32_t f = 0; f + 1 < t->columns; f++) {
        rank(t, f, weights, w->ranks);
        into->ranks[f] = correlation(w->ranks, w->ranks_of_function, weights, t->points);
    }
    regress(t, weights, w, into);
}

/* ---- Public ---- */

static workspace take_workspace(size_t points, uint32_t factors) {
    workspace w = {.ranks = hw_take(2 * points, sizeof *w.ranks),
                   .matrix = gsl_matrix_alloc(factors, factors),
                   .with_function = gsl_vector_alloc(factors),
                   .solution = gsl_vector_alloc(factors)};
    w.ranks_of_function = w.ranks + points;
    if (w.matrix == NULL || w.with_function == NULL || w.solution == NULL) {
        hw_out_of_memory();
    }
    return w;
}

static void free_workspace(workspace *w) {
    free(w->ranks);
    gsl_matrix_free(w->matrix);
    gsl_vector_free(w->with_function);
    gsl_vector_free(w->solution);
}

double hw_regression_estimate(size_t points, uint32_t factors, const double *x, const double *y,
                              hw_bounds *rank_correlation, hw_bounds *coefficient) {
    /* GSL would end the program where factors determine each other. */
    gsl_error_handler_t *handler = gsl_set_error_handler_off();
    table t = table_of(points, factors, x, y);
    workspace w = take_workspace(points, factors);
    uint32_t resamples = hw_resample_count(points, (size_t)factors * factors);
    uint32_t *weights = hw_take(points, sizeof *weights);
    double *drawn = hw_take(2 * (size_t)factors * resamples, sizeof *drawn);
    double *values = hw_take(2 * (size_t)factors, sizeof *values);
    answer one = {.ranks = values, .coefficients = values + factors};
    for (uint32_t r = 0; r < resamples; r++) {
        hw_resample_weights(r, points, weights);
        answer_sample(&t, weights, &w, &one);
        for (uint32_t i = 0; i < 2 * factors; i++) {
            drawn[(size_t)i * resamples + r] = values[i];
        }
    }
    for (size_t p = 0; p < points; p++) {
        weights[p] = 1;
    }
    answer_sample(&t, weights, &w, &one);
    for (uint32_t f = 0; f < factors; f++) {
        rank_correlation[f] = hw_resample_bounds(values[f], drawn + (size_t)f * resamples, resamples);
        coefficient[f] =
            hw_resample_bounds(values[factors + f], drawn + (size_t)(factors + f) * resamples, resamples);
    }
    free(values);
    free(drawn);
    free(weights);
    free_workspace(&w);
    free_table(&t);
    gsl_set_error_handler(handler);
    return one.explained;
}
