/* What a scenario says with one value of a factor laid over it. */
#ifndef HW_ANALYSIS_SWEEP_FACTOR_TRIAL_H
#define HW_ANALYSIS_SWEEP_FACTOR_TRIAL_H

#include "analysis/sweep/factor.h"

/* What stands at a path. */
typedef struct hw_factor_probe {
    const hw_key *key;
    hw_key_type type;
    hw_dimension dimension;
    hw_distribution distribution;
    uint64_t text; /* stands for the text of a value that is no number */
    bool assumed, found;
} hw_factor_probe;

/* At a path of a scenario. */
hw_factor_probe hw_factor_look_up(const hw_loaded *loaded, const char *path);

/* The scenario with a value (NULL: nothing) at all paths of the factor; in all scenarios. What is seen is at
 * the first path, in the first scenario. */
hw_status hw_factor_try_value(hw_factor *factor, const hw_loaded *scenario, const hw_factor_value *value,
                              hw_factor_probe *seen, hw_errors *errors);
hw_status hw_factor_try_everywhere(hw_factor *factor, const hw_loaded *const *scenarios, uint32_t count,
                                   const hw_node *node, hw_factor_probe *seen, hw_errors *errors);

/* Refuses a path into a dated series that has no entry of that day. */
hw_status hw_factor_check_days(const hw_factor *factor, const hw_loaded *const *scenarios, uint32_t count,
                               hw_errors *errors);

#endif
