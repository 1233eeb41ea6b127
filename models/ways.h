/* Which way next for a surveyed block: the cheapest in expected cost, with what is missed and found later. No
 * threshold on belief decides, so better evidence never hurts. */
#ifndef HW_MODELS_WAYS_H
#define HW_MODELS_WAYS_H

#include "models/kinds.h"

/* What the ways cost and achieve, as planners reckon: methods fill in what they do, prices follow. */
typedef struct hw_ways {
    double technical_finds, technical_reduces, technical_margin, technical_wrong; /* see technical_survey.c */
    double mapped_time, mapped_margin; /* where a map shows the rows */
    double search_finds, search_sees_mines, clearance_finds;
    double missed_usd;                /* an item left behind */
    double cancel_below, clear_above; /* what the national authority allows, whatever it costs */
    double technical_usd, search_usd, clearance_usd; /* by m2 */
} hw_ways;

/* Prices from the methods' numbers, once these are there. */
void hw_ways_price(hw_land *land);

/* A way, and what it is expected to cost by m2: HW_STAGE_TECHNICAL; HW_STAGE_BATTLE; HW_STAGE_CLEAR_ANY, all
 * of the block is cleared; HW_STAGE_REPORT, it is cancelled. */
typedef struct hw_way {
    hw_stage stage;
    double usd;
} hw_way;

hw_way hw_ways_next(const hw_land *land, uint32_t block);

#endif
