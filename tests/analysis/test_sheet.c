#include "analysis/base/memory.h"
#include "analysis/tables/sheet.h"
#include "sim/length.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

static char *text_of(void (*write)(FILE *, const hw_book *), const hw_book *book) {
    static char *text; /* static: gcc 12 takes what open_memstream allocates for the address of a local */
    static size_t size;
    FILE *out = open_memstream(&text, &size);
    write(out, book);
    fclose(out);
    return text;
}

static hw_view_column plain(const char *title, uint32_t value, uint32_t error) {
    return (hw_view_column){
        .title = title, .value = value, .error = error, .low = HW_NO_COLUMN, .high = HW_NO_COLUMN};
}

/* place, amount ±error, with rows to be added. */
static hw_sheet *open_sheet(hw_book *book) {
    hw_sheet *sheet = hw_book_add(book, "amounts", "Amounts");
    hw_sheet_add_column(sheet, "place", NULL, 0);
    hw_sheet_add_column(sheet, "amount", "ha", 0);
    hw_sheet_add_column(sheet, "error", "ha", 0);
    sheet->view = (hw_view){.label_title = "place", .label = 0, .across = HW_NO_COLUMN, .column_count = 1};
    sheet->view.columns[0] = plain("amount ±", 1, 2);
    return sheet;
}

static void add_amount(hw_sheet *sheet, const char *place, double amount, double error) {
    hw_cell *row = hw_sheet_add_row(sheet, true);
    hw_cell_set_text(&row[0], place);
    hw_cell_set_number(&row[1], amount);
    hw_cell_set_number(&row[2], error);
}

static size_t widest_line(const char *text) {
    size_t widest = 0;
    char *copy = strdup(text), *rest = copy;
    for (char *line; (line = strsep(&rest, "\n"));) {
        widest = hw_text_width(line) > widest ? hw_text_width(line) : widest;
    }
    free(copy);
    return widest;
}

static void test_width_counts_characters_not_bytes(void **state) {
    (void)state;
    assert_int_equal(hw_text_width("Agdam"), 5);
    assert_int_equal(hw_text_width("Ağdam kəndi"), 11);
    assert_int_equal(hw_text_width("Ag\xCC\x86"
                                   "dam"),
                     5); /* g and a combining breve */
    assert_int_equal(hw_text_width("±–─"), 3);
    assert_int_equal(hw_text_width(""), 0);
}

static void test_lines_of_a_list_end_in_the_same_column_whatever_the_letters(void **state) {
    (void)state;
    hw_book book = {0};
    hw_sheet *sheet = open_sheet(&book);
    add_amount(sheet, "Ağdam kəndi", 1234567, 89);
    add_amount(sheet, "Shusha", 5, 1000);
    char *text = text_of(hw_book_print, &book);
    char *first = strstr(text, "  Ağdam"), *second = strstr(text, "  Shusha");
    assert_non_null(first);
    assert_non_null(second);
    *strchr(first, '\n') = *strchr(second, '\n') = '\0';
    assert_int_equal(hw_text_width(first), hw_text_width(second));
    assert_non_null(strstr(first, "1,234,567    ±89"));
    assert_non_null(strstr(second, "        5 ±1,000"));
    free(text);
    hw_book_free(&book);
}

static void test_what_cannot_be_known_is_never_shown_as_a_number(void **state) {
    (void)state;
    hw_book book = {0};
    hw_sheet *sheet = open_sheet(&book);
    add_amount(sheet, "Shusha", (double)NAN, 3);
    add_amount(sheet, "Lachin", 12, (double)INFINITY);
    add_amount(sheet, "Zabukh", 13, 0.2);
    hw_cell *row = hw_sheet_add_row(sheet, true);
    hw_cell_set_text(&row[0], "Agdam");
    row[1] = (hw_cell){.kind = HW_CELL_AFTER, .number = 27758}; /* 2045-12-31 */
    char *text = text_of(hw_book_print, &book), *json = text_of(hw_book_write_json, &book);
    assert_null(strstr(text, "nan"));
    assert_null(strstr(text, "inf"));
    assert_non_null(strstr(text, "12  ±?"));
    assert_non_null(strstr(text, "13 ±<1")); /* an error is not rounded away */
    assert_non_null(strstr(text, "after 2045-12-31\n"));
    assert_non_null(strstr(json, "\"place\": \"Shusha\", \"amount\": null"));
    assert_non_null(strstr(json, "\"amount\": \"after 2045-12-31\", \"error\": null"));
    free(text);
    free(json);
    hw_book_free(&book);
}

