/* A text as a cell of comma-separated values that a spreadsheet shows and does not calculate. */
#ifndef HW_ANALYSIS_CSV_TEXT_H
#define HW_ANALYSIS_CSV_TEXT_H

#include <stdio.h>

/* In quotes where RFC 4180 wants them. Where a spreadsheet would take the text, or what stands behind a
 * separator or a quote in it, for a formula (= + - @ and their wide forms, tab, carriage return), an
 * apostrophe stands before it: OWASP, "CSV Injection". What is a number, such as "-2.5", stays as it is. */
void hw_csv_write_text(FILE *out, const char *text);

#endif
