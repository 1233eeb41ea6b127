/* The help texts of the commands: help/NAME.txt, which the build writes into the program as a C file. */
#ifndef HW_ANALYSIS_HELP_H
#define HW_ANALYSIS_HELP_H

#include <stddef.h>

typedef struct hw_help {
    const char *name; /* of the command */
    const char *text; /* what it answers and how to read it, with examples */
} hw_help;

extern const hw_help hw_helps[];
extern const size_t hw_help_count;

#endif
