#include "sim/error.h"

#include "sim/length.h"
#include "tests/sim/check.h"
#include <stdlib.h>
#include <string.h>

static void assert_text(const hw_errors *errors, const char *expected) {
    char *text = hw_errors_text(errors);
    assert_non_null(text);
    assert_string_equal(text, expected);
    free(text);
}

static void test_a_message_says_where_as_far_as_that_is_known(void **state) {
    (void)state;
    hw_errors errors = {0};
    hw_errors_add(&errors, (hw_position){"a.yaml", 3, 7}, "expected %s, got %d", "a date", 12);
    hw_errors_add(&errors, (hw_position){"b.yaml", 0, 0}, "cannot be opened");
    hw_errors_add(&errors, (hw_position){0}, "no scenario given");
    assert_int_equal(errors.count, 3);
    assert_int_equal(errors.kept, 3);
    assert_text(&errors,
                "a.yaml:3:7: expected a date, got 12\nb.yaml: cannot be opened\nno scenario given\n");
    hw_errors_free(&errors);
    assert_int_equal(errors.count, 0);
    assert_text(&errors, "");
}

static void test_warnings_are_named_so_and_joined_once(void **state) {
    (void)state;
    hw_errors base = {0}, variant = {0}, all = {0};
    hw_errors_add(&base, (hw_position){"a.yaml", 3, 7}, "too late");
    hw_errors_add(&variant, (hw_position){"a.yaml", 3, 7}, "too late");
    hw_errors_add(&variant, (hw_position){"a.yaml", 4, 7}, "too late");
    hw_errors_add(&variant, (hw_position){0}, "nothing at all");
    hw_errors_join(&all, &base);
    hw_errors_join(&all, &variant);
    assert_int_equal(all.count, 3);
    assert_true(hw_errors_hold(&all, &variant.items[1]));
    assert_false(hw_errors_hold(&base, &variant.items[1]));
    char *text = hw_warnings_text(&all);
    assert_string_equal(text, "a.yaml:3:7: warning: too late\na.yaml:4:7: warning: too late\n"
                              "warning: nothing at all\n");
    free(text);
    hw_errors_free(&base);
    hw_errors_free(&variant);
    hw_errors_free(&all);
}

static void test_messages_beyond_the_limit_are_counted_not_kept(void **state) {
    (void)state;
    hw_errors errors = {0};
    for (int i = 0; i < HW_ERRORS_KEPT + 23; i++) {
        hw_errors_add(&errors, (hw_position){"a.yaml", 1, 1}, "error %d", i);
    }
    assert_int_equal(errors.kept, HW_ERRORS_KEPT);
    assert_int_equal(errors.count, HW_ERRORS_KEPT + 23);
    char *text = hw_errors_text(&errors);
    assert_non_null(strstr(text, "error 99\nand 23 more\n"));
    assert_null(strstr(text, "error 100"));
    free(text);
    hw_errors_free(&errors);
}

static void test_a_long_message_is_kept_whole(void **state) {
    (void)state;
    char word[5001];
    memset(word, 'x', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    hw_errors errors = {0};
    hw_errors_add(&errors, (hw_position){0}, "<%s>", word);
    assert_int_equal(strlen(errors.items[0].message), 5002);
    hw_errors_free(&errors);
}

static void test_each_status_has_its_exit_code(void **state) {
    (void)state;
    assert_int_equal(hw_status_exit_code(HW_OK), 0);
    assert_int_equal(hw_status_exit_code(HW_ERROR_INPUT), 2);
    assert_int_equal(hw_status_exit_code(HW_ERROR_MEMORY), 3);
    assert_int_equal(hw_status_exit_code(HW_ERROR_IO), 4);
    assert_int_equal(hw_status_exit_code(HW_ERROR_LAW), 5);
    assert_int_equal(hw_status_exit_code(HW_ERROR_INTERRUPTED), 130);
    assert_int_equal(hw_status_exit_code(HW_ERROR_PACKAGE), 3);
    assert_int_equal(hw_status_exit_code(HW_ERROR_REQUEUE), 75);
}

static const char *const districts[] = {"Agdam", "Fuzuli", "Jabrayil", "Zangilan", "Lachin", "Kalbajar"};

static void assert_nearest(const char *word, const char *expected) {
    const char *nearest = hw_nearest_name(word, districts, HW_LENGTH(districts));
    if (expected == NULL) {
        assert_null(nearest);
    } else {
        assert_non_null(nearest);
        assert_string_equal(nearest, expected);
    }
}

static void test_a_misspelling_finds_the_name_that_was_meant(void **state) {
    (void)state;
    assert_nearest("Agdam", "Agdam");
    assert_nearest("agdam", "Agdam");      /* case */
    assert_nearest("Agadm", "Agdam");      /* swapped letters */
    assert_nearest("Fizuli", "Fuzuli");    /* another letter */
    assert_nearest("Jebrayl", "Jabrayil"); /* another and one missing */
    assert_nearest("Kalbajarr", "Kalbajar");
    assert_nearest("Laçin", "Lachin"); /* two bytes of UTF-8 for two letters */
}

static void test_a_word_that_resembles_nothing_finds_nothing(void **state) {
    (void)state;
    assert_nearest("helicopter", NULL);
    assert_nearest("x", NULL);
    assert_nearest("", NULL);
    char word[1000];
    memset(word, 'a', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    assert_nearest(word, NULL);
    const char *const endless[] = {word};
    assert_null(hw_nearest_name("aaaa", endless, 1));
    assert_null(hw_nearest_name("Agdam", districts, 0));
}

static void test_the_first_of_equally_near_names_is_taken(void **state) {
    (void)state;
    const char *const names[] = {"manual", "team_a", "team_b"};
    assert_string_equal(hw_nearest_name("team_c", names, 3), "team_a");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_message_says_where_as_far_as_that_is_known),
        cmocka_unit_test(test_warnings_are_named_so_and_joined_once),
        cmocka_unit_test(test_messages_beyond_the_limit_are_counted_not_kept),
        cmocka_unit_test(test_a_long_message_is_kept_whole),
        cmocka_unit_test(test_each_status_has_its_exit_code),
        cmocka_unit_test(test_a_misspelling_finds_the_name_that_was_meant),
        cmocka_unit_test(test_a_word_that_resembles_nothing_finds_nothing),
        cmocka_unit_test(test_the_first_of_equally_near_names_is_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
