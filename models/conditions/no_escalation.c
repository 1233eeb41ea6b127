/* Funding condition: conflict has not closed districts for too long. */
#include "models/condition.h"

typedef struct terms {
    hw_value_id closed;
} terms;

static const hw_key keys[] = {
    {.name = "closed",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_TIME,
     .low = 0,
     .high = 366,
     .standard = "30 days",
     .offset = offsetof(terms, closed),
     .meaning = "Most days closed by conflict, mean over districts."},
};

const hw_section hw_condition_no_escalation_parameters = {
    "no_escalation",
    "The districts must not have been closed by conflict for too long in the last twelve months.",
    sizeof(terms), keys, HW_LENGTH(keys)};

static bool holds(const void *parameters, const double *values, const hw_donor_view *view) {
    const terms *t = parameters;
    return view->closed_days_last_year <= values[t->closed];
}

const hw_condition hw_condition_no_escalation = {.holds = holds};
