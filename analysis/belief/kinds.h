/* What facts can be about: one row a quantity, which says where a result tells it. Observations, forecasts
 * and help texts all read this table. */
#ifndef HW_ANALYSIS_BELIEF_KINDS_H
#define HW_ANALYSIS_BELIEF_KINDS_H

#include "sim/schema.h"

/* On which scale distances between a fact and a world are taken: square roots of counts and areas, whose
 * spread grows with their size; logarithms of money; days as they are. */
typedef enum hw_fact_scale { HW_SCALE_ROOT, HW_SCALE_LOG, HW_SCALE_DAY } hw_fact_scale;

/* What narrows a quantity down. `of` is a label of the kind's own axis, the others are axes by their names.
 */
typedef enum hw_scope {
    HW_SCOPE_OF,
    HW_SCOPE_DISTRICT,
    HW_SCOPE_PLACE,
    HW_SCOPE_OPERATOR,
    HW_SCOPE_STREAM,
    HW_SCOPE_PURPOSE,
    HW_SCOPES
} hw_scope;
extern const char *const hw_scope_names[HW_SCOPES];

enum { HW_FACT_VARIABLES = 3 };

typedef struct hw_fact_kind {
    const char *name; /* "land_released" */
    const char *meaning;
    hw_dimension dimension;
    hw_fact_scale scale;
    bool day;          /* the value is a date */
    bool level;        /* how it stands on the last day; otherwise what came from the first to the last day */
    bool anew;         /* what came on top of what stood there at the start */
    bool counts;       /* single things: two histories of one cause differ by the square root of them */
    bool per_day;      /* the mean over the days */
    const char *units; /* in tables, */
    double in_units;   /* of one held unit */
    const char *of_axis;  /* whose labels `of` names; NULL: it takes no `of` */
    const char *of_fixed; /* the only label of that axis that it means; NULL: `of` says which */
    const char *all_but;  /* the label that it leaves out where `of` is not given */
    const char *variables[HW_FACT_VARIABLES]; /* of a result, the widest first */
} hw_fact_kind;

extern const hw_fact_kind hw_fact_kinds[];
extern const uint32_t hw_fact_kind_count;

/* The kind of that name, or NULL. */
const hw_fact_kind *hw_fact_kind_find(const char *name);

#endif
