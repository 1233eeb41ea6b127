/* The journal of a sweep: what one group of ranks has finished, appended record by record and safe against a
 * crash at any moment.
 *
 * File: magic, length and CRC-32 of the identity, the identity as text, padded to 8 bytes; then records. A
 * record has a head with a sum of its own, so that a damaged body loses this record only, and a body, padded
 * to 8 bytes. Behind a damaged head the next whole one is looked for. A record that a crash has torn at the
 * end is cut off. */
#ifndef HW_SIM_RUN_SWEEP_JOURNAL_H
#define HW_SIM_RUN_SWEEP_JOURNAL_H

#include "sim/run/trouble.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HW_SWEEP_KEY_BYTES = 32 };

typedef enum hw_sweep_kind {
    HW_SWEEP_SUMMARY = 1, /* of all replications of a point */
    HW_SWEEP_VALUES = 2,  /* one byte (1: good) for each replication, padded to 8, then the values of each */
    HW_SWEEP_PROBLEM = 3, /* a point that cannot be run: hw_sweep_failure */
} hw_sweep_kind;

/* The first thing that went wrong in a record; behind the rest of its body when `failed` is not 0. */
typedef struct hw_sweep_failure {
    int64_t replication; /* -1: the whole point */
    double time;         /* days */
    char message[200];
} hw_sweep_failure;

typedef struct hw_sweep_head {
    uint32_t magic;
    uint32_t head_crc; /* of what follows in the head */
    uint32_t body_crc;
    uint32_t kind;
    uint64_t length;                       /* of the body, without padding */
    uint64_t point;                        /* in this sweep */
    uint64_t first, last;                  /* replications first .. last - 1 */
    uint64_t failed;                       /* of them */
    double horizon;                        /* days */
    unsigned char key[HW_SWEEP_KEY_BYTES]; /* of the question that it answers, in any sweep */
} hw_sweep_head;

/* Fills in magic and sums; whether a head is whole; whether a body is. */
void hw_sweep_head_seal(hw_sweep_head *head, const unsigned char *body);
bool hw_sweep_head_good(const hw_sweep_head *head);
bool hw_sweep_body_good(const hw_sweep_head *head, const unsigned char *body);

/* Bytes of a record on disk. */
uint64_t hw_sweep_record_bytes(const hw_sweep_head *head);

/* "<folder>/journal-<number>"; the caller frees it. */
char *hw_sweep_journal_path(const char *folder, int number);

enum { HW_SWEEP_MAGIC_BYTES = 8 };
extern const char hw_sweep_journal_magic[HW_SWEEP_MAGIC_BYTES + 1];

/* The head of a journal file for that identity; returns its size. `head` may be NULL. */
size_t hw_sweep_file_head(const char *identity, unsigned char *head);

typedef struct hw_sweep_journal {
    int file;
    char *path;
    uint64_t bytes; /* of whole records and the head */
    bool unsynchronised;
} hw_sweep_journal;

/* Creates the journal, or goes on with one of the same identity that ends with a whole record (see
 * sweep_index.h). It is locked until closed. */
hw_status hw_sweep_journal_open(hw_sweep_journal *journal, const char *path, const char *identity,
                                hw_trouble *trouble);

/* Appends a record (head sealed). After an error the journal holds what it held before. */
hw_status hw_sweep_journal_append(hw_sweep_journal *journal, const hw_sweep_head *head,
                                  const unsigned char *body, hw_trouble *trouble);

/* Waits until the disk has everything. */
hw_status hw_sweep_journal_synchronise(hw_sweep_journal *journal, hw_trouble *trouble);

void hw_sweep_journal_close(hw_sweep_journal *journal);

/* Whether some process holds the journal at `path` open for writing. */
bool hw_sweep_journal_in_use(const char *path);

#endif
