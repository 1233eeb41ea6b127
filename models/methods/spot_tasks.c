/* Explosive ordnance disposal on call (IMAS 09.30): single items that people find and report. Work is a type
 * of item; the team destroys one. */
#include "models/method.h"
#include <assert.h>

typedef struct spot_terms {
    hw_team_terms team;
    hw_value_id tasks_a_day;
} spot_terms;

enum { DAYS_A_TASK };

static const hw_key keys[] = {
    {.name = "team",
     .type = HW_KEY_SECTION,
     .section = &hw_team_section,
     .offset = offsetof(spot_terms, team),
     .meaning = "People, cost, training."},
    {.name = "tasks_a_day",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_NUMBER,
     .low = 0.05,
     .high = 50,
     .standard = "{p10: 1, p50: 3, p90: 6}",
     .offset = offsetof(spot_terms, tasks_a_day),
     .meaning = "Spot tasks of a team on a field day.",
     .source = "SOURCES 3.4, assumed"},
};

const hw_section hw_method_spot_tasks_parameters = {
    "spot_tasks", "Explosive ordnance disposal teams on call.", sizeof(spot_terms), keys, HW_LENGTH(keys)};

static void set_up(hw_land *land, const void *terms, hw_method_numbers *numbers) {
    const spot_terms *t = terms;
    numbers->number[DAYS_A_TASK] = 1 / hw_in_force(land, t->tasks_a_day);
}

static uint32_t take(hw_land *land, uint32_t district) {
    hw_district_state *d = &land->districts[district];
    for (uint32_t type = 0; type < HW_ITEM_TYPES; type++) {
        if (d->spot_tasks[type] > 0) {
            d->spot_tasks[type]--;
            return type;
        }
    }
    return HW_NOTHING;
}

static void put_back(hw_land *land, uint32_t district, uint32_t type) {
    assert(district < land->district_count && type < HW_ITEM_TYPES);
    land->districts[district].spot_tasks[type]++;
}

static double field_days(hw_land *land, const hw_method_numbers *numbers, uint32_t type) {
    (void)land;
    (void)type;
    return numbers->number[DAYS_A_TASK];
}

static double waiting(const hw_land *land, const hw_method_numbers *numbers, uint32_t district) {
    const hw_district_state *d = &land->districts[district];
    uint32_t tasks = d->spot_tasks[HW_ITEM_AP] + d->spot_tasks[HW_ITEM_AT] + d->spot_tasks[HW_ITEM_ERW];
    /* Somebody stands by wherever ground is still open. */
    return (tasks + (d->open_items > 0)) * numbers->number[DAYS_A_TASK];
}

static uint32_t finish(hw_land *land, const hw_method_numbers *numbers, hw_task *task, double now) {
    (void)numbers;
    (void)now;
    int64_t *books = land->districts[land->force.teams[task->team].district].items[task->work];
    assert(task->work < HW_ITEM_TYPES && books[HW_STATE_MISSED] > 0);
    books[HW_STATE_MISSED]--;
    books[HW_STATE_FOUND]++;
    return 1;
}

const hw_method hw_method_spot_tasks = {
    .calendar = HW_CALENDAR_GROUND,
    .cause = HW_CAUSE_QUALITY,
    .purpose = HW_PURPOSE_CLEARANCE,
    .stage_count = 0,
    .set_up = set_up,
    .take = take,
    .waiting = waiting,
    .on_call = true,
    .put_back = put_back,
    .field_days = field_days,
    .finish = finish,
};
