/* Makes a receipt: the comparison, and what becomes of the gift's own money. */
#include "analysis/decide/receipt.h"
#include "analysis/base/memory.h"
#include "analysis/decide/receipt_kinds.h"
#include "sim/date.h"
#include "sim/length.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double million = 1e-6;

/* ---- Money of the gift ---- */

/* The two sides of the comparison with the gift, and where their pairs stand. */
typedef struct sides {
    const hw_pairs *pairs;
    const hw_outcomes *base, *gift;
} sides;

static double *read_all(const hw_outcomes *outcomes, const char *variable, hw_errors *errors) {
    return outcomes->read(outcomes->source, variable, errors);
}

static const hw_axis *axis_of(const hw_outcomes *outcomes, const char *variable, uint32_t number) {
    return &outcomes->layout->axes[hw_record_find(outcomes->layout, variable)->axis[number]];
}

/* Adds up, pair by pair, what the gift's streams have in one column of a table stream x column x rest. */
static void take_column(const hw_receipt *receipt, const sides *s, const double *values, const char *variable,
                        uint32_t column, double *sample) {
    const hw_variable *of = hw_record_find(s->gift->layout, variable);
    const hw_axis *streams = axis_of(s->gift, variable, 0), *columns = axis_of(s->gift, variable, 1);
    size_t rest = of->count / ((size_t)streams->length * columns->length);
    memset(sample, 0, s->pairs->count * sizeof *sample);
    for (uint32_t g = 0; g < receipt->wish.stream_count; g++) {
        size_t first =
            ((size_t)hw_axis_find(streams, receipt->wish.streams[g]) * columns->length + column) * rest;
        for (uint64_t r = 0; r < s->pairs->count; r++) {
            for (size_t i = 0; i < rest; i++) {
                sample[r] += values[s->pairs->variant_at[r] * of->count + first + i] * million;
            }
        }
    }
}

static bool is_zero(const double *sample, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (sample[i] > 0 || sample[i] < 0) {
            return false;
        }
    }
    return true;
}

/* One part for each column that has something. */
static hw_status part_money(const hw_receipt *receipt, const sides *s, const char *variable,
                            hw_receipt_fate **parts, uint32_t *count, hw_errors *errors) {
    double *values = read_all(s->gift, variable, errors);
    if (values == NULL) {
        return HW_ERROR_IO;
    }
    const hw_axis *columns = axis_of(s->gift, variable, 1);
    double *sample = hw_take(s->pairs->count, sizeof *sample);
    *parts = hw_take(columns->length, sizeof **parts);
    for (uint32_t c = 0; c < columns->length; c++) {
        take_column(receipt, s, values, variable, c, sample);
        if (!is_zero(sample, s->pairs->count)) {
            (*parts)[(*count)++] = (hw_receipt_fate){.name = hw_take_text("%s", columns->labels[c]),
                                                     .spread = hw_estimate_spread(sample, s->pairs->count)};
        }
    }
    free(sample);
    free(values);
    return HW_OK;
}

static double mean_of(const double *sample, uint64_t count) {
    double sum = 0;
    for (uint64_t r = 0; r < count; r++) {
        sum += sample[r];
    }
    return sum / (double)count;
}

static void add_reason(hw_receipt *receipt, const char *name, double *sample, uint64_t count) {
    if (!is_zero(sample, count)) {
        receipt->reasons =
            hw_take_again(receipt->reasons, receipt->reason_count + 1, sizeof *receipt->reasons);
        receipt->reasons[receipt->reason_count++] =
            (hw_receipt_fate){.name = hw_take_text("%s", name), .spread = hw_estimate_spread(sample, count)};
    }
}

/* What is pledged and does not come is no money of the streams: it has reasons of its own. */
static hw_status part_never_come(hw_receipt *receipt, const sides *s, hw_errors *errors) {
    static const char variable[] = "stream_usd";
    static const char *const come[] = {"spent", "lapsed", "returned", "held"};
    double *values = read_all(s->gift, variable, errors);
    if (values == NULL) {
        return HW_ERROR_IO;
    }
    const hw_axis *fates = axis_of(s->gift, variable, 1);
    uint64_t count = s->pairs->count;
    double *dropped = hw_take(count, sizeof *dropped), *later = hw_take(count, sizeof *later),
           *part = hw_take(count, sizeof *part);
    take_column(receipt, s, values, variable, hw_axis_find(fates, "dropped"), dropped);
    take_column(receipt, s, values, variable, hw_axis_find(fates, "pledged"), later);
    for (size_t f = 0; f < HW_LENGTH(come); f++) {
        take_column(receipt, s, values, variable, hw_axis_find(fates, come[f]), part);
        for (uint64_t r = 0; r < count; r++) {
            later[r] -= part[r];
        }
    }
    for (uint64_t r = 0; r < count; r++) {
        static const double cent = 0.01 * 1e-6;
        later[r] = later[r] - dropped[r] < cent / 2 ? 0 : later[r] - dropped[r];
    }
    receipt->never = mean_of(dropped, count);
    add_reason(receipt, "dropped: not paid by the end date, or before the giver left", dropped, count);
    add_reason(receipt, "not yet paid at the horizon", later, count);
    free(dropped);
    free(later);
    free(part);
    free(values);
    return HW_OK;
}

