/* During a sweep: who does what. Groups claim batches, report, and hear whether to stop. */
#include "sim/run/clock.h"
#include "sim/run/footing.h"
#include "sim/run/interrupt.h"
#include "sim/run/session.h"
#include <jansson.h>
#include <math.h>
#include <signal.h>
#include <time.h>

/* How often a rank reports what it has done and hears whether to stop. */
static const double REPORT_SECONDS = 0.02;
/* A batch should last so long, as the first replications suggest: then waiting for the disk and for the
 * counter is nothing beside it. */
static const double BATCH_SECONDS = 4.0;
/* But no less than a whole point that does not take longer than this: what a crash can cost a rank. */
static const double POINT_SECONDS = 120.0;
enum { TIMED_REPLICATIONS = 3, MOST_PIECES = 1000000 };

/* ---- Reports ---- */

static hw_stop own_wish(const hw_session *run) {
    const hw_sweep *sweep = run->sweep;
    bool asked = hw_group_asked_to_stop(&run->group);
    if (run->trouble.status != HW_OK) {
        return HW_STOP_TROUBLE;
    }
    if (hw_interrupt_signal() == SIGINT || (asked && sweep->alone != NULL)) {
        return HW_STOP_SIGNAL;
    }
    bool late = sweep->stop_after > 0 && hw_clock_seconds() - run->started >= sweep->stop_after;
    return late || asked ? HW_STOP_REQUEUE : HW_STOP_NO;
}

static void report(hw_session *run) {
    hw_share_totals totals =
        hw_share_report(&run->share, (int64_t)(run->here.replications - run->told.replications),
                        (int64_t)(run->here.events - run->told.events), own_wish(run));
    run->told = run->here;
    run->reported_at = hw_clock_seconds();
    run->stop = totals.stop;
    if (hw_rank() == 0) {
        hw_progress_show(&run->progress, run->progress.found + (uint64_t)totals.finished,
                         (uint64_t)totals.events);
    }
}

void hw_session_report_sometimes(void *context) {
    hw_session *run = context;
    bool news = run->stop == HW_STOP_NO && own_wish(run) != HW_STOP_NO;
    if (news || hw_clock_seconds() - run->reported_at >= REPORT_SECONDS) {
        report(run);
    }
}

static bool pause_work(hw_session *run) {
    hw_session_report_sometimes(run);
    return run->stop != HW_STOP_NO;
}

/* A line that cannot be written is not worth stopping for: monitoring is a convenience. A disk that is full
 * stops the journal too. */
static void write_log(hw_session *run, uint64_t first_point, const hw_tally *before, double seconds) {
    char when[32];
    time_t now = time(NULL);
    struct tm utc;
    if (run->log == NULL) {
        return;
    }
    gmtime_r(&now, &utc);
    strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", &utc);
    json_t *line =
        json_pack("{s:s, s:i, s:I, s:I, s:I, s:I, s:I, s:I, s:f}", "time", when, "rank", hw_rank(),
                  "first_point", (json_int_t)first_point, "last_point", (json_int_t)run->open_point,
                  "replications", (json_int_t)(run->here.replications - before->replications), "reused",
                  (json_int_t)(run->here.reused - before->reused), "failed",
                  (json_int_t)(run->here.failed - before->failed), "events",
                  (json_int_t)(run->here.events - before->events), "seconds", round(1000 * seconds) / 1000);
    if (line != NULL) {
        json_dumpf(line, run->log, JSON_REAL_PRECISION(10));
        fputc('\n', run->log);
        json_decref(line);
    }
    fflush(run->log);
}

/* ---- The open pieces of a round ---- */

static bool is_open(const hw_session *run, uint64_t piece) {
    const hw_cover *cover = &run->cover;
    uint64_t first = piece % cover->pieces_per_point * cover->piece;
    return !hw_cover_has(cover, piece) && first >= run->round_start && first < run->round_end;
}

static uint64_t open_pieces(const hw_session *run) {
    const hw_cover *cover = &run->cover;
    uint64_t count = 0;
    if (run->round_start == 0 && run->round_end == cover->replications) {
        return cover->pieces - cover->done_count;
    }
    for (uint64_t piece = 0; piece < cover->pieces; piece++) {
        count += is_open(run, piece);
    }
    return count;
}

/* Where this rank is in the list of open pieces: `piece` is number `index` of these. */
typedef struct cursor {
    uint64_t index, piece;
} cursor;

static void skip_done(const hw_session *run, cursor *at) {
    while (at->piece < run->cover.pieces && !is_open(run, at->piece)) {
        at->piece++;
    }
}

static void move_to(const hw_session *run, cursor *at, uint64_t index) {
    skip_done(run, at);
    for (; at->index < index; at->index++) {
        at->piece++;
        skip_done(run, at);
    }
}

/* The next replications of one point, as many as fit into a slice, from the cursor on and before item `last`.
 */
