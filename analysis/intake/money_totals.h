/* Sums of money by year, type and currency: what an import counted, and what it set aside because it is told
 * elsewhere. With them a reader can add up the file by other means. */
#ifndef HW_ANALYSIS_MONEY_TOTALS_H
#define HW_ANALYSIS_MONEY_TOTALS_H

#include "analysis/intake/rates.h"
#include <stddef.h>

typedef struct hw_money_total {
    const char *type; /* "commitment"; lasts as long as the program */
    int32_t year;
    char currency[HW_CURRENCY_BYTES];
    uint64_t count, aside_count;
    double amount, usd;             /* counted */
    double aside_amount, aside_usd; /* told elsewhere */
} hw_money_total;

/* Zero-initialise; end with hw_money_totals_free. */
typedef struct hw_money_totals {
    hw_money_total *items;
    uint32_t count;
} hw_money_totals;

/* One amount; `share` of it is counted and the rest is set aside. */
typedef struct hw_money_sum {
    const char *type;
    int32_t year;
    const char *currency;
    double amount, usd;
    double share;
} hw_money_sum;

void hw_money_totals_add(hw_money_totals *totals, const hw_money_sum *sum);
/* By year, type and currency. */
void hw_money_totals_sort(hw_money_totals *totals);
void hw_money_totals_free(hw_money_totals *totals);

#endif
