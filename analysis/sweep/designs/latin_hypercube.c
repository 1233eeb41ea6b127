/* Latin hypercube sampling (McKay, Beckman and Conover 1979, Technometrics 21): each factor's range is cut
 * into as many strata as there are points, and each stratum holds one point, at random inside it. */
#include "analysis/sweep/design.h"
#include <math.h>

typedef struct terms {
    uint32_t points;
} terms;

static const hw_key keys[] = {
    {.name = "points",
     .type = HW_KEY_COUNT,
     .low = 2,
     .high = 100000000,
     .standard = "100",
     .offset = offsetof(terms, points),
     .meaning = "Points, and strata of each factor.",
     .source = "our choice"},
};

const hw_section hw_design_latin_hypercube_parameters = {
    "latin_hypercube", "Random points, spread evenly over the range of each factor.", sizeof(terms), keys,
    HW_LENGTH(keys)};

static hw_status make_plan(const void *parameters, hw_design_plan *plan, hw_errors *errors) {
    (void)errors;
    plan->points = ((const terms *)parameters)->points;
    return HW_OK;
}

enum { ROUNDS = 6 };

/* A keyed permutation of 0 .. count - 1 that needs no memory: a Feistel network over the next power of four,
 * walked until it falls below `count` (Black and Rogaway 2002, "Ciphers with arbitrary finite domains"). */
static uint64_t permuted(hw_rng_key key, uint64_t entity, uint64_t item, uint64_t count) {
    uint32_t half_bits = 1;
    while (half_bits < 32 && UINT64_C(1) << (2 * half_bits) < count) {
        half_bits++;
    }
    const uint64_t mask = (UINT64_C(1) << half_bits) - 1;
    do {
        uint64_t left = item >> half_bits;
        uint64_t right = item & mask;
        for (uint64_t round = 0; round < ROUNDS; round++) {
            double mixed = hw_draw(key, entity, HW_DESIGN_STRATUM, right * ROUNDS + round);
            uint64_t next = left ^ (uint64_t)(mixed * (double)(mask + 1));
            left = right;
            right = next;
        }
        item = left << half_bits | right;
    } while (item >= count);
    return item;
}

static void point(const hw_design_plan *plan, uint64_t number, double *unit, hw_design_place *place) {
    (void)place;
    hw_rng_key key = hw_design_key(plan);
    for (uint32_t f = 0; f < plan->question.factor_count; f++) {
        uint64_t stratum = permuted(key, f, number, plan->points);
        double jitter = hw_draw(key, f, HW_DESIGN_JITTER, number);
        unit[f] = ((double)stratum + jitter) / (double)plan->points;
        /* Rounding must not lift a point into the next stratum. */
        unit[f] = fmin(unit[f], nextafter((double)(stratum + 1) / (double)plan->points, 0.0));
    }
}

const hw_design hw_design_latin_hypercube = {.plan = make_plan, .point = point};
