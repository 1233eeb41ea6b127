/* What becomes of the gift's own money, and what is added by it. */
#include "analysis/decide/receipt_money.h"
#include "analysis/base/memory.h"
#include "analysis/decide/gift.h"
#include "sim/date.h"
#include "sim/length.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double million = 1e-6;

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

/* Adds some of a ledger's columns of the gift's streams to a sample, `sign` (+1 or -1) times. */
static void add_columns(const hw_receipt *receipt, const sides *s, const double *values, const char *variable,
                        const char *const *names, size_t count, double sign, double *sample) {
    double *part = hw_take(s->pairs->count, sizeof *part);
    for (size_t i = 0; i < count; i++) {
        take_column(receipt, s, values, variable, hw_axis_find(axis_of(s->gift, variable, 1), names[i]),
                    part);
        for (uint64_t r = 0; r < s->pairs->count; r++) {
            sample[r] += sign * part[r];
        }
    }
    free(part);
}

/* Adds what a ledger stream x reason has told of the gift's streams. */
static hw_status take_told(const hw_receipt *receipt, const sides *s, double *sample, hw_errors *errors) {
    static const char variable[] = "unspent_usd";
    memset(sample, 0, s->pairs->count * sizeof *sample);
    if (hw_record_find(s->gift->layout, variable) == NULL) {
        return HW_OK;
    }
    double *values = read_all(s->gift, variable, errors);
    if (values == NULL) {
        return HW_ERROR_IO;
    }
    const hw_axis *reasons = axis_of(s->gift, variable, 1);
    add_columns(receipt, s, values, variable, reasons->labels, reasons->length, 1, sample);
    free(values);
    return HW_OK;
}

/* The ledger of reasons is of money for clearance. Other money pays whatever is due: what is left of it had
 * nothing more to pay. */
static hw_status part_nothing_due(hw_receipt *receipt, const sides *s, hw_errors *errors) {
    static const char variable[] = "stream_usd";
    static const char *const left_over[] = {"lapsed", "returned", "held"};
    static const double rounding = 1e-5; /* reasons are kept to seven digits each */
    double *values = read_all(s->gift, variable, errors);
    if (values == NULL) {
        return HW_ERROR_IO;
    }
    uint64_t count = s->pairs->count;
    double *left = hw_take(count, sizeof *left), *told = hw_take(count, sizeof *told);
    hw_status status = take_told(receipt, s, told, errors);
    add_columns(receipt, s, values, variable, left_over, HW_LENGTH(left_over), 1, left);
    for (uint64_t r = 0; r < count; r++) {
        left[r] = left[r] - told[r] < rounding * left[r] ? 0 : left[r] - told[r];
    }
    if (status == HW_OK) {
        add_reason(receipt, "nothing more to pay: ground not released, done, or others pay", left, count);
    }
    free(left);
    free(told);
    free(values);
    return status;
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
    double *dropped = hw_take(count, sizeof *dropped), *later = hw_take(count, sizeof *later);
    take_column(receipt, s, values, variable, hw_axis_find(fates, "dropped"), dropped);
    take_column(receipt, s, values, variable, hw_axis_find(fates, "pledged"), later);
    add_columns(receipt, s, values, variable, come, HW_LENGTH(come), -1, later);
    for (uint64_t r = 0; r < count; r++) {
        static const double cent = 0.01 * 1e-6;
        later[r] = later[r] - dropped[r] < cent / 2 ? 0 : later[r] - dropped[r];
    }
    receipt->never = mean_of(dropped, count);
    add_reason(receipt, "dropped: not paid by the end date, or before the giver left", dropped, count);
    add_reason(receipt, "not yet paid at the horizon", later, count);
    free(dropped);
    free(later);
    free(values);
    return HW_OK;
}

