/* Counts, sums and histogram of one number. */
#include "analysis/figures/tally.h"
#include "analysis/base/memory.h"
#include "sim/statistics.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- Steps of the histogram ---- */

/* Nothing that is counted is told apart below a millionth of its unit. */
enum { MANTISSA_LEFT = 43, LOWEST_EXPONENT = 1023 - 20, HIGHEST_DAY = 1 << 24 };

static int32_t step_of(const hw_tally *tally, double value) {
    if (tally->days) {
        return (int32_t)floor(fmax(fmin(value, HIGHEST_DAY), -(double)HIGHEST_DAY));
    }
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    int64_t step = (int64_t)((bits & (UINT64_MAX >> 1)) >> MANTISSA_LEFT) -
                   (int64_t)LOWEST_EXPONENT * HW_TALLY_STEPS + 1;
    step = step > 0 ? step : 0;
    return (int32_t)(bits >> 63 ? -step : step);
}

/* The end of a step that is nearer to zero; of a day its beginning. */
static double value_of(const hw_tally *tally, int32_t step) {
    if (tally->days || step == 0) {
        return step;
    }
    uint64_t bits = (uint64_t)(abs(step) - 1 + LOWEST_EXPONENT * HW_TALLY_STEPS) << MANTISSA_LEFT;
    double value;
    memcpy(&value, &bits, sizeof value);
    return step < 0 ? -value : value;
}

static int32_t page_of(int32_t step) {
    return step >= 0 ? step / HW_TALLY_PAGE : -((-step + HW_TALLY_PAGE - 1) / HW_TALLY_PAGE);
}

/* ---- Pages ---- */

static void reach(hw_tally *tally, int32_t page) {
    int32_t first = tally->page_count == 0 || page < tally->first_page ? page : tally->first_page;
    int32_t end = tally->first_page + (int32_t)tally->page_count;
    end = tally->page_count == 0 || page >= end ? page + 1 : end;
    uint16_t *place = hw_take((size_t)(end - first), sizeof *place);
    if (tally->page_count > 0) {
        memcpy(place + (tally->first_page - first), tally->place, tally->page_count * sizeof *place);
    }
    free(tally->place);
    tally->place = place;
    tally->first_page = first;
    tally->page_count = (uint32_t)(end - first);
}

/* The counts of a page, made when it has none yet. */
static uint32_t *counts_of(hw_tally *tally, int32_t page) {
    int64_t at = (int64_t)page - tally->first_page;
    if (at < 0 || at >= tally->page_count) {
        reach(tally, page);
        at = (int64_t)page - tally->first_page;
    }
    if (tally->place[at] == 0) {
        size_t filled = tally->pages_filled++;
        tally->counts =
            hw_take_again(tally->counts, tally->pages_filled * (size_t)HW_TALLY_PAGE, sizeof *tally->counts);
        memset(tally->counts + filled * HW_TALLY_PAGE, 0, HW_TALLY_PAGE * sizeof *tally->counts);
        tally->place[at] = (uint16_t)tally->pages_filled;
    }
    return tally->counts + (size_t)(tally->place[at] - 1) * HW_TALLY_PAGE;
}

void hw_tally_free(hw_tally *tally) {
    free(tally->place);
    free(tally->counts);
    tally->place = NULL;
    tally->counts = NULL;
    tally->page_count = tally->pages_filled = 0;
}

/* ---- Counting ---- */

/* Adds a / b without losing what a division rounds away: `low` is what `high` lacks. */
static void add_quotient(hw_exact_sum *sum, double high, double low, double by, double sign) {
    double quotient = high / by;
    double rest = (fma(-quotient, by, high) + low) / by;
    hw_exact_sum_add(sum, sign * quotient);
    hw_exact_sum_add(sum, sign * rest);
}

