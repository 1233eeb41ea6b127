/* Counts every request for memory of the test program that includes this, once, by standing in for malloc and
 * its relatives; not where the sanitizers need them themselves (COUNTS_REQUESTS is 0 then). */
#ifndef HW_TESTS_COUNTED_REQUESTS_H
#define HW_TESTS_COUNTED_REQUESTS_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#if defined(__SANITIZE_ADDRESS__)
#define COUNTS_REQUESTS 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define COUNTS_REQUESTS 0
#endif
#endif
#ifndef COUNTS_REQUESTS
#define COUNTS_REQUESTS 1
#endif

#if COUNTS_REQUESTS
/* NOLINTBEGIN(bugprone-reserved-identifier): the C library's own names for what is replaced here */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
/* NOLINTEND(bugprone-reserved-identifier) */

static volatile uint64_t requests;

void *malloc(size_t size) {
    requests++;
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
    requests++;
    return __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size) {
    requests++;
    return __libc_realloc(memory, size);
}
#endif

#endif
