/* Runs a sweep: checks, claims work, replicates, gathers. */
#define _GNU_SOURCE /* asprintf */
#include "sim/run/sweep.h"
#include "sim/ordinary_file.h"
#include "sim/run/clock.h"
#include "sim/run/footing.h"
#include "sim/run/interrupt.h"
#include "sim/run/publish.h"
#include "sim/run/sweep_session.h"
#include "sim/run/sweep_store.h"
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

/* How often a rank tells the others what it has done and hears whether to stop. */
static const double REPORT_SECONDS = 0.02;
/* A batch should last so long, as the first replications suggest: then waiting for the disk and for the
 * counter is nothing beside it. */
static const double BATCH_SECONDS = 4.0;
/* But no less than a whole point that does not take longer than this: what a crash can cost a rank. */
static const double POINT_SECONDS = 120.0;
enum { TIMED_REPLICATIONS = 3, MOST_PIECES = 1000000 };

/* ---- Names ---- */

char *hw_sweep_result_path(const char *folder) {
    char *path = NULL;
    return asprintf(&path, "%s/sweep.h5", folder) < 0 ? NULL : path;
}

hw_question hw_sweep_question(const hw_sweep *sweep, char room[HW_MODEL_NAME]) {
    return (hw_question){.digest = sweep->digest,
                         .model = hw_model_name(sweep->model, room),
                         .seed = sweep->seed,
                         .finished = UINT64_MAX,
                         .complete = true,
                         .is_sweep = true};
}

char *hw_sweep_identity(const hw_sweep *sweep) {
    char *text = NULL;
    int length = asprintf(
        &text,
        "title %s\nplan %s\nmodel %s %s\npoints %" PRIu64 "\nreplications %" PRIu64 "\nvalues %u\nkeep %s\n",
        sweep->title, sweep->digest, sweep->model->name, sweep->model->version, sweep->points,
        sweep->replications, sweep->shape.value_count, sweep->keep_outcomes ? "outcomes" : "summaries");
    return length < 0 ? NULL : text;
}

char *hw_sweep_identity_line(const char *identity, const char *name) {
    size_t length = strlen(name);
    for (const char *line = identity; line != NULL && *line;
         line = strchr(line, '\n') != NULL ? strchr(line, '\n') + 1 : NULL) {
        if (strncmp(line, name, length) == 0 && line[length] == ' ') {
            const char *start = line + length + 1;
            return strndup(start, strcspn(start, "\n"));
        }
    }
    return NULL;
}

/* ---- Before: what is there already ---- */

static void make_folder(hw_sweep_session *run) {
    const char *folder = run->sweep->folder;
    if (mkdir(folder, 0777) != 0 && errno != EEXIST) {
        hw_trouble_note(&run->trouble, HW_ERROR_IO, errno, "cannot make the folder %s: %s", folder,
                        strerror(errno));
    }
}

/* Before the work: whether its result may take its place. Without a word on --resume no result is expected
 * to be there at all. */
static void check_result(hw_sweep_session *run) {
    const hw_sweep *sweep = run->sweep;
    char model[HW_MODEL_NAME];
    if (run->trouble.status != HW_OK) {
        return;
    }
    const hw_question question = hw_sweep_question(sweep, model);
    bool replace = sweep->rules != NULL && sweep->rules->replace;
    struct stat about;
    char *path = hw_sweep_result_path(sweep->folder);
    if (path == NULL) {
        hw_trouble_memory(&run->trouble, "the name of the result");
    } else if (hw_publish_check(&question, path, sweep->rules, &run->trouble) == HW_OK && !sweep->resume &&
               !replace && stat(path, &about) == 0) {
        hw_trouble_note(&run->trouble, HW_ERROR_INPUT, 0,
                        "%s is there already: choose another folder with -o, or say --replace", path);
    }
    free(path);
}