static void test_a_list_that_is_continued_says_again_what_tells_its_rows_apart(void **state) {
    (void)state;
    hw_book book = {0};
    hw_sheet *sheet = hw_book_add(&book, "list", "List");
    hw_sheet_add_column(sheet, "outcome", NULL, 0);
    hw_sheet_add_column(sheet, "factor", NULL, 0);
    sheet->view = (hw_view){.label_title = "outcome", .label = 0, .across = HW_NO_COLUMN, .repeated = 1};
    sheet->view.columns[sheet->view.column_count++] = plain("factor", 1, HW_NO_COLUMN);
    for (uint32_t i = 0; i < 10; i++) {
        hw_sheet_add_column(sheet, "measure", "days", 0);
        sheet->view.columns[sheet->view.column_count++] = plain("a measure of days", 2 + i, HW_NO_COLUMN);
    }
    for (int factor = 0; factor < 3; factor++) {
        hw_cell *row = hw_sheet_add_row(sheet, true);
        char *name = hw_take_text("factor %d", factor);
        hw_cell_set_text(&row[0], "release");
        hw_cell_set_text(&row[1], name);
        free(name);
        for (uint32_t i = 0; i < 10; i++) {
            hw_cell_set_number(&row[2 + i], 7);
        }
    }
    char *text = text_of(hw_book_print, &book);
    assert_in_range(widest_line(text), 60, 110);
    uint32_t blocks = 0, named = 0;
    for (const char *at = text; (at = strstr(at, "outcome")) != NULL; at++) {
        blocks++;
    }
    for (const char *at = text; (at = strstr(at, "factor 2")) != NULL; at++) {
        named++;
    }
    assert_true(blocks > 1);
    assert_int_equal(named, blocks);
    free(text);
    hw_book_free(&book);
}

static void test_wide_crosses_are_continued_below_within_110_columns(void **state) {
    (void)state;
    hw_book book = {0};
    hw_sheet *sheet = hw_book_add(&book, "cross", "Cross");
    hw_sheet_add_column(sheet, "place", NULL, 0);
    hw_sheet_add_column(sheet, "year", NULL, 0);
    hw_sheet_add_column(sheet, "people", "persons", 0);
    sheet->view = (hw_view){.label_title = "place", .label = 0, .across = 1, .column_count = 1};
    sheet->view.columns[0] = plain("", 2, HW_NO_COLUMN);
    for (int year = 2020; year < 2046; year++) {
        hw_cell *row = hw_sheet_add_row(sheet, true);
        hw_cell_set_text(&row[0], "Ağdam kəndi");
        hw_cell_set_number(&row[1], year);
        hw_cell_set_number(&row[2], 1000 * year);
    }
    char *text = text_of(hw_book_print, &book);
    assert_in_range(widest_line(text), 90, 110);
    for (int year = 2020; year < 2046; year++) {
        char *title = hw_take_text("  %d", year),
             *value = hw_take_text("%d,%03d,000", year / 1000, year % 1000);
        assert_non_null(strstr(text, title)); /* a year has no thousands */
        assert_non_null(strstr(text, value));
        free(title);
        free(value);
    }
    free(text);
    hw_book_free(&book);
}

