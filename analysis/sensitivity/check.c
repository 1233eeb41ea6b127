/* The estimators against functions whose exact indices are known. */
#include "analysis/base/memory.h"
#include "analysis/sensitivity/sensitivity.h"
#include "sim/length.h"
#include <assert.h>
#include <gsl/gsl_qrng.h>
#include <math.h>
#include <stdlib.h>

enum { ROWS = 4096, FACTORS_MOST = 6 };

/* Of every index here, from so many quasi-random rows. */
static const double error_allowed = 0.01;

static const double pi = 3.141592653589793;

/* A function on the unit cube, and its indices. */
typedef struct known {
    const char *name;
    uint32_t factors;
    double (*value)(const double *unit, uint32_t factors);
    void (*exact)(double *main, double *total, uint32_t factors);
} known;

/* Ishigami and Homma 1990 (First International Symposium on Uncertainty Modeling and Analysis): sin x1 +
 * a sin^2 x2 + b x3^4 sin x1, x in [-pi, pi]. */
static const double ishigami_a = 7;
static const double ishigami_b = 0.1;

static double ishigami(const double *unit, uint32_t factors) {
    (void)factors;
    double x1 = pi * (2 * unit[0] - 1);
    double x2 = pi * (2 * unit[1] - 1);
    double x3 = pi * (2 * unit[2] - 1);
    return sin(x1) + ishigami_a * sin(x2) * sin(x2) + ishigami_b * pow(x3, 4) * sin(x1);
}

static void ishigami_exact(double *main, double *total, uint32_t factors) {
    (void)factors;
    double first = pow(1 + ishigami_b * pow(pi, 4) / 5, 2) / 2;
    double second = ishigami_a * ishigami_a / 8;
    double together = ishigami_b * ishigami_b * pow(pi, 8) * 8 / 225;
    double variance = first + second + together;
    main[0] = first / variance;
    main[1] = second / variance;
    main[2] = 0;
    total[0] = (first + together) / variance;
    total[1] = second / variance;
    total[2] = together / variance;
}

/* Sobol's G-function (Saltelli and Sobol' 1995, Reliability Engineering and System Safety 50): the product of
 * (|4 x - 2| + a) / (1 + a). */
static const double g_a[FACTORS_MOST] = {0, 0.5, 3, 9, 99, 99};

static double g_function(const double *unit, uint32_t factors) {
    double product = 1;
    for (uint32_t f = 0; f < factors; f++) {
        product *= (fabs(4 * unit[f] - 2) + g_a[f]) / (1 + g_a[f]);
    }
    return product;
}

static void g_exact(double *main, double *total, uint32_t factors) {
    double product = 1;
    for (uint32_t f = 0; f < factors; f++) {
        product *= 1 + 1 / (3 * (1 + g_a[f]) * (1 + g_a[f]));
    }
    for (uint32_t f = 0; f < factors; f++) {
        double own = 1 / (3 * (1 + g_a[f]) * (1 + g_a[f]));
        main[f] = own / (product - 1);
        total[f] = own * (product / (1 + own)) / (product - 1);
    }
}

static const known functions[] = {
    {"Ishigami, a = 7, b = 0.1", 3, ishigami, ishigami_exact},
    {"Sobol's G, a = 0, 0.5, 3, 9, 99, 99", 6, g_function, g_exact},
};

static void estimate(const known *function, hw_bounds *main, hw_bounds *total) {
    uint32_t k = function->factors;
    double *values = hw_take(ROWS * (size_t)(k + 2), sizeof *values);
    double *a = values;
    double *b = a + ROWS;
    double *ab = b + ROWS;
    double *parts = hw_take(ROWS * (size_t)(2 * k + 1), sizeof *parts);
    hw_sobol_rows rows = {.rows = ROWS,
                          .factors = k,
                          .spread = parts,
                          .main = parts + ROWS,
                          .total = parts + ROWS + ROWS * (size_t)k};
    gsl_qrng *generator = gsl_qrng_alloc(gsl_qrng_sobol, 2 * k);
    if (generator == NULL) {
        hw_out_of_memory();
    }
    for (size_t row = 0; row < ROWS; row++) {
        double unit[2 * FACTORS_MOST];
        gsl_qrng_get(generator, unit);
        a[row] = function->value(unit, k);
        b[row] = function->value(unit + k, k);
        for (uint32_t f = 0; f < k; f++) {
            double kept = unit[f];
            unit[f] = unit[k + f];
            ab[row * k + f] = function->value(unit, k);
            unit[f] = kept;
        }
    }
    gsl_qrng_free(generator);
    hw_sobol_rows_fill(&rows, a, b, ab);
    (void)hw_sobol_estimate(&rows, main, total);
    free(parts);
    free(values);
}

