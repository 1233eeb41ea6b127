/* All journals of one output together: which replications are finished, and where each lies. */
#ifndef HW_SIM_RUN_JOURNAL_INDEX_H
#define HW_SIM_RUN_JOURNAL_INDEX_H

#include "sim/run/journal.h"
#include "sim/run/trouble.h"
#include <stdbool.h>
#include <stdint.h>

typedef struct hw_journal_entry {
    uint64_t replication;
    uint64_t offset; /* of the record's head in its file */
    uint32_t file;
    uint32_t kind; /* hw_journal_kind */
} hw_journal_entry;

typedef enum hw_journal_kinship {
    HW_JOURNAL_OURS,     /* same identity */
    HW_JOURNAL_ANOTHERS, /* of another scenario, seed or model */
    HW_JOURNAL_EMPTY,    /* nothing in it yet */
    HW_JOURNAL_FOREIGN,  /* not a journal */
} hw_journal_kinship;

typedef struct hw_journal_file {
    int number; /* rank that wrote it */
    int handle;
    hw_journal_kinship kinship;
    char *path;
} hw_journal_file;

typedef struct hw_journal_index {
    hw_journal_entry *entries; /* by replication, each once */
    uint64_t count, room;
    hw_journal_file *files; /* by number */
    uint32_t file_count;
    uint32_t others; /* journals of another identity */
    size_t body_bytes;
} hw_journal_index;

/* Before a run: checks every record, cuts torn ends off, counts journals of another identity. Refuses files
 * that are no journals, and journals that another run has open. One rank only. */
hw_status hw_journal_index_prepare(hw_journal_index *index, const char *output, const char *identity,
                                   size_t body_bytes, hw_trouble *trouble);

/* After a run: trusts the sums until a record is read. Any number of ranks. */
hw_status hw_journal_index_read(hw_journal_index *index, const char *output, const char *identity,
                                size_t body_bytes, hw_trouble *trouble);

/* The body of a record, checked, into `body` (HW_JOURNAL_FAILURE_BYTES for a failure, else body_bytes). */
hw_status hw_journal_index_body(const hw_journal_index *index, const hw_journal_entry *entry,
                                unsigned char *body, hw_trouble *trouble);

/* Removes the journals of another identity and the empty ones. */
void hw_journal_index_drop_others(const hw_journal_index *index);

void hw_journal_index_free(hw_journal_index *index);

/* Removes all journals of an output but those that another run is writing. */
void hw_journal_remove_all(const char *output);

#endif
