#include "sim/date.h"

#include "sim/length.h"
#include "tests/sim/check.h"
#include <stdio.h>

static bool is_leap(int32_t year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int32_t month_days(int32_t year, int32_t month) {
    static const int32_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && is_leap(year));
}

static hw_date tomorrow(hw_date date) {
    if (++date.day > month_days(date.year, date.month)) {
        date.day = 1;
        if (++date.month > 12) {
            date.month = 1;
            date.year++;
        }
    }
    return date;
}

static void test_every_day_of_800_years_follows_the_one_before_and_comes_back(void **state) {
    (void)state;
    hw_date date = {1600, 1, 1};
    int64_t first = hw_date_to_days(date);
    int64_t days = first;
    for (; date.year < 2400; date = tomorrow(date), days++) {
        assert_int_equal(hw_date_to_days(date), days);
        hw_date back = hw_date_from_days(days);
        assert_true(back.year == date.year && back.month == date.month && back.day == date.day);
        char text[16];
        int64_t parsed = INT64_MIN;
        assert_true(hw_date_parse(hw_date_print(days, text), &parsed));
        assert_int_equal(parsed, days);
    }
    assert_int_equal(days - first, 2 * 146097); /* twice the days of 400 years */
}

static void test_known_dates(void **state) {
    (void)state;
    char text[16];
    assert_int_equal(hw_date_to_days((hw_date){1970, 1, 1}), 0);
    assert_int_equal(hw_date_to_days((hw_date){2000, 3, 1}), 11017);
    assert_int_equal(hw_date_to_days((hw_date){2020, 11, 10}), 18576);
    assert_string_equal(hw_date_print(0, text), "1970-01-01");
    assert_string_equal(hw_date_print(-1, text), "1969-12-31");
    assert_string_equal(hw_date_print(18576, text), "2020-11-10");
    assert_int_equal(hw_date_to_days((hw_date){0, 3, 1}), -719468);
    assert_int_equal(hw_date_from_days(hw_date_to_days((hw_date){-400, 2, 29})).day, 29);
}

static void test_what_is_no_date_is_refused_and_changes_nothing(void **state) {
    (void)state;
    static const char *const wrong[] = {
        "",           "2020",        "2020-11",     "2020-11-1",   "2020-1-10",
        "20-11-10",   "2020-11-10 ", " 2020-11-10", "2020/11/10",  "2020-13-01",
        "2020-00-10", "2020-11-31",  "2020-02-30",  "2021-02-29",  "1900-02-29",
        "2020-11-00", "+020-11-10",  "2020-11-1x",  "2020-11-100", "-2020-11-1",
        "2020-1١-10",
    };
    for (size_t i = 0; i < HW_LENGTH(wrong); i++) {
        int64_t days = 77;
        if (hw_date_parse(wrong[i], &days)) {
            fail_msg("'%s' was taken for a date", wrong[i]);
        }
        assert_int_equal(days, 77);
    }
}

static void test_the_next_month_begins_on_the_first_after_the_last_of_this(void **state) {
    (void)state;
    for (int64_t days = hw_date_to_days((hw_date){1999, 1, 1}); days < 13000; days++) {
        hw_date date = hw_date_from_days(days);
        int64_t expected = days - date.day + 1 + month_days(date.year, date.month);
        assert_int_equal(hw_date_next_month(days, 1), expected);
        for (int32_t months = 2; months <= 25; months++) {
            expected = hw_date_next_month(expected, 1);
            assert_int_equal(hw_date_next_month(days, months), expected);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_day_of_800_years_follows_the_one_before_and_comes_back),
        cmocka_unit_test(test_known_dates),
        cmocka_unit_test(test_what_is_no_date_is_refused_and_changes_nothing),
        cmocka_unit_test(test_the_next_month_begins_on_the_first_after_the_last_of_this),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
