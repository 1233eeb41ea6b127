/* What was ahead of each origin of a hindcast, whether it has come since or not: land left, released and
 * found anew by year; when all of a district is released, and all of all; and the chance that each promise
 * had on the day. */
#ifndef HW_ANALYSIS_BELIEF_AHEAD_H
#define HW_ANALYSIS_BELIEF_AHEAD_H

#include "analysis/belief/hindcast.h"
#include "analysis/tables/sheet.h"

/* The sheets "hindcast_ends" and "hindcast_years": up to so many days behind each origin, from futures as
 * weighed there. */
hw_status hw_ahead_build(hw_book *book, const hw_hindcast *hindcast, int64_t ahead, hw_errors *errors);

#endif
