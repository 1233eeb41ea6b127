/* Streams of money from rows: a promise each, by the rate of its day. */
#include "analysis/base/memory.h"
#include "analysis/intake/rows_parts.h"
#include "sim/date.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const double USD_MOST = 1e12;

static bool read_money(hw_rows *rows, const hw_read_row *read, double *amount, double *usd, int64_t *day,
                       int64_t *dated) {
    const char *currency = read->means[HW_MAP_CURRENCY], *text = read->means[HW_MAP_AMOUNT];
    double rate = 0;
    if (!hw_row_day(rows, read, HW_MAP_DATE, day)) {
        return false;
    }
    if (!hw_mapping_number(rows->mapping, text, amount) || !(*amount > 0)) {
        return hw_row_refuse(rows, read->row, "no plain amount above nothing", text);
    }
    if (!hw_is_currency(currency)) {
        return hw_row_refuse(rows, read->row, "currency is not three capital letters", currency);
    }
    if (!hw_rates_find(&rows->import->rates, currency, *day, &rate, dated)) {
        return hw_row_refuse(rows, read->row, "no exchange rate for its day (--rates)", currency);
    }
    *usd = *amount * rate;
    return *usd <= USD_MOST || hw_row_refuse(rows, read->row, "more than 1e12 USD: hardly meant", text);
}

void hw_rows_take_stream(hw_rows *rows, const hw_read_row *read) {
    hw_taken *taken = &rows->import->taken;
    double amount = 0, usd = 0;
    int64_t day = 0, dated = 0;
    char text[16];
    const hw_row_group one = {.count = 1, .first_line = read->row->line, .last_line = read->row->line};
    if (!read_money(rows, read, &amount, &usd, &day, &dated)) {
        return;
    }
    if (*read->means[HW_MAP_NAME] == '\0' || taken->count == HW_TAKEN_MOST) {
        (void)hw_row_refuse(rows, read->row,
                            taken->count == HW_TAKEN_MOST
                                ? "more than 100000 entries: a layer may not have more"
                                : "'name' is empty",
                            NULL);
        return;
    }
    char *from = hw_group_source(rows, &one);
    char *source = hw_take_text("%s: %.2f %s", from, amount, read->means[HW_MAP_CURRENCY]);
    if (strcmp(read->means[HW_MAP_CURRENCY], "USD") != 0) {
        char *longer =
            hw_take_text("%s at %.6g USD (rate of %s)", source, usd / amount, hw_date_print(dated, text));
        free(source);
        source = longer;
    }
    hw_taken_entry *entry = hw_taken_add(taken, read->means[HW_MAP_NAME], "");
    hw_taken_text(taken, entry, "source", source);
    hw_taken_yaml(taken, entry, "known_by", "%s", hw_date_print(day, text));
    hw_taken_yaml(taken, entry, "kind", "{value: donor, source: \"the table does not tell\", assumed: true}");
    hw_taken_yaml(taken, entry, "amount", "%.2f USD", usd);
    hw_taken_yaml(taken, entry, "pledged", "%s", hw_date_print(day, text));
    if (*read->means[HW_MAP_DISTRICT] != '\0') {
        hw_taken_yaml(taken, entry, "only_districts", "[%s]",
                      hw_taken_quote(taken, read->means[HW_MAP_DISTRICT]));
    }
    if (*read->means[HW_MAP_OPERATOR] != '\0') {
        hw_taken_yaml(taken, entry, "only_operators", "[%s]",
                      hw_taken_quote(taken, read->means[HW_MAP_OPERATOR]));
    }
    entry->tells = hw_pool_print(&taken->pool, "%.2f USD promised %s", usd, hw_date_print(day, text));
    const hw_money_sum sum = {.type = "promise",
                              .year = hw_date_from_days(day).year,
                              .currency = read->means[HW_MAP_CURRENCY],
                              .amount = amount,
                              .usd = usd,
                              .share = 1};
    hw_money_totals_add(&rows->import->totals, &sum);
    rows->import->rows_taken++;
    free(from);
    free(source);
}
