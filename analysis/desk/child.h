/* One run of this program in a folder of its own, heard while it works. */
#ifndef HW_ANALYSIS_DESK_CHILD_H
#define HW_ANALYSIS_DESK_CHILD_H

#include "sim/error.h"
#include <stddef.h>
#include <sys/types.h>

enum { HW_CHILD_SAID_MOST = 1 << 14 };

typedef struct hw_desk_child {
    pid_t process; /* 0: none */
    int from;      /* its standard error */
    /* What it says of its progress, last. */
    unsigned long long done, of;
    char left[32];                     /* time, in words; "" when it has not said */
    char step[96];                     /* the last part that is done, in its words; or "" */
    char said[HW_CHILD_SAID_MOST + 1]; /* all else, as far as there is room: warnings and errors */
    size_t length;
    char line[2048]; /* that is not whole yet */
    size_t line_length;
} hw_desk_child;

/* Starts it with these words (the first one is the command; NULL ends them), with less claim to the cores
 * than who asks, and ended when that one ends. HW_ERROR_IO when no process can be started. */
hw_status hw_desk_child_start(hw_desk_child *child, const char *folder, const char *const *words);

/* Takes what it has said; called when `from` can be read. True when it has ended, with its exit code (128 +
 * number of a signal). */
bool hw_desk_child_hear(hw_desk_child *child, int *code);

/* Asks it to end: it is heard until then. */
void hw_desk_child_stop(const hw_desk_child *child);

/* Ends it at once and forgets it. */
void hw_desk_child_free(hw_desk_child *child);

#endif
