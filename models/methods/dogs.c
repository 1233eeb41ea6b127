/* Mine detection dogs: two dogs over the same ground count as clearance (IMAS 09.40; [EDD]). They need
 * prepared or light ground; summer heat stops them, which their calendar knows. */
#include "models/ground.h"
#include "models/method.h"
#include "models/pipeline.h"
#include <assert.h>

typedef struct dogs_terms {
    hw_team_terms team;
    hw_value_id dogs, rate, unprepared, excavation, detection;
} dogs_terms;

enum { AREA_A_DAY, UNPREPARED, EXCAVATION_DAYS, DETECTION };

static const hw_key keys[] = {
    {.name = "team",
     .type = HW_KEY_SECTION,
     .section = &hw_team_section,
     .offset = offsetof(dogs_terms, team),
     .meaning = "People, cost, training."},
    {.name = "dogs",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_NUMBER,
     .low = 2,
     .high = 40,
     .standard = "4",
     .offset = offsetof(dogs_terms, dogs),
     .meaning = "Dogs in a team; every two search the same ground one after the other.",
     .source = "SOURCES 4: set of four dogs"},
    {.name = "rate",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_AREA_PER_TIME,
     .low = 10,
     .high = 5000,
     .standard = "{p10: 200 m2/day, p50: 300 m2/day, p90: 400 m2/day}",
     .offset = offsetof(dogs_terms, rate),
     .meaning = "Ground that one dog searches on a field day, both passes counted.",
     .source = "SOURCES 3.2 [HAS]"},
    {.name = "unprepared",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_SHARE,
     .low = 0.05,
     .high = 1,
     .standard = "{p10: 40 %, p50: 60 %, p90: 90 %}",
     .offset = offsetof(dogs_terms, unprepared),
     .meaning = "Output on ground that no machine has prepared."},
    {.name = "excavation",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_MINUTES,
     .low = 1,
     .high = 600,
     .standard = "{p10: 20 min, p50: 45 min, p90: 120 min}",
     .offset = offsetof(dogs_terms, excavation),
     .meaning = "Time of the team's deminer for one item.",
     .source = "SOURCES 3.1"},
    {.name = "detection",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_SHARE,
     .low = 0.5,
     .high = 1,
     .standard = "{p10: 98.6 %, p50: 99.6 %, p90: 99.95 %}",
     .offset = offsetof(dogs_terms, detection),
     .meaning = "Probability that an item is found by the two dogs, internal quality check included.",
     .source = "SOURCES 3.2: lower bound 98.6 % derived from [TSD]"},
};

const hw_section hw_method_dogs_parameters = {
    "dogs", "Mine detection dogs: follow machines, or search light ground by themselves.", sizeof(dogs_terms),
    keys, HW_LENGTH(keys)};

static void set_up(hw_land *land, const void *terms, hw_method_numbers *numbers) {
    const dogs_terms *t = terms;
    double *n = numbers->number;
    n[AREA_A_DAY] = hw_in_force(land, t->dogs) * hw_in_force(land, t->rate);
    n[UNPREPARED] = hw_in_force(land, t->unprepared);
    n[EXCAVATION_DAYS] = hw_in_force(land, t->excavation) / 360; /* of a six-hour day [SFOR] */
    n[DETECTION] = hw_in_force(land, t->detection);
    numbers->effort[HW_STAGE_CLEAR_ANY] = 1 / n[AREA_A_DAY];
}

static double field_days(hw_land *land, const hw_method_numbers *numbers, uint32_t index) {
    assert(index < land->ground.item_count && numbers->number[AREA_A_DAY] > 0 &&
           numbers->number[UNPREPARED] > 0);
    const hw_item *item = &land->ground.items[index];
    const double *n = numbers->number;
    double rate = n[AREA_A_DAY] * (item->flags & HW_ITEM_PREPARED ? 1 : n[UNPREPARED]);
    double items = hw_item_places(item);
    return hw_item_search_m2(item) / rate + items * n[EXCAVATION_DAYS];
}

static uint32_t finish(hw_land *land, const hw_method_numbers *numbers, hw_task *task, double now) {
    uint32_t found = hw_ground_clear(land, task, numbers->number[DETECTION]);
    hw_pipeline_cleared(land, task, HW_LEDGER_MINE_CLEARED, now);
    return found;
}

const hw_method hw_method_dogs = {
    .supply = HW_SUPPLY_DOGS,
    .calendar = HW_CALENDAR_DOGS,
    .cause = HW_CAUSE_DOGS,
    .purpose = HW_PURPOSE_CLEARANCE,
    .stages = {HW_STAGE_CLEAR_ANY},
    .stage_count = 1,
    .set_up = set_up,
    .field_days = field_days,
    .finish = finish,
};