static void test_rows_that_are_not_shown_are_in_the_files_all_the_same(void **state) {
    (void)state;
    hw_book book = {0};
    hw_sheet *sheet = open_sheet(&book);
    add_amount(sheet, "Shusha", 1, 1);
    hw_cell *row = hw_sheet_add_row(sheet, false);
    hw_cell_set_text(&row[0], "Zabukh");
    char *text = text_of(hw_book_print, &book), *json = text_of(hw_book_write_json, &book);
    assert_null(strstr(text, "Zabukh"));
    assert_non_null(strstr(json, "Zabukh"));
    free(text);
    free(json);
    hw_book_free(&book);
}

static char *read_file(const char *path) {
    char *text = hw_take(10000, 1);
    FILE *in = fopen(path, "r");
    assert_non_null(in);
    size_t length = fread(text, 1, 9999, in);
    text[length] = '\0';
    fclose(in);
    return text;
}

static void test_csv_quotes_what_would_break_a_line(void **state) {
    (void)state;
    char folder[] = "homeward-sheet-XXXXXX";
    assert_non_null(mkdtemp(folder));
    hw_book book = {0};
    hw_sheet *sheet = open_sheet(&book);
    add_amount(sheet, "a \"b\", c", 0.5, -0.0);
    hw_errors errors = {0};
    assert_int_equal(hw_book_write_csv(folder, &book, false, NULL, &errors), HW_OK);
    char *path = hw_take_text("%s/amounts.csv", folder), *text = read_file(path);
    assert_string_equal(text, "place,amount [ha],error [ha]\n\"a \"\"b\"\", c\",0.5,0\n");
    unlink(path);
    rmdir(folder);
    free(text);
    free(path);
    hw_book_free(&book);
}

static void test_csv_that_cannot_be_written_is_an_error_of_input_and_output(void **state) {
    (void)state;
    hw_book book = {0};
    open_sheet(&book);
    hw_errors errors = {0};
    assert_int_equal(hw_book_write_csv("/dev/null/folder", &book, false, NULL, &errors), HW_ERROR_IO);
    assert_int_equal(errors.count, 1);
    hw_errors_free(&errors);
    hw_book_free(&book);
}

static void test_json_escapes_texts(void **state) {
    (void)state;
    hw_book book = {0};
    add_amount(open_sheet(&book), "q\"b\\n\nğ", 1, 1);
    char *json = text_of(hw_book_write_json, &book);
    assert_non_null(strstr(json, "\"place\": \"q\\\"b\\\\n\\nğ\""));
    assert_non_null(strstr(json, "\"units\": {\"amount\": \"ha\", \"error\": \"ha\"}"));
    free(json);
    hw_book_free(&book);
}

static void test_thousands_round_and_have_no_negative_zero(void **state) {
    (void)state;
    static const struct {
        double number;
        uint32_t decimals;
        const char *text;
    } cases[] = {
        {0, 0, "0"},
        {-0.001, 1, "0.0"},
        {999, 0, "999"},
        {999.6, 0, "1,000"},
        {-1234.56, 1, "-1,234.6"},
        {1e6, 2, "1,000,000.00"},
        {123456, 0, "123,456"},
    };
    for (size_t i = 0; i < HW_LENGTH(cases); i++) {
        char *text = hw_thousands(cases[i].number, cases[i].decimals);
        assert_string_equal(text, cases[i].text);
        free(text);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_width_counts_characters_not_bytes),
        cmocka_unit_test(test_lines_of_a_list_end_in_the_same_column_whatever_the_letters),
        cmocka_unit_test(test_what_cannot_be_known_is_never_shown_as_a_number),
        cmocka_unit_test(test_a_list_that_is_continued_says_again_what_tells_its_rows_apart),
        cmocka_unit_test(test_wide_crosses_are_continued_below_within_110_columns),
        cmocka_unit_test(test_rows_that_are_not_shown_are_in_the_files_all_the_same),
        cmocka_unit_test(test_csv_quotes_what_would_break_a_line),
        cmocka_unit_test(test_csv_that_cannot_be_written_is_an_error_of_input_and_output),
        cmocka_unit_test(test_json_escapes_texts),
        cmocka_unit_test(test_thousands_round_and_have_no_negative_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
