/* The trimmed mean of the differences between two scenarios on the same worlds: the twentieth of the worlds
 * with the lowest differences and the twentieth with the highest are left out. A few worlds that split, by
 * years for the change of a cent, decide on a mean; on this one they do not. It answers another question than
 * the mean does (what happens in nearly all worlds), so it stands beside the mean and never in its place. */
#ifndef HW_ANALYSIS_TRIMMED_H
#define HW_ANALYSIS_TRIMMED_H

#include <stddef.h>

enum { HW_TRIMMED_ONE_IN = 20 }; /* at each end */

typedef struct hw_trimmed {
    size_t left_out; /* worlds at each end */
    double mean;     /* NaN: unknown, like the others */
    double low, high, error;
} hw_trimmed;

/* What is known of nothing. */
hw_trimmed hw_trimmed_unknown(void);

/* The interval at 95 % is Student's with the winsorized variance (Tukey and McLaughlin 1963, Sankhya A 25),
 * with as many degrees of freedom as kept worlds differ, less one. Of fewer than twenty worlds none is left
 * out. */
hw_trimmed hw_trimmed_difference(const double *base, const double *variant, size_t worlds);

/* The same of worlds that count differently: a twentieth of the weight is left out at each end. NULL: all
 * alike. */
hw_trimmed hw_weighed_trimmed_difference(const double *base, const double *variant, const double *weights,
                                         size_t worlds);

#endif
