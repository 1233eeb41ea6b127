/* The work of one group: points, their replications, and what is written of them. */
#include "sim/run/session.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SLICE_BYTES = 64 << 20, NOBODY = -1 };

/* ---- Memory ---- */

/* An experiment writes each replication down at once: it may take long. */
static uint64_t longest_slice(const hw_session *run) {
    uint64_t most = SLICE_BYTES / (run->row_bytes + 1) / run->cover.piece * run->cover.piece;
    most = most > run->cover.piece ? most : run->cover.piece;
    most = run->sweep->alone != NULL ? 1 : most;
    return most < run->sweep->replications ? most : run->sweep->replications;
}

hw_status hw_work_prepare(hw_session *run) {
    run->slice_most = longest_slice(run);
    run->rows = calloc(run->slice_most + 1, run->row_bytes + 1);
    run->good = calloc(run->slice_most + 1, sizeof *run->good);
    run->known = calloc(run->slice_most + 1, sizeof *run->known);
    run->scratch = calloc(run->slice_most + 1, sizeof *run->scratch);
    run->summary = calloc(1, run->sweep->shape.summary_bytes + 1);
    run->open_point = UINT64_MAX;
    if (run->rows == NULL || run->good == NULL || run->known == NULL || run->scratch == NULL ||
        run->summary == NULL) {
        return hw_trouble_memory(&run->trouble, "the values of one point");
    }
    return HW_OK;
}

void hw_work_release(hw_session *run) {
    free(run->rows);
    free(run->good);
    free(run->known);
    free(run->scratch);
    free(run->summary);
    free(run->outcome);
    free(run->body.bytes);
}

/* ---- The open point ---- */

static void close_point(hw_session *run) {
    if (run->open_point != UINT64_MAX) {
        hw_group_take_down(&run->group);
        run->sweep->source.close(run->sweep->source.context, &run->open_case);
    }
    run->open_point = UINT64_MAX;
}

static void tell_idle_ranks(hw_session *run) {
    uint32_t parts = run->open_case.model->process_count(run->open_case.scenario);
    uint32_t ranks = (uint32_t)run->group.size;
    if (hw_rank() == 0 && run->open_status == HW_OK && ranks > parts && !run->told_idle) {
        hw_progress_say(
            &run->progress, true,
            "a world of this scenario has %u part%s that ranks can share: %u of its %u ranks will "
            "have nothing to do",
            parts, parts == 1 ? "" : "s", ranks - parts, ranks);
        run->told_idle = true;
    }
}

/* The same on all ranks of the group. */
static void set_up_point(hw_session *run, uint64_t point) {
    const hw_sweep_source *source = &run->sweep->source;
    run->open_case = (hw_sweep_case){0};
    run->open_point = point;
    run->open_status = source->open(source->context, point, &run->open_case, run->open_problem);
    if (run->open_status != HW_OK) {
        return;
    }
    if (source->measure != NULL && run->open_case.outcome_bytes >= run->outcome_room) {
        free(run->outcome);
        run->outcome_room = run->open_case.outcome_bytes + 1;
        run->outcome = malloc(run->outcome_room);
        if (run->outcome == NULL) {
            hw_trouble_memory(&run->trouble, "an outcome");
        }
    }
    run->open_status =
        hw_group_set_up(&run->group, run->open_case.model, run->open_case.scenario, &run->trouble);
    tell_idle_ranks(run);
}

void hw_work_open_point(hw_session *run, uint64_t point) {
    if (run->open_point == point && point != UINT64_MAX) {
        return;
    }
    if (run->open_point != UINT64_MAX && run->open_status == HW_OK) {
        hw_group_dismiss(&run->group);
    }
    close_point(run);
    if (run->group.size > 1) {
        MPI_Bcast(&point, 1, MPI_UINT64_T, 0, run->group.ranks);
    }
    if (point != UINT64_MAX) {
        set_up_point(run, point);
    }
}

void hw_work_help(hw_session *run) {
    for (;;) {
        uint64_t point = UINT64_MAX;
        MPI_Bcast(&point, 1, MPI_UINT64_T, 0, run->group.ranks);
        if (point == UINT64_MAX) {
            return;
        }
        set_up_point(run, point);
        if (run->open_status == HW_OK) {
            hw_group_help(&run->group);
        }
        close_point(run);
    }
}

