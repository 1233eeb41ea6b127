/* Philox streams, by key; and the same as a generator of GSL. */
#include "sim/rng.h"

#include <assert.h>
#include <limits.h>

static_assert(sizeof(unsigned long) == sizeof(uint64_t), "GSL hands out random words as unsigned long");

static void set(void *state, unsigned long seed) {
    hw_draws_open(state, (hw_rng_key){.seed = seed, .replication = 0}, 0, 0, 0);
}

static unsigned long get(void *state) {
    return hw_draws_bits(state);
}

static double get_double(void *state) {
    return hw_draws_uniform(state);
}

static const gsl_rng_type keyed_philox = {
    .name = "philox4x64-10 keyed",
    .max = ULONG_MAX,
    .min = 0,
    .size = sizeof(hw_draws),
    .set = set,
    .get = get,
    .get_double = get_double,
};

const gsl_rng_type *hw_rng_gsl_type(void) {
    return &keyed_philox;
}

void hw_rng_gsl_open(gsl_rng *rng, hw_rng_key key, uint64_t entity, uint64_t purpose, uint64_t occurrence) {
    assert(rng->type == &keyed_philox);
    hw_draws_open(gsl_rng_state(rng), key, entity, purpose, occurrence);
}

uint64_t hw_entity(const char *name) {
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (const char *letter = name; *letter != '\0'; letter++) {
        hash = (hash ^ (unsigned char)*letter) * UINT64_C(0x100000001b3);
    }
    return hash;
}
