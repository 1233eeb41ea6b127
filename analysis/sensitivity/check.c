/* The estimators against functions whose exact indices are known. */
#include "analysis/base/memory.h"
#include "analysis/sensitivity/sensitivity.h"
#include "sim/length.h"
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

enum { FUNCTION, INDEX, EXACT, ESTIMATE, LOW, HIGH, ERROR, GOOD };

static bool add_index(hw_sheet *sheet, const char *function, const char *kind, uint32_t factor, double exact,
                      hw_bounds estimated) {
    hw_cell *row = hw_sheet_add_row(sheet, true);
    double error = estimated.value - exact;
    bool good = fabs(error) <= error_allowed;
    char *index = hw_take_text("%s %u", kind, factor + 1);
    hw_cell_set_text(&row[FUNCTION], function);
    hw_cell_set_text(&row[INDEX], index);
    hw_cell_set_number(&row[EXACT], exact);
    hw_cell_set_number(&row[ESTIMATE], estimated.value);
    hw_cell_set_number(&row[LOW], estimated.low);
    hw_cell_set_number(&row[HIGH], estimated.high);
    hw_cell_set_number(&row[ERROR], error);
    hw_cell_set_text(&row[GOOD], good ? "good" : "WRONG");
    free(index);
    return good;
}

static void add_columns(hw_sheet *sheet) {
    static const char *const names[] = {"function", "index", "exact", "estimate",
                                        "low",      "high",  "error", "verdict"};
    for (uint32_t c = 0; c <= GOOD; c++) {
        bool number = c != FUNCTION && c != INDEX && c != GOOD;
        hw_sheet_add_column(sheet, names[c], number ? "share of variance" : NULL, 4);
    }
    static const uint32_t shown[] = {INDEX, EXACT, ESTIMATE, ERROR, GOOD};
    sheet->view = (hw_view){.label_title = "function", .label = FUNCTION, .across = HW_NO_COLUMN};
    for (uint32_t i = 0; i < HW_LENGTH(shown); i++) {
        bool interval = shown[i] == ESTIMATE;
        sheet->view.columns[sheet->view.column_count++] =
            (hw_view_column){interval ? "estimate (95 %)" : names[shown[i]],
                             shown[i],
                             HW_NO_COLUMN,
                             interval ? LOW : HW_NO_COLUMN,
                             interval ? HIGH : HW_NO_COLUMN,
                             0};
    }
}

bool hw_sensitivity_check(hw_book *book) {
    hw_sheet *sheet =
        hw_book_add(book, "sensitivity_check", "Sobol indices of functions whose indices are known");
    sheet->note =
        hw_take_text("%d rows of the Sobol sequence, main by Saltelli 2010, total by Jansen 1999; an error "
                     "up to %g is good.",
                     ROWS, error_allowed);
    add_columns(sheet);
    bool good = true;
    for (size_t i = 0; i < HW_LENGTH(functions); i++) {
        double exact_main[FACTORS_MOST];
        double exact_total[FACTORS_MOST];
        hw_bounds main[FACTORS_MOST];
        hw_bounds total[FACTORS_MOST];
        functions[i].exact(exact_main, exact_total, functions[i].factors);
        estimate(&functions[i], main, total);
        for (uint32_t f = 0; f < functions[i].factors; f++) {
            good = add_index(sheet, functions[i].name, "main", f, exact_main[f], main[f]) && good;
            good = add_index(sheet, functions[i].name, "total", f, exact_total[f], total[f]) && good;
        }
    }
    return good;
}
