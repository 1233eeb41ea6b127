/* The ratio of two means over the same worlds. */
#include "analysis/figures/ratio.h"
#include "sim/statistics.h"
#include <gsl/gsl_cdf.h>
#include <math.h>

hw_ratio hw_ratio_of_means(const double *above, const double *below, size_t worlds) {
    static const double confidence = 0.95;
    hw_moments up = {0}, down = {0}, apart = {0};
    for (size_t r = 0; r < worlds; r++) {
        hw_moments_add(&up, above[r]);
        hw_moments_add(&down, below[r]);
    }
    hw_ratio ratio = {(double)NAN, (double)NAN};
    if (worlds == 0 || !(fabs(down.mean) > 0)) {
        return ratio;
    }
    ratio.value = up.mean / down.mean;
    for (size_t r = 0; r < worlds; r++) {
        hw_moments_add(&apart, above[r] - ratio.value * below[r]);
    }
    if (worlds > 1) {
        double standard_error = sqrt(hw_moments_variance(&apart) / (double)worlds) / fabs(down.mean);
        ratio.error = gsl_cdf_tdist_Pinv(0.5 + 0.5 * confidence, (double)worlds - 1) * standard_error;
    }
    return ratio;
}
