/* Verdicts on all rows together, and what pairing saved. */
#include "analysis/base/memory.h"
#include "analysis/compare/parts.h"
#include "sim/length.h"
#include <stdlib.h>
#include <string.h>

static const double none = (double)NAN;

const char *hw_compare_verdict(hw_verdict verdict) {
    static const char *const words[] = {
        [HW_VERDICT_SAME] = "same in all worlds",     [HW_VERDICT_UNCLEAR] = "could be zero",
        [HW_VERDICT_ALONE] = "clear alone",           [HW_VERDICT_AMONG] = "clear among all",
        [HW_VERDICT_FLOOR] = "below the noise floor",
    };
    return words[verdict];
}

const char *hw_compare_mark(hw_verdict verdict) {
    static const char *const marks[] = {[HW_VERDICT_SAME] = "=",
                                        [HW_VERDICT_UNCLEAR] = "~",
                                        [HW_VERDICT_ALONE] = "*",
                                        [HW_VERDICT_AMONG] = "**",
                                        [HW_VERDICT_FLOOR] = "°"};
    return marks[verdict];
}

const char *hw_compare_row_verdict(const hw_comparison *all, const hw_compare_row *row) {
    bool floor = all->variants[row->variant].floor && row->verdict != HW_VERDICT_SAME;
    return floor ? "the noise floor" : hw_compare_verdict(row->verdict);
}

/* To its units, and to the digits that are shown: what sums leave behind them must not decide on a rank. */
static void settle(hw_compare_row *row, const hw_compare_kind *what) {
    hw_paired *found = &row->found;
    row->saving = hw_ten_digits(hw_paired_saving(found));
    double scale = what->share ? what->scale : 1; /* other samples come scaled */
    double *const scaled[] = {&found->base,       &found->variant,    &found->difference, &found->low,
                              &found->high,       &found->error,      &row->trimmed.mean, &row->trimmed.low,
                              &row->trimmed.high, &row->trimmed.error};
    for (size_t i = 0; i < HW_LENGTH(scaled); i++) {
        *scaled[i] = hw_ten_digits(*scaled[i] * scale);
    }
    found->p = hw_ten_digits(found->p);
    row->steady = hw_ten_digits(row->steady);
}

/* ---- The noise floor ---- */

/* How far a mean may be from zero, at 95 %; where its interval is not known, how far it is. */
static double reach(double mean, double low, double high) {
    return isnan(low) || isnan(high) ? fabs(mean) : fmax(fabs(low), fabs(high));
}

/* The floor's row about the same; NULL when it has none. */
static const hw_compare_row *floor_row_of(const hw_comparison *all, const hw_compare_row *row) {
    const hw_compare_rows *rows = &all->of_kind[row->kind];
    for (size_t i = rows->first; i < rows->first + rows->count && all->rows[i].variant == 0; i++) {
        const hw_compare_row *floor = &all->rows[i];
        bool same_date = isnan(row->by) ? isnan(floor->by) : floor->by == row->by;
        if (same_date && strcmp(floor->label, row->label) == 0) {
            return floor;
        }
    }
    return NULL;
}

/* The mean decides on the verdict, since it is what the rankings show. */
static void hold_against_floor(hw_comparison *all, hw_compare_row *row) {
    const hw_compare_row *floor = floor_row_of(all, row);
    if (floor == NULL) {
        return;
    }
    if (floor->verdict == HW_VERDICT_SAME) {
        row->floor = row->trimmed_floor = 0; /* nothing moves nothing, whatever a share's interval is */
        return;
    }
    row->floor = reach(floor->found.difference, floor->found.low, floor->found.high);
    row->trimmed_floor = reach(floor->trimmed.mean, floor->trimmed.low, floor->trimmed.high);
    if (row->verdict != HW_VERDICT_SAME && fabs(row->found.difference) <= row->floor) {
        row->verdict = HW_VERDICT_FLOOR;
    }
}

/* ---- All together ---- */

