/* The parts of a running sweep, shared by the files that make it. */
#ifndef HW_SIM_RUN_SWEEP_SESSION_H
#define HW_SIM_RUN_SWEEP_SESSION_H

#include "sim/run/group.h"
#include "sim/run/progress.h"
#include "sim/run/share.h"
#include "sim/run/sweep.h"
#include "sim/run/sweep_cover.h"
#include "sim/run/sweep_index.h"
#include <stdio.h>

/* What a batch, or all of a rank's batches, came to. */
typedef struct hw_sweep_tally {
    uint64_t replications, reused, reused_points, failed, problems, events;
} hw_sweep_tally;

typedef struct hw_sweep_session {
    const hw_sweep *sweep;
    hw_trouble trouble;
    char *identity;
    hw_sweep_cover cover; /* as it was before this run: the same on every rank */
    uint64_t damaged;
    hw_group group;
    hw_share share;
    bool has_share;
    hw_sweep_journal journal;
    bool has_journal;
    FILE *log;
    hw_progress progress;
    hw_sweep_index reuse; /* records of other sweeps, by key */
    double started, reported_at;

    /* the point that is open */
    uint64_t open_point; /* UINT64_MAX: none */
    hw_sweep_case open_case;
    hw_status open_status;
    char open_problem[200];

    /* one slice of its replications */
    uint64_t slice_most; /* replications that fit */
    double *values;
    bool *good, *known;
    double *scratch;
    double *summary;
    unsigned char *outcome;
    size_t outcome_room;
    unsigned char *body;
    size_t body_room;

    hw_sweep_tally here;
    int64_t unreported, unreported_events;
    int64_t stop; /* OR of hw_stop, as far as this rank has heard */
} hw_sweep_session;

/* ---- sweep_work.c ---- */

/* Memory for slices. */
hw_status hw_sweep_work_prepare(hw_sweep_session *run);
void hw_sweep_work_release(hw_sweep_session *run);

/* For leaders: opens a point together with the helpers of the group, unless it is open; UINT64_MAX closes and
 * sends the helpers home. For helpers: helps until sent home. */
void hw_sweep_open_point(hw_sweep_session *run, uint64_t point);
void hw_sweep_help(hw_sweep_session *run);

/* One replication of the open point into row `row` of the values. */
void hw_sweep_replicate(hw_sweep_session *run, uint64_t replication, uint64_t row, hw_sweep_tally *tally,
                        hw_sweep_failure *first);

/* Replications first .. last - 1 of a point: reused or run, and appended to the journal. Stops earlier,
 * between two pieces, when asked to: `pause` is called now and then and returns whether to. */
void hw_sweep_do_slice(hw_sweep_session *run, uint64_t point, uint64_t first, uint64_t last,
                       hw_sweep_tally *tally, bool (*pause)(hw_sweep_session *run));

#endif
