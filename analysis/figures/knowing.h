/* What knowing something before deciding is worth, from one sample of worlds: the expected value of partial
 * perfect information. In world r a decision d brings b(d, r), and r has the values x(r) that might become
 * known. Who decides now takes the decision with the best mean; who knows x takes, for each x, the one with
 * the best mean given x. Means given x are regressions of b(d) - b(0) on x, natural cubic splines of each
 * value added up (Strong, Oakley and Brennan 2014, Medical Decision Making 34). */
#ifndef HW_ANALYSIS_KNOWING_H
#define HW_ANALYSIS_KNOWING_H

#include <stddef.h>
#include <stdint.h>

/* With fewer nothing is said. */
enum { HW_KNOWING_FEWEST_WORLDS = 50, HW_KNOWING_SHUFFLES = 40 };

typedef struct hw_knowing {
    double value;   /* of the regression, less its bias, never below zero; in the units of b */
    double error;   /* half of a 95 % interval, by draws of the coefficients and the spread of x */
    double bias;    /* what the same regression finds when x is shuffled among the worlds: noise is taken for
                       knowledge */
    double nearest; /* the same value by means of the nearest worlds in place of splines, less its own bias; a
                       check. NaN for more than one x */
    double p;       /* how likely a shuffled x seems to be worth as much or more: one over the number of the
                       first such shuffle (Besag and Clifford 1991, Biometrika 78) */
    double perfect; /* of knowing everything: mean of the best less the best mean */
} hw_knowing;

/* `benefit`: decision after decision, `worlds` numbers each. `x`: value after value, likewise. `seed` keys
 * shuffles and draws; `shuffles`: how many p may take, 40 or more. All NaN with fewer than 50 worlds or fewer
 * than two decisions. */
hw_knowing hw_knowing_worth(const double *benefit, size_t decisions, const double *x, size_t values,
                            size_t worlds, uint64_t seed, uint64_t shuffles);

#endif
