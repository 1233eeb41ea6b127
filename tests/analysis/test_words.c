/* Words of a factor that are written as numbers with a unit stand in the order of the numbers. */
#include "analysis/sensitivity/parts.h"
#include "sim/length.h"
#include "tests/sim/check.h"

static void test_words_with_numbers_stand_in_the_order_of_numbers(void **state) {
    (void)state;
    static const char *const ascending[][2] = {{"5 ha/day", "10 ha/day"},
                                               {"9 %", "10 %"},
                                               {"-2", "1"},
                                               {"0.5 MUSD", "1e1 MUSD"},
                                               {"2024-01-01", "2024-01-02"},
                                               {"nearest_release", "worst_first"},
                                               {"10 ha/day", "5 m2/day"},
                                               {"no", "yes"},
                                               {"10 days", "{p10: 1 day, p50: 2 days}"}};
    for (size_t i = 0; i < HW_LENGTH(ascending); i++) {
        assert_true(hw_sensitivity_word_order(ascending[i][0], ascending[i][1]) < 0);
        assert_true(hw_sensitivity_word_order(ascending[i][1], ascending[i][0]) > 0);
        assert_int_equal(hw_sensitivity_word_order(ascending[i][0], ascending[i][0]), 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_with_numbers_stand_in_the_order_of_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
