/* No funding condition: tranches are paid when they are due. */
#include "models/condition.h"

const hw_section hw_condition_unconditional_parameters = {
    "unconditional", "Tranches are paid when they are due.", HW_NO_PARAMETERS, NULL, 0};

const hw_condition hw_condition_unconditional = {.holds = NULL};
