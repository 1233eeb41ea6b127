#include "sim/arena.h"

#include "sim/rng.h"
#include "tests/sim/check.h"
#include <string.h>

enum { TAKES = 200 };

/* Sizes of a made-up state: some empty, some odd, some large. */
static size_t item_size(int take) {
    static const size_t sizes[] = {1, 8, 3, 16, 24, 64, 100, 4096};
    return sizes[take % 8];
}

static size_t item_count(int take) {
    double uniform = hw_draw((hw_rng_key){1, 1}, 0, 0, (uint64_t)take);
    return (size_t)(uniform * 40.0);
}

static void test_a_measure_tells_exactly_what_the_real_arena_hands_out(void **state) {
    (void)state;
    hw_arena measure = hw_arena_measure();
    for (int i = 0; i < TAKES; i++) {
        assert_null(hw_arena_take(&measure, item_count(i), item_size(i)));
    }
    hw_arena arena = hw_arena_create(measure.used);
    assert_non_null(arena.base);
    for (int i = 0; i < TAKES; i++) {
        assert_non_null(hw_arena_take(&arena, item_count(i), item_size(i)));
    }
    assert_int_equal(arena.used, measure.used);
    assert_int_equal(arena.used, arena.size);
    assert_null(hw_arena_take(&arena, 1, 1));
    assert_int_equal(arena.used, measure.used);
    hw_arena_destroy(&arena);
    assert_null(arena.base);
}

static void test_blocks_are_aligned_zeroed_and_apart(void **state) {
    (void)state;
    hw_arena arena = hw_arena_create(8 << 20);
    assert_non_null(arena.base);
    unsigned char *blocks[TAKES];
    for (int i = 0; i < TAKES; i++) {
        size_t bytes = item_count(i) * item_size(i);
        blocks[i] = hw_arena_take(&arena, item_count(i), item_size(i));
        assert_int_equal((uintptr_t)blocks[i] % 64, 0);
        for (size_t b = 0; b < bytes; b++) {
            assert_int_equal(blocks[i][b], 0);
        }
        memset(blocks[i], i + 1, bytes);
    }
    for (int i = 0; i < TAKES; i++) {
        for (size_t b = 0; b < item_count(i) * item_size(i); b++) {
            assert_int_equal(blocks[i][b], (unsigned char)(i + 1));
        }
    }
    hw_arena_destroy(&arena);
}

static void test_sizes_that_overflow_are_refused(void **state) {
    (void)state;
    const size_t too_much[][2] = {{SIZE_MAX, 2}, {2, SIZE_MAX}, {SIZE_MAX / 8 + 1, 8}, {SIZE_MAX, 1}};
    for (int i = 0; i < 4; i++) {
        hw_arena arena = hw_arena_create(4096);
        assert_null(hw_arena_take(&arena, too_much[i][0], too_much[i][1]));
        assert_int_equal(arena.used, 0);
        hw_arena_destroy(&arena);

        hw_arena measure = hw_arena_measure();
        hw_arena_take(&measure, 1, 64);
        assert_null(hw_arena_take(&measure, too_much[i][0], too_much[i][1]));
        hw_arena_take(&measure, 1, 64);
        assert_true(measure.used == SIZE_MAX);
    }
    hw_arena measure = hw_arena_measure(); /* one by one they fit, together they do not */
    hw_arena_take(&measure, SIZE_MAX / 2, 1);
    hw_arena_take(&measure, SIZE_MAX / 2, 1);
    hw_arena_take(&measure, SIZE_MAX / 2, 1);
    assert_true(measure.used == SIZE_MAX);
}

static void test_an_arena_that_cannot_be_had_hands_out_nothing(void **state) {
    (void)state;
    hw_arena arena = hw_arena_create(SIZE_MAX);
    assert_null(arena.base);
    assert_null(hw_arena_take(&arena, 1, 1));
    assert_int_equal(arena.used, 0);
    hw_arena_destroy(&arena);
}

static void test_an_empty_arena_is_one(void **state) {
    (void)state;
    hw_arena arena = hw_arena_create(0);
    assert_non_null(arena.base);
    assert_non_null(HW_TAKE(&arena, double, 0));
    assert_null(HW_TAKE(&arena, double, 1));
    hw_arena_destroy(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_measure_tells_exactly_what_the_real_arena_hands_out),
        cmocka_unit_test(test_blocks_are_aligned_zeroed_and_apart),
        cmocka_unit_test(test_sizes_that_overflow_are_refused),
        cmocka_unit_test(test_an_arena_that_cannot_be_had_hands_out_nothing),
        cmocka_unit_test(test_an_empty_arena_is_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
