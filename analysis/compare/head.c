/* What was compared, for people above the tables. */
#include "analysis/base/memory.h"
#include "analysis/compare/parts.h"
#include "analysis/results/given.h"
#include "analysis/results/known.h"
#include "analysis/results/learnt.h"
#include "sim/date.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char *or_absent(const char *value) {
    return value != NULL ? value : "not there";
}

static void print_differing(FILE *out, const hw_differences *values) {
    enum { MOST_SHOWN = 12 };
    for (uint32_t i = 0; i < values->count && i < MOST_SHOWN; i++) {
        const hw_difference *one = &values->items[i];
        fprintf(out, "    %s: %s -> %s\n", one->path, or_absent(one->base), or_absent(one->variant));
    }
    if (values->count > MOST_SHOWN) {
        fprintf(out, "    and %u more values (--csv, --json)\n", values->count - MOST_SHOWN);
    }
    if (values->count == 0) {
        fputs("    no value differs\n", out);
    }
}

static void print_warnings_of(FILE *out, const hw_comparison *all, uint32_t variant) {
    const char *name = all->variants[variant].name;
    const hw_pairs *pairs = &all->pairs[variant];
    if (pairs->failed > 0) {
        fprintf(out,
                "!!! %s: %" PRIu64
                " replications FAILED (a law did not hold) in it or in the base, and are left out. "
                "Do not rely on\n!!! the figures before the cause is known.\n",
                name, pairs->failed);
    }
    if (pairs->missing > 0) {
        fprintf(out,
                "!!! %s: %" PRIu64 " replications are not finished in it or in the base, and are left out.\n",
                name, pairs->missing);
    }
    const hw_differences *values = &all->differences[variant];
    for (uint32_t i = 0; i < values->count; i++) {
        if (values->items[i].ground) {
            fprintf(out, "!!! %s: %s differs: the ground itself is not the same.\n", name,
                    values->items[i].path);
            break;
        }
    }
    for (size_t i = 0; i < all->one_sided_count; i++) {
        const hw_one_sided *one = &all->one_sided[i];
        if (one->variant == variant) {
            fprintf(out, "!!! %s: the %s %s is only in %s, and is not compared.\n", name, one->axis,
                    one->name, one->only_in);
        }
    }
}

static void print_unsealed(FILE *out, const hw_contender *one) {
    if (one->outcomes->unsealed) {
        fprintf(out,
                "!!! %s: NOT SEALED: its file was changed since it was written. Its figures may not be "
                "those that were computed.\n",
                one->name);
    }
}

void hw_compare_print_warnings(FILE *out, const hw_comparison *all) {
    print_unsealed(out, all->base);
    for (uint32_t v = 0; v < all->variant_count; v++) {
        print_unsealed(out, &all->variants[v]);
    }
    for (uint32_t v = 0; v < all->variant_count; v++) {
        print_warnings_of(out, all, v);
    }
}

void hw_compare_print_base(FILE *out, const hw_comparison *all) {
    const hw_outcomes *base = all->base->outcomes;
    char start[16], horizon[16];
    fprintf(out, "Base: %s (%s)\n%" PRIu64 " replications, seed %" PRIu64 ", %s to %s, %s\n", all->base->name,
            base->title, base->count, base->seed, hw_date_print(base->start, start),
            hw_date_print(base->horizon, horizon), base->model);
    hw_known_print(out, base);
    char *given = hw_given_text(base);
    if (given != NULL) {
        fprintf(out,
                "%s in the base. All that follows is of these worlds, with the wider errors of so few.\n",
                given);
    }
    free(given);
    char *learnt = hw_learnt_text(base);
    if (learnt != NULL) {
        fprintf(out, "%s\nin the base. Each pair counts as its world does there.\n", learnt);
    }
    free(learnt);
}

static void print_findings(FILE *out, const hw_comparison *all) {
    for (size_t i = 0; i < all->finding_count; i++) {
        const hw_sentence *one = &all->findings[i];
        if (i == 0 || one->variant != all->findings[i - 1].variant) {
            fprintf(out, "\nFindings: %s against the base\n", all->variants[one->variant].name);
        }
        hw_print_paragraph(out, one->text);
    }
}

void hw_compare_print_reading(FILE *out, const hw_comparison *all, const char *difference, const char *more) {
    char horizon[16];
    char *text =
        hw_take_text("%s What has not happened by %s counts up to there; it is never left out. **: not zero, "
                     "even with all "
                     "%zu comparisons counted (Holm, 5 %%). *: not zero, if it were the only question. ~: "
                     "could be zero. =: "
                     "the same in all worlds. %sThe trimmed mean leaves out the twentieth of the worlds "
                     "with the lowest and the twentieth with the highest differences; its ± is Tukey's and "
                     "McLaughlin's. %s",
                     difference, hw_date_print(all->base->outcomes->horizon, horizon), all->judged,
                     all->has_floor ? "°: below the noise floor, what a hundred-thousandth more money for "
                                      "clearance (nothing changed) may move at most. "
                                    : "",
                     more);
    fputs("\nHow to read\n", out);
    hw_print_paragraph(out, text);
    free(text);
}

void hw_compare_print_head(FILE *out, const hw_comparison *all) {
    hw_compare_print_base(out, all);
    for (uint32_t v = 0; v < all->variant_count; v++) {
        fprintf(out, "\n%s (%s), on the same %" PRIu64 " worlds, with\n", all->variants[v].name,
                all->variants[v].outcomes->title, all->pairs[v].count);
        print_differing(out, &all->differences[v]);
    }
    hw_compare_print_warnings(out, all);
    hw_censored_print_warning(out, &all->censored);
    hw_compare_print_reading(
        out, all,
        "A difference is variant less base, world by world, in the mean; ± is half of its "
        "95 % interval (Monte Carlo error).",
        "Saving: times the replications that independent runs would need.");
    print_findings(out, all);
}
