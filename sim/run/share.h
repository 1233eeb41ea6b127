/* Sharing a range of work items among ranks without a master.
 *
 * Rank 0 holds a window of four counters. A rank that wants work takes a ticket (one-sided fetch-and-add);
 * the ticket alone says which items are its own, because the sizes of batches are a fixed sequence that
 * shrinks toward the end (guided self-scheduling; Polychronopoulos and Kuck 1987). Nobody waits for anybody.
 */
#ifndef HW_SIM_RUN_SHARE_H
#define HW_SIM_RUN_SHARE_H

#include <mpi.h>
#include <stdbool.h>
#include <stdint.h>

/* Why all should stop; asked for by any rank. */
typedef enum hw_stop {
    HW_STOP_NO = 0,
    HW_STOP_SIGNAL = 1,
    HW_STOP_TROUBLE = 2,
    HW_STOP_REQUEUE = 4, /* a time limit, or SIGTERM where that means: to be run again */
} hw_stop;

typedef struct hw_share {
    MPI_Win window;
    int ranks;       /* that claim: all, unless set lower (alike in all) before hw_share_begin */
    uint64_t items;  /* of the present round */
    uint64_t ticket; /* whose batch starts at `start` */
    uint64_t start;
    uint64_t largest; /* items of a batch at most; set by hw_share_open, may be changed before a round */
    uint64_t whole;   /* batches larger than this are multiples of it; likewise */
    uint64_t least;   /* items of a batch at least; likewise */
} hw_share;

typedef struct hw_share_totals {
    int64_t finished, events; /* since hw_share_open, over all ranks */
    int64_t stop;             /* OR of hw_stop */
} hw_share_totals;

/* Collective. */
void hw_share_open(hw_share *share);
void hw_share_close(hw_share *share);

/* Collective: a new round of items 0 .. items - 1, when all ranks have left the one before. */
void hw_share_begin(hw_share *share, uint64_t items);

/* Claims items first .. last - 1 for this rank; false when none are left. */
bool hw_share_claim(hw_share *share, uint64_t *first, uint64_t *last);

/* Adds to the totals and returns them. */
hw_share_totals hw_share_report(hw_share *share, int64_t finished, int64_t events, hw_stop stop);

/* Collective, but without blocking the processor: calls `meanwhile` (may be NULL) some hundred times a second
 * until all ranks have come here. */
void hw_share_wait(void (*meanwhile)(void *context), void *context);

/* The size of the batch that begins when `left` items are left; with the usual limits, and with those of
 * `share` (ranks, largest, whole, least). */
uint64_t hw_share_batch(uint64_t left, int ranks);
uint64_t hw_share_batch_of(const hw_share *share, uint64_t left);

#endif
