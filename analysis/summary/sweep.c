/* Ranges of the outputs of a sweep, and its points. */
#include "analysis/summary/sweep.h"
#include "analysis/base/memory.h"
#include "analysis/results/censoring.h"
#include "analysis/results/elements.h"
#include "analysis/results/sample.h"
#include "analysis/results/value_tree.h"
#include "sim/date.h"
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    POINTS_SHOWN = 20,
    ELEMENTS_SHOWN = 12,
    FACTORS_IN_SHEET = 8,
    OUTPUTS_IN_SHEET = 4,
    FACTORS_IN_VIEW = 5
};

/* One output of the file, with the statistics that the sheets show. */
typedef struct output {
    const char *name;
    const hw_sweep_variable *mean;
    double *means, *errors, *missing; /* points * count */
    char **labels;                    /* count: "Agdam city", "Agdam city, money"; NULL for a single number */
    bool day;
    int64_t start; /* of days */
} output;

/* ---- Reading ---- */

static double *numbers_of(const hw_sweep_results *results, const char *name, const char *suffix,
                          hw_errors *errors) {
    char *full = hw_take_text("%s%s", name, suffix);
    double *numbers = hw_sweep_results_numbers(results, full, errors);
    free(full);
    return numbers;
}

static bool read_output(output *o, const hw_sweep_results *results, const char *name, hw_errors *errors) {
    char *full = hw_take_text("%s_mean", name);
    *o = (output){.name = name, .mean = hw_sweep_results_find(results, full)};
    free(full);
    o->means = numbers_of(results, name, "_mean", errors);
    o->errors = numbers_of(results, name, "_mean_error", errors);
    o->missing = numbers_of(results, name, "_missing", errors);
    if (o->means == NULL || o->errors == NULL || o->missing == NULL) {
        return false;
    }
    o->labels = hw_sweep_element_labels(results, o->mean);
    const char *since = o->mean->units != NULL ? strstr(o->mean->units, " since ") : NULL;
    o->day = since != NULL && hw_date_parse(since + strlen(" since "), &o->start);
    return true;
}

static void free_output(output *o) {
    hw_sweep_results_free_texts(o->labels, o->mean->count);
    free(o->means);
    free(o->errors);
    free(o->missing);
}

static void set_value(hw_cell *cell, const output *o, double value) {
    if (o->day && isfinite(value)) {
        *cell = (hw_cell){.kind = HW_CELL_DATE, .number = (double)o->start + floor(value)};
    } else {
        hw_cell_set_number(cell, value);
    }
}

static void view_column(hw_sheet *sheet, const char *title, uint32_t value, uint32_t error) {
    if (sheet->view.column_count < HW_VIEW_COLUMNS_MOST) {
        sheet->view.columns[sheet->view.column_count++] =
            (hw_view_column){title, value, error, HW_NO_COLUMN, HW_NO_COLUMN, 0};
    }
}

/* ---- Sheet: how far each output moves ---- */

enum {
    OUTPUT,
    ELEMENT,
    UNITS,
    LEAST,
    LEAST_POINT,
    MEDIAN,
    MOST,
    MOST_POINT,
    ERROR,
    MISSING_LEAST,
    MISSING_MOST,
    CAUTION
};

static void add_range_columns(hw_sheet *sheet) {
    hw_sheet_add_column(sheet, "output", NULL, 0);
    hw_sheet_add_column(sheet, "element", NULL, 0);
    hw_sheet_add_column(sheet, "units", NULL, 0);
    hw_sheet_add_column(sheet, "least_mean", "as units say", 1);
    hw_sheet_add_column(sheet, "least_point", "1", 0);
    hw_sheet_add_column(sheet, "median_mean", "as units say", 1);
    hw_sheet_add_column(sheet, "most_mean", "as units say", 1);
    hw_sheet_add_column(sheet, "most_point", "1", 0);
    hw_sheet_add_column(sheet, "mean_error", "as units say", 1);
    hw_sheet_add_column(sheet, "missing_least", "%", 1);
    hw_sheet_add_column(sheet, "missing_most", "%", 1);
    hw_sheet_add_column(sheet, "caution", NULL, 0);
    sheet->view = (hw_view){.label_title = "output", .label = ELEMENT, .across = HW_NO_COLUMN};
    view_column(sheet, "lowest mean", LEAST, HW_NO_COLUMN);
    view_column(sheet, "at point", LEAST_POINT, HW_NO_COLUMN);
    view_column(sheet, "median of points", MEDIAN, ERROR);
    view_column(sheet, "highest mean", MOST, HW_NO_COLUMN);
    view_column(sheet, "at point", MOST_POINT, HW_NO_COLUMN);
    view_column(sheet, "missing, % from", MISSING_LEAST, HW_NO_COLUMN);
    view_column(sheet, "to", MISSING_MOST, HW_NO_COLUMN);
    view_column(sheet, "caution", CAUTION, HW_NO_COLUMN);
}

