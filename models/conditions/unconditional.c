#include "models/condition.h"

const hw_section hw_condition_unconditional_parameters = {
    "unconditional", "Tranches are paid when they are due.", HW_NO_PARAMETERS, NULL, 0};

static bool holds(const void *parameters, const double *values, const hw_donor_view *view) {
    (void)parameters;
    (void)values;
    (void)view;
    return true;
}

const hw_condition hw_condition_unconditional = {.holds = holds};
