/* All journals of one output together: what is finished, and where it lies. */
#ifndef HW_SIM_RUN_JOURNAL_INDEX_H
#define HW_SIM_RUN_JOURNAL_INDEX_H

#include "sim/run/journal.h"

typedef struct hw_journal_entry {
    uint64_t point, first, last;
    uint64_t offset; /* of the record's head */
    uint64_t key;    /* the first bytes of it; all are in the head */
    uint32_t file;
    uint16_t kind;
    bool failed; /* some of its replications */
} hw_journal_entry;

typedef struct hw_journal_file {
    int number; /* rank that wrote it */
    int handle;
    char *path;
    char *identity; /* NULL: nothing in it yet */
} hw_journal_file;

typedef struct hw_journal_index {
    hw_journal_entry *entries;
    uint64_t count, room;
    hw_journal_file *files; /* by number */
    uint32_t file_count;
    uint64_t damaged; /* records that do not match their sums */
} hw_journal_index;

typedef enum hw_journal_reading {
    HW_JOURNAL_LOOK,   /* heads only; bodies are checked when they are read */
    HW_JOURNAL_CHECK,  /* bodies too */
    HW_JOURNAL_REPAIR, /* bodies too, and torn ends are cut off: before a run, by one rank */
} hw_journal_reading;

/* Reads all journals of a stem (journal.h). HW_ERROR_IO for files that cannot be read, are called like a
 * journal and are none, or have a format of older programs. A folder that does not exist has no journals.
 * Free after failure too. */
hw_status hw_journal_index_open(hw_journal_index *index, const char *stem, hw_journal_reading reading,
                                hw_trouble *trouble);
/* The same, behind what the index holds already. */
hw_status hw_journal_index_append(hw_journal_index *index, const char *stem, hw_journal_reading reading,
                                  hw_trouble *trouble);
void hw_journal_index_free(hw_journal_index *index);

/* The identity of the first journal that has one, or NULL. */
const char *hw_journal_index_identity(const hw_journal_index *index);
/* How many journals have another one. */
uint32_t hw_journal_index_others(const hw_journal_index *index, const char *identity);

/* Removes the journals of other identities, with their entries, and those that have none yet. */
void hw_journal_index_drop_others(hw_journal_index *index, const char *identity);

/* Sorts by point and replications, longer ranges first; or by key likewise. Of equal entries the one of the
 * lower file comes first. */
void hw_journal_index_by_point(hw_journal_index *index);
void hw_journal_index_by_key(hw_journal_index *index);

/* The range of entries that may have that key, in an index sorted by key: first .. last - 1. */
void hw_journal_index_find(const hw_journal_index *index, const unsigned char *key, uint64_t *first,
                           uint64_t *last);

/* The body of a record, in memory that grows with the largest; to be freed. */
typedef struct hw_journal_body {
    unsigned char *bytes;
    size_t room;
} hw_journal_body;

/* A record, checked. HW_ERROR_IO when it is damaged. */
hw_status hw_journal_index_read(const hw_journal_index *index, const hw_journal_entry *entry,
                                hw_journal_head *head, hw_journal_body *body, hw_trouble *trouble);

/* Removes all journals of a stem but those that another run is writing. */
void hw_journal_remove_all(const char *stem);

#endif
