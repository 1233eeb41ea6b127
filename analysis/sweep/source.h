/* The points of a plan, as the engine of sweeps takes them. */
#ifndef HW_ANALYSIS_SWEEP_SOURCE_H
#define HW_ANALYSIS_SWEEP_SOURCE_H

#include "analysis/sweep/plan.h"
#include "sim/run/sweep.h"

typedef struct hw_sweep_points hw_sweep_points;

/* Fills in title, digests, sizes, shape and source of a sweep from a plan, which must outlive what is
 * returned; free that after the sweep. The rest of `sweep` is left as it is. */
hw_sweep_points *hw_sweep_points_create(const hw_sweep_plan *plan, hw_sweep *sweep);
void hw_sweep_points_free(hw_sweep_points *points);

#endif
