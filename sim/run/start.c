/* Before a sweep: what earlier runs have left, whether the result may take its place, and whether there is
 * room. */
#define _GNU_SOURCE /* asprintf */
#include "sim/ordinary_file.h"
#include "sim/run/footing.h"
#include "sim/run/publish.h"
#include "sim/run/session.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- The result's place ---- */

hw_status hw_session_check_result(hw_session *run, uint64_t finished, bool complete) {
    char model[HW_MODEL_NAME];
    const hw_question question = hw_sweep_question(run->sweep, finished, complete, model);
    return hw_publish_check(&question, run->result, run->sweep->rules, &run->trouble);
}

/* Before the work. Without a word on --resume no result of a sweep is expected to be there at all. */
static void check_place(hw_session *run) {
    const hw_sweep *sweep = run->sweep;
    bool replace = sweep->rules != NULL && sweep->rules->replace;
    struct stat about;
    if (hw_session_check_result(run, sweep->replications, true) == HW_OK && !sweep->resume && !replace &&
        stat(run->result, &about) == 0) {
        hw_trouble_note(&run->trouble, HW_ERROR_INPUT, 0,
                        "%s is there already: choose another folder with -o, or say --replace", run->result);
    }
}

static void make_folder(hw_session *run) {
    const char *folder = run->sweep->folder;
    if (folder != NULL && mkdir(folder, 0777) != 0 && errno != EEXIST) {
        hw_trouble_note(&run->trouble, HW_ERROR_IO, errno, "cannot make the folder %s: %s", folder,
                        strerror(errno));
    }
}

/* ---- Journals of earlier runs ---- */

static void check_kinship(hw_session *run, const hw_journal_index *index) {
    const char *folder = run->sweep->folder;
    if (folder == NULL || hw_journal_index_identity(index) == NULL) {
        return;
    }
    if (hw_journal_index_others(index, run->identity) > 0) {
        hw_trouble_note(
            &run->trouble, HW_ERROR_INPUT, 0,
            "%s holds another sweep, or this one as it was before its file, a scenario or the program "
            "changed: choose another folder with -o (and take over what is the same with --reuse %s)",
            folder, folder);
    } else if (!run->sweep->resume) {
        hw_trouble_note(
            &run->trouble, HW_ERROR_INPUT, 0,
            "%s holds this sweep already: --resume goes on with it, or choose another folder with -o",
            folder);
    }
}

/* An experiment's output has one place: what another one began there goes. */
static void drop_others(hw_session *run, hw_journal_index *index) {
    uint32_t others = hw_journal_index_others(index, run->identity);
    if (others > 0) {
        hw_progress_say(
            &run->progress, true,
            "replacing unfinished work of another scenario, seed or model: %u journals %sjournal-*", others,
            run->stem);
    }
    hw_journal_index_drop_others(index, run->identity);
}

/* Where the replications of a record are counted one by one. */
static hw_status note_found(hw_session *run, const hw_journal_index *index, const hw_journal_entry *entry) {
    const hw_stop_rule *stop = run->sweep->stop;
    uint64_t rows = entry->last - entry->first;
    hw_journal_head head;
    if (stop != NULL && hw_journal_index_read(index, entry, &head, &run->body, &run->trouble) != HW_OK) {
        return run->trouble.status;
    }
    for (uint64_t i = 0; i < rows; i++) {
        unsigned char bits = HW_FOUND;
        if (stop == NULL) {
            bits |= entry->failed ? 0 : HW_FOUND_GOOD; /* an experiment has one replication a record */
        } else if (entry->kind == HW_JOURNAL_ROWS &&
                   head.length == hw_journal_rows_bytes(rows, run->row_bytes, entry->failed) &&
                   run->body.bytes[i] != 0) {
            const unsigned char *row = run->body.bytes + hw_journal_marks_bytes(rows) + i * run->row_bytes;
            bits |= HW_FOUND_GOOD;
            bits |= stop->happened(stop->context, row) ? HW_FOUND_HAPPENED : 0;
        }
        run->found[entry->point * run->cover.replications + entry->first + i] = bits;
    }
    return HW_OK;
}

