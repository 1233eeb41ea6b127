/* Funding condition: enough land was released in the last twelve months. */
#include "models/condition.h"

typedef struct terms {
    hw_value_id released;
} terms;

static const hw_key keys[] = {
    {.name = "released",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_AREA,
     .low = 0,
     .high = 1e11,
     .standard = "50 km2",
     .offset = offsetof(terms, released),
     .meaning = "Least area released in twelve months, by all operators."},
};

const hw_section hw_condition_performance_parameters = {
    "performance",
    "Enough land must have been released in the last twelve months; the first tranche, before a year of "
    "work, is free.",
    sizeof(terms), keys, HW_LENGTH(keys)};

static bool holds(const void *parameters, const double *values, const hw_donor_view *view) {
    const terms *t = parameters;
    return view->months_since_pledge < 12 || view->released_last_year_m2 >= values[t->released];
}

const hw_condition hw_condition_performance = {.holds = holds};
