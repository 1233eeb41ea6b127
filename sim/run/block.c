/* Packs consecutive records into chunks of each variable. */
#include "sim/run/block.h"
#include "sim/run/netcdf_write.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* Small enough to keep several in memory, large enough that a chunk is worth a disk access. */
enum { BLOCK_BYTES = 8 << 20, LONGEST_BLOCK = 256 };

uint64_t hw_block_length(const hw_record_layout *layout, uint64_t count) {
    uint64_t length = layout->bytes > 0 ? BLOCK_BYTES / layout->bytes : LONGEST_BLOCK;
    length = length < LONGEST_BLOCK ? length : LONGEST_BLOCK;
    length = length < count ? length : count;
    return length > 0 ? length : 1;
}

static size_t variable_bytes(const hw_variable *variable) {
    return variable->count * hw_number_bytes(variable->type);
}

hw_status hw_block_create(hw_block *block, const hw_record_layout *layout, uint64_t length,
                          hw_trouble *trouble) {
    size_t largest = 1;
    size_t room = 1;
    for (uint32_t v = 0; v < layout->variable_count; v++) {
        size_t bytes = length * variable_bytes(&layout->variables[v]);
        largest = bytes > largest ? bytes : largest;
        room += sizeof(uint64_t) + compressBound(bytes);
    }
    *block = (hw_block){.layout = layout, .length = length, .packed_room = room};
    if (room > INT_MAX) {
        return hw_trouble_note(trouble, HW_ERROR_MEMORY, 0, "one outcome of %zu bytes is too large to store",
                               layout->bytes);
    }
    block->chunk = malloc(largest);
    block->shuffled = malloc(largest);
    block->records = malloc(length * layout->bytes + 1);
    block->packed = malloc(room);
    if (block->chunk == NULL || block->shuffled == NULL || block->records == NULL || block->packed == NULL) {
        hw_block_free(block);
        return hw_trouble_memory(trouble, "assembling the result file");
    }
    return HW_OK;
}

void hw_block_free(hw_block *block) {
    free(block->chunk);
    free(block->shuffled);
    free(block->records);
    free(block->packed);
    free(block->body.bytes);
    memset(block, 0, sizeof *block);
}

/* What HDF5's shuffle filter does: all first bytes, then all second bytes, and so on. Called with a constant
 * `item`, so that the inner loop is unrolled. */
static inline void shuffle_items(unsigned char *to, const unsigned char *from, size_t count, size_t item) {
    for (size_t i = 0; i < count; i++) {
        for (size_t b = 0; b < item; b++) {
            to[b * count + i] = from[i * item + b];
        }
    }
}

static void shuffle(unsigned char *to, const unsigned char *from, size_t bytes, size_t item) {
    if (item == 8) {
        shuffle_items(to, from, bytes / 8, 8);
    } else {
        shuffle_items(to, from, bytes / 4, 4);
    }
}

static hw_status pack_variable(hw_block *block, const hw_variable *variable, uint64_t count,
                               hw_trouble *trouble) {
    size_t each = variable_bytes(variable);
    size_t bytes = block->length * each;
    for (uint64_t i = 0; i < count; i++) {
        memcpy(block->chunk + i * each, block->records + i * block->layout->bytes + variable->offset, each);
    }
    memset(block->chunk + count * each, 0, bytes - count * each);
    shuffle(block->shuffled, block->chunk, bytes, hw_number_bytes(variable->type));

    uLongf deflated = compressBound(bytes);
    unsigned char *start = block->packed + block->packed_bytes;
    if (compress2(start + sizeof(uint64_t), &deflated, block->shuffled, bytes, HW_DEFLATE_LEVEL) != Z_OK) {
        return hw_trouble_memory(trouble, "compressing the result file");
    }
    const uint64_t size = deflated;
    memcpy(start, &size, sizeof size);
    block->packed_bytes += sizeof size + deflated;
    return HW_OK;
}

hw_status hw_block_pack(hw_block *block, const hw_journal_index *index, const hw_journal_entry *entries,
                        uint64_t count, hw_trouble *trouble) {
    const size_t bytes = block->layout->bytes;
    for (uint64_t i = 0; i < count; i++) {
        hw_journal_head head;
        if (hw_journal_index_read(index, &entries[i], &head, &block->body, trouble) != HW_OK) {
            return trouble->status;
        }
        if (head.length != hw_journal_rows_bytes(1, bytes, false)) {
            return hw_trouble_note(trouble, HW_ERROR_IO, 0, "%s holds a record of another size",
                                   index->files[entries[i].file].path);
        }
        memcpy(block->records + i * bytes, block->body.bytes + hw_journal_marks_bytes(1), bytes);
    }
    block->packed_bytes = 0;
    for (uint32_t v = 0; v < block->layout->variable_count; v++) {
        hw_status status = pack_variable(block, &block->layout->variables[v], count, trouble);
        if (status != HW_OK) {
            return status;
        }
    }
    return HW_OK;
}

const unsigned char *hw_block_next(const unsigned char *packed, size_t *position, size_t *size) {
    uint64_t bytes = 0;
    memcpy(&bytes, packed + *position, sizeof bytes);
    const unsigned char *start = packed + *position + sizeof bytes;
    *position += sizeof bytes + bytes;
    *size = (size_t)bytes;
    return start;
}
