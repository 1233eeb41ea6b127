/* The table "about" of an answer: all that it takes to ask the same again. */
#ifndef HW_ANALYSIS_ASKED_H
#define HW_ANALYSIS_ASKED_H

#include "analysis/results/study.h"
#include "analysis/tables/sheet.h"

/* Adds the table with the version of the program and the seed. */
hw_sheet *hw_asked_add(hw_book *book, uint64_t seed);

/* Adds a fact; the sheet frees its text. */
void hw_asked_fact(hw_sheet *sheet, const char *fact, char *text);

/* "quick: 64 hexadecimal digits", of a scenario that is loaded. The caller frees it. */
char *hw_asked_digest(const hw_study_part *part);

#endif
