/* A model of the sharing of a sweep's work itself, on our own kernel: ranks that claim batches from one
 * counter, work, and write, at sizes that no machine at hand has. */
#ifndef HW_ANALYSIS_SHARING_MODEL_H
#define HW_ANALYSIS_SHARING_MODEL_H

#include "sim/world.h"

/* All times in seconds. */
typedef struct hw_sharing {
    uint32_t ranks;
    uint64_t points, pieces_per_point, replications_per_piece;
    double replication, replication_sd; /* of one core */
    double point;                       /* to set up a point */
    double disk;                        /* to write a batch and wait for the disk */
    double counter;                     /* that the counter is busy with one claim; claims wait in a line */
    double latency;                     /* from claim to answer besides, at most: drawn evenly */
    uint64_t largest_pieces;            /* of a batch */
} hw_sharing;

typedef struct hw_sharing_answer {
    double seconds;      /* from start to the last rank's end */
    double efficiency;   /* time in replications / (ranks x seconds) */
    double claim_wait;   /* mean time in the line of the counter */
    double counter_busy; /* share of the time */
    double batches;
} hw_sharing_answer;

extern const hw_model hw_sharing_model;

/* One run of the model. HW_ERROR_MEMORY, or HW_ERROR_LAW when work was lost. */
hw_status hw_sharing_simulate(const hw_sharing *sharing, uint64_t seed, hw_sharing_answer *answer);

#endif
