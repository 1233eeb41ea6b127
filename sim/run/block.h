/* A block: consecutive replications of the result file, turned from records (one replication, all variables)
 * into chunks (one variable, all its replications), shuffled and deflated as HDF5's own filters would do it.
 * Ranks prepare blocks side by side; what comes out depends on the records alone. */
#ifndef HW_SIM_RUN_BLOCK_H
#define HW_SIM_RUN_BLOCK_H

#include "sim/record.h"
#include "sim/run/journal_index.h"
#include "sim/run/trouble.h"
#include <stdint.h>

/* Replications of a block for `count` replications in all: bounded in memory, the same for all ranks. */
uint64_t hw_block_length(const hw_record_layout *layout, uint64_t count);

typedef struct hw_block {
    const hw_record_layout *layout;
    uint64_t length;         /* replications of a full block */
    unsigned char *chunk;    /* the largest variable of a block */
    unsigned char *shuffled; /* the same, bytes of equal weight together */
    unsigned char *records;  /* all outcomes of the block */
    hw_journal_body body;    /* one record of a journal */
    unsigned char *packed;   /* per variable: size (8 bytes), then the deflated chunk */
    size_t packed_room, packed_bytes;
} hw_block;

hw_status hw_block_create(hw_block *block, const hw_record_layout *layout, uint64_t length,
                          hw_trouble *trouble);
void hw_block_free(hw_block *block);

/* Packs `count` <= length records, each of one good replication; the rest of a last, shorter block is zero.
 */
hw_status hw_block_pack(hw_block *block, const hw_journal_index *index, const hw_journal_entry *entries,
                        uint64_t count, hw_trouble *trouble);

/* Walks the variables of a packed block in the order of the layout: returns the next chunk and its size. */
const unsigned char *hw_block_next(const unsigned char *packed, size_t *position, size_t *size);

#endif
