#include "sim/bitset.h"
#include "sim/length.h"
#include "sim/rng.h"
#include "tests/sim/check.h"
#include <stdlib.h>

/* Against a plain array of flags, for sizes around each number of levels. */

enum { STEPS = 4000 };
static const uint32_t SIZES[] = {1, 2, 63, 64, 65, 128, 4095, 4096, 4097, 70000, 262144, 262145, 400000};

static uint32_t first_from(const unsigned char *flags, uint32_t count, uint32_t from) {
    while (from < count && !flags[from]) {
        from++;
    }
    return from < count ? from : HW_BITSET_NONE;
}

static void check_size(uint32_t count) {
    uint64_t *words = malloc((hw_bitset_words(count) + 1) * sizeof *words);
    unsigned char *flags = calloc(count, 1);
    assert_non_null(words);
    assert_non_null(flags);
    hw_bitset set = hw_bitset_in(words, count);
    assert_int_equal(hw_bitset_first(&set), HW_BITSET_NONE);
    hw_draws draws;
    hw_draws_open(&draws, (hw_rng_key){count, 0}, 0, 0, 0);
    for (uint32_t i = 0; i < STEPS; i++) {
        /* Few members near each other, so that words and levels become empty and full again. */
        double u = hw_draws_uniform(&draws);
        uint32_t number = (uint32_t)(u * u * count);
        flags[number] = !flags[number];
        (flags[number] ? hw_bitset_add : hw_bitset_remove)(&set, number);
        uint32_t from = (uint32_t)(hw_draws_uniform(&draws) * count);
        if (i % 16 == 0) {
            assert_int_equal(hw_bitset_first(&set), first_from(flags, count, 0));
            assert_int_equal(hw_bitset_next(&set, from), first_from(flags, count, from));
        }
    }
    uint32_t members = 0;
    for (uint32_t at = hw_bitset_first(&set); at != HW_BITSET_NONE; at = hw_bitset_next(&set, at + 1)) {
        assert_true(flags[at]);
        members++;
    }
    for (uint32_t at = 0; at < count; at++) {
        members -= flags[at];
    }
    assert_int_equal(members, 0);
    hw_bitset_empty(&set);
    assert_int_equal(hw_bitset_first(&set), HW_BITSET_NONE);
    assert_int_equal(hw_bitset_next(&set, count), HW_BITSET_NONE);
    free(flags);
    free(words);
}

static void test_first_and_next_are_those_of_a_plain_list_of_flags(void **state) {
    (void)state;
    for (uint32_t i = 0; i < HW_LENGTH(SIZES); i++) {
        check_size(SIZES[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first_and_next_are_those_of_a_plain_list_of_flags),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
