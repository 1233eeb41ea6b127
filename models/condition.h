/* A funding condition says whether the next tranche of a pledge, or part of a budget, may be paid.
 *
 * A new condition is one file, which defines `hw_condition_<name>` and its descriptor table
 * `hw_condition_<name>_parameters`, and one row in conditions/conditions.c. */
#ifndef HW_MODELS_CONDITION_H
#define HW_MODELS_CONDITION_H

#include "sim/schema.h"

/* What a donor sees on a planning day. */
typedef struct hw_donor_view {
    double day;                 /* days since the start */
    double months_since_pledge; /* of a budget: since its first day */
    double released_last_year_m2;
    double failed_checks_last_year; /* share of external quality checks that failed; 0 when there was none */
    double closed_days_last_year;   /* mean over districts of days closed by conflict */
    double treaty_days;             /* since accession to the treaty took effect; negative: it has not */
    double answer; /* uniform in (0, 1), one for each pledge and replication: who answers and who does not */
} hw_donor_view;

typedef struct hw_condition { /* `holds` NULL: always */
    bool (*holds)(const void *parameters, const double *values, const hw_donor_view *view);
} hw_condition;

extern const hw_registry hw_conditions;
extern const hw_condition *const hw_condition_list[];
extern const char *const hw_condition_names[];

#endif