static void check_kinship(hw_sweep_session *run, const hw_sweep_index *index) {
    const char *identity = hw_sweep_index_identity(index);
    const char *folder = run->sweep->folder;
    if (identity == NULL) {
        return;
    }
    for (uint32_t f = 0; f < index->file_count; f++) {
        const char *own = index->files[f].identity;
        if (own != NULL && strcmp(own, run->identity) != 0) {
            hw_trouble_note(
                &run->trouble, HW_ERROR_INPUT, 0,
                "%s holds another sweep, or this one as it was before its file, a scenario or the program "
                "changed: choose another folder with -o (and take over what is the same with --reuse %s)",
                folder, folder);
            return;
        }
    }
    if (!run->sweep->resume) {
        hw_trouble_note(
            &run->trouble, HW_ERROR_INPUT, 0,
            "%s holds this sweep already: --resume goes on with it, or choose another folder with -o",
            folder);
    }
}

/* Rank 0 looks at the journals of earlier runs. */
static void look_for_journals(hw_sweep_session *run) {
    hw_sweep_index index = {0};
    make_folder(run);
    if (run->trouble.status == HW_OK &&
        hw_sweep_index_open(&index, run->sweep->folder, run->sweep->resume ? HW_SWEEP_REPAIR : HW_SWEEP_LOOK,
                            &run->trouble) == HW_OK) {
        check_kinship(run, &index);
        check_result(run);
    }
    for (uint64_t i = 0; run->trouble.status == HW_OK && i < index.count; i++) {
        const hw_sweep_entry *entry = &index.entries[i];
        hw_sweep_cover_add(&run->cover, entry->point, entry->first, entry->last);
    }
    run->damaged = index.damaged;
    if (index.damaged > 0) {
        hw_progress_say(&run->progress, true,
                        "%llu damaged record%s in %s/journal-*: what they held is done again",
                        (unsigned long long)index.damaged, index.damaged == 1 ? "" : "s", run->sweep->folder);
    }
    hw_sweep_index_free(&index);
}

/* MPI counts in int. */
static void broadcast_cover(hw_sweep_session *run) {
    const uint64_t largest = 1U << 30;
    uint64_t count = run->cover.pieces / 8 + 1;
    for (uint64_t sent = 0; sent < count; sent += largest) {
        uint64_t part = count - sent < largest ? count - sent : largest;
        MPI_Bcast(run->cover.done + sent, (int)part, MPI_BYTE, 0, MPI_COMM_WORLD);
    }
    MPI_Bcast(&run->damaged, 1, MPI_UINT64_T, 0, MPI_COMM_WORLD);
    hw_sweep_cover_count(&run->cover);
}

/* Records of all other sweeps in one index. Only leaders look into it. */
static void read_reuse(hw_sweep_session *run) {
    const hw_sweep *sweep = run->sweep;
    for (uint32_t i = 0;
         i < sweep->reuse_count && run->trouble.status == HW_OK && hw_group_leads(&run->group); i++) {
        hw_sweep_index_append(&run->reuse, sweep->reuse[i], HW_SWEEP_LOOK, &run->trouble);
        if (run->trouble.status == HW_OK && run->reuse.file_count == 0) {
            hw_trouble_note(&run->trouble, HW_ERROR_INPUT, 0, "there is no journal of a sweep in %s",
                            sweep->reuse[i]);
        }
    }
    hw_sweep_index_by_key(&run->reuse);
}

static void open_files(hw_sweep_session *run) {
    char *log = NULL;
    char *path = hw_sweep_journal_path(run->sweep->folder, hw_rank());
    if (path == NULL || asprintf(&log, "%s/log-%d.jsonl", run->sweep->folder, hw_rank()) < 0) {
        hw_trouble_memory(&run->trouble, "the journal");
        log = NULL;
    } else if (hw_sweep_journal_open(&run->journal, path, run->identity, &run->trouble) == HW_OK) {
        run->has_journal = true;
        struct stat about;
        const char *problem = NULL;
        int file = hw_ordinary_open_as(log, O_WRONLY | O_CREAT | O_APPEND, &about, &problem);
        run->log = file >= 0 ? fdopen(file, "a") : NULL;
        if (run->log == NULL) {
            hw_trouble_note(&run->trouble, HW_ERROR_IO, errno, "cannot create %s: %s", log,
                            problem != NULL ? problem : strerror(errno));
        }
    }
    free(path);
    free(log);
}

