/* Sets a world back to the scenario's first day. */
#include "models/world_begin.h"
#include "models/accidents.h"
#include "models/ground_plan.h"
#include "models/income.h"
#include "models/method.h"
#include "models/numbers.h"
#include "models/pipeline.h"
#include "models/policy.h"
#include "models/recorded.h"
#include "models/settlement.h"
#include "models/teams.h"
#include "models/weather.h"
#include <assert.h>
#include <math.h>
#include <string.h>

/* Values in force start as drawn; levers change them on planning days. */
static void draw_values(hw_land *land) {
    const hw_values *values = land->scenario->values;
    hw_values_realise(values, land->key, HW_DRAW_VALUE, land->drawn);
    memcpy(land->value, land->drawn, values->count * sizeof *land->value);
}

static double shifted_odds(double share, double shift) {
    assert(share >= 0 && share <= 1);
    if (share <= 0 || share >= 1) {
        return share;
    }
    return 1 / (1 + (1 - share) / share * exp(-shift));
}

static void draw_polygons(hw_land *land, const hw_area *area) {
    const hw_odds *odds = &land->ground.odds[area->class];
    for (uint32_t i = 0; i < area->polygon_count; i++) {
        hw_polygon *polygon = &land->ground.polygons[area->first_polygon + i];
        double u[4];
        hw_land_draw_block(land, area->entity, HW_DRAW_POLYGON, i, u);
        polygon->mined = (float)shifted_odds(odds->mined, odds->patchy * hw_normal_quantile(u[0]));
        polygon->battle = (float)shifted_odds(odds->battle, odds->patchy * hw_normal_quantile(u[1]));
        polygon->imaged = false;
    }
}

/* How many of an area's hidden blocks there are in this replication. */
static uint32_t hidden_blocks(const hw_land *land, uint32_t index) {
    const hw_area *area = &land->ground.areas[index];
    double undiscovered = hw_in_force(land, hw_ground_plan_undiscovered(land->scenario, index));
    /* A fraction of a block is a chance of a whole one. */
    double u = hw_land_draw(land, area->entity, HW_DRAW_HIDDEN, 0);
    return (uint32_t)fmin(area->hidden_most, floor(undiscovered * area->block_count + u));
}

/* All ground of an area as it was on the first day: known blocks in the queue for survey, the rest hidden.
 * Hidden blocks that neither this replication has nor the one before had are as they were laid out. */
