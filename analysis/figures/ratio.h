/* How much of one quantity there is for each unit of another: the ratio of two means over the same worlds. */
#ifndef HW_ANALYSIS_RATIO_H
#define HW_ANALYSIS_RATIO_H

#include <stddef.h>

/* The 95 % interval is [value - error, value + error]; NaN: unknown. */
typedef struct hw_ratio {
    double value, error;
} hw_ratio;

/* mean(above) / mean(below), never the mean of quotients, which a world with a small denominator decides. The
 * error is Student's on above - value x below, world by world (delta method; Cochran 1977, Sampling
 * Techniques, section 6.3). NaN for no worlds and for a mean of zero below; the error also for one world. */
hw_ratio hw_ratio_of_means(const double *above, const double *below, size_t worlds);

#endif
