/* Forecasts as they would have been made on earlier days, scored by what came since: from each origin the
 * result is weighed by the facts known then, and held against those of the months behind it. */
#ifndef HW_ANALYSIS_BELIEF_HINDCAST_H
#define HW_ANALYSIS_BELIEF_HINDCAST_H

#include "analysis/belief/baselines.h"
#include "analysis/belief/likelihood.h"

enum { HW_LEVELS = 3 };
extern const double hw_levels[HW_LEVELS]; /* of central intervals: 50, 80 and 95 % */

/* One fact as forecast from one origin. */
typedef struct hw_hindcast_row {
    int64_t origin;
    uint32_t fact;
    hw_beside before, after; /* all replications alike, and as weighed at the origin */
    bool inside[HW_LEVELS];  /* after */
    double bias;             /* after: -1 too low, 1 too high */
    hw_baselines baselines;
} hw_hindcast_row;

typedef struct hw_hindcast {
    hw_hindcast_row *rows;
    uint32_t count;
    hw_weights *weights; /* of each origin */
    uint32_t origins;
} hw_hindcast;

/* Facts are scored whose days begin after the origin and end within `ahead` days of it; of the learning only
 * `as_of` is set anew. `area_shares`: of each fact's district (area_shares.h). Free it. */
hw_hindcast hw_hindcast_make(const hw_besides *besides, const int64_t *origins, uint32_t count, int64_t ahead,
                             const hw_learning *learning, const double *area_shares);
void hw_hindcast_free(hw_hindcast *hindcast);

/* Mean scores of rows: of one group of facts, or of all (NULL). `last_year` and so on are mean
 * absolute errors over the facts for which the rule says something; the model's score over the same facts
 * stands beside each. */
typedef struct hw_score_against {
    size_t facts;
    double rule, model;
} hw_score_against;
typedef struct hw_group_score {
    size_t facts;
    double before, after; /* CRPS, in held units; NaN of several quantities */
    hw_coverage coverage[HW_LEVELS];
    size_t inside_before; /* of 80 % */
    double bias;
    hw_score_against last_year, straight, by_area, plan;
} hw_group_score;
hw_group_score hw_hindcast_score(const hw_hindcast *hindcast, const char *group);

#endif
