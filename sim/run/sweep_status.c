#define _GNU_SOURCE /* asprintf */
#include "sim/run/sweep_status.h"
#include "sim/ordinary_file.h"
#include "sim/run/sweep.h"
#include "sim/run/sweep_cover.h"
#include "sim/run/sweep_index.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

/* The end of a log that tells how fast its rank is: some twenty batches. */
enum { TAIL_BYTES = 4096 };

static uint64_t number_of(const char *identity, const char *name) {
    char *line = hw_sweep_identity_line(identity, name);
    uint64_t number = line ? strtoull(line, NULL, 10) : 0;
    free(line);
    return number;
}

static double member(const char *line, const char *name) {
    char key[40];
    snprintf(key, sizeof key, "\"%s\": ", name);
    const char *found = strstr(line, key);
    return found ? strtod(found + strlen(key), NULL) : 0.0;
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
    for (char *line = tail; line && *line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL) {
        if (*line == '{') {
            replications += member(line, "replications") - member(line, "reused");
            seconds += member(line, "seconds");
        }
    }
    return seconds > 0.0 ? replications / seconds : 0.0;
}

static void look_at_files(hw_sweep_status *status, const hw_sweep_index *index, const char *folder) {
    time_t now = time(NULL);
    time_t last = 0;
    status->journals = index->file_count;
    for (uint32_t f = 0; f < index->file_count; f++) {
        const hw_sweep_file *file = &index->files[f];
        struct stat about;
        if (stat(file->path, &about) == 0) {
            status->bytes += (uint64_t)about.st_size;
            last = about.st_mtime > last ? about.st_mtime : last;
        }
        if (hw_sweep_journal_in_use(file->path)) {
            status->in_use++;
            status->rate += rate_of_log(folder, file->number);
        }
    }
    status->idle_seconds = difftime(now, last);
}

static void count_points(hw_sweep_status *status, const hw_sweep_cover *cover) {
    for (uint64_t point = 0; point < cover->points; point++) {
        uint64_t first = point * cover->pieces_per_point;
        uint64_t piece = first;
        while (piece < first + cover->pieces_per_point && hw_sweep_cover_has(cover, piece)) {
            piece++;
        }
        status->whole += piece == first + cover->pieces_per_point;
    }
    status->finished = hw_sweep_cover_replications(cover);
}

static hw_status count_records(hw_sweep_status *status, const hw_sweep_index *index, hw_trouble *trouble) {
    hw_sweep_cover cover;
    if (status->points == 0 || status->replications == 0 ||
        !hw_sweep_cover_create(&cover, status->points, status->replications)) {
        return hw_trouble_memory(trouble, "a sweep of so many points");
    }
    for (uint64_t i = 0; i < index->count; i++) {
        const hw_sweep_entry *entry = &index->entries[i];
        hw_sweep_cover_add(&cover, entry->point, entry->first, entry->last);
        status->problems += entry->kind == HW_SWEEP_PROBLEM && entry->first == 0;
    }
    count_points(status, &cover);
    hw_sweep_cover_free(&cover);
    return HW_OK;
}

hw_status hw_sweep_status_read(hw_sweep_status *status, const char *folder, hw_trouble *trouble) {
    hw_sweep_index index = {0};
    *status = (hw_sweep_status){0};
    if (hw_sweep_index_open(&index, folder, HW_SWEEP_LOOK, trouble) == HW_OK) {
        const char *identity = hw_sweep_index_identity(&index);
        if (identity == NULL) {
            hw_trouble_note(trouble, HW_ERROR_INPUT, 0, "there is no journal of a sweep in %s", folder);
        } else {
            struct stat about;
            char *result = hw_sweep_result_path(folder);
            status->title = hw_sweep_identity_line(identity, "title");
            status->points = number_of(identity, "points");
            status->replications = number_of(identity, "replications");
            status->done = result && stat(result, &about) == 0;
            free(result);
            look_at_files(status, &index, folder);
            count_records(status, &index, trouble);
        }
    }
    hw_sweep_index_free(&index);
    return trouble->status;
}

void hw_sweep_status_free(hw_sweep_status *status) {
    free(status->title);
    *status = (hw_sweep_status){0};
}
