/* Tables by the nouns of the minimum data requirements of IMAS 05.10: Hazardous area, Land release activity,
 * Task, EO found, Accident, Victim, Beneficiary, Quality management. They hold summaries of replications, not
 * records, and say what they lack. */
#ifndef HW_ANALYSIS_NOUNS_H
#define HW_ANALYSIS_NOUNS_H

#include "analysis/results/outcomes.h"
#include "analysis/tables/sheet.h"

/* The sheets of the summary that they are made of, up to NULL. */
extern const char *const hw_noun_sheets[];

/* Fills an empty book from one of the summary: "nouns" says for each noun what is there and what is lacking,
 * the others are its tables. Cells are copied, so they are the summary's. */
void hw_nouns_build(hw_book *nouns, const hw_outcomes *outcomes, const hw_book *summary);

#endif
