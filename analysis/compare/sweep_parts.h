/* Shared by the files that compare points of sweeps. */
#ifndef HW_ANALYSIS_COMPARE_SWEEP_PARTS_H
#define HW_ANALYSIS_COMPARE_SWEEP_PARTS_H

#include "analysis/compare/parts.h"
#include "analysis/compare/sweep.h"

/* Why a point is left out. */
typedef enum hw_left_out { HW_LEFT_OUT_FEW_WORLDS, HW_LEFT_OUT_NO_TWIN, HW_LEFT_OUT_REASONS } hw_left_out;

/* The contenders, and the question. */
typedef struct hw_sweep_field {
    hw_sweep_sample *sample, *base_sample; /* the same one when points are compared within a sweep */
    bool own_bases;                        /* true: each variant is compared with the same point elsewhere */
    const char *own_bases_of;              /* name of that sweep or scenario: "A/sweep.h5" */
    uint64_t *points;                      /* of each variant: which one it is */
    hw_outcomes *outcomes;
    hw_contender *variants;
    uint32_t count;
    uint64_t *base_points; /* of each variant, or of all */
    hw_outcomes *base_outcomes;
    hw_contender *bases;
    uint32_t base_count;
    uint64_t *left_out; /* points that cannot be compared */
    hw_left_out *left_out_why;
    uint32_t left_out_count;
    char *outcome, *element; /* the output and the element asked for, or NULL */
} hw_sweep_field;

/* Whether only summaries can be compared. */
static inline bool hw_sweep_field_is_apart(const hw_sweep_field *field) {
    return !field->sample->kept || !field->base_sample->kept;
}

/* Choose points as the wish says and open them as contenders; free the field after failure too. Points that
 * cannot be compared are left out. HW_ERROR_INPUT when nothing is left, or what is asked for is not there. */
hw_status hw_sweep_field_from_one(hw_sweep_field *field, const hw_compare_sweep_wish *wish,
                                  hw_errors *errors);
hw_status hw_sweep_field_from_two(hw_sweep_field *field, const hw_compare_sweep_wish *wish,
                                  hw_errors *errors);
void hw_sweep_field_free(hw_sweep_field *field);

/* The kinds of differences of all outputs, or of the one asked for; free them with the function below. */
hw_compare_kind *hw_sweep_kinds(const hw_sweep_field *field, uint32_t *count);
void hw_sweep_kinds_free(hw_compare_kind *kinds, uint32_t count);
/* How many rows they will have for each variant, with that many dates. */
double hw_sweep_kinds_rows(const hw_sweep_field *field, const hw_compare_kind *kinds, uint32_t count,
                           uint32_t by_count);

enum { HW_SWEEP_CRITERIA_MOST = 4 };

/* A number of the outcome by which points are ranked. */
typedef struct hw_sweep_criterion {
    uint32_t kind;     /* of its rows */
    const char *label; /* of its rows */
    double by;         /* date of its rows, or NaN */
    char *title;       /* "release: Aghali"; owned */
} hw_sweep_criterion;

typedef struct hw_sweep_ranking {
    hw_sweep_criterion criteria[HW_SWEEP_CRITERIA_MOST];
    uint32_t count;
    size_t *found;   /* variant * count + criterion: which row; SIZE_MAX when it is not known */
    uint32_t *order; /* variants, the lowest difference by the first criterion first */
} hw_sweep_ranking;

struct hw_sweep_comparison {
    hw_sweep_field field;
    hw_compare_kind *kinds; /* of the outputs; NULL where all of the outcome was kept */
    uint32_t kind_count;
    hw_comparison all;
    hw_sweep_ranking ranking;
};

/* A variant's row by a criterion, or NULL. */
static inline const hw_compare_row *hw_sweep_found(const hw_sweep_comparison *c, uint32_t variant,
                                                   uint32_t criterion) {
    size_t row = c->ranking.found[(size_t)variant * c->ranking.count + criterion];
    return row != SIZE_MAX ? &c->all.rows[row] : NULL;
}

static inline const hw_compare_kind *hw_sweep_kind_of(const hw_sweep_comparison *c, uint32_t criterion) {
    return &c->all.kinds[c->ranking.criteria[criterion].kind];
}

/* Chooses the criteria from the rows that are there, and puts the points in order. */
void hw_sweep_rank(hw_sweep_comparison *comparison);
void hw_sweep_find(hw_sweep_comparison *comparison);

/* "point 0: rule=worst_first", "the same point of A/sweep.h5". The caller frees it. */
char *hw_sweep_base_words(const hw_sweep_field *field);
const char *hw_left_out_words(hw_left_out why);

#endif
