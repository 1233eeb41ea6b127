/* Records of where people were hurt before the start. A record points to mined ground with probability
 * `accurate`, each mined block of the country alike, and to any suspected block otherwise.
 *
 * With B blocks, a share m believed by planners to be mined, a record falls on a given block with
 * probability (accurate / m + 1 - accurate) / B when that is mined, and (1 - accurate) / B when not; and on
 * another block of its polygon of n blocks `around` times as often, for the accurate ones, when it is mined
 * as when not. Belief follows by Bayes' rule, for the records that there are and for those that there are
 * not; the latter as the limit of many records, exp(-records x difference). */
#include "models/ground.h"
#include "models/lever.h"
#include "models/pipeline.h"
#include <assert.h>
#include <math.h>

typedef struct terms {
    hw_lever_terms lever;
    hw_value_id records, accurate, around;
} terms;

static const hw_key keys[] = {
    HW_LEVER_KEYS(terms, "{p10: 2 months, p50: 6 months, p90: 18 months}",
                  "{p10: 20 kUSD, p50: 80 kUSD, p90: 300 kUSD}", "0 USD/year"),
    {.name = "records",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_NUMBER,
     .low = 0,
     .high = 100000,
     .standard = "{distribution: pert, low: 400, mode: 550, high: 747}",
     .offset = offsetof(terms, records),
     .meaning = "Past accidents whose place is told.",
     .source = "SOURCES 13: over 400 victims by one count, 747 by another; the mode is assumed"},
    {.name = "accurate",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_SHARE,
     .low = 0,
     .high = 0.99,
     .standard = "{p10: 25 %, p50: 50 %, p90: 80 %}",
     .offset = offsetof(terms, accurate),
     .meaning = "Share of records that point to mined ground; the others say nothing."},
    {.name = "around",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_NUMBER,
     .low = 1,
     .high = 20,
     .standard = "{p10: 1.3, p50: 1.9, p90: 3}",
     .offset = offsetof(terms, around),
     .meaning = "How many times likelier mines are in a block when another of its polygon is mined.",
     .source = "derived: shares that differ by 0.8 in log-odds between polygons; range assumed"},
};

const hw_section hw_lever_accident_sharing_parameters = {
    "accident_sharing",
    "Records of past accidents are shared: belief in mines grows around them and falls elsewhere. What is "
    "known stays known when the lever ends.",
    sizeof(terms), keys, HW_LENGTH(keys)};

/* What a record, and the want of one, does to the odds of mines. */
typedef struct evidence {
    double here, around; /* factor for each record */
    double nowhere,
        not_near; /* logarithm, for no record at all: of a block, of each other block in its polygon */
} evidence;

static uint32_t known_blocks(const hw_land *land) {
    uint32_t blocks = 0;
    for (uint32_t a = 0; a < land->ground.area_count; a++) {
        blocks += land->ground.areas[a].block_count;
    }
    return blocks;
}

static double believed_share(const hw_land *land, uint32_t blocks) {
    double mined = 0;
    for (uint32_t a = 0; a < land->ground.area_count; a++) {
        mined +=
            land->ground.odds[land->ground.areas[a].class].believed_mined * land->ground.areas[a].block_count;
    }
    return mined / blocks;
}

static evidence evidence_of(const hw_land *land, const terms *t, uint32_t blocks) {
    double accurate = hw_in_force(land, t->accurate), likelier = hw_in_force(land, t->around) - 1;
    double records = floor(hw_in_force(land, t->records));
    double share = believed_share(land, blocks);
    return (evidence){
        .here = 1 + accurate / (share * (1 - accurate)),
        .around = 1 + accurate * likelier,
        .nowhere = -records * accurate / share / blocks,
        .not_near = -records * accurate * likelier / blocks,
    };
}

static void believe(hw_land *land, uint32_t block, double factor) {
    const hw_item *item = &land->ground.items[block];
    if (item->stage == HW_STAGE_SURVEY) {
        hw_pipeline_believe(land, block, hw_belief_times((double)item->belief_mined, factor),
                            (double)item->belief_battle);
    }
}

static uint32_t block_at(const hw_land *land, uint32_t number) {
    assert(number < known_blocks(land));
    uint32_t a = 0;
    while (number >= land->ground.areas[a].block_count) {
        number -= land->ground.areas[a++].block_count;
    }
    return land->ground.areas[a].first_block + number;
}

/* The block that a record points to: mined ones are found by trying, as they are few. */
static uint32_t block_of_record(const hw_land *land, const hw_lever_state *state, uint32_t record,
                                double accurate, uint32_t blocks) {
    enum { TRIES = 500 };
    hw_draws draws;
    hw_draws_open(&draws, land->key, state->entity, HW_DRAW_RECORD, record);
    bool right = hw_draws_uniform(&draws) < accurate;
    uint32_t block = 0;
    for (int try = 0; try < TRIES; try++) {
        block = block_at(land, (uint32_t)(hw_draws_uniform(&draws) * blocks));
        if (!right || hw_ground_is_mined(land, block)) {
            break;
        }
    }
    return block;
}

static void learn_from(hw_land *land, uint32_t block, const evidence *e) {
    const hw_polygon *polygon = &land->ground.polygons[hw_block_polygon(land, block)];
    for (uint32_t i = polygon->first; i < polygon->first + polygon->count; i++) {
        believe(land, i, i == block ? e->here : e->around);
    }
}

static void learn_from_silence(hw_land *land, const evidence *e) {
    for (uint32_t p = 0; p < land->ground.polygon_count; p++) {
        const hw_polygon *polygon = &land->ground.polygons[p];
        if (polygon->count == 0) {
            continue;
        }
        double factor = exp(e->nowhere + e->not_near * (polygon->count - 1));
        for (uint32_t i = polygon->first; i < polygon->first + polygon->count; i++) {
            believe(land, i, factor);
        }
    }
}

static void act(hw_land *land, const void *parameters, hw_lever_state *state, hw_lever_day day) {
    if (!day.first) {
        return;
    }
    const terms *t = parameters;
    uint32_t blocks = known_blocks(land);
    evidence e = evidence_of(land, t, blocks);
    uint32_t records = (uint32_t)hw_in_force(land, t->records);
    for (uint32_t r = 0; r < records; r++) {
        learn_from(land, block_of_record(land, state, r, hw_in_force(land, t->accurate), blocks), &e);
    }
    learn_from_silence(land, &e);
}

const hw_lever hw_lever_accident_sharing = {.act = act};
