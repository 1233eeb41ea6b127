/* The findings of a comparison in sentences. Every figure in them stands in a table, too. */
#include "analysis/base/memory.h"
#include "analysis/compare/parts.h"
#include "sim/date.h"
#include <inttypes.h>
#include <stdlib.h>

/* ---- Words that all findings share ---- */

static char *number_words(double number, uint32_t decimals) {
    return isnan(number) ? hw_take_text("?") : hw_thousands(number, decimals);
}

char *hw_amount_words(const hw_amount *amount, uint32_t decimals, const char *after, const char *end) {
    char *value = hw_thousands(amount->value, decimals);
    char *low = number_words(amount->low, decimals), *high = number_words(amount->high, decimals);
    char *text = hw_take_text("%s%s (95 %%: %s to %s%s)", value, after, low, high, end);
    free(value);
    free(low);
    free(high);
    return text;
}

char *hw_verdict_count_words(const hw_verdict_count *count, size_t comparisons) {
    char *floor = count->floor > 0 ? hw_take_text("; %u are below the noise floor", count->floor)
                                   : hw_take_text("%s", "");
    char *text = hw_take_text("clearly among all %zu comparisons; %u more differ when looked at alone; of %u "
                              "the difference could be zero%s; %u are the same in all worlds.",
                              comparisons, count->alone, count->unclear, floor, count->same);
    free(floor);
    return text;
}

/* Words for a difference: what is more of it, and what is less. */
typedef struct wording {
    const char *units, *more, *less;
    uint32_t decimals;
} wording;

static const wording days_words = {"days", "later", "sooner", 0};
static const wording people_words = {"persons", "more", "fewer", 0};
static const wording money_words = {"million USD", "more", "less", 1};
static const wording victim_words = {"persons", "more", "fewer", 1};

/* "210 days sooner (95 %: 180 to 240)". The caller frees it. */
static char *difference_words(const hw_compare_row *row, const wording *words) {
    if (row->verdict == HW_VERDICT_SAME) {
        return hw_take_text("the same in all worlds");
    }
    bool floor = row->verdict == HW_VERDICT_FLOOR;
    bool unclear = row->verdict == HW_VERDICT_UNCLEAR || floor;
    bool turned = row->found.difference < 0 && !unclear;
    hw_amount amount = hw_amount_of(row, turned);
    const char *way = unclear ? "" : turned ? words->less : words->more;
    char *after = hw_take_text(" %s%s%s", words->units,
                               floor     ? ", which is below the noise floor"
                               : unclear ? ", which could be zero"
                                         : " ",
                               way);
    char *text = hw_amount_words(&amount, words->decimals, after,
                                 row->verdict == HW_VERDICT_ALONE ? "; clear only alone" : "");
    free(after);
    return text;
}

/* ---- Places ---- */

/* The rows of a kind, `*count` in number. */
static const hw_compare_row *rows_of(const hw_comparison *all, uint32_t kind, size_t *count) {
    *count = all->of_kind[kind].count;
    return all->rows + all->of_kind[kind].first;
}

static void count_places(hw_comparison *all, uint32_t variant) {
    size_t rows;
    const hw_compare_row *row = rows_of(all, HW_KIND_PLACE_RELEASE, &rows);
    hw_verdict_count count = {0};
    for (size_t i = 0; i < rows; i++) {
        if (row[i].variant == variant) {
            hw_verdict_count_add(&count, &row[i]);
        }
    }
    unsigned places = hw_verdict_count_all(&count);
    if (places < 2) {
        return;
    }
    if (count.same == places) {
        hw_compare_say(all, variant,
                       hw_take_text("All %u places are released on the same days in all worlds.", places));
        return;
    }
    char *verdicts = hw_verdict_count_words(&count, all->judged);
    hw_compare_say(all, variant,
                   hw_take_text("Of %u places, %u are released sooner and %u later in the mean, %s", places,
                                count.below, count.above, verdicts));
    free(verdicts);
}

static void say_place(hw_comparison *all, const hw_compare_row *row) {
    char *difference = difference_words(row, &days_words);
    char *count = hw_thousands((double)all->pairs[row->variant].count, 0);
    if (row->verdict == HW_VERDICT_SAME) {
        hw_compare_say(all, row->variant, hw_take_text("Release of %s: %s.", row->label, difference));
    } else {
        hw_compare_say(all, row->variant,
                       hw_take_text("Release of %s: %s; sooner in %zu of %s worlds, later in %zu.",
                                    row->label, difference, row->found.lower, count, row->found.higher));
    }
    free(count);
    free(difference);
}

