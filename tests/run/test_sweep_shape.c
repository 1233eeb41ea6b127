#include "sim/length.h"
#include "sim/run/cover.h"
#include "sim/run/sweep_shape.h"
#include "tests/sim/check.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double by[] = {25.0, 55.0};
static hw_variable variables[] = {{.name = "day", .units = "days since 2020-11-10", .type = HW_F64},
                                  {.name = "cost", .units = "USD", .type = HW_F64}};

static hw_sweep_shape shape_of_two(void) {
    static hw_record_layout layout;
    layout = (hw_record_layout){.variables = variables, .variable_count = 2};
    hw_record_lay_out(&layout);
    return hw_sweep_shape_of(&layout, by, 2);
}

/* Ten replications, of which the last is failed: days 10 .. 80 and one that never comes; costs 1 .. 8, one
 * missing. */
static void fill(double values[20], bool good[10]) {
    for (int r = 0; r < 10; r++) {
        values[2 * r] = r == 8 ? (double)NAN : 10.0 * (r + 1);
        values[2 * r + 1] = r == 8 ? (double)NAN : r + 1.0;
        good[r] = r < 9;
    }
    values[18] = 1e9; /* of the failed one: must not count */
}

static void
test_days_that_never_come_count_as_the_horizon_in_the_mean_and_stand_above_all_others(void **state) {
    (void)state;
    hw_sweep_shape shape = shape_of_two();
    double values[20], scratch[10], summary[2 * HW_SWEEP_STATISTICS + 2];
    bool good[10];
    fill(values, good);
    assert_int_equal(shape.summary_bytes, sizeof summary);
    hw_sweep_summarise(&shape, values, good, 10, 100.0, scratch, summary);
    assert_true(fabs(summary[HW_SWEEP_MEAN] - (360.0 + 100.0) / 9) < 1e-9);
    assert_true(fabs(summary[HW_SWEEP_MISSING] - 1.0 / 9) < 1e-12);
    assert_true(summary[HW_SWEEP_QUANTILE + 1] == 50.0);
    assert_true(isinf(summary[HW_SWEEP_QUANTILE + 2]));
    assert_true(isinf(summary[HW_SWEEP_HIGH + 2]));
}

static void test_other_missing_values_are_left_out_of_the_mean(void **state) {
    (void)state;
    hw_sweep_shape shape = shape_of_two();
    double values[20], scratch[10], summary[2 * HW_SWEEP_STATISTICS + 2];
    bool good[10];
    fill(values, good);
    hw_sweep_summarise(&shape, values, good, 10, 100.0, scratch, summary);
    const double *cost = summary + HW_SWEEP_STATISTICS;
    assert_true(fabs(cost[HW_SWEEP_MEAN] - 4.5) < 1e-12);
    assert_true(fabs(cost[HW_SWEEP_SD] - sqrt(6.0)) < 1e-12);
    /* Student's t at 0.975 with 7 degrees of freedom */
    assert_true(fabs(cost[HW_SWEEP_ERROR] - 2.364624 * sqrt(6.0 / 8)) < 1e-5);
}

static void test_probabilities_by_date_are_shares_of_all_good_replications(void **state) {
    (void)state;
    hw_sweep_shape shape = shape_of_two();
    double values[20], scratch[10], summary[2 * HW_SWEEP_STATISTICS + 2];
    bool good[10];
    fill(values, good);
    hw_sweep_summarise(&shape, values, good, 10, 100.0, scratch, summary);
    const double *shares = summary + (size_t)2 * HW_SWEEP_STATISTICS;
    assert_true(fabs(shares[0] - 2.0 / 9) < 1e-12);
    assert_true(fabs(shares[1] - 5.0 / 9) < 1e-12);
}

static void test_a_point_without_a_good_replication_has_no_answer(void **state) {
    (void)state;
    hw_sweep_shape shape = shape_of_two();
    double values[20] = {0}, scratch[10], summary[2 * HW_SWEEP_STATISTICS + 2];
    const bool good[10] = {false};
    hw_sweep_summarise(&shape, values, good, 10, 100.0, scratch, summary);
    for (size_t i = 0; i < HW_LENGTH(summary); i++) {
        assert_true(isnan(summary[i]));
    }
}

static void test_pieces_cut_each_points_replications_without_gap_or_overlap(void **state) {
    (void)state;
    for (uint64_t replications = 1; replications < 100; replications += 7) {
        hw_cover cover;
        assert_true(hw_cover_create(&cover, 3, replications, HW_PIECE));
        uint64_t sum = 0, before = 0, last_point = 0;
        for (uint64_t piece = 0; piece < cover.pieces; piece++) {
            uint64_t point, first, last;
            hw_cover_piece(&cover, piece, &point, &first, &last);
            assert_true(first < last && last <= replications && last - first <= HW_PIECE);
            assert_true(point == last_point ? first == before : point == last_point + 1 && first == 0);
            sum += last - first;
            before = last;
            last_point = point;
        }
        assert_int_equal(sum, 3 * replications);
        hw_cover_free(&cover);
    }
}

static void test_only_whole_pieces_count_as_done(void **state) {
    (void)state;
    hw_cover cover;
    assert_true(hw_cover_create(&cover, 2, 40, HW_PIECE)); /* pieces of 16, 16 and 8 */
    hw_cover_add(&cover, 1, 0, 20);
    assert_int_equal(hw_cover_replications(&cover, 40), 16);
    hw_cover_add(&cover, 1, 20, 40);
    assert_int_equal(hw_cover_replications(&cover, 40), 24);
    assert_int_equal(hw_cover_replications(&cover, 10), 10); /* of a piece that goes on */
    hw_cover_add(&cover, 1, 0, 40);
    hw_cover_add(&cover, 1, 0, 40);
    assert_int_equal(hw_cover_replications(&cover, 40), 40);
    hw_cover_add(&cover, 2, 0, 40); /* there is no such point */
    assert_int_equal(cover.done_count, 3);
    hw_cover_free(&cover);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            test_days_that_never_come_count_as_the_horizon_in_the_mean_and_stand_above_all_others),
        cmocka_unit_test(test_other_missing_values_are_left_out_of_the_mean),
        cmocka_unit_test(test_probabilities_by_date_are_shares_of_all_good_replications),
        cmocka_unit_test(test_a_point_without_a_good_replication_has_no_answer),
        cmocka_unit_test(test_pieces_cut_each_points_replications_without_gap_or_overlap),
        cmocka_unit_test(test_only_whole_pieces_count_as_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