static void next_slice(const hw_session *run, cursor *at, uint64_t last, uint64_t *point, uint64_t *first,
                       uint64_t *end) {
    hw_cover_piece(&run->cover, at->piece, point, first, end);
    move_to(run, at, at->index + 1);
    while (at->index < last) {
        uint64_t of, from, to;
        hw_cover_piece(&run->cover, at->piece, &of, &from, &to);
        if (of != *point || from != *end || to - *first > run->slice_most) {
            return;
        }
        *end = to;
        move_to(run, at, at->index + 1);
    }
}

/* ---- Batches ---- */

/* Of an experiment, rank 0 does so after its first replication; of a sweep, when it chooses batches. */
static void tell_time(hw_session *run, double seconds, double left) {
    if (hw_rank() == 0 && !run->told_time) {
        hw_footing_tell_time(seconds, left, run->group.groups, &run->progress);
    }
    run->told_time = true;
}

static void do_batch(hw_session *run, cursor *at, uint64_t first, uint64_t last) {
    double began = hw_clock_seconds();
    const hw_tally before = run->here;
    move_to(run, at, first);
    uint64_t first_point = at->piece / run->cover.pieces_per_point;
    while (at->index < last && run->stop == HW_STOP_NO && run->trouble.status == HW_OK) {
        uint64_t point, from, to;
        next_slice(run, at, last, &point, &from, &to);
        hw_work_do_slice(run, point, from, to, pause_work);
        if (!run->told_time) {
            double left = (double)run->share.items + (double)run->sweep->alone->left_after;
            tell_time(run, hw_clock_seconds() - began, left);
        }
        hw_session_report_sometimes(run);
    }
    double seconds = hw_clock_seconds() - began;
    if (run->trouble.status == HW_OK && seconds >= 1.0) {
        hw_journal_synchronise(&run->journal, &run->trouble);
    }
    write_log(run, first_point, &before, seconds);
}

static void lead(hw_session *run) {
    cursor at = {0};
    uint64_t first = 0;
    uint64_t last = 0;
    report(run);
    while (run->stop == HW_STOP_NO && hw_share_claim(&run->share, &first, &last)) {
        do_batch(run, &at, first, last);
        report(run);
    }
    hw_work_open_point(run, UINT64_MAX);
    if (run->trouble.status == HW_OK) {
        hw_journal_synchronise(&run->journal, &run->trouble);
    }
    report(run);
}

/* Rank 0's group tries a few replications of the first open point, so that all can agree on how large a batch
 * is: what it finds is thrown away, as the sizes must not depend on who did what. */
static double seconds_a_replication(hw_session *run) {
    cursor at = {0};
    const hw_tally before = run->here;
    double seconds = 0.0;
    move_to(run, &at, 0);
    if (at.piece < run->cover.pieces) {
        hw_journal_failure failure = {0};
        hw_work_open_point(run, at.piece / run->cover.pieces_per_point);
        for (uint64_t i = 0; i < TIMED_REPLICATIONS && seconds < BATCH_SECONDS && run->open_status == HW_OK &&
                             run->trouble.status == HW_OK;
             i++) {
            double began = hw_clock_seconds();
            hw_work_replicate(run, i, 0, &failure);
            double took = hw_clock_seconds() - began;
            seconds = i == 0 || took < seconds ? took : seconds;
        }
    }
    run->here = before;
    return seconds;
}

/* All ranks of the job; the helpers of rank 0's group help it. */
static double agree_on_seconds(hw_session *run) {
    int leader = hw_rank();
    double seconds = 0.0;
    MPI_Bcast(&leader, 1, MPI_INT, 0, run->group.ranks);
    if (hw_rank() == 0) {
        seconds = seconds_a_replication(run);
        hw_work_open_point(run, UINT64_MAX);
    } else if (leader == 0) {
        hw_work_help(run);
    }
    MPI_Bcast(&seconds, 1, MPI_DOUBLE, 0, MPI_COMM_WORLD);
    return seconds;
}

/* An experiment has one point, and writes each replication down at once: the usual batches will do. */
static void choose_batches(hw_session *run) {
    if (run->sweep->alone != NULL) {
        return;
    }
    double seconds = agree_on_seconds(run);
    tell_time(run, seconds, (double)open_pieces(run) * (double)run->cover.piece);
    seconds *= (double)run->cover.piece;
    /* A point that is done whole leaves its summary in the journal; one that is shared, all its values. */
    uint64_t whole = run->cover.pieces_per_point;
    double pieces = seconds > 0 ? BATCH_SECONDS / seconds : MOST_PIECES;
    bool point_is_short = seconds * (double)whole <= POINT_SECONDS;
    pieces = point_is_short && pieces < (double)whole ? (double)whole : pieces;
    run->share.largest = pieces < 1 ? 1 : pieces > MOST_PIECES ? MOST_PIECES : (uint64_t)pieces;
    run->share.whole = whole;
    /* A summary from elsewhere answers for a whole point only. */
    run->share.least = run->sweep->reuse_count > 0 ? whole : 1;
}

void hw_session_work(hw_session *run) {
    choose_batches(run);
    hw_share_begin(&run->share, open_pieces(run));
    if (hw_group_leads(&run->group)) {
        lead(run);
    } else {
        hw_work_help(run);
    }
    hw_share_wait(hw_session_report_sometimes, run);
    hw_trouble_agree(&run->trouble);
}