static void note_entries(hw_session *run, const hw_journal_index *index) {
    for (uint64_t i = 0; run->trouble.status == HW_OK && i < index->count; i++) {
        const hw_journal_entry *entry = &index->entries[i];
        bool is_ours = entry->point < run->cover.points && entry->first < entry->last &&
                       entry->last <= run->cover.replications;
        if (is_ours && run->found != NULL) {
            note_found(run, index, entry);
        }
        hw_cover_add(&run->cover, entry->point, entry->first, entry->last);
    }
    run->damaged = index->damaged;
    if (index->damaged > 0) {
        hw_progress_say(&run->progress, true,
                        "%llu damaged record%s in %sjournal-*: what they held is done again",
                        (unsigned long long)index->damaged, index->damaged == 1 ? "" : "s", run->stem);
    }
}

/* Rank 0 looks at the journals of earlier runs. */
static void look_for_journals(hw_session *run) {
    hw_journal_index index = {0};
    make_folder(run);
    if (run->trouble.status == HW_OK &&
        hw_journal_index_open(&index, run->stem, run->sweep->resume ? HW_JOURNAL_REPAIR : HW_JOURNAL_LOOK,
                              &run->trouble) == HW_OK) {
        check_kinship(run, &index);
    }
    if (run->trouble.status == HW_OK) {
        check_place(run);
    }
    if (run->trouble.status == HW_OK && run->sweep->alone != NULL) {
        drop_others(run, &index);
    }
    note_entries(run, &index);
    hw_journal_index_free(&index);
}

/* MPI counts in int. */
static void broadcast_cover(hw_session *run) {
    const uint64_t largest = 1U << 30;
    uint64_t count = run->cover.pieces / 8 + 1;
    for (uint64_t sent = 0; sent < count; sent += largest) {
        uint64_t part = count - sent < largest ? count - sent : largest;
        MPI_Bcast(run->cover.done + sent, (int)part, MPI_BYTE, 0, MPI_COMM_WORLD);
    }
    MPI_Bcast(&run->damaged, 1, MPI_UINT64_T, 0, MPI_COMM_WORLD);
    hw_cover_count(&run->cover);
}

/* Records of all other sweeps in one index. Only leaders look into it. */
static void read_reuse(hw_session *run) {
    const hw_sweep *sweep = run->sweep;
    for (uint32_t i = 0;
         i < sweep->reuse_count && run->trouble.status == HW_OK && hw_group_leads(&run->group); i++) {
        char *stem = NULL;
        if (asprintf(&stem, "%s/", sweep->reuse[i]) < 0) {
            hw_trouble_memory(&run->trouble, "the journals of other sweeps");
            return;
        }
        hw_journal_index_append(&run->reuse, stem, HW_JOURNAL_LOOK, &run->trouble);
        if (run->trouble.status == HW_OK && run->reuse.file_count == 0) {
            hw_trouble_note(&run->trouble, HW_ERROR_INPUT, 0, "there is no journal of a sweep in %s",
                            sweep->reuse[i]);
        }
        free(stem);
    }
    hw_journal_index_by_key(&run->reuse);
}

/* ---- Room ---- */

/* What an experiment needs, and those of the same study that are still to come. */
static hw_footing footing_alone(const hw_session *run) {
    const hw_experiment *experiment = run->sweep->alone;
    /* What is found of each replication; at the end, its entry in the index of the journals, which is sorted,
     * and the list of failures. */
    const double memory = 2 + 2 * sizeof(hw_journal_entry);
    double all = (double)experiment->replications + (double)experiment->left_after;
    double record = (double)run->row_bytes;
    double journals = ((double)experiment->replications - (double)run->cover.done_count) *
                      (record + (double)sizeof(hw_journal_head) + HW_JOURNAL_ALIGNMENT);
    return (hw_footing){.path = run->result,
                        .replications = all,
                        .memory_bytes = memory * (double)experiment->replications,
                        .disk_bytes = experiment->stop != NULL ? 0.0 : journals,
                        .disk_most = experiment->stop != NULL ? 0.0 : journals + all * record,
                        .anyway = experiment->anyway};
}

static hw_footing footing_of(const hw_session *run) {
    const hw_sweep *sweep = run->sweep;
    if (sweep->alone != NULL) {
        return footing_alone(run);
    }
    hw_sweep_sizes sizes = hw_sweep_sizes_of(&sweep->shape, sweep->points, sweep->replications,
                                             sweep->source.factor_count, sweep->keep_outcomes);
    uint64_t all = run->cover.pieces;
    double open = all > 0 ? 1.0 - (double)run->cover.done_count / (double)all : 1.0;
    return (hw_footing){.path = run->result,
                        .replications = (double)sweep->points * (double)sweep->replications,
                        .memory_bytes = sizes.rank_bytes,
                        .disk_bytes = open * sizes.journal_bytes,
                        .disk_most = open * sizes.journal_bytes + sizes.result_bytes,
                        .anyway = sweep->anyway};
}

