/* Runs a sweep: checks, claims work, replicates, gathers. */
#define _GNU_SOURCE /* asprintf */
#include "sim/run/sweep.h"
#include "sim/run/clock.h"
#include "sim/run/earlier.h"
#include "sim/run/interrupt.h"
#include "sim/run/precision.h"
#include "sim/run/session.h"
#include "sim/run/store.h"
#include "sim/run/sweep_store.h"
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- Names ---- */

char *hw_sweep_result_path(const char *folder) {
    char *path = NULL;
    return asprintf(&path, "%s/sweep.h5", folder) < 0 ? NULL : path;
}

char *hw_sweep_stem(const hw_sweep *sweep) {
    char *stem = NULL;
    char *target = sweep->alone != NULL ? hw_output_target(sweep->alone->output) : NULL;
    const char *output = target != NULL ? target : sweep->alone != NULL ? sweep->alone->output : NULL;
    int length = output != NULL ? asprintf(&stem, "%s.", output) : asprintf(&stem, "%s/", sweep->folder);
    free(target);
    return length < 0 ? NULL : stem;
}

hw_question hw_sweep_question(const hw_sweep *sweep, uint64_t finished, bool complete,
                              char room[HW_MODEL_NAME]) {
    bool is_sweep = sweep->alone == NULL;
    return (hw_question){.digest = sweep->digest,
                         .model = hw_model_name(sweep->model, room),
                         .seed = sweep->seed,
                         .finished = is_sweep ? UINT64_MAX : finished,
                         .complete = is_sweep || complete,
                         .is_sweep = is_sweep};
}

