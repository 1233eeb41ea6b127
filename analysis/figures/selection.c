/* Chooses the best of several. */
#include "analysis/figures/selection.h"
#include "analysis/base/memory.h"
#include <math.h>
#include <stdlib.h>

void hw_selection_begin(hw_selection *s, uint32_t count, double indifference, double error) {
    *s = (hw_selection){.count = count,
                        .indifference = indifference,
                        .error = error,
                        .sums = hw_take(count, sizeof *s->sums),
                        .pairs = hw_take((size_t)count * count, sizeof *s->pairs),
                        .differing = hw_take((size_t)count * count, sizeof *s->differing),
                        .left = hw_take(count, sizeof *s->left),
                        .seen = hw_take(count, sizeof *s->seen)};
    for (uint32_t i = 0; i < count; i++) {
        s->left[i] = true;
    }
}

void hw_selection_free(hw_selection *s) {
    free(s->sums);
    free(s->pairs);
    free(s->differing);
    free(s->left);
    free(s->seen);
    *s = (hw_selection){0};
}

static size_t pair(const hw_selection *s, uint32_t i, uint32_t j) {
    return (size_t)i * s->count + j;
}

static void learn_differences(hw_selection *s, const double *numbers, uint64_t worlds) {
    for (uint32_t i = 0; i < s->count; i++) {
        for (uint32_t j = 0; s->left[i] && j < s->count; j++) {
            for (uint64_t r = 0; s->left[j] && r < worlds; r++) {
                double difference = numbers[i * worlds + r] - numbers[j * worlds + r];
                hw_moments_add(&s->pairs[pair(s, i, j)], difference);
                s->differing[pair(s, i, j)] += difference != 0;
            }
        }
    }
}

/* How many worlds tell a pair apart that differs by the indifference; of a pair that tells enough to go by.
 */
static double needed(const hw_selection *s, uint32_t i, uint32_t j) {
    double freedom = (double)s->differing[pair(s, i, j)] - 1, rivals = fmax(1, (double)s->count - 1);
    double eta = (pow(2 * s->error / rivals, -2 / freedom) - 1) / 2;
    double variance = hw_moments_variance(&s->pairs[pair(s, i, j)]);
    return 2 * eta * freedom * variance / (s->indifference * s->indifference);
}

static bool may_decide(const hw_selection *s, uint32_t i, uint32_t j) {
    enum { FEWEST = 10 };
    return s->differing[pair(s, i, j)] >= FEWEST;
}

/* Whether the sum of one has fallen behind that of another by more than chance explains. */
static bool is_behind(const hw_selection *s, uint32_t i, uint32_t j) {
    if (!may_decide(s, i, j)) {
        return false;
    }
    double slack = fmax(0, s->indifference / 2 * (needed(s, i, j) - (double)s->worlds));
    return s->sums[i] - s->sums[j] < -slack;
}

/* All are held against all that were left before: the order does not matter. */
static void leave_out(hw_selection *s) {
    bool *behind = hw_take(s->count, sizeof *behind);
    for (uint32_t i = 0; i < s->count; i++) {
        for (uint32_t j = 0; s->left[i] && j < s->count; j++) {
            behind[i] = behind[i] || (s->left[j] && is_behind(s, i, j));
        }
    }
    for (uint32_t i = 0; i < s->count; i++) {
        s->seen[i] = s->left[i] ? s->worlds : s->seen[i];
        s->left[i] = s->left[i] && !behind[i];
    }
    free(behind);
}

void hw_selection_add(hw_selection *s, const double *numbers, uint64_t worlds) {
    learn_differences(s, numbers, worlds);
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
    double most = 0;
    for (uint32_t i = 0; i < s->count; i++) {
        for (uint32_t j = 0; s->left[i] && j < s->count; j++) {
            if (s->left[j] && may_decide(s, i, j)) {
                most = fmax(most, needed(s, i, j));
            } else if (s->left[j] && s->differing[pair(s, i, j)] > 0) {
                return UINT64_MAX;
            }
        }
    }
    return most < 1e18 ? (uint64_t)ceil(most) : UINT64_MAX;
}
