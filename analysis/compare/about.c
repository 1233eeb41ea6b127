/* What was compared with what: for programs as sheets, for people above the tables. */
#include "analysis/base/memory.h"
#include "analysis/compare/parts.h"
#include "sim/date.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static void add_fact(hw_sheet *sheet, const char *scenario, const char *fact, char *value) {
    hw_cell *row = hw_sheet_add_row(sheet, false);
    hw_cell_set_text(&row[0], scenario);
    hw_cell_set_text(&row[1], fact);
    hw_cell_set_text(&row[2], value);
    free(value);
}

/* A row for each line. */
static void add_lines(hw_sheet *sheet, const char *scenario, const char *fact, const char *lines) {
    for (const char *line = lines; line != NULL && *line;) {
        size_t length = strcspn(line, "\n");
        add_fact(sheet, scenario, fact, hw_take_text("%.*s", (int)length, line));
        line += length + (line[length] == '\n');
    }
}

static void add_scenario(hw_sheet *sheet, const hw_contender *one) {
    const hw_outcomes *outcomes = one->outcomes;
    add_fact(sheet, one->name, "title", hw_take_text("%s", outcomes->title));
    add_lines(sheet, one->name, "set over the scenario", outcomes->settings);
    add_lines(sheet, one->name, "scenario file", outcomes->files);
    if (outcomes->digest != NULL) {
        add_fact(sheet, one->name, "scenario digest", hw_take_text("%s", outcomes->digest));
    }
    add_fact(sheet, one->name, "program version", hw_take_text("%s", outcomes->version));
    add_fact(sheet, one->name, "replications used", hw_take_text("%" PRIu64, outcomes->count));
    add_fact(sheet, one->name, "replications failed", hw_take_text("%" PRIu64, outcomes->failed_count));
    add_fact(sheet, one->name, "complete", hw_take_text("%s", outcomes->complete ? "yes" : "no"));
    add_fact(sheet, one->name, "sealed", hw_take_text("%s", outcomes->unsealed ? "no" : "yes"));
}

static void add_about(hw_compare *all) {
    char date[16];
    const hw_outcomes *base = all->base->outcomes;
    hw_sheet *sheet = hw_book_add(all->book, "about", "What was compared");
    hw_sheet_add_column(sheet, "scenario", NULL, 0);
    hw_sheet_add_column(sheet, "fact", NULL, 0);
    hw_sheet_add_column(sheet, "value", NULL, 0);
    const char *name = all->base->name;
    add_fact(sheet, name, "role", hw_take_text("base"));
    add_fact(sheet, name, "model", hw_take_text("%s", base->model));
    add_fact(sheet, name, "seed", hw_take_text("%" PRIu64, base->seed));
    add_fact(sheet, name, "start", hw_take_text("%s", hw_date_print(base->start, date)));
    add_fact(sheet, name, "horizon", hw_take_text("%s", hw_date_print(base->horizon, date)));
    add_fact(sheet, name, "comparisons", hw_take_text("%zu", all->judged));
    add_scenario(sheet, all->base);
    for (uint32_t v = 0; v < all->variant_count; v++) {
        const hw_pairs *pairs = &all->pairs[v];
        name = all->variants[v].name;
        add_fact(sheet, name, "role", hw_take_text("variant"));
        add_scenario(sheet, &all->variants[v]);
        add_fact(sheet, name, "pairs", hw_take_text("%" PRIu64, pairs->count));
        add_fact(sheet, name, "pairs left out, failed", hw_take_text("%" PRIu64, pairs->failed));
        add_fact(sheet, name, "pairs left out, not finished", hw_take_text("%" PRIu64, pairs->missing));
    }
}

static void add_differing_values(hw_compare *all) {
    hw_sheet *sheet = hw_book_add(all->book, "differing_values", "Values of the scenarios that differ");
    static const char *const columns[] = {"scenario", "path", "base", "variant", "ground"};
    for (int i = 0; i < 5; i++) {
        hw_sheet_add_column(sheet, columns[i], NULL, 0);
    }
    for (uint32_t v = 0; v < all->variant_count; v++) {
        for (uint32_t i = 0; i < all->differences[v].count; i++) {
            const hw_difference *one = &all->differences[v].items[i];
            hw_cell *row = hw_sheet_add_row(sheet, false);
            hw_cell_set_text(&row[0], all->variants[v].name);
            hw_cell_set_text(&row[1], one->path);
            if (one->base != NULL) {
                hw_cell_set_text(&row[2], one->base);
            }
            if (one->variant != NULL) {
                hw_cell_set_text(&row[3], one->variant);
            }
            hw_cell_set_text(&row[4], one->ground ? "yes" : "no");
        }
    }
}

