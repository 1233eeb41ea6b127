/* Draws the values of worlds again. */
#include "analysis/decide/drawn.h"
#include "analysis/base/memory.h"
#include "models/draws.h"
#include "models/scenario.h"
#include "sim/rng.h"
#include <stdlib.h>

const hw_values *hw_drawn_values_of(const hw_loaded *loaded) {
    return ((const hw_scenario *)loaded->scenario)->values;
}

double *hw_drawn_again(const hw_loaded *loaded, uint64_t seed, uint64_t worlds) {
    const hw_values *values = hw_drawn_values_of(loaded);
    double *drawn = hw_take((size_t)values->count * worlds, sizeof *drawn);
    double *one = hw_take(values->count, sizeof *one);
    for (uint64_t r = 0; r < worlds; r++) {
        hw_values_realise(values, (hw_rng_key){.seed = seed, .replication = r}, HW_DRAW_VALUE, one);
        for (uint32_t i = 0; i < values->count; i++) {
            drawn[(size_t)i * worlds + r] = one[i];
        }
    }
    free(one);
    return drawn;
}
