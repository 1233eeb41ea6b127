/* Adds up money by year, type and currency. */
#include "analysis/intake/money_totals.h"
#include "analysis/base/memory.h"
#include <stdlib.h>
#include <string.h>

static int compare(const void *left, const void *right) {
    const hw_money_total *a = left, *b = right;
    int order = a->year != b->year ? (a->year > b->year) - (a->year < b->year) : strcmp(a->type, b->type);
    return order != 0 ? order : strcmp(a->currency, b->currency);
}

static hw_money_total *total_of(hw_money_totals *totals, const hw_money_sum *sum) {
    hw_money_total wanted = {.type = sum->type, .year = sum->year};
    strncpy(wanted.currency, sum->currency, HW_CURRENCY_BYTES - 1);
    for (uint32_t i = totals->count; i > 0; i--) { /* files are mostly in order of time */
        if (compare(&totals->items[i - 1], &wanted) == 0) {
            return &totals->items[i - 1];
        }
    }
    totals->items = hw_take_again(totals->items, totals->count + (size_t)1, sizeof *totals->items);
    totals->items[totals->count] = wanted;
    return &totals->items[totals->count++];
}

void hw_money_totals_add(hw_money_totals *totals, const hw_money_sum *sum) {
    hw_money_total *total = total_of(totals, sum);
    total->count += sum->share > 0;
    total->aside_count += sum->share < 1;
    total->amount += sum->share * sum->amount;
    total->usd += sum->share * sum->usd;
    total->aside_amount += (1 - sum->share) * sum->amount;
    total->aside_usd += (1 - sum->share) * sum->usd;
}

void hw_money_totals_sort(hw_money_totals *totals) {
    if (totals->count > 1) {
        qsort(totals->items, totals->count, sizeof *totals->items, compare);
    }
}

void hw_money_totals_free(hw_money_totals *totals) {
    free(totals->items);
    *totals = (hw_money_totals){0};
}
