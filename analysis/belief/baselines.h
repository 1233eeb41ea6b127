/* What simple rules would have forecast on a day, from the facts that were known then: what a model must
 * beat. */
#ifndef HW_ANALYSIS_BELIEF_BASELINES_H
#define HW_ANALYSIS_BELIEF_BASELINES_H

#include "analysis/belief/observations.h"

/* In held units; NaN where no fact was known that the rule could go by. Dates have no rule but the plan; the
 * day on which all is released has what is left, divided by a pace. What is left is never less than nothing.
 */
typedef struct hw_baselines {
    double last_year;   /* the pace of the last year that was known, on and on */
    double three_years; /* the mean pace of the last three, on and on */
    double straight;    /* the mean pace since the start, on and on */
    double by_area;     /* of a district: last year's pace of the country, by its share of the area */
    double plan;        /* what was planned for the same days, as known up to three months after the origin */
} hw_baselines;

/* `area_share`: of the fact's district, NaN for none. */
hw_baselines hw_baselines_for(const hw_observations *facts, const hw_question *asked, int64_t origin,
                              int64_t start, double area_share);
/* The same of a fact's question. */
hw_baselines hw_baselines_of(const hw_observations *facts, uint32_t fact, int64_t origin, int64_t start,
                             double area_share);

#endif
