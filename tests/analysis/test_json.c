/* Laws of the JSON that the program writes. */
#include "analysis/base/json.h"
#include "analysis/base/memory.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void assert_written(void (*write)(FILE *out, json_t *value), json_t *value, const char *expected) {
    char *text;
    size_t length;
    FILE *out = hw_take_stream(&text, &length);
    write(out, value);
    fclose(out);
    assert_string_equal(text, expected);
    free(text);
}

static void test_numbers_have_ten_digits_and_whole_ones_no_decimals(void **state) {
    (void)state;
    static const struct {
        double number;
        const char *text;
    } all[] = {{0, "0"},
               {-0.0, "0"},
               {7, "7"},
               {-3, "-3"},
               {25e9, "2.5e+10"},
               {1e-8, "1e-08"},
               {-1.23456789012e300, "-1.23456789e+300"},
               {7.000000000000001, "7"},
               {0.1, "0.1"},
               {1.0 / 3, "0.3333333333"},
               {12.50, "12.5"},
               {(double)NAN, "null"},
               {(double)INFINITY, "null"}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        assert_written(hw_json_write, hw_json_number(all[i].number), all[i].text);
    }
    assert_written(hw_json_write, hw_json_count(1234567890123), "1234567890123");
}

static void test_texts_show_what_nobody_sees(void **state) {
    (void)state;
    assert_written(hw_json_write, hw_json_text("Ağdam \"x\" \\ ±"), "\"Ağdam \\\"x\\\" \\\\ ±\"");
    assert_written(hw_json_write, hw_json_text("a\nb\x1b[2J"), "\"a\\nb\\u001B[2J\"");
    assert_written(hw_json_write, hw_json_text("\u202e\u200b"), "\"\\u202e\\u200b\"");
    assert_written(hw_json_write, hw_json_text("\U000e0041"), "\"\\udb40\\udc41\"");
    assert_written(hw_json_write, hw_json_text("\233b\377"), "\"\uFFFDb\uFFFD\"");
    assert_written(hw_json_write, hw_json_text(NULL), "null");
}

static void write_in_page(FILE *out, json_t *value) {
    hw_json_write_in_page(out, value);
    json_decref(value);
}

static void test_no_text_ends_an_element_of_a_page(void **state) {
    (void)state;
    json_t *object = hw_json_object();
    hw_json_put(object, "</script>", hw_json_text("</script>"));
    assert_written(write_in_page, object, "{\"\\u003c/script>\":\"\\u003c/script>\"}");
}

static void test_a_page_is_of_ascii_alone(void **state) {
    (void)state;
    assert_written(write_in_page, hw_json_text("A\u011fdam \u00b1 \U0001f600"),
                   "\"A\\u011fdam \\u00b1 \\ud83d\\ude00\"");
}

static void test_members_keep_their_order_and_only_what_holds_containers_takes_lines(void **state) {
    (void)state;
    json_t *whole = hw_json_object(), *rows = hw_json_array(), *row = hw_json_object();
    hw_json_put(row, "z", hw_json_number(1));
    hw_json_put(row, "a\377", hw_json_number(2));
    hw_json_append(rows, row);
    hw_json_append(rows, hw_json_array());
    hw_json_put(whole, "format", hw_json_count(1));
    hw_json_put(whole, "rows", rows);
    assert_written(hw_json_write_lines, whole,
                   "{\n  \"format\": 1,\n  \"rows\": [\n    {\"z\": 1, \"a\uFFFD\": 2},\n    []\n  ]\n}\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers_have_ten_digits_and_whole_ones_no_decimals),
        cmocka_unit_test(test_texts_show_what_nobody_sees),
        cmocka_unit_test(test_no_text_ends_an_element_of_a_page),
        cmocka_unit_test(test_a_page_is_of_ascii_alone),
        cmocka_unit_test(test_members_keep_their_order_and_only_what_holds_containers_takes_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