static hw_known_index known_index(const known *function, const char *kind, uint32_t factor, double exact,
                                  hw_bounds estimated) {
    double error = estimated.value - exact;
    return (hw_known_index){.function = function->name,
                            .kind = kind,
                            .factor = factor,
                            .exact = exact,
                            .error = error,
                            .estimate = estimated,
                            .good = fabs(error) <= error_allowed};
}

void hw_sensitivity_check(hw_known_index indices[HW_KNOWN_INDICES]) {
    uint32_t count = 0;
    for (size_t i = 0; i < HW_LENGTH(functions); i++) {
        double exact_main[FACTORS_MOST], exact_total[FACTORS_MOST];
        hw_bounds main[FACTORS_MOST], total[FACTORS_MOST];
        functions[i].exact(exact_main, exact_total, functions[i].factors);
        estimate(&functions[i], main, total);
        for (uint32_t f = 0; f < functions[i].factors; f++) {
            assert(count + 2 <= HW_KNOWN_INDICES);
            indices[count++] = known_index(&functions[i], "main", f, exact_main[f], main[f]);
            indices[count++] = known_index(&functions[i], "total", f, exact_total[f], total[f]);
        }
    }
}

/* ---- As a table ---- */

enum { FUNCTION, INDEX, EXACT, ESTIMATE, LOW, HIGH, ERROR, GOOD };

void hw_sensitivity_build_check(hw_book *book, const hw_known_index indices[HW_KNOWN_INDICES]) {
    static const char *const words[] = {"function", "index"}, *const numbers[] = {"exact", "estimate", "low",
                                                                                  "high", "error"};
    hw_sheet *sheet =
        hw_book_add(book, "sensitivity_check", "Sobol indices of functions whose indices are known");
    sheet->note =
        hw_take_text("%d rows of the Sobol sequence, main by Saltelli 2010, total by Jansen 1999; an error "
                     "up to %g is good.",
                     ROWS, error_allowed);
    hw_sheet_add_columns(sheet, words, HW_LENGTH(words), NULL, 4);
    hw_sheet_add_columns(sheet, numbers, HW_LENGTH(numbers), "share of variance", 4);
    hw_sheet_add_column(sheet, "verdict", NULL, 4);
    sheet->view = (hw_view){.label_title = "function",
                            .label = FUNCTION,
                            .across = HW_NO_COLUMN,
                            .columns = {hw_plain_column("index", INDEX), hw_plain_column("exact", EXACT),
                                        hw_range_column("estimate (95 %)", ESTIMATE, LOW, HIGH),
                                        hw_plain_column("error", ERROR), hw_plain_column("verdict", GOOD)},
                            .column_count = 5};
    for (uint32_t i = 0; i < HW_KNOWN_INDICES; i++) {
        const hw_known_index *one = &indices[i];
        hw_cell *row = hw_sheet_add_row(sheet, true);
        hw_cell_set_text(&row[FUNCTION], one->function);
        hw_cell_take_text(&row[INDEX], hw_take_text("%s %u", one->kind, one->factor + 1));
        hw_cell_set_number(&row[EXACT], one->exact);
        hw_cell_set_number(&row[ESTIMATE], one->estimate.value);
        hw_cell_set_number(&row[LOW], one->estimate.low);
        hw_cell_set_number(&row[HIGH], one->estimate.high);
        hw_cell_set_number(&row[ERROR], one->error);
        hw_cell_set_text(&row[GOOD], one->good ? "good" : "WRONG");
    }
}
