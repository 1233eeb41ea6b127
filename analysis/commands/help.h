/* The help texts of the commands: help/NAME.txt, which the build writes into the program as a C file; and the
 * manual page made of them. */
#ifndef HW_ANALYSIS_HELP_H
#define HW_ANALYSIS_HELP_H

#include "analysis/base/command.h"
#include <stddef.h>

typedef struct hw_help {
    const char *name; /* of the command */
    const char *text; /* what it answers and how to read it, with examples */
} hw_help;

extern const hw_help hw_helps[];
extern const size_t hw_help_count;

const char *hw_help_text(const hw_command *command);

/* All commands as one manual page (man 7) on standard output. */
void hw_manual_print(const hw_command *const *commands, size_t count);

/* The page of one command. */
void hw_manual_print_command(const hw_command *command);

#endif