/* Rank 0, when the folder is there. */
static void check_folder(hw_session *run) {
    if (run->trouble.status == HW_OK) {
        const hw_footing footing = footing_of(run);
        hw_footing_folder(&footing, &run->progress, &run->trouble);
    }
}

static void check_size(hw_session *run) {
    if (hw_footing_count(run->sweep->points, run->sweep->replications, &run->trouble) == HW_OK) {
        const hw_footing footing = footing_of(run);
        hw_footing_memory(&footing, &run->trouble);
    }
}

/* ---- All of it ---- */

static void take_names(hw_session *run) {
    const hw_sweep *sweep = run->sweep;
    run->stem = hw_sweep_stem(sweep);
    run->result = sweep->alone != NULL ? strdup(sweep->alone->output) : hw_sweep_result_path(sweep->folder);
    run->identity = hw_sweep_identity(sweep);
    run->row_bytes = sweep->alone != NULL ? sweep->alone->layout->bytes
                                          : (size_t)sweep->shape.value_count * sizeof(double);
    if (run->stem == NULL || run->result == NULL || run->identity == NULL) {
        hw_trouble_memory(&run->trouble, "the names of the journals");
    }
}

static void take_memory(hw_session *run) {
    const hw_sweep *sweep = run->sweep;
    bool one_by_one = sweep->alone != NULL || sweep->stop != NULL;
    if (!hw_cover_create(&run->cover, sweep->points, sweep->replications, one_by_one ? 1 : HW_PIECE)) {
        hw_trouble_memory(&run->trouble, "a sweep of so many points");
        return;
    }
    run->found = one_by_one && hw_rank() == 0 ? calloc(run->cover.pieces + 1, 1) : NULL;
    run->seen = sweep->stop != NULL ? calloc(2 * sweep->points, sizeof *run->seen) : NULL;
    if ((one_by_one && hw_rank() == 0 && run->found == NULL) || (sweep->stop != NULL && run->seen == NULL)) {
        hw_trouble_memory(&run->trouble, "a sweep of so many points");
        return;
    }
    hw_work_prepare(run);
}

static void open_log(hw_session *run) {
    struct stat about;
    const char *problem = NULL;
    char *path = NULL;
    if (asprintf(&path, "%slog-%d.jsonl", run->stem, hw_rank()) < 0) {
        hw_trouble_memory(&run->trouble, "the log");
        return;
    }
    int file = hw_ordinary_open_as(path, O_WRONLY | O_CREAT | O_APPEND, &about, &problem);
    run->log = file >= 0 ? fdopen(file, "a") : NULL;
    if (run->log == NULL) {
        hw_trouble_note(&run->trouble, HW_ERROR_IO, errno, "cannot create %s: %s", path,
                        problem != NULL ? problem : strerror(errno));
    }
    free(path);
}

/* Only leaders have something to write. */
static void open_files(hw_session *run) {
    char *path = hw_journal_path(run->stem, hw_rank());
    if (path == NULL) {
        hw_trouble_memory(&run->trouble, "the journal");
    } else if (hw_journal_open(&run->journal, path, run->identity, &run->trouble) == HW_OK) {
        run->has_journal = true;
        if (run->sweep->alone == NULL) {
            open_log(run);
        }
    }
    free(path);
}

hw_status hw_session_start(hw_session *run) {
    const hw_sweep *sweep = run->sweep;
    hw_progress_begin(&run->progress, hw_rank() != 0 || sweep->progress == HW_PROGRESS_NONE);
    if (sweep->alone != NULL) {
        hw_progress_part_of(&run->progress, sweep->alone->part, sweep->alone->done_before,
                            sweep->alone->left_after);
    }
    if (hw_group_open(&run->group, sweep->ranks_per_world, &run->trouble) != HW_OK) {
        return run->trouble.status;
    }
    take_names(run);
    check_size(run);
    if (hw_trouble_agree(&run->trouble) != HW_OK) {
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
