#include "sim/run/share.h"
#include "tests/run/toy_run.h"

static void test_batches_cover_all_items_once_and_never_grow(void **state) {
    (void)state;
    hw_share share;
    hw_share_open(&share);
    for (int ranks = 1; ranks <= 64; ranks *= 2) {
        for (uint64_t items = 0; items < 3000; items += 37) {
            share.ranks = ranks;
            uint64_t start = 0;
            uint64_t before = UINT64_MAX;
            while (start < items) {
                uint64_t size = hw_share_batch_of(&share, items - start);
                assert_in_range(size, 1, items - start);
                assert_true(size <= before);
                before = size;
                start += size;
            }
            assert_int_equal(start, items);
        }
    }
    hw_share_close(&share);
}

static void test_the_last_batches_are_single_so_that_ranks_end_together(void **state) {
    (void)state;
    hw_share share;
    hw_share_open(&share);
    for (int ranks = 1; ranks <= 16; ranks++) {
        share.ranks = ranks;
        for (uint64_t left = 1; left < 8 * (uint64_t)ranks; left++) {
            assert_int_equal(hw_share_batch_of(&share, left), 1);
        }
    }
    hw_share_close(&share);
}

static void claim_all(hw_share *share, uint64_t items) {
    uint64_t first = 0;
    uint64_t last = 0;
    uint64_t expected = 0;
    hw_share_begin(share, items);
    while (hw_share_claim(share, &first, &last)) {
        assert_int_equal(first, expected);
        assert_true(last > first);
        expected = last;
    }
    assert_int_equal(expected, items);
    assert_false(hw_share_claim(share, &first, &last));
}

static void test_every_round_hands_out_each_item_once(void **state) {
    (void)state;
    hw_share share;
    hw_share_open(&share);
    claim_all(&share, 1000);
    claim_all(&share, 0);
    claim_all(&share, 1);
    claim_all(&share, 5000);
    hw_share_close(&share);
}

static void test_totals_add_up_and_a_wish_to_stop_stays(void **state) {
    (void)state;
    hw_share share;
    hw_share_open(&share);
    hw_share_totals totals = hw_share_report(&share, 2, 100, HW_STOP_NO);
    assert_int_equal(totals.finished, 2);
    assert_int_equal(totals.events, 100);
    assert_int_equal(totals.stop, HW_STOP_NO);
    hw_share_report(&share, 3, 11, HW_STOP_SIGNAL);
    totals = hw_share_report(&share, 0, 0, HW_STOP_NO);
    assert_int_equal(totals.finished, 5);
    assert_int_equal(totals.events, 111);
    assert_int_equal(totals.stop, HW_STOP_SIGNAL);
    hw_share_close(&share);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_batches_cover_all_items_once_and_never_grow),
        cmocka_unit_test(test_the_last_batches_are_single_so_that_ranks_end_together),
        cmocka_unit_test(test_every_round_hands_out_each_item_once),
        cmocka_unit_test(test_totals_add_up_and_a_wish_to_stop_stays),
    };
    return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
