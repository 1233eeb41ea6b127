/* Reads journals and logs of a folder to say how far a sweep is. */
#define _GNU_SOURCE /* asprintf */
#include "sim/run/sweep_status.h"
#include "sim/ordinary_file.h"
#include "sim/run/cover.h"
#include "sim/run/journal_index.h"
#include "sim/run/sweep.h"
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

/* The end of a log, some twenty batches: how fast its rank is. */
enum { TAIL_BYTES = 4096 };

static uint64_t number_of(const char *identity, const char *name) {
    char *line = hw_sweep_identity_line(identity, name);
    uint64_t number = line != NULL ? strtoull(line, NULL, 10) : 0;
    free(line);
    return number;
}

static double member(const json_t *line, const char *name) {
    return json_number_value(json_object_get(line, name));
}

/* Replications a second of one rank, from the last lines of its log; what was reused costs no time and says
 * nothing. */
static double rate_of_log(const char *folder, int rank) {
    char *path = NULL;
    const char *problem = NULL;
    char tail[TAIL_BYTES + 1];
    double replications = 0.0;
    double seconds = 0.0;
    FILE *log =
        asprintf(&path, "%s/log-%d.jsonl", folder, rank) >= 0 ? hw_ordinary_stream(path, &problem) : NULL;
    free(path);
    if (log == NULL) {
        return 0.0;
    }
    fseek(log, 0, SEEK_END);
    long size = ftell(log);
    fseek(log, size > TAIL_BYTES ? size - TAIL_BYTES : 0, SEEK_SET);
    size_t length = fread(tail, 1, TAIL_BYTES, log);
    fclose(log);
    tail[length] = '\0';
    for (char *text = tail; *text;) {
        size_t bytes = strcspn(text, "\n");
        json_t *line = json_loadb(text, bytes, 0, NULL); /* NULL: cut at the beginning, or not whole yet */
        replications += member(line, "replications") - member(line, "reused");
        seconds += member(line, "seconds");
        json_decref(line);
        text += bytes + (text[bytes] == '\n');
    }
    return seconds > 0.0 ? replications / seconds : 0.0;
}

static void look_at_files(hw_sweep_status *status, const hw_journal_index *index, const char *folder) {
    time_t now = time(NULL);
    time_t last = 0;
    status->journals = index->file_count;
    for (uint32_t f = 0; f < index->file_count; f++) {
        const hw_journal_file *file = &index->files[f];
        struct stat about;
        if (stat(file->path, &about) == 0) {
            status->bytes += (uint64_t)about.st_size;
            last = about.st_mtime > last ? about.st_mtime : last;
        }
        if (hw_journal_in_use(file->path)) {
            status->in_use++;
            status->rate += rate_of_log(folder, file->number);
        }
    }
    status->idle_seconds = difftime(now, last);
}

/* Pieces of a point that the records of one index stand for, counted from the left. */
typedef struct point_count {
    uint64_t point;
    uint64_t reached; /* pieces up to here are counted */
    uint64_t replications;
} point_count;

static void end_point(hw_sweep_status *status, const point_count *count) {
    status->finished += count->replications;
    status->whole += count->replications == status->replications;
}

/* The whole pieces of a record that no earlier one has counted. */
static void add_record(point_count *count, const hw_sweep_status *status, const hw_journal_entry *entry) {
    uint64_t all = status->replications / HW_PIECE + (status->replications % HW_PIECE != 0);
    uint64_t from = entry->first / HW_PIECE + (entry->first % HW_PIECE != 0);
    uint64_t to = entry->last == status->replications ? all : entry->last / HW_PIECE;
    from = from > count->reached ? from : count->reached;
    if (from < to) {
        uint64_t last = to == all ? status->replications : to * HW_PIECE;
        count->replications += last - from * HW_PIECE;
        count->reached = to;
    }
}

/* Takes as long as there are records, however many points the sweep has. */
static hw_status count_records(hw_sweep_status *status, hw_journal_index *index, hw_trouble *trouble) {
    if (status->points == 0 || status->replications == 0) {
        return hw_trouble_note(trouble, HW_ERROR_IO, 0, "the journals do not say how large their sweep is");
    }
    point_count count = {.point = UINT64_MAX};
    hw_journal_index_by_point(index);
    for (uint64_t i = 0; i < index->count; i++) {
        const hw_journal_entry *entry = &index->entries[i];
        if (entry->point >= status->points || entry->first >= entry->last ||
            entry->last > status->replications) {
            continue; /* another sweep's */
        }
        if (entry->point != count.point) {
            end_point(status, &count);
            count = (point_count){.point = entry->point};
        }
        add_record(&count, status, entry);
        status->problems += entry->kind == HW_JOURNAL_PROBLEM && entry->first == 0;
    }
    end_point(status, &count);
    return HW_OK;
}

hw_status hw_sweep_status_read(hw_sweep_status *status, const char *folder, hw_trouble *trouble) {
    hw_journal_index index = {0};
    char *stem = hw_sweep_stem(&(const hw_sweep){.folder = folder});
    *status = (hw_sweep_status){0};
    if (stem == NULL) {
        hw_trouble_memory(trouble, "the names of the journals");
    } else if (hw_journal_index_open(&index, stem, HW_JOURNAL_LOOK, trouble) == HW_OK) {
        const char *identity = hw_journal_index_identity(&index);
        if (identity == NULL) {
            hw_trouble_note(trouble, HW_ERROR_INPUT, 0, "there is no journal of a sweep in %s", folder);
        } else {
            struct stat about;
            char *result = hw_sweep_result_path(folder);
            status->title = hw_sweep_identity_line(identity, "title");
            status->points = number_of(identity, "points");
            status->replications = number_of(identity, "replications");
            status->done = result != NULL && stat(result, &about) == 0;
            free(result);
            look_at_files(status, &index, folder);
            count_records(status, &index, trouble);
        }
    }
    hw_journal_index_free(&index);
    free(stem);
    return trouble->status;
}

void hw_sweep_status_free(hw_sweep_status *status) {
    free(status->title);
    *status = (hw_sweep_status){0};
}
