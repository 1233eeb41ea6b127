/* Days since 1970-01-01 to dates and back. */
#include "sim/date.h"

#include <stddef.h>
#include <stdio.h>

/* The calendar repeats every 400 years ("era"); its years are counted from 1 March, so that the leap day is
 * the last day of a year and month lengths follow one linear formula. */
enum { DAYS_PER_ERA = 146097, DAYS_BEFORE_1970 = 719468 };

static int64_t floor_divide(int64_t value, int64_t divisor) {
    return value / divisor - (value % divisor < 0);
}

int64_t hw_date_to_days(hw_date date) {
    int64_t year = (int64_t)date.year - (date.month <= 2);
    int64_t era = floor_divide(year, 400);
    int64_t year_of_era = year - era * 400;
    int64_t month_from_march = (date.month + 9) % 12;
    int64_t day_of_year = (153 * month_from_march + 2) / 5 + date.day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_PER_ERA + day_of_era - DAYS_BEFORE_1970;
}

hw_date hw_date_from_days(int64_t days) {
    int64_t shifted = days + DAYS_BEFORE_1970;
    int64_t era = floor_divide(shifted, DAYS_PER_ERA);
    int64_t day_of_era = shifted - era * DAYS_PER_ERA;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / (DAYS_PER_ERA - 1)) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month_from_march = (5 * day_of_year + 2) / 153;
    int64_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    return (hw_date){
        .year = (int32_t)(era * 400 + year_of_era + (month <= 2)),
        .month = (int32_t)month,
        .day = (int32_t)(day_of_year - (153 * month_from_march + 2) / 5 + 1),
    };
}

/* Reads `count` digits; -1 when one of them is none. */
static int32_t read_digits(const char *text, size_t count) {
    int32_t number = 0;
    for (size_t i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return -1;
        }
        number = number * 10 + (text[i] - '0');
    }
    return number;
}

bool hw_date_parse(const char *text, int64_t *days) {
    /* In this order, so that nothing is read behind the end of a shorter text. */
    hw_date date;
    if ((date.year = read_digits(text, 4)) < 0 || text[4] != '-' ||
        (date.month = read_digits(text + 5, 2)) < 0 || text[7] != '-' ||
        (date.day = read_digits(text + 8, 2)) < 0 || text[10] != '\0') {
        return false;
    }
    if (date.month < 1 || date.month > 12 || date.day < 1) {
        return false;
    }
    int64_t candidate = hw_date_to_days(date);
    hw_date back = hw_date_from_days(candidate); /* 30 February comes back as March */
    if (back.month != date.month || back.day != date.day) {
        return false;
    }
    *days = candidate;
    return true;
}

char *hw_date_print(int64_t days, char text[16]) {
    hw_date date = hw_date_from_days(days);
    snprintf(text, 16, "%04d-%02d-%02d", (int)date.year, (int)date.month, (int)date.day);
    return text;
}

int64_t hw_date_next_month(int64_t days, int32_t months) {
    hw_date date = hw_date_from_days(days);
    int64_t month = (int64_t)date.year * 12 + date.month - 1 + months;
    int64_t year = floor_divide(month, 12);
    return hw_date_to_days(
        (hw_date){.year = (int32_t)year, .month = (int32_t)(month - year * 12) + 1, .day = 1});
}
