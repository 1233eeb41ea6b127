/* The outside view: what became of earlier plans of a kind, and so what to expect of this one (reference
 * class forecasting: Kahneman and Tversky 1979; Flyvbjerg 2006). Plans and facts are rows of one file of
 * facts. */
#ifndef HW_ANALYSIS_BELIEF_OUTLOOK_H
#define HW_ANALYSIS_BELIEF_OUTLOOK_H

#include "analysis/belief/observations.h"

/* With fewer cases a median and a range are hardly more than the cases themselves. */
enum { HW_OUTLOOK_FEWEST = 5 };

/* One plan, and what came. In held units, days since 1970-01-01 of dates. */
typedef struct hw_plan_case {
    uint32_t plan; /* among the observations */
    double planned;
    double came; /* NaN: not known (yet) */
    char *how;   /* where it does not come from a fact of the very days: "read between ..."; or NULL */
    double slip; /* what came as a share of what was planned; of dates by how many days it was late */
} hw_plan_case;

/* What is known of plans of one kind of quantity. */
typedef struct hw_plan_class {
    uint32_t cases;
    double least, median, most; /* of the slips; NaN without a case */
    double next_inside;         /* chance that one more case lies from `least` to `most`, 0 to 1 */
} hw_plan_class;

typedef struct hw_outlook {
    const hw_observations *facts;
    hw_plan_case *cases; /* in the order of the file */
    uint32_t count;
} hw_outlook;

/* What came is a fact of the same days; of levels (people who live there) between two facts a straight line,
 * or the last fact within two months. Free it. */
hw_outlook hw_outlook_of(const hw_observations *facts);
void hw_outlook_free(hw_outlook *outlook);

/* Cases of a kind but for one of them (UINT32_MAX: none is left out). */
hw_plan_class hw_plan_class_of(const hw_outlook *outlook, const hw_fact_kind *kind, uint32_t but);

/* A plan that slips so far. */
double hw_plan_slipped(const hw_fact_kind *kind, double planned, double slip);

#endif
