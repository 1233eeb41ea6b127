/* What a result tells of a question that a fact answers too: how many hectares in Agdam from one day to
 * another, when the first families came. Series are read at the ends of their months, in between by a
 * straight line; what the model does not tell has a reason. */
#ifndef HW_ANALYSIS_BELIEF_TELLING_H
#define HW_ANALYSIS_BELIEF_TELLING_H

#include "analysis/belief/kinds.h"
#include "analysis/results/outcomes.h"

typedef struct hw_question {
    const hw_fact_kind *kind;
    const char *scope[HW_SCOPES]; /* borrowed; NULL: all of it */
    int64_t from, to;             /* days since 1970-01-01, both with their ends; `from` may be left open as
                                     INT64_MIN: since the model's first day */
} hw_question;

/* Whether both ask for the same, if of other days. */
bool hw_same_series(const hw_question *a, const hw_question *b);

/* Where the numbers lie: a sum of elements of one variable. */
typedef struct hw_telling {
    const hw_question *question; /* borrowed */
    const hw_variable *variable; /* NULL: the model does not tell it */
    char *why;                   /* not told; or told, but not exactly. NULL: exactly */
    hw_scope unknown;            /* HW_SCOPES, or whose name the scenario lacks */
    size_t *elements;
    double *factors;
    uint32_t count;
} hw_telling;

/* `layout` and the question must outlive the telling; free it. */
hw_telling hw_tell(const hw_record_layout *layout, int64_t start, int64_t horizon,
                   const hw_question *question);
void hw_telling_free(hw_telling *telling);

/* The samples of all tellings: for each one that is told outcomes->count numbers, replication by replication,
 * in held units; days since 1970-01-01, NaN when it has not happened by the horizon. NULL for the others. The
 * caller frees all of them and the array. NULL with an error when the file cannot be read. */
double **hw_tellings_read(const hw_outcomes *outcomes, const hw_telling *tellings, uint32_t count,
                          hw_errors *errors);
void hw_samples_free(double **samples, uint32_t count);

#endif