void hw_compare_judge(hw_comparison *all) {
    hw_paired *found = hw_take(all->count, sizeof *found);
    hw_verdict *verdicts = hw_take(all->count, sizeof *verdicts);
    size_t count = 0;
    for (size_t i = 0; i < all->count; i++) {
        if (!all->variants[all->rows[i].variant].floor) {
            found[count++] = all->rows[i].found;
        }
    }
    all->judged = hw_judge(found, count, verdicts);
    for (size_t i = 0, next = 0; i < all->count; i++) {
        hw_compare_row *row = &all->rows[i];
        bool differs = row->found.lower + row->found.higher > 0;
        if (all->variants[row->variant].floor) {
            row->verdict = differs ? HW_VERDICT_FLOOR : HW_VERDICT_SAME;
        } else {
            row->verdict = verdicts[next++];
        }
        settle(row, &all->kinds[row->kind]);
    }
    for (size_t i = 0; i < all->count && all->has_floor; i++) {
        hold_against_floor(all, &all->rows[i]);
    }
    free(verdicts);
    free(found);
}

void hw_verdict_count_add(hw_verdict_count *count, const hw_compare_row *row) {
    count->below += row->verdict == HW_VERDICT_AMONG && row->found.difference < 0;
    count->above += row->verdict == HW_VERDICT_AMONG && row->found.difference > 0;
    count->alone += row->verdict == HW_VERDICT_ALONE;
    count->unclear += row->verdict == HW_VERDICT_UNCLEAR;
    count->same += row->verdict == HW_VERDICT_SAME;
    count->floor += row->verdict == HW_VERDICT_FLOOR;
}

unsigned hw_verdict_count_all(const hw_verdict_count *count) {
    return count->below + count->above + count->alone + count->unclear + count->same + count->floor;
}

/* ---- What pairing saved ---- */

static int ascending(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

hw_savings hw_savings_of(double *times, size_t count) {
    hw_savings savings = {0};
    for (size_t i = 0; i < count; i++) {
        if (!isnan(times[i])) {
            times[savings.known++] = times[i];
        }
    }
    if (savings.known > 0) {
        qsort(times, savings.known, sizeof *times, ascending);
        savings.middle = (times[(savings.known - 1) / 2] + times[savings.known / 2]) / 2;
        savings.least = times[0];
        savings.most = times[savings.known - 1];
    }
    return savings;
}

/* The next variant's rows that differ, of all kinds of a group. `next`: of each kind, the first row that is
 * not taken yet, since rows stand variant after variant. `times` has room for all rows. */
static hw_compare_pairing pairing_of(const hw_comparison *all, const char *group, uint32_t variant,
                                     size_t *next, double *times) {
    double apart = 0, paired = 0; /* variances, all together */
    size_t count = 0;
    for (uint32_t k = 0; k < all->kind_count; k++) {
        size_t end = all->of_kind[k].first + all->of_kind[k].count;
        bool own = strcmp(all->kinds[k].group, group) == 0;
        for (; own && next[k] < end && all->rows[next[k]].variant == variant; next[k]++) {
            const hw_paired *found = &all->rows[next[k]].found;
            if (found->difference_variance > 0) {
                times[count++] = hw_paired_saving(found);
                apart += found->base_variance + found->variant_variance;
                paired += found->difference_variance;
            }
        }
    }
    hw_compare_pairing pairing = {variant, group, count, none, none};
    if (count > 0) {
        pairing.together = hw_ten_digits(apart / paired);
        pairing.median = hw_ten_digits(hw_savings_of(times, count).middle);
    }
    return pairing;
}

void hw_compare_sum_up_pairing(hw_comparison *all) {
    if (all->apart) {
        return;
    }
    double *times = hw_take(all->count, sizeof *times);
    size_t *next = hw_take(all->kind_count, sizeof *next);
    all->pairing = hw_take((size_t)all->kind_count * all->variant_count, sizeof *all->pairing);
    const char *before = "";
    for (uint32_t k = 0; k < all->kind_count; k++) {
        next[k] = all->of_kind[k].first;
    }
    for (uint32_t k = 0; k < all->kind_count; k++) {
        if (!all->of_kind[k].there || strcmp(all->kinds[k].group, before) == 0) {
            continue;
        }
        before = all->kinds[k].group;
        for (uint32_t v = 0; v < all->variant_count; v++) {
            hw_compare_pairing pairing = pairing_of(all, before, v, next, times);
            if (!all->variants[v].floor) {
                all->pairing[all->pairing_count++] = pairing;
            }
        }
    }
    free(next);
    free(times);
}