static hw_footing footing_of(const hw_sweep_session *run, const char *path) {
    const hw_sweep *sweep = run->sweep;
    hw_sweep_sizes sizes = hw_sweep_sizes_of(&sweep->shape, sweep->points, sweep->replications,
                                             sweep->source.factor_count, sweep->keep_outcomes);
    uint64_t all = run->cover.pieces;
    double open = all > 0 ? 1.0 - (double)run->cover.done_count / (double)all : 1.0;
    return (hw_footing){.path = path,
                        .replications = (double)sweep->points * (double)sweep->replications,
                        .memory_bytes = sizes.rank_bytes,
                        .disk_bytes = open * sizes.journal_bytes,
                        .disk_most = open * sizes.journal_bytes + sizes.result_bytes,
                        .anyway = sweep->anyway};
}

/* Rank 0, when the folder is there. */
static void check_folder(hw_sweep_session *run) {
    char *path = hw_sweep_result_path(run->sweep->folder);
    if (path == NULL) {
        hw_trouble_memory(&run->trouble, "the name of the result");
    } else if (run->trouble.status == HW_OK) {
        const hw_footing footing = footing_of(run, path);
        hw_footing_folder(&footing, &run->progress, &run->trouble);
    }
    free(path);
}

static hw_status check_size(hw_sweep_session *run) {
    if (hw_footing_count(run->sweep->points, run->sweep->replications, &run->trouble) == HW_OK) {
        const hw_footing footing = footing_of(run, run->sweep->folder);
        hw_footing_memory(&footing, &run->trouble);
    }
    return hw_trouble_agree(&run->trouble);
}

static hw_status take_memory(hw_sweep_session *run) {
    run->identity = hw_sweep_identity(run->sweep);
    if (run->identity == NULL ||
        !hw_sweep_cover_create(&run->cover, run->sweep->points, run->sweep->replications)) {
        return hw_trouble_memory(&run->trouble, "a sweep of so many points");
    }
    return hw_sweep_work_prepare(run);
}

static hw_status prepare(hw_sweep_session *run) {
    hw_progress_begin(&run->progress, hw_rank() != 0 || run->sweep->progress == HW_PROGRESS_NONE);
    if (hw_group_open(&run->group, run->sweep->ranks_per_world, &run->trouble) != HW_OK) {
        return run->trouble.status;
    }
    if (check_size(run) != HW_OK) {
        return run->trouble.status;
    }
    take_memory(run);
    if (hw_trouble_agree(&run->trouble) == HW_OK && hw_rank() == 0) {
        look_for_journals(run);
        check_folder(run);
    }
    if (hw_trouble_agree(&run->trouble) != HW_OK) {
        return run->trouble.status;
    }
    broadcast_cover(run);
    read_reuse(run);
    if (run->trouble.status == HW_OK && hw_group_leads(&run->group)) {
        open_files(run);
    }
    if (hw_trouble_agree(&run->trouble) != HW_OK) {
        return run->trouble.status;
    }
    hw_share_open(&run->share);
    run->share.ranks = run->group.groups;
    run->has_share = true;
    return HW_OK;
}

/* ---- During: claim, work, write ---- */

static hw_stop own_wish(const hw_sweep_session *run) {
    if (run->trouble.status != HW_OK) {
        return HW_STOP_TROUBLE;
    }
    if (hw_interrupt_signal() == SIGINT) {
        return HW_STOP_SIGNAL;
    }
    bool late = run->sweep->stop_after > 0 && hw_clock_seconds() - run->started >= run->sweep->stop_after;
    return late || hw_group_asked_to_stop(&run->group) ? HW_STOP_REQUEUE : HW_STOP_NO;
}

static void report(hw_sweep_session *run) {
    hw_share_totals totals =
        hw_share_report(&run->share, run->unreported, run->unreported_events, own_wish(run));
    run->unreported = 0;
    run->unreported_events = 0;
    run->reported_at = hw_clock_seconds();
    run->stop = totals.stop;
    if (hw_rank() == 0) {
        hw_progress_show(&run->progress, run->progress.found + (uint64_t)totals.finished,
                         (uint64_t)totals.events);
    }
}

