/* Manual clearance in lanes, with the time model of a deminer's day: minutes per m2 = vegetation + sweep +
 * signals * (1 - rejection) * investigation + mines * excavation (SOURCES 3.1). */
#include "models/ground.h"
#include "models/method.h"
#include "models/pipeline.h"
#include <assert.h>

typedef struct manual_terms {
    hw_team_terms team;
    hw_value_id lanes, minutes, sweep, rejection, investigation, excavation, detection, prepared_vegetation,
        prepared_signals;
} manual_terms;

enum { LANE_MINUTES, SWEEP, INVESTIGATION, EXCAVATION, DETECTION, PREPARED_VEGETATION, PREPARED_SIGNALS };

static const hw_key keys[] = {
    {.name = "team",
     .type = HW_KEY_SECTION,
     .section = &hw_team_section,
     .offset = offsetof(manual_terms, team),
     .meaning = "People, cost, training."},
    {.name = "lanes",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_NUMBER,
     .low = 1,
     .high = 100,
     .standard = "10",
     .offset = offsetof(manual_terms, lanes),
     .meaning = "Deminers in lanes.",
     .source = "SOURCES 3.6: about ten lanes"},
    {.name = "minutes",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_MINUTES,
     .low = 30,
     .high = 600,
     .standard = "{p10: 180 min, p50: 280 min, p90: 330 min}",
     .offset = offsetof(manual_terms, minutes),
     .meaning = "Effective minutes of a deminer's field day.",
     .source = "SOURCES 3.1; at most six hours [SFOR]"},
    {.name = "sweep",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_TIME_PER_AREA,
     .low = 0.05,
     .high = 20,
     .standard = "{p10: 0.7 min/m2, p50: 1.5 min/m2, p90: 3 min/m2}",
     .offset = offsetof(manual_terms, sweep),
     .meaning = "Time to sweep.",
     .source = "SOURCES 3.1"},
    {.name = "rejection",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_SHARE,
     .low = 0,
     .high = 1,
     .standard = "0 %",
     .offset = offsetof(manual_terms, rejection),
     .meaning = "Signals that the detector tells to be clutter; metal detectors 0, dual sensors 0.92-0.965.",
     .source = "SOURCES 3.1 [MH] [HST]"},
    {.name = "investigation",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_MINUTES,
     .low = 0.1,
     .high = 60,
     .standard = "{p10: 1 min, p50: 3 min, p90: 8 min}",
     .offset = offsetof(manual_terms, investigation),
     .meaning = "Time for one signal.",
     .source = "SOURCES 3.1"},
    {.name = "excavation",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_MINUTES,
     .low = 1,
     .high = 600,
     .standard = "{p10: 20 min, p50: 45 min, p90: 120 min}",
     .offset = offsetof(manual_terms, excavation),
     .meaning = "Time for one item, with marking and its share of demolition.",
     .source = "SOURCES 3.1"},
    {.name = "detection",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_SHARE,
     .low = 0.5,
     .high = 1,
     .standard = "{p10: 99 %, p50: 99.6 %, p90: 99.95 %}",
     .offset = offsetof(manual_terms, detection),
     .meaning = "Probability that an item in the parcel is found, internal quality check included.",
     .source = "SOURCES 5: 99.6 % was the old UN standard [UNcs]; 0.0085 missed per ha [GQC]"},
    {.name = "prepared_vegetation",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_SHARE,
     .low = 0,
     .high = 1,
     .standard = "{p10: 5 %, p50: 10 %, p90: 30 %}",
     .offset = offsetof(manual_terms, prepared_vegetation),
     .meaning = "Vegetation left after a machine has prepared the ground."},
    {.name = "prepared_signals",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_SHARE,
     .low = 0,
     .high = 2,
     .standard = "{p10: 30 %, p50: 60 %, p90: 100 %}",
     .offset = offsetof(manual_terms, prepared_signals),
     .meaning = "Signals left to investigate after a machine has prepared the ground."},
};

const hw_section hw_method_manual_parameters = {
    "manual",
    "Deminers with metal detectors in lanes: clears parcels to depth, with or without mechanical "
    "preparation, and takes parcels that wait for a machine when nothing else does.",
    sizeof(manual_terms), keys, HW_LENGTH(keys)};

static double minutes_per_m2(const hw_method_numbers *numbers, double vegetation, double signals,
                             double items_per_m2) {
    const double *n = numbers->number;
    return vegetation + n[SWEEP] + signals * n[INVESTIGATION] + items_per_m2 * n[EXCAVATION];
}

static void set_up(hw_land *land, const void *terms, hw_method_numbers *numbers) {
    const manual_terms *t = terms;
    double *n = numbers->number;
    n[LANE_MINUTES] = hw_in_force(land, t->lanes) * hw_in_force(land, t->minutes);
    n[SWEEP] = hw_in_force(land, t->sweep);
    n[INVESTIGATION] = hw_in_force(land, t->investigation) * (1 - hw_in_force(land, t->rejection));
    n[EXCAVATION] = hw_in_force(land, t->excavation);
    n[DETECTION] = hw_in_force(land, t->detection);
    land->ground.ways.clearance_finds = n[DETECTION];
    n[PREPARED_VEGETATION] = hw_in_force(land, t->prepared_vegetation);
    n[PREPARED_SIGNALS] = hw_in_force(land, t->prepared_signals);

    hw_soil typical = hw_ground_typical(land);
    double bare = minutes_per_m2(numbers, typical.vegetation, typical.signals, 0) / n[LANE_MINUTES];
    numbers->effort[HW_STAGE_CLEAR_MANUAL] = bare;
    numbers->effort[HW_STAGE_PREPARE] = bare;
    numbers->effort[HW_STAGE_CLEAR_ANY] = minutes_per_m2(numbers, typical.vegetation * n[PREPARED_VEGETATION],
                                                         typical.signals * n[PREPARED_SIGNALS], 0) /
                                          n[LANE_MINUTES];
}

static double field_days(hw_land *land, const hw_method_numbers *numbers, uint32_t index) {
    assert(index < land->ground.item_count && numbers->number[LANE_MINUTES] > 0);
    const hw_item *item = &land->ground.items[index];
    const hw_soil *soil = &land->ground.soils[hw_item_area(land, item)->setting];
    const double *n = numbers->number;
    double vegetation = soil->vegetation;
    double signals = soil->signals;
    if (item->flags & HW_ITEM_PREPARED) {
        vegetation *= n[PREPARED_VEGETATION];
        signals *= n[PREPARED_SIGNALS];
    }
    double items = hw_item_places(item);
    double minutes =
        hw_item_search_m2(item) * minutes_per_m2(numbers, vegetation, signals, 0) + items * n[EXCAVATION];
    return minutes / n[LANE_MINUTES];
}

static uint32_t finish(hw_land *land, const hw_method_numbers *numbers, hw_task *task, double now) {
    uint32_t found = hw_ground_clear(land, task, numbers->number[DETECTION]);
    hw_pipeline_cleared(land, task, HW_LEDGER_MINE_CLEARED, now);
    return found;
}

const hw_method hw_method_manual = {
    .calendar = HW_CALENDAR_GROUND,
    .cause = HW_CAUSE_MANUAL,
    .purpose = HW_PURPOSE_CLEARANCE,
    .stages = {HW_STAGE_CLEAR_MANUAL, HW_STAGE_CLEAR_ANY, HW_STAGE_PREPARE},
    .stage_count = 3,
    .last_resorts = 1, /* machines prepare ground at a fraction of the price */
    .set_up = set_up,
    .field_days = field_days,
    .finish = finish,
};
