/* Runs an experiment: checks, claims work, replicates, gathers. */
#include "sim/run/experiment.h"
#include "sim/run/clock.h"
#include "sim/run/footing.h"
#include "sim/run/group.h"
#include "sim/run/interrupt.h"
#include "sim/run/journal.h"
#include "sim/run/journal_index.h"
#include "sim/run/precision.h"
#include "sim/run/progress.h"
#include "sim/run/publish.h"
#include "sim/run/share.h"
#include "sim/run/store.h"
#include "sim/run/trouble.h"
#include <errno.h>
#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How often a rank tells the others what it has done and hears whether to stop. */
static const double REPORT_SECONDS = 0.02;

/* What is known of a replication that an earlier run finished. */
enum { FOUND = 1, FOUND_GOOD = 2, FOUND_HAPPENED = 4 };

typedef struct tally {
    uint64_t good, failed, happened;
} tally;

typedef struct session {
    const hw_experiment *experiment;
    const char *said; /* the output as it was asked for, where the experiment's is behind symbolic links */
    hw_trouble trouble;
    char *identity;
    hw_group group;
    bool has_journal, has_share;
    hw_journal journal;
    hw_share share;
    hw_progress progress;
    unsigned char *found; /* per replication: FOUND bits */
    uint64_t found_count;
    uint64_t *todo; /* replications of this round, ascending */
    uint64_t todo_count;
    unsigned char *outcome;
    tally here;         /* this rank, this run, all rounds */
    uint64_t round_end; /* replications below it are this round's or an earlier one's */
    int64_t unreported, unreported_events;
    double reported_at;
    bool told_time; /* how long it will take, if long */
    int64_t stop;   /* OR of hw_stop, as far as this rank has heard */
} session;

/* ---- Before: what is there already ---- */

/* What an answer with so many replications would replace. */
static hw_status check_output(session *run, uint64_t finished, bool complete) {
    const hw_experiment *experiment = run->experiment;
    char model[HW_MODEL_NAME];
    const hw_question question = {.digest = experiment->digest,
                                  .model = hw_model_name(experiment->model, model),
                                  .seed = experiment->seed,
                                  .finished = finished,
                                  .complete = complete};
    return hw_publish_check(&question, run->said, experiment->rules, &run->trouble);
}

static hw_status note_found(session *run, const hw_journal_index *index, const hw_journal_entry *entry) {
    const hw_stop_rule *stop = run->experiment->stop;
    unsigned char bits = FOUND;
    if (entry->kind == HW_JOURNAL_OUTCOME) {
        bits |= FOUND_GOOD;
        if (stop != NULL) {
            hw_status status = hw_journal_index_body(index, entry, run->outcome, &run->trouble);
            if (status != HW_OK) {
                return status;
            }
            bits |= stop->happened(stop->context, run->outcome) ? FOUND_HAPPENED : 0;
        }
    }
    run->found[entry->replication] = bits;
    run->found_count++;
    return HW_OK;
}

/* Of this run and those of the same study that are still to come, less what is there already. */
static hw_footing footing_of(const session *run) {
    const hw_experiment *experiment = run->experiment;
    /* What is found and what is to do of each replication; at the end, its entry in the index of the
     * journals, in the list that is written, and room to grow. */
    const double memory = 1 + sizeof(uint64_t) + 3 * sizeof(hw_journal_entry);
    double all = (double)experiment->replications + (double)experiment->left_after;
    double record = (double)experiment->layout->bytes;
    double journals = ((double)experiment->replications - (double)run->found_count) *
                      (record + (double)sizeof(hw_journal_head));
    return (hw_footing){.path = run->said,
                        .replications = all,
                        .memory_bytes = memory * (double)experiment->replications,
                        .disk_bytes = experiment->stop != NULL ? 0.0 : journals,
                        .disk_most = experiment->stop != NULL ? 0.0 : journals + all * record,
                        .anyway = experiment->anyway};
}

/* Rank 0 looks for journals of an earlier run with the same output. */
static void look_for_journals(session *run) {
    const hw_experiment *experiment = run->experiment;
    hw_journal_index index = {0};
    if (check_output(run, experiment->replications, true) == HW_OK &&
        hw_journal_index_prepare(&index, experiment->output, run->identity, experiment->layout->bytes,
                                 &run->trouble) == HW_OK) {
        if (index.others > 0) {
            hw_progress_say(
                &run->progress, true,
                "replacing unfinished work of another scenario, seed or model: %u journals %s.journal-*",
                index.others, experiment->output);
        }
        hw_journal_index_drop_others(&index);
        for (uint64_t i = 0; i < index.count && index.entries[i].replication < experiment->replications;
             i++) {
            if (note_found(run, &index, &index.entries[i]) != HW_OK) {
                break;
            }
        }
        if (run->found_count > 0) {
            hw_progress_say(&run->progress, false, "resuming: %llu replications found in %s.journal-*",
                            (unsigned long long)run->found_count, experiment->output);
        }
        if (run->trouble.status == HW_OK) {
            const hw_footing footing = footing_of(run);
            hw_footing_folder(&footing, &run->progress, &run->trouble);
        }
    }
    hw_journal_index_free(&index);
}

