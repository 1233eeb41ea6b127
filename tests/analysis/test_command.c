#include "analysis/base/command.h"
#include "sim/length.h"
#include "tests/sim/check.h"
#include <stdlib.h>
#include <string.h>

static const hw_option options[] = {
    {"replications", 'n', HW_OPTION_COUNT, false, "N", "how many"},
    {"seed", 0, HW_OPTION_SEED, false, "N", "which"},
    {"by", 0, HW_OPTION_DATE, true, "DATE", "when"},
    {"output", 'o', HW_OPTION_TEXT, false, "FILE", "where"},
    {"quiet", 'q', HW_OPTION_SWITCH, false, NULL, "no words"},
};

static int do_nothing(const hw_arguments *arguments) {
    return arguments->help ? 1 : 0;
}

static const hw_command command = {.name = "try",
                                   .line = "tries",
                                   .operands = "FILE",
                                   .fewest = 1,
                                   .most = 1,
                                   .options = options,
                                   .option_count = 5,
                                   .run = do_nothing};

enum { MOST_WORDS = 12 };

/* Parses words that end with NULL; the message (freed by the caller) is empty when all is well. */
static hw_status parse(hw_arguments *arguments, const char *const *words, char **message) {
    int count = 0;
    while (words[count] != NULL) {
        count++;
    }
    hw_errors errors = {0};
    hw_status status = hw_arguments_parse(arguments, &command, count, (char **)(uintptr_t)words, &errors);
    *message = hw_errors_text(&errors);
    hw_errors_free(&errors);
    return status;
}

static void test_options_are_read_in_every_usual_spelling_and_order(void **state) {
    (void)state;
    static const char *const spellings[][MOST_WORDS] = {
        {"file", "-n", "500", "--seed", "0", "-q", "-o", "x.h5", NULL},
        {"-n500", "--seed=0", "--quiet", "--output=x.h5", "file", NULL},
        {"--replications", "500", "-ox.h5", "--quiet", "--seed", "0", "--", "file", NULL},
    };
    for (size_t i = 0; i < 3; i++) {
        hw_arguments arguments;
        char *message;
        assert_int_equal(parse(&arguments, spellings[i], &message), HW_OK);
        assert_int_equal(arguments.operand_count, 1);
        assert_string_equal(arguments.operands[0], "file");
        assert_int_equal(hw_argument(&arguments, "replications")->number, 500);
        assert_int_equal(hw_argument(&arguments, "seed")->number, 0);
        assert_string_equal(hw_argument(&arguments, "output")->text, "x.h5");
        assert_non_null(hw_argument(&arguments, "quiet"));
        assert_null(hw_argument(&arguments, "by"));
        free(message);
        hw_arguments_free(&arguments);
    }
}

static void test_repeated_options_are_all_kept(void **state) {
    (void)state;
    static const char *const words[] = {"file", "--by", "2026-12-31", "--by=2030-06-30", NULL};
    hw_arguments arguments;
    char *message;
    assert_int_equal(parse(&arguments, words, &message), HW_OK);
    assert_int_equal(arguments.given_count, 2);
    assert_true(arguments.given[0].day < arguments.given[1].day);
    free(message);
    hw_arguments_free(&arguments);
}

static void test_words_after_two_dashes_are_operands(void **state) {
    (void)state;
    static const char *const words[] = {"--", "--help", NULL};
    hw_arguments arguments;
    char *message;
    assert_int_equal(parse(&arguments, words, &message), HW_OK);
    assert_false(arguments.help);
    assert_string_equal(arguments.operands[0], "--help");
    free(message);
    hw_arguments_free(&arguments);
}

static void test_every_mistake_is_told(void **state) {
    (void)state;
    static const struct {
        const char *words[MOST_WORDS];
        const char *told;
    } cases[] = {
        {{NULL}, "try wants FILE"},
        {{"file", "other", NULL}, "does not know what to do with 'other'"},
        {{"file", "--sede", "3", NULL}, "did you mean '--seed'?"},
        {{"file", "--hlep", NULL}, "did you mean '--help'?"},
        {{"file", "--xyzzy", NULL}, "try has no option '--xyzzy'"},
        {{"file", "-z", NULL}, "try has no option '-z'"},
        {{"file", "-qn", NULL}, "try has no option '-qn'"},
        {{"file", "--quiet=yes", NULL}, "--quiet takes no value"},
        {{"file", "-n", NULL}, "--replications wants a value: N"},
        {{"file", "-n", "0", NULL}, "whole number from 1 on, not '0'"},
        {{"file", "-n", "-5", NULL}, "whole number from 1 on, not '-5'"},
        {{"file", "-n", "1e3", NULL}, "whole number from 1 on, not '1e3'"},
        {{"file", "--seed", "99999999999999999999", NULL}, "whole number from 0 on"},
        {{"file", "--by", "2026-13-01", NULL}, "wants a date such as"},
        {{"file", "--output=", NULL}, "--output wants FILE"},
        {{"file", "-q", "-q", NULL}, "--quiet is given twice"},
    };
    for (size_t i = 0; i < HW_LENGTH(cases); i++) {
        hw_arguments arguments;
        char *message;
        assert_int_equal(parse(&arguments, cases[i].words, &message), HW_ERROR_INPUT);
        if (strstr(message, cases[i].told) == NULL) {
            fail_msg("'%s' does not say '%s'", message, cases[i].told);
        }
        free(message);
        hw_arguments_free(&arguments);
    }
}

static void test_all_mistakes_are_told_in_one_go(void **state) {
    (void)state;
    static const char *const words[] = {"--sede=3", "-n", "x", "--by", "never", NULL};
    hw_arguments arguments;
    hw_errors errors = {0};
    assert_int_equal(hw_arguments_parse(&arguments, &command, 5, (char **)(uintptr_t)words, &errors),
                     HW_ERROR_INPUT);
    assert_int_equal(errors.count, 4); /* option, count, date, and no file */
    hw_errors_free(&errors);
    hw_arguments_free(&arguments);
}

static void test_help_wins_over_mistakes(void **state) {
    (void)state;
    static const char *const words[] = {"--sede", "-n", "x", "-h", NULL};
    hw_arguments arguments;
    char *message;
    assert_int_equal(parse(&arguments, words, &message), HW_OK);
    assert_true(arguments.help);
    free(message);
    hw_arguments_free(&arguments);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_options_are_read_in_every_usual_spelling_and_order),
        cmocka_unit_test(test_repeated_options_are_all_kept),
        cmocka_unit_test(test_words_after_two_dashes_are_operands),
        cmocka_unit_test(test_every_mistake_is_told),
        cmocka_unit_test(test_all_mistakes_are_told_in_one_go),
        cmocka_unit_test(test_help_wins_over_mistakes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
