/* What share of a country's suspected area each fact's district has: the simplest way to divide a national
 * figure. */
#ifndef HW_ANALYSIS_BELIEF_AREA_SHARES_H
#define HW_ANALYSIS_BELIEF_AREA_SHARES_H

#include "analysis/belief/beside.h"

/* For each fact about land of a district its share, as in the mean of the replications at the end of the
 * first period; NaN for others. The caller frees it; NULL with an error when the file cannot be read. */
double *hw_area_shares(const hw_besides *besides, hw_errors *errors);

#endif
