/* How a budget is best shared for a measure, on a fixed sample of worlds; and what that is worth on worlds
 * that the search has not seen, beside what is done today. */
#ifndef HW_ANALYSIS_ALLOCATION_H
#define HW_ANALYSIS_ALLOCATION_H

#include "analysis/decide/asking.h"
#include "analysis/decide/budget.h"
#include "analysis/decide/ranking.h"
#include "analysis/figures/risk.h"
#include "analysis/tables/sheet.h"

/* The first of the allocations that are held against each other. */
enum { HW_ALLOCATED_TODAY, HW_ALLOCATED_BEST, HW_ALLOCATED_EVEN };

struct hw_layers;

/* An allocation that is held against today's. */
typedef struct hw_allocated {
    char *name;
    uint32_t *parts;    /* thousandths; NULL: a set of layers */
    hw_risk_gain seen;  /* over today's, on the worlds of the search */
    hw_risk_gain fresh; /* on others */
    double *lost;       /* with futures: in each, what its best brings more, on fresh worlds, in the mean */
} hw_allocated;

typedef struct hw_allocation {
    /* What is asked. */
    hw_measure *measure;
    const hw_risk *risk; /* NULL: the greatest regret over the futures */
    const char *base;
    const char *const *futures; /* scenario files laid over it, beside itself; for regret */
    uint32_t future_count;
    hw_budget budget;               /* or: */
    hw_ranking *ranking;            /* of sets of layers; NULL: shares of the budget */
    const struct hw_layers *layers; /* likewise */
    uint64_t seed, worlds;          /* of the search; fresh worlds have the next seed */
    uint64_t fresh_worlds, fresh_seed;
    uint32_t most; /* ways to share that are tried, of each search */
    /* Found. */
    const hw_setting *settings; /* of the wish: what was set over all */
    uint32_t setting_count;
    uint32_t tried; /* in all searches */
    hw_allocated *items;
    uint32_t count;
    char *title, *digest; /* of the base */
    char *known;          /* from what the values are known, in lines */
    int64_t start, horizon;
} hw_allocation;

/* Searches and holds what is found against today's (collective). Free after failure too. */
hw_status hw_allocation_find(hw_allocation *allocation, const hw_study_wish *wish, hw_errors *errors);

/* The same of sets of layers, by ranking and selection: `sources` as of a study, the first without any. */
hw_status hw_allocation_rank(hw_allocation *allocation, const hw_study_source *sources, uint32_t count,
                             double indifference, const hw_study_wish *wish, hw_errors *errors);
void hw_allocation_free(hw_allocation *allocation);

/* Whether the best is better than today's beyond noise on fresh worlds: only then is it recommended. */
bool hw_allocation_recommends(const hw_allocation *allocation);

/* By how much the best seemed better in the search than it is on fresh worlds. */
double hw_allocation_optimism(const hw_allocation *allocation);

void hw_allocation_build(hw_book *book, const hw_allocation *allocation);
void hw_allocation_print_head(FILE *out, const hw_allocation *allocation);

#endif
