/* Memory that grows in blocks and is given back all at once: texts and nodes of a document, structs of a
 * binding. Running out of memory while reading a scenario ends the process with exit code 3: there is nothing
 * to save yet. */
#ifndef HW_SIM_INPUT_POOL_H
#define HW_SIM_INPUT_POOL_H

#include <stdarg.h>
#include <stddef.h>

struct hw_pool_block;

/* Zero-initialise; end with hw_pool_free. */
typedef struct hw_pool {
    struct hw_pool_block *blocks;
} hw_pool;

/* `count` items of `size` bytes, zeroed, aligned for any type. Never NULL. */
void *hw_pool_take(hw_pool *pool, size_t count, size_t size);

/* A copy of `length` bytes with a terminating zero. */
char *hw_pool_copy(hw_pool *pool, const char *text, size_t length);

/* A formatted text. */
char *hw_pool_print(hw_pool *pool, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A formatted text outside of any pool; the caller frees it. */
char *hw_format(const char *format, va_list arguments) __attribute__((format(printf, 1, 0)));

void hw_pool_free(hw_pool *pool);

/* realloc that does not fail, for arrays that double: `items` with room for `*capacity` items of `size` bytes
 * is returned unchanged while `count` is below that, otherwise enlarged. */
void *hw_grow(void *items, size_t count, size_t *capacity, size_t size);

#endif
