/* Members of a prior in waves: each wave is drawn where the waves before it were likely, and all of them
 * together are weighed for the posterior.
 *
 * Numbers are normal scores: independent standard normal numbers before the facts. A wave is drawn from the
 * prior except in the columns that the facts have told something about, which come from one normal
 * distribution fitted to the weighted members (the localisation of few significant columns among many, after
 * Emerick and Reynolds 2013). Whatever else the model draws is drawn anew. Weights are those of importance
 * sampling from the mixture of all waves (adaptive multiple importance sampling: Cornuet, Marin, Mira and
 * Robert 2012, Scandinavian Journal of Statistics 39), so no simulation is thrown away, none counts more than
 * a prior draw by more than the number of waves, and at power 1 they are Bayes' rule, however bad the fit
 * was. The likelihood is tempered as in weighted.h. */
#ifndef HW_ANALYSIS_POPULATION_H
#define HW_ANALYSIS_POPULATION_H

#include "analysis/figures/weighted.h"
#include "sim/rng.h"

/* A normal distribution of some columns; all others are as in the prior. */
typedef struct hw_proposal {
    uint32_t count;
    uint32_t *columns; /* ascending */
    double *mean;
    double *root; /* lower triangle of the covariance's root, row by row of `count` */
} hw_proposal;

typedef struct hw_wave {
    uint64_t seed;
    hw_proposal proposal;  /* of the first wave: no columns */
    uint64_t *keys, count; /* of the members that have a likelihood */
    double *log_likelihoods;
} hw_wave;

/* What a column draws with: hw_draw of seed and key of the member, its entity and the purpose. */
typedef struct hw_population {
    const uint64_t *entities; /* of the columns */
    uint32_t columns;
    uint64_t purpose;
    hw_wave *waves;
    uint32_t wave_count;
} hw_population;

/* Adds a wave; the population takes over the proposal. keys and log likelihoods are copied. */
void hw_population_add(hw_population *population, uint64_t seed, hw_proposal *proposal, const uint64_t *keys,
                       const double *log_likelihoods, uint64_t count);
void hw_population_free(hw_population *population);
uint64_t hw_population_count(const hw_population *population);

/* The normal score that a member of a wave with this seed and proposal has in a column. */
double hw_population_score(const hw_population *population, uint64_t seed, const hw_proposal *proposal,
                           uint64_t key, uint32_t column);

/* The scores of a column, of all members in the order of waves. */
void hw_population_scores(const hw_population *population, uint32_t column, double *scores);

/* Weights of all members, with the largest power up to 1 at which so many are effective. */
hw_tempered hw_population_weigh(const hw_population *population, double effective, double *weights);

/* What the weights say of a column. */
typedef struct hw_column_told {
    double mean, sd;
    double strength; /* how many errors of a sample of that effective size the mean is from 0, or the
                        deviation below 1, whichever is more; as a normal number */
} hw_column_told;
hw_column_told hw_column_tell(const double *scores, const double *weights, size_t count, double effective);

/* The normal distribution of the weighted members in the columns that are told more than chance tells (so
 * that at most a tenth of them are by chance), at most one in ten of the effective members, the strongest; at
 * least the strongest one. Covariances are shrunk, the more the fewer members speak for them. */
hw_proposal hw_population_fit(const hw_population *population, const double *weights, double effective);
void hw_proposal_free(hw_proposal *proposal);

#endif
