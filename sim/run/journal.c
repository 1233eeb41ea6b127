/* Writes one rank's journal, record by record. */
#define _GNU_SOURCE /* asprintf, sync_file_range */
#include "sim/run/journal.h"
#include "sim/ordinary_file.h"
#include "sim/run/clock.h"
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>
#include <zlib.h>

const char hw_journal_magic[HW_JOURNAL_MAGIC_BYTES + 1] = "HWJRNL1\n";

static const double SYNCHRONISE_SECONDS = 1.0;

static uint32_t crc_of(uint32_t crc, const void *bytes, size_t length) {
    return (uint32_t)crc32_z(crc, bytes, length);
}

uint32_t hw_journal_crc(const hw_journal_head *head, const unsigned char *body) {
    const size_t skipped = sizeof head->crc;
    uint32_t crc = crc_of(0, (const unsigned char *)head + skipped, sizeof *head - skipped);
    return crc_of(crc, body, head->length);
}

static uint32_t crc_of_text(uint32_t crc, const char *text) {
    return text != NULL ? crc_of(crc, text, strlen(text) + 1) : crc;
}

/* Two programs may give records of the same size another meaning. */
static uint32_t crc_of_layout(const hw_record_layout *layout) {
    uint32_t crc = 0;
    for (uint32_t a = 0; a < layout->axis_count; a++) {
        const hw_axis *axis = &layout->axes[a];
        crc = crc_of_text(crc, axis->name);
        crc = crc_of(crc, &axis->length, sizeof axis->length);
        for (uint32_t i = 0; axis->labels != NULL && i < axis->length; i++) {
            crc = crc_of_text(crc, axis->labels[i]);
        }
        if (axis->values != NULL) {
            crc = crc_of(crc, axis->values, axis->length * sizeof *axis->values);
        }
    }
    for (uint32_t v = 0; v < layout->variable_count; v++) {
        const hw_variable *variable = &layout->variables[v];
        const uint64_t numbers[] = {(uint64_t)variable->type, variable->rank, variable->offset,
                                    variable->count};
        crc = crc_of_text(crc, variable->name);
        crc = crc_of_text(crc, variable->units);
        crc = crc_of(crc, numbers, sizeof numbers);
    }
    return crc;
}

char *hw_journal_identity(const hw_experiment *experiment) {
    char *text = NULL;
    int length =
        asprintf(&text, "model %s %s\ndigest %s\nseed %" PRIu64 "\nrecord %zu bytes, layout %08" PRIx32 "\n",
                 experiment->model->name, experiment->model->version, experiment->digest, experiment->seed,
                 experiment->layout->bytes, crc_of_layout(experiment->layout));
    return length < 0 ? NULL : text;
}

char *hw_journal_path(const char *output, int rank) {
    char *path = NULL;
    return asprintf(&path, "%s.journal-%d", output, rank) < 0 ? NULL : path;
}

size_t hw_journal_file_head(const char *identity, unsigned char *head) {
    const uint32_t numbers[2] = {(uint32_t)strlen(identity), crc_of_text(0, identity)};
    if (head != NULL) {
        memcpy(head, hw_journal_magic, HW_JOURNAL_MAGIC_BYTES);
        memcpy(head + HW_JOURNAL_MAGIC_BYTES, numbers, sizeof numbers);
        memcpy(head + HW_JOURNAL_MAGIC_BYTES + sizeof numbers, identity, numbers[0]);
    }
    return HW_JOURNAL_MAGIC_BYTES + sizeof numbers + numbers[0];
}

static hw_status write_at_end(hw_journal *journal, const unsigned char *bytes, size_t length,
                              hw_trouble *trouble) {
    size_t written = 0;
    while (written < length) {
        ssize_t n =
            pwrite(journal->file, bytes + written, length - written, (off_t)(journal->bytes + written));
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            int error = n < 0 ? errno : ENOSPC;
            hw_trouble_note(trouble, HW_ERROR_IO, error, "%s writing %s", strerror(error), journal->path);
            if (ftruncate(journal->file, (off_t)journal->bytes) != 0) {
                return HW_ERROR_IO; /* the torn record does not match its sum */
            }
            return HW_ERROR_IO;
        }
        written += (size_t)n;
    }
    journal->bytes += length;
    return HW_OK;
}