/* ---- Replications ---- */

static void note_failure(hw_journal_failure *first, int64_t replication, const hw_failure *failure) {
    if (*first->message == '\0') {
        first->replication = replication;
        first->time = failure->time;
        memcpy(first->message, failure->message, sizeof first->message);
        first->message[sizeof first->message - 1] = '\0';
    }
}

/* The values of a replication that failed. */
static void no_values(hw_session *run, unsigned char *row) {
    double *values = (double *)(void *)row;
    for (uint32_t v = 0; v < run->sweep->shape.value_count; v++) {
        values[v] = (double)NAN;
    }
}

void hw_work_replicate(hw_session *run, uint64_t replication, uint64_t row, hw_journal_failure *first) {
    const hw_sweep_source *source = &run->sweep->source;
    unsigned char *kept = run->rows + row * run->row_bytes;
    unsigned char *outcome = source->measure != NULL ? run->outcome : kept;
    hw_failure failure = {0};
    uint64_t events = 0;
    memset(outcome, 0, run->open_case.outcome_bytes);
    const hw_rng_key key = {.seed = run->sweep->seed, .replication = replication};
    run->good[row] = hw_group_replicate(&run->group, key, outcome, &events, &failure) == HW_OK;
    if (!run->good[row]) {
        note_failure(first, (int64_t)replication, &failure);
        run->here.failed++;
    }
    if (source->measure != NULL && run->good[row]) {
        source->measure(source->context, &run->open_case, outcome, (double *)(void *)kept);
    } else if (source->measure != NULL) {
        no_values(run, kept);
    }
    run->here.events += events;
    run->here.replications++;
}

/* ---- Records ---- */

static void append(hw_session *run, hw_journal_head *head, const struct iovec *parts, int count) {
    memcpy(head->key, run->open_case.key, sizeof head->key);
    hw_journal_append(&run->journal, head, parts, count, &run->trouble);
}

static void append_rows(hw_session *run, hw_journal_head head, hw_journal_failure *failure) {
    static unsigned char nothing[HW_JOURNAL_ALIGNMENT];
    uint64_t rows = head.last - head.first;
    const struct iovec parts[] = {{run->good, rows},
                                  {nothing, hw_journal_marks_bytes(rows) - rows},
                                  {run->rows, rows * run->row_bytes},
                                  {failure, sizeof *failure}};
    head.kind = HW_JOURNAL_ROWS;
    append(run, &head, parts, head.failed > 0 ? 4 : 3);
}

static void append_summary(hw_session *run, hw_journal_head head, hw_journal_failure *failure) {
    const hw_sweep_shape *shape = &run->sweep->shape;
    const struct iovec parts[] = {{run->summary, shape->summary_bytes}, {failure, sizeof *failure}};
    head.kind = HW_JOURNAL_SUMMARY;
    hw_sweep_summarise(shape, (const double *)(void *)run->rows, run->good, head.last - head.first,
                       head.horizon, run->scratch, run->summary);
    append(run, &head, parts, head.failed > 0 ? 2 : 1);
}

static void append_problem(hw_session *run, uint64_t point, uint64_t first, uint64_t last) {
    hw_journal_failure failure = {.replication = NOBODY, .time = (double)NAN};
    hw_journal_head head = {.kind = HW_JOURNAL_PROBLEM,
                            .point = point,
                            .first = first,
                            .last = last,
                            .failed = last - first,
                            .horizon = (double)NAN};
    memcpy(failure.message, run->open_problem, sizeof failure.message);
    append(run, &head, &(const struct iovec){&failure, sizeof failure}, 1);
    run->here.problems += first == 0;
    run->here.replications += last - first;
}

/* ---- What other sweeps have answered ---- */

/* Failed replications are run again: their message is not worth keeping for each of them. */
static void take_rows(hw_session *run, const hw_journal_head *head, uint64_t first, uint64_t last) {
    const unsigned char *good = run->body.bytes;
    const unsigned char *rows = good + hw_journal_marks_bytes(head->last - head->first);
    for (uint64_t r = head->first > first ? head->first : first; r < head->last && r < last; r++) {
        uint64_t from = r - head->first;
        uint64_t row = r - first;
        if (good[from] != 0) {
            run->good[row] = true;
            run->known[row] = true;
            memcpy(run->rows + row * run->row_bytes, rows + from * run->row_bytes, run->row_bytes);
        }
    }
}

