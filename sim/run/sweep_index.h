/* All journals of a folder together: what is finished, and where it lies. */
#ifndef HW_SIM_RUN_SWEEP_INDEX_H
#define HW_SIM_RUN_SWEEP_INDEX_H

#include "sim/run/sweep_journal.h"

typedef struct hw_sweep_entry {
    uint64_t point, first, last;
    uint64_t offset; /* of the record's head */
    uint32_t file;
    uint32_t kind;
    unsigned char key[HW_SWEEP_KEY_BYTES];
} hw_sweep_entry;

typedef struct hw_sweep_file {
    int number; /* rank that wrote it */
    int handle;
    char *path;
    char *identity; /* NULL: nothing in it yet */
} hw_sweep_file;

typedef struct hw_sweep_index {
    hw_sweep_entry *entries;
    uint64_t count, room;
    hw_sweep_file *files; /* by number */
    uint32_t file_count;
    uint64_t damaged; /* records that do not match their sums */
} hw_sweep_index;

typedef enum hw_sweep_reading {
    HW_SWEEP_LOOK,   /* heads only; bodies are checked when they are read */
    HW_SWEEP_CHECK,  /* bodies too */
    HW_SWEEP_REPAIR, /* bodies too, and torn ends are cut off: before a run, by one rank */
} hw_sweep_reading;

/* Reads all journals of `folder`. HW_ERROR_IO for files that cannot be read, or are called like a journal and
 * are none. A folder that does not exist has no journals. Free after failure too. */
hw_status hw_sweep_index_open(hw_sweep_index *index, const char *folder, hw_sweep_reading reading,
                              hw_trouble *trouble);
/* The same, behind what the index holds already. */
hw_status hw_sweep_index_append(hw_sweep_index *index, const char *folder, hw_sweep_reading reading,
                                hw_trouble *trouble);
void hw_sweep_index_free(hw_sweep_index *index);

/* The identity of the first journal that has one, or NULL. */
const char *hw_sweep_index_identity(const hw_sweep_index *index);

/* Sorts by point and replications, longer ranges first; or by key likewise. Of equal entries the one of the
 * lower file comes first. */
void hw_sweep_index_by_point(hw_sweep_index *index);
void hw_sweep_index_by_key(hw_sweep_index *index);

/* The range of entries with that key, in an index sorted by key: first .. last - 1. */
void hw_sweep_index_find(const hw_sweep_index *index, const unsigned char *key, uint64_t *first,
                         uint64_t *last);

/* A record, checked: the body is allocated for the caller. NULL with a trouble (HW_ERROR_IO when it is
 * damaged). */
unsigned char *hw_sweep_index_read(const hw_sweep_index *index, const hw_sweep_entry *entry,
                                   hw_sweep_head *head, hw_trouble *trouble);

#endif
