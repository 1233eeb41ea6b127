/* Expected costs of cancelling, searching, surveying and clearing a block, by m2. */
#include "models/ways.h"
#include "models/belief.h"
#include "models/land.h"
#include <assert.h>
#include <math.h>

/* Work of a stage by m2 with the cheapest kind of team that the programme has. A kind that it has not is so
 * dear that it is chosen only where there is no other way. */
static double price_of(const hw_land *land, hw_stage stage) {
    static const double NOBODY_HERE = 1000;
    double cheapest = HUGE_VAL;
    for (uint32_t m = 0; m < land->force.method_count; m++) {
        const hw_method_numbers *numbers = &land->force.methods[m];
        if (land->force.serving[stage] >> m & 1 && numbers->effort[stage] > 0) {
            double here = land->force.fielded >> m & 1 ? 1 : NOBODY_HERE;
            cheapest = fmin(cheapest, here * numbers->running_cost * numbers->effort[stage]);
        }
    }
    return cheapest < HUGE_VAL ? cheapest : 0;
}

void hw_ways_price(hw_land *land) {
    hw_ways *ways = &land->ground.ways;
    ways->technical_usd = price_of(land, HW_STAGE_TECHNICAL);
    ways->search_usd = price_of(land, HW_STAGE_BATTLE);
    ways->clearance_usd = fmin(price_of(land, HW_STAGE_PREPARE) + price_of(land, HW_STAGE_CLEAR_ANY),
                               price_of(land, HW_STAGE_CLEAR_MANUAL));
}

/* A block as planners see it: belief, and the loss if all that would then be in it were left behind, by m2.
 */
typedef struct prospect {
    const hw_ways *ways;
    double mined, battle;
    double mines_usd, remnants_usd, pattern;
    bool mapped;
} prospect;

static double survey_usd(const prospect *p) {
    return p->ways->technical_usd * (p->mapped ? p->ways->mapped_time : 1);
}

/* Of a block that is mined: what technical survey confirms is cleared, and what it leaves out stays behind.
 */
static double mined_usd(const prospect *p) {
    double margin = p->ways->technical_margin * (p->mapped ? p->ways->mapped_margin : 1);
    double missed = 1 - p->ways->technical_finds * p->ways->clearance_finds;
    return fmin(1, p->pattern * (1 + margin)) * p->ways->clearance_usd + missed * p->mines_usd;
}

static double technical(const prospect *p) {
    double wrong = 1 - p->ways->technical_reduces;
    double clean = wrong * p->ways->technical_wrong * p->ways->clearance_usd;
    double found = (p->mined + (1 - p->mined) * wrong) * p->ways->technical_finds;
    return survey_usd(p) + p->mined * mined_usd(p) + (1 - p->mined) * clean +
           p->battle * (1 - found) * p->remnants_usd;
}

static double search(const prospect *p) {
    double sees = p->ways->search_sees_mines, misses = 1 - p->ways->search_finds;
    return p->ways->search_usd +
           p->mined * (sees * (survey_usd(p) + mined_usd(p)) + (1 - sees) * misses * p->mines_usd) +
           p->battle * misses * p->remnants_usd;
}

static double left_behind(const prospect *p) {
    return p->mined * p->mines_usd + p->battle * p->remnants_usd;
}

static double clearance(const prospect *p) {
    return p->ways->clearance_usd + (1 - p->ways->clearance_finds) * left_behind(p);
}

static hw_way cheaper(hw_way one, hw_stage stage, double usd) {
    return usd < one.usd ? (hw_way){stage, usd} : one;
}

hw_way hw_ways_next(const hw_land *land, uint32_t block) {
    const hw_item *item = &land->ground.items[block];
    const hw_ways *ways = &land->ground.ways;
    const hw_soil *soil = &land->ground.soils[hw_item_area(land, item)->setting];
    assert(item->part == 0);
    prospect p = {.ways = ways,
                  .mined = (double)item->belief_mined,
                  .battle = (double)item->belief_battle,
                  .mines_usd = (soil->ap + soil->at) * soil->pattern_share * ways->missed_usd,
                  .remnants_usd = soil->erw * ways->missed_usd,
                  .pattern = soil->pattern_share,
                  .mapped = hw_ground_is_mapped(land, block)};
    hw_way way = cheaper((hw_way){HW_STAGE_TECHNICAL, technical(&p)}, HW_STAGE_CLEAR_ANY, clearance(&p));
    if (p.mined < ways->clear_above) {
        way = cheaper(way, HW_STAGE_BATTLE, search(&p));
    }
    if (p.mined < ways->cancel_below && p.battle < ways->cancel_below) {
        way = cheaper(way, HW_STAGE_REPORT, left_behind(&p));
    }
    return way;
}