static void add_missing_names(hw_sheet *sheet, const hw_contender *has, const hw_contender *lacks,
                              const char *variant, const char *axis_name) {
    const hw_axis *axis = hw_outcomes_axis(has->outcomes, axis_name);
    const hw_axis *other = hw_outcomes_axis(lacks->outcomes, axis_name);
    for (uint32_t i = 0; axis != NULL && axis->labels != NULL && i < axis->length; i++) {
        if (hw_axis_find(other, axis->labels[i]) != UINT32_MAX) {
            continue;
        }
        hw_cell *row = hw_sheet_add_row(sheet, false);
        hw_cell_set_text(&row[0], variant);
        hw_cell_set_text(&row[1], axis_name);
        hw_cell_set_text(&row[2], axis->labels[i]);
        hw_cell_set_text(&row[3], has->name);
    }
}

static void add_not_in_both(hw_compare *all) {
    hw_sheet *sheet =
        hw_book_add(all->book, "not_in_both", "Places and districts that only one of the two scenarios has");
    static const char *const columns[] = {"scenario", "kind", "name", "only_in"};
    for (int i = 0; i < 4; i++) {
        hw_sheet_add_column(sheet, columns[i], NULL, 0);
    }
    static const char *const axes[] = {"place", "district"};
    for (uint32_t v = 0; v < all->variant_count; v++) {
        for (int a = 0; a < 2; a++) {
            const char *name = all->variants[v].name;
            const hw_contender *base = hw_compare_base_of(all, v);
            add_missing_names(sheet, base, &all->variants[v], name, axes[a]);
            add_missing_names(sheet, &all->variants[v], base, name, axes[a]);
        }
    }
}

void hw_compare_add_about(hw_compare *all) {
    add_about(all);
    add_differing_values(all);
    add_not_in_both(all);
}

/* ---- For people, from the sheets ---- */

static const char *text_at(const hw_sheet *sheet, size_t row, uint32_t column) {
    const hw_cell *cell = hw_sheet_cell(sheet, row, column);
    return cell->kind == HW_CELL_TEXT ? cell->text : "not there";
}

static const char *fact_of(const hw_book *book, const char *scenario, const char *fact) {
    const hw_sheet *about = hw_book_find(book, "about");
    const char *found = "";
    for (size_t row = 0; about != NULL && row < about->row_count; row++) {
        if (strcmp(text_at(about, row, 1), fact) == 0 &&
            (scenario == NULL || strcmp(text_at(about, row, 0), scenario) == 0)) {
            found = scenario != NULL || !*found ? text_at(about, row, 2) : found;
        }
    }
    return found;
}

static void print_differing(FILE *out, const hw_book *book, const char *scenario) {
    enum { MOST_SHOWN = 12 };
    const hw_sheet *sheet = hw_book_find(book, "differing_values");
    size_t count = 0;
    for (size_t row = 0; sheet != NULL && row < sheet->row_count; row++) {
        if (strcmp(text_at(sheet, row, 0), scenario) != 0 || ++count > MOST_SHOWN) {
            continue;
        }
        fprintf(out, "    %s: %s -> %s\n", text_at(sheet, row, 1), text_at(sheet, row, 2),
                text_at(sheet, row, 3));
    }
    if (count > MOST_SHOWN) {
        fprintf(out, "    and %zu more values (--csv, --json)\n", count - MOST_SHOWN);
    }
    if (count == 0) {
        fputs("    no value differs\n", out);
    }
}