/* The year in which the mean of what is spent of the gift reaches all but a hundredth. */
hw_status hw_receipt_find_end(hw_receipt *receipt, const hw_outcomes *gift, hw_errors *errors) {
    static const char variable[] = "stream_spent_usd";
    static const double nearly_all = 0.99;
    receipt->spent_by = gift->horizon;
    double *values = read_all(gift, variable, errors);
    if (values == NULL) {
        return HW_ERROR_IO;
    }
    const hw_axis *streams = axis_of(gift, variable, 0), *years = axis_of(gift, variable, 1);
    double *spent = hw_take(years->length, sizeof *spent), all = 0, sum = 0;
    for (uint32_t g = 0; g < receipt->wish.stream_count; g++) {
        size_t stream = hw_axis_find(streams, receipt->wish.streams[g]);
        for (uint64_t r = 0; r < gift->count; r++) {
            for (uint32_t y = 0; y < years->length; y++) {
                double usd = values[(r * streams->length + stream) * years->length + y];
                spent[y] += usd;
                all += usd;
            }
        }
    }
    for (uint32_t y = 0; y < years->length && all > 0; y++) {
        sum += spent[y];
        if (sum >= nearly_all * all) {
            int64_t end =
                hw_date_to_days((hw_date){.year = (int32_t)years->values[y], .month = 12, .day = 31});
            receipt->spent_by = end < gift->horizon ? end : gift->horizon;
            break;
        }
    }
    free(spent);
    free(values);
    return HW_OK;
}

bool hw_receipt_counts(uint32_t pays, const char *purpose) {
    uint32_t of = strcmp(purpose, "building") == 0 ? HW_GIFT_PAYS_BUILDING : HW_GIFT_PAYS_WORK;
    return (pays & of) != 0;
}

/* All that is spent on what the gift pays for until nearly all of it is spent, pair by pair. */
static hw_status take_spending(const hw_receipt *receipt, const hw_outcomes *outcomes, const uint64_t *at,
                               uint64_t count, double *sample, hw_errors *errors) {
    static const char variable[] = "purpose_spent_usd";
    int32_t last = hw_date_from_days(receipt->spent_by).year;
    double *values = read_all(outcomes, variable, errors);
    if (values == NULL) {
        return HW_ERROR_IO;
    }
    const hw_axis *purposes = axis_of(outcomes, variable, 0), *years = axis_of(outcomes, variable, 1);
    for (uint64_t r = 0; r < count; r++) {
        const double *of = values + at[r] * purposes->length * years->length;
        sample[r] = 0;
        for (uint32_t p = 0; p < purposes->length; p++) {
            bool counts = hw_receipt_counts(receipt->wish.pays, purposes->labels[p]);
            for (uint32_t y = 0; counts && y < years->length && (int32_t)years->values[y] <= last; y++) {
                sample[r] += of[(size_t)p * years->length + y] * million;
            }
        }
    }
    free(values);
    return HW_OK;
}

/* How much is spent, and how much is added, for each dollar given. */
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
        status = take_spending(receipt, s->base, s->pairs->base_at, count, before, errors);
    }
    if (status == HW_OK) {
        status = take_spending(receipt, s->gift, s->pairs->variant_at, count, after, errors);
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

hw_status hw_receipt_tell_money(hw_receipt *receipt, const hw_outcomes *base, const hw_outcomes *gift,
                                hw_errors *errors) {
    const sides s = {.pairs = &receipt->all.pairs[receipt->gift], .base = base, .gift = gift};
    hw_status status = part_money(receipt, &s, "stream_usd", &receipt->fates, &receipt->fate_count, errors);
    if (status == HW_OK && hw_record_find(gift->layout, "unspent_usd") != NULL) {
        status = part_money(receipt, &s, "unspent_usd", &receipt->reasons, &receipt->reason_count, errors);
    }
    if (status == HW_OK) {
        status = part_never_come(receipt, &s, errors);
    }
    if (status == HW_OK) {
        status = part_nothing_due(receipt, &s, errors);
    }
    return status == HW_OK ? weigh_money(receipt, &s, errors) : status;
}
