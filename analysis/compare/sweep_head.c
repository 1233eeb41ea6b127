/* What was compared of a sweep, for people above the tables. Everything stands in a table, too. */
#include "analysis/base/memory.h"
#include "analysis/compare/sweep_parts.h"
#include "analysis/results/known.h"
#include "sim/date.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

char *hw_sweep_base_words(const hw_sweep_field *field) {
    return field->own_bases ? hw_take_text("the same point of %s", field->own_bases_of)
                            : hw_take_text("point %s", field->bases[0].name);
}

static void print_base(FILE *out, const hw_sweep_comparison *c) {
    const hw_sweep_about *about = c->field.sample->about;
    const hw_outcomes *base = c->all.base->outcomes;
    char start[16], horizon[16];
    fprintf(out, "%s\n", about->title);
    if (*about->question) {
        fprintf(out, "%s\n", about->question);
    }
    char *base_words = hw_sweep_base_words(&c->field);
    fprintf(out, "Base: %s\n", base_words);
    free(base_words);
    fprintf(out,
            "%u of %" PRIu64 " points of a %s design against it\n%" PRIu64 " replications, seed %" PRIu64
            ", %s to %s, %s\n",
            c->field.count, about->points, about->design, about->replications, about->seed,
            hw_date_print(base->start, start), hw_date_print(base->horizon, horizon), about->model);
    hw_known_print(out, base);
}

/* ---- Warnings ---- */

/* Once for each reason, in the order in which they come up. */
static void warn_of_left_out(FILE *out, const hw_sweep_field *field) {
    uint32_t count[HW_LEFT_OUT_REASONS] = {0};
    for (uint32_t i = 0; i < field->left_out_count; i++) {
        count[field->left_out_why[i]]++;
    }
    for (uint32_t i = 0; i < field->left_out_count; i++) {
        hw_left_out why = field->left_out_why[i];
        if (count[why] > 0) {
            fprintf(out, "!!! %u point%s left out, point %" PRIu64 " the first: %s.\n", count[why],
                    count[why] == 1 ? " is" : "s are", field->left_out[i], hw_left_out_words(why));
        }
        count[why] = 0;
    }
}

/* How many points differ in a value; 0 when a point before the given one did already. */
static size_t points_with(const hw_comparison *all, const char *path, const hw_difference *first) {
    size_t points = 0;
    for (uint32_t v = 0; v < all->variant_count; v++) {
        for (uint32_t i = 0; i < all->differences[v].count; i++) {
            const hw_difference *one = &all->differences[v].items[i];
            if (strcmp(one->path, path) != 0) {
                continue;
            }
            if (points == 0 && one != first) {
                return 0;
            }
            points++;
        }
    }
    return points;
}

/* Once for each value that has a say in the ground. */
static void warn_of_ground(FILE *out, const hw_comparison *all) {
    for (uint32_t v = 0; v < all->variant_count; v++) {
        for (uint32_t i = 0; i < all->differences[v].count; i++) {
            const hw_difference *one = &all->differences[v].items[i];
            size_t points = one->ground ? points_with(all, one->path, one) : 0;
            if (points > 0) {
                fprintf(out,
                        "!!! %s differs from the base at %zu point%s: the ground itself is not the same.\n",
                        one->path, points, points == 1 ? "" : "s");
            }
        }
    }
}

void hw_compare_sweep_print_warnings(FILE *out, const hw_sweep_comparison *c) {
    if (!c->field.sample->about->sealed || !c->field.base_sample->about->sealed) {
        fputs(
            "!!! NOT SEALED: a file was changed since it was written. Its figures may not be those that were "
            "computed.\n",
            out);
    }
    size_t failed = 0, missing = 0;
    for (uint32_t v = 0; v < c->all.variant_count; v++) {
        failed += c->all.pairs[v].failed > 0;
        missing += c->all.pairs[v].missing > 0;
    }
    if (failed > 0) {
        fprintf(out,
                "!!! At %zu point%s replications FAILED (a law did not hold), there or in the base, and are "
                "left out. Do not\n!!! rely on the figures before the cause is known.\n",
                failed, failed == 1 ? "" : "s");
    }
    if (missing > 0) {
        fprintf(out, "!!! At %zu point%s replications are not finished, there or in the base.\n", missing,
                missing == 1 ? "" : "s");
    }
    warn_of_left_out(out, &c->field);
    warn_of_ground(out, &c->all);
}

/* ---- How to read ---- */

static void print_how_to_read(FILE *out, const hw_comparison *all) {
    static const char worlds[] =
        "A difference is the point less the base, world by world, in the mean; ± is half of "
        "its 95 % interval (Monte Carlo error).";
    static const char summaries[] =
        "A difference is the mean at the point less the mean at the base; ± is half of its 95 % interval "
        "(Monte "
        "Carlo error). Only summaries were kept, so worlds cannot be paired, and ± allows for any "
        "correlation "
        "between the two: as a rule it is much wider than the paired one, which 'keep: outcomes' in the "
        "design "
        "gives. Differences of quantiles are left out: from summaries their error is not known.";
    hw_compare_print_reading(out, all, all->apart ? summaries : worlds, "");
}

void hw_compare_sweep_print_head(FILE *out, const hw_sweep_comparison *c) {
    print_base(out, c);
    hw_compare_sweep_print_warnings(out, c);
    hw_censored_print_warning(out, &c->all.censored);
    print_how_to_read(out, &c->all);
    for (size_t i = 0; i < c->all.finding_count; i++) {
        fputs(i == 0 ? "\nFindings\n" : "", out);
        hw_print_paragraph(out, c->all.findings[i].text);
    }
}
