/* What was compared of a sweep, for people above the tables. Everything stands in a sheet, too. */
#include "analysis/base/memory.h"
#include "analysis/compare/sweep_parts.h"
#include <stdlib.h>
#include <string.h>

/* A fact of the sheet "sweep", or "". */
static const char *fact_of(const hw_book *book, const char *fact) {
    const hw_sheet *sheet = hw_book_find(book, "sweep");
    for (size_t row = 0; sheet != NULL && row < sheet->row_count; row++) {
        if (strcmp(hw_sheet_text(sheet, row, "fact"), fact) == 0) {
            return hw_sheet_text(sheet, row, "value");
        }
    }
    return "";
}

static void print_base(FILE *out, const hw_book *book) {
    fprintf(out, "%s\n", fact_of(book, "title"));
    if (*fact_of(book, "question")) {
        fprintf(out, "%s\n", fact_of(book, "question"));
    }
    fprintf(out, "Base: %s\n", fact_of(book, "base"));
    fprintf(out, "%s of %s points of a %s design against it\n%s replications, seed %s, %s to %s, %s\n",
            fact_of(book, "points compared"), fact_of(book, "points"), fact_of(book, "design"),
            fact_of(book, "replications"), fact_of(book, "seed"), fact_of(book, "start"),
            fact_of(book, "horizon"), fact_of(book, "model"));
}

/* ---- Warnings ---- */

/* How many variants have anything but 0 under a fact of the sheet "about". */
static size_t count_facts(const hw_book *book, const char *fact) {
    const hw_sheet *about = hw_book_find(book, "about");
    size_t count = 0;
    for (size_t row = 0; about != NULL && row < about->row_count; row++) {
        count += strcmp(hw_sheet_text(about, row, "fact"), fact) == 0 &&
                 strcmp(hw_sheet_text(about, row, "value"), "0") != 0;
    }
    return count;
}

static void warn_of_left_out(FILE *out, const hw_book *book) {
    const hw_sheet *left = hw_book_find(book, "points_left_out");
    for (size_t row = 0; left != NULL && row < left->row_count; row++) {
        const char *why = hw_sheet_text(left, row, "why");
        size_t same = 0, before = 0;
        for (size_t other = 0; other < left->row_count; other++) {
            bool equal = strcmp(hw_sheet_text(left, other, "why"), why) == 0;
            same += equal;
            before += equal && other < row;
        }
        if (before > 0) {
            continue;
        }
        fprintf(out, "!!! %zu point%s left out, point %.0f the first: %s.\n", same,
                same == 1 ? " is" : "s are", hw_sheet_number(left, row, "point"), why);
    }
}

/* Once for each value that has a say in the ground. */
static void warn_of_ground(FILE *out, const hw_book *book) {
    const hw_sheet *values = hw_book_find(book, "differing_values");
    for (size_t row = 0; values != NULL && row < values->row_count; row++) {
        const char *path = hw_sheet_text(values, row, "path");
        if (strcmp(hw_sheet_text(values, row, "ground"), "yes") != 0) {
            continue;
        }
        size_t points = 0, before = 0;
        for (size_t other = 0; other < values->row_count && before == 0; other++) {
            bool same = strcmp(hw_sheet_text(values, other, "path"), path) == 0;
            points += same;
            before += same && other < row;
        }
        if (before == 0) {
            fprintf(out, "!!! %s differs from the base at %zu point%s: the ground itself is not the same.\n",
                    path, points, points == 1 ? "" : "s");
        }
    }
}

void hw_compare_sweep_print_warnings(FILE *out, const hw_book *book) {
    if (strcmp(fact_of(book, "sealed"), "no") == 0) {
        fputs(
            "!!! NOT SEALED: a file was changed since it was written. Its figures may not be those that were "
            "computed.\n",
            out);
    }
    size_t failed = count_facts(book, "pairs left out, failed");
    size_t missing = count_facts(book, "pairs left out, not finished");
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
    warn_of_left_out(out, book);
    warn_of_ground(out, book);
}

/* ---- How to read ---- */

static void print_how_to_read(FILE *out, const hw_book *book) {
    bool paired = strcmp(fact_of(book, "worlds"), "paired") == 0;
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
        "gives. Differences of quantiles are not told: from summaries their error is not known.";
    char *text =
        hw_take_text("%s What has not happened by %s counts up to there; it is never left out. **: told from "
                     "zero, also with "
                     "%s comparisons in view (Holm, 5 %%). *: only if it were the one question. ~: cannot be "
                     "told from zero. "
                     "=: the same in all worlds.",
                     paired ? worlds : summaries, fact_of(book, "horizon"), fact_of(book, "comparisons"));
    fputs("\nHow to read\n", out);
    hw_print_paragraph(out, text);
    free(text);
}

void hw_compare_sweep_print_head(FILE *out, const hw_book *book) {
    print_base(out, book);
    hw_compare_sweep_print_warnings(out, book);
    hw_censored_print_warning(out, book);
    print_how_to_read(out, book);
    const hw_sheet *findings = hw_book_find(book, "findings");
    if (findings != NULL && findings->row_count > 0) {
        fputs("\nFindings\n", out);
    }
    for (size_t row = 0; findings != NULL && row < findings->row_count; row++) {
        hw_print_paragraph(out, hw_sheet_text(findings, row, "finding"));
    }
}
