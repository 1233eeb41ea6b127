/* Sampling designs: at which points of the unit cube (one dimension for each factor) a sweep looks.
 *
 * A new design is one file in analysis/sweep/designs/, which defines `hw_design_<name>` and its descriptor
 * table `hw_design_<name>_parameters`, and one row in designs/designs.c. Every draw is keyed by the sweep's
 * seed, so any rank can ask for any point at any time and get the same. */
#ifndef HW_ANALYSIS_DESIGN_H
#define HW_ANALYSIS_DESIGN_H

#include "sim/error.h"
#include "sim/schema.h"
#include <stdbool.h>
#include <stdint.h>

/* What a design is asked to plan. */
typedef struct hw_design_question {
    const char *const *names; /* of the factors */
    const uint32_t *levels;   /* of each factor: how many it has, 0 for a continuous one */
    uint32_t factor_count;
    uint64_t seed;
    hw_position where;  /* of the design, for errors */
    const char *beside; /* path of the design's file: other files are named relative to it */
} hw_design_question;

typedef struct hw_design_plan {
    hw_design_question question;
    uint64_t points;
    char note[160]; /* what a person should know of it, e.g. "resolution IV"; may be empty */
    void *state;    /* the design's own */
} hw_design_plan;

/* Where a point stands in the arrangement of a design that has one; see hw_design.place_names. */
typedef struct hw_design_place {
    int32_t number[2];
} hw_design_place;

typedef struct hw_design {
    /* Points lie on the ends of ranges: a distribution is then cut at its 1st and 99th percentile. */
    bool reaches_ends;
    const char *place_names[2]; /* coordinates of the result besides the factors, or NULL */
    const char *place_meanings[2];

    /* The file that it has read besides the sweep's own; NULL: it reads none. */
    const char *(*file)(const hw_design_plan *plan);

    /* Fills in points, note and state. HW_ERROR_INPUT with errors when it cannot. */
    hw_status (*plan)(const void *parameters, hw_design_plan *plan, hw_errors *errors);

    /* unit[f] in [0, 1] for each factor; NaN when the design says values itself. */
    void (*point)(const hw_design_plan *plan, uint64_t point, double *unit, hw_design_place *place);

    /* The value of a factor as YAML and where it stands; NULL for designs of the unit cube. */
    const char *(*text)(const hw_design_plan *plan, uint64_t point, uint32_t factor, hw_position *where);

    void (*release)(hw_design_plan *plan); /* frees state; NULL without state */
} hw_design;

extern const hw_registry hw_designs;
extern const hw_design *const hw_design_list[];

/* Keys of draws: nothing of a model is drawn for this replication. */
enum { HW_DESIGN_STRATUM = 1, HW_DESIGN_JITTER, HW_DESIGN_ORDER, HW_DESIGN_BASE };
static inline hw_rng_key hw_design_key(const hw_design_plan *plan) {
    return (hw_rng_key){.seed = plan->question.seed, .replication = UINT64_MAX};
}

#endif
