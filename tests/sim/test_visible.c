#include "sim/length.h"
#include "sim/visible.h"
#include "tests/sim/check.h"
#include <stdlib.h>
#include <string.h>

static void test_what_a_terminal_obeys_or_nobody_sees_is_shown(void **state) {
    (void)state;
    static const struct {
        const char *text, *seen;
    } cases[] = {
        {"plain ə ğ – ± 中", "plain ə ğ – ± 中"},
        {"tab\tand\nline", "tab\tand\nline"},
        {"\x1B[31mred\x07", "\\u001B[31mred\\u0007"},
        {"a\rb\x7F", "a\\u000Db\\u007F"},
        {"\xC2\x9B"
         "31m",
         "\\u009B31m"}, /* CSI of C1 */
        {"\xE2\x80\xAE"
         "12",
         "\\u202E12"}, /* right-to-left override */
        {"\xE2\x81\xA6x\xE2\x81\xA9", "\\u2066x\\u2069"},
        {"a\xE2\x80\x8B"
         "b",
         "a\\u200Bb"}, /* zero-width space */
        {"\xEF\xBB\xBFx", "\\uFEFFx"},
        {"\xF3\xA0\x81\x81", "\\U000E0041"}, /* a tag */
        {"\x9B"
         "31m",
         "\\x9B31m"}, /* a byte that is no UTF-8 */
        {"cut \xE2\x80", "cut \\xE2\\x80"},
    };
    for (size_t i = 0; i < HW_LENGTH(cases); i++) {
        char *seen = hw_visible_text(cases[i].text);
        assert_string_equal(seen, cases[i].seen);
        free(seen);
    }
}

/* Every code point below U+3000: written raw exactly when it is not hidden. */
static void test_no_hidden_character_is_left(void **state) {
    (void)state;
    for (uint32_t code = 1; code < 0x3000; code++) {
        char text[4] = {0};
        if (code < 0x80) {
            text[0] = (char)code;
        } else if (code < 0x800) {
            text[0] = (char)(0xC0 | (code >> 6));
            text[1] = (char)(0x80 | (code & 0x3F));
        } else {
            text[0] = (char)(0xE0 | (code >> 12));
            text[1] = (char)(0x80 | ((code >> 6) & 0x3F));
            text[2] = (char)(0x80 | (code & 0x3F));
        }
        char *seen = hw_visible_text(text);
        assert_int_equal(strcmp(seen, text) != 0, hw_is_hidden(code));
        if (code < 0x20 || (code >= 0x7F && code < 0xA0)) {
            assert_int_equal(hw_is_hidden(code), code != '\t' && code != '\n');
        }
        free(seen);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_a_terminal_obeys_or_nobody_sees_is_shown),
        cmocka_unit_test(test_no_hidden_character_is_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
