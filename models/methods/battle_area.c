/* Battle area clearance: search of the surface and shallow ground for remnants. Finding mines sends the
 * ground on to technical survey instead. Its ledger is its own: hectares searched this way are not hectares
 * of mines cleared (IMAS 09.11). */
#include "models/ground.h"
#include "models/method.h"
#include "models/pipeline.h"
#include <assert.h>

typedef struct battle_terms {
    hw_team_terms team;
    hw_value_id searchers, rate, excavation, detection, mines_seen;
} battle_terms;

enum { AREA_A_DAY, EXCAVATION_DAYS, DETECTION, MINES_SEEN };

static const hw_key keys[] = {
    {.name = "team",
     .type = HW_KEY_SECTION,
     .section = &hw_team_section,
     .offset = offsetof(battle_terms, team),
     .meaning = "People, cost, training."},
    {.name = "searchers",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_NUMBER,
     .low = 1,
     .high = 100,
     .standard = "10",
     .offset = offsetof(battle_terms, searchers),
     .meaning = "People who search side by side."},
    {.name = "rate",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_AREA_PER_TIME,
     .low = 20,
     .high = 20000,
     .standard = "{p10: 300 m2/day, p50: 800 m2/day, p90: 2000 m2/day}",
     .offset = offsetof(battle_terms, rate),
     .meaning = "Ground that one person searches on a field day.",
     .source = "SOURCES 3.4, assumed"},
    {.name = "excavation",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_MINUTES,
     .low = 1,
     .high = 600,
     .standard = "{p10: 10 min, p50: 25 min, p90: 60 min}",
     .offset = offsetof(battle_terms, excavation),
     .meaning = "Time of the team for one item."},
    {.name = "detection",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_SHARE,
     .low = 0.3,
     .high = 1,
     .standard = "{p10: 95 %, p50: 98 %, p90: 99.5 %}",
     .offset = offsetof(battle_terms, detection),
     .meaning = "Probability that an item is found, internal quality check included."},
    {.name = "mines_seen",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_SHARE,
     .low = 0,
     .high = 1,
     .standard = "{p10: 70 %, p50: 90 %, p90: 98 %}",
     .offset = offsetof(battle_terms, mines_seen),
     .meaning = "Probability that the search of truly mined ground shows it to be mined."},
};

const hw_section hw_method_battle_area_parameters = {"battle_area",
                                                     "Teams that search battle areas for explosive remnants.",
                                                     sizeof(battle_terms), keys, HW_LENGTH(keys)};

static void set_up(hw_land *land, const void *terms, hw_method_numbers *numbers) {
    const battle_terms *t = terms;
    double *n = numbers->number;
    n[AREA_A_DAY] = hw_in_force(land, t->searchers) * hw_in_force(land, t->rate);
    n[EXCAVATION_DAYS] = hw_in_force(land, t->excavation) / 360; /* of a six-hour day [SFOR] */
    n[DETECTION] = hw_in_force(land, t->detection);
    n[MINES_SEEN] = hw_in_force(land, t->mines_seen);
    land->ground.ways.search_finds = n[DETECTION];
    land->ground.ways.search_sees_mines = n[MINES_SEEN];
    numbers->effort[HW_STAGE_BATTLE] = 1 / n[AREA_A_DAY];
}

static double field_days(hw_land *land, const hw_method_numbers *numbers, uint32_t index) {
    assert(land->ground.items[index].stage == HW_STAGE_BATTLE && numbers->number[AREA_A_DAY] > 0);
    const hw_item *item = &land->ground.items[index];
    const double *n = numbers->number;
    return hw_item_search_m2(item) / n[AREA_A_DAY] + hw_item_remnant_places(item) * n[EXCAVATION_DAYS];
}

/* What the search of a block shows of like ground. */
static void learn(hw_land *land, uint32_t index, double mined, bool remnants) {
    hw_beliefs before = hw_belief_of(land, index);
    hw_belief_learn(land, index, before, (hw_beliefs){mined, remnants ? 1 : 0});
}

static uint32_t finish(hw_land *land, const hw_method_numbers *numbers, hw_task *task, double now) {
    uint32_t index = task->work;
    hw_item *item = &land->ground.items[index];
    const double *n = numbers->number;
    if (item->part == 0 && item->flags & HW_ITEM_MINED &&
        hw_task_spend(task, HW_TASK_RESULT) < n[MINES_SEEN]) {
        uint32_t remnants = hw_item_remnant_places(item);
        hw_ground_take_out(land, index, HW_ITEM_ERW, item->hidden[HW_ITEM_ERW], HW_STATE_FOUND);
        learn(land, index, 1, remnants > 0);
        hw_pipeline_leave(land, index);
        hw_pipeline_believe(land, index, 1, 0);
        item->attempt++;
        hw_pipeline_send(land, index, HW_STAGE_TECHNICAL);
        return remnants;
    }
    bool remnants = item->hidden[HW_ITEM_ERW] > 0;
    uint32_t found = hw_ground_clear(land, task, n[DETECTION]);
    if (item->part == 0) {
        learn(land, index, hw_belief_posterior((double)item->belief_mined, false, n[MINES_SEEN], 1),
              remnants);
    }
    hw_pipeline_cleared(land, task, HW_LEDGER_BATTLE_CLEARED, now);
    return found;
}

const hw_method hw_method_battle_area = {
    .calendar = HW_CALENDAR_GROUND,
    .cause = HW_CAUSE_BATTLE,
    .purpose = HW_PURPOSE_CLEARANCE,
    .stages = {HW_STAGE_BATTLE},
    .stage_count = 1,
    .set_up = set_up,
    .field_days = field_days,
    .finish = finish,
};
