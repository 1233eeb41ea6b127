/* Flails and tillers. Ground preparation is not clearance: dogs or deminers follow over all of it ([NOL];
 * IMAS 09.50). */
#include "models/ground.h"
#include "models/method.h"
#include "models/pipeline.h"
#include <assert.h>

typedef struct machines_terms {
    hw_team_terms team;
    hw_value_id machines, rate, detonated;
} machines_terms;

enum { AREA_A_DAY, DETONATED };

static const hw_key keys[] = {
    {.name = "team",
     .type = HW_KEY_SECTION,
     .section = &hw_team_section,
     .offset = offsetof(machines_terms, team),
     .meaning = "People, cost, training."},
    {.name = "machines",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_NUMBER,
     .low = 1,
     .high = 20,
     .standard = "1",
     .offset = offsetof(machines_terms, machines),
     .meaning = "Machines in a team."},
    {.name = "rate",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_AREA_PER_TIME,
     .low = 50,
     .high = 50000,
     .standard = "{distribution: lognormal, median: 1300 m2/day, sigma: 0.35}",
     .offset = offsetof(machines_terms, rate),
     .meaning = "Ground that one machine prepares on a field day that it works.",
     .source = "SOURCES 3.3: fit to 500-2,000 [HAS] and 273,500 m2 a machine-year [AN12]; sigma between "
               "worlds, single parcels vary besides"},
    {.name = "detonated",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_SHARE,
     .low = 0,
     .high = 1,
     .standard = "{p10: 30 %, p50: 60 %, p90: 85 %}",
     .offset = offsetof(machines_terms, detonated),
     .meaning = "Mines that the machine sets off or breaks."},
};

const hw_section hw_method_machines_parameters = {
    "machines", "Flails and tillers that prepare ground; slope and ruins keep them out.",
    sizeof(machines_terms), keys, HW_LENGTH(keys)};

static void set_up(hw_land *land, const void *terms, hw_method_numbers *numbers) {
    const machines_terms *t = terms;
    numbers->number[AREA_A_DAY] = hw_in_force(land, t->machines) * hw_in_force(land, t->rate);
    numbers->number[DETONATED] = hw_in_force(land, t->detonated);
    numbers->effort[HW_STAGE_PREPARE] = 1 / numbers->number[AREA_A_DAY];
}

static double field_days(hw_land *land, const hw_method_numbers *numbers, uint32_t index) {
    assert(land->ground.items[index].stage == HW_STAGE_PREPARE && numbers->number[AREA_A_DAY] > 0);
    return land->ground.items[index].area_m2 / numbers->number[AREA_A_DAY];
}

static uint32_t finish(hw_land *land, const hw_method_numbers *numbers, hw_task *task, double now) {
    (void)now;
    uint32_t index = task->work;
    hw_item *item = &land->ground.items[index];
    uint64_t entity = hw_item_entity(land, item);
    for (uint32_t type = HW_ITEM_AP; type <= HW_ITEM_AT; type++) {
        if (item->hidden[type] > 0) {
            double u = hw_land_draw(land, entity, HW_DRAW_DETONATE, hw_item_occurrence(item) << 1 | type);
            hw_ground_take_out(land, index, type,
                               hw_binomial_quantile(item->hidden[type], numbers->number[DETONATED], u),
                               HW_STATE_FOUND);
        }
    }
    hw_pipeline_leave(land, index);
    assert(!(item->flags & HW_ITEM_PREPARED) && item->part > 0);
    item->flags |= HW_ITEM_PREPARED;
    item->attempt++;
    hw_pipeline_send(land, index, item->flags & HW_ITEM_NO_DOGS ? HW_STAGE_CLEAR_MANUAL : HW_STAGE_CLEAR_ANY);
    return 0;
}

const hw_method hw_method_machines = {
    .supply = HW_SUPPLY_MACHINES,
    .calendar = HW_CALENDAR_GROUND,
    .cause = HW_CAUSE_MACHINES,
    .purpose = HW_PURPOSE_CLEARANCE,
    .stages = {HW_STAGE_PREPARE},
    .stage_count = 1,
    .set_up = set_up,
    .field_days = field_days,
    .finish = finish,
};
