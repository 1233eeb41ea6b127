/* A sweep that runs until a probability is known well enough at each of its points. */
#ifndef HW_ANALYSIS_SWEEP_PRECISION_H
#define HW_ANALYSIS_SWEEP_PRECISION_H

#include "analysis/results/until.h"
#include "analysis/sweep/plan.h"

/* Reads a rule as hw_until_read does, about the values that the sweep keeps of a replication. HW_ERROR_INPUT
 * also when it keeps none by which the rule could be judged. `until` must outlive the rule, and the plan
 * both.
 */
hw_status hw_sweep_until_read(hw_until *until, hw_stop_rule *rule, const char *text,
                              const hw_sweep_plan *plan, hw_errors *errors);

#endif
