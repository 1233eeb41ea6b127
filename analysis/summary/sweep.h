/* The answers of a sweep as sheets: how far each output moves over all points, and the points themselves. */
#ifndef HW_ANALYSIS_SWEEP_SUMMARY_H
#define HW_ANALYSIS_SWEEP_SUMMARY_H

#include "analysis/tables/sheet.h"
#include "sim/run/sweep_results.h"

/* HW_ERROR_IO when the file cannot be read to its end. */
hw_status hw_sweep_summary_build(hw_book *book, const hw_sweep_results *results, hw_errors *errors);

/* A sheet that says so, when the file is not sealed. */
void hw_sweep_summary_add_seal(hw_book *book, const hw_sweep_results *results);

void hw_sweep_summary_print_head(FILE *out, const hw_sweep_results *results);
void hw_sweep_summary_print_warnings(FILE *out, const hw_sweep_results *results);

#endif
