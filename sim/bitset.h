/* A set of numbers below a bound, whose least member is found at once.
 *
 * Each number has a bit; above each 64 words, a word says which of them are not empty; and so on up to one
 * word. Sets of up to 64 numbers are that word alone. */
#ifndef HW_SIM_BITSET_H
#define HW_SIM_BITSET_H

#include <assert.h>
#include <stdint.h>
#include <string.h>

enum { HW_BITSET_LEVELS = 3, HW_BITSET_MOST = 1 << 24 };
enum { HW_BITSET_NONE = UINT32_MAX };

typedef struct hw_bitset {
    uint64_t top;
    uint32_t count, depth;             /* numbers below `count`; levels below the top */
    uint64_t *level[HW_BITSET_LEVELS]; /* from the one below the top down to the members */
} hw_bitset;

/* Words that hold a bit for each of so many numbers. */
static inline uint32_t hw_words_for(uint32_t count) {
    return count / 64 + (count % 64 > 0);
}

/* Words that a set needs below its top. */
static inline uint32_t hw_bitset_words(uint32_t count) {
    uint32_t all = 0;
    for (uint32_t words = hw_words_for(count); words > 1; words = hw_words_for(words)) {
        all += words;
    }
    return all;
}

/* An empty set in so many words. */
static inline hw_bitset hw_bitset_in(uint64_t *words, uint32_t count) {
    assert(count <= HW_BITSET_MOST);
    hw_bitset set = {.count = count};
    uint32_t sizes[HW_BITSET_LEVELS] = {0};
    for (uint32_t size = hw_words_for(count); size > 1; size = hw_words_for(size)) {
        sizes[set.depth++] = size;
    }
    for (uint32_t i = 0; i < set.depth; i++) {
        uint32_t size = sizes[set.depth - 1 - i];
        set.level[i] = words;
        memset(words, 0, size * sizeof *words);
        words += size;
    }
    return set;
}

static inline void hw_bitset_empty(hw_bitset *set) {
    set->top = 0;
    if (set->depth > 0) {
        memset(set->level[0], 0, hw_bitset_words(set->count) * sizeof *set->level[0]);
    }
}

static inline void hw_bitset_add(hw_bitset *set, uint32_t number) {
    assert(number < set->count);
    for (uint32_t i = set->depth; i > 0; i--, number /= 64) {
        set->level[i - 1][number / 64] |= UINT64_C(1) << number % 64;
    }
    set->top |= UINT64_C(1) << number;
}

static inline void hw_bitset_remove(hw_bitset *set, uint32_t number) {
    assert(number < set->count);
    for (uint32_t i = set->depth; i > 0; i--, number /= 64) {
        if ((set->level[i - 1][number / 64] &= ~(UINT64_C(1) << number % 64)) != 0) {
            return;
        }
    }
    set->top &= ~(UINT64_C(1) << number);
}

/* The least member of the part of a set below the bit `at` of level `from` (0: a bit of the top). */
static inline uint32_t hw_bitset_descend(const hw_bitset *set, uint32_t from, uint32_t at) {
    for (uint32_t i = from; i < set->depth; i++) {
        at = at * 64 + (uint32_t)__builtin_ctzll(set->level[i][at]);
    }
    return at;
}

/* The least member, or HW_BITSET_NONE. */
static inline uint32_t hw_bitset_first(const hw_bitset *set) {
    return set->top == 0 ? HW_BITSET_NONE : hw_bitset_descend(set, 0, (uint32_t)__builtin_ctzll(set->top));
}

/* The least member that is not below `number`, or HW_BITSET_NONE. */
static inline uint32_t hw_bitset_next(const hw_bitset *set, uint32_t number) {
    uint32_t bits = set->count;
    for (uint32_t i = set->depth + 1; i > 0 && number < bits; i--) {
        uint64_t word = (i == 1 ? set->top : set->level[i - 2][number / 64]) & UINT64_MAX << number % 64;
        if (word != 0) {
            return hw_bitset_descend(set, i - 1, number / 64 * 64 + (uint32_t)__builtin_ctzll(word));
        }
        number = number / 64 + 1;
        bits = hw_words_for(bits);
    }
    return HW_BITSET_NONE;
}

#endif
