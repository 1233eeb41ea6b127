/* How far a sweep is, from its folder alone, while it runs, after it died, or when it is done. */
#ifndef HW_SIM_RUN_SWEEP_STATUS_H
#define HW_SIM_RUN_SWEEP_STATUS_H

#include "sim/run/trouble.h"
#include <stdbool.h>
#include <stdint.h>

typedef struct hw_sweep_status {
    char *title;
    uint64_t points, replications; /* asked for; replications of each point */
    uint64_t finished;             /* replications on the disk */
    uint64_t whole;                /* points all of whose replications are */
    uint64_t problems;             /* records of points that cannot be run */
    uint32_t journals, in_use; /* journals found; in_use: those locked by a running process of this machine
                                  (or, where the file system passes on locks, on any) */
    uint64_t bytes;            /* of the journals */
    double rate;         /* replications a second, of all ranks together, in their last batches; 0: unknown */
    double idle_seconds; /* since a journal was last written to */
    bool done;           /* the result is there */
} hw_sweep_status;

/* Reads the folder without touching it. HW_ERROR_INPUT when it holds no sweep, HW_ERROR_IO when it cannot be
 * read. */
hw_status hw_sweep_status_read(hw_sweep_status *status, const char *folder, hw_trouble *trouble);
void hw_sweep_status_free(hw_sweep_status *status);

#endif
