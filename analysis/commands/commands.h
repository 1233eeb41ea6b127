/* All subcommands, each defined in command_<name>.c. */
#ifndef HW_ANALYSIS_COMMANDS_H
#define HW_ANALYSIS_COMMANDS_H

#include "analysis/base/command.h"

extern const hw_command hw_command_run;
extern const hw_command hw_command_summary;
extern const hw_command hw_command_explain;
extern const hw_command hw_command_compare;
extern const hw_command hw_command_levers;
extern const hw_command hw_command_report;
extern const hw_command hw_command_sweep;
extern const hw_command hw_command_status;
extern const hw_command hw_command_sensitivity;
extern const hw_command hw_command_check;
extern const hw_command hw_command_schema;
extern const hw_command hw_command_list;
extern const hw_command hw_command_bench;
extern const hw_command hw_command_plot;
extern const hw_command hw_command_export;

#endif