static void reset_ground(hw_land *land, uint32_t index) {
    hw_area *area = &land->ground.areas[index];
    const hw_scenario *s = land->scenario;
    const hw_odds *odds = &land->ground.odds[area->class];
    const hw_hazard_area *terms = HW_ITEM(s->hazard_areas, hw_hazard_area, index);
    double factor = hw_in_force(land, terms->area) / hw_scenario_median(s, terms->area);
    /* An absurdly wide distribution of areas ends at the largest block that a number can hold. */
    uint32_t block_m2 = (uint32_t)fmin(4e9, fmax(1, round((double)land->ground.nominal_m2[index] * factor)));
    uint32_t before = area->hidden_count;
    area->hidden_count = hidden_blocks(land, index);
    uint32_t laid = area->hidden_count > before ? area->hidden_count : before;
    for (uint32_t i = area->first_block; i < area->first_hidden + laid; i++) {
        bool hidden = i >= area->first_hidden;
        land->ground.items[i] = (hw_item){
            .next = hidden || i + 1 == area->first_hidden ? HW_NOTHING : i + 1,
            .area_m2 = block_m2,
            .area = index,
            .block = i,
            .belief_mined = (float)odds->believed_mined,
            .belief_battle = (float)odds->believed_battle,
            .stage = hidden ? HW_STAGE_HIDDEN : HW_STAGE_SURVEY,
            .left = HW_WHOLE,
        };
    }
    for (int stage = 0; stage < HW_STAGES; stage++) {
        area->ready[stage] = (hw_ready){HW_NOTHING, HW_NOTHING};
        area->open_m2[stage] = area->ready_parts[stage] = 0;
        area->hands[stage] = 0;
    }
    area->ready[HW_STAGE_SURVEY] = (hw_ready){area->first_block, area->first_hidden - 1};
    int64_t known_m2 = (int64_t)block_m2 * area->block_count;
    assert(block_m2 > 0 && area->block_count > 0);
    area->open_m2[HW_STAGE_SURVEY] = known_m2;
    area->start_m2 = (double)known_m2;
    area->ready_parts[HW_STAGE_SURVEY] = known_m2 * HW_WHOLE;
    area->reporting_m2 = 0;
    area->open_items = area->block_count;
    area->belief_m2 = area->prior_m2 = (double)(float)odds->believed_mined * (double)known_m2;
    area->next_polygon = area->next_again = 0;
    area->hidden_found = 0;

    hw_district_state *d = &land->districts[area->district];
    double own_access = terms->access_from == INT64_MAX ? 0 : (double)(terms->access_from - s->start);
    area->access_day = fmax(d->access_day, own_access);
    area->accessible = false; /* until a planning day opens it */
    uint32_t hazard = HW_ITEM(s->settings, hw_terrain, area->setting)->hazard;
    d->baseline_m2[hazard] += known_m2;
    d->ledger_m2[hazard][HW_LEDGER_REMAINING] += known_m2;
    d->remaining_at_start += known_m2;
    d->open_items += area->block_count;
}

/* Sets the fields of a district that a replication changes; its layout and its tables stay. */
static void reset_district(hw_land *land, uint32_t index) {
    hw_district_state *d = &land->districts[index];
    assert(d->area_count > 0 && d->first_item <= d->first_parcel && d->first_parcel <= d->end_item);
    assert(d->end_item <= land->ground.item_count);
    hw_district_state fresh = {
        .entity = d->entity,
        .survey_aid = 1,
        .sent = {HW_NOTHING, HW_NOTHING},
        .first_item = d->first_item,
        .first_parcel = d->first_parcel,
        .next_parcel = d->first_parcel,
        .end_item = d->end_item,
        .area_count = d->area_count,
        .areas = d->areas,
        .by_rank = d->by_rank,
        .worktime = {d->worktime[0], d->worktime[1]},
        .completion_day = (double)NAN,
    };
    memcpy(d->by_rank, d->areas, d->area_count * sizeof *d->areas);
    memcpy(fresh.ready, d->ready, sizeof fresh.ready);
    for (int stage = 0; stage < HW_STAGES; stage++) {
        hw_bitset_empty(&fresh.ready[stage]);
    }
    for (uint32_t m = 0; m < HW_REGISTRY_MOST; m++) {
        fresh.idle_head[m] = HW_NOTHING;
    }
    int64_t access = HW_ITEM(land->scenario->districts, hw_district, index)->access_from;
    fresh.access_day = access == INT64_MAX ? 0 : fmax(0, (double)(access - land->scenario->start));
    *d = fresh;
}

static void reset_places(hw_land *land) {
    const hw_scenario *s = land->scenario;
    for (uint32_t p = 0; p < land->place_count; p++) {
        const hw_place *terms = HW_ITEM(s->places, hw_place, p);
        const hw_district_state *d = &land->districts[terms->district];
        double opens = d->access_day;
        for (uint32_t i = 0; i < terms->must_release.count; i++) {
            opens = fmax(opens, land->ground.areas[terms->must_release.items[i]].access_day);
        }
        double wanted = terms->wanted_from == INT64_MAX ? d->access_day
                                                        : fmax(0, (double)(terms->wanted_from - s->start));
        hw_place_state fresh = {
            .entity = land->places[p].entity,
            .missing_areas = terms->must_release.count,
            .release_day = (double)NAN,
            .first_return_day = (double)NAN,
            .delay_start = wanted,
            .delay_from = wanted,
        };
        for (int step = 0; step < HW_STEPS; step++) {
            fresh.step[step] = (double)NAN;
        }
        fresh.step[HW_STEP_ACCESS] = opens;
        land->places[p] = fresh;
    }
}

