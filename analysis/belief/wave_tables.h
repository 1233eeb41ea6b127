/* Tables of the members of a wave, and of what all waves have taught. */
#ifndef HW_ANALYSIS_BELIEF_WAVE_TABLES_H
#define HW_ANALYSIS_BELIEF_WAVE_TABLES_H

#include "analysis/belief/observations.h"
#include "analysis/belief/waves.h"
#include "analysis/scenario/parameters.h"

/* The values of a scenario that are drawn. */
typedef struct hw_uncertain {
    const hw_value **values; /* borrowed from the binding */
    uint64_t *entities;
    uint32_t count;
} hw_uncertain;
hw_uncertain hw_uncertain_of(const hw_values *values, const char *const *patterns, uint32_t count);
void hw_uncertain_free(hw_uncertain *uncertain);

/* The members of a wave that is to be drawn from a proposal: replication r has member r. */
hw_status hw_wave_members_write(const char *path, const hw_uncertain *uncertain,
                                const hw_population *population, const hw_proposal *proposal, uint64_t seed,
                                uint64_t count, const hw_output_rules *rules, hw_errors *errors);

typedef struct hw_posterior {
    const hw_uncertain *uncertain;
    const hw_population *population;
    const double *weights;
    const hw_proposal *last; /* fitted to them */
    hw_tempered tempered;
    const hw_observations *facts;
    uint32_t facts_learnt;
    int64_t as_of;
    const char *scenario; /* its digest */
    uint64_t members;     /* that are to be left, alike in weight; 0: all with their own */
} hw_posterior;

/* Whether it may be written there: `facts`, `as_of` and `scenario` are enough. Statuses and errors are those
 * of hw_output_check; a table of another scenario, of other facts or as of another day is kept. */
hw_status hw_posterior_check(const char *path, const hw_posterior *posterior, const hw_output_rules *rules,
                             hw_errors *errors);

/* The table of all members with the values that any wave has moved or the facts tell something about. Returns
 * what the weights say of each, for the caller to free. */
hw_told_value *hw_posterior_write(const char *path, const hw_posterior *posterior,
                                  const hw_output_rules *rules, uint32_t *count, hw_status *status,
                                  hw_errors *errors);

#endif
