#include "analysis/intake/columns.h"
#include "analysis/intake/csv_rows.h"
#include "analysis/intake/ground_area.h"
#include "analysis/intake/mapping.h"
#include "analysis/intake/rates.h"
#include "analysis/intake/strings.h"
#include "analysis/intake/taken.h"
#include "sim/length.h"
#include "tests/sim/check.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- Areas ---- */

static double area_of(double (*points)[2], size_t count) {
    const hw_ring ring = {.points = points, .count = count};
    return hw_ring_area_m2(&ring);
}

static void test_the_area_of_the_whole_ellipsoid_is_that_of_wgs84(void **state) {
    (void)state;
    double all[][2] = {{-180, -90}, {-60, -90}, {60, -90},  {180, -90}, {180, 90},
                       {60, 90},    {-60, 90},  {-180, 90}, {-180, -90}};
    /* 510065621.724 km2: National Imagery and Mapping Agency, TR8350.2 gives the axes from which it follows.
     */
    assert_true(fabs(area_of(all, HW_LENGTH(all)) / 1e6 - 510065621.724) < 0.01);
}

static void test_an_area_does_not_depend_on_longitude_direction_or_first_corner(void **state) {
    (void)state;
    double here[][2] = {{46, 39}, {46.2, 39}, {46.3, 39.4}, {46, 39}},
           back[][2] = {{46, 39}, {46.3, 39.4}, {46.2, 39}, {46, 39}},
           turned[][2] = {{46.3, 39.4}, {46, 39}, {46.2, 39}, {46.3, 39.4}},
           far[][2] = {{179.9, 39}, {-179.9, 39}, {-179.8, 39.4}, {179.9, 39}};
    double area = area_of(here, HW_LENGTH(here));
    assert_true(area > 0);
    assert_true(fabs(area_of(back, HW_LENGTH(back)) / area - 1) < 1e-9);
    assert_true(fabs(area_of(turned, HW_LENGTH(turned)) / area - 1) < 1e-9);
    assert_true(fabs(area_of(far, HW_LENGTH(far)) / area - 1) < 1e-9);
}

static void test_areas_of_parts_add_up(void **state) {
    (void)state;
    double whole[][2] = {{46, 39}, {46.2, 39}, {46.2, 39.1}, {46, 39.1}, {46, 39}},
           west[][2] = {{46, 39}, {46.2, 39.1}, {46, 39.1}, {46, 39}},
           east[][2] = {{46, 39}, {46.2, 39}, {46.2, 39.1}, {46, 39}};
    double sum = area_of(west, HW_LENGTH(west)) + area_of(east, HW_LENGTH(east));
    assert_true(fabs(sum / area_of(whole, HW_LENGTH(whole)) - 1) < 1e-9);
}

static void test_a_point_lies_inside_or_outside_of_a_ring(void **state) {
    (void)state;
    double corners[][2] = {{0, 0}, {4, 0}, {4, 4}, {2, 1}, {0, 4}, {0, 0}};
    const hw_ring ring = {.points = corners, .count = HW_LENGTH(corners)};
    assert_true(hw_ring_holds(&ring, 0.5, 1));
    assert_true(hw_ring_holds(&ring, 3.5, 2));
    assert_false(hw_ring_holds(&ring, 2, 2)); /* in the notch */
    assert_false(hw_ring_holds(&ring, -1, 1));
    assert_false(hw_ring_holds(&ring, 5, 1));
}

/* ---- Numbers and rates ---- */

static void test_only_plain_numbers_are_numbers(void **state) {
    (void)state;
    static const struct {
        const char *text;
        double number;
    } good[] = {{"0", 0}, {"-1250000.50", -1250000.5}, {"+3", 3}, {".5", 0.5}, {"7.", 7}, {"007", 7}};
    static const char *const bad[] = {
        "",    "-",   ".",  "1e3", "0x10", "1,000", "1 000",
        "inf", "nan", " 1", "1 ",  "--1",  "1.2.3", "99999999999999999999999999999999999999999"};
    double number = 0;
    for (size_t i = 0; i < HW_LENGTH(good); i++) {
        assert_true(hw_plain_number(good[i].text, &number));
        assert_true(fabs(number - good[i].number) < 1e-9);
    }
    for (size_t i = 0; i < HW_LENGTH(bad); i++) {
        assert_false(hw_plain_number(bad[i], &number));
    }
}

