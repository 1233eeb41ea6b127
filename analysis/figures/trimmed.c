/* Trimmed means of paired differences. */
#include "analysis/figures/trimmed.h"
#include "analysis/base/memory.h"
#include "analysis/figures/paired.h"
#include "analysis/figures/weighted.h"
#include "sim/statistics.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

static int ascending(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

hw_trimmed hw_trimmed_unknown(void) {
    return (hw_trimmed){.mean = (double)NAN, .low = (double)NAN, .high = (double)NAN, .error = (double)NAN};
}

hw_trimmed hw_trimmed_difference(const double *base, const double *variant, size_t worlds) {
    hw_trimmed trimmed = hw_trimmed_unknown();
    if (worlds == 0) {
        return trimmed;
    }
    double *differences = hw_take(worlds, sizeof *differences);
    for (size_t r = 0; r < worlds; r++) {
        differences[r] = hw_paired_difference(base[r], variant[r]);
    }
    qsort(differences, worlds, sizeof *differences, ascending);
    trimmed.left_out = worlds / HW_TRIMMED_ONE_IN;
    size_t first = trimmed.left_out, end = worlds - trimmed.left_out, differing = 0;
    hw_moments kept = {0}, winsorized = {0};
    for (size_t r = 0; r < worlds; r++) {
        size_t nearest = r < first ? first : r >= end ? end - 1 : r;
        hw_moments_add(&winsorized, differences[nearest]);
        if (nearest == r) {
            hw_moments_add(&kept, differences[r]);
            differing += fabs(differences[r]) > 0;
        }
    }
    trimmed.mean = kept.mean;
    double count = (double)(end - first);
    double squares = hw_moments_variance(&winsorized) * (double)(worlds - 1);
    if (differing >= 2 && squares > 0) {
        double error = sqrt(squares / (count * (count - 1)));
        trimmed.error = gsl_cdf_tdist_Pinv(0.975, (double)(differing - 1)) * error;
        trimmed.low = trimmed.mean - trimmed.error;
        trimmed.high = trimmed.mean + trimmed.error;
    }
    free(differences);
    return trimmed;
}

/* How much of a world, whose weight reaches from `from` to `to` of all, lies between the cuts. */
static double part_kept(double from, double to) {
    const double cut = 1.0 / HW_TRIMMED_ONE_IN;
    return fmax(fmin(to, 1 - cut) - fmax(from, cut), 0);
}

/* Sums over the kept parts of sorted differences. */
typedef struct kept_parts {
    double weight, mean;
    double differing, differing_squares;
} kept_parts;

static kept_parts keep(const hw_weighted *sorted, size_t worlds) {
    kept_parts kept = {0};
    double before = 0;
    for (size_t r = 0; r < worlds; r++) {
        double part = part_kept(before, before + sorted[r].weight);
        before += sorted[r].weight;
        kept.weight += part;
        kept.mean += part * sorted[r].value;
        kept.differing += fabs(sorted[r].value) > 0 ? part : 0;
        kept.differing_squares += fabs(sorted[r].value) > 0 ? part * part : 0;
    }
    kept.mean /= kept.weight;
    return kept;
}

/* What is left out counts as the nearest that is kept; of as many effective worlds as there are weights. */
static hw_weighted_moments winsorized_of(const hw_weighted *sorted, size_t worlds) {
    const double cut = 1.0 / HW_TRIMMED_ONE_IN;
    double low = hw_weighted_quantile_value(sorted, worlds, cut),
           high = hw_weighted_quantile_value(sorted, worlds, 1 - cut);
    double *values = hw_take(worlds, sizeof *values), *weights = hw_take(worlds, sizeof *weights);
    for (size_t r = 0; r < worlds; r++) {
        values[r] = fmin(fmax(sorted[r].value, low), high);
        weights[r] = sorted[r].weight;
    }
    hw_weighted_moments moments = hw_weighted_moments_of(values, weights, worlds);
    free(values);
    free(weights);
    return moments;
}

hw_trimmed hw_weighed_trimmed_difference(const double *base, const double *variant, const double *weights,
                                         size_t worlds) {
    if (weights == NULL || worlds == 0) {
        return hw_trimmed_difference(base, variant, worlds);
    }
    hw_trimmed trimmed = hw_trimmed_unknown();
    double *differences = hw_take(worlds, sizeof *differences);
    hw_weighted *sorted = hw_take(worlds, sizeof *sorted);
    for (size_t r = 0; r < worlds; r++) {
        differences[r] = hw_paired_difference(base[r], variant[r]);
    }
    hw_weighted_sort(sorted, differences, weights, worlds);
    kept_parts kept = keep(sorted, worlds);
    hw_weighted_moments winsorized = winsorized_of(sorted, worlds);
    trimmed.mean = kept.mean;
    double n = winsorized.effective, count = n * kept.weight;
    double differing =
        kept.differing_squares > 0 ? kept.differing * kept.differing / kept.differing_squares : 0;
    if (differing >= 2 && winsorized.variance > 0 && count > 1) {
        double error = sqrt(winsorized.variance * (n - 1) / (count * (count - 1)));
        trimmed.error = gsl_cdf_tdist_Pinv(0.975, differing - 1) * error;
        trimmed.low = trimmed.mean - trimmed.error;
        trimmed.high = trimmed.mean + trimmed.error;
    }
    free(differences);
    free(sorted);
    return trimmed;
}