/* The terms of a block in the sum of squares: within the block, and of its mean. */
static void add_sums(hw_tally *tally, const double *finite, size_t count) {
    double sum = 0, squares = 0, off = 0, n = (double)count;
    for (size_t i = 0; i < count; i++) {
        sum += finite[i];
    }
    double mean = sum / n;
    for (size_t i = 0; i < count; i++) {
        double deviation = finite[i] - mean;
        off += deviation;
        squares += deviation * deviation;
    }
    double high = mean * n, low = fma(mean, n, -high) + off; /* the sum, with what its rounding lost */
    double square = high * high;
    hw_exact_sum_add(&tally->sum, high);
    hw_exact_sum_add(&tally->sum, low);
    hw_exact_sum_add(&tally->squares, squares - off * off / n);
    add_quotient(&tally->squares, square, fma(high, high, -square) + 2 * high * low, n, 1);
}

static uint64_t finite_count(const hw_tally *tally) {
    return tally->count - tally->missing - tally->above - tally->below;
}

/* A value that is no number counts only as such. */
static bool note_infinite(hw_tally *tally, double value) {
    if (isfinite(value)) {
        return false;
    }
    tally->missing += isnan(value) ? 1 : 0;
    tally->above += value > 0 ? 1 : 0;
    tally->below += value < 0 ? 1 : 0;
    return true;
}

void hw_tally_add(hw_tally *tally, const double *values, size_t count) {
    enum { AT_ONCE = 256 };
    double finite[AT_ONCE];
    size_t kept = 0;
    bool any = finite_count(tally) > 0;
    double least = any ? tally->least : HUGE_VAL, greatest = any ? tally->greatest : -HUGE_VAL;
    for (size_t i = 0; i < count; i++) {
        double value = values[i];
        if (note_infinite(tally, value)) {
            continue;
        }
        int32_t step = step_of(tally, value), page = page_of(step);
        counts_of(tally, page)[step - page * HW_TALLY_PAGE]++;
        least = value < least ? value : least;
        greatest = value > greatest ? value : greatest;
        finite[kept++] = value;
        if (kept == AT_ONCE) {
            add_sums(tally, finite, kept);
            kept = 0;
        }
    }
    if (kept > 0) {
        add_sums(tally, finite, kept);
    }
    tally->count += count;
    tally->least = least;
    tally->greatest = greatest;
}

void hw_tally_merge(hw_tally *tally, const hw_tally *other) {
    bool first = finite_count(tally) == 0;
    if (finite_count(other) > 0) {
        tally->least = first ? other->least : fmin(tally->least, other->least);
        tally->greatest = first ? other->greatest : fmax(tally->greatest, other->greatest);
    }
    tally->count += other->count;
    tally->missing += other->missing;
    tally->above += other->above;
    tally->below += other->below;
    hw_exact_sum_merge(&tally->sum, &other->sum);
    hw_exact_sum_merge(&tally->squares, &other->squares);
    for (uint32_t p = 0; p < other->page_count; p++) {
        if (other->place[p] == 0) {
            continue;
        }
        const uint32_t *from = other->counts + (size_t)(other->place[p] - 1) * HW_TALLY_PAGE;
        uint32_t *to = counts_of(tally, other->first_page + (int32_t)p);
        for (int i = 0; i < HW_TALLY_PAGE; i++) {
            to[i] += from[i];
        }
    }
}

/* ---- Answers ---- */

/* The step below whose end there are more than `position` finite values. */
static double value_at(const hw_tally *tally, uint64_t position) {
    uint64_t before = 0;
    for (uint32_t p = 0; p < tally->page_count; p++) {
        const uint32_t *counts = tally->counts + (size_t)(tally->place[p] - 1) * HW_TALLY_PAGE;
        for (int32_t i = 0; tally->place[p] > 0 && i < HW_TALLY_PAGE; i++) {
            before += counts[i];
            if (before > position) {
                double value = value_of(tally, (tally->first_page + (int32_t)p) * HW_TALLY_PAGE + i);
                return fmin(fmax(value, tally->least), tally->greatest);
            }
        }
    }
    return tally->greatest;
}

double hw_tally_at(const hw_tally *tally, uint64_t position) {
    uint64_t finite = finite_count(tally);
    if (position < tally->below) {
        return -HUGE_VAL;
    }
    position -= tally->below;
    if (position >= finite) {
        return HUGE_VAL;
    }
    return position == 0            ? tally->least
           : position + 1 == finite ? tally->greatest
                                    : value_at(tally, position);
}

