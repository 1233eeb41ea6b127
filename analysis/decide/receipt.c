/* Makes a receipt: the comparison with its rows, and what they are called. */
#include "analysis/decide/receipt.h"
#include "analysis/base/memory.h"
#include "analysis/decide/gift.h"
#include "analysis/decide/receipt_kinds.h"
#include "analysis/decide/receipt_money.h"
#include "sim/date.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static hw_status check_pairs(const hw_contender *base, const hw_contender *variants, uint32_t count,
                             hw_errors *errors) {
    bool whole = base->outcomes->read != NULL;
    for (uint32_t v = 0; v < count; v++) {
        whole = whole && variants[v].outcomes->read != NULL;
    }
    if (!whole) {
        hw_errors_say(errors,
                      "a receipt holds worlds against each other, and only summaries of them were kept");
    }
    return whole ? HW_OK : HW_ERROR_INPUT;
}

/* The ends of the years from that of the gift on; of the last one the horizon. The caller frees them. */
static int64_t *year_ends(int64_t from, int64_t horizon, uint32_t *count) {
    int32_t first = hw_date_from_days(from).year, last = hw_date_from_days(horizon).year;
    int64_t *ends = hw_take((size_t)(last - first) + 1, sizeof *ends);
    for (int32_t year = first; year <= last; year++) {
        int64_t end = hw_date_to_days((hw_date){.year = year, .month = 12, .day = 31});
        ends[(*count)++] = end < horizon ? end : horizon;
    }
    return ends;
}

hw_status hw_receipt_make(hw_receipt *receipt, const hw_contender *base, const hw_contender *variants,
                          uint32_t count, const hw_receipt_wish *wish, hw_errors *errors) {
    *receipt = (hw_receipt){.wish = *wish, .gift = variants[0].floor};
    hw_status status = check_pairs(base, variants, count, errors);
    if (status != HW_OK) {
        return status;
    }
    status = hw_receipt_find_end(receipt, variants[receipt->gift].outcomes, errors);
    if (status != HW_OK) {
        return status;
    }
    hw_receipt_choose_kinds(receipt, base->outcomes);
    uint32_t years = 0;
    int64_t *ends = year_ends(wish->from, base->outcomes->horizon, &years);
    const hw_compare_wish asked = {.by = ends,
                                   .by_count = years,
                                   .only_by = true,
                                   .place = wish->place,
                                   .floor_missing = wish->floor_missing};
    status = hw_compare_by_kinds(&receipt->all, base, variants, count, &asked, receipt->kinds,
                                 HW_RECEIPT_KINDS, errors);
    free(ends);
    if (status != HW_OK) {
        return status;
    }
    return hw_receipt_tell_money(receipt, base->outcomes, variants[receipt->gift].outcomes, errors);
}

static void free_parts(hw_receipt_fate *parts, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        free(parts[i].name);
    }
    free(parts);
}

void hw_receipt_free(hw_receipt *receipt) {
    free_parts(receipt->fates, receipt->fate_count);
    free_parts(receipt->reasons, receipt->reason_count);
    hw_comparison_free(&receipt->all);
}

const hw_compare_row *hw_receipt_row(const hw_receipt *receipt, uint32_t kind, uint32_t variant,
                                     const char *label, double by) {
    const hw_compare_rows *rows = &receipt->all.of_kind[kind];
    for (size_t i = rows->first; i < rows->first + rows->count; i++) {
        const hw_compare_row *row = &receipt->all.rows[i];
        bool same_label = label == NULL || strcmp(row->label, label) == 0;
        if (row->variant == variant && same_label && (isnan(by) || row->by == by)) {
            return row;
        }
    }
    return NULL;
}

bool hw_receipt_less_is_better(uint32_t kind) {
    return kind == HW_RECEIPT_DAYS || kind == HW_RECEIPT_VICTIMS || kind == HW_RECEIPT_PLACES ||
           kind == HW_RECEIPT_DISTRICTS || kind == HW_RECEIPT_YEAR_VICTIMS;
}

const char *hw_receipt_paid(const hw_receipt *receipt) {
    static const char *const paid[] = {[HW_GIFT_PAYS_WORK] = "mine action",
                                       [HW_GIFT_PAYS_BUILDING] = "reconstruction",
                                       [HW_GIFT_PAYS_WORK | HW_GIFT_PAYS_BUILDING] =
                                           "mine action and reconstruction"};
    return paid[receipt->wish.pays];
}

char *hw_receipt_title(const hw_receipt *receipt, uint32_t kind) {
    static const char *const titles[HW_RECEIPT_MAIN] = {
        [HW_RECEIPT_DAYS] = "days gained until release",
        [HW_RECEIPT_CHANCE] = "probability of release",
        [HW_RECEIPT_LAND] = "land released",
        [HW_RECEIPT_PEOPLE] = "people home",
        [HW_RECEIPT_PERSON_YEARS] = "person-years at home until the horizon",
        [HW_RECEIPT_VICTIMS] = "victims averted until the horizon",
        [HW_RECEIPT_ADDED] = " in all",
        [HW_RECEIPT_SPENDING] = " in all until the horizon",
    };
    char date[16];
    const hw_compare_row *row = hw_receipt_row(receipt, kind, receipt->gift, NULL, (double)NAN);
    bool of_place = kind == HW_RECEIPT_DAYS || kind == HW_RECEIPT_CHANCE;
    bool of_money = kind == HW_RECEIPT_ADDED || kind == HW_RECEIPT_SPENDING;
    const int64_t *by = receipt->kinds[kind].on;
    bool dated = by != NULL;
    return hw_take_text("%s%s%s%s%s%s", of_money ? hw_receipt_paid(receipt) : "", titles[kind],
                        of_place && row != NULL ? ", " : "", of_place && row != NULL ? row->label : "",
                        dated ? " by " : "", dated ? hw_date_print(*by, date) : "");
}