/* Looks among the records of other sweeps. True when a whole summary was taken over as it is; rows of single
 * replications are put in their places. Damaged records are passed over. */
static bool reuse(hw_session *run, uint64_t point, uint64_t first, uint64_t last, bool whole) {
    uint64_t from = 0;
    uint64_t to = 0;
    hw_journal_index_find(&run->reuse, run->open_case.key, &from, &to);
    for (uint64_t i = from; i < to; i++) {
        const hw_journal_entry *entry = &run->reuse.entries[i];
        bool fits = entry->kind == HW_JOURNAL_ROWS || (entry->kind == HW_JOURNAL_SUMMARY && whole &&
                                                       entry->first == first && entry->last == last);
        hw_trouble ignored = {0};
        hw_journal_head head;
        if (!fits || hw_journal_index_read(&run->reuse, entry, &head, &run->body, &ignored) != HW_OK ||
            memcmp(head.key, run->open_case.key, sizeof head.key) != 0) {
            continue;
        }
        if (head.kind == HW_JOURNAL_SUMMARY) {
            head.point = point;
            append(run, &head, &(const struct iovec){run->body.bytes, head.length}, 1);
            run->here.replications += last - first;
            run->here.reused += last - first;
            run->here.reused_points++;
            return true;
        }
        if (head.length == hw_journal_rows_bytes(head.last - head.first, run->row_bytes, head.failed > 0)) {
            take_rows(run, &head, first, last);
        }
    }
    return false;
}

/* ---- A slice ---- */

/* Runs what is not known yet; returns where it ended. */
static uint64_t fill_rows(hw_session *run, uint64_t first, uint64_t last, hw_journal_failure *failure,
                          bool (*pause)(hw_session *run)) {
    for (uint64_t r = first; r < last; r++) {
        bool asked = pause(run);
        if (asked && r % run->cover.piece == 0) {
            return r;
        }
        if (run->known[r - first]) {
            run->here.replications++;
            run->here.reused++;
        } else {
            hw_work_replicate(run, r, r - first, failure);
        }
    }
    return last;
}

/* Counts what failed, and for a stop rule what happened. */
static uint64_t look_at_rows(hw_session *run, uint64_t count) {
    const hw_stop_rule *stop = run->sweep->stop;
    uint64_t failed = 0;
    for (uint64_t row = 0; row < count; row++) {
        failed += !run->good[row];
        if (stop != NULL && run->good[row]) {
            hw_seen *seen = &run->seen[run->open_point];
            seen->good++;
            seen->happened += stop->happened(stop->context, run->rows + row * run->row_bytes);
        }
    }
    return failed;
}

void hw_work_do_slice(hw_session *run, uint64_t point, uint64_t first, uint64_t last,
                      bool (*pause)(hw_session *run)) {
    const hw_sweep *sweep = run->sweep;
    bool whole = first == 0 && last == sweep->replications && !sweep->keep_outcomes && sweep->stop == NULL;
    hw_journal_failure failure = {0};
    hw_work_open_point(run, point);
    if (run->trouble.status != HW_OK) {
        return;
    }
    if (run->open_status != HW_OK) {
        append_problem(run, point, first, last);
        return;
    }
    memset(run->known, 0, (last - first) * sizeof *run->known);
    if (run->reuse.count > 0 && reuse(run, point, first, last, whole)) {
        return;
    }
    uint64_t reused = run->here.reused;
    uint64_t end = fill_rows(run, first, last, &failure, pause);
    if (end == first || run->trouble.status != HW_OK) {
        return;
    }
    run->here.reused_points += run->here.reused - reused == sweep->replications;
    hw_journal_head head = {.point = point,
                            .first = first,
                            .last = end,
                            .failed = look_at_rows(run, end - first),
                            .horizon = run->open_case.model->horizon(run->open_case.scenario)};
    if (whole && end == last) {
        append_summary(run, head, &failure);
    } else {
        append_rows(run, head, &failure);
    }
}