uint64_t hw_tally_until(const hw_tally *tally, double day) {
    uint64_t until = tally->below;
    for (uint32_t p = 0; p < tally->page_count; p++) {
        int64_t first = ((int64_t)tally->first_page + p) * HW_TALLY_PAGE;
        const uint32_t *counts = tally->counts + (size_t)(tally->place[p] - 1) * HW_TALLY_PAGE;
        for (int32_t i = 0; tally->place[p] > 0 && i < HW_TALLY_PAGE && (double)(first + i) <= day; i++) {
            until += counts[i];
        }
    }
    return until;
}

/* The squares of the deviations from the mean of all: those within blocks, and n times mean squared of each
 * block less that of all. */
static hw_moments moments_of(const hw_tally *tally) {
    hw_moments moments = {.count = finite_count(tally)};
    if (moments.count == 0) {
        return moments;
    }
    double n = (double)moments.count, sum = hw_exact_sum_value(&tally->sum);
    hw_exact_sum rest = tally->sum;
    hw_exact_sum_add(&rest, -sum);
    hw_exact_sum squares = tally->squares;
    double square = sum * sum;
    add_quotient(&squares, square, fma(sum, sum, -square) + 2 * sum * hw_exact_sum_value(&rest), n, -1);
    moments.mean = fmin(fmax(sum / n, tally->least), tally->greatest);
    moments.squares = tally->least < tally->greatest ? fmax(hw_exact_sum_value(&squares), 0) : 0;
    return moments;
}

static hw_quantile quantile_of(const hw_tally *tally, double p) {
    hw_order_bounds bounds = hw_quantile_bounds(tally->count, p);
    double low = bounds.low == 0 ? -HUGE_VAL : hw_tally_at(tally, bounds.low - 1);
    double high = bounds.high > tally->count ? HUGE_VAL : hw_tally_at(tally, bounds.high - 1);
    return (hw_quantile){.value = hw_tally_at(tally, hw_quantile_position(tally->count, p)),
                         .low = low,
                         .high = high,
                         .error = isfinite(low) && isfinite(high) ? (high - low) / 2 : (double)NAN};
}

hw_spread hw_tally_spread(const hw_tally *tally) {
    hw_moments moments = moments_of(tally);
    hw_spread spread = {.mean = hw_mean_of_moments(&moments),
                        .p10 = quantile_of(tally, 0.1),
                        .p50 = quantile_of(tally, 0.5),
                        .p90 = quantile_of(tally, 0.9),
                        .censored = tally->missing + tally->above > 0};
    if (tally->above + tally->below > 0) {
        double value = tally->below == 0 ? HUGE_VAL : tally->above == 0 ? -HUGE_VAL : (double)NAN;
        spread.mean = (hw_mean){.value = value, .error = (double)NAN};
    }
    return spread;
}

/* ---- As bytes ---- */

static size_t place_bytes(const hw_tally *tally) {
    return tally->page_count * sizeof *tally->place;
}

static size_t count_bytes(const hw_tally *tally) {
    return tally->pages_filled * (size_t)HW_TALLY_PAGE * sizeof *tally->counts;
}

size_t hw_tally_bytes(const hw_tally *tally) {
    return sizeof *tally + place_bytes(tally) + count_bytes(tally);
}

static unsigned char *put(unsigned char *to, const void *from, size_t bytes) {
    if (bytes > 0) {
        memcpy(to, from, bytes);
    }
    return to + bytes;
}

unsigned char *hw_tally_pack(const hw_tally *tally, unsigned char *bytes) {
    bytes = put(bytes, tally, sizeof *tally);
    bytes = put(bytes, tally->place, place_bytes(tally));
    return put(bytes, tally->counts, count_bytes(tally));
}

const unsigned char *hw_tally_unpack(hw_tally *tally, const unsigned char *bytes) {
    memcpy(tally, bytes, sizeof *tally);
    bytes += sizeof *tally;
    tally->place = hw_take(tally->page_count, sizeof *tally->place);
    put((unsigned char *)tally->place, bytes, place_bytes(tally));
    bytes += place_bytes(tally);
    tally->counts = hw_take(tally->pages_filled * (size_t)HW_TALLY_PAGE, sizeof *tally->counts);
    put((unsigned char *)tally->counts, bytes, count_bytes(tally));
    return bytes + count_bytes(tally);
}
