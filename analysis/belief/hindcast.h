/* Forecasts as they would have been made on earlier days, scored by what came since: from each origin the
 * futures are weighed by the facts known then, spread by how far the model was off in forecasts before
 * (discrepancy.h), and held against the facts of the months behind it. */
#ifndef HW_ANALYSIS_BELIEF_HINDCAST_H
#define HW_ANALYSIS_BELIEF_HINDCAST_H

#include "analysis/belief/baselines.h"
#include "analysis/belief/discrepancy.h"

enum { HW_LEVELS = 3 };
extern const double hw_levels[HW_LEVELS]; /* of central intervals: 50, 80 and 95 % */

/* One fact as forecast from one origin. */
typedef struct hw_hindcast_row {
    int64_t origin;
    uint32_t fact;
    hw_beside before, weighed, after; /* all futures alike; as weighed at the origin; and with discrepancy */
    bool inside_weighed[HW_LEVELS], inside[HW_LEVELS]; /* as weighed, and after */
    double bias;                                       /* after: -1 too low, 1 too high */
    hw_baselines baselines;
    double last; /* what lies behind this counts as on it, of the model and of rules: the horizon of days */
} hw_hindcast_row;

typedef struct hw_hindcast {
    hw_hindcast_row *rows;
    uint32_t count;
    hw_origin *origins; /* ascending */
    uint32_t origin_count;
} hw_hindcast;

/* What is forecast from: for all origins the same result, or for each its own, frozen as of that day. */
typedef struct hw_hindcast_base {
    int64_t day;
    const hw_besides *besides;
    const double *area_shares; /* of each fact's district (area_shares.h) */
} hw_hindcast_base;

/* Facts are scored whose days begin after the origin and end within `ahead` days of it; of the learning only
 * `as_of` is set anew. Bases in the order of their days. Free it. */
hw_hindcast hw_hindcast_make(const hw_hindcast_base *bases, uint32_t count, int64_t ahead,
                             const hw_learning *learning);
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
    double before, weighed, after; /* CRPS, in held units; NaN of several quantities */
    hw_coverage coverage[HW_LEVELS];
    size_t inside_before; /* of 80 % */
    size_t inside_weighed[HW_LEVELS];
    double bias;
    hw_score_against last_year, three_years, straight, by_area, plan;
} hw_group_score;
hw_group_score hw_hindcast_score(const hw_hindcast *hindcast, const char *group);

#endif
