/* The ground itself: what is truly in it, drawn when first needed, and what survey and clearance do to it.
 * `index` is that of an item: a polygon, a block or a parcel. */
#ifndef HW_MODELS_GROUND_H
#define HW_MODELS_GROUND_H

#include "models/belief.h"
#include "models/bell.h"
#include "models/danger.h"
#include "models/draws.h"
#include "models/kinds.h"
#include "models/scenario.h"
#include "models/ways.h"
#include "sim/rng.h"

enum {
    HW_ITEM_DRAWN = 1, /* truth is known to the engine */
    HW_ITEM_MINED = 2,
    HW_ITEM_PREPARED = 4, /* by a machine */
    HW_ITEM_STEEP = 8,
    HW_ITEM_NO_DOGS = 16,
    HW_ITEM_WAS_BATTLE = 32, /* its clearance is booked as battle area clearance */
    HW_ITEM_REDUCED = 64,    /* its release is booked as reduced */
    HW_ITEM_CANCELLED = 128,
};

/* A piece of ground is worked on by shares of so many parts. */
enum { HW_WHOLE = 1 << 27 };

/* A survey block or a clearance parcel. */
typedef struct hw_item {
    uint32_t next; /* in its ready list */
    uint32_t area_m2;
    uint32_t area;
    uint32_t block;                    /* a parcel's block; a block's own index */
    float belief_mined, belief_battle; /* while it waits for survey, as if nothing were learnt from like
                                          ground: hw_belief_of */
    float pattern_m2;                  /* truth: ground inside the pattern */
    uint16_t hidden[HW_ITEM_TYPES];    /* truth: items still in the ground, not yet passed over */
    uint16_t missed[HW_ITEM_TYPES];    /* truth: items passed over and still there */
    uint16_t cache;    /* truth: of the hidden remnants, those that lie in one cache or depot */
    bool cache_missed; /* they are among the missed ones instead */
    uint8_t redo;      /* share to be searched again, in 255ths; 0: all of it */
    uint32_t parcels;  /* of a block that has been split: the first of its parcels; 0: none */
    uint32_t part;     /* a parcel's number in its block, from 1 on and never twice; 0 for a block */
    uint8_t stage, flags;
    uint8_t attempt; /* times it has been worked on */
    bool listed : 1; /* in its district's list of ground with missed items */
    bool mapped : 1; /* a right map shows what is mined */
    bool whole : 1;  /* a block that went into parcels as a whole, by survey alone; belief in it is kept */
    bool shown : 1;  /* an accident has shown after its survey that something lies there */
    bool due : 1;    /* to be surveyed again on this planning day */
    uint32_t left;   /* parts of its stage's work that no team has taken; it is ready while there are some */
    uint16_t hands;  /* teams that have taken a share and not done it yet */
    uint16_t surveyed; /* month of its last survey; 0: none since the start */
} hw_item;

_Static_assert(sizeof(hw_item) == 64, "a cache line");

typedef struct hw_polygon {
    uint32_t area;         /* hazard area */
    uint32_t first, count; /* its known blocks */
    float mined, battle;   /* truth: share of blocks */
    bool imaged;           /* flown over */
} hw_polygon;

/* First-in first-out list of items that wait for a stage. */
typedef struct hw_ready {
    uint32_t head, tail;
} hw_ready;

/* The share of contaminated blocks in like ground as planners hold it: see belief.c. */
typedef struct hw_rate {
    double mean, worth;
} hw_rate;

typedef struct hw_lore {
    hw_rate mined, battle;
    bool fresh; /* something was learnt since the last planning day */
} hw_lore;

/* Cache lines: the first is all that planning days read of an area without open ground, which most are after
 * some years; then ground by stage, for planning days and events; then the rest. */
typedef struct hw_area {
    _Alignas(64) uint32_t district;
    uint32_t class, setting;
    uint32_t open_items; /* known and not yet released */
    uint32_t rank;       /* within its district, this month */
    bool accessible;     /* as of the last planning day */
    bool planned_use;    /* planned people wait for it, as of the last planning day */
    bool finishing;      /* a place that waits for it is nearly done */
    double access_day;
    double order;                          /* as the scenario says */
    double belief, team_days, all_open_m2; /* as of the last planning day */

    int64_t open_m2[HW_STAGES]; /* waiting or under work, by stage */
    int64_t reporting_m2;

    int64_t ready_parts[HW_STAGES]; /* m2 times parts left, of what is in the ready list */
    double belief_m2;               /* sum of belief * area over open known ground: what planners expect */

    uint32_t hands[HW_STAGES]; /* teams at work on it, by stage */
    uint32_t like; /* the first area of its class and setting in the district: its ground is one */
    double
        prior_m2; /* of belief_m2, ground that waits for survey, as if nothing were learnt from like ground */
    hw_beliefs likelier; /* odds that like ground has shown, against those at the start; last quarter */
    uint64_t entity;

    hw_ready ready[HW_STAGES];
    uint32_t first_block, first_hidden; /* known at the start; and those that are not */

    hw_lore lore;        /* of like ground, in the first area of it */
    hw_beliefs reviewed; /* `likelier` when ground that waits was last looked at again */
    uint32_t block_count;
    uint32_t hidden_most; /* laid out for the largest share */

    uint32_t hidden_count, hidden_found; /* in this replication; asked for by survey so far */
    uint32_t first_polygon, polygon_count,
        polygon_blocks;    /* blocks that are known in each, but for the last */
    uint32_t next_polygon; /* for aerial survey */
    uint32_t next_again;   /* block at which a round of survey stands: survey_again.c */
    double start_m2;       /* known on the first day */
} hw_area;

_Static_assert(sizeof(hw_area) == 448, "an odd number of cache lines of 64 bytes: see hw_team");

