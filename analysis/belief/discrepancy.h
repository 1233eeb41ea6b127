/* How far the model was off in earlier forecasts, and what that adds to a forecast.
 *
 * Facts are grouped (beside.h); of each group a factor of the model's error is learnt from how probable what
 * came was in forecasts of earlier days, counting only what was known by then; facts of one series in one
 * forecast count as one. Before any such fact the factor is as likely 2 as a half: its logarithm is normal
 * with a deviation of HW_FACTOR_SPREAD. A forecast with discrepancy moves each world by what it is off in the
 * related facts that are known (related.h) and adds what may still come, over all factors. */
#ifndef HW_ANALYSIS_BELIEF_DISCREPANCY_H
#define HW_ANALYSIS_BELIEF_DISCREPANCY_H

#include "analysis/belief/likelihood.h"

enum { HW_FACTORS = 13 };
extern const double hw_factors[HW_FACTORS]; /* from an eighth to 8 */
#define HW_FACTOR_SPREAD 0.6931471805599453 /* log 2 */

typedef struct hw_group_error {
    char *group;
    uint32_t facts;            /* that it was learnt from; of several forecasts they count each time */
    double shares[HW_FACTORS]; /* how probable each factor is */
    double factor;             /* their geometric mean */
} hw_group_error;

typedef struct hw_discrepancy {
    hw_group_error *groups;
    uint32_t count;
    uint32_t *group_of; /* by fact; `count` of those that are not modelled */
    double *factors;    /* by fact */
} hw_discrepancy;

/* A day, what was known on it, and how futures were weighed by that. */
typedef struct hw_origin {
    const hw_besides *besides;
    hw_learning learning; /* as of that day */
    hw_weights weights;
    hw_discrepancy discrepancy;
} hw_origin;

/* Weighs the futures of `origin`, whose `besides` and `learning` are set, with what was learnt from the
 * origins before it; facts count that lie at most `ahead` days behind their origin. Free it. */
void hw_origin_weigh(hw_origin *origin, const hw_origin *earlier, uint32_t earlier_count, int64_t ahead);
/* The same of a single day: the origins before it are the ends of years, with the same futures, which may
 * know more than was known then and so look better than they were. */
void hw_origin_weigh_alone(hw_origin *origin);
void hw_origin_free(hw_origin *origin);

/* Whether a fact tells how good a forecast from an origin was. */
bool hw_is_ahead(const hw_besides *besides, uint32_t fact, int64_t origin, int64_t ahead);

/* The forecast of a fact with discrepancy: HW_SPREAD times as many members as there are replications,
 * sorted, for the caller to free. */
enum { HW_SPREAD = 20 };
hw_weighted *hw_origin_spread(const hw_origin *origin, uint32_t fact);

#endif
