/* The work of one group: points, their replications, and what is written of them. */
#include "sim/run/sweep_session.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SLICE_BYTES = 64 << 20, NOBODY = -1 };

/* ---- Memory ---- */

static bool make_room(unsigned char **bytes, size_t *room, size_t wanted) {
    if (wanted > *room) {
        unsigned char *larger = realloc(*bytes, wanted);
        if (larger == NULL) {
            return false;
        }
        *bytes = larger;
        *room = wanted;
    }
    return true;
}

hw_status hw_sweep_work_prepare(hw_sweep_session *run) {
    const hw_sweep *sweep = run->sweep;
    uint64_t each = (uint64_t)sweep->shape.value_count * sizeof(double) + 1;
    uint64_t most = SLICE_BYTES / each / HW_SWEEP_PIECE * HW_SWEEP_PIECE;
    most = most > HW_SWEEP_PIECE ? most : HW_SWEEP_PIECE;
    run->slice_most = most < sweep->replications ? most : sweep->replications;
    run->values = calloc(run->slice_most * sweep->shape.value_count + 1, sizeof *run->values);
    run->good = calloc(run->slice_most + 1, sizeof *run->good);
    run->known = calloc(run->slice_most + 1, sizeof *run->known);
    run->scratch = calloc(run->slice_most + 1, sizeof *run->scratch);
    run->summary = calloc(1, sweep->shape.summary_bytes + 1);
    run->open_point = UINT64_MAX;
    if (run->values == NULL || run->good == NULL || run->known == NULL || run->scratch == NULL ||
        run->summary == NULL) {
        return hw_trouble_memory(&run->trouble, "the values of one point");
    }
    return HW_OK;
}

void hw_sweep_work_release(hw_sweep_session *run) {
    free(run->values);
    free(run->good);
    free(run->known);
    free(run->scratch);
    free(run->summary);
    free(run->outcome);
    free(run->body);
}

/* ---- The open point ---- */

static void close_point(hw_sweep_session *run) {
    if (run->open_point != UINT64_MAX) {
        hw_group_take_down(&run->group);
        run->sweep->source.close(run->sweep->source.context, &run->open_case);
    }
    run->open_point = UINT64_MAX;
}

/* The same on all ranks of the group. */
static void set_up_point(hw_sweep_session *run, uint64_t point) {
    const hw_sweep_source *source = &run->sweep->source;
    run->open_case = (hw_sweep_case){0};
    run->open_point = point;
    run->open_status = source->open(source->context, point, &run->open_case, run->open_problem);
    if (run->open_status != HW_OK) {
        return;
    }
    if (!make_room(&run->outcome, &run->outcome_room, run->open_case.outcome_bytes + 1)) {
        hw_trouble_memory(&run->trouble, "an outcome");
    }
    run->open_status =
        hw_group_set_up(&run->group, run->open_case.model, run->open_case.scenario, &run->trouble);
}

