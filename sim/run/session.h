/* The parts of a running sweep, shared by the files that make it. */
#ifndef HW_SIM_RUN_SESSION_H
#define HW_SIM_RUN_SESSION_H

#include "sim/run/cover.h"
#include "sim/run/group.h"
#include "sim/run/journal_index.h"
#include "sim/run/progress.h"
#include "sim/run/share.h"
#include "sim/run/sweep.h"
#include <stdio.h>

/* What a rank has done. */
typedef struct hw_tally {
    uint64_t replications, reused, reused_points, failed, problems, events;
} hw_tally;

/* Of one point, for a stop rule. */
typedef struct hw_seen {
    uint64_t good, happened;
} hw_seen;

/* What is known of a replication that an earlier run finished. */
enum { HW_FOUND = 1, HW_FOUND_GOOD = 2, HW_FOUND_HAPPENED = 4 };

typedef struct hw_session {
    const hw_sweep *sweep;
    hw_trouble trouble;
    char *stem, *result; /* of the journals; path of the result as it was asked for */
    char *identity;
    size_t row_bytes; /* what is kept of a replication */
    hw_cover cover;   /* as it was before this run: the same on every rank */
    unsigned char
        *found; /* rank 0: HW_FOUND of each replication, where somebody asks (piece is 1); or NULL */
    uint64_t damaged;
    hw_group group;
    hw_share share;
    bool has_share;
    hw_journal journal;
    bool has_journal;
    FILE *log; /* NULL: none */
    hw_progress progress;
    hw_journal_index reuse; /* records of other sweeps, by key */
    double started, reported_at;
    bool told_time, told_idle;

    /* the round: replications [round_start, round_end) of each point, and those of earlier rounds */
    uint64_t round_start, round_end;

    /* the point that is open */
    uint64_t open_point; /* UINT64_MAX: none */
    hw_sweep_case open_case;
    hw_status open_status;
    char open_problem[200];

    /* one slice of its replications */
    uint64_t slice_most; /* replications that fit */
    unsigned char *rows; /* values, or outcomes */
    bool *good, *known;
    double *scratch;
    double *summary;
    unsigned char *outcome;
    size_t outcome_room;
    hw_journal_body body;

    hw_tally here, told; /* of this rank in this run, and how much of it the others know */
    hw_seen *seen;       /* with a stop rule: by point, of this rank in this run; behind these, of all */
    int64_t stop;        /* OR of hw_stop, as far as this rank has heard */
} hw_session;

/* ---- start.c: what is there already ---- */

/* Collective: what earlier runs left is known, and everything that the work needs is open. */
hw_status hw_session_start(hw_session *run);

/* Rank 0: whether a result with so many replications may take its place. */
hw_status hw_session_check_result(hw_session *run, uint64_t finished, bool complete);

/* ---- lead.c: who does what ---- */

/* All ranks: the work of one round. */
void hw_session_work(hw_session *run);
/* Reports what was done and hears whether to stop, when it is time to. `context` is the session. */
void hw_session_report_sometimes(void *context);

/* ---- work.c: points and their replications ---- */

/* Memory for slices. */
hw_status hw_work_prepare(hw_session *run);
void hw_work_release(hw_session *run);

/* For leaders: opens a point together with the helpers of the group, unless it is open; UINT64_MAX closes and
 * sends the helpers home. For helpers: helps until sent home. */
void hw_work_open_point(hw_session *run, uint64_t point);
void hw_work_help(hw_session *run);

/* One replication of the open point into row `row`. */
void hw_work_replicate(hw_session *run, uint64_t replication, uint64_t row, hw_journal_failure *first);

/* Replications first .. last - 1 of a point: reused or run, and appended to the journal. Stops earlier,
 * between two pieces, when asked to: `pause` is called now and then and returns whether to. */
void hw_work_do_slice(hw_session *run, uint64_t point, uint64_t first, uint64_t last,
                      bool (*pause)(hw_session *run));

#endif
