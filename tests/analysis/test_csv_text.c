#include "analysis/tables/csv_text.h"
#include "sim/length.h"
#include "tests/sim/check.h"
#include <stdlib.h>
#include <string.h>

static char *cell_of(const char *text) {
    static char *cell; /* static: gcc 12 takes what open_memstream allocates for the address of a local */
    static size_t size;
    FILE *out = open_memstream(&cell, &size);
    hw_csv_write_text(out, text);
    fclose(out);
    return cell;
}

static void test_texts_that_a_spreadsheet_would_calculate_are_guarded(void **state) {
    (void)state;
    static const struct {
        const char *text, *cell;
    } cases[] = {
        {"=1+1", "\"'=1+1\""},
        {"=HYPERLINK(A1,2)", "\"'=HYPERLINK(A1,2)\""},
        {"@SUM(1,1)", "\"'@SUM(1,1)\""},
        {"+994 12 345", "\"'+994 12 345\""},
        {"-2+3", "\"'-2+3\""},
        {"-2+3;x", "\"'-2+3;x\""},
        {"-", "\"'-\""},
        {"--5", "\"'--5\""},
        {"-0x10", "\"'-0x10\""},
        {"-inf", "\"'-inf\""},
        {"-2.5 ha", "\"'-2.5 ha\""},
        {"\t=1", "\"'\t'=1\""},
        {"\rx", "\"'\rx\""},
        {"  =1", "\"'  =1\""},
        {"\xEF\xBC\x9D"
         "1+1",
         "\"'\xEF\xBC\x9D"
         "1+1\""},
        /* where another separator or a quote lets a cell begin */
        {"x;=1+1", "\"x;'=1+1\""},
        {"x,@y", "\"x,'@y\""},
        {"x, +cmd", "\"x,' +cmd\""},
        {"x\ty\t-a", "\"x\ty\t'-a\""},
        {"x|=1", "\"x|'=1\""},
        {"x\n=1", "\"x\n'=1\""},
        {"x\"=1", "\"x\"\"'=1\""},
        {"it'=1", "\"it''=1\""},
    };
    for (size_t i = 0; i < HW_LENGTH(cases); i++) {
        char *cell = cell_of(cases[i].text);
        assert_string_equal(cell, cases[i].cell);
        free(cell);
    }
}

static void test_numbers_and_ordinary_texts_stay_as_they_are(void **state) {
    (void)state;
    static const char *const texts[] = {"=",     "-2.5",       "+3",           "-1e-05", "-.5",
                                        "Agdam", "a = b",      "a-b",          "a + b",  "x@y.az",
                                        "",      "2026-01-01", "Şuşa ə ğ İ ı", "x; -2.5"};
    for (size_t i = 0; i < HW_LENGTH(texts); i++) {
        char *cell = cell_of(texts[i]);
        assert_string_equal(cell, texts[i]);
        free(cell);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts_that_a_spreadsheet_would_calculate_are_guarded),
        cmocka_unit_test(test_numbers_and_ordinary_texts_stay_as_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
