/* Points of sweeps compared on the same worlds, and ranked.
 *
 * All points of a sweep were simulated on the same worlds, so they are contenders like any others
 * (analysis/compare/compare.h): where outcomes were kept, world by world, with the figures that a comparison
 * of their scenarios would give; where only summaries were kept, by intervals that need no pairs
 * (analysis/figures/apart.h).
 */
#ifndef HW_ANALYSIS_COMPARE_SWEEP_H
#define HW_ANALYSIS_COMPARE_SWEEP_H

#include "analysis/compare/compare.h"
#include "analysis/results/sample.h"

/* Beyond this many a question must be narrowed down. */
enum { HW_COMPARE_SWEEP_ROWS_MOST = 500000 };

typedef struct hw_compare_sweep_wish {
    hw_compare_wish what;
    const char *base;          /* a point as in analysis/compare/sweep_choice.h; NULL: the first */
    const char *const *points; /* only these, likewise */
    uint32_t point_count;      /* 0: all */
    const char *outcome;       /* an output, or "output: element"; NULL: all */
} hw_compare_sweep_wish;

typedef struct hw_sweep_comparison hw_sweep_comparison;

/* The points of a sweep against one point; or, with the sample of another sweep as `base`, each against the
 * point of that sweep that has the same values of all factors (wish->base must be NULL then). Points that
 * could not be run are left out, and this is said. NULL with `*status`: HW_ERROR_INPUT for what there is not
 * (an outcome, a place, a point), a date whose probability was not kept, points or sweeps that do not share
 * worlds or factors, and too many differences; HW_ERROR_LAW when too few worlds are good; HW_ERROR_IO when
 * the file cannot be read. Samples and wish must outlive it. */
hw_sweep_comparison *hw_compare_sweeps(hw_sweep_sample *base, hw_sweep_sample *sample,
                                       const hw_compare_sweep_wish *wish, hw_status *status,
                                       hw_errors *errors);
void hw_sweep_comparison_free(hw_sweep_comparison *comparison);

/* Its tables. */
void hw_compare_sweep_build(hw_book *book, const hw_sweep_comparison *comparison);

/* What was compared, how to read it, and the findings in sentences. */
void hw_compare_sweep_print_head(FILE *out, const hw_sweep_comparison *comparison);
/* Only what must not be overlooked. */
void hw_compare_sweep_print_warnings(FILE *out, const hw_sweep_comparison *comparison);

#endif
