/* Reads and looks up exchange rates. */
#include "analysis/intake/rates.h"
#include "analysis/base/memory.h"
#include "analysis/intake/csv_rows.h"
#include "sim/date.h"
#include "sim/input/reader.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double USD_LEAST = 1e-9, USD_MOST = 1e4; /* of one unit of a currency that is in use */

bool hw_is_currency(const char *text) {
    size_t capitals = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    return capitals == 3 && text[3] == '\0';
}

bool hw_is_likely_day(int64_t day) {
    static const hw_date first = {1990, 1, 1}, last = {2100, 12, 31};
    return day >= hw_date_to_days(first) && day <= hw_date_to_days(last);
}

bool hw_plain_number(const char *text, double *number) {
    enum { CHARACTERS_MOST = 40 };
    static const char digits[] = "0123456789";
    const char *next = text + (*text == '-' || *text == '+');
    size_t whole = strspn(next, digits), part = 0;
    next += whole;
    if (*next == '.') {
        part = strspn(++next, digits);
        next += part;
    }
    if (*next != '\0' || whole + part == 0 || next - text > CHARACTERS_MOST) {
        return false;
    }
    *number = strtod(text, NULL);
    return isfinite(*number);
}

static int compare(const void *left, const void *right) {
    const hw_rate *a = left, *b = right;
    int order = strcmp(a->currency, b->currency);
    return order != 0 ? order : (a->day > b->day) - (a->day < b->day);
}

static void add_row(hw_rates *rates, const hw_csv_rows *rows, const char *path, hw_errors *errors) {
    const hw_position where = {.file = path, .line = (uint32_t)hw_csv_rows_line(rows), .column = 1};
    const char *day = hw_csv_rows_cell(rows, 0), *currency = hw_csv_rows_cell(rows, 1),
               *usd = hw_csv_rows_cell(rows, 2);
    char quoted[HW_QUOTE_BYTES];
    hw_rate rate = {.line = where.line};
    uint32_t before = errors->count;
    if (hw_csv_rows_count(rows) != 3) {
        hw_errors_add(errors, where, "expected three cells (date,currency,usd), found %u",
                      hw_csv_rows_count(rows));
        return;
    }
    if (!hw_date_parse(day, &rate.day)) {
        hw_errors_add(errors, where, "'date': expected a date such as 2024-05-31, found '%s'",
                      hw_quote(day, quoted));
    }
    if (!hw_is_currency(currency) || strcmp(currency, "USD") == 0) {
        hw_errors_add(errors, where,
                      "'currency': expected three capital letters such as EUR, not USD itself, found '%s'",
                      hw_quote(currency, quoted));
    }
    if (!hw_plain_number(usd, &rate.usd) || rate.usd < USD_LEAST || rate.usd > USD_MOST) {
        hw_errors_add(errors, where,
                      "'usd': expected what one is worth in USD, such as 1.0835 (%g to %g), found '%s'",
                      USD_LEAST, USD_MOST, hw_quote(usd, quoted));
    }
    if (errors->count > before || rates->count == HW_RATES_MOST) {
        return;
    }
    memcpy(rate.currency, currency, HW_CURRENCY_BYTES);
    if ((rates->count & (rates->count + 1)) == 0) { /* room for 1, 3, 7, 15, ... */
        rates->items = hw_take_again(rates->items, 2 * (size_t)rates->count + 1, sizeof *rates->items);
    }
    rates->items[rates->count++] = rate;
}

static void check_head(const hw_csv_rows *rows, const char *path, hw_errors *errors) {
    if (hw_csv_rows_count(rows) != 3 || strcmp(hw_csv_rows_cell(rows, 0), "date") != 0 ||
        strcmp(hw_csv_rows_cell(rows, 1), "currency") != 0 || strcmp(hw_csv_rows_cell(rows, 2), "usd") != 0) {
        hw_errors_add(errors, (hw_position){path, 1, 1},
                      "expected a first row 'date,currency,usd': the worth of one in USD on that day");
    }
}

static void check_days(const hw_rates *rates, const char *path, hw_errors *errors) {
    for (uint32_t i = 1; i < rates->count; i++) {
        const hw_rate *one = &rates->items[i], *before = one - 1;
        if (compare(before, one) == 0) {
            char day[16];
            hw_errors_add(errors, (hw_position){path, one->line > before->line ? one->line : before->line, 1},
                          "a second rate of %s on %s", one->currency, hw_date_print(one->day, day));
        }
    }
}

hw_status hw_rates_read(hw_rates *rates, const char *path, hw_errors *errors) {
    uint32_t before = errors->count;
    *rates = (hw_rates){0};
    hw_csv_rows *rows = hw_csv_rows_open(path, errors);
    if (rows == NULL) {
        return HW_ERROR_INPUT;
    }
    if (hw_csv_rows_next(rows, errors)) {
        check_head(rows, path, errors);
        bool headed = errors->count == before;
        while (headed && errors->count < HW_ERRORS_KEPT && rates->count < HW_RATES_MOST &&
               hw_csv_rows_next(rows, errors)) {
            add_row(rates, rows, path, errors);
        }
    } else if (errors->count == before) {
        hw_errors_say(errors, "%s is empty: expected date,currency,usd", path);
    }
    hw_csv_rows_close(rows);
    if (rates->count == HW_RATES_MOST) {
        hw_errors_say(errors, "%s has more than %d rates", path, HW_RATES_MOST - 1);
    }
    if (rates->count > 1) {
        qsort(rates->items, rates->count, sizeof *rates->items, compare);
    }
    check_days(rates, path, errors);
    return errors->count > before ? HW_ERROR_INPUT : HW_OK;
}

void hw_rates_free(hw_rates *rates) {
    free(rates->items);
    *rates = (hw_rates){0};
}

bool hw_rates_find(const hw_rates *rates, const char *currency, int64_t day, double *usd, int64_t *dated) {
    if (strcmp(currency, "USD") == 0) {
        *usd = 1;
        *dated = day;
        return true;
    }
    hw_rate wanted = {.day = day};
    strncpy(wanted.currency, currency, HW_CURRENCY_BYTES - 1);
    uint32_t low = 0, high = rates->count;
    while (low < high) { /* the first that is behind the wanted one */
        uint32_t middle = low + (high - low) / 2;
        if (compare(&rates->items[middle], &wanted) <= 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    const hw_rate *last = low > 0 ? &rates->items[low - 1] : NULL;
    if (last == NULL || strcmp(last->currency, wanted.currency) != 0 || day - last->day > HW_RATE_DAYS_MOST) {
        return false;
    }
    *usd = last->usd;
    *dated = last->day;
    return true;
}
