/* The exact interval of a share: it holds the truth at least as often as it says, however small the sample.
 */
#ifndef HW_ANALYSIS_EXACT_SHARE_H
#define HW_ANALYSIS_EXACT_SHARE_H

#include <stddef.h>

typedef struct hw_share_bounds {
    double low, high;
} hw_share_bounds;

/* Clopper and Pearson (1934, Biometrika 26): each bound is missed with at most (1 - confidence) / 2. [0, 1]
 * without trials. */
hw_share_bounds hw_share_exact(size_t happened, size_t trials, double confidence);

#endif
