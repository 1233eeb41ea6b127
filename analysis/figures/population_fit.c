/* Fits the next wave to the weighted members. */
#include "analysis/base/memory.h"
#include "analysis/figures/population.h"
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>

static const double false_share = 0.1; /* of the columns that are moved, by chance alone, at most */
enum { EFFECTIVE_A_COLUMN = 10 };

/* How far the square of a deviation is below 1, as a normal number: its cube root is nearly normal (Wilson
 * and Hilferty 1931, PNAS 17). Above 1 it is by a lot too often: a few members with large weights do that. */
static double narrower(double square, double effective) {
    double freedom = fmax(effective - 1, 1), spread = 2 / (9 * freedom);
    double unbiased = square * effective / freedom;
    return ((1 - spread) - cbrt(unbiased)) / sqrt(spread);
}

hw_column_told hw_column_tell(const double *scores, const double *weights, size_t count, double effective) {
    double mean = 0, square = 0;
    for (size_t i = 0; i < count; i++) {
        mean += weights[i] * scores[i];
    }
    for (size_t i = 0; i < count; i++) {
        square += weights[i] * (scores[i] - mean) * (scores[i] - mean);
    }
    double of_mean = fabs(mean) * sqrt(effective), of_square = narrower(square, effective);
    return (hw_column_told){.mean = mean, .sd = sqrt(square), .strength = fmax(of_mean, of_square)};
}

typedef struct ranked {
    uint32_t column;
    double strength;
} ranked;

static int by_strength(const void *a, const void *b) {
    const ranked *x = a, *y = b;
    int order = (x->strength < y->strength) - (x->strength > y->strength);
    return order != 0 ? order : (x->column > y->column) - (x->column < y->column);
}

static int by_column(const void *a, const void *b) {
    const ranked *x = a, *y = b;
    return (x->column > y->column) - (x->column < y->column);
}

/* How many of the strongest are told more than chance tells, so that few of them are by chance (Benjamini and
 * Hochberg 1995, Journal of the Royal Statistical Society B 57). Each strength is the largest of three
 * numbers: the mean's, of either sign, and the deviation's. */
static uint32_t told_more_than_chance(const ranked *strongest_first, uint32_t columns) {
    uint32_t told = 0;
    for (uint32_t i = 0; i < columns; i++) {
        double by_chance = 3 * gsl_cdf_ugaussian_Q(strongest_first[i].strength);
        if (by_chance <= false_share * (i + 1) / columns) {
            told = i + 1;
        }
    }
    return told;
}

/* The columns to move, ascending; returns how many. */
static uint32_t choose(const hw_population *p, const double *weights, double effective, ranked *columns) {
    size_t count = hw_population_count(p);
    double *scores = hw_take(count + 1, sizeof *scores);
    for (uint32_t c = 0; c < p->columns; c++) {
        hw_population_scores(p, c, scores);
        columns[c] = (ranked){c, hw_column_tell(scores, weights, count, effective).strength};
    }
    free(scores);
    qsort(columns, p->columns, sizeof *columns, by_strength);
    double most = fmax(1, floor(effective / EFFECTIVE_A_COLUMN));
    uint32_t chosen =
        (uint32_t)fmin(fmin(fmax(1, told_more_than_chance(columns, p->columns)), most), p->columns);
    qsort(columns, chosen, sizeof *columns, by_column);
    return chosen;
}

static double covariance(const double *a, const double *b, double mean_a, double mean_b,
                         const double *weights, size_t count) {
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += weights[i] * (a[i] - mean_a) * (b[i] - mean_b);
    }
    return sum;
}

/* The root of the covariance. Off the diagonal it is shrunk, which also keeps it positive. */
static void find_root(hw_proposal *q, const double *scores, const double *weights, size_t count,
                      double effective) {
    enum { LEAST_VARIANCE_PARTS = 10000 };
    double kept = effective / (effective + q->count);
    gsl_matrix *matrix = gsl_matrix_alloc(q->count, q->count);
    if (matrix == NULL) {
        hw_out_of_memory();
    }
    for (uint32_t i = 0; i < q->count; i++) {
        for (uint32_t j = 0; j <= i; j++) {
            double value =
                covariance(&scores[i * count], &scores[j * count], q->mean[i], q->mean[j], weights, count);
            value = i == j ? fmax(value, 1.0 / LEAST_VARIANCE_PARTS) : kept * value;
            gsl_matrix_set(matrix, i, j, value);
            gsl_matrix_set(matrix, j, i, value);
        }
    }
    gsl_linalg_cholesky_decomp1(matrix);
    for (uint32_t i = 0; i < q->count; i++) {
        for (uint32_t j = 0; j <= i; j++) {
            q->root[(size_t)i * q->count + j] = gsl_matrix_get(matrix, i, j);
        }
    }
    gsl_matrix_free(matrix);
}

hw_proposal hw_population_fit(const hw_population *p, const double *weights, double effective) {
    size_t count = hw_population_count(p);
    ranked *columns = hw_take(p->columns + 1, sizeof *columns);
    uint32_t chosen = choose(p, weights, effective, columns);
    hw_proposal q = {.count = chosen,
                     .columns = hw_take(chosen + 1, sizeof *q.columns),
                     .mean = hw_take(chosen + 1, sizeof *q.mean),
                     .root = hw_take((size_t)chosen * chosen + 1, sizeof *q.root)};
    double *scores = hw_take(count * chosen + 1, sizeof *scores);
    for (uint32_t c = 0; c < chosen; c++) {
        q.columns[c] = columns[c].column;
        hw_population_scores(p, q.columns[c], &scores[c * count]);
        q.mean[c] = hw_column_tell(&scores[c * count], weights, count, effective).mean;
    }
    if (chosen > 0) {
        find_root(&q, scores, weights, count, effective);
    }
    free(scores);
    free(columns);
    return q;
}
