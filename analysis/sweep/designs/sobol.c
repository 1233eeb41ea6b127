/* Sobol's quasi-random sequence (GSL: Bratley and Fox 1988, TOMS algorithm 659). For sensitivity indices each
 * row of the sequence in twice as many dimensions gives two points A and B, and for each factor i the point
 * AB_i, which is A with coordinate i taken from B (Saltelli et al. 2010, Computer Physics Communications 181,
 * table 2). */
#include "analysis/sweep/design.h"
#include <gsl/gsl_qrng.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct terms {
    uint32_t rows;
    bool indices;
} terms;

static const hw_key keys[] = {
    {.name = "rows",
     .type = HW_KEY_COUNT,
     .low = 1,
     .high = 10000000,
     .standard = "128",
     .offset = offsetof(terms, rows),
     .meaning =
         "Rows of the sequence. With indices each row gives as many points as there are factors, and two "
         "more.",
     .source = "our choice"},
    {.name = "indices",
     .type = HW_KEY_YES_NO,
     .standard = "yes",
     .offset = offsetof(terms, indices),
     .meaning = "Arrange the points so that main and total sensitivity indices can be computed from them.",
     .source = "our choice"},
};

const hw_section hw_design_sobol_parameters = {
    "sobol", "Quasi-random points, usually arranged for Sobol's sensitivity indices.", sizeof(terms), keys,
    HW_LENGTH(keys)};

typedef struct sequence {
    uint32_t dimensions;
    bool indices;
    double numbers[]; /* row after row */
} sequence;

enum { DIMENSIONS_MOST = 40 }; /* of GSL's tables */

static bool fill(sequence *s, uint32_t rows) {
    gsl_qrng *generator = gsl_qrng_alloc(gsl_qrng_sobol, s->dimensions);
    for (uint32_t row = 0; generator != NULL && row < rows; row++) {
        gsl_qrng_get(generator, s->numbers + (size_t)row * s->dimensions);
    }
    bool good = generator != NULL;
    gsl_qrng_free(generator);
    return good;
}

static hw_status make_plan(const void *parameters, hw_design_plan *plan, hw_errors *errors) {
    const terms *wanted = parameters;
    uint32_t factors = plan->question.factor_count;
    uint32_t dimensions = wanted->indices ? 2 * factors : factors;
    if (dimensions > DIMENSIONS_MOST) {
        hw_errors_add(
            errors, plan->question.where,
            "the Sobol sequence has at most %d dimensions: %d factors with indices, found %u; morris finds "
            "those that matter",
            (int)DIMENSIONS_MOST, (int)DIMENSIONS_MOST / 2, factors);
        return HW_ERROR_INPUT;
    }
    sequence *s = calloc(1, sizeof *s + (size_t)wanted->rows * dimensions * sizeof s->numbers[0]);
    if (s == NULL) {
        return HW_ERROR_MEMORY;
    }
    s->dimensions = dimensions;
    s->indices = wanted->indices;
    plan->state = s;
    plan->points = (uint64_t)wanted->rows * (wanted->indices ? factors + 2 : 1);
    return fill(s, wanted->rows) ? HW_OK : HW_ERROR_MEMORY;
}

/* Blocks of a row: 0 is A, 1 is B, 2 + i is AB_i. */
static void point(const hw_design_plan *plan, uint64_t number, double *unit, hw_design_place *place) {
    const sequence *s = plan->state;
    uint32_t factors = plan->question.factor_count;
    uint64_t blocks = s->indices ? factors + 2 : 1;
    uint64_t row = number / blocks;
    uint64_t block = number % blocks;
    const double *a = s->numbers + row * s->dimensions;
    memcpy(unit, block == 1 ? a + factors : a, factors * sizeof *unit);
    if (block >= 2) {
        unit[block - 2] = a[factors + block - 2];
    }
    place->number[0] = (int32_t)row;
    place->number[1] = (int32_t)block;
}

static void release(hw_design_plan *plan) {
    free(plan->state);
}

const hw_design hw_design_sobol = {
    .place_names = {"sobol_row", "sobol_block"},
    .place_meanings = {"row of the sequence",
                       "0: A, 1: B, 2 + i: A with factor i (from 0) of B; always 0 without indices"},
    .plan = make_plan,
    .point = point,
    .release = release};
