/* One block of memory for all the state of a world: handed out front to back, given back all at once.
 * Nothing inside a replication asks the system for memory. */
#ifndef HW_SIM_ARENA_H
#define HW_SIM_ARENA_H

#include <stdbool.h>
#include <stddef.h>

typedef struct hw_arena {
    unsigned char *base; /* NULL while measuring: see hw_arena_measure */
    size_t used, size;
    bool lent; /* the memory is somebody else's */
} hw_arena;

/* An arena that hands out nothing but counts in `used` what would be needed (hw_arena_take returns NULL).
 * A world is created twice with the same code: once to measure, once for real. Sizes that overflow leave
 * `used` at SIZE_MAX, which no real arena can be created with. */
hw_arena hw_arena_measure(void);

/* A real arena of `size` bytes, zeroed by the system; base is NULL when there is not enough memory. */
hw_arena hw_arena_create(size_t size);

/* An arena in zeroed memory of the caller's, aligned to 64 bytes, which must outlive it. */
hw_arena hw_arena_in(void *memory, size_t size);

void hw_arena_destroy(hw_arena *arena);

/* `count` items of `item_size` bytes, aligned to 64 bytes (a cache line), zeroed when fresh. NULL while
 * measuring, and NULL when the arena is exhausted. Sizes are checked against overflow. */
void *hw_arena_take(hw_arena *arena, size_t count, size_t item_size);

#define HW_TAKE(arena, type, count) ((type *)hw_arena_take((arena), (count), sizeof(type)))

#endif
