/* The part of `homeward condition` that simulates. */
#ifndef HW_ANALYSIS_COMMANDS_CONDITION_SCENARIO_H
#define HW_ANALYSIS_COMMANDS_CONDITION_SCENARIO_H

#include "analysis/base/command.h"
#include "analysis/belief/likelihood.h"

/* On every rank; returns the exit code. */
int hw_condition_scenario(const hw_arguments *arguments, const hw_learning *learning);

#endif
