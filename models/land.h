/* The state of one world of the land release model: plain arrays in one arena, indices instead of pointers.
 * Each part has its own header, with its verbs.
 *
 * Truth and belief are kept apart: planners and teams read belief; only the ground (ground.c), the methods
 * that work on it, accidents and quality checks read truth. Areas are whole m2 and money whole cents, so that
 * conservation is exact. */
#ifndef HW_MODELS_LAND_H
#define HW_MODELS_LAND_H

#include "models/contracts.h"
#include "models/district.h"
#include "models/earmarks.h"
#include "models/ground.h"
#include "models/growth.h"
#include "models/income.h"
#include "models/money.h"
#include "models/outcome.h"
#include "models/planner.h"
#include "models/policy.h"
#include "models/settlement.h"
#include "models/signposts.h"
#include "models/teams.h"
#include "models/timeline.h"
#include "models/weather.h"
#include "sim/queue.h"
#include "sim/world.h"

struct hw_land {
    const hw_scenario *scenario;
    hw_rng_key key;
    hw_rng_rounds rounds; /* of the key */
    double *value;        /* of the scenario, in force, by hw_value_id */
    double *drawn;        /* the same as drawn, before levers */
    double horizon;       /* days */
    hw_calendar calendar;

    uint32_t district_count, place_count;
    hw_district_state *districts;
    hw_place_state *places;
    double displaced_by_planned; /* displaced people for each for whom a place is planned; 0: not told */
    double halved[HW_PEOPLE];    /* how often accidents of visits have halved by the last planning day */

    hw_ground ground;
    hw_force force;
    hw_weather weather;
    hw_money money;
    hw_past_year past_year;
    hw_policy policy;
    hw_planner planner;
    hw_growth growth;
    hw_contracts contracts;
    hw_signposts signposts;
    hw_earmarks earmarks;
    hw_outcome outcome;
    double *recorded_m2; /* scratch of the beginning: see recorded.c */

    hw_queue *queues;
    hw_failure failure; /* the first law that did not hold */
    bool failed;
};

/* What hw_draw_block and hw_draw give by the key of the replication. */
static inline void hw_land_draw_block(const hw_land *land, uint64_t entity, hw_draw_purpose purpose,
                                      uint64_t occurrence, double uniform[4]) {
    hw_draw_block_by(&land->rounds, entity, purpose, occurrence, uniform);
}

static inline double hw_land_draw(const hw_land *land, uint64_t entity, hw_draw_purpose purpose,
                                  uint64_t occurrence) {
    double uniform[4];
    hw_land_draw_block(land, entity, purpose, occurrence, uniform);
    return uniform[0];
}

/* The value that holds this month: as drawn, and as levers in force have changed it. */
static inline double hw_in_force(const hw_land *land, hw_value_id id) {
    return land->value[id];
}

static inline const hw_stream_terms *hw_stream_terms_of(const hw_land *land, uint32_t stream) {
    return HW_ITEM(land->scenario->streams, hw_stream_terms, stream);
}

static inline const hw_area *hw_item_area(const hw_land *land, const hw_item *item) {
    return &land->ground.areas[item->area];
}

/* The polygon of a block: known blocks lie side by side, hidden ones are spread over all. */
static inline uint32_t hw_block_polygon(const hw_land *land, uint32_t block) {
    const hw_area *area = hw_item_area(land, &land->ground.items[block]);
    uint32_t in = block < area->first_hidden ? (block - area->first_block) / area->polygon_blocks
                                             : (block - area->first_hidden) % area->polygon_count;
    assert(in < area->polygon_count);
    return area->first_polygon + in;
}

/* The stable number of a block, the same in every scenario that has its hazard area. Parcels draw under their
 * block's. */
static inline uint64_t hw_block_entity_in(const hw_area *area, uint32_t block) {
    return area->entity + (block >= area->first_hidden ? UINT64_C(1) << 32 | (block - area->first_hidden)
                                                       : block - area->first_block);
}

static inline uint64_t hw_block_entity(const hw_land *land, uint32_t block) {
    return hw_block_entity_in(hw_item_area(land, &land->ground.items[block]), block);
}

/* That of an item's block, which need not be looked at. */
static inline uint64_t hw_item_entity(const hw_land *land, const hw_item *item) {
    return hw_block_entity_in(hw_item_area(land, item), item->block);
}

#endif
