/* What the files that read the plan of a sweep share. */
#ifndef HW_ANALYSIS_SWEEP_PLAN_PARTS_H
#define HW_ANALYSIS_SWEEP_PLAN_PARTS_H

#include "analysis/sweep/plan.h"

/* A key of the design's file, or NULL; where it stands, or the file begins. */
const hw_node *hw_sweep_plan_child(const hw_sweep_plan *plan, const char *key);
hw_position hw_sweep_plan_position(const hw_sweep_plan *plan, const char *key);

/* The plan owns the text from here on. Returns it. */
const char *hw_sweep_plan_own(hw_sweep_plan *plan, char *text);

/* Its scenarios, one after another; free with free(). */
const hw_loaded **hw_sweep_plan_loaded(const hw_sweep_plan *plan);

/* The factors that the file names, and those of every_assumed. */
hw_status hw_sweep_plan_read_factors(hw_sweep_plan *plan, hw_errors *errors);

#endif
