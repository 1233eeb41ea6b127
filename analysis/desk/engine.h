/* The desk's engine: a process of its own that reads questions, has their worlds simulated, and answers after
 * 16, 32, 64 ... worlds. Questions of several tabs take turns, the ones with the fewest worlds first; a tab's
 * new question takes the place of its last one. */
#ifndef HW_ANALYSIS_DESK_ENGINE_H
#define HW_ANALYSIS_DESK_ENGINE_H

#include "analysis/desk/question.h"

typedef struct hw_engine_wish {
    hw_desk_ground ground;
    const hw_loaded *base;
    const char *const *lever_names; /* as in a question */
    uint64_t seed, worlds;          /* the most that are simulated for a question */
    uint32_t processes;             /* that simulate at a time */
} hw_engine_wish;

enum { HW_FIRST_WORLDS = 16 };

/* Serves the socket until its other end is closed; returns the exit code of its process. */
int hw_engine_run(const hw_engine_wish *wish, int socket);

#endif
