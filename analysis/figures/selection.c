/* Chooses the best of several. */
#include "analysis/figures/selection.h"
#include "analysis/base/memory.h"
#include "sim/statistics.h"
#include <assert.h>
#include <math.h>
#include <stdlib.h>

void hw_selection_begin(hw_selection *s, uint32_t count, double indifference, double error) {
    *s = (hw_selection){.count = count,
                        .indifference = indifference,
                        .error = error,
                        .sums = hw_take(count, sizeof *s->sums),
                        .variance = hw_take((size_t)count * count, sizeof *s->variance),
                        .left = hw_take(count, sizeof *s->left),
                        .seen = hw_take(count, sizeof *s->seen)};
    for (uint32_t i = 0; i < count; i++) {
        s->left[i] = true;
    }
}

void hw_selection_free(hw_selection *s) {
    free(s->sums);
    free(s->variance);
    free(s->left);
    free(s->seen);
    *s = (hw_selection){0};
}

static void learn_variances(hw_selection *s, const double *numbers, uint64_t worlds) {
    enum { FEWEST = 10 };
    assert(worlds >= FEWEST);
    for (uint32_t i = 0; i < s->count; i++) {
        for (uint32_t j = 0; j < s->count; j++) {
            hw_moments moments = {0};
            for (uint64_t r = 0; r < worlds; r++) {
                hw_moments_add(&moments, numbers[i * worlds + r] - numbers[j * worlds + r]);
            }
            s->variance[i * s->count + j] = hw_moments_variance(&moments);
        }
    }
    double freedom = (double)worlds - 1, rivals = fmax(1, (double)s->count - 1);
    double eta = (pow(2 * s->error / rivals, -2 / freedom) - 1) / 2;
    s->width = 2 * eta * freedom;
}

/* By how much the sum of one may fall behind that of another without saying anything. */
static double slack(const hw_selection *s, uint32_t i, uint32_t j) {
    double delta = s->indifference, needed = s->width * s->variance[i * s->count + j] / (delta * delta);
    return fmax(0, delta / 2 * (needed - (double)s->worlds));
}

/* All are held against all that were left before: the order does not matter. */
static void leave_out(hw_selection *s) {
    bool *behind = hw_take(s->count, sizeof *behind);
    for (uint32_t i = 0; i < s->count; i++) {
        for (uint32_t j = 0; s->left[i] && j < s->count; j++) {
            behind[i] = behind[i] || (s->left[j] && s->sums[i] - s->sums[j] < -slack(s, i, j));
        }
    }
    for (uint32_t i = 0; i < s->count; i++) {
        s->seen[i] = s->left[i] ? s->worlds : s->seen[i];
        s->left[i] = s->left[i] && !behind[i];
    }
    free(behind);
}

void hw_selection_add(hw_selection *s, const double *numbers, uint64_t worlds) {
    if (s->worlds == 0) {
        learn_variances(s, numbers, worlds);
    }
    for (uint32_t i = 0; i < s->count; i++) {
        for (uint64_t r = 0; s->left[i] && r < worlds; r++) {
            s->sums[i] += numbers[i * worlds + r];
        }
    }
    s->worlds += worlds;
    leave_out(s);
}

uint32_t hw_selection_left(const hw_selection *s) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < s->count; i++) {
        count += s->left[i];
    }
    return count;
}

uint32_t hw_selection_best(const hw_selection *s) {
    uint32_t best = UINT32_MAX;
    for (uint32_t i = 0; i < s->count; i++) {
        if (s->left[i] && (best == UINT32_MAX || s->sums[i] > s->sums[best])) {
            best = i;
        }
    }
    return best;
}

uint64_t hw_selection_most(const hw_selection *s) {
    double most = 0, delta = s->indifference;
    for (uint32_t i = 0; i < s->count; i++) {
        for (uint32_t j = 0; s->left[i] && j < s->count; j++) {
            most = s->left[j] ? fmax(most, s->width * s->variance[i * s->count + j] / (delta * delta)) : most;
        }
    }
    return most < 1e18 ? (uint64_t)ceil(most) : UINT64_MAX;
}
