#include "sim/record.h"

#include "sim/length.h"
#include "tests/sim/check.h"

static const hw_axis axes[] = {
    {.name = "place", .long_name = "named place", .length = 15},
    {.name = "month", .long_name = "month", .length = 301},
    {.name = "cause", .long_name = "cause of delay", .length = 0},
};

static hw_variable variables[] = {
    {.name = "alone", .type = HW_I32, .rank = 0},
    {.name = "release_day", .type = HW_F64, .rank = 1, .axis = {0}},
    {.name = "people", .type = HW_F32, .rank = 2, .axis = {0, 1}},
    {.name = "delay", .type = HW_F64, .rank = 2, .axis = {0, 2}},
    {.name = "count", .type = HW_I32, .rank = 1, .axis = {1}},
    {.name = "cents", .type = HW_I64, .rank = 1, .axis = {1}},
};

enum { VARIABLES = HW_LENGTH(variables) };

static hw_record_layout laid_out(void) {
    hw_record_layout layout = {
        .axes = axes, .axis_count = 3, .variables = variables, .variable_count = VARIABLES};
    hw_record_lay_out(&layout);
    return layout;
}

static void test_variables_lie_one_behind_the_other_aligned_to_eight_bytes(void **state) {
    (void)state;
    hw_record_layout layout = laid_out();
    size_t end = 0;
    for (int i = 0; i < VARIABLES; i++) {
        const hw_variable *variable = &layout.variables[i];
        assert_int_equal(variable->offset % 8, 0);
        assert_true(variable->offset >= end && variable->offset < end + 8);
        end = variable->offset + variable->count * hw_number_bytes(variable->type);
    }
    assert_int_equal(layout.bytes % 8, 0);
    assert_true(layout.bytes >= end && layout.bytes < end + 8);
}

static void test_a_variable_has_one_number_for_each_point_of_its_axes(void **state) {
    (void)state;
    laid_out();
    const size_t expected[] = {1, 15, (size_t)15 * 301, 0, 301, 301};
    for (int i = 0; i < VARIABLES; i++) {
        assert_int_equal(variables[i].count, expected[i]);
    }
}

static void test_numbers_take_the_bytes_that_their_names_say(void **state) {
    (void)state;
    assert_int_equal(hw_number_bytes(HW_F64), sizeof(double));
    assert_int_equal(hw_number_bytes(HW_F32), sizeof(float));
    assert_int_equal(hw_number_bytes(HW_I64), sizeof(int64_t));
    assert_int_equal(hw_number_bytes(HW_I32), sizeof(int32_t));
}

static void test_a_variable_is_found_by_its_whole_name_only(void **state) {
    (void)state;
    hw_record_layout layout = laid_out();
    for (int i = 0; i < VARIABLES; i++) {
        assert_ptr_equal(hw_record_find(&layout, variables[i].name), &variables[i]);
    }
    assert_null(hw_record_find(&layout, "release"));
    assert_null(hw_record_find(&layout, "people_"));
    assert_null(hw_record_find(&layout, ""));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_variables_lie_one_behind_the_other_aligned_to_eight_bytes),
        cmocka_unit_test(test_a_variable_has_one_number_for_each_point_of_its_axes),
        cmocka_unit_test(test_numbers_take_the_bytes_that_their_names_say),
        cmocka_unit_test(test_a_variable_is_found_by_its_whole_name_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
