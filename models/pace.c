/* Fills the table of paces. */
#include "models/pace.h"
#include "sim/distribution.h"
#include <math.h>

/* Sigma of a deminer's daily output (SOURCES 3.1, fit). */
static const double SIGMA = 0.5;

double hw_pace_exact(double p) {
    return exp(SIGMA * hw_normal_quantile(p));
}

void hw_pace_fill(hw_pace *pace) {
    pace->factor[0] = pace->factor[HW_PACE_STEPS] = 0; /* never read */
    for (uint32_t i = 1; i < HW_PACE_STEPS; i++) {
        pace->factor[i] = hw_pace_exact((double)i / HW_PACE_STEPS);
    }
}
