/* The uncertain values of a scenario as each of its worlds has drawn them: they are keyed, so they can be
 * drawn again. */
#ifndef HW_ANALYSIS_DRAWN_H
#define HW_ANALYSIS_DRAWN_H

#include "analysis/scenario/load.h"

/* All values, also those that come from a table (parameters_from). Borrowed. */
const hw_values *hw_drawn_values_of(const hw_loaded *loaded);

static inline bool hw_is_uncertain(const hw_value *value) {
    return value->distribution.kind != HW_FIXED;
}

/* Value after value, `worlds` numbers each, in held units. The caller frees it. */
double *hw_drawn_again(const hw_loaded *loaded, uint64_t seed, uint64_t worlds);

#endif
