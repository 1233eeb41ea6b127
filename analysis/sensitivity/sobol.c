/* Sobol's indices of one outcome of a sweep. */
#include "analysis/base/memory.h"
#include "analysis/sensitivity/parts.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NONE = -1 };

/* The point of each block of each row; NONE where it is missing. */
static int64_t *rows_of(const hw_sensitivity_subject *s, size_t *rows) {
    size_t blocks = s->points->factors.count + 2;
    *rows = 0;
    for (uint64_t i = 0; i < s->own_count; i++) {
        size_t row = (size_t)s->points->place[0][s->own[i]];
        *rows = row + 1 > *rows ? row + 1 : *rows;
    }
    int64_t *at = hw_take(*rows * blocks, sizeof *at);
    for (size_t i = 0; i < *rows * blocks; i++) {
        at[i] = NONE;
    }
    for (uint64_t i = 0; i < s->own_count; i++) {
        size_t row = (size_t)s->points->place[0][s->own[i]];
        size_t block = (size_t)s->points->place[1][s->own[i]];
        if (block < blocks) {
            at[row * blocks + block] = (int64_t)s->own[i];
        }
    }
    return at;
}

/* Leaves only rows in which every point has an answer; returns how many. */
static size_t keep_whole(const hw_sensitivity_subject *s, int64_t *at, size_t rows, size_t blocks) {
    size_t kept = 0;
    for (size_t row = 0; row < rows; row++) {
        bool whole = true;
        for (size_t b = 0; b < blocks; b++) {
            int64_t point = at[row * blocks + b];
            whole = whole && point != NONE && !isnan(hw_sensitivity_mean_at(s, (uint64_t)point));
        }
        if (whole) {
            memmove(at + kept * blocks, at + row * blocks, blocks * sizeof *at);
            kept++;
        }
    }
    return kept;
}

/* The values of A, B and AB_i, `each` numbers of every point. */
typedef struct blocks {
    double *a, *b, *ab;
} blocks;

static blocks take_blocks(size_t rows, uint32_t factors, size_t each) {
    blocks v = {.a = hw_take(rows * each, sizeof *v.a),
                .b = hw_take(rows * each, sizeof *v.b),
                .ab = hw_take(rows * each * factors, sizeof *v.ab)};
    return v;
}

static void free_blocks(blocks *v) {
    free(v->a);
    free(v->b);
    free(v->ab);
}

static double *block_of(const blocks *v, size_t row, size_t block, uint32_t factors, size_t each) {
    if (block < 2) {
        return (block == 0 ? v->a : v->b) + row * each;
    }
    return v->ab + (row * factors + block - 2) * each;
}

typedef double value_at(const hw_sensitivity_subject *s, uint64_t point);

static blocks read_blocks(const hw_sensitivity_subject *s, const int64_t *at, size_t rows, value_at *value) {
    uint32_t factors = s->points->factors.count;
    blocks v = take_blocks(rows, factors, 1);
    for (size_t i = 0; i < rows * (factors + 2); i++) {
        *block_of(&v, i / (factors + 2), i % (factors + 2), factors, 1) = value(s, (uint64_t)at[i]);
    }
    return v;
}

/* Estimates from kept outcomes; false when they do not reach. */
static bool estimate_from_worlds(const hw_sensitivity_subject *s, const int64_t *at, hw_sobol_rows *rows,
                                 double *variance, hw_bounds *main, hw_bounds *total) {
    if (s->output->kept == NULL) {
        return false;
    }
    uint32_t factors = s->points->factors.count;
    size_t worlds = s->points->replications;
    blocks v = take_blocks(rows->rows, factors, worlds);
    bool known = true;
    for (size_t i = 0; known && i < rows->rows * (factors + 2); i++) {
        known = hw_sensitivity_worlds(s->output, s->points, s->element, (uint64_t)at[i],
                                      block_of(&v, i / (factors + 2), i % (factors + 2), factors, worlds));
    }
    if (known) {
        hw_sobol_rows_fill_worlds(rows, worlds, v.a, v.b, v.ab);
        *variance = hw_sobol_estimate(rows, main, total);
        hw_sobol_widen_by_worlds(rows->rows, factors, worlds, v.a, v.b, v.ab, main, total);
    }
    free_blocks(&v);
    return known;
}