/* Only leaders have something to write. */
static hw_status open_journal(session *run) {
    const hw_experiment *experiment = run->experiment;
    if (!hw_group_leads(&run->group)) {
        return HW_OK;
    }
    char *path = hw_journal_path(experiment->output, hw_rank());
    if (path == NULL) {
        return hw_trouble_memory(&run->trouble, "the journal");
    }
    hw_status status =
        hw_journal_open(&run->journal, path, run->identity, experiment->layout->bytes, &run->trouble);
    free(path);
    run->has_journal = status == HW_OK;
    return status;
}

/* All ranks find the same, but for computers with little memory. */
static hw_status check_size(session *run) {
    if (hw_footing_count(1, run->experiment->replications, &run->trouble) == HW_OK) {
        const hw_footing footing = footing_of(run);
        hw_footing_memory(&footing, &run->trouble);
    }
    return hw_trouble_agree(&run->trouble);
}

static hw_status take_memory(session *run) {
    const hw_experiment *experiment = run->experiment;
    run->identity = hw_journal_identity(experiment);
    run->found = calloc(experiment->replications + 1, 1);
    run->todo = malloc((experiment->replications + 1) * sizeof *run->todo);
    run->outcome = calloc(experiment->layout->bytes + 1, 1);
    if (run->identity == NULL || run->found == NULL || run->todo == NULL || run->outcome == NULL) {
        return hw_trouble_memory(&run->trouble, "the run");
    }
    return HW_OK;
}

static hw_status take_world(session *run) {
    const hw_experiment *experiment = run->experiment;
    uint32_t parts = experiment->model->process_count(experiment->scenario);
    if (hw_group_set_up(&run->group, experiment->model, experiment->scenario, &run->trouble) == HW_OK &&
        hw_rank() == 0 && (uint32_t)run->group.size > parts) {
        hw_progress_say(
            &run->progress, true,
            "a world of this scenario has %u part%s that ranks can share: %u of its %d ranks will "
            "have nothing to do",
            parts, parts == 1 ? "" : "s", (uint32_t)run->group.size - parts, run->group.size);
    }
    return run->trouble.status;
}

/* MPI counts in int. */
static void broadcast_bytes(unsigned char *bytes, uint64_t count) {
    const uint64_t largest = 1U << 30;
    for (uint64_t sent = 0; sent < count; sent += largest) {
        uint64_t part = count - sent < largest ? count - sent : largest;
        MPI_Bcast(bytes + sent, (int)part, MPI_BYTE, 0, MPI_COMM_WORLD);
    }
}

static hw_status prepare(session *run) {
    const hw_experiment *experiment = run->experiment;
    hw_progress_begin(&run->progress, hw_rank() != 0 || experiment->progress == HW_PROGRESS_NONE);
    hw_progress_part_of(&run->progress, experiment->part, experiment->done_before, experiment->left_after);
    if (hw_group_open(&run->group, experiment->ranks_per_world, &run->trouble) != HW_OK) {
        return run->trouble.status;
    }
    if (check_size(run) != HW_OK) {
        return run->trouble.status;
    }
    take_memory(run);
    if (hw_trouble_agree(&run->trouble) != HW_OK) {
        return run->trouble.status;
    }
    take_world(run);
    if (hw_trouble_agree(&run->trouble) != HW_OK) {
        return run->trouble.status;
    }
    if (hw_rank() == 0) {
        look_for_journals(run);
    }
    if (hw_trouble_agree(&run->trouble) != HW_OK) {
        return run->trouble.status;
    }
    broadcast_bytes(run->found, experiment->replications);
    open_journal(run);
    if (hw_trouble_agree(&run->trouble) != HW_OK) {
        return run->trouble.status;
    }
    hw_share_open(&run->share);
    run->share.ranks = run->group.groups;
    run->has_share = true;
    return HW_OK;
}

/* ---- During: claim, replicate, append ---- */

