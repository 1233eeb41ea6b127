/* What conditioning says, as sheets. */
#ifndef HW_ANALYSIS_BELIEF_CONDITION_SHEETS_H
#define HW_ANALYSIS_BELIEF_CONDITION_SHEETS_H

#include "analysis/belief/forecast.h"
#include "analysis/belief/likelihood.h"
#include "analysis/tables/sheet.h"

/* The sheets "conditioning" (power, effective sample, largest weight), "facts_learnt_from" and
 * "conditioned": main outcomes without and with the weights. */
void hw_conditioning_build(hw_book *book, const hw_besides *besides, const hw_learning *learning,
                           const hw_weights *weights, const hw_forecast *forecast);

/* One paragraph for people. */
void hw_conditioning_print_head(FILE *out, const hw_weights *weights);

#endif
