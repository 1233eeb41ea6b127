/* Clopper-Pearson intervals. */
#include "analysis/figures/exact_share.h"
#include <gsl/gsl_cdf.h>

hw_share_bounds hw_share_exact(size_t happened, size_t trials, double confidence) {
    double tail = (1 - confidence) / 2, yes = (double)happened, no = (double)(trials - happened);
    return (hw_share_bounds){.low = happened > 0 ? gsl_cdf_beta_Pinv(tail, yes, no + 1) : 0,
                             .high = happened < trials ? gsl_cdf_beta_Qinv(tail, yes + 1, no) : 1};
}
