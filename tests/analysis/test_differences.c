#include "analysis/results/differences.h"
#include "analysis/results/value_tree.h"
#include "sim/length.h"
#include "tests/sim/check.h"
#include <stdlib.h>
#include <string.h>

static const char base[] =
    "name: one\n"
    "planning: {rule: {value: nearest, source: x}, crowding: {p10: 1, p50: 2, p90: 3}}\n"
    "hazard_areas:\n"
    "  North: {area: {value: 3 km2, assumed: yes}, order: 10}\n"
    "streams:\n"
    "  State: {yearly: {2021-01-01: 3 MUSD}}\n"
    "  Old pledge: {amount: 1 MUSD}\n";

/* Between scenarios as they are written. */
static void find(hw_differences *found, const char *left, const char *right) {
    hw_errors errors = {0};
    char *rows[2] = {hw_value_rows_of_scenario(left, &errors), hw_value_rows_of_scenario(right, &errors)};
    assert_int_equal(errors.count, 0);
    hw_differences_find(found, rows[0], rows[1]);
    free(rows[0]);
    free(rows[1]);
}

static void test_texts_and_sources_are_no_values(void **state) {
    (void)state;
    static const char same[] =
        "name: two\n"
        "planning: {rule: nearest, crowding: {p10: 1, p50: 2, p90: 3, source: y, note: z}}\n"
        "hazard_areas:\n"
        "  North: {area: 3 km2, order: {value: 10, assumed: yes}}\n"
        "streams:\n"
        "  State: {yearly: {2021-01-01: {value: 3 MUSD, source: x}}}\n"
        "  Old pledge: {amount: 1 MUSD}\n";
    hw_differences found;
    find(&found, base, same);
    assert_int_equal(found.count, 0);
    hw_differences_free(&found);
}

static void test_each_value_that_differs_is_found_where_it_stands(void **state) {
    (void)state;
    static const char other[] = "name: two\n"
                                "planning: {rule: worst_first, crowding: {p10: 1, p50: 2, p90: 4}}\n"
                                "hazard_areas:\n"
                                "  North: {area: 4 km2, order: 11}\n"
                                "streams:\n"
                                "  State: {yearly: {2021-01-01: 3 MUSD, 2022-01-01: 5 MUSD}}\n"
                                "  New pledge: {amount: 9 MUSD}\n";
    static const struct {
        const char *path, *from, *to;
        bool ground;
    } expected[] = {
        {"planning.rule", "nearest", "worst_first", false},
        {"planning.crowding", "{p10: 1, p50: 2, p90: 3}", "{p10: 1, p50: 2, p90: 4}", false},
        {"hazard_areas.North.area", "3 km2", "4 km2", true},
        {"hazard_areas.North.order", "10", "11", false},
        {"streams.State.yearly.2022-01-01", NULL, "5 MUSD", false},
        {"streams.Old pledge", "...", NULL, false},
        {"streams.New pledge", NULL, "...", false},
    };
    hw_differences found;
    find(&found, base, other);
    assert_int_equal(found.count, HW_LENGTH(expected));
    for (uint32_t i = 0; i < found.count; i++) {
        assert_string_equal(found.items[i].path, expected[i].path);
        assert_string_equal(found.items[i].base ? found.items[i].base : "none",
                            expected[i].from ? expected[i].from : "none");
        assert_string_equal(found.items[i].variant ? found.items[i].variant : "none",
                            expected[i].to ? expected[i].to : "none");
        assert_int_equal(found.items[i].ground, expected[i].ground);
    }
    hw_differences_free(&found);
}

static void test_what_is_no_scenario_is_an_error(void **state) {
    (void)state;
    hw_errors errors = {0};
    assert_null(hw_value_rows_of_scenario("{", &errors));
    assert_true(errors.count > 0);
    hw_errors_free(&errors);
}

static void test_what_was_set_over_both_texts_is_what_counts(void **state) {
    (void)state;
    static const char other[] = "planning: {rule: worst_first, crowding: 5}\nstreams: {State: {yearly: 4}}\n"
                                "hazard_areas: {North: {area: 3 km2, order: 10}}\n";
    const hw_laid_value one[] = {{"planning.rule", "best"},
                                 {"streams", "x"},
                                 {"districts.\"A\".undiscovered", "1"}},
                        two[] = {{"districts.\"A\".undiscovered", "2"},
                                 {"planning.rule", "best"},
                                 {"horizon", "3"},
                                 {"streams", "y"}};
    hw_differences found;
    find(&found, base, other);
    hw_differences_lay(&found, one, 3, two, 4);
    assert_int_equal(found.count, 4);
    /* Set alike: no difference. Not set: that of the texts. */
    assert_string_equal(found.items[0].path, "planning.crowding");
    /* What the texts say below a path that was set is gone. */
    assert_string_equal(found.items[1].path, "streams");
    assert_string_equal(found.items[1].base, "x");
    assert_string_equal(found.items[1].variant, "y");
    assert_false(found.items[1].ground);
    assert_string_equal(found.items[2].path, "districts.A.undiscovered");
    assert_true(found.items[2].ground);
    assert_string_equal(found.items[3].path, "horizon");
    assert_string_equal(found.items[3].base, "as the scenario says");
    hw_differences_free(&found);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts_and_sources_are_no_values),
        cmocka_unit_test(test_each_value_that_differs_is_found_where_it_stands),
        cmocka_unit_test(test_what_is_no_scenario_is_an_error),
        cmocka_unit_test(test_what_was_set_over_both_texts_is_what_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
