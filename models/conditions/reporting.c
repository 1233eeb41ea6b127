/* Funding condition: external quality checks did not fail too often. */
#include "models/condition.h"

typedef struct terms {
    hw_value_id failed;
} terms;

static const hw_key keys[] = {
    {.name = "failed",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_SHARE,
     .low = 0,
     .high = 1,
     .standard = "10 %",
     .offset = offsetof(terms, failed),
     .meaning = "Largest share of failed checks."},
};

const hw_section hw_condition_reporting_parameters = {
    "reporting", "External quality checks of the last twelve months must not have failed too often.",
    sizeof(terms), keys, HW_LENGTH(keys)};

static bool holds(const void *parameters, const double *values, const hw_donor_view *view) {
    const terms *t = parameters;
    return view->failed_checks_last_year <= values[t->failed];
}

const hw_condition hw_condition_reporting = {.holds = holds};