static void test_a_rate_holds_for_31_days_and_never_backwards(void **state) {
    (void)state;
    hw_rate items[] = {{"EUR", 100, 1.1, 2}, {"EUR", 120, 1.2, 3}, {"GBP", 100, 1.3, 4}};
    const hw_rates rates = {.items = items, .count = HW_LENGTH(items)};
    double usd = 0;
    int64_t dated = 0;
    assert_false(hw_rates_find(&rates, "EUR", 99, &usd, &dated));
    assert_true(hw_rates_find(&rates, "EUR", 119, &usd, &dated) && dated == 100 && fabs(usd - 1.1) < 1e-12);
    assert_true(hw_rates_find(&rates, "EUR", 120, &usd, &dated) && dated == 120 && fabs(usd - 1.2) < 1e-12);
    assert_true(hw_rates_find(&rates, "EUR", 151, &usd, &dated) && dated == 120);
    assert_false(hw_rates_find(&rates, "EUR", 152, &usd, &dated));
    assert_true(hw_rates_find(&rates, "GBP", 131, &usd, &dated) && fabs(usd - 1.3) < 1e-12);
    assert_false(hw_rates_find(&rates, "CHF", 100, &usd, &dated));
    assert_true(hw_rates_find(&rates, "USD", -5, &usd, &dated) && fabs(usd - 1) < 1e-12 && dated == -5);
}

/* ---- Texts ---- */

static void test_a_text_has_one_number_however_many_there_are(void **state) {
    (void)state;
    hw_strings strings = {0};
    char text[16];
    assert_int_equal(hw_strings_keep(&strings, ""), 0);
    assert_int_equal(hw_strings_find(&strings, "1"), 0);
    for (uint32_t i = 1; i <= 5000; i++) {
        snprintf(text, sizeof text, "%u", i);
        assert_int_equal(hw_strings_keep(&strings, text), i);
    }
    for (uint32_t i = 1; i <= 5000; i++) {
        snprintf(text, sizeof text, "%u", i);
        assert_int_equal(hw_strings_keep(&strings, text), i);
        assert_int_equal(hw_strings_find(&strings, text), i);
        assert_string_equal(hw_string(&strings, i), text);
    }
    assert_int_equal(hw_strings_find(&strings, "5001"), 0);
    hw_strings_free(&strings);
}

static void test_a_tag_fits_by_its_attributes_in_any_order(void **state) {
    (void)state;
    assert_true(hw_tag_fits("#adm2+name", "#adm2+name"));
    assert_true(hw_tag_fits("#adm2 +v_pcode +Name", "#ADM2+name"));
    assert_true(hw_tag_fits("#adm2+name", "#adm2"));
    assert_true(hw_tag_fits("#affected+f+killed", "#affected+killed+f"));
    assert_false(hw_tag_fits("#adm2", "#adm2+name"));
    assert_false(hw_tag_fits("#adm1+name", "#adm2+name"));
    assert_false(hw_tag_fits("#adm2+names", "#adm2+name"));
    assert_false(hw_tag_fits("adm2+name", "adm2+name"));
    assert_false(hw_tag_fits("#1", "#1"));
}

static void test_names_that_look_alike_become_different(void **state) {
    (void)state;
    hw_taken taken = {.makes = HW_MAKES_STREAMS};
    const char *first = hw_taken_add(&taken, "Mine action", "A")->name,
               *second = hw_taken_add(&taken, "mine  action", "B")->name,
               *third = hw_taken_add(&taken, "MINE ACTION", "B")->name,
               *quoted = hw_taken_add(&taken, "The \"North\"\n\\", "C")->name,
               *nothing = hw_taken_add(&taken, "\xE2\x80\x8B", "")->name;
    assert_string_equal(first, "Mine action");
    assert_string_equal(second, "mine action B");
    assert_string_equal(third, "MINE ACTION B 2");
    assert_string_equal(quoted, "The 'North'");
    assert_string_equal(nothing, "entry");
    hw_taken_free(&taken);
}