/* Shares of the visits of a kind of people, by district. */
static void weigh(hw_land *land, uint32_t people) {
    double sum = 0;
    for (uint32_t d = 0; d < land->district_count; d++) {
        const hw_district *terms = HW_ITEM(land->scenario->districts, hw_district, d);
        hw_district_state *district = &land->districts[d];
        double weight = hw_in_force(land, people == HW_SOLDIERS ? terms->soldiers : terms->visitors);
        district->visit_weight[people] = weight * (double)district->remaining_at_start;
        sum += district->visit_weight[people];
    }
    for (uint32_t d = 0; d < land->district_count; d++) {
        double *weight = &land->districts[d].visit_weight[people];
        *weight = sum > 0 ? *weight / sum : 0;
    }
}

/* Ground whose survey was over before the start goes on from there: by what planners believe of its class. */
static void begin_surveyed(hw_land *land, uint32_t index) {
    hw_area *area = &land->ground.areas[index];
    uint32_t block = hw_pipeline_take_all(land, area, HW_STAGE_SURVEY);
    while (block != HW_NOTHING) {
        uint32_t next = land->ground.items[block].next;
        hw_ground_reveal(land, block);
        hw_pipeline_leave(land, block);
        hw_pipeline_take_way(land, block, 0);
        block = next;
    }
    while (land->districts[area->district].sent.head != HW_NOTHING) {
        (void)hw_pipeline_admit(land, area->district);
    }
}

static void clear_books(hw_land *land) {
    memset(land->force.unposted_days, 0, sizeof land->force.unposted_days);
    memset(land->force.money_short, 0, sizeof land->force.money_short);
    memset(land->force.unpaid_orders, 0, sizeof land->force.unpaid_orders);
    land->past_year = (hw_past_year){0};
    memset(land->outcome.stream_year_spent, 0,
           sizeof *land->outcome.stream_year_spent * land->money.stream_count * land->calendar.year_count);
    memset(land->outcome.purpose_year_spent, 0,
           sizeof *land->outcome.purpose_year_spent * HW_PURPOSES * land->calendar.year_count);
    land->force.training_places = 0;
    land->calendar.month = land->calendar.year = 0;
    land->calendar.planned_to = 0;
    land->failed = false;
}

void hw_land_begin(void *state, hw_rng_key key, hw_queue *queues) {
    hw_land *land = state;
    land->key = key;
    land->rounds = hw_rng_rounds_of(key);
    land->queues = queues;
    clear_books(land);
    draw_values(land);
    hw_numbers_derive(land);
    for (uint32_t d = 0; d < land->district_count; d++) {
        reset_district(land, d);
    }
    hw_weather_begin(land);
    for (uint32_t a = 0; a < land->ground.area_count; a++) {
        land->planner.score_order[a] = a; /* ties and the first sorting start alike in every replication */
        draw_polygons(land, &land->ground.areas[a]);
        reset_ground(land, a);
    }
    hw_belief_begin(land);
    weigh(land, HW_CIVILIANS);
    weigh(land, HW_SOLDIERS);
    hw_danger_begin(land);
    reset_places(land);
    hw_settlement_begin(land);
    hw_income_begin(land);
    hw_teams_begin(land);
    hw_growth_begin(land);
    hw_contracts_begin(land);
    hw_policy_begin(land);
    hw_accidents_begin(land);
    hw_recorded_begin(land);
    for (uint32_t a = 0; a < land->ground.area_count; a++) {
        if (HW_ITEM(land->scenario->hazard_areas, hw_hazard_area, a)->surveyed) {
            begin_surveyed(land, a);
        }
    }
    hw_signposts_begin(land);
}
