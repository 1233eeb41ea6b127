/* When two scenarios were simulated on the same worlds.
 *
 * A replication is one world: its ground, weather and givers are drawn from (seed, replication, who draws,
 * what for). Two scenarios share their worlds when all of this is the same:
 *   - the seed, and the range of replications;
 *   - the model and its version, since another version may draw otherwise;
 *   - the first and the last day: days count from the first, and what has not happened by the last is
 *     censored;
 *   - the sizes of polygons, blocks and parcels, by which ground is numbered and drawn.
 * Whatever else differs is what is being compared. Where that has a say in the ground itself (areas and
 * classes of hazard areas), the draws are still shared but the ground is not; such differences are reported,
 * not refused. */
#ifndef HW_ANALYSIS_WORLDS_H
#define HW_ANALYSIS_WORLDS_H

#include "analysis/results/differences.h"
#include "analysis/results/outcomes.h"

/* What decides on it, of a scenario that is to be run or of a finished one. Borrows all texts. */
typedef struct hw_worlds {
    const char *name;  /* for messages */
    const char *code;  /* what the model was built from; NULL: it does not say */
    const char *model; /* "land release 1" */
    uint64_t seed;
    uint64_t replications;     /* numbers 0 .. replications - 1 */
    int64_t start, horizon;    /* days since 1970-01-01 */
    const char *rows;          /* all of its values; NULL: unknown */
    const hw_laid_value *laid; /* values set over it */
    uint32_t laid_count;
} hw_worlds;

/* Of finished results: the replications asked for or, when a rule stopped the run earlier, those made. */
hw_worlds hw_worlds_of(const hw_outcomes *outcomes, const char *name);

/* HW_ERROR_INPUT with one error for each reason why the worlds are not the same. Finds the differences as it
 * goes. */
hw_status hw_worlds_check(const hw_worlds *base, const hw_worlds *variant, hw_differences *differences,
                          hw_errors *errors);

/* The replications that are good in both. Of summaries it is not known which those are: then `count` is how
 * many the smaller one has, `failed` and `missing` are of both together, and there are no positions. */
typedef struct hw_pairs {
    const hw_outcomes *base, *variant;
    uint64_t count;
    uint64_t *base_at, *variant_at; /* pair by pair: which of the good replications of each */
    uint64_t failed;                /* replications that failed in one or both */
    uint64_t missing;               /* of the range, not finished in one or both */
} hw_pairs;

hw_pairs hw_pairs_find(const hw_outcomes *base, const hw_outcomes *variant);
void hw_pairs_free(hw_pairs *pairs);

#endif