static void set_indices(const hw_sensitivity_subject *s, const hw_bounds *main, const hw_bounds *total,
                        const hw_bounds *less_main, const hw_bounds *less_total) {
    hw_sensitivity_of *of = s->of;
    of->sum_of_mains = 0;
    for (uint32_t f = 0; f < of->influence_count; f++) {
        hw_influence *influence = &of->influences[f];
        influence->measures[HW_SOBOL_MAIN] = main[f];
        influence->measures[HW_SOBOL_TOTAL] = total[f];
        influence->told[HW_SOBOL_MAIN] =
            main[f].low > hw_sensitivity_index_least || main[f].high < -hw_sensitivity_index_least;
        influence->told[HW_SOBOL_TOTAL] = less_total[f].low > hw_sensitivity_index_least;
        if (!of->noise_removed) {
            influence->less_noise[HW_SOBOL_MAIN] = less_main[f].value;
            influence->less_noise[HW_SOBOL_TOTAL] = less_total[f].value;
        }
        of->sum_of_mains += main[f].value;
    }
}

static void estimate_indices(const hw_sensitivity_subject *s, const int64_t *at, hw_sobol_rows *rows) {
    uint32_t factors = rows->factors;
    hw_bounds *bounds = hw_take(4 * (size_t)factors, sizeof *bounds);
    hw_bounds *main = bounds;
    hw_bounds *total = main + factors;
    hw_bounds *less_main = total + factors;
    hw_bounds *less_total = less_main + factors;
    blocks means = read_blocks(s, at, rows->rows, hw_sensitivity_mean_at);
    hw_sobol_rows_fill(rows, means.a, means.b, means.ab);
    double raw = hw_sobol_estimate(rows, main, total);
    double variance = 0;
    s->of->noise_removed = estimate_from_worlds(s, at, rows, &variance, main, total);
    if (s->of->noise_removed) {
        s->of->noise_share = hw_sensitivity_share(raw - variance, raw);
        memcpy(less_main, main, factors * sizeof *main);
        memcpy(less_total, total, factors * sizeof *total);
    } else {
        blocks noise = read_blocks(s, at, rows->rows, hw_sensitivity_noise_at);
        hw_sobol_rows_take_noise(rows, noise.a, noise.b, noise.ab);
        (void)hw_sobol_estimate(rows, less_main, less_total);
        free_blocks(&noise);
    }
    set_indices(s, main, total, less_main, less_total);
    free_blocks(&means);
    free(bounds);
}

void hw_sensitivity_judge_sobol(const hw_sensitivity_subject *s) {
    uint32_t factors = s->points->factors.count;
    size_t all = 0;
    int64_t *at = rows_of(s, &all);
    size_t whole = keep_whole(s, at, all, factors + 2);
    s->of->parts = whole;
    s->of->dropped = all - whole;
    s->of->resamples = hw_resample_count(whole, factors);
    uint64_t *apart = hw_take(2 * whole, sizeof *apart); /* the points of A and B */
    for (size_t i = 0; i < 2 * whole; i++) {
        apart[i] = (uint64_t)at[i / 2 * (factors + 2) + i % 2];
    }
    if (hw_sensitivity_look_over(s, apart, 2 * whole)) {
        hw_sobol_rows rows = {.rows = whole, .factors = factors};
        rows.spread = hw_take(whole, sizeof *rows.spread);
        rows.main = hw_take(whole * factors, sizeof *rows.main);
        rows.total = hw_take(whole * factors, sizeof *rows.total);
        estimate_indices(s, at, &rows);
        free(rows.spread);
        free(rows.main);
        free(rows.total);
    }
    free(apart);
    free(at);
}
