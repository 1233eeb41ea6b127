/* Correlations and regression of one outcome of a sweep with factors that are arranged in no special way. */
#include "analysis/base/memory.h"
#include "analysis/sensitivity/parts.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The values of a factor at these points as numbers; words only when there are two of them: 0 and 1 in their
 * order. False, with the reason, when there is no order or nothing changes. */
static bool factor_numbers(const hw_sensitivity_subject *s, uint32_t factor, const uint64_t *points,
                           uint64_t count, double *numbers) {
    hw_influence *influence = &s->of->influences[factor];
    char **words = s->points->factors.words[factor];
    const char *first = words != NULL ? words[points[0]] : NULL;
    const char *second = first;
    for (uint64_t i = 0; words != NULL && i < count; i++) {
        const char *word = words[points[i]];
        if (strcmp(word, first) != 0 && strcmp(word, second) != 0 && strcmp(first, second) != 0) {
            influence->about = hw_take_text("its values are words without an order: a sobol design can tell");
            return false;
        }
        first = hw_sensitivity_word_order(word, first) < 0 ? word : first;
        second = hw_sensitivity_word_order(word, second) > 0 ? word : second;
    }
    bool moves = false;
    for (uint64_t i = 0; i < count; i++) {
        numbers[i] = words != NULL ? strcmp(words[points[i]], first) != 0
                                   : s->points->factors.numbers[factor][points[i]];
        moves = moves || numbers[i] != numbers[0];
    }
    if (!moves) {
        influence->about = hw_take_text("it is the same at all points");
    } else if (words != NULL) {
        influence->about = hw_take_text("from %s to %s", first, second);
    }
    return moves;
}

static bool told_from_zero(hw_bounds bounds) {
    return bounds.low > hw_sensitivity_index_least || bounds.high < -hw_sensitivity_index_least;
}

static void regress(const hw_sensitivity_subject *s, const uint64_t *points, uint64_t count) {
    uint32_t factors = s->points->factors.count;
    uint32_t used = 0;
    uint32_t *which = hw_take(factors, sizeof *which);
    double *columns = hw_take(factors * count, sizeof *columns);
    for (uint32_t f = 0; f < factors; f++) {
        if (factor_numbers(s, f, points, count, columns + used * count)) {
            which[used++] = f;
        }
    }
    double *x = hw_take(used * count, sizeof *x);
    double *y = hw_take(count, sizeof *y);
    for (uint64_t i = 0; i < count; i++) {
        y[i] = hw_sensitivity_mean_at(s, points[i]);
        for (uint32_t u = 0; u < used; u++) {
            x[i * used + u] = columns[u * count + i];
        }
    }
    hw_bounds *bounds = hw_take(2 * (size_t)used, sizeof *bounds);
    s->of->resamples = used ? hw_resample_count(count, (size_t)used * used) : 0;
    if (used > 0) {
        s->of->explained = hw_regression_estimate(count, used, x, y, bounds, bounds + used);
    }
    for (uint32_t u = 0; u < used; u++) {
        hw_influence *influence = &s->of->influences[which[u]];
        influence->measures[HW_REGRESSION_RANK] = bounds[u];
        influence->measures[HW_REGRESSION_COEFFICIENT] = bounds[used + u];
        influence->told[HW_REGRESSION_RANK] = told_from_zero(bounds[u]);
        influence->told[HW_REGRESSION_COEFFICIENT] = told_from_zero(bounds[used + u]);
    }
    free(bounds);
    free(y);
    free(x);
    free(columns);
    free(which);
}

void hw_sensitivity_judge_points(const hw_sensitivity_subject *s) {
    uint64_t *answered = hw_take(s->own_count, sizeof *answered);
    uint64_t count = 0;
    for (uint64_t i = 0; i < s->own_count; i++) {
        if (!isnan(hw_sensitivity_mean_at(s, s->own[i]))) {
            answered[count++] = s->own[i];
        }
    }
    s->of->parts = count;
    s->of->dropped = s->own_count - count;
    if (hw_sensitivity_look_over(s, answered, count)) {
        regress(s, answered, count);
    }
    free(answered);
}
