/* One block of memory for a world, handed out front to back. */
#include "sim/arena.h"

#include <assert.h>
#include <stdint.h>
#include <sys/mman.h>

enum { ALIGNMENT = 64 };

/* The kernel maps no empty range, yet a world without state is a world. */
static size_t mapped_bytes(size_t size) {
    return size > 0 ? size : 1;
}

hw_arena hw_arena_measure(void) {
    return (hw_arena){.base = NULL, .used = 0, .size = SIZE_MAX};
}

/* Anonymous pages come zeroed and aligned, and cost nothing until they are touched. */
hw_arena hw_arena_create(size_t size) {
    void *base = mmap(NULL, mapped_bytes(size), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (base == MAP_FAILED) {
        return (hw_arena){.base = NULL, .used = 0, .size = 0};
    }
    return (hw_arena){.base = base, .used = 0, .size = size};
}

hw_arena hw_arena_in(void *memory, size_t size) {
    return (hw_arena){.base = memory, .used = 0, .size = size, .lent = true};
}

void hw_arena_destroy(hw_arena *arena) {
    if (arena->base != NULL && !arena->lent) {
        munmap(arena->base, mapped_bytes(arena->size));
    }
    *arena = (hw_arena){0};
}

/* Bytes of the items, rounded up to whole cache lines; false when that is more than a size_t can say. */
static bool rounded_bytes(size_t count, size_t item_size, size_t *bytes) {
    size_t exact, raised;
    if (__builtin_mul_overflow(count, item_size, &exact) ||
        __builtin_add_overflow(exact, (size_t)(ALIGNMENT - 1), &raised)) {
        return false;
    }
    *bytes = raised & ~(size_t)(ALIGNMENT - 1);
    return true;
}

void *hw_arena_take(hw_arena *arena, size_t count, size_t item_size) {
    size_t bytes;
    if (!rounded_bytes(count, item_size, &bytes) || bytes > arena->size - arena->used) {
        if (arena->base == NULL) {
            arena->used = arena->size; /* a measure that no real arena can meet */
        }
        return NULL;
    }
    size_t start = arena->used;
    assert(arena->used <= arena->size && bytes % ALIGNMENT == 0);
    arena->used += bytes;
    return arena->base == NULL ? NULL : arena->base + start;
}
