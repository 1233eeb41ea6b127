/* From where to where each factor of a sweep was moved: how much it can matter depends on that. */
#include "analysis/base/memory.h"
#include "analysis/sensitivity/parts.h"
#include "sim/length.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FACTORS_SHOWN = 20 };

int hw_sensitivity_word_order(const char *a, const char *b) {
    char *unit_of_a = NULL, *unit_of_b = NULL;
    double first = strtod(a, &unit_of_a);
    double second = strtod(b, &unit_of_b);
    bool numbers = unit_of_a != a && unit_of_b != b && strcmp(unit_of_a, unit_of_b) == 0;
    return numbers && first != second ? (first < second ? -1 : 1) : strcmp(a, b);
}

static int in_order(const void *a, const void *b) {
    return hw_sensitivity_word_order(*(const char *const *)a, *(const char *const *)b);
}

/* "nearest_release, worst_first": every word once, in order. */
static char *different_words(char *const *words, uint64_t count) {
    const char **sorted = hw_take(count, sizeof *sorted);
    memcpy(sorted, words, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, in_order);
    char *text = NULL;
    size_t length = 0;
    FILE *out = hw_take_stream(&text, &length);
    for (uint64_t i = 0; i < count; i++) {
        if (i == 0 || strcmp(sorted[i], sorted[i - 1]) != 0) {
            fprintf(out, "%s%s", i ? ", " : "", sorted[i]);
        }
    }
    fclose(out);
    free(sorted);
    return text;
}

static void span_numbers(hw_factor_span *span, const double *numbers, uint64_t count) {
    for (uint64_t i = 0; i < count; i++) {
        span->least = fmin(span->least, numbers[i]); /* which leave out what is not a number */
        span->most = fmax(span->most, numbers[i]);
    }
}

void hw_sensitivity_span_factors(hw_sensitivity *s, const hw_sensitivity_points *p) {
    s->factors = hw_take(p->factors.count, sizeof *s->factors);
    s->factor_count = p->factors.count;
    for (uint32_t f = 0; f < p->factors.count; f++) {
        hw_factor_span *span = &s->factors[f];
        *span = (hw_factor_span){.factor = p->factors.info[f].name,
                                 .path = p->factors.info[f].paths,
                                 .units = p->factors.info[f].units,
                                 .assumed = p->factors.info[f].assumed,
                                 .least = (double)NAN,
                                 .most = (double)NAN};
        if (p->factors.numbers[f] != NULL) {
            span_numbers(span, p->factors.numbers[f], p->points);
        } else {
            span->words = different_words(p->factors.words[f], p->points);
        }
    }
}

void hw_sensitivity_round(hw_cell *cell, const char *units, uint32_t decimals) {
    bool whole = units != NULL && (strcmp(units, "days") == 0 || strcmp(units, "USD") == 0 ||
                                   strncmp(units, "days since ", strlen("days since ")) == 0);
    cell->fewer_decimals = whole ? decimals : 0;
}

enum { SPAN_DECIMALS = 4 };
enum { FACTOR, PATH, ASSUMED, UNITS, LEAST, MOST, WORDS };

void hw_sensitivity_add_factors(hw_book *book, const hw_sensitivity *s) {
    hw_sheet *sheet = hw_book_add(book, "sensitivity_factors",
                                  "From where to where each factor was moved, over all points");
    sheet->note =
        hw_take_text("A narrower range makes a factor look less influential. Words: those that occur.");
    static const char *const names[] = {"factor", "path", "assumed", "units"}, *const ends[] = {"least",
                                                                                                "most"};
    hw_sheet_add_columns(sheet, names, HW_LENGTH(names), NULL, 0);
    hw_sheet_add_columns(sheet, ends, HW_LENGTH(ends), "as units say", SPAN_DECIMALS);
    hw_sheet_add_column(sheet, "words", NULL, 0);
    sheet->view = (hw_view){.label_title = "factor",
                            .label = FACTOR,
                            .across = HW_NO_COLUMN,
                            .columns = {hw_plain_column("basis", ASSUMED), hw_plain_column("least", LEAST),
                                        hw_plain_column("most", MOST), hw_plain_column("units", UNITS),
                                        hw_plain_column("words", WORDS)},
                            .column_count = 5};
    for (uint32_t f = 0; f < s->factor_count; f++) {
        const hw_factor_span *span = &s->factors[f];
        hw_cell *row = hw_sheet_add_row(sheet, f < FACTORS_SHOWN);
        hw_cell_set_text(&row[FACTOR], span->factor);
        hw_cell_set_text(&row[PATH], span->path);
        hw_cell_set_text(&row[ASSUMED], span->assumed ? "assumed" : "");
        hw_cell_set_text(&row[UNITS], span->units);
        hw_cell_set_number(&row[LEAST], span->least);
        hw_cell_set_number(&row[MOST], span->most);
        if (strncmp(span->units, "days since ", strlen("days since ")) == 0) { /* durations keep fractions */
            hw_sensitivity_round(&row[LEAST], span->units, SPAN_DECIMALS);
            hw_sensitivity_round(&row[MOST], span->units, SPAN_DECIMALS);
        }
        hw_cell_set_text(&row[WORDS], span->words != NULL ? span->words : "");
    }
}
