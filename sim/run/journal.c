/* Writes one journal, record by record. */
#define _GNU_SOURCE /* asprintf, sync_file_range, locks that belong to an open file */
#include "sim/run/journal.h"
#include "sim/length.h"
#include "sim/ordinary_file.h"
#include "sim/run/clock.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

enum { RECORD_MAGIC = 0x31525748, HINT_BYTES = 1 << 18 };
static const double SYNCHRONISE_SECONDS = 1.0;

/* ---- What is in a journal ---- */

static const char magic[HW_JOURNAL_MAGIC_BYTES + 1] = "HWJRNL2\n";
static const char magic_of_old_sweeps[HW_JOURNAL_MAGIC_BYTES + 1] = "HWSWEEP1"; /* the same format */
static const char magic_of_format_1[HW_JOURNAL_MAGIC_BYTES + 1] = "HWJRNL1\n";

static uint64_t padded(uint64_t bytes) {
    return (bytes + HW_JOURNAL_ALIGNMENT - 1) / HW_JOURNAL_ALIGNMENT * HW_JOURNAL_ALIGNMENT;
}

static uint32_t crc_of(uint32_t crc, const void *bytes, size_t length) {
    return (uint32_t)crc32_z(crc, bytes, length);
}

static uint32_t head_crc(const hw_journal_head *head) {
    const size_t skipped = offsetof(hw_journal_head, body_crc);
    return crc_of(0, (const unsigned char *)head + skipped, sizeof *head - skipped);
}

void hw_journal_seal(hw_journal_head *head, const struct iovec *parts, int count) {
    head->magic = RECORD_MAGIC;
    head->body_crc = 0;
    head->length = 0;
    for (int i = 0; i < count; i++) {
        head->body_crc = crc_of(head->body_crc, parts[i].iov_base, parts[i].iov_len);
        head->length += parts[i].iov_len;
    }
    head->head_crc = head_crc(head);
}

bool hw_journal_head_good(const hw_journal_head *head) {
    return head->magic == RECORD_MAGIC && head->head_crc == head_crc(head);
}

bool hw_journal_body_good(const hw_journal_head *head, const unsigned char *body) {
    return head->body_crc == crc_of(0, body, head->length);
}

uint64_t hw_journal_record_bytes(const hw_journal_head *head) {
    return sizeof *head + padded(head->length);
}

uint64_t hw_journal_marks_bytes(uint64_t rows) {
    return padded(rows);
}

uint64_t hw_journal_rows_bytes(uint64_t rows, size_t row_bytes, bool failed) {
    return padded(rows) + rows * row_bytes + (failed ? sizeof(hw_journal_failure) : 0);
}

bool hw_journal_failure_in(const hw_journal_head *head, const unsigned char *body,
                           hw_journal_failure *failure) {
    if (head->failed == 0 || head->length < sizeof *failure) {
        return false;
    }
    memcpy(failure, body + head->length - sizeof *failure, sizeof *failure);
    failure->message[sizeof failure->message - 1] = '\0';
    return true;
}

char *hw_journal_path(const char *stem, int number) {
    char *path = NULL;
    return asprintf(&path, "%sjournal-%d", stem, number) < 0 ? NULL : path;
}

hw_journal_age hw_journal_recognise(const void *start, size_t seen) {
    const size_t length = seen < HW_JOURNAL_MAGIC_BYTES ? seen : HW_JOURNAL_MAGIC_BYTES;
    if (memcmp(start, magic, length) == 0 || memcmp(start, magic_of_old_sweeps, length) == 0) {
        return HW_JOURNAL_KNOWN;
    }
    return memcmp(start, magic_of_format_1, length) == 0 ? HW_JOURNAL_FORMAT_1 : HW_JOURNAL_FOREIGN;
}

size_t hw_journal_file_head(const char *identity, unsigned char *head) {
    const size_t length = strlen(identity);
    const uint32_t numbers[2] = {(uint32_t)length, crc_of(0, identity, length)};
    const size_t bytes = padded(HW_JOURNAL_MAGIC_BYTES + sizeof numbers + length);
    if (head != NULL) {
        memset(head, 0, bytes);
        memcpy(head, magic, HW_JOURNAL_MAGIC_BYTES);
        memcpy(head + HW_JOURNAL_MAGIC_BYTES, numbers, sizeof numbers);
        memcpy(head + HW_JOURNAL_MAGIC_BYTES + sizeof numbers, identity, numbers[0]); /* its end is padding */
    }
    return bytes;
}

/* ---- Writing ---- */

