/* How good earlier forecasts would have been, as sheets. */
#ifndef HW_ANALYSIS_BELIEF_HINDCAST_SHEETS_H
#define HW_ANALYSIS_BELIEF_HINDCAST_SHEETS_H

#include "analysis/belief/hindcast.h"
#include "analysis/tables/sheet.h"

/* The sheets "hindcast_origins", "hindcast_facts", "hindcast_scores", "hindcast_coverage" and
 * "hindcast_discrepancy". */
void hw_hindcast_build(hw_book *book, const hw_hindcast *hindcast);

#endif
