/* The registry of subcommands, in the order in which the overview names them: one row each. A command is one
 * file, <name>.c, which defines `hw_command_<name>`, and its text, help/<name>.txt. */
#ifndef HW_ANALYSIS_COMMANDS_H
#define HW_ANALYSIS_COMMANDS_H

#include "analysis/base/command.h"

#define HW_COMMANDS(ROW)                                                                                     \
    ROW(run)                                                                                                 \
    ROW(summary)                                                                                             \
    ROW(explain)                                                                                             \
    ROW(compare)                                                                                             \
    ROW(levers)                                                                                              \
    ROW(pledge)                                                                                              \
    ROW(target)                                                                                              \
    ROW(allocate)                                                                                            \
    ROW(worth)                                                                                               \
    ROW(rank)                                                                                                \
    ROW(discover)                                                                                            \
    ROW(adapt)                                                                                               \
    ROW(observations)                                                                                        \
    ROW(condition)                                                                                           \
    ROW(hindcast)                                                                                            \
    ROW(outlook)                                                                                             \
    ROW(new)                                                                                                 \
    ROW(check)                                                                                               \
    ROW(import)                                                                                              \
    ROW(schema)                                                                                              \
    ROW(list)                                                                                                \
    ROW(bench)                                                                                               \
    ROW(plot)                                                                                                \
    ROW(export)                                                                                              \
    ROW(sweep)                                                                                               \
    ROW(status)                                                                                              \
    ROW(runs)                                                                                                \
    ROW(report)                                                                                              \
    ROW(sensitivity)                                                                                         \
    ROW(desk)

#define HW_COMMAND_DECLARE(name) extern const hw_command hw_command_##name;
HW_COMMANDS(HW_COMMAND_DECLARE)
#undef HW_COMMAND_DECLARE

#endif