static void report_sometimes(void *context) {
    hw_sweep_session *run = context;
    bool news = run->stop == HW_STOP_NO && own_wish(run) != HW_STOP_NO;
    if (news || hw_clock_seconds() - run->reported_at >= REPORT_SECONDS) {
        report(run);
    }
}

static bool pause_work(hw_sweep_session *run) {
    report_sometimes(run);
    return run->stop != HW_STOP_NO;
}

/* A line that cannot be written is not worth stopping for: monitoring is a convenience. A disk that is full
 * stops the journal too. */
static void write_log(hw_sweep_session *run, uint64_t first_point, uint64_t last_point,
                      const hw_sweep_tally *batch, double seconds) {
    char when[32];
    time_t now = time(NULL);
    struct tm utc;
    gmtime_r(&now, &utc);
    strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", &utc);
    fprintf(run->log,
            "{\"time\": \"%s\", \"rank\": %d, \"first_point\": %" PRIu64 ", \"last_point\": %" PRIu64
            ", \"replications\": %" PRIu64 ", \"reused\": %" PRIu64 ", \"failed\": %" PRIu64
            ", \"events\": %" PRIu64 ", \"seconds\": %.3f}\n",
            when, hw_rank(), first_point, last_point, batch->replications, batch->reused, batch->failed,
            batch->events, seconds);
    fflush(run->log);
}

static void add_tally(hw_sweep_session *run, const hw_sweep_tally *batch) {
    run->here.replications += batch->replications;
    run->here.reused += batch->reused;
    run->here.reused_points += batch->reused_points;
    run->here.failed += batch->failed;
    run->here.problems += batch->problems;
    run->here.events += batch->events;
    run->unreported += (int64_t)batch->replications;
    run->unreported_events += (int64_t)batch->events;
}

/* Where this rank is in the list of pieces that were open at the start: `piece` is number `index` of them. */
typedef struct cursor {
    uint64_t index, piece;
} cursor;

static void move_to(const hw_sweep_cover *cover, cursor *at, uint64_t index) {
    while (at->piece < cover->pieces && hw_sweep_cover_has(cover, at->piece)) {
        at->piece++;
    }
    while (at->index < index) {
        do {
            at->piece++;
        } while (at->piece < cover->pieces && hw_sweep_cover_has(cover, at->piece));
        at->index++;
    }
}

/* The next replications of one point, as many as fit into a slice, from the cursor on and before item `last`.
 */
static void next_slice(const hw_sweep_session *run, cursor *at, uint64_t last, uint64_t *point,
                       uint64_t *first, uint64_t *end) {
    hw_sweep_cover_piece(&run->cover, at->piece, point, first, end);
    move_to(&run->cover, at, at->index + 1);
    while (at->index < last) {
        uint64_t of, from, to;
        hw_sweep_cover_piece(&run->cover, at->piece, &of, &from, &to);
        if (of != *point || from != *end || to - *first > run->slice_most) {
            return;
        }
        *end = to;
        move_to(&run->cover, at, at->index + 1);
    }
}

static void do_batch(hw_sweep_session *run, cursor *at, uint64_t first, uint64_t last) {
    double began = hw_clock_seconds();
    hw_sweep_tally batch = {0};
    uint64_t point = 0;
    move_to(&run->cover, at, first);
    uint64_t first_point = at->piece / run->cover.pieces_per_point;
    while (at->index < last && run->stop == HW_STOP_NO && run->trouble.status == HW_OK) {
        uint64_t from, to;
        hw_sweep_tally slice = {0};
        next_slice(run, at, last, &point, &from, &to);
        hw_sweep_do_slice(run, point, from, to, &slice, pause_work);
        batch.replications += slice.replications;
        batch.reused += slice.reused;
        batch.reused_points += slice.reused_points;
        batch.failed += slice.failed;
        batch.problems += slice.problems;
        batch.events += slice.events;
        add_tally(run, &slice);
        report_sometimes(run);
    }
    if (run->trouble.status == HW_OK) {
        hw_sweep_journal_synchronise(&run->journal, &run->trouble);
    }
    write_log(run, first_point, point, &batch, hw_clock_seconds() - began);
}