static hw_status open_and_lock(hw_journal *journal, hw_trouble *trouble) {
    struct stat about;
    const char *problem = NULL;
    journal->file = hw_ordinary_open_as(journal->path, O_RDWR | O_CREAT, &about, &problem);
    if (journal->file < 0) {
        return hw_trouble_note(trouble, HW_ERROR_IO, errno, "cannot create %s: %s", journal->path, problem);
    }
    if (flock(journal->file, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        return hw_trouble_note(trouble, HW_ERROR_IO, errno,
                               "%s is in use by another run with the same output", journal->path);
    }
    off_t end = lseek(journal->file, 0, SEEK_END);
    if (end < 0) {
        return hw_trouble_note(trouble, HW_ERROR_IO, errno, "cannot read %s: %s", journal->path,
                               strerror(errno));
    }
    journal->bytes = (uint64_t)end;
    return HW_OK;
}

static hw_status write_file_head(hw_journal *journal, const char *identity, hw_trouble *trouble) {
    unsigned char *head = malloc(hw_journal_file_head(identity, NULL));
    if (head == NULL) {
        return hw_trouble_memory(trouble, "the journal");
    }
    hw_status status = write_at_end(journal, head, hw_journal_file_head(identity, head), trouble);
    free(head);
    return status;
}

hw_status hw_journal_open(hw_journal *journal, const char *path, const char *identity, size_t body_bytes,
                          hw_trouble *trouble) {
    memset(journal, 0, sizeof *journal);
    journal->file = -1;
    journal->body_bytes = body_bytes;
    journal->synchronised = hw_clock_seconds();
    journal->path = strdup(path);
    size_t largest = body_bytes > HW_JOURNAL_FAILURE_BYTES ? body_bytes : HW_JOURNAL_FAILURE_BYTES;
    journal->buffer = malloc(sizeof(hw_journal_head) + largest);
    if (journal->path == NULL || journal->buffer == NULL) {
        hw_journal_close(journal);
        return hw_trouble_memory(trouble, "the journal");
    }
    hw_status status = open_and_lock(journal, trouble);
    if (status == HW_OK && journal->bytes == 0) {
        status = write_file_head(journal, identity, trouble);
    }
    if (status != HW_OK) {
        hw_journal_close(journal);
    }
    return status;
}

hw_status hw_journal_append(hw_journal *journal, uint64_t replication, const unsigned char *outcome,
                            const hw_failure *failure, hw_trouble *trouble) {
    hw_journal_head head = {.kind = failure != NULL ? HW_JOURNAL_FAILURE : HW_JOURNAL_OUTCOME,
                            .replication = replication,
                            .length = failure != NULL ? HW_JOURNAL_FAILURE_BYTES : journal->body_bytes};
    unsigned char *body = journal->buffer + sizeof head;
    memcpy(body, failure != NULL ? (const unsigned char *)failure : outcome, head.length);
    head.crc = hw_journal_crc(&head, body);
    memcpy(journal->buffer, &head, sizeof head);

    uint64_t start = journal->bytes;
    size_t length = sizeof head + head.length;
    hw_status status = write_at_end(journal, journal->buffer, length, trouble);
    if (status != HW_OK) {
        return status;
    }
    if (hw_clock_seconds() - journal->synchronised >= SYNCHRONISE_SECONDS) {
        return hw_journal_synchronise(journal, trouble);
    }
    /* Only a hint: the disk works while we compute, so that the next fdatasync has little left to wait for.
     */
    sync_file_range(journal->file, (off64_t)start, (off64_t)length, SYNC_FILE_RANGE_WRITE);
    return HW_OK;
}

hw_status hw_journal_synchronise(hw_journal *journal, hw_trouble *trouble) {
    if (fdatasync(journal->file) != 0) {
        return hw_trouble_note(trouble, HW_ERROR_IO, errno, "%s writing %s", strerror(errno), journal->path);
    }
    journal->synchronised = hw_clock_seconds();
    return HW_OK;
}

void hw_journal_close(hw_journal *journal) {
    if (journal->file >= 0) {
        close(journal->file);
    }
    free(journal->path);
    free(journal->buffer);
    memset(journal, 0, sizeof *journal);
    journal->file = -1;
}
