/* Hands out batches of work by one-sided counters. */
#include "sim/run/share.h"
#include "sim/run/experiment.h"
#include <string.h>
#include <time.h>

enum { TICKETS, FINISHED, EVENTS, STOP, CELLS };

/* Large enough to make claims rare, small enough that a rank with a slow processor is not left alone at the
 * end. */
enum { LARGEST_BATCH = 64, BATCHES_PER_RANK_LEFT = 4 };

void hw_share_open(hw_share *share) {
    memset(share, 0, sizeof *share);
    share->ranks = hw_rank_count();
    share->largest = LARGEST_BATCH;
    share->whole = 1;
    share->least = 1;
    MPI_Aint bytes = hw_rank() == 0 ? (MPI_Aint)(CELLS * sizeof(int64_t)) : 0;
    int64_t *cells = NULL;
    MPI_Win_allocate(bytes, (int)sizeof(int64_t), MPI_INFO_NULL, MPI_COMM_WORLD, &cells, &share->window);
    MPI_Win_lock_all(0, share->window);
    if (hw_rank() == 0) {
        const int64_t zero[CELLS] = {0};
        MPI_Accumulate(zero, CELLS, MPI_INT64_T, 0, 0, CELLS, MPI_INT64_T, MPI_REPLACE, share->window);
        MPI_Win_flush(0, share->window);
    }
    MPI_Barrier(MPI_COMM_WORLD);
}

void hw_share_close(hw_share *share) {
    MPI_Win_unlock_all(share->window);
    MPI_Win_free(&share->window);
}

void hw_share_begin(hw_share *share, uint64_t items) {
    share->items = items;
    share->ticket = 0;
    share->start = 0;
    MPI_Barrier(MPI_COMM_WORLD);
    if (hw_rank() == 0) {
        const int64_t zero = 0;
        MPI_Accumulate(&zero, 1, MPI_INT64_T, 0, TICKETS, 1, MPI_INT64_T, MPI_REPLACE, share->window);
        MPI_Win_flush(0, share->window);
    }
    MPI_Barrier(MPI_COMM_WORLD);
}

uint64_t hw_share_batch_of(const hw_share *share, uint64_t left) {
    uint64_t size = left / ((uint64_t)share->ranks * BATCHES_PER_RANK_LEFT);
    size = size < share->largest ? size : share->largest;
    if (size > share->whole) {
        size -= size % share->whole;
    }
    size = size > share->least ? size : share->least;
    return size < left ? size : left;
}

static uint64_t batch_of(const hw_share *share) {
    return hw_share_batch_of(share, share->items - share->start);
}

bool hw_share_claim(hw_share *share, uint64_t *first, uint64_t *last) {
    const int64_t one = 1;
    int64_t ticket = 0;
    MPI_Fetch_and_op(&one, &ticket, MPI_INT64_T, 0, TICKETS, MPI_SUM, share->window);
    MPI_Win_flush(0, share->window);
    for (; share->ticket < (uint64_t)ticket && share->start < share->items; share->ticket++) {
        share->start += batch_of(share);
    }
    if (share->start >= share->items) {
        return false;
    }
    *first = share->start;
    *last = share->start + batch_of(share);
    return true;
}

hw_share_totals hw_share_report(hw_share *share, int64_t finished, int64_t events, hw_stop stop) {
    const int64_t added[2] = {finished, events};
    const int64_t wish = (int64_t)stop;
    int64_t totals[2] = {0, 0};
    int64_t stops = 0;
    MPI_Get_accumulate(added, 2, MPI_INT64_T, totals, 2, MPI_INT64_T, 0, FINISHED, 2, MPI_INT64_T, MPI_SUM,
                       share->window);
    MPI_Fetch_and_op(&wish, &stops, MPI_INT64_T, 0, STOP, MPI_BOR, share->window);
    MPI_Win_flush(0, share->window);
    return (hw_share_totals){
        .finished = totals[0] + finished, .events = totals[1] + events, .stop = stops | wish};
}

void hw_share_wait(void (*meanwhile)(void *context), void *context) {
    MPI_Request request;
    int done = 0;
    MPI_Ibarrier(MPI_COMM_WORLD, &request);
    for (MPI_Test(&request, &done, MPI_STATUS_IGNORE); !done; MPI_Test(&request, &done, MPI_STATUS_IGNORE)) {
        if (meanwhile != NULL) {
            meanwhile(context);
        }
        const struct timespec pause = {.tv_nsec = 1000000};
        nanosleep(&pause, NULL);
    }
}
