/* The worlds of one question, as far as they are simulated: what a result file would hold, in memory. */
#ifndef HW_ANALYSIS_DESK_WORLDS_H
#define HW_ANALYSIS_DESK_WORLDS_H

#include "analysis/scenario/load.h"

typedef enum hw_world_state { HW_WORLD_MISSING, HW_WORLD_GOOD, HW_WORLD_FAILED } hw_world_state;

typedef struct hw_worlds_kept {
    const hw_loaded *loaded;
    uint64_t seed, most;    /* replications 0 .. most - 1 */
    unsigned char *records; /* loaded->layout->bytes each */
    unsigned char *states;  /* hw_world_state */
    char **failed;          /* why, of those that broke a law; else NULL */
    uint64_t whole;         /* all before this one are there */
} hw_worlds_kept;

/* HW_ERROR_MEMORY when there is not enough memory for so many. */
hw_status hw_worlds_begin(hw_worlds_kept *worlds, const hw_loaded *loaded, uint64_t seed, uint64_t most);
void hw_worlds_free(hw_worlds_kept *worlds);

/* Takes a record of a replication; NULL: it broke a law, which `why` says. */
void hw_worlds_keep(hw_worlds_kept *worlds, uint64_t replication, const unsigned char *record,
                    const char *why);

/* Whether the first `count` are there. */
bool hw_worlds_have(const hw_worlds_kept *worlds, uint64_t count);

#endif
