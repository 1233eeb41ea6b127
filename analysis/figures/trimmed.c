/* Trimmed means of paired differences. */
#include "analysis/figures/trimmed.h"
#include "analysis/base/memory.h"
#include "analysis/figures/paired.h"
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