static void print_warnings_of(FILE *out, const hw_book *book, const char *scenario) {
    const char *failed = fact_of(book, scenario, "pairs left out, failed");
    const char *missing = fact_of(book, scenario, "pairs left out, not finished");
    if (strcmp(failed, "0") != 0) {
        fprintf(out,
                "!!! %s: %s replications FAILED (a law did not hold) in it or in the base, and are left out. "
                "Do not rely on\n!!! the figures before the cause is known.\n",
                scenario, failed);
    }
    if (strcmp(missing, "0") != 0) {
        fprintf(out, "!!! %s: %s replications are not finished in it or in the base, and are left out.\n",
                scenario, missing);
    }
    const hw_sheet *values = hw_book_find(book, "differing_values");
    for (size_t row = 0; values != NULL && row < values->row_count; row++) {
        if (strcmp(text_at(values, row, 0), scenario) == 0 && strcmp(text_at(values, row, 4), "yes") == 0) {
            fprintf(out, "!!! %s: %s differs: the ground itself is not the same.\n", scenario,
                    text_at(values, row, 1));
            break;
        }
    }
    const hw_sheet *names = hw_book_find(book, "not_in_both");
    for (size_t row = 0; names != NULL && row < names->row_count; row++) {
        if (strcmp(text_at(names, row, 0), scenario) == 0) {
            fprintf(out, "!!! %s: the %s %s is only in %s, and is not compared.\n", scenario,
                    text_at(names, row, 1), text_at(names, row, 2), text_at(names, row, 3));
        }
    }
}

/* The next scenario after `row` that is a variant, or NULL. */
static const char *next_variant(const hw_book *book, size_t *row) {
    const hw_sheet *about = hw_book_find(book, "about");
    while (about != NULL && *row < about->row_count) {
        size_t at = (*row)++;
        if (strcmp(text_at(about, at, 1), "role") == 0 && strcmp(text_at(about, at, 2), "variant") == 0) {
            return text_at(about, at, 0);
        }
    }
    return NULL;
}

static void print_unsealed(FILE *out, const hw_book *book) {
    const hw_sheet *about = hw_book_find(book, "about");
    for (size_t row = 0; about != NULL && row < about->row_count; row++) {
        if (strcmp(text_at(about, row, 1), "sealed") == 0 && strcmp(text_at(about, row, 2), "no") == 0) {
            fprintf(out,
                    "!!! %s: NOT SEALED: its file was changed since it was written. Its figures may not be "
                    "those that were computed.\n",
                    text_at(about, row, 0));
        }
    }
}

void hw_compare_print_warnings(FILE *out, const hw_book *book) {
    size_t row = 0;
    print_unsealed(out, book);
    for (const char *variant; (variant = next_variant(book, &row));) {
        print_warnings_of(out, book, variant);
    }
}

static void print_findings(FILE *out, const hw_book *book) {
    const hw_sheet *findings = hw_book_find(book, "findings");
    const char *before = "";
    for (size_t row = 0; findings != NULL && row < findings->row_count; row++) {
        const char *scenario = text_at(findings, row, 0);
        if (strcmp(scenario, before) != 0) {
            fprintf(out, "\nFindings: %s against the base\n", scenario);
        }
        before = scenario;
        hw_print_paragraph(out, text_at(findings, row, 1));
    }
}

void hw_compare_print_base(FILE *out, const hw_book *book) {
    const char *base = text_at(hw_book_find(book, "about"), 0, 0);
    fprintf(out, "Base: %s (%s)\n%s replications, seed %s, %s to %s, %s\n", base,
            fact_of(book, base, "title"), fact_of(book, base, "replications used"),
            fact_of(book, base, "seed"), fact_of(book, base, "start"), fact_of(book, base, "horizon"),
            fact_of(book, base, "model"));
}

void hw_compare_print_head(FILE *out, const hw_book *book) {
    const char *base = text_at(hw_book_find(book, "about"), 0, 0);
    const char *horizon = fact_of(book, base, "horizon");
    hw_compare_print_base(out, book);
    size_t row = 0;
    for (const char *variant; (variant = next_variant(book, &row));) {
        fprintf(out, "\n%s (%s), on the same %s worlds, with\n", variant, fact_of(book, variant, "title"),
                fact_of(book, variant, "pairs"));
        print_differing(out, book, variant);
    }
    hw_compare_print_warnings(out, book);
    hw_censored_print_warning(out, book);
    fprintf(
        out,
        "\nHow to read: a difference is variant less base, world by world, in the mean; ± is half of its "
        "95 %% interval\n"
        "(Monte Carlo error). What has not happened by %s counts up to there; it is never left out.\n"
        "clear among all (**): told from zero, also with %s comparisons in view (Holm, 5 %%). clear alone "
        "(*): only if it\n"
        "were the one question. ~: cannot be told from zero. =: the same in all worlds. Saving: times the "
        "replications\n"
        "that independent runs would need.\n",
        horizon, fact_of(book, base, "comparisons"));
    print_findings(out, book);
}
