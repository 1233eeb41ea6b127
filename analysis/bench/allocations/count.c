/* Replaces the allocator of the process with one that counts and passes on. */
#include "analysis/bench/allocations/count.h"
#include <errno.h>
#include <stdatomic.h>
#include <stddef.h>

static atomic_uint_fast64_t requests;
static atomic_bool counting;

static void note_request(void) {
    if (atomic_load_explicit(&counting, memory_order_relaxed)) {
        atomic_fetch_add_explicit(&requests, 1, memory_order_relaxed);
    }
}

uint64_t hw_allocations(void) {
    return atomic_load(&requests);
}

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HW_SANITIZED
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define HW_SANITIZED
#endif

#ifdef HW_SANITIZED
/* The sanitizer has replaced the allocator itself, and says who asks. */

/* NOLINTNEXTLINE(bugprone-reserved-identifier): the sanitizer's own name */
int __sanitizer_install_malloc_and_free_hooks(void (*malloc_hook)(const volatile void *, size_t),
                                              void (*free_hook)(const volatile void *));

static void on_malloc(const volatile void *memory, size_t size) {
    (void)memory;
    (void)size;
    note_request();
}

static void on_free(const volatile void *memory) {
    (void)memory;
}

void hw_allocations_start(void) {
    __sanitizer_install_malloc_and_free_hooks(on_malloc, on_free);
    atomic_store(&counting, 1);
}

#else
/* The names of the C library's allocator, taken over by those defined here and handed on to it: what the GNU
 * C library allows in "Replacing malloc". */

/* NOLINTBEGIN(bugprone-reserved-identifier): the C library's own names */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
/* NOLINTEND(bugprone-reserved-identifier) */

void *malloc(size_t size);
void *calloc(size_t count, size_t size);
void *realloc(void *memory, size_t size);
void *reallocarray(void *memory, size_t count, size_t size);
void *memalign(size_t alignment, size_t size);
void *aligned_alloc(size_t alignment, size_t size);
int posix_memalign(void **memory, size_t alignment, size_t size);

void hw_allocations_start(void) {
    atomic_store(&counting, 1);
}

void *malloc(size_t size) {
    note_request();
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
    note_request();
    return __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size) {
    note_request();
    return __libc_realloc(memory, size);
}

void *reallocarray(void *memory, size_t count, size_t size) {
    size_t bytes;
    note_request();
    if (__builtin_mul_overflow(count, size, &bytes)) {
        errno = ENOMEM;
        return NULL;
    }
    return __libc_realloc(memory, bytes);
}

void *memalign(size_t alignment, size_t size) {
    note_request();
    return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    note_request();
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size) {
    note_request();
    if (alignment < sizeof(void *) || (alignment & (alignment - 1)) != 0) {
        return EINVAL;
    }
    void *taken = __libc_memalign(alignment, size);
    if (taken == NULL) {
        return ENOMEM;
    }
    *memory = taken;
    return 0;
}
#endif
