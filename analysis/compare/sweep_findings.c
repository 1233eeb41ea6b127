/* The findings on the points of a sweep in sentences. Every figure in them stands in a sheet, too. */
#include "analysis/base/memory.h"
#include "analysis/compare/sweep_parts.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static void say(hw_sheet *findings, char *sentence) {
    hw_cell_set_text(&hw_sheet_add_row(findings, false)[0], sentence);
    free(sentence);
}

/* "120 days fewer (95 %: 90 to 150; clear only alone)" */
static char *say_difference(const hw_sweep_criterion *by, const hw_sweep_difference *one) {
    bool less = one->value < 0;
    double sign = less ? -1 : 1;
    char *value = hw_thousands(sign * one->value, by->decimals);
    char *low =
        isnan(one->low) ? hw_take_text("?") : hw_thousands(less ? -one->high : one->low, by->decimals);
    char *high =
        isnan(one->high) ? hw_take_text("?") : hw_thousands(less ? -one->low : one->high, by->decimals);
    const char *units = strcmp(by->units, "1") == 0 ? "" : by->units;
    const char *verdict = one->verdict == HW_VERDICT_AMONG   ? ""
                          : one->verdict == HW_VERDICT_ALONE ? "; clear only alone"
                                                             : "; cannot be told from zero";
    char *text = one->verdict == HW_VERDICT_SAME
                     ? hw_take_text("the same as the base in all worlds")
                     : hw_take_text("%s%s%s %s (95 %%: %s to %s%s)", value, *units ? " " : "", units,
                                    less ? "less" : "more", low, high, verdict);
    free(value);
    free(low);
    free(high);
    return text;
}

static char *say_extreme(const hw_compare *all, const hw_sweep_ranking *r, uint32_t c, uint32_t variant,
                         const char *what) {
    char *said = say_difference(&r->criteria[c], &r->found[(size_t)variant * r->count + c]);
    char *text = hw_take_text("%s at point %s: %s", what, all->variants[variant].name, said);
    free(said);
    return text;
}

/* "release: Aghali (at the base 612 days)". The caller frees it. */
static char *say_title(const hw_sweep_ranking *r, uint32_t c) {
    const hw_sweep_criterion *by = &r->criteria[c];
    double base = (double)NAN;
    for (uint32_t v = 0; v < r->field->count && isnan(base); v++) {
        base =
            r->found[(size_t)v * r->count + c].known ? r->found[(size_t)v * r->count + c].base : (double)NAN;
    }
    if (r->field->own_bases || isnan(base)) {
        return hw_take_text("%s", by->title);
    }
    char *number = hw_thousands(base, by->decimals);
    bool counted = strcmp(by->units, "1") != 0;
    char *text = hw_take_text("%s (at the base %s%s%s)", by->title, number, counted ? " " : "",
                              counted ? by->units : "");
    free(number);
    return text;
}

static void say_criterion(const hw_compare *all, const hw_sweep_ranking *r, hw_sheet *findings, uint32_t c) {
    unsigned below = 0, above = 0, alone = 0, unclear = 0, same = 0;
    uint32_t least = UINT32_MAX, most = UINT32_MAX;
    for (uint32_t v = 0; v < all->variant_count; v++) {
        const hw_sweep_difference *one = &r->found[(size_t)v * r->count + c];
        if (!one->known) {
            continue;
        }
        least = least == UINT32_MAX || one->value < r->found[(size_t)least * r->count + c].value ? v : least;
        most = most == UINT32_MAX || one->value > r->found[(size_t)most * r->count + c].value ? v : most;
        below += one->verdict == HW_VERDICT_AMONG && one->value < 0;
        above += one->verdict == HW_VERDICT_AMONG && one->value > 0;
        alone += one->verdict == HW_VERDICT_ALONE;
        unclear += one->verdict == HW_VERDICT_UNCLEAR;
        same += one->verdict == HW_VERDICT_SAME;
    }
    unsigned known = below + above + alone + unclear + same;
    char *title = say_title(r, c);
    char *lowest = known ? say_extreme(all, r, c, least, "lowest") : NULL;
    if (known == 0) {
        say(findings, hw_take_text("%s: no difference is known.", title));
    } else if (known == 1) {
        say(findings, hw_take_text("%s:%s.", title, strstr(lowest, " at point ")));
    } else if (same == known) {
        say(findings, hw_take_text("%s: the same as the base in all worlds at all %u points.", title, same));
    } else {
        char *highest = say_extreme(all, r, c, most, "highest");
        say(findings,
            hw_take_text("%s, %s; %s. Of %u points, %u are below the base and %u above it, clearly among all "
                         "%zu comparisons; %u more differ when looked at alone; of %u the difference cannot "
                         "be told from zero; %u are the same in all worlds.",
                         title, lowest, highest, known, below, above, all->judged, alone, unclear, same));
        free(highest);
    }
    free(lowest);
    free(title);
}

static int compare_numbers(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Over all outcomes and points. */
static void say_saving(const hw_compare *all, hw_sheet *findings) {
    const hw_sheet *pairing = hw_book_find(all->book, "pairing");
    double *times = hw_take(pairing->row_count, sizeof *times);
    size_t count = 0;
    for (size_t row = 0; row < pairing->row_count; row++) {
        times[count] = hw_sheet_number(pairing, row, "together");
        count += isnan(times[count]) ? 0 : 1;
    }
    qsort(times, count, sizeof *times, compare_numbers);
    if (count > 0) {
        char *middle = hw_thousands((times[(count - 1) / 2] + times[count / 2]) / 2, 1);
        char *least = hw_thousands(times[0], 1), *most = hw_thousands(times[count - 1], 1);
        say(findings, hw_take_text("Pairing on the same worlds: to know the differences as well, independent "
                                   "runs would need %s times the replications for the typical outcome and "
                                   "point (%s to %s).",
                                   middle, least, most));
        free(middle);
        free(least);
        free(most);
    }
    free(times);
}

void hw_sweep_add_findings(const hw_compare *all, const hw_sweep_ranking *r) {
    hw_sheet *findings = hw_book_add(all->book, "findings", "Findings");
    hw_sheet_add_column(findings, "finding", NULL, 0);
    for (uint32_t c = 0; c < r->count; c++) {
        say_criterion(all, r, findings, c);
    }
    if (all->apart) {
        say(findings,
            hw_take_text(
                "Only summaries were kept, so what the points have in common cannot be used: ± here is "
                "as a rule much wider than the paired one. 'keep: outcomes' in the design, and the "
                "sweep run again, gives that."));
    } else {
        say_saving(all, findings);
    }
}