static int ascending(const void *a, const void *b) {
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

/* The median of those of `points` numbers that are numbers; NaN when none is. `sorted` has room for all. */
static double median_of(const double *numbers, uint64_t points, uint64_t stride, double *sorted) {
    uint64_t count = 0;
    for (uint64_t p = 0; p < points; p++) {
        if (isfinite(numbers[p * stride])) {
            sorted[count++] = numbers[p * stride];
        }
    }
    if (count == 0) {
        return (double)NAN;
    }
    qsort(sorted, count, sizeof *sorted, ascending);
    return sorted[(count - 1) / 2];
}

typedef struct extent {
    uint64_t least, most; /* points */
    bool any;
} extent;

static extent extent_of(const double *numbers, uint64_t points, uint64_t stride) {
    extent e = {0};
    for (uint64_t p = 0; p < points; p++) {
        double number = numbers[p * stride];
        if (!isfinite(number)) {
            continue;
        }
        e.least = !e.any || number < numbers[e.least * stride] ? p : e.least;
        e.most = !e.any || number > numbers[e.most * stride] ? p : e.most;
        e.any = true;
    }
    return e;
}

static void add_range(hw_sheet *sheet, const output *o, uint64_t points, uint64_t element, double *sorted) {
    uint64_t stride = o->mean->count;
    hw_cell *row = hw_sheet_add_row(sheet, element < ELEMENTS_SHOWN);
    char *label =
        o->labels != NULL ? hw_take_text("%s: %s", o->name, o->labels[element]) : hw_take_text("%s", o->name);
    hw_cell_set_text(&row[OUTPUT], o->name);
    hw_cell_set_text(&row[ELEMENT], label);
    hw_cell_set_text(&row[UNITS], o->day ? "date" : o->mean->units != NULL ? o->mean->units : "1");
    free(label);
    extent means = extent_of(o->means + element, points, stride);
    if (!means.any) {
        return;
    }
    extent missing = extent_of(o->missing + element, points, stride);
    set_value(&row[LEAST], o, o->means[means.least * stride + element]);
    set_value(&row[MOST], o, o->means[means.most * stride + element]);
    set_value(&row[MEDIAN], o, median_of(o->means + element, points, stride, sorted));
    hw_cell_set_number(&row[LEAST_POINT], (double)means.least);
    hw_cell_set_number(&row[MOST_POINT], (double)means.most);
    hw_cell_set_number(&row[ERROR], median_of(o->errors + element, points, stride, sorted));
    hw_cell_set_number(&row[MISSING_LEAST], 100 * o->missing[missing.least * stride + element]);
    hw_cell_set_number(&row[MISSING_MOST], 100 * o->missing[missing.most * stride + element]);
    char *words = hw_censored_words(o->day ? o->missing[missing.most * stride + element] : 0);
    hw_cell_set_text(&row[CAUTION], words);
    free(words);
}

static bool any_censored(const output *o, uint64_t points) {
    bool any = false;
    for (uint64_t i = 0; o->day && i < points * o->mean->count && !any; i++) {
        any = hw_censored_heavily(o->missing[i]);
    }
    return any;
}

static void add_ranges(hw_book *book, const output *outputs, uint32_t count, uint64_t points) {
    bool censored = false;
    for (uint32_t i = 0; i < count; i++) {
        censored = censored || any_censored(&outputs[i], points);
    }
    hw_sheet *sheet =
        hw_book_add(book, "sweep_outputs", "How far the mean of each output moves over all points");
    sheet->note =
        hw_take_text("Dates are means in which what does not happen counts as the end of the simulation; "
                     "± is the Monte Carlo error of the mean of a point, in its middle case (dates: days). "
                     "The extremes of many points are extreme by chance too.%s%s",
                     censored ? " " : "", censored ? hw_censored_note : "");
    add_range_columns(sheet);
    double *sorted = hw_take(points, sizeof *sorted);
    for (uint32_t i = 0; i < count; i++) {
        for (uint64_t element = 0; element < outputs[i].mean->count; element++) {
            add_range(sheet, &outputs[i], points, element, sorted);
        }
    }
    free(sorted);
}

/* ---- Sheet: the points ---- */

static void add_point_columns(hw_sheet *sheet, const hw_factor_values *factors, const output *const *shown,
                              uint32_t shown_count) {
    hw_sheet_add_column(sheet, "point", "1", 0);
    sheet->view = (hw_view){.label_title = "point", .label = 0, .across = HW_NO_COLUMN};
    for (uint32_t f = 0; f < factors->count; f++) {
        uint32_t column = hw_sheet_add_column(sheet, factors->info[f].name,
                                              factors->info[f].text ? NULL : factors->info[f].units, 3);
        if (f >= FACTORS_IN_VIEW) {
            continue;
        }
        view_column(sheet, factors->info[f].name, column, HW_NO_COLUMN);
        bool told = *hw_sweep_sample_units(&factors->info[f]) && !hw_sweep_sample_is_date(&factors->info[f]);
        sheet->view.with_units |= (uint32_t)told << (sheet->view.column_count - 1);
    }
    for (uint32_t i = 0; i < shown_count; i++) {
        const char *units = shown[i]->day ? "date" : shown[i]->mean->units;
        uint32_t value = hw_sheet_add_column(sheet, shown[i]->name, units, 1);
        char *name = hw_take_text("%s_error", shown[i]->name);
        uint32_t error = hw_sheet_add_column(sheet, name, shown[i]->day ? "days" : units, 1);
        free(name);
        view_column(sheet, shown[i]->name, value, error);
    }
}

static void fill_points(hw_sheet *sheet, const hw_factor_values *factors, const output *const *shown,
                        uint32_t shown_count) {
    for (uint64_t p = 0; p < factors->points; p++) {
        hw_cell *row = hw_sheet_add_row(sheet, p < POINTS_SHOWN);
        char number[24];
        snprintf(number, sizeof number, "%" PRIu64, p);
        hw_cell_set_text(&row[0], number);
        for (uint32_t f = 0; f < factors->count; f++) {
            if (factors->words[f] != NULL) {
                hw_cell_set_text(&row[1 + f], factors->words[f][p]);
            } else {
                hw_cell_set_number(&row[1 + f], factors->numbers[f][p]);
            }
        }
        for (uint32_t i = 0; i < shown_count; i++) {
            set_value(&row[1 + factors->count + 2 * i], shown[i], shown[i]->means[p * shown[i]->mean->count]);
            hw_cell_set_number(&row[2 + factors->count + 2 * i], shown[i]->errors[p * shown[i]->mean->count]);
        }
    }
}

/* Outputs with one number for each point, in the order of the file. */
static uint32_t choose_outputs(const output *outputs, uint32_t count, const output **shown) {
    uint32_t chosen = 0;
    for (uint32_t i = 0; i < count && chosen < OUTPUTS_IN_SHEET; i++) {
        if (outputs[i].mean->count == 1) {
            shown[chosen++] = &outputs[i];
        }
    }
    return chosen;
}

/* Of the outputs that are shown those that are heavily censored, by name. */
static char *caution_of_points(const output *const *shown, uint32_t count, uint64_t points) {
    char *text = hw_take_text("%s", "");
    for (uint32_t i = 0; i < count; i++) {
        if (!any_censored(shown[i], points)) {
            continue;
        }
        extent missing = extent_of(shown[i]->missing, points, 1);
        char *words = hw_censored_words(shown[i]->missing[missing.most]);
        char *longer = hw_take_text("%s %s is %s.", text, shown[i]->name, words);
        free(words);
        free(text);
        text = longer;
    }
    return text;
}

static hw_status add_points(hw_book *book, const hw_sweep_results *results, const output *outputs,
                            uint32_t count, hw_errors *errors) {
    const hw_sweep_about *about = hw_sweep_results_about(results);
    hw_factor_values factors;
    const output *shown[OUTPUTS_IN_SHEET];
    uint32_t shown_count = choose_outputs(outputs, count, shown);
    hw_status status = hw_factor_values_read(&factors, results, FACTORS_IN_SHEET, errors);
    if (status == HW_OK) {
        char *caution = caution_of_points(shown, shown_count, about->points);
        hw_sheet *sheet = hw_book_add(book, "sweep_points", "Points");
        sheet->note =
            hw_take_text("The first %d of %" PRIu64 " points at most; mean of outputs that are one number, "
                         "with its Monte Carlo error. All of it: xarray.open_dataset(FILE).%s",
                         POINTS_SHOWN, about->points, caution);
        free(caution);
        add_point_columns(sheet, &factors, shown, shown_count);
        fill_points(sheet, &factors, shown, shown_count);
    }
    hw_factor_values_free(&factors);
    return status;
}

/* ---- Public ---- */

void hw_sweep_summary_add_seal(hw_book *book, const hw_sweep_results *results) {
    if (hw_sweep_results_about(results)->sealed) {
        return;
    }
    hw_sheet *sheet = hw_book_add(book, "about", "What was read");
    hw_sheet_add_column(sheet, "fact", NULL, 0);
    hw_sheet_add_column(sheet, "value", NULL, 0);
    hw_cell *row = hw_sheet_add_row(sheet, false);
    hw_cell_set_text(&row[0], "sealed");
    hw_cell_set_text(&row[1], "no");
}

hw_status hw_sweep_summary_build(hw_book *book, const hw_sweep_results *results, hw_errors *errors) {
    uint32_t count = 0;
    const char *const *names = hw_sweep_results_outputs(results, &count);
    output *outputs = hw_take(count, sizeof *outputs);
    hw_status status = HW_OK;
    uint32_t read = 0;
    for (; read < count && status == HW_OK; read++) {
        status = read_output(&outputs[read], results, names[read], errors) ? HW_OK : HW_ERROR_IO;
    }
    if (status == HW_OK) {
        hw_sweep_summary_add_seal(book, results);
        add_ranges(book, outputs, count, hw_sweep_results_about(results)->points);
        status = add_points(book, results, outputs, count, errors);
    }
    for (uint32_t i = 0; i < read; i++) {
        free_output(&outputs[i]);
    }
    free(outputs);
    return status;
}

/* The day to which the scenarios know anything, when it is the same of all; nothing when none says one. */
static void print_as_of(FILE *out, const hw_sweep_results *results) {
    uint64_t count = 0;
    char **rows = hw_sweep_results_rows(results, &count), text[16];
    int64_t first = INT64_MAX, day;
    bool alike = true;
    for (uint64_t i = 0; rows != NULL && i < count; i++) {
        day = INT64_MAX;
        if (!hw_value_rows_as_of(rows[i], &day)) {
            day = INT64_MAX;
        }
        alike = alike && (i == 0 || day == first);
        first = i == 0 ? day : first;
    }
    if (!alike) {
        fputs("As of: each scenario its own day\n", out);
    } else if (first != INT64_MAX) {
        fprintf(out, "As of %s: from what was known by then\n", hw_date_print(first, text));
    }
    hw_sweep_results_free_texts(rows, count);
}

void hw_sweep_summary_print_head(FILE *out, const hw_sweep_results *results) {
    const hw_sweep_about *about = hw_sweep_results_about(results);
    uint32_t factors = 0;
    const hw_sweep_factor_info *factor = hw_sweep_results_factors(results, &factors);
    char *points = hw_thousands((double)about->points, 0);
    fprintf(out, "%s\n", about->title);
    if (*about->question) {
        fprintf(out, "%s\n", about->question);
    }
    fprintf(out,
            "%s points of a %s design, %" PRIu64 " replications each, seed %" PRIu64
            ", Homeward %s, digest %.12s\n",
            points, about->design, about->replications, about->seed, about->version, about->digest);
    print_as_of(out, results);
    fprintf(out, "factors:");
    for (uint32_t f = 0; f < factors && f < FACTORS_IN_SHEET; f++) {
        fprintf(out, "%s %s%s", f ? "," : "", factor[f].name, factor[f].assumed ? " (assumed)" : "");
    }
    if (factors > FACTORS_IN_SHEET) {
        fprintf(out, " and %u more", factors - FACTORS_IN_SHEET);
    }
    fputc('\n', out);
    free(points);
}

void hw_sweep_summary_print_warnings(FILE *out, const hw_sweep_results *results) {
    uint64_t count = 0;
    const uint64_t *points = NULL;
    const char *const *messages = hw_sweep_results_failures(results, &count, &points);
    if (!hw_sweep_results_about(results)->sealed) {
        fputs("!!! NOT SEALED: the file was changed since it was written. Its figures may not be those that "
              "were "
              "computed.\n",
              out);
    }
    if (count > 0) {
        fprintf(out,
                "warning: %" PRIu64
                " point%s had failed replications, which are left out; the first, point %" PRIu64 ": %s\n",
                count, count == 1 ? "" : "s", points[0], messages[0]);
    }
}