/* All that is spent but on building, pair by pair. */
static hw_status take_spending(const hw_outcomes *outcomes, const uint64_t *at, uint64_t count,
                               double *sample, hw_errors *errors) {
    static const char variable[] = "purpose_spent_usd";
    double *values = read_all(outcomes, variable, errors);
    if (values == NULL) {
        return HW_ERROR_IO;
    }
    const hw_axis *purposes = axis_of(outcomes, variable, 0), *years = axis_of(outcomes, variable, 1);
    for (uint64_t r = 0; r < count; r++) {
        const double *of = values + at[r] * purposes->length * years->length;
        sample[r] = 0;
        for (uint32_t p = 0; p < purposes->length; p++) {
            for (uint32_t y = 0; strcmp(purposes->labels[p], "building") != 0 && y < years->length; y++) {
                sample[r] += of[(size_t)p * years->length + y] * million;
            }
        }
    }
    free(values);
    return HW_OK;
}

/* How much is spent, and how much more mine action there is, for each dollar given. */
static hw_status weigh_money(hw_receipt *receipt, const sides *s, hw_errors *errors) {
    static const char variable[] = "stream_usd";
    uint64_t count = s->pairs->count;
    double *given = hw_take(count, sizeof *given), *spent = hw_take(count, sizeof *spent),
           *before = hw_take(count, sizeof *before), *after = hw_take(count, sizeof *after);
    double *values = read_all(s->gift, variable, errors);
    hw_status status = values != NULL ? HW_OK : HW_ERROR_IO;
    if (status == HW_OK) {
        const hw_axis *fates = axis_of(s->gift, variable, 1);
        take_column(receipt, s, values, variable, hw_axis_find(fates, "pledged"), given);
        take_column(receipt, s, values, variable, hw_axis_find(fates, "spent"), spent);
        status = take_spending(s->base, s->pairs->base_at, count, before, errors);
    }
    if (status == HW_OK) {
        status = take_spending(s->gift, s->pairs->variant_at, count, after, errors);
    }
    for (uint64_t r = 0; r < count && status == HW_OK; r++) {
        after[r] -= before[r];
    }
    if (status == HW_OK) {
        hw_mean mean = hw_estimate_mean(given, count);
        receipt->given = mean.value;
        receipt->given_error = isnan(mean.error) ? 0 : mean.error;
        receipt->spent = mean_of(spent, count);
        receipt->spent_share = hw_ratio_of_means(spent, given, count);
        receipt->added_share = hw_ratio_of_means(after, given, count);
    }
    free(values);
    free(given);
    free(spent);
    free(before);
    free(after);
    return status;
}

/* ---- The whole ---- */

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
    const sides s = {.pairs = &receipt->all.pairs[receipt->gift],
                     .base = base->outcomes,
                     .gift = variants[receipt->gift].outcomes};
    status = part_money(receipt, &s, "stream_usd", &receipt->fates, &receipt->fate_count, errors);
    if (status == HW_OK && hw_record_find(s.gift->layout, "unspent_usd") != NULL) {
        status = part_money(receipt, &s, "unspent_usd", &receipt->reasons, &receipt->reason_count, errors);
    }
    if (status == HW_OK) {
        status = part_never_come(receipt, &s, errors);
    }
    return status == HW_OK ? weigh_money(receipt, &s, errors) : status;
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

char *hw_receipt_title(const hw_receipt *receipt, uint32_t kind) {
    static const char *const titles[HW_RECEIPT_MAIN] = {
        [HW_RECEIPT_DAYS] = "days gained until release",
        [HW_RECEIPT_CHANCE] = "probability of release",
        [HW_RECEIPT_LAND] = "land released",
        [HW_RECEIPT_PEOPLE] = "people home",
        [HW_RECEIPT_PERSON_YEARS] = "person-years at home until the horizon",
        [HW_RECEIPT_VICTIMS] = "victims averted until the horizon",
        [HW_RECEIPT_SPENDING] = "mine action in all until the horizon",
    };
    char date[16];
    const hw_compare_row *row = hw_receipt_row(receipt, kind, receipt->gift, NULL, (double)NAN);
    bool of_place = kind == HW_RECEIPT_DAYS || kind == HW_RECEIPT_CHANCE;
    bool dated = kind == HW_RECEIPT_CHANCE || kind == HW_RECEIPT_LAND || kind == HW_RECEIPT_PEOPLE;
    int64_t by = kind == HW_RECEIPT_LAND ? receipt->wish.land_by : receipt->wish.by;
    return hw_take_text("%s%s%s%s%s", titles[kind], of_place && row != NULL ? ", " : "",
                        of_place && row != NULL ? row->label : "", dated ? " by " : "",
                        dated ? hw_date_print(by, date) : "");
}
