/* The best of several scenarios for a measure: worlds are spent where they separate. Each batch of worlds has
 * its own seed, and all that are still in take part in it. */
#ifndef HW_ANALYSIS_RANKING_H
#define HW_ANALYSIS_RANKING_H

#include "analysis/decide/measure.h"
#include "analysis/figures/selection.h"
#include "analysis/results/study.h"
#include "analysis/tables/sheet.h"

typedef struct hw_ranked {
    char *name, *digest; /* of the scenario: its name and digest, for the table of what was asked */
    double *numbers;     /* of each world that it has seen, rank 0 */
} hw_ranked;

typedef struct hw_ranking {
    hw_measure *measure;
    hw_selection selection;
    hw_ranked *items;
    uint32_t count;
    uint64_t batch, most; /* worlds of a batch; of each scenario at most */
    uint64_t seed;        /* of the first batch */
    char *title;
    char *known; /* from what the values are known, in lines */
} hw_ranking;

/* Runs batches until one is left or the most is reached (collective). `sources` as of a study, the first is
 * the base of the others. Statuses as hw_study_run; HW_ERROR_LAW when replications fail. Free after failure
 * too. */
hw_status hw_ranking_find(hw_ranking *ranking, const hw_study_source *sources, uint32_t count,
                          double indifference, const hw_study_wish *wish, hw_errors *errors);
void hw_ranking_free(hw_ranking *ranking);

/* Its one table, and its answer as a sentence, which the caller frees. */
void hw_ranking_add(hw_book *book, const hw_ranking *ranking);
char *hw_ranking_say(const hw_ranking *ranking);

/* All tables, and the sentence before them. */
void hw_ranking_build(hw_book *book, const hw_ranking *ranking);
void hw_ranking_print_head(FILE *out, const hw_ranking *ranking);

#endif
