/* Points of sweeps compared on the same worlds, as a book of sheets.
 *
 * All points of a sweep were simulated on the same worlds, so they are contenders like any others
 * (analysis/compare/compare.h): where outcomes were kept, world by world, with the figures that a comparison
 * of their scenarios would give; where only summaries were kept, by intervals that need no pairs
 * (analysis/figures/apart.h).
 */
#ifndef HW_ANALYSIS_COMPARE_SWEEP_H
#define HW_ANALYSIS_COMPARE_SWEEP_H

#include "analysis/results/sample.h"
#include "analysis/tables/sheet.h"

/* Sheets on the terminal grow with the differences; beyond this many a question must be narrowed down. */
enum { HW_COMPARE_SWEEP_ROWS_MOST = 500000 };

typedef struct hw_compare_sweep_wish {
    const char *base;          /* a point as in analysis/compare/sweep_choice.h; NULL: the first */
    const char *const *points; /* only these, likewise */
    uint32_t point_count;      /* 0: all */
    const char *outcome;       /* an output, or "output: element"; NULL: all */
    const char *place;         /* only this place or district, and what concerns all; NULL: all */
    const int64_t *by;         /* dates (days since 1970-01-01) */
    uint32_t by_count;
} hw_compare_sweep_wish;

/* Fills an empty book with the points of a sweep against one of them. Points that could not be run are left
 * out, and told. HW_ERROR_INPUT for what there is not (an outcome, a place, a point), a date whose
 * probability was not kept, points that do not share worlds, and too many differences; HW_ERROR_LAW when too
 * few worlds are good; HW_ERROR_IO when the file cannot be read. */
hw_status hw_compare_sweep_build(hw_book *book, hw_sweep_sample *sample, const hw_compare_sweep_wish *wish,
                                 hw_errors *errors);

/* The same with the points of a sweep, each against the point of another, `base`, that has the same values of
 * all factors. HW_ERROR_INPUT too when they do not share worlds or factors, or no points. wish->base must be
 * NULL. */
hw_status hw_compare_sweep_build_two(hw_book *book, hw_sweep_sample *base, hw_sweep_sample *sample,
                                     const hw_compare_sweep_wish *wish, hw_errors *errors);

/* What was compared, how to read it, and the findings in sentences; from the sheets. */
void hw_compare_sweep_print_head(FILE *out, const hw_book *book);
/* Only what must not be overlooked. */
void hw_compare_sweep_print_warnings(FILE *out, const hw_book *book);

#endif
