/* Puts the records of a point together into its answer. */
#include "sim/run/gather.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

hw_status hw_answer_create(hw_answer *answer, const hw_sweep *sweep, hw_trouble *trouble) {
    uint64_t rows = sweep->replications;
    *answer = (hw_answer){.summary = calloc(1, sweep->shape.summary_bytes + 1),
                          .values = calloc(rows * sweep->shape.value_count + 1, sizeof(double)),
                          .good = calloc(rows, sizeof(bool)),
                          .scratch = calloc(rows, sizeof(double)),
                          .seen = calloc(rows, sizeof(bool))};
    if (answer->summary == NULL || answer->values == NULL || answer->good == NULL ||
        answer->scratch == NULL || answer->seen == NULL) {
        hw_answer_free(answer);
        return hw_trouble_memory(trouble, "the values of one point");
    }
    return HW_OK;
}

void hw_answer_free(hw_answer *answer) {
    free(answer->summary);
    free(answer->values);
    free(answer->good);
    free(answer->scratch);
    free(answer->seen);
    free(answer->body.bytes);
    *answer = (hw_answer){0};
}

static void forget(hw_answer *answer, const hw_sweep *sweep) {
    memset(answer->seen, 0, sweep->replications * sizeof *answer->seen);
    answer->failure = (hw_journal_failure){0};
    answer->good_count = 0;
    answer->failed_count = 0;
    answer->horizon = (double)NAN;
}

/* Of several failures the one of the lowest replication counts, whichever record came first. */
static void take_failure(hw_answer *answer, const hw_journal_head *head) {
    hw_journal_failure failure;
    if (hw_journal_failure_in(head, answer->body.bytes, &failure) &&
        (*answer->failure.message == '\0' || failure.replication < answer->failure.replication)) {
        answer->failure = failure;
    }
}

static void take_values(hw_answer *answer, const hw_sweep *sweep, const hw_journal_head *head) {
    const unsigned char *body = answer->body.bytes;
    uint32_t count = sweep->shape.value_count;
    uint64_t rows = head->last - head->first;
    const unsigned char *numbers = body + hw_journal_marks_bytes(rows);
    for (uint64_t i = 0; i < rows; i++) {
        uint64_t row = head->first + i;
        answer->seen[row] = true;
        answer->good[row] = body[i] != 0;
        memcpy(answer->values + row * count, numbers + i * count * sizeof(double), count * sizeof(double));
    }
}

static bool fits(const hw_sweep *sweep, const hw_journal_head *head) {
    uint64_t rows = head->last - head->first;
    uint64_t tail = head->failed > 0 ? sizeof(hw_journal_failure) : 0;
    uint64_t values = hw_journal_rows_bytes(rows, sweep->shape.value_count * sizeof(double), tail > 0);
    bool range = head->first < head->last && head->last <= sweep->replications;
    switch (head->kind) {
    case HW_JOURNAL_SUMMARY:
        return range && rows == sweep->replications && head->length == sweep->shape.summary_bytes + tail;
    case HW_JOURNAL_ROWS:
        return range && head->length == values;
    default:
        return range && head->kind == HW_JOURNAL_PROBLEM && head->length == sizeof(hw_journal_failure);
    }
}

static void no_answer(hw_answer *answer, const hw_sweep *sweep) {
    for (size_t i = 0; i < sweep->shape.summary_bytes / sizeof(double); i++) {
        answer->summary[i] = (double)NAN;
    }
    for (uint64_t i = 0; i < sweep->replications * sweep->shape.value_count; i++) {
        answer->values[i] = (double)NAN;
    }
    memset(answer->good, 0, sweep->replications * sizeof *answer->good);
    answer->failed_count = sweep->replications;
}

static hw_status missing(const hw_sweep *sweep, uint64_t point, hw_trouble *trouble) {
    return hw_trouble_note(
        trouble, HW_ERROR_IO, 0,
        "point %llu is not whole in %s/journal-*: is the folder shared by all machines? --resume "
        "does again what is missing",
        (unsigned long long)point, sweep->folder);
}

static hw_status summarise(hw_answer *answer, const hw_sweep *sweep, uint64_t point, hw_trouble *trouble) {
    uint64_t good = 0;
    for (uint64_t r = 0; r < sweep->replications; r++) {
        if (!answer->seen[r]) {
            return missing(sweep, point, trouble);
        }
        good += answer->good[r];
    }
    answer->good_count = good;
    answer->failed_count = sweep->replications - good;
    hw_sweep_summarise(&sweep->shape, answer->values, answer->good, sweep->replications, answer->horizon,
                       answer->scratch, answer->summary);
    return HW_OK;
}

hw_status hw_gather(hw_answer *answer, const hw_sweep *sweep, const hw_journal_index *index, uint64_t point,
                    uint64_t *next, hw_trouble *trouble) {
    bool summary = false;
    bool problem = false;
    forget(answer, sweep);
    for (; *next < index->count && index->entries[*next].point == point; (*next)++) {
        hw_journal_head head;
        if (summary) {
            continue; /* the rest is what an earlier run had begun */
        }
        hw_trouble damage = {0};
        hw_journal_index_read(index, &index->entries[*next], &head, &answer->body, &damage);
        if (damage.status == HW_ERROR_MEMORY) {
            *trouble = damage;
            return trouble->status;
        }
        if (damage.status != HW_OK || !fits(sweep, &head)) {
            continue; /* damaged, and done again since: else the point is not whole */
        }
        take_failure(answer, &head);
        if (head.kind == HW_JOURNAL_SUMMARY) {
            summary = true;
            memcpy(answer->summary, answer->body.bytes, sweep->shape.summary_bytes);
            answer->failed_count = head.failed;
            answer->good_count = sweep->replications - head.failed;
        } else if (head.kind == HW_JOURNAL_ROWS) {
            take_values(answer, sweep, &head);
        }
        problem = problem || head.kind == HW_JOURNAL_PROBLEM;
        answer->horizon = head.horizon;
    }
    if (problem) {
        no_answer(answer, sweep);
        return HW_OK;
    }
    return summary ? HW_OK : summarise(answer, sweep, point, trouble);
}
