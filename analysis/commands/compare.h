/* The part of `homeward compare` that takes results of sweeps. */
#ifndef HW_ANALYSIS_COMMAND_COMPARE_H
#define HW_ANALYSIS_COMMAND_COMPARE_H

#include "analysis/base/command.h"

/* Whether any operand is the result of a sweep. */
bool hw_command_compare_has_sweeps(const hw_arguments *arguments);

/* For a file that is no sweep but should be a result: HW_ERROR_IO, and why, when it is not one that can be
 * read. */
hw_status hw_command_compare_check_results(const char *path, hw_trust trust, hw_errors *errors);

/* Compares and prints; by one rank. Statuses as hw_compare_sweeps; HW_ERROR_INPUT too for options and
 * operands that sweeps cannot be compared with. */
hw_status hw_command_compare_sweeps(const hw_arguments *arguments, hw_errors *errors);

#endif
