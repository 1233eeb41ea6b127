/* What a sweep would cost: points, core-hours, files, memory; measured on a few replications. */
#ifndef HW_ANALYSIS_SWEEP_DRY_RUN_H
#define HW_ANALYSIS_SWEEP_DRY_RUN_H

#include "analysis/sweep/plan.h"
#include <stdio.h>

typedef struct hw_sweep_cost {
    double replication_seconds; /* of one core */
    double point_seconds;       /* to set up a point, without its replications */
    double process_bytes; /* the most that this process has had for it, with MPI, libraries and the plan */
} hw_sweep_cost;

/* Runs a few replications of the first, the middle and the last point. HW_ERROR_INPUT when none of them can
 * be opened, HW_ERROR_MEMORY when a world does not fit. */
hw_status hw_sweep_measure(const hw_sweep_plan *plan, hw_sweep_cost *cost, hw_errors *errors);

void hw_sweep_print_plan(FILE *out, const hw_sweep_plan *plan);
void hw_sweep_print_cost(FILE *out, const hw_sweep_plan *plan, const hw_sweep_cost *cost);

#endif
