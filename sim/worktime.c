/* The cumulative table of working time. */
#include "sim/worktime.h"
#include <assert.h>

void hw_worktime_fill(hw_worktime *table, const double *share) {
    table->inverse_step = 1.0 / table->step_days;
    table->cumulative[0] = 0.0;
    assert(table->step_days > 0.0);
    for (uint32_t i = 0; i < table->steps; i++) {
        assert(share[i] >= 0.0 && share[i] <= 1.0);
        table->cumulative[i + 1] = table->cumulative[i] + share[i] * table->step_days;
    }
    for (uint32_t i = table->steps + 1; i < hw_worktime_entries(table->steps); i++) {
        table->cumulative[i] = HUGE_VAL;
    }
}