void hw_sweep_open_point(hw_sweep_session *run, uint64_t point) {
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

void hw_sweep_help(hw_sweep_session *run) {
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

static void note_failure(hw_sweep_failure *first, int64_t replication, const hw_failure *failure) {
    if (*first->message == '\0') {
        first->replication = replication;
        first->time = failure->time;
        memcpy(first->message, failure->message, sizeof first->message);
        first->message[sizeof first->message - 1] = '\0';
    }
}

void hw_sweep_replicate(hw_sweep_session *run, uint64_t replication, uint64_t row, hw_sweep_tally *tally,
                        hw_sweep_failure *first) {
    const hw_sweep *sweep = run->sweep;
    const hw_sweep_source *source = &sweep->source;
    double *values = run->values + row * sweep->shape.value_count;
    hw_failure failure = {0};
    uint64_t events = 0;
    memset(run->outcome, 0, run->open_case.outcome_bytes);
    const hw_rng_key key = {.seed = sweep->seed, .replication = replication};
    run->good[row] = hw_group_replicate(&run->group, key, run->outcome, &events, &failure) == HW_OK;
    if (run->good[row]) {
        source->measure(source->context, &run->open_case, run->outcome, values);
    } else {
        for (uint32_t v = 0; v < sweep->shape.value_count; v++) {
            values[v] = (double)NAN;
        }
        note_failure(first, (int64_t)replication, &failure);
        tally->failed++;
    }
    tally->events += events;
    tally->replications++;
}

/* ---- What other sweeps have answered ---- */

/* Failed replications are run again: their message is not worth keeping for each of them. */
static void take_values(hw_sweep_session *run, const hw_sweep_head *head, const unsigned char *body,
                        uint64_t first, uint64_t last) {
    uint32_t count = run->sweep->shape.value_count;
    uint64_t padded = (head->last - head->first + 7) / 8 * 8;
    for (uint64_t r = head->first > first ? head->first : first; r < head->last && r < last; r++) {
        uint64_t from = r - head->first;
        uint64_t row = r - first;
        if (body[from] != 0) {
            run->good[row] = true;
            run->known[row] = true;
            memcpy(run->values + row * count, body + padded + from * count * sizeof(double),
                   count * sizeof(double));
        }
    }
}

static uint64_t values_length(const hw_sweep_session *run, const hw_sweep_head *head) {
    uint64_t rows = head->last - head->first;
    return (rows + 7) / 8 * 8 + rows * run->sweep->shape.value_count * sizeof(double) +
           (head->failed > 0 ? sizeof(hw_sweep_failure) : 0);
}

/* Looks among the records of other sweeps. True when a whole summary was taken over as it is; values of
 * single replications are put in their rows. Damaged records are passed over. */
static bool reuse(hw_sweep_session *run, uint64_t point, uint64_t first, uint64_t last, bool whole) {
    uint64_t from = 0;
    uint64_t to = 0;
    hw_sweep_index_find(&run->reuse, run->open_case.key, &from, &to);
    for (uint64_t i = from; i < to; i++) {
        const hw_sweep_entry *entry = &run->reuse.entries[i];
        bool fits = entry->kind == HW_SWEEP_VALUES || (entry->kind == HW_SWEEP_SUMMARY && whole &&
                                                       entry->first == first && entry->last == last);
        hw_trouble ignored = {0};
        hw_sweep_head head;
        unsigned char *body = fits ? hw_sweep_index_read(&run->reuse, entry, &head, &ignored) : NULL;
        if (body == NULL) {
            continue;
        }
        if (head.kind == HW_SWEEP_SUMMARY) {
            head.point = point;
            hw_sweep_head_seal(&head, body);
            hw_sweep_journal_append(&run->journal, &head, body, &run->trouble);
            free(body);
            return true;
        }
        if (head.length == values_length(run, &head)) {
            take_values(run, &head, body, first, last);
        }
        free(body);
    }
    return false;
}

/* ---- Records ---- */

static void append(hw_sweep_session *run, hw_sweep_head *head) {
    memcpy(head->key, run->open_case.key, sizeof head->key);
    hw_sweep_head_seal(head, run->body);
    hw_sweep_journal_append(&run->journal, head, run->body, &run->trouble);
}

static void add_to_body(hw_sweep_session *run, hw_sweep_head *head, const void *bytes, size_t count) {
    memcpy(run->body + head->length, bytes, count);
    head->length += count;
}

static void append_values(hw_sweep_session *run, hw_sweep_head head, const hw_sweep_failure *failure) {
    static const unsigned char nothing[8];
    uint64_t rows = head.last - head.first;
    if (!make_room(&run->body, &run->body_room, values_length(run, &head))) {
        hw_trouble_memory(&run->trouble, "a record of the journal");
        return;
    }
    head.kind = HW_SWEEP_VALUES;
    add_to_body(run, &head, run->good, rows);
    add_to_body(run, &head, nothing, (rows + 7) / 8 * 8 - rows);
    add_to_body(run, &head, run->values, rows * run->sweep->shape.value_count * sizeof(double));
    if (head.failed > 0) {
        add_to_body(run, &head, failure, sizeof *failure);
    }
    append(run, &head);
}

static void append_summary(hw_sweep_session *run, hw_sweep_head head, const hw_sweep_failure *failure) {
    const hw_sweep_shape *shape = &run->sweep->shape;
    if (!make_room(&run->body, &run->body_room, shape->summary_bytes + sizeof *failure)) {
        hw_trouble_memory(&run->trouble, "a record of the journal");
        return;
    }
    head.kind = HW_SWEEP_SUMMARY;
    hw_sweep_summarise(shape, run->values, run->good, head.last - head.first, head.horizon, run->scratch,
                       run->summary);
    add_to_body(run, &head, run->summary, shape->summary_bytes);
    if (head.failed > 0) {
        add_to_body(run, &head, failure, sizeof *failure);
    }
    append(run, &head);
}

static void append_problem(hw_sweep_session *run, uint64_t point, uint64_t first, uint64_t last) {
    hw_sweep_failure failure = {.replication = NOBODY, .time = (double)NAN};
    hw_sweep_head head = {.kind = HW_SWEEP_PROBLEM,
                          .point = point,
                          .first = first,
                          .last = last,
                          .failed = last - first,
                          .horizon = (double)NAN};
    memcpy(failure.message, run->open_problem, sizeof failure.message);
    if (!make_room(&run->body, &run->body_room, sizeof failure)) {
        hw_trouble_memory(&run->trouble, "a record of the journal");
        return;
    }
    add_to_body(run, &head, &failure, sizeof failure);
    append(run, &head);
}

/* ---- A slice ---- */

static uint64_t count_failed(const bool *good, uint64_t rows) {
    uint64_t failed = 0;
    for (uint64_t row = 0; row < rows; row++) {
        failed += !good[row];
    }
    return failed;
}

/* Runs what is not known yet; returns where it ended. */
static uint64_t fill_rows(hw_sweep_session *run, uint64_t first, uint64_t last, hw_sweep_tally *tally,
                          hw_sweep_failure *failure, bool (*pause)(hw_sweep_session *run)) {
    for (uint64_t r = first; r < last; r++) {
        bool asked = pause(run);
        if (asked && r % HW_SWEEP_PIECE == 0) {
            return r;
        }
        if (run->known[r - first]) {
            tally->replications++;
            tally->reused++;
        } else {
            hw_sweep_replicate(run, r, r - first, tally, failure);
        }
    }
    return last;
}

void hw_sweep_do_slice(hw_sweep_session *run, uint64_t point, uint64_t first, uint64_t last,
                       hw_sweep_tally *tally, bool (*pause)(hw_sweep_session *run)) {
    bool whole = first == 0 && last == run->sweep->replications && !run->sweep->keep_outcomes;
    hw_sweep_failure failure = {0};
    hw_sweep_open_point(run, point);
    if (run->trouble.status != HW_OK) {
        return;
    }
    if (run->open_status != HW_OK) {
        append_problem(run, point, first, last);
        tally->problems += first == 0;
        tally->replications += last - first;
        return;
    }
    memset(run->known, 0, (last - first) * sizeof *run->known);
    if (run->reuse.count > 0 && reuse(run, point, first, last, whole)) {
        tally->replications += last - first;
        tally->reused += last - first;
        tally->reused_points++;
        return;
    }
    uint64_t reused = tally->reused;
    uint64_t end = fill_rows(run, first, last, tally, &failure, pause);
    if (end == first || run->trouble.status != HW_OK) {
        return;
    }
    tally->reused_points += tally->reused - reused == run->sweep->replications;
    hw_sweep_head head = {.point = point,
                          .first = first,
                          .last = end,
                          .failed = count_failed(run->good, end - first),
                          .horizon = run->open_case.model->horizon(run->open_case.scenario)};
    if (whole && end == last) {
        append_summary(run, head, &failure);
    } else {
        append_values(run, head, &failure);
    }
}