static void lead(hw_sweep_session *run) {
    cursor at = {0};
    uint64_t first = 0;
    uint64_t last = 0;
    report(run);
    while (run->stop == HW_STOP_NO && hw_share_claim(&run->share, &first, &last)) {
        do_batch(run, &at, first, last);
        report(run);
    }
    hw_sweep_open_point(run, UINT64_MAX);
    report(run);
}

/* Rank 0's group tries a few replications of the first open point, so that all can agree on how large a batch
 * is: what it finds is thrown away, as the sizes must not depend on who did what. */
static double seconds_a_piece(hw_sweep_session *run) {
    cursor at = {0};
    move_to(&run->cover, &at, 0);
    double seconds = 0.0;
    if (at.piece < run->cover.pieces) {
        hw_sweep_tally tally = {0};
        hw_sweep_failure failure = {0};
        hw_sweep_open_point(run, at.piece / run->cover.pieces_per_point);
        for (uint64_t i = 0; i < TIMED_REPLICATIONS && seconds < BATCH_SECONDS && run->open_status == HW_OK &&
                             run->trouble.status == HW_OK;
             i++) {
            double began = hw_clock_seconds();
            hw_sweep_replicate(run, i, 0, &tally, &failure);
            double took = hw_clock_seconds() - began;
            seconds = i == 0 || took < seconds ? took : seconds;
        }
    }
    return seconds * HW_SWEEP_PIECE;
}

/* All ranks of the job; the helpers of rank 0's group help it. */
static void choose_batches(hw_sweep_session *run) {
    int leader = hw_rank();
    double seconds = 0.0;
    MPI_Bcast(&leader, 1, MPI_INT, 0, run->group.ranks);
    if (hw_rank() == 0) {
        seconds = seconds_a_piece(run);
        hw_sweep_open_point(run, UINT64_MAX);
    } else if (leader == 0) {
        hw_sweep_help(run);
    }
    MPI_Bcast(&seconds, 1, MPI_DOUBLE, 0, MPI_COMM_WORLD);
    if (hw_rank() == 0) {
        double left = (double)(run->cover.pieces - run->cover.done_count) * HW_SWEEP_PIECE;
        hw_footing_tell_time(seconds / HW_SWEEP_PIECE, left, run->group.groups, &run->progress);
    }
    /* A point that is done whole leaves its summary in the journal; one that is shared, all its values. */
    uint64_t whole = run->cover.pieces_per_point;
    double pieces = seconds > 0 ? BATCH_SECONDS / seconds : MOST_PIECES;
    bool point_is_short = seconds * (double)whole <= POINT_SECONDS;
    pieces = point_is_short && pieces < (double)whole ? (double)whole : pieces;
    run->share.largest = pieces < 1 ? 1 : pieces > MOST_PIECES ? MOST_PIECES : (uint64_t)pieces;
    run->share.whole = whole;
    /* A summary from elsewhere answers for a whole point only. */
    run->share.least = run->sweep->reuse_count > 0 ? run->cover.pieces_per_point : 1;
}

static void work(hw_sweep_session *run) {
    choose_batches(run);
    hw_share_begin(&run->share, run->cover.pieces - run->cover.done_count);
    if (hw_group_leads(&run->group)) {
        lead(run);
    } else {
        hw_sweep_help(run);
    }
}

static void run_all(hw_sweep_session *run, hw_sweep_report *answer) {
    double began = hw_clock_seconds();
    answer->found = hw_sweep_cover_replications(&run->cover);
    answer->damaged = run->damaged;
    if (answer->found > 0) {
        hw_progress_say(&run->progress, false, "resuming: %llu replications found in %s/journal-*",
                        (unsigned long long)answer->found, run->sweep->folder);
    }
    hw_progress_start(&run->progress, answer->found, run->sweep->points * run->sweep->replications);
    work(run);
    hw_share_wait(report_sometimes, run);
    hw_trouble_agree(&run->trouble);
    uint64_t sums[6] = {run->here.replications, run->here.reused,   run->here.reused_points,
                        run->here.failed,       run->here.problems, run->here.events};
    MPI_Allreduce(MPI_IN_PLACE, sums, 6, MPI_UINT64_T, MPI_SUM, MPI_COMM_WORLD);
    MPI_Allreduce(MPI_IN_PLACE, &run->stop, 1, MPI_INT64_T, MPI_BOR, MPI_COMM_WORLD);
    answer->finished = answer->found + sums[0];
    answer->reused = sums[1];
    answer->reused_points = sums[2];
    answer->failed = sums[3];
    answer->problems = sums[4];
    answer->events = sums[5];
    answer->seconds = hw_clock_seconds() - began;
}