static void test_the_keys_of_a_map_are_sound(void **state) {
    (void)state;
    hw_errors errors = {0};
    assert_int_equal(hw_schema_check(&hw_map_section, &errors), HW_OK);
    hw_errors_free(&errors);
}

/* ---- Rows ---- */

static hw_csv_rows *rows_of(const char *text, hw_errors *errors) {
    static char path[] = "rows-XXXXXX";
    strcpy(path, "rows-XXXXXX");
    int file = mkstemp(path);
    assert_true(file >= 0 && write(file, text, strlen(text)) == (ssize_t)strlen(text) && close(file) == 0);
    hw_csv_rows *rows = hw_csv_rows_open(path, errors);
    assert_non_null(rows);
    unlink(path);
    return rows;
}

/* All rows as one text: cells between bars, and the line of each row before it. */
static void check_rows(const char *text, const char *wanted, uint32_t mistakes) {
    hw_errors errors = {0};
    char found[400] = "";
    size_t length = 0;
    hw_csv_rows *rows = rows_of(text, &errors);
    while (hw_csv_rows_next(rows, &errors)) {
        length +=
            (size_t)snprintf(found + length, sizeof found - length, "%u", (unsigned)hw_csv_rows_line(rows));
        for (uint32_t i = 0; i < hw_csv_rows_count(rows); i++) {
            length +=
                (size_t)snprintf(found + length, sizeof found - length, "|%s", hw_csv_rows_cell(rows, i));
        }
        length += (size_t)snprintf(found + length, sizeof found - length, "/");
    }
    assert_string_equal(hw_csv_rows_cell(rows, 5000), "");
    hw_csv_rows_close(rows);
    assert_string_equal(found, wanted);
    assert_int_equal(errors.count, mistakes);
    hw_errors_free(&errors);
}

static void test_rows_are_read_as_rfc_4180_says(void **state) {
    (void)state;
    check_rows("a,b\n1,2\n", "1|a|b/2|1|2/", 0);
    check_rows("a,b\r\n1,2", "1|a|b/2|1|2/", 0);
    check_rows("a,b\r1,2\r", "1|a|b/2|1|2/", 0);
    check_rows("\xEF\xBB\xBF"
               "a;b\n1,5;2\n",
               "1|a|b/2|1,5|2/", 0);
    check_rows("a\tb\n1;2\t3\n", "1|a|b/2|1;2|3/", 0);
    check_rows("\"a;;;;\",b\n1,2\n", "1|a;;;;|b/2|1|2/", 0);
    check_rows("a,b\n\"x\"\"y\",\"1\r\n2\"\n3,4\n", "1|a|b/2|x\"y|1\n2/4|3|4/", 0);
    check_rows("a,b\n\n\r\n 1 , \" 2 \" \n", "1|a|b/4|1| 2 /", 0);
    check_rows("a,b\n,\n1\n1,2,3\n", "1|a|b/2||/3|1/4|1|2|3/", 0);
    check_rows("a\nx\"y\n", "1|a/2|x\"y/", 0);
    check_rows("", "", 0);
    check_rows("a,b\n\"1,2\n3,4\n", "1|a|b/", 1);
    check_rows("a,b\n\"1\"x,2\n", "1|a|b/", 1);
    check_rows("a,b\n\xff,2\n", "1|a|b/", 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_area_of_the_whole_ellipsoid_is_that_of_wgs84),
        cmocka_unit_test(test_an_area_does_not_depend_on_longitude_direction_or_first_corner),
        cmocka_unit_test(test_areas_of_parts_add_up),
        cmocka_unit_test(test_a_point_lies_inside_or_outside_of_a_ring),
        cmocka_unit_test(test_only_plain_numbers_are_numbers),
        cmocka_unit_test(test_a_rate_holds_for_31_days_and_never_backwards),
        cmocka_unit_test(test_a_text_has_one_number_however_many_there_are),
        cmocka_unit_test(test_a_tag_fits_by_its_attributes_in_any_order),
        cmocka_unit_test(test_names_that_look_alike_become_different),
        cmocka_unit_test(test_the_keys_of_a_map_are_sound),
        cmocka_unit_test(test_rows_are_read_as_rfc_4180_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
