/* Facts, weights and scores as sheets. */
#ifndef HW_ANALYSIS_BELIEF_SHEETS_H
#define HW_ANALYSIS_BELIEF_SHEETS_H

#include "analysis/belief/likelihood.h"
#include "analysis/tables/sheet.h"

/* The sheet "observations" of a file alone: what each fact says. */
void hw_observations_add_list(hw_book *book, const hw_observations *observations);

/* The sheet "not_told": facts that results do not tell, or not exactly, and why. Returns how many are told.
 */
uint32_t hw_besides_add_untold(hw_book *book, const hw_besides *besides);

/* The sheets "observations" (each fact beside the model) and "observations_inside" (how many lie in P10 to
 * P90, by group), of rows that are weighed. */
void hw_besides_build(hw_book *book, const hw_besides *besides);

/* A cell for an amount of a kind in its table units, or for a day; +infinity of days: after the horizon. */
void hw_fact_set(hw_cell *cell, const hw_fact_kind *kind, double value, int64_t horizon);

#endif
