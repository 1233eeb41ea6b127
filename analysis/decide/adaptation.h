/* What it is worth to decide later, by what is seen until then: rules with signposts, against fixed plans.
 * Fixed are scenarios without signposts, and those with signposts once each is decided beforehand, done on
 * its day or not at all. The best rule and the best fixed plan are chosen on some worlds and held against
 * each other on others. */
#ifndef HW_ANALYSIS_ADAPTATION_H
#define HW_ANALYSIS_ADAPTATION_H

#include "analysis/decide/measure.h"
#include "analysis/figures/estimate.h"
#include "analysis/figures/paired.h"
#include "analysis/results/study.h"
#include "analysis/tables/sheet.h"

enum { HW_ADAPTATION_FEWEST_WORLDS = 20 };

/* A scenario that is tried. */
typedef struct hw_tried_plan {
    hw_study_source source; /* its name and settings are owned */
    bool adapts;            /* a rule: some signpost is read */
    char *digest;           /* with its name */
    double mean;            /* on the worlds that choose */
} hw_tried_plan;

/* How often the best rule does what a signpost says, on fresh worlds. */
typedef struct hw_followed {
    char *signpost;
    double share;  /* of the worlds */
    hw_spread day; /* days since the start, of all worlds; infinite: not done by the horizon */
} hw_followed;

typedef struct hw_adaptation {
    hw_measure *measure;
    double price; /* USD a unit of it, against what is spent; 0: the measure alone */
    hw_tried_plan *plans;
    uint32_t count, rule, fixed; /* rule, fixed: the best ones */
    uint64_t worlds, seed;       /* that choose; fresh ones have the next seed */
    hw_paired chosen, proved; /* the rule less the fixed plan: on the worlds that choose, and on fresh ones */
    hw_paired spending;       /* million USD on mine action, likewise, on fresh worlds */
    hw_followed *followed;
    uint32_t followed_count;
    int64_t start;
    char *title;
    char *known; /* from what the values are known, in lines */
} hw_adaptation;

/* Reads the scenarios, of which the first is the base of the others, and adds the fixed plans of each rule
 * (collective). HW_ERROR_INPUT when none has a signpost that is read. Free after failure too. */
hw_status hw_adaptation_look(hw_adaptation *adaptation, const char *const *paths, uint32_t count,
                             const hw_study_wish *wish, hw_errors *errors);

/* Runs them, chooses and proves (collective). HW_ERROR_LAW when replications fail. */
hw_status hw_adaptation_find(hw_adaptation *adaptation, const hw_study_wish *wish, hw_errors *errors);
void hw_adaptation_free(hw_adaptation *adaptation);

void hw_adaptation_build(hw_book *book, const hw_adaptation *adaptation);
void hw_adaptation_print_head(FILE *out, const hw_adaptation *adaptation);

#endif
