/* What a sample of worlds is judged by, where more is better: its mean, or how bad the bad worlds are; and
 * what one decision gains over another on the same worlds. */
#ifndef HW_ANALYSIS_RISK_H
#define HW_ANALYSIS_RISK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct hw_risk {
    const char *name;                            /* "cvar20" */
    const char *title;                           /* "mean of the worst fifth of the worlds" */
    double (*of_sorted)(const double *, size_t); /* from the worst up */
    bool plain_mean; /* its interval is Student's; others are by resampling worlds */
} hw_risk;

extern const hw_risk hw_risks[];
extern const size_t hw_risk_count;

/* NULL for an unknown name. */
const hw_risk *hw_risk_find(const char *name);

/* Of at least one world, in any order. */
double hw_risk_of(const hw_risk *risk, const double *worlds, size_t count);

/* By how much the variant is judged better, with bounds of 95 %; NaN where the sample cannot say. */
typedef struct hw_risk_gain {
    double base, variant, difference, low, high;
} hw_risk_gain;

/* On the same worlds; `seed` keys the resampling. */
hw_risk_gain hw_risk_compare(const hw_risk *risk, const double *base, const double *variant, size_t count,
                             uint64_t seed);

/* What a number that is made of `count` worlds may also have been: bounds of 95 % by resampling them (Efron
 * 1979, Annals of Statistics 7). `of` gets the positions of the worlds drawn. */
void hw_risk_resample(double (*of)(void *who, const size_t *worlds, size_t count), void *who, size_t count,
                      uint64_t seed, double *low, double *high);

#endif