static void report(session *run) {
    hw_stop wish = run->trouble.status != HW_OK          ? HW_STOP_TROUBLE
                   : hw_group_asked_to_stop(&run->group) ? HW_STOP_SIGNAL
                                                         : HW_STOP_NO;
    hw_share_totals totals = hw_share_report(&run->share, run->unreported, run->unreported_events, wish);
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
    session *run = context;
    bool news =
        run->stop == HW_STOP_NO && (run->trouble.status != HW_OK || hw_group_asked_to_stop(&run->group));
    if (news || hw_clock_seconds() - run->reported_at >= REPORT_SECONDS) {
        report(run);
    }
}

static void replicate(session *run, uint64_t replication) {
    const hw_experiment *experiment = run->experiment;
    const hw_rng_key key = {.seed = experiment->seed, .replication = replication};
    hw_failure failure = {0};
    uint64_t events = 0;
    memset(run->outcome, 0, experiment->layout->bytes);
    bool good = hw_group_replicate(&run->group, key, run->outcome, &events, &failure) == HW_OK;
    if (hw_journal_append(&run->journal, replication, run->outcome, good ? NULL : &failure, &run->trouble) !=
        HW_OK) {
        return;
    }
    const hw_stop_rule *stop = experiment->stop;
    run->here.good += good;
    run->here.failed += !good;
    run->here.happened += good && stop != NULL && stop->happened(stop->context, run->outcome);
    run->unreported++;
    run->unreported_events += (int64_t)events;
}

/* Rank 0 does so after its first replication. */
static void tell_time(session *run, double began) {
    const hw_experiment *experiment = run->experiment;
    double left = (double)run->todo_count + (double)experiment->left_after;
    hw_footing_tell_time(hw_clock_seconds() - began, left, run->group.groups, &run->progress);
    run->told_time = true;
}

static void lead(session *run) {
    uint64_t first = 0;
    uint64_t last = 0;
    report(run);
    while (run->stop == HW_STOP_NO && hw_share_claim(&run->share, &first, &last)) {
        for (uint64_t i = first; i < last && run->stop == HW_STOP_NO; i++) {
            double began = hw_clock_seconds();
            replicate(run, run->todo[i]);
            if (hw_rank() == 0 && !run->told_time) {
                tell_time(run, began);
            }
            report_sometimes(run);
        }
    }
    hw_group_dismiss(&run->group);
    hw_journal_synchronise(&run->journal, &run->trouble);
    report(run);
}

static void work(session *run) {
    if (hw_group_leads(&run->group)) {
        lead(run);
    } else {
        hw_group_help(&run->group);
    }
}

static void plan_round(session *run, uint64_t start, uint64_t end) {
    run->todo_count = 0;
    for (uint64_t replication = start; replication < end; replication++) {
        if (!(run->found[replication] & FOUND)) {
            run->todo[run->todo_count++] = replication;
        }
    }
    run->round_end = end;
    hw_progress_extend(&run->progress, end);
}

/* What all ranks have of the replications below the end of the round, earlier runs included. */
static tally tally_of_all(const session *run) {
    uint64_t sums[3] = {run->here.good, run->here.failed, run->here.happened};
    MPI_Allreduce(MPI_IN_PLACE, sums, 3, MPI_UINT64_T, MPI_SUM, MPI_COMM_WORLD);
    tally all = {.good = sums[0], .failed = sums[1], .happened = sums[2]};
    for (uint64_t replication = 0; replication < run->round_end; replication++) {
        unsigned char bits = run->found[replication];
        all.good += (bits & FOUND_GOOD) != 0;
        all.failed += (bits & FOUND) && !(bits & FOUND_GOOD);
        all.happened += (bits & FOUND_HAPPENED) != 0;
    }
    return all;
}

/* True when there is nothing more to do: all done, precise enough, or stopped. */
static bool round_ends_run(const session *run, hw_experiment_report *answer) {
    const hw_experiment *experiment = run->experiment;
    tally all = tally_of_all(run);
    answer->finished = all.good + all.failed;
    answer->failed = all.failed;
    answer->half_width = experiment->stop != NULL ? hw_wilson_half_width(all.happened, all.good) : 0.0;
    answer->interrupted = answer->finished < run->round_end;
    bool precise =
        experiment->stop != NULL && all.good > 0 && answer->half_width <= experiment->stop->half_width;
    return answer->interrupted || precise || run->round_end >= experiment->replications;
}

static void run_rounds(session *run, hw_experiment_report *answer) {
    const hw_experiment *experiment = run->experiment;
    double started = hw_clock_seconds();
    hw_progress_start(&run->progress, run->found_count, experiment->replications);
    bool over = false;
    while (!over) {
        uint64_t start = run->round_end;
        uint64_t end = experiment->stop != NULL ? hw_precision_next_look(start, experiment->replications)
                                                : experiment->replications;
        plan_round(run, start, end);
        hw_share_begin(&run->share, run->todo_count);
        work(run);
        hw_share_wait(report_sometimes, run);
        over = hw_trouble_agree(&run->trouble) != HW_OK;
        over = round_ends_run(run, answer) || over;
    }
    answer->seconds = hw_clock_seconds() - started;
    answer->events = (uint64_t)hw_share_report(&run->share, 0, 0, HW_STOP_NO).events;
}

