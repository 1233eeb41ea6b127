/* A 2^(k-p) fraction of the full factorial design (Box, Hunter and Hunter 2005, "Statistics for
 * experimenters", chapter 6). With 2^b runs the first b factors take all combinations; each further factor is
 * the product of several of them. One more factor is the product of all b. Up to half as many factors as
 * runs, products of an odd number of factors are taken: then no three factors multiply to a constant, so that
 * the resolution is IV at least. Main effects are balanced and orthogonal to each other in any case. */
#include "analysis/sweep/design.h"
#include <stdio.h>
#include <stdlib.h>

typedef struct terms {
    uint32_t runs;
} terms;

static const hw_key keys[] = {
    {.name = "runs",
     .type = HW_KEY_COUNT,
     .low = 2,
     .high = 1048576,
     .standard = "16",
     .offset = offsetof(terms, runs),
     .meaning = "Points: a power of two that is larger than the number of factors.",
     .source = "our choice"},
};

const hw_section hw_design_fractional_factorial_parameters = {
    "fractional_factorial",
    "A balanced part of the full factorial design: main effects from few points, confounded with "
    "interactions "
    "as its resolution says.",
    sizeof(terms), keys, HW_LENGTH(keys)};

/* Words up to this length are looked for: beyond it nobody cares. */
enum { WORD_MOST = 5 };

/* The factors of a run as a set of bits: which basic factors each is a product of. */
static void assign_generators(uint32_t basic, uint32_t factor_count, uint32_t *generators) {
    uint32_t count = 0;
    for (uint32_t f = 0; f < basic && count < factor_count; f++) {
        generators[count++] = 1U << f;
    }
    const uint32_t all = 1U << (basic % 32); /* sets of basic factors; there are at most 20 */
    bool odd_only = factor_count > basic + 1 && factor_count <= all / 2;
    for (uint32_t letters = basic; letters >= 2; letters--) {
        if (odd_only && letters % 2 == 0) {
            continue;
        }
        for (uint32_t set = 1; set < all && count < factor_count; set++) {
            if ((uint32_t)__builtin_popcount(set) == letters) {
                generators[count++] = set;
            }
        }
    }
}

/* Whether some `letters` of the generators from `first` on multiply to `product`. */
static bool multiply_to(const uint32_t *generators, uint32_t count, uint32_t first, uint32_t letters,
                        uint32_t product) {
    if (letters == 0) {
        return product == 0;
    }
    for (uint32_t f = first; f + letters <= count; f++) {
        if (multiply_to(generators, count, f + 1, letters - 1, product ^ generators[f])) {
            return true;
        }
    }
    return false;
}

/* The length of the shortest word that is always one: the resolution. */
static uint32_t resolution_of(const uint32_t *generators, uint32_t count) {
    for (uint32_t letters = 3; letters <= WORD_MOST && letters <= count; letters++) {
        if (multiply_to(generators, count, 0, letters, 0)) {
            return letters;
        }
    }
    return WORD_MOST + 1;
}

static void describe(hw_design_plan *plan, uint32_t basic) {
    static const char *const meanings[] = {
        "III: a main effect is confounded with interactions of two factors",
        "IV: interactions of two factors are confounded with each other",
        "V: interactions of two factors are confounded with those of three"};
    uint32_t count = plan->question.factor_count;
    if (count <= basic) {
        snprintf(plan->note, sizeof plan->note, "nothing is confounded: this is the full factorial design");
        return;
    }
    if (count > 64) {
        snprintf(plan->note, sizeof plan->note, "resolution III or higher");
        return;
    }
    uint32_t resolution = resolution_of(plan->state, count);
    snprintf(plan->note, sizeof plan->note, "resolution %s",
             resolution <= WORD_MOST ? meanings[resolution - 3] : "VI or higher");
}

static hw_status make_plan(const void *parameters, hw_design_plan *plan, hw_errors *errors) {
    uint32_t runs = ((const terms *)parameters)->runs;
    uint32_t count = plan->question.factor_count;
    if ((runs & (runs - 1)) != 0 || runs <= count) {
        uint32_t enough = 2;
        while (enough <= count || enough < runs) {
            enough *= 2;
        }
        hw_errors_add(errors, plan->question.where,
                      "'runs': expected a power of two larger than the %u factors, found %u; the next is %u",
                      count, runs, enough);
        return HW_ERROR_INPUT;
    }
    plan->state = calloc(count + 1, sizeof(uint32_t));
    if (plan->state == NULL) {
        return HW_ERROR_MEMORY;
    }
    uint32_t basic = (uint32_t)__builtin_ctz(runs);
    assign_generators(basic, count, plan->state);
    plan->points = runs;
    describe(plan, basic);
    return HW_OK;
}

/* With 0 for the low and 1 for the high end a product of an odd number of low ends is low, so that the run
 * with all basic factors high has all factors high. */
static void point(const hw_design_plan *plan, uint64_t number, double *unit, hw_design_place *place) {
    (void)place;
    const uint32_t *generators = plan->state;
    for (uint32_t f = 0; f < plan->question.factor_count; f++) {
        uint32_t low_ends = (uint32_t)__builtin_popcount(generators[f] & ~(uint32_t)number);
        unit[f] = low_ends % 2 ? 0.0 : 1.0;
    }
}

static void release(hw_design_plan *plan) {
    free(plan->state);
}

const hw_design hw_design_fractional_factorial = {
    .reaches_ends = true, .plan = make_plan, .point = point, .release = release};
