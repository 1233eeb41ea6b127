/* A journal: what one group of ranks has finished, appended record by record and safe against a crash at any
 * moment.
 *
 * File: magic, length and CRC-32 of the identity, the identity as text, padded to 8 bytes; then records. A
 * record has a head with a sum of its own, so that a damaged body loses this record only, and a body, padded
 * to 8 bytes. Behind a damaged head the next whole one is looked for. A record that a crash has torn at the
 * end is cut off. */
#ifndef HW_SIM_RUN_JOURNAL_H
#define HW_SIM_RUN_JOURNAL_H

#include "sim/run/trouble.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/uio.h>

enum { HW_JOURNAL_KEY_BYTES = 32, HW_JOURNAL_MAGIC_BYTES = 8, HW_JOURNAL_ALIGNMENT = 8 };

typedef enum hw_journal_kind {
    HW_JOURNAL_SUMMARY = 1, /* of all replications of a point */
    HW_JOURNAL_ROWS = 2,    /* one byte (1: good) for each replication, padded to 8, then the row of each */
    HW_JOURNAL_PROBLEM = 3, /* a point that cannot be run: hw_journal_failure */
} hw_journal_kind;

/* The first thing that went wrong in a record; behind the rest of its body when `failed` is not 0. */
typedef struct hw_journal_failure {
    int64_t replication; /* -1: the whole point */
    double time;         /* days */
    char message[200];
} hw_journal_failure;

typedef struct hw_journal_head {
    uint32_t magic;
    uint32_t head_crc; /* of what follows in the head */
    uint32_t body_crc;
    uint32_t kind;
    uint64_t length;                         /* of the body, without padding */
    uint64_t point;                          /* of the question */
    uint64_t first, last;                    /* replications first .. last - 1 */
    uint64_t failed;                         /* how many of these broke a law */
    double horizon;                          /* days */
    unsigned char key[HW_JOURNAL_KEY_BYTES]; /* of what the point answers, in whichever sweep it stands */
} hw_journal_head;

/* Fills in magic, length and sums for a body in parts; whether a head is whole; whether a body is. */
void hw_journal_seal(hw_journal_head *head, const struct iovec *parts, int count);
bool hw_journal_head_good(const hw_journal_head *head);
bool hw_journal_body_good(const hw_journal_head *head, const unsigned char *body);

/* Bytes of a record on disk; of the marks (good or not) of so many rows; of the body of so many rows. */
uint64_t hw_journal_record_bytes(const hw_journal_head *head);
uint64_t hw_journal_marks_bytes(uint64_t rows);
uint64_t hw_journal_rows_bytes(uint64_t rows, size_t row_bytes, bool failed);

/* The failure in a record; false when it has none. */
bool hw_journal_failure_in(const hw_journal_head *head, const unsigned char *body,
                           hw_journal_failure *failure);

/* "<stem>journal-<number>"; the caller frees it. The stem is "<folder>/" or "<result file>.". */
char *hw_journal_path(const char *stem, int number);

/* What a file is by its first bytes, of which `seen` are there. */
typedef enum hw_journal_age { HW_JOURNAL_FOREIGN, HW_JOURNAL_FORMAT_1, HW_JOURNAL_KNOWN } hw_journal_age;
hw_journal_age hw_journal_recognise(const void *start, size_t seen);

/* The head of a journal file for that identity; returns its size. `head` may be NULL. */
size_t hw_journal_file_head(const char *identity, unsigned char *head);

typedef struct hw_journal {
    int file;
    char *path;
    uint64_t bytes;  /* of whole records and the head */
    uint64_t hinted; /* up to here the system was asked to write, or has written */
    bool unsynchronised;
    double synchronised; /* when (seconds of the clock) */
} hw_journal;

/* Creates the journal, or goes on with one of the same identity that ends with a whole record (see
 * journal_index.h). It is locked until closed. */
hw_status hw_journal_open(hw_journal *journal, const char *path, const char *identity, hw_trouble *trouble);

/* Seals and appends a record whose body comes in at most HW_JOURNAL_PARTS parts. After an error the journal
 * holds what it held before. The kernel has the record when this returns; the disk has it about a second
 * later. */
enum { HW_JOURNAL_PARTS = 4 };
hw_status hw_journal_append(hw_journal *journal, hw_journal_head *head, const struct iovec *parts, int count,
                            hw_trouble *trouble);

/* Waits until the disk has everything. */
hw_status hw_journal_synchronise(hw_journal *journal, hw_trouble *trouble);

void hw_journal_close(hw_journal *journal);

/* Whether some process holds the journal at `path` open for writing. */
bool hw_journal_in_use(const char *path);

#endif
