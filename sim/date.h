/* Civil dates of the proleptic Gregorian calendar as whole days since 1970-01-01.
 * Algorithm: Howard Hinnant, "chrono-compatible low-level date algorithms". */
#ifndef HW_SIM_DATE_H
#define HW_SIM_DATE_H

#include <stdbool.h>
#include <stdint.h>

typedef struct hw_date {
    int32_t year;
    int32_t month; /* 1..12 */
    int32_t day;   /* 1..31 */
} hw_date;

int64_t hw_date_to_days(hw_date date);
hw_date hw_date_from_days(int64_t days);

/* Reads exactly "YYYY-MM-DD"; false when it is not a date that exists. */
bool hw_date_parse(const char *text, int64_t *days);

/* Writes "YYYY-MM-DD" (11 bytes with the end) into text and returns it. */
char *hw_date_print(int64_t days, char text[16]);

/* The first day of the month after the one in which `days` falls; if months > 1, of a later one. */
int64_t hw_date_next_month(int64_t days, int32_t months);

#endif
