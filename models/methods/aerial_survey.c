/* Aerial survey by aircraft or drone gives evidence only: it sharpens the non-technical survey of the
 * polygons it has flown over. Work is a polygon; ground that has been surveyed already is not flown. */
#include "models/method.h"
#include <assert.h>
#include <math.h>

typedef struct aerial_terms {
    hw_team_terms team;
    hw_value_id rate;
} aerial_terms;

enum { AREA_A_DAY };

static const hw_key keys[] = {
    {.name = "team",
     .type = HW_KEY_SECTION,
     .section = &hw_team_section,
     .offset = offsetof(aerial_terms, team),
     .meaning = "People, cost, training."},
    {.name = "rate",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_AREA_PER_TIME,
     .low = 1e4,
     .high = 1e8,
     .standard = "{p10: 0.5 km2/day, p50: 1.5 km2/day, p90: 4 km2/day}",
     .offset = offsetof(aerial_terms, rate),
     .meaning = "Ground that a crew flies and interprets on a field day.",
     .source = "SOURCES 3.4, assumed"},
};

const hw_section hw_method_aerial_survey_parameters = {
    "aerial_survey", "Crews that fly suspected ground before non-technical survey.", sizeof(aerial_terms),
    keys, HW_LENGTH(keys)};

static void set_up(hw_land *land, const void *terms, hw_method_numbers *numbers) {
    const aerial_terms *t = terms;
    numbers->number[AREA_A_DAY] = hw_in_force(land, t->rate);
    numbers->effort[HW_STAGE_SURVEY] = 1 / numbers->number[AREA_A_DAY];
}

/* The next polygon, in the best area that still has ground to survey. Polygons are surveyed in their order,
 * so the crew starts far enough ahead to be of use. */
static uint32_t take(hw_land *land, uint32_t district) {
    const hw_district_state *d = &land->districts[district];
    const hw_bitset *ready = &d->ready[HW_STAGE_SURVEY];
    for (uint32_t rank = hw_bitset_first(ready); rank != HW_BITSET_NONE;
         rank = hw_bitset_next(ready, rank + 1)) {
        hw_area *area = &land->ground.areas[d->by_rank[rank]];
        uint32_t surveyed_to =
            hw_block_polygon(land, area->ready[HW_STAGE_SURVEY].head) - area->first_polygon;
        uint32_t next = area->next_polygon > surveyed_to ? area->next_polygon : surveyed_to;
        assert(surveyed_to < area->polygon_count);
        if (next < area->polygon_count) {
            area->next_polygon = next + 1;
            return area->first_polygon + next;
        }
    }
    return HW_NOTHING;
}

static void put_back(hw_land *land, uint32_t district, uint32_t polygon) {
    assert(polygon < land->ground.polygon_count);
    (void)district;
    hw_area *area = &land->ground.areas[land->ground.polygons[polygon].area];
    area->next_polygon = polygon - area->first_polygon;
}

static double field_days(hw_land *land, const hw_method_numbers *numbers, uint32_t index) {
    assert(index < land->ground.polygon_count && numbers->number[AREA_A_DAY] > 0);
    const hw_polygon *polygon = &land->ground.polygons[index];
    double area_m2 = 0;
    for (uint32_t i = 0; i < polygon->count; i++) {
        area_m2 += land->ground.items[polygon->first + i].area_m2;
    }
    return area_m2 / numbers->number[AREA_A_DAY];
}

static uint32_t finish(hw_land *land, const hw_method_numbers *numbers, hw_task *task, double now) {
    (void)numbers;
    (void)now;
    land->ground.polygons[task->work].imaged = true;
    return 0;
}

const hw_method hw_method_aerial_survey = {
    .calendar = HW_CALENDAR_GROUND,
    .cause = HW_CAUSE_SURVEY,
    .purpose = HW_PURPOSE_SURVEY,
    .stage_count = 0,
    .set_up = set_up,
    .take = take,
    .put_back = put_back,
    .field_days = field_days,
    .finish = finish,
};
