/* The findings on the points of a sweep in sentences. Every figure in them stands in a table, too. */
#include "analysis/base/memory.h"
#include "analysis/compare/sweep_parts.h"
#include <stdlib.h>
#include <string.h>

/* " days", or nothing for what is counted in no unit. */
static char *units_words(const hw_compare_kind *what) {
    bool counted = strcmp(what->difference_units, "1") != 0;
    return hw_take_text("%s%s", counted ? " " : "", counted ? what->difference_units : "");
}

/* "120 days less (95 %: 90 to 150; clear only alone)" */
static char *difference_words(const hw_compare_kind *what, const hw_compare_row *row) {
    static const char *const ends[] = {[HW_VERDICT_AMONG] = "",
                                       [HW_VERDICT_ALONE] = "; clear only alone",
                                       [HW_VERDICT_UNCLEAR] = "; could be zero"};
    if (row->verdict == HW_VERDICT_SAME) {
        return hw_take_text("the same as the base in all worlds");
    }
    bool less = row->found.difference < 0;
    hw_amount amount = hw_amount_of(row, less);
    char *units = units_words(what);
    char *after = hw_take_text("%s %s", units, less ? "less" : "more");
    char *text = hw_amount_words(&amount, what->decimals, after, ends[row->verdict]);
    free(after);
    free(units);
    return text;
}

static char *extreme_words(const hw_sweep_comparison *c, uint32_t criterion, const hw_compare_row *row,
                           const char *what) {
    char *said = difference_words(hw_sweep_kind_of(c, criterion), row);
    char *text = hw_take_text("%s at point %s: %s", what, c->all.variants[row->variant].name, said);
    free(said);
    return text;
}

/* "release: Aghali (at the base 612 days)". The caller frees it. */
static char *title_words(const hw_sweep_comparison *c, uint32_t criterion, const hw_compare_row *any) {
    const hw_compare_kind *what = hw_sweep_kind_of(c, criterion);
    const char *title = c->ranking.criteria[criterion].title;
    if (c->field.own_bases || any == NULL || isnan(any->found.base)) {
        return hw_take_text("%s", title);
    }
    char *number = hw_thousands(any->found.base, what->decimals), *units = units_words(what);
    char *text = hw_take_text("%s (at the base %s%s)", title, number, units);
    free(units);
    free(number);
    return text;
}

static void say_criterion(hw_sweep_comparison *c, uint32_t criterion) {
    hw_verdict_count count = {0};
    const hw_compare_row *least = NULL, *most = NULL, *first = NULL;
    for (uint32_t v = 0; v < c->all.variant_count; v++) {
        const hw_compare_row *one = hw_sweep_found(c, v, criterion);
        if (one == NULL) {
            continue;
        }
        if (first == NULL) {
            first = least = most = one;
        }
        least = one->found.difference < least->found.difference ? one : least;
        most = one->found.difference > most->found.difference ? one : most;
        hw_verdict_count_add(&count, one);
    }
    unsigned known = hw_verdict_count_all(&count);
    char *title = title_words(c, criterion, first), *said = NULL;
    if (first == NULL) {
        said = hw_take_text("%s: no difference is known.", title);
    } else if (known == 1) {
        char *only = extreme_words(c, criterion, least, "");
        said = hw_take_text("%s:%s.", title, only);
        free(only);
    } else if (count.same == known) {
        said = hw_take_text("%s: the same as the base in all worlds at all %u points.", title, count.same);
    } else {
        char *lowest = extreme_words(c, criterion, least, "lowest");
        char *highest = extreme_words(c, criterion, most, "highest");
        char *verdicts = hw_verdict_count_words(&count, c->all.judged);
        said = hw_take_text("%s, %s; %s. Of %u points, %u are below the base and %u above it, %s", title,
                            lowest, highest, known, count.below, count.above, verdicts);
        free(verdicts);
        free(highest);
        free(lowest);
    }
    free(title);
    hw_compare_say(&c->all, 0, said);
}

/* Over all outcomes and points. */
static void say_saving(hw_comparison *all) {
    double *times = hw_take(all->pairing_count, sizeof *times);
    for (size_t i = 0; i < all->pairing_count; i++) {
        times[i] = all->pairing[i].together;
    }
    hw_savings savings = hw_savings_of(times, all->pairing_count);
    if (savings.known > 0) {
        char *middle = hw_thousands(savings.middle, 1);
        char *least = hw_thousands(savings.least, 1), *most = hw_thousands(savings.most, 1);
        hw_compare_say(
            all, 0,
            hw_take_text("Pairing on the same worlds: to know the differences as well, independent "
                         "runs would need %s times the replications for the typical outcome and "
                         "point (%s to %s).",
                         middle, least, most));
        free(middle);
        free(least);
        free(most);
    }
    free(times);
}

void hw_sweep_find(hw_sweep_comparison *c) {
    for (uint32_t i = 0; i < c->ranking.count; i++) {
        say_criterion(c, i);
    }
    if (c->all.apart) {
        hw_compare_say(
            &c->all, 0,
            hw_take_text(
                "Only summaries were kept, so what the points have in common cannot be used: ± here is "
                "as a rule much wider than the paired one. 'keep: outcomes' in the design, and the "
                "sweep run again, gives that."));
    } else {
        say_saving(&c->all);
    }
}