/* Writes what is left of the parts, which it changes. */
static bool write_parts(int file, struct iovec *parts, int count, uint64_t offset) {
    while (count > 0) {
        ssize_t n = pwritev(file, parts, count, (off_t)offset);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n < 0) {
            return false;
        }
        size_t written = (size_t)n;
        offset += written;
        for (; count > 0 && written >= parts->iov_len; parts++, count--) {
            written -= parts->iov_len;
        }
        if (count > 0 && n == 0) {
            errno = ENOSPC;
            return false;
        }
        if (count > 0) {
            parts->iov_base = (unsigned char *)parts->iov_base + written;
            parts->iov_len -= written;
        }
    }
    return true;
}

static hw_status write_at_end(hw_journal *journal, struct iovec *parts, int count, uint64_t bytes,
                              hw_trouble *trouble) {
    if (write_parts(journal->file, parts, count, journal->bytes)) {
        journal->bytes += bytes;
        journal->unsynchronised = true;
        return HW_OK;
    }
    int error = errno;
    hw_trouble_note(trouble, HW_ERROR_IO, error, "%s writing %s", strerror(error), journal->path);
    if (ftruncate(journal->file, (off_t)journal->bytes) != 0) {
        return HW_ERROR_IO; /* the torn record does not match its sums */
    }
    return HW_ERROR_IO;
}

static hw_status open_and_lock(hw_journal *journal, hw_trouble *trouble) {
    struct stat about;
    const char *problem = NULL;
    journal->file = hw_ordinary_open_as(journal->path, O_RDWR | O_CREAT, &about, &problem);
    if (journal->file < 0) {
        return hw_trouble_note(trouble, HW_ERROR_IO, errno, "cannot create %s: %s", journal->path, problem);
    }
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (fcntl(journal->file, F_OFD_SETLK, &lock) != 0 && (errno == EAGAIN || errno == EACCES)) {
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
    size_t bytes = hw_journal_file_head(identity, NULL);
    unsigned char *head = malloc(bytes);
    if (head == NULL) {
        return hw_trouble_memory(trouble, "the journal");
    }
    hw_journal_file_head(identity, head);
    struct iovec part = {head, bytes};
    hw_status status = write_at_end(journal, &part, 1, bytes, trouble);
    free(head);
    return status;
}

hw_status hw_journal_open(hw_journal *journal, const char *path, const char *identity, hw_trouble *trouble) {
    *journal = (hw_journal){.file = -1, .path = strdup(path), .synchronised = hw_clock_seconds()};
    if (journal->path == NULL) {
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

hw_status hw_journal_append(hw_journal *journal, hw_journal_head *head, const struct iovec *parts, int count,
                            hw_trouble *trouble) {
    static unsigned char nothing[HW_JOURNAL_ALIGNMENT];
    struct iovec record[HW_JOURNAL_PARTS + 2] = {{head, sizeof *head}};
    hw_journal_seal(head, parts, count);
    memcpy(record + 1, parts, (size_t)count * sizeof *parts);
    record[count + 1] = (struct iovec){nothing, padded(head->length) - head->length};

    hw_status status = write_at_end(journal, record, count + 2, hw_journal_record_bytes(head), trouble);
    if (status != HW_OK) {
        return status;
    }
    if (hw_clock_seconds() - journal->synchronised >= SYNCHRONISE_SECONDS) {
        return hw_journal_synchronise(journal, trouble);
    }
    uint64_t unhinted = journal->bytes - journal->hinted;
    if (unhinted >= HINT_BYTES) {
        /* The disk works while we compute, so that the next fdatasync has little left to wait for. */
        sync_file_range(journal->file, (off64_t)journal->hinted, (off64_t)unhinted, SYNC_FILE_RANGE_WRITE);
        journal->hinted = journal->bytes;
    }
    return HW_OK;
}

hw_status hw_journal_synchronise(hw_journal *journal, hw_trouble *trouble) {
    if (journal->unsynchronised && fdatasync(journal->file) != 0) {
        return hw_trouble_note(trouble, HW_ERROR_IO, errno, "%s writing %s", strerror(errno), journal->path);
    }
    journal->unsynchronised = false;
    journal->hinted = journal->bytes;
    journal->synchronised = hw_clock_seconds();
    return HW_OK;
}

void hw_journal_close(hw_journal *journal) {
    if (journal->file >= 0) {
        close(journal->file);
    }
    free(journal->path);
    *journal = (hw_journal){.file = -1};
}

bool hw_journal_in_use(const char *path) {
    struct stat about;
    const char *problem = NULL;
    int file = hw_ordinary_open(path, &about, &problem);
    struct flock lock = {.l_type = F_RDLCK, .l_whence = SEEK_SET};
    bool held = file >= 0 && fcntl(file, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
    if (file >= 0) {
        close(file);
    }
    return held;
}
