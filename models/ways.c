/* Expected costs of cancelling, searching, surveying and clearing a block, by m2. */
#include "models/ways.h"
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
    assert(cheapest < HUGE_VAL); /* some method of the program works on each stage */
    return cheapest;
}

/* What is in ground of a setting, by m2, at the price of leaving it behind: mines of a mined block, remnants
 * of one with remnants. */
typedef struct stakes {
    double mines_usd, remnants_usd, pattern;
} stakes;

static hw_way_cost technical(const hw_ways *ways, const stakes *s, bool mapped) {
    double margin = ways->technical_margin * (mapped ? ways->mapped_margin : 1);
    double survey = ways->technical_usd * (mapped ? ways->mapped_time : 1);
    double wrong = 1 - ways->technical_reduces, finds = ways->technical_finds;
    /* What it confirms is cleared; what it leaves out stays behind, and all remnants of what it reduces. */
    double clean = wrong * ways->technical_wrong * ways->clearance_usd;
    double mined = fmin(1, s->pattern * (1 + margin)) * ways->clearance_usd +
                   (1 - finds * ways->clearance_finds) * s->mines_usd;
    return (hw_way_cost){.certain = survey + clean,
                         .mined = mined - clean,
                         .battle = (1 - finds * wrong) * s->remnants_usd,
                         .both = -finds * (1 - wrong) * s->remnants_usd};
}

/* Of a mined block the search mostly shows that it is mined: technical survey follows. */
static hw_way_cost search(const hw_ways *ways, const stakes *s, const hw_way_cost *technical_survey) {
    double sees = ways->search_sees_mines, misses = 1 - ways->search_finds;
    double then = technical_survey->certain + technical_survey->mined;
    return (hw_way_cost){.certain = ways->search_usd,
                         .mined = sees * then + (1 - sees) * misses * s->mines_usd,
                         .battle = misses * s->remnants_usd};
}

static hw_way_cost clearance(const hw_ways *ways, const stakes *s) {
    double misses = 1 - ways->clearance_finds;
    return (hw_way_cost){
        .certain = ways->clearance_usd, .mined = misses * s->mines_usd, .battle = misses * s->remnants_usd};
}

void hw_ways_price(hw_land *land) {
    hw_ways *ways = &land->ground.ways;
    ways->technical_usd = price_of(land, HW_STAGE_TECHNICAL);
    ways->search_usd = price_of(land, HW_STAGE_BATTLE);
    ways->clearance_usd = fmin(price_of(land, HW_STAGE_PREPARE) + price_of(land, HW_STAGE_CLEAR_ANY),
                               price_of(land, HW_STAGE_CLEAR_MANUAL));
    for (uint32_t i = 0; i < land->scenario->settings.count; i++) {
        const hw_soil *soil = &land->ground.soils[i];
        stakes s = {.mines_usd = (soil->ap + soil->at) * soil->pattern_share * ways->missed_usd,
                    .remnants_usd = soil->erw * ways->missed_usd,
                    .pattern = soil->pattern_share};
        for (int mapped = 0; mapped < 2; mapped++) {
            hw_way_cost *of = ways->costs[i].of[mapped];
            of[HW_WAY_TECHNICAL] = technical(ways, &s, mapped);
            of[HW_WAY_SEARCH] = search(ways, &s, &of[HW_WAY_TECHNICAL]);
            of[HW_WAY_CLEAR] = clearance(ways, &s);
            of[HW_WAY_CANCEL] = (hw_way_cost){.mined = s.mines_usd, .battle = s.remnants_usd};
        }
    }
}

static hw_way cheaper(hw_way one, hw_stage stage, const hw_way_cost *cost, double mined, double battle) {
    double usd = cost->certain + cost->mined * mined + cost->battle * battle + cost->both * mined * battle;
    return usd < one.usd ? (hw_way){stage, usd} : one;
}

hw_way hw_ways_next(const hw_land *land, uint32_t block) {
    const hw_item *item = &land->ground.items[block];
    const hw_ways *ways = &land->ground.ways;
    const hw_way_cost *of =
        ways->costs[hw_item_area(land, item)->setting].of[hw_ground_is_mapped(land, block)];
    assert(item->part == 0);
    double mined = (double)item->belief_mined, battle = (double)item->belief_battle;
    hw_way way = {HW_STAGE_TECHNICAL, HUGE_VAL};
    way = cheaper(way, HW_STAGE_TECHNICAL, &of[HW_WAY_TECHNICAL], mined, battle);
    way = cheaper(way, HW_STAGE_CLEAR_ANY, &of[HW_WAY_CLEAR], mined, battle);
    if (mined < ways->clear_above) {
        way = cheaper(way, HW_STAGE_BATTLE, &of[HW_WAY_SEARCH], mined, battle);
    }
    if (mined < ways->cancel_below && battle < ways->cancel_below) {
        way = cheaper(way, HW_STAGE_REPORT, &of[HW_WAY_CANCEL], mined, battle);
    }
    return way;
}
