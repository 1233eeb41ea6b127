/* Writes the journal of a sweep, record by record. */
#define _GNU_SOURCE /* asprintf, locks that belong to an open file */
#include "sim/run/sweep_journal.h"
#include "sim/ordinary_file.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

const char hw_sweep_journal_magic[HW_SWEEP_MAGIC_BYTES + 1] = "HWSWEEP1";

enum { RECORD_MAGIC = 0x31525748, ALIGNMENT = 8 };

static uint64_t padded(uint64_t bytes) {
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

static uint32_t head_crc(const hw_sweep_head *head) {
    const size_t skipped = offsetof(hw_sweep_head, body_crc);
    return (uint32_t)crc32_z(0, (const unsigned char *)head + skipped, sizeof *head - skipped);
}

void hw_sweep_head_seal(hw_sweep_head *head, const unsigned char *body) {
    head->magic = RECORD_MAGIC;
    head->body_crc = (uint32_t)crc32_z(0, body, head->length);
    head->head_crc = head_crc(head);
}

bool hw_sweep_head_good(const hw_sweep_head *head) {
    return head->magic == RECORD_MAGIC && head->head_crc == head_crc(head);
}

bool hw_sweep_body_good(const hw_sweep_head *head, const unsigned char *body) {
    return head->body_crc == (uint32_t)crc32_z(0, body, head->length);
}

uint64_t hw_sweep_record_bytes(const hw_sweep_head *head) {
    return sizeof *head + padded(head->length);
}

char *hw_sweep_journal_path(const char *folder, int number) {
    char *path = NULL;
    return asprintf(&path, "%s/journal-%d", folder, number) < 0 ? NULL : path;
}

size_t hw_sweep_file_head(const char *identity, unsigned char *head) {
    const size_t magic = HW_SWEEP_MAGIC_BYTES;
    const size_t length = strlen(identity);
    const uint32_t numbers[2] = {(uint32_t)length,
                                 (uint32_t)crc32_z(0, (const unsigned char *)identity, length)};
    const size_t bytes = padded(magic + sizeof numbers + length);
    if (head != NULL) {
        memset(head, 0, bytes);
        memcpy(head, hw_sweep_journal_magic, HW_SWEEP_MAGIC_BYTES);
        memcpy(head + magic, numbers, sizeof numbers);
        memcpy(head + magic + sizeof numbers, identity, numbers[0]); /* its end is padding */
    }
    return bytes;
}

static bool write_all(int file, const unsigned char *bytes, uint64_t length, uint64_t offset) {
    uint64_t written = 0;
    while (written < length) {
        ssize_t n = pwrite(file, bytes + written, length - written, (off_t)(offset + written));
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            errno = n < 0 ? errno : ENOSPC;
            return false;
        }
        written += (uint64_t)n;
    }
    return true;
}

/* Cuts off what a failed write has left. */
static hw_status give_up(hw_sweep_journal *journal, hw_trouble *trouble) {
    int error = errno;
    hw_trouble_note(trouble, HW_ERROR_IO, error, "%s writing %s", strerror(error), journal->path);
    if (ftruncate(journal->file, (off_t)journal->bytes) != 0) {
        return HW_ERROR_IO; /* the torn record does not match its sums */
    }
    return HW_ERROR_IO;
}

static hw_status open_and_lock(hw_sweep_journal *journal, hw_trouble *trouble) {
    struct stat about;
    const char *problem = NULL;
    journal->file = hw_ordinary_open_as(journal->path, O_RDWR | O_CREAT, &about, &problem);
    if (journal->file < 0) {
        return hw_trouble_note(trouble, HW_ERROR_IO, errno, "cannot create %s: %s", journal->path, problem);
    }
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (fcntl(journal->file, F_OFD_SETLK, &lock) != 0 && (errno == EAGAIN || errno == EACCES)) {
        return hw_trouble_note(trouble, HW_ERROR_IO, errno, "%s is in use by another run of this sweep",
                               journal->path);
    }
    off_t end = lseek(journal->file, 0, SEEK_END);
    if (end < 0) {
        return hw_trouble_note(trouble, HW_ERROR_IO, errno, "cannot read %s: %s", journal->path,
                               strerror(errno));
    }
    journal->bytes = (uint64_t)end;
    return HW_OK;
}

static hw_status write_file_head(hw_sweep_journal *journal, const char *identity, hw_trouble *trouble) {
    size_t bytes = hw_sweep_file_head(identity, NULL);
    unsigned char *head = malloc(bytes);
    if (head == NULL) {
        return hw_trouble_memory(trouble, "the journal");
    }
    hw_sweep_file_head(identity, head);
    bool good = write_all(journal->file, head, bytes, 0);
    free(head);
    if (!good) {
        return give_up(journal, trouble);
    }
    journal->bytes = bytes;
    return HW_OK;
}

hw_status hw_sweep_journal_open(hw_sweep_journal *journal, const char *path, const char *identity,
                                hw_trouble *trouble) {
    *journal = (hw_sweep_journal){.file = -1, .path = strdup(path)};
    if (journal->path == NULL) {
        return hw_trouble_memory(trouble, "the journal");
    }
    hw_status status = open_and_lock(journal, trouble);
    if (status == HW_OK && journal->bytes == 0) {
        status = write_file_head(journal, identity, trouble);
    }
    if (status != HW_OK) {
        hw_sweep_journal_close(journal);
    }
    return status;
}

hw_status hw_sweep_journal_append(hw_sweep_journal *journal, const hw_sweep_head *head,
                                  const unsigned char *body, hw_trouble *trouble) {
    static const unsigned char nothing[ALIGNMENT];
    uint64_t at = journal->bytes;
    bool good = write_all(journal->file, (const unsigned char *)head, sizeof *head, at) &&
                write_all(journal->file, body, head->length, at + sizeof *head) &&
                write_all(journal->file, nothing, padded(head->length) - head->length,
                          at + sizeof *head + head->length);
    if (!good) {
        return give_up(journal, trouble);
    }
    journal->bytes += hw_sweep_record_bytes(head);
    journal->unsynchronised = true;
    return HW_OK;
}

hw_status hw_sweep_journal_synchronise(hw_sweep_journal *journal, hw_trouble *trouble) {
    if (journal->unsynchronised && fdatasync(journal->file) != 0) {
        return hw_trouble_note(trouble, HW_ERROR_IO, errno, "%s writing %s", strerror(errno), journal->path);
    }
    journal->unsynchronised = false;
    return HW_OK;
}

void hw_sweep_journal_close(hw_sweep_journal *journal) {
    if (journal->file >= 0) {
        close(journal->file);
    }
    free(journal->path);
    *journal = (hw_sweep_journal){.file = -1};
}

bool hw_sweep_journal_in_use(const char *path) {
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
