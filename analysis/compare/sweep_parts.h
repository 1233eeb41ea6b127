/* Shared by the files of compare_sweep*.c. */
#ifndef HW_ANALYSIS_COMPARE_SWEEP_PARTS_H
#define HW_ANALYSIS_COMPARE_SWEEP_PARTS_H

#include "analysis/compare/parts.h"
#include "analysis/compare/sweep.h"

/* The contenders, and what is asked of them. */
typedef struct hw_sweep_field {
    hw_sweep_sample *sample, *base_sample; /* the same one when points are compared within a sweep */
    bool own_bases;                        /* each variant has its own: the same point elsewhere, */
    const char *own_bases_of;              /* of this sweep or scenario, as told: "A/sweep.h5" */
    uint64_t *points;                      /* of each variant: which one it is */
    hw_outcomes *outcomes;
    hw_contender *variants;
    uint32_t count;
    uint64_t *base_points; /* of each variant, or of all */
    hw_outcomes *base_outcomes;
    hw_contender *bases;
    uint32_t base_count;
    uint64_t *left_out; /* points that cannot be compared */
    const char **left_out_why;
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

/* The kinds of sheets of all outputs, or of the one asked for; free them with the function below. */
hw_compare_sheet *hw_sweep_kinds(const hw_sweep_field *field, uint32_t *count);
void hw_sweep_kinds_free(hw_compare_sheet *kinds, uint32_t count);
/* How many rows they will have for each variant, with that many dates. */
double hw_sweep_kinds_rows(const hw_sweep_field *field, const hw_compare_sheet *kinds, uint32_t count,
                           uint32_t by_count);

/* The name of an element of a variable: "Agdam city", "Agdam city, money"; of a single number the variable's
 * own. The caller frees it. */
char *hw_sweep_element(const hw_record_layout *layout, const hw_variable *variable, size_t element);

enum { HW_SWEEP_CRITERIA_MOST = 4 };

/* A number of the outcome by which points are ranked: rows of a sheet of differences. */
typedef struct hw_sweep_criterion {
    const char *sheet; /* name */
    char *label;       /* of the rows; owned */
    char *title;       /* "release: Aghali"; owned */
    double by;         /* day of the rows, or NaN */
    char units[24];
    uint32_t decimals;
} hw_sweep_criterion;

/* The difference of one variant by a criterion. */
typedef struct hw_sweep_difference {
    double base, value, low, high, error;
    hw_verdict verdict;
    bool known;
} hw_sweep_difference;

typedef struct hw_sweep_ranking {
    const hw_sweep_field *field;
    hw_sweep_criterion criteria[HW_SWEEP_CRITERIA_MOST];
    uint32_t count;
    hw_sweep_difference *found; /* variant * count + criterion */
    uint32_t *order;            /* variants, the lowest difference by the first criterion first */
} hw_sweep_ranking;

/* Chooses the criteria from the sheets that are there, and reads and orders what they say. Free it. */
void hw_sweep_ranking_make(hw_sweep_ranking *ranking, const hw_compare *all);
void hw_sweep_ranking_free(hw_sweep_ranking *ranking);

/* The sheet "findings". */
void hw_sweep_add_findings(const hw_compare *all, const hw_sweep_ranking *ranking);

/* Adds the sheets about the sweep, the ranking, what was left out, and the findings; the plan's context is
 * the field. */
void hw_sweep_conclude(hw_compare *all);

#endif
