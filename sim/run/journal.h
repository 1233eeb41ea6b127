/* A journal: what one rank has finished, appended record by record and safe against a crash at any moment.
 *
 * File: magic, length and CRC-32 of the identity, the identity as text; then records, each with a CRC-32 of
 * all that follows in it. A record that was torn by a crash does not match its sum: it and all behind it are
 * void. */
#ifndef HW_SIM_RUN_JOURNAL_H
#define HW_SIM_RUN_JOURNAL_H

#include "sim/run/experiment.h"
#include "sim/run/trouble.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HW_JOURNAL_MAGIC_BYTES = 8, HW_JOURNAL_FAILURE_BYTES = sizeof(hw_failure) };
extern const char hw_journal_magic[HW_JOURNAL_MAGIC_BYTES + 1];

typedef enum hw_journal_kind { HW_JOURNAL_OUTCOME = 1, HW_JOURNAL_FAILURE = 2 } hw_journal_kind;

/* Stands before the body of a record (an outcome, or a hw_failure). */
typedef struct hw_journal_head {
    uint32_t crc; /* of the rest of the head and the body */
    uint32_t kind;
    uint64_t replication;
    uint64_t length; /* of the body */
} hw_journal_head;

uint32_t hw_journal_crc(const hw_journal_head *head, const unsigned char *body);

/* What a journal's records are an answer to: model, digest of the scenario, seed, the shape of the record.
 * Text, for the caller to free; NULL when there is no memory. The number of replications does not belong to
 * it. */
char *hw_journal_identity(const hw_experiment *experiment);

/* "<output>.journal-<rank>"; the caller frees it. */
char *hw_journal_path(const char *output, int rank);

/* The head of a journal file for that identity; returns its size. `head` may be NULL. */
size_t hw_journal_file_head(const char *identity, unsigned char *head);

typedef struct hw_journal {
    int file;
    char *path;
    size_t body_bytes;     /* of an outcome */
    uint64_t bytes;        /* of whole records and the head */
    double synchronised;   /* when (seconds of the clock) */
    unsigned char *buffer; /* one record with its head */
} hw_journal;

/* Creates the journal, or goes on with one of the same identity, which must have no torn record at its end
 * (see journal_index.h). It is locked until closed. */
hw_status hw_journal_open(hw_journal *journal, const char *path, const char *identity, size_t body_bytes,
                          hw_trouble *trouble);

/* Appends an outcome, or (when `failure` is not NULL) the failure of a replication. After an error the
 * journal holds what it held before. The kernel has the record when this returns; the disk has it about a
 * second later. */
hw_status hw_journal_append(hw_journal *journal, uint64_t replication, const unsigned char *outcome,
                            const hw_failure *failure, hw_trouble *trouble);

/* Waits until the disk has everything. */
hw_status hw_journal_synchronise(hw_journal *journal, hw_trouble *trouble);

void hw_journal_close(hw_journal *journal);

#endif