/* The asked place, or those with the largest differences that are clear. */
static void say_places(hw_comparison *all, uint32_t variant) {
    enum { MOST_TOLD = 3 };
    size_t rows;
    const hw_compare_row *row = rows_of(all, HW_KIND_PLACE_RELEASE, &rows);
    double last = HUGE_VAL;
    for (int told = 0; told < MOST_TOLD; told++) {
        const hw_compare_row *best = NULL;
        for (size_t i = 0; i < rows; i++) {
            bool wanted =
                row[i].variant == variant && (all->place != NULL || row[i].verdict == HW_VERDICT_AMONG);
            double size = fabs(row[i].found.difference);
            if (wanted && size < last && (best == NULL || size > fabs(best->found.difference))) {
                best = &row[i];
            }
        }
        if (best == NULL) {
            return;
        }
        say_place(all, best);
        last = fabs(best->found.difference);
    }
}

/* ---- Totals: one row, one sentence ---- */

static void say_total(hw_comparison *all, uint32_t variant, uint32_t kind, const char *beginning,
                      const wording *words) {
    size_t rows;
    const hw_compare_row *row = rows_of(all, kind, &rows);
    for (size_t i = 0; i < rows; i++) {
        bool dated = !isnan(row[i].by);
        if (row[i].variant != variant || !row[i].total ||
            (dated && !hw_compare_is_main_date(all, row[i].by))) {
            continue;
        }
        char date[16];
        char *difference = difference_words(&row[i], words);
        hw_compare_say(all, variant,
                       hw_take_text("%s%s%s: %s.", beginning, dated ? " on " : "",
                                    dated ? hw_date_print((int64_t)row[i].by, date) : "", difference));
        free(difference);
        return;
    }
}

static void say_saving(hw_comparison *all, uint32_t variant) {
    const char *places = all->kinds[HW_KIND_PLACE_RELEASE].group;
    for (size_t i = 0; i < all->pairing_count; i++) {
        const hw_compare_pairing *one = &all->pairing[i];
        if (one->variant == variant && one->group == places && !isnan(one->together)) {
            hw_compare_say(
                all, variant,
                hw_take_text(
                    "Pairing on the same worlds: independent runs would need %.1f times the replications "
                    "to know the differences in release of places as well.",
                    one->together));
        }
    }
}

void hw_compare_say_repeats(hw_comparison *all, uint32_t kind) {
    if (all->floor_missing) {
        hw_compare_say(all, 0,
                       hw_take_text("There is no noise floor: no stream of money with a fixed exchange pays "
                                    "for clearance, so a hundred-thousandth more cannot be tried."));
    }
    double *ratios = hw_take(all->of_kind[kind].count, sizeof *ratios);
    for (size_t i = 0; i < all->of_kind[kind].count; i++) {
        const hw_compare_row *row = &all->rows[all->of_kind[kind].first + i];
        ratios[i] = all->variants[row->variant].floor ? (double)NAN : row->steady;
    }
    hw_savings ratio = hw_savings_of(ratios, all->of_kind[kind].count);
    if (ratio.known > 0) {
        hw_compare_say(
            all, all->has_floor,
            hw_take_text("Each world is the mean of %u copies: the error of days until release is %.2f times "
                         "that of as many runs as worlds of their own (%.2f to %.2f); %s.",
                         all->variants[0].copy_count + 1, ratio.middle, ratio.least, ratio.most,
                         ratio.middle < 1 ? "copies pay"
                                          : "copies do not pay, and more replications say more"));
    }
    free(ratios);
}

void hw_compare_find(hw_comparison *all) {
    hw_compare_say_repeats(all, HW_KIND_PLACE_RELEASE);
    for (uint32_t v = all->has_floor; v < all->variant_count; v++) {
        count_places(all, v);
        say_places(all, v);
        say_total(all, v, HW_KIND_PEOPLE, "People back in all places", &people_words);
        say_total(all, v, HW_KIND_MONEY, "Money spent on mine action until the horizon", &money_words);
        say_total(all, v, HW_KIND_VICTIMS, "Victims until the horizon", &victim_words);
        say_saving(all, v);
    }
}
