/* The cumulative table of working time. */
#include "sim/worktime.h"

void hw_worktime_fill(hw_worktime *table, const double *share) {
    table->inverse_step = 1.0 / table->step_days;
    table->cumulative[0] = 0.0;
    for (uint32_t i = 0; i < table->steps; i++) {
        table->cumulative[i + 1] = table->cumulative[i] + share[i] * table->step_days;
    }
}
