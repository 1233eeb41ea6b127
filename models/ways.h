/* Which way next for a surveyed block: the cheapest in expected cost, with what is missed and found later,
 * among those that the national authority allows. So better evidence never makes the way dearer. */
#ifndef HW_MODELS_WAYS_H
#define HW_MODELS_WAYS_H

#include "models/kinds.h"

enum { HW_WAY_TECHNICAL, HW_WAY_CLEAR, HW_WAY_SEARCH, HW_WAY_CANCEL, HW_WAYS };

/* Expected cost of a way by m2: certain + mined * belief in mines + battle * belief in remnants + both * the
 * two.
 */
typedef struct hw_way_cost {
    double certain, mined, battle, both;
} hw_way_cost;

/* On ground of a setting, with no map and with one that shows the rows. */
typedef struct hw_way_costs {
    hw_way_cost of[2][HW_WAYS];
} hw_way_costs;

/* What the ways achieve, as planners reckon: methods fill it in. */
typedef struct hw_ways {
    double technical_finds, technical_reduces, technical_margin, technical_wrong; /* see technical_survey.c */
    double mapped_time, mapped_margin; /* where a map shows the rows */
    double search_finds, search_sees_mines, clearance_finds;
    double missed_usd;                /* an item left behind */
    double cancel_below, clear_above; /* what the national authority allows, whatever it costs */
    double technical_usd, search_usd, clearance_usd; /* by m2 */
    hw_way_costs *costs;                             /* by setting */
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
