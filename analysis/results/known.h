/* From what the values of results are known, in two lines for people. */
#ifndef HW_ANALYSIS_KNOWN_H
#define HW_ANALYSIS_KNOWN_H

#include "analysis/results/outcomes.h"
#include <stdio.h>

/* As of when, and from what table: every answer that prints figures of results says so. Prints nothing where
 * the scenario says neither. */
void hw_known_print(FILE *out, const hw_outcomes *outcomes);

/* The same of a scenario's rows (hw_binding_rows(); NULL: none) as a text, which the caller frees. */
char *hw_known_text(const char *rows);

#endif
