/* Exchange rates by day, from a table that the user gives: date,currency,usd. Nothing is guessed: an amount
 * of a day without a rate is not converted.
 *
 * The rate of a day is that of the last date of the table up to it, at most HW_RATE_DAYS_MOST days before. */
#ifndef HW_ANALYSIS_RATES_H
#define HW_ANALYSIS_RATES_H

#include "sim/error.h"
#include <stdbool.h>
#include <stdint.h>

enum { HW_RATE_DAYS_MOST = 31, HW_CURRENCY_BYTES = 4, HW_RATES_MOST = 1000000 };

typedef struct hw_rate {
    char currency[HW_CURRENCY_BYTES];
    int64_t day;
    double usd; /* of one */
    uint32_t line;
} hw_rate;

/* Zero-initialise: then only USD is known. End with hw_rates_free. */
typedef struct hw_rates {
    hw_rate *items; /* by currency, then by day */
    uint32_t count;
} hw_rates;

/* HW_ERROR_INPUT with every mistake as file:line:column. The path must outlive the errors. */
hw_status hw_rates_read(hw_rates *rates, const char *path, hw_errors *errors);
void hw_rates_free(hw_rates *rates);

/* Whether the amount can be converted on that day; then *usd is what one is worth and *dated the day of the
 * rate (the day itself for USD). */
bool hw_rates_find(const hw_rates *rates, const char *currency, int64_t day, double *usd, int64_t *dated);

/* Whether a text is three capital letters, as ISO 4217 has them. */
bool hw_is_currency(const char *text);

/* Whether a day lies in the years 1990 to 2100, as all do that an import can mean. */
bool hw_is_likely_day(int64_t day);

/* A plain decimal number with a point ("-1250000.50"), of at most 40 characters; false for anything else. */
bool hw_plain_number(const char *text, double *number);

#endif