/* What the ground of a setting is like. */
typedef struct hw_soil {
    double ap, at, erw, caches, cache_items, cache_spread, pattern_share, signals, vegetation, steep,
        unfit_for_dogs;
} hw_soil;

/* What a class of hazard area holds, and what planners believe of it. */
typedef struct hw_odds {
    double mined, battle, believed_mined, believed_battle, patchy;
} hw_odds;

/* The ground of a world. */
typedef struct hw_ground {
    uint32_t area_count, polygon_count, item_count;
    hw_area *areas;
    hw_polygon *polygons;
    hw_item *items;
    uint32_t *areas_by_district,
        *areas_by_rank;    /* packed: what hw_district_state.areas and by_rank point to */
    uint64_t *ready_words; /* of hw_district_state.ready */
    uint32_t *missed_list; /* by district from its first_item: ground with missed items */
    float *nominal_m2;     /* of a block of each area, as laid out */
    uint32_t parcels_most; /* of one block */
    uint32_t *area_places; /* places that need an area, packed; area_place_first has area_count + 1 */
    uint32_t *area_place_first;
    uint32_t area_place_count;
    hw_soil *soils;     /* by setting */
    hw_odds *odds;      /* by class */
    hw_danger *dangers; /* by area */
    double item_danger[HW_ITEM_TYPES];
    hw_bell *bell;
    hw_survey_quality survey_quality; /* of non-technical survey without images */
    double survey_again_after;        /* days; 0: ground is surveyed once */
    double first_worth; /* what the first belief of like ground is worth, in fully known blocks */
    hw_ways ways;
    double report_mean;
} hw_ground;

/* The occurrence under which an item draws for the work of its stage: parcels, stages and repeated attempts
 * never share a draw. */
static inline uint64_t hw_item_occurrence(const hw_item *item) {
    return (uint64_t)item->part << 16 | (uint64_t)item->stage << 8 | item->attempt;
}

/* Size of a pattern, and density of its mines, against the setting's: between blocks they vary alike, around
 * 1. */
static inline double hw_ground_varied(double uniform) {
    return 0.4 + 1.2 * uniform;
}

/* Places at which hidden items are to be taken out: a cache is one. */
static inline uint32_t hw_item_cached(const hw_item *item) {
    return item->cache_missed ? 0 : item->cache;
}
static inline uint32_t hw_item_remnant_places(const hw_item *item) {
    uint32_t cached = hw_item_cached(item);
    return item->hidden[HW_ITEM_ERW] - cached + (cached > 0);
}
static inline uint32_t hw_item_places(const hw_item *item) {
    return (uint32_t)item->hidden[HW_ITEM_AP] + item->hidden[HW_ITEM_AT] + hw_item_remnant_places(item);
}

/* What is to be searched of an item: all of it, or the part that a failed check has sent back. */
static inline double hw_item_search_m2(const hw_item *item) {
    return item->redo == 0 ? item->area_m2 : item->area_m2 * (item->redo / 255.0);
}

/* Draws the truth of a block once: mined or not, remnants or not, counts of items. Items enter the district's
 * `laid`. */
void hw_ground_reveal(hw_land *land, uint32_t block);

/* Whether a block was mined at the start, without drawing what is in it. */
bool hw_ground_is_mined(const hw_land *land, uint32_t block);

/* Whether a right map shows the mines of a block: one that survey had, or one that a lever has handed over.
 * Keyed by the block, so that it is told by every hand-over that covers more or is more accurate, too. */
bool hw_ground_is_mapped(const hw_land *land, uint32_t block);

/* Full search of a task's item: each hidden item is found with probability `detection`, worsened by the
 * operator's quality; the rest is missed. Returns the number of items found. Where the ground goes then is
 * the pipeline's: hw_pipeline_cleared. */
uint32_t hw_ground_clear(hw_land *land, const hw_task *task, double detection);

/* What is in a parcel is in its block again. */
void hw_ground_uncut(hw_land *land, uint32_t parcel);

/* What a block's new parcels first .. first + count - 1 are like, and which of its items lie in each. */
void hw_ground_cut(hw_land *land, uint32_t block, uint32_t first, uint32_t count);

/* Moves hidden items of type `type` to found (or exploded); keeps the district's books. */
void hw_ground_take_out(hw_land *land, uint32_t index, uint32_t type, uint32_t count, uint32_t to_state);

/* Passed over: `count` hidden items of a type become missed ones. */
void hw_ground_pass_over(hw_land *land, uint32_t index, uint32_t type, uint32_t count);

/* Of the hidden items of a type, how many are passed over when each one is with probability `miss`: a cache
 * is found or missed as a whole. Word 3 of the uniforms is the cache's. */
uint32_t hw_ground_overlooked(const hw_item *item, uint32_t type, double miss, const double uniform[4]);

/* A missed item is no longer in the ground: it has gone off, has been found, or has been reported and waits
 * for a team (to_state HW_STATE_MISSED). */
void hw_ground_lift_missed(hw_land *land, uint32_t index, uint32_t type, uint32_t to_state);

/* Re-opening: what had been missed is there to be found once more. Rework: what had been missed in a part of
 * the ground, and that part is to be searched. */
void hw_ground_search_again(hw_land *land, uint32_t index);
void hw_ground_search_part_again(hw_land *land, uint32_t index, double share);

/* New mines in released ground, as densely as its setting had them; the uniforms say how many of each type.
 * It has to be re-opened at once. */
void hw_ground_mine_anew(hw_land *land, uint32_t index, double uniform_ap, double uniform_at);

/* Area-weighted ground of the scenario, for the planner's estimates. */
hw_soil hw_ground_typical(const hw_land *land);

#endif