/* ---- After ---- */

static void explain_kept_work(hw_sweep_session *run, const hw_sweep_report *answer) {
    char text[HW_TROUBLE_TEXT];
    memcpy(text, run->trouble.text, sizeof text);
    int error = run->trouble.system_error;
    bool no_space = error == ENOSPC || error == EDQUOT || error == EFBIG;
    if (answer->finished > 0) {
        snprintf(run->trouble.text, sizeof run->trouble.text,
                 "%.600s after %llu replications; finished work is kept in %.200s/journal-*; %srun the same "
                 "command "
                 "again with --resume",
                 text, (unsigned long long)answer->finished, run->sweep->folder,
                 no_space ? "free space and " : "");
    }
}

static hw_status stopped(const hw_sweep_session *run, const hw_sweep_report *answer, hw_trouble *trouble) {
    bool interrupted = (run->stop & HW_STOP_SIGNAL) != 0;
    uint64_t all = run->sweep->points * run->sweep->replications;
    return hw_trouble_note(
        trouble, interrupted ? HW_ERROR_INTERRUPTED : HW_ERROR_REQUEUE, 0,
        "stopped after %" PRIu64 " of %" PRIu64
        " replications; finished work is kept in %s/journal-*: run the same command again with "
        "--resume",
        answer->finished, all, run->sweep->folder);
}

static void finish(hw_sweep_session *run, hw_sweep_report *answer) {
    if (hw_rank() == 0) {
        hw_progress_end(&run->progress, answer->finished, answer->events);
    }
    if (run->has_journal) {
        hw_sweep_journal_close(&run->journal);
        run->has_journal = false;
    }
    MPI_Barrier(MPI_COMM_WORLD);
    bool all = answer->finished == run->sweep->points * run->sweep->replications;
    if (run->trouble.status == HW_OK && !all) {
        stopped(run, answer, &run->trouble);
    } else if (run->trouble.status == HW_OK && hw_rank() == 0) {
        hw_sweep_store_write(run->sweep, &run->trouble);
    }
    hw_trouble_agree(&run->trouble);
    answer->complete = run->trouble.status == HW_OK;
    if (run->trouble.status == HW_ERROR_IO || run->trouble.status == HW_ERROR_MEMORY) {
        explain_kept_work(run, answer);
    }
}

static void release(hw_sweep_session *run) {
    if (run->has_share) {
        hw_share_close(&run->share);
    }
    if (run->has_journal) {
        hw_sweep_journal_close(&run->journal);
    }
    if (run->log != NULL) {
        fclose(run->log);
    }
    hw_group_close(&run->group);
    hw_sweep_work_release(run);
    hw_sweep_index_free(&run->reuse);
    hw_sweep_cover_free(&run->cover);
    free(run->identity);
}

hw_status hw_sweep_run(const hw_sweep *sweep, hw_sweep_report *report, hw_errors *errors) {
    hw_sweep_session run = {.sweep = sweep, .journal.file = -1, .started = hw_clock_seconds()};
    *report = (hw_sweep_report){.ranks = hw_rank_count()};
    hw_interrupt_begin();
    if (prepare(&run) == HW_OK) {
        run_all(&run, report);
        finish(&run, report);
    }
    release(&run);
    hw_interrupt_end();
    if (run.trouble.status != HW_OK && hw_rank() == 0) {
        hw_errors_say(errors, "%s", run.trouble.text);
    }
    return run.trouble.status;
}
