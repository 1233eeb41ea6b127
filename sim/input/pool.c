/* Blocks of memory that are freed together. */
#include "sim/input/pool.h"

#include "sim/error.h"
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_BYTES = 1 << 16 };

typedef struct hw_pool_block {
    struct hw_pool_block *next;
    size_t used, size;
    alignas(max_align_t) unsigned char bytes[];
} hw_pool_block;

static void out_of_memory(void) {
    fputs("not enough memory to read the scenario\n", stderr);
    exit(hw_status_exit_code(HW_ERROR_MEMORY));
}

static hw_pool_block *add_block(hw_pool *pool, size_t bytes) {
    size_t size = bytes > BLOCK_BYTES ? bytes : BLOCK_BYTES;
    hw_pool_block *block = calloc(1, sizeof(hw_pool_block) + size);
    if (block == NULL) {
        out_of_memory();
        return NULL;
    }
    block->size = size;
    block->next = pool->blocks;
    pool->blocks = block;
    return block;
}

void *hw_pool_take(hw_pool *pool, size_t count, size_t size) {
    if (size != 0 && count > (SIZE_MAX >> 1) / size) {
        out_of_memory();
    }
    size_t step = alignof(max_align_t);
    size_t bytes = (count * size + step - 1) / step * step;
    hw_pool_block *block = pool->blocks;
    if (block == NULL || block->size - block->used < bytes) {
        block = add_block(pool, bytes);
    }
    void *taken = block->bytes + block->used;
    block->used += bytes;
    return taken;
}

char *hw_pool_copy(hw_pool *pool, const char *text, size_t length) {
    char *copy = hw_pool_take(pool, length + 1, 1);
    memcpy(copy, text, length);
    return copy;
}

char *hw_format(const char *format, va_list arguments) {
    char usual[256]; /* long enough for most: then it is printed once */
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(usual, sizeof usual, format, again);
    va_end(again);
    size_t size = length < 0 ? 1 : (size_t)length + 1;
    char *text = calloc(size, 1);
    if (text == NULL) {
        out_of_memory();
        return NULL;
    }
    if (size <= sizeof usual) {
        memcpy(text, usual, size - 1);
    } else {
        vsnprintf(text, size, format, arguments);
    }
    return text;
}

char *hw_pool_print(hw_pool *pool, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *text = hw_format(format, arguments);
    va_end(arguments);
    char *copy = hw_pool_copy(pool, text, strlen(text));
    free(text);
    return copy;
}

void hw_pool_free(hw_pool *pool) {
    while (pool->blocks != NULL) {
        hw_pool_block *block = pool->blocks;
        pool->blocks = block->next;
        free(block);
    }
}

void *hw_grow(void *items, size_t count, size_t *capacity, size_t size) {
    if (count < *capacity) {
        return items;
    }
    size_t wanted = *capacity == 0 ? 16 : *capacity * 2;
    void *larger = reallocarray(items, wanted, size);
    if (larger == NULL) {
        out_of_memory();
    }
    *capacity = wanted;
    return larger;
}