/* ---- After: one file ---- */

static void explain_kept_work(session *run, const hw_experiment_report *answer) {
    char text[HW_TROUBLE_TEXT];
    memcpy(text, run->trouble.text, sizeof text);
    int error = run->trouble.system_error;
    bool no_space = error == ENOSPC || error == EDQUOT || error == EFBIG;
    if (answer->finished > 0) {
        snprintf(run->trouble.text, sizeof run->trouble.text,
                 "%.600s after %llu replications; finished work is kept in %.200s.journal-*; %srun the same "
                 "command again",
                 text, (unsigned long long)answer->finished, run->experiment->output,
                 no_space ? "free space and " : "");
    }
}

/* Journals of runs that go on are locked: ours are let go before they are read or removed. */
static void close_journals(session *run) {
    if (run->has_journal) {
        hw_journal_close(&run->journal);
        run->has_journal = false;
    }
    MPI_Barrier(MPI_COMM_WORLD);
}

static void assemble(session *run, const hw_experiment_report *answer) {
    const hw_store_order order = {.experiment = run->experiment,
                                  .identity = run->identity,
                                  .limit = run->round_end,
                                  .complete = !answer->interrupted};
    hw_store_write(&order, &run->trouble);
}

/* Part of an answer does not replace a whole one; and a run until a probability is known may turn out shorter
 * than an earlier one. */
static bool may_replace(session *run, const hw_experiment_report *answer) {
    hw_trouble *trouble = &run->trouble;
    if (hw_rank() == 0 && check_output(run, answer->finished, !answer->interrupted) == HW_ERROR_INPUT &&
        answer->interrupted) {
        *trouble = (hw_trouble){.status = HW_OK};
        hw_trouble_note(
            trouble, HW_ERROR_INTERRUPTED, 0,
            "interrupted after %llu of %llu replications, which are kept in %s.journal-*: the same "
            "command goes on from there; the finished result in %s is still the earlier one",
            (unsigned long long)answer->finished, (unsigned long long)run->experiment->replications,
            run->experiment->output, run->experiment->output);
    }
    return hw_trouble_agree(trouble) == HW_OK;
}

static void finish(session *run, hw_experiment_report *answer) {
    close_journals(run);
    if (hw_rank() == 0) {
        hw_progress_end(&run->progress, run->progress.found + answer->finished, answer->events);
    }
    if (run->trouble.status == HW_OK && answer->finished == 0 && answer->interrupted) {
        hw_trouble_note(&run->trouble, HW_ERROR_INTERRUPTED, 0,
                        "stopped before any replication was finished");
    } else if (run->trouble.status == HW_OK && may_replace(run, answer)) {
        assemble(run, answer);
    }
    if (run->trouble.status == HW_ERROR_IO || run->trouble.status == HW_ERROR_MEMORY ||
        run->trouble.status == HW_ERROR_INPUT) {
        explain_kept_work(run, answer);
    }
    bool nothing_to_keep = answer->finished == 0 || (run->trouble.status == HW_OK && !answer->interrupted);
    if (hw_rank() == 0 && nothing_to_keep) {
        hw_journal_remove_all(run->experiment->output);
    }
}

static void release(session *run) {
    if (run->has_share) {
        hw_share_close(&run->share);
    }
    if (run->has_journal) {
        hw_journal_close(&run->journal);
    }
    hw_group_close(&run->group);
    free(run->identity);
    free(run->found);
    free(run->todo);
    free(run->outcome);
}

hw_status hw_experiment_run(const hw_experiment *asked, hw_experiment_report *report, hw_errors *errors) {
    char *target = hw_output_target(asked->output);
    hw_experiment experiment = *asked;
    experiment.output = target != NULL ? target : asked->output;
    session run = {.experiment = &experiment, .said = asked->output};
    *report = (hw_experiment_report){.ranks = hw_rank_count()};
    hw_interrupt_begin();
    if (prepare(&run) == HW_OK) {
        run_rounds(&run, report);
        finish(&run, report);
    }
    release(&run);
    hw_interrupt_end();
    if (run.trouble.status != HW_OK && hw_rank() == 0) {
        hw_errors_say(errors, "%s", run.trouble.text);
    }
    free(target);
    return run.trouble.status;
}
