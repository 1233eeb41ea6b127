/* What it is worth to know some values of a scenario before one of several decisions is taken: each decision
 * is a scenario over the base, simulated on the same worlds, whose values are drawn alike. */
#ifndef HW_ANALYSIS_WORTH_H
#define HW_ANALYSIS_WORTH_H

#include "analysis/decide/measure.h"
#include "analysis/figures/knowing.h"
#include "analysis/figures/paired.h"
#include "analysis/results/study.h"
#include "analysis/tables/sheet.h"

/* Values that are known together. */
typedef struct hw_knowable {
    char *name;    /* as it was asked for: a path, or the beginning of several */
    uint32_t *ids; /* of uncertain values */
    uint32_t count;
    hw_knowing perfect, measured; /* `measured`: with the error of the wish */
} hw_knowable;

typedef struct hw_worth_wish {
    const char *of; /* paths with commas between, or "all": each uncertain value by itself */
    double price;   /* USD a unit of the measure, against what is spent; 0: the measure alone */
    double error;   /* of a measurement, as a share of what is uncertain before; 0: not asked */
} hw_worth_wish;

typedef struct hw_decision {
    const char *name;
    char *digest; /* with the name */
    double mean;
    hw_paired against; /* the first */
} hw_decision;

typedef struct hw_worth {
    hw_worth_wish wish;
    hw_measure *measure;
    hw_knowable *items; /* the most worth first, once worked out */
    uint32_t count;
    hw_decision *decisions;
    uint32_t decision_count, best; /* best: by its mean */
    uint64_t worlds, seed;
    double perfect; /* of knowing everything */
    const char *title;
    char *known; /* from what the values are known, in lines */
} hw_worth;

/* Finds what is asked for among the values of the base that anything reads in one of the scenarios of an open
 * study. HW_ERROR_INPUT with the nearest path, for a value that is certain or read by nothing, for too many
 * together. Free after failure too. */
hw_status hw_worth_look(hw_worth *worth, const hw_study *study, hw_errors *errors);

/* Of a study that has run: the base and the other decisions (rank 0). HW_ERROR_LAW where replications failed
 * or are too few. */
hw_status hw_worth_find(hw_worth *worth, const hw_study *study, hw_errors *errors);
void hw_worth_free(hw_worth *worth);

/* Whether each uncertain value is asked about by itself. */
bool hw_worth_is_of_all(const hw_worth *worth);

/* Whether an item is worth something for certain (95 %), among all that were asked about (Bonferroni): its
 * interval leaves zero out, shuffled values do not seem to be worth as much, and neighbours say so too. */
bool hw_worth_is_clear(const hw_worth *worth, const hw_knowable *item);

void hw_worth_build(hw_book *book, const hw_worth *worth);
void hw_worth_print_head(FILE *out, const hw_worth *worth);

#endif
