/* Keyed random numbers: the only source of randomness in the program.
 *
 * Philox4x64-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC11; Random123) is a keyed
 * bijection of 256-bit counters. key = (seed, replication); counter = (entity, purpose, occurrence, block).
 * All fit without hashing, so two purposes can never share a draw, and a draw depends neither on the order of
 * events, nor on the number of ranks, nor on which options are on. */
#ifndef HW_SIM_RNG_H
#define HW_SIM_RNG_H

#include <Random123/philox.h>
#include <assert.h>
#include <stdint.h>

typedef struct hw_rng_key {
    uint64_t seed, replication;
} hw_rng_key;

/* What a draw is for. `entity` says who (a stable number, e.g. hw_entity of its name); `purpose` is from the
 * one enum of the model; `occurrence` counts how often this entity has drawn for this purpose. */

/* A uniform number in the open interval (0, 1) from the upper 52 of 64 random bits: multiples of 2^-52,
 * shifted by half a step. One bit more, and the half step would be rounded away for numbers over one half, up
 * to 1 itself. The signed detour is one machine instruction where the unsigned one is several. */
static inline double hw_uniform_from_bits(uint64_t bits) {
    return ((double)(int64_t)(bits >> 12) + 0.5) * 0x1.0p-52;
}

/* The keys of Philox's rounds, which follow from a replication's key: who draws block after block works them
 * out once, which saves a quarter of a block's instructions. */
typedef struct hw_rng_rounds {
    philox4x64_key_t key[philox4x64_rounds];
} hw_rng_rounds;

static inline hw_rng_rounds hw_rng_rounds_of(hw_rng_key key) {
    philox4x64_key_t of_round = {{key.seed, key.replication}};
    hw_rng_rounds rounds = {0};
    for (int i = 0; i < philox4x64_rounds; i++) {
        rounds.key[i] = of_round;
        of_round = _philox4x64bumpkey(of_round);
    }
    return rounds;
}

/* Four independent uniforms in (0, 1): draws that are always needed together are drawn as one block. */
static inline void hw_draw_block_by(const hw_rng_rounds *rounds, uint64_t entity, uint64_t purpose,
                                    uint64_t occurrence, double uniform[4]) {
    philox4x64_ctr_t bits = {{entity, purpose, occurrence, 0}};
    for (int i = 0; i < philox4x64_rounds; i++) {
        bits = _philox4x64round(bits, rounds->key[i]);
    }
    for (int i = 0; i < 4; i++) {
        uniform[i] = hw_uniform_from_bits(bits.v[i]);
    }
}

/* The same of a key that draws little. */
static inline void hw_draw_block(hw_rng_key key, uint64_t entity, uint64_t purpose, uint64_t occurrence,
                                 double uniform[4]) {
    hw_rng_rounds rounds = hw_rng_rounds_of(key);
    hw_draw_block_by(&rounds, entity, purpose, occurrence, uniform);
}

/* One uniform in (0, 1): the first of the block. */
static inline double hw_draw(hw_rng_key key, uint64_t entity, uint64_t purpose, uint64_t occurrence) {
    double uniform[4];
    hw_draw_block(key, entity, purpose, occurrence, uniform);
    return uniform[0];
}

/* A sequence of numbers for one (entity, purpose, occurrence), for when their count is not known beforehand.
 * 2^64 blocks long; plain data, copy it to fork it. Its first block is that of hw_draw_block. */
typedef struct hw_draws {
    philox4x64_key_t key;
    philox4x64_ctr_t counter;
    philox4x64_ctr_t bits;
    uint32_t left; /* unused words of `bits` */
} hw_draws;

static inline void hw_draws_open(hw_draws *draws, hw_rng_key key, uint64_t entity, uint64_t purpose,
                                 uint64_t occurrence) {
    draws->key = (philox4x64_key_t){{key.seed, key.replication}};
    draws->counter = (philox4x64_ctr_t){{entity, purpose, occurrence, 0}};
    draws->left = 0;
}

static inline uint64_t hw_draws_bits(hw_draws *draws) {
    if (draws->left == 0) {
        draws->bits = philox4x64(draws->counter, draws->key);
        draws->counter.v[3]++;
        draws->left = 4;
    }
    return draws->bits.v[4 - draws->left--];
}

static inline double hw_draws_uniform(hw_draws *draws) {
    assert(draws->left <= 4);
    return hw_uniform_from_bits(hw_draws_bits(draws));
}

/* A stable number for a name (64-bit FNV-1a; http://www.isthe.com/chongo/tech/comp/fnv/): the same in every
 * build and scenario, so a district keeps its world when another district is added. */
uint64_t hw_entity(const char *name);

#endif