char *hw_sweep_identity(const hw_sweep *sweep) {
    if (sweep->alone != NULL) {
        return hw_experiment_identity(sweep->alone);
    }
    char *text = NULL;
    int length = asprintf(&text,
                          "title %s\nplan %s\nmodel %s %s\ncode %s\npoints %" PRIu64 "\nreplications %" PRIu64
                          "\nvalues %u\nkeep %s\n",
                          sweep->title, sweep->digest, sweep->model->name, sweep->model->version,
                          hw_model_built_from(sweep->model), sweep->points, sweep->replications,
                          sweep->shape.value_count, sweep->keep_outcomes ? "outcomes" : "summaries");
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

/* ---- Rounds ---- */

/* Whether the stop rule holds at each point, with what earlier runs have found. Collective. */
static bool is_precise(hw_session *run, hw_sweep_report *answer) {
    const hw_sweep *sweep = run->sweep;
    hw_seen *all = run->seen + sweep->points;
    bool some_everywhere = true;
    memcpy(all, run->seen, sweep->points * sizeof *all);
    for (uint64_t point = 0; run->found != NULL && point < sweep->points; point++) {
        const unsigned char *found = run->found + point * sweep->replications;
        for (uint64_t r = 0; r < run->round_end; r++) {
            all[point].good += (found[r] & HW_FOUND_GOOD) != 0;
            all[point].happened += (found[r] & HW_FOUND_HAPPENED) != 0;
        }
    }
    MPI_Allreduce(MPI_IN_PLACE, all, (int)(2 * sweep->points), MPI_UINT64_T, MPI_SUM, MPI_COMM_WORLD);
    answer->half_width = 0.0;
    for (uint64_t point = 0; point < sweep->points; point++) {
        double width = hw_wilson_half_width(all[point].happened, all[point].good);
        answer->half_width = width > answer->half_width ? width : answer->half_width;
        some_everywhere = some_everywhere && all[point].good > 0;
    }
    return some_everywhere && answer->half_width <= sweep->stop->half_width;
}

/* An experiment's failures of earlier runs count too. */
static uint64_t found_failed(const hw_session *run) {
    uint64_t failed = 0;
    for (uint64_t r = 0; run->sweep->alone != NULL && run->found != NULL && r < run->round_end; r++) {
        failed += run->found[r] == HW_FOUND;
    }
    return failed;
}

/* True when there is nothing more to do: all done, precise enough, or stopped. */
static bool round_ends_sweep(hw_session *run, hw_sweep_report *answer) {
    const hw_sweep *sweep = run->sweep;
    uint64_t sums[] = {run->here.replications, run->here.reused,   run->here.reused_points,
                       run->here.failed,       run->here.problems, run->here.events};
    sums[3] += found_failed(run);
    MPI_Allreduce(MPI_IN_PLACE, sums, 6, MPI_UINT64_T, MPI_SUM, MPI_COMM_WORLD);
    MPI_Allreduce(MPI_IN_PLACE, &run->stop, 1, MPI_INT64_T, MPI_BOR, MPI_COMM_WORLD);
    answer->finished = hw_cover_replications(&run->cover, run->round_end) + sums[0];
    answer->reused = sums[1];
    answer->reused_points = sums[2];
    answer->failed = sums[3];
    answer->problems = sums[4];
    answer->events = sums[5];
    answer->complete = answer->finished == sweep->points * run->round_end;
    bool precise = sweep->stop != NULL && is_precise(run, answer);
    return !answer->complete || precise || run->round_end >= sweep->replications;
}

static void run_rounds(hw_session *run, hw_sweep_report *answer) {
    const hw_sweep *sweep = run->sweep;
    double began = hw_clock_seconds();
    answer->found = hw_cover_replications(&run->cover, sweep->replications);
    answer->damaged = run->damaged;
    if (answer->found > 0) {
        hw_progress_say(&run->progress, false, "resuming: %llu replications found in %sjournal-*",
                        (unsigned long long)answer->found, run->stem);
    }
    hw_progress_start(&run->progress, answer->found, sweep->points * sweep->replications);
    bool over = false;
    while (!over) {
        run->round_start = run->round_end;
        run->round_end = sweep->stop != NULL ? hw_precision_next_look(run->round_start, sweep->replications)
                                             : sweep->replications;
        hw_progress_extend(&run->progress, sweep->points * run->round_end);
        hw_session_work(run);
        over = round_ends_sweep(run, answer) || run->trouble.status != HW_OK;
    }
    answer->seconds = hw_clock_seconds() - began;
}

/* ---- After: one file ---- */

static const char *how_to_go_on(const hw_session *run) {
    return run->sweep->alone != NULL ? "" : " with --resume";
}

static void explain_kept_work(hw_session *run, const hw_sweep_report *answer) {
    char text[HW_TROUBLE_TEXT];
    memcpy(text, run->trouble.text, sizeof text);
    int error = run->trouble.system_error;
    bool no_space = error == ENOSPC || error == EDQUOT || error == EFBIG;
    if (answer->finished > 0) {
        snprintf(run->trouble.text, sizeof run->trouble.text,
                 "%.600s after %llu replications; finished work is kept in %.200sjournal-*; %srun the same "
                 "command again%s",
                 text, (unsigned long long)answer->finished, run->stem, no_space ? "free space and " : "",
                 how_to_go_on(run));
    }
}

static void note_stopped(hw_session *run, const hw_sweep_report *answer) {
    bool interrupted = (run->stop & HW_STOP_SIGNAL) != 0;
    hw_trouble_note(&run->trouble, interrupted ? HW_ERROR_INTERRUPTED : HW_ERROR_REQUEUE, 0,
                    "stopped after %" PRIu64 " of %" PRIu64
                    " replications; finished work is kept in %sjournal-*: run the same command again%s",
                    answer->finished, run->sweep->points * run->sweep->replications, run->stem,
                    how_to_go_on(run));
}

/* Part of an answer does not replace a whole one; and a run until a probability is known may turn out shorter
 * than an earlier one. */
static void check_again(hw_session *run, const hw_sweep_report *answer) {
    hw_trouble *trouble = &run->trouble;
    if (hw_rank() == 0 &&
        hw_session_check_result(run, answer->finished, answer->complete) == HW_ERROR_INPUT &&
        !answer->complete) {
        *trouble = (hw_trouble){.status = HW_OK};
        hw_trouble_note(
            trouble, HW_ERROR_INTERRUPTED, 0,
            "interrupted after %llu of %llu replications, which are kept in %sjournal-*: the same "
            "command goes on from there; the finished result in %s is still the earlier one",
            (unsigned long long)answer->finished, (unsigned long long)run->sweep->replications, run->stem,
            run->result);
    }
    hw_trouble_agree(trouble);
}

static void write_outcomes(hw_session *run, hw_sweep_report *answer) {
    const hw_store_order order = {.experiment = run->sweep->alone,
                                  .stem = run->stem,
                                  .limit = run->round_end,
                                  .complete = answer->complete};
    if (answer->finished == 0 && !answer->complete) {
        hw_trouble_note(&run->trouble, HW_ERROR_INTERRUPTED, 0,
                        "stopped before any replication was finished");
        return;
    }
    check_again(run, answer);
    if (run->trouble.status == HW_OK) {
        hw_store_write(&order, &answer->assembly, &run->trouble);
    }
}

static void write_points(hw_session *run, const hw_sweep_report *answer) {
    hw_sweep answered = *run->sweep;
    answered.replications = run->round_end;
    if (!answer->complete) {
        note_stopped(run, answer);
    } else if (hw_rank() == 0) {
        hw_sweep_store_write(&answered, &run->trouble);
    }
    hw_trouble_agree(&run->trouble);
}

/* Journals of runs that go on are locked: ours are let go before they are read or removed. */
static void close_journals(hw_session *run) {
    if (run->has_journal) {
        hw_journal_close(&run->journal);
        run->has_journal = false;
    }
    MPI_Barrier(MPI_COMM_WORLD);
}

static void finish(hw_session *run, hw_sweep_report *answer) {
    bool alone = run->sweep->alone != NULL;
    close_journals(run);
    if (hw_rank() == 0) {
        hw_progress_end(&run->progress, answer->finished, answer->events);
    }
    if (run->trouble.status == HW_OK && alone) {
        write_outcomes(run, answer);
    } else if (run->trouble.status == HW_OK) {
        write_points(run, answer);
    }
    hw_status status = run->trouble.status;
    answer->complete = answer->complete && status == HW_OK;
    if (status == HW_ERROR_IO || status == HW_ERROR_MEMORY || status == HW_ERROR_INPUT) {
        explain_kept_work(run, answer);
    }
    if (alone && hw_rank() == 0 && (answer->finished == 0 || answer->complete)) {
        hw_journal_remove_all(run->stem);
    }
}

static void release(hw_session *run) {
    if (run->has_share) {
        hw_share_close(&run->share);
    }
    if (run->has_journal) {
        hw_journal_close(&run->journal);
    }
    if (run->log != NULL) {
        fclose(run->log);
    }
    hw_group_close(&run->group);
    hw_work_release(run);
    hw_journal_index_free(&run->reuse);
    hw_cover_free(&run->cover);
    free(run->found);
    free(run->seen);
    free(run->stem);
    free(run->result);
    free(run->identity);
}

hw_status hw_sweep_run(const hw_sweep *sweep, hw_sweep_report *report, hw_errors *errors) {
    hw_session run = {.sweep = sweep, .journal.file = -1, .started = hw_clock_seconds()};
    *report = (hw_sweep_report){.ranks = hw_rank_count()};
    hw_interrupt_begin();
    if (hw_session_start(&run) == HW_OK) {
        run_rounds(&run, report);
        finish(&run, report);
    }
    release(&run);
    hw_interrupt_end(run.stop != HW_STOP_NO && !report->complete);
    if (run.trouble.status != HW_OK && hw_rank() == 0) {
        hw_errors_say(errors, "%s", run.trouble.text);
    }
    return run.trouble.status;
}
