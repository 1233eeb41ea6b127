#include "models/world_begin.h"
#include "models/ground_plan.h"
#include "models/method.h"
#include "models/money.h"
#include "models/settlement.h"
#include "models/teams.h"
#include "models/weather.h"
#include <math.h>
#include <string.h>

static void draw_numbers(hw_land *land) {
    const hw_scenario *s = land->scenario;
    hw_values_realise(s->values, land->key, HW_DRAW_VALUE, land->value);
    for (uint32_t i = 0; i < s->settings.count; i++) {
        const hw_terrain *setting = HW_ITEM(s->settings, hw_terrain, i);
        double there = 1 - hw_drawn(land, setting->gone);
        land->ground[i] = (struct hw_ground){
            .ap = hw_drawn(land, setting->ap) * there,
            .at = hw_drawn(land, setting->at) * there,
            .erw = hw_drawn(land, setting->erw),
            .pattern_share = hw_drawn(land, setting->pattern_share),
            .signals = hw_drawn(land, setting->signals),
            .vegetation = hw_drawn(land, setting->vegetation),
            .steep = hw_drawn(land, setting->steep),
            .unfit_for_dogs = hw_drawn(land, setting->unfit_for_dogs),
        };
    }
    for (uint32_t i = 0; i < s->classes.count; i++) {
        const hw_class *class = HW_ITEM(s->classes, hw_class, i);
        land->odds[i] = (struct hw_odds){
            .mined = hw_drawn(land, class->mined),
            .battle = hw_drawn(land, class->battle),
            .patchy = hw_drawn(land, class->patchy),
            .believed_mined = hw_drawn(land, class->believed_mined),
            .believed_battle = hw_drawn(land, class->believed_battle),
        };
    }
    for (uint32_t i = 0; i < s->operators.count; i++) {
        const hw_operator *operator_ = HW_ITEM(s->operators, hw_operator, i);
        double asked = operator_->access_from == INT64_MAX ? 0 : (double)(operator_->access_from - s->start);
        land->operator_ready[i] = asked + hw_drawn(land, operator_->permit_delay);
        land->operator_pace[i] = hw_drawn(land, operator_->pace);
        land->operator_quality[i] = hw_drawn(land, operator_->quality);
        land->operator_cost[i] = hw_drawn(land, operator_->cost);
    }
    land->cancel_below = hw_drawn(land, s->planning.cancel_below);
    land->clear_above = hw_drawn(land, s->planning.clear_above);
    land->report_mean = hw_drawn(land, s->planning.report_time);
    land->deminer_casualties = hw_drawn(land, s->safety.deminer_casualties);
    land->deminers_killed = hw_drawn(land, s->safety.deminers_killed);
    land->stand_down = hw_drawn(land, s->safety.stand_down);
}

/* The numbers that all methods share, from the terms with which each method's parameters start. */
static void draw_methods(hw_land *land) {
    for (uint32_t m = 0; m < land->method_count; m++) {
        const hw_team_terms *t = land->scenario->methods[m];
        double breakdown = hw_drawn(land, t->breakdown_after);
        land->methods[m] = (hw_method_numbers){
            .people = hw_drawn(land, t->people),
            .running_cost = hw_drawn(land, t->running_cost),
            .standby_cost = hw_drawn(land, t->standby_cost),
            .purchase = hw_drawn(land, t->purchase),
            .lead_time = hw_drawn(land, t->lead_time),
            .service_life = hw_drawn(land, t->service_life),
            .course = hw_drawn(land, t->course),
            .accreditation = hw_drawn(land, t->accreditation),
            .pass = hw_drawn(land, t->pass),
            .retraining = hw_drawn(land, t->retraining),
            .attrition = hw_drawn(land, t->attrition),
            .breakdown_rate = breakdown > 0 ? 1 / breakdown : 0,
            .repair = hw_drawn(land, t->repair),
            .move_cost = hw_drawn(land, t->move_cost),
            .move_time = hw_drawn(land, t->move_time),
            .learning_start = hw_drawn(land, t->learning_start),
            .learning_rate = 1 / hw_drawn(land, t->learning_time),
        };
        hw_method_list[m]->set_up(land, t, &land->methods[m]);
    }
}

static double shifted_odds(double share, double shift) {
    if (share <= 0 || share >= 1) {
        return share;
    }
    return 1 / (1 + (1 - share) / share * exp(-shift));
}

static void draw_polygons(hw_land *land, const hw_area *area) {
    const struct hw_odds *odds = &land->odds[area->class];
    for (uint32_t i = 0; i < area->polygon_count; i++) {
        hw_polygon *polygon = &land->polygons[area->first_polygon + i];
        double u[4];
        hw_draw_block(land->key, area->entity, HW_DRAW_POLYGON, i, u);
        polygon->mined = (float)shifted_odds(odds->mined, odds->patchy * hw_normal_quantile(u[0]));
        polygon->battle = (float)shifted_odds(odds->battle, odds->patchy * hw_normal_quantile(u[1]));
        polygon->imaged = false;
    }
}

/* All ground of an area as it was on the first day: known blocks in the queue for survey, the rest hidden. */
static void reset_ground(hw_land *land, uint32_t index) {
    hw_area *area = &land->areas[index];
    const hw_scenario *s = land->scenario;
    const struct hw_odds *odds = &land->odds[area->class];
    const hw_hazard_area *terms = HW_ITEM(s->hazard_areas, hw_hazard_area, index);
    double factor = hw_drawn(land, terms->area) / hw_scenario_median(s, terms->area);
    /* An absurdly wide distribution of areas ends at the largest block that a number can hold. */
    uint32_t block_m2 = (uint32_t)fmin(4e9, fmax(1, round((double)land->nominal_m2[index] * factor)));
    for (uint32_t i = area->first_block; i < area->first_hidden + area->hidden_most; i++) {
        bool hidden = i >= area->first_hidden;
        land->items[i] = (hw_item){
            .next = hidden || i + 1 == area->first_hidden ? HW_NOTHING : i + 1,
            .area_m2 = block_m2,
            .polygon = land->items[i].polygon,
            .block = i,
            .belief_mined = (float)odds->believed_mined,
            .belief_battle = (float)odds->believed_battle,
            .stage = hidden ? HW_STAGE_HIDDEN : HW_STAGE_SURVEY,
        };
    }
    for (int stage = 0; stage < HW_STAGES; stage++) {
        area->ready[stage] = (hw_ready){HW_NOTHING, HW_NOTHING};
        area->open_m2[stage] = 0;
    }
    area->ready[HW_STAGE_SURVEY] = (hw_ready){area->first_block, area->first_hidden - 1};
    int64_t known_m2 = (int64_t)block_m2 * area->block_count;
    area->open_m2[HW_STAGE_SURVEY] = known_m2;
    area->reporting_m2 = 0;
    area->open_items = area->block_count;
    area->belief_m2 = (double)(float)odds->believed_mined * (double)known_m2;
    area->next_polygon = 0;
    area->hidden_found = 0;
    double undiscovered = hw_drawn(land, HW_ITEM(s->districts, hw_district, area->district)->undiscovered);
    /* A fraction of a block is a chance of a whole one. */
    double u = hw_draw(land->key, area->entity, HW_DRAW_HIDDEN, 0);
    area->hidden_count = (uint32_t)fmin(area->hidden_most, floor(undiscovered * area->block_count + u));

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
    hw_district_state fresh = {
        .first_item = d->first_item,
        .first_parcel = d->first_parcel,
        .next_parcel = d->first_parcel,
        .end_item = d->end_item,
        .area_count = d->area_count,
        .worktime = {d->worktime[0], d->worktime[1]},
        .completion_day = (double)NAN,
    };
    memcpy(fresh.area_list, d->area_list, sizeof fresh.area_list);
    memcpy(fresh.by_rank, d->area_list, sizeof fresh.by_rank);
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
            opens = fmax(opens, land->areas[terms->must_release.items[i]].access_day);
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

static void weigh_visits(hw_land *land) {
    double sum = 0;
    for (uint32_t d = 0; d < land->district_count; d++) {
        double visitors = hw_drawn(land, HW_ITEM(land->scenario->districts, hw_district, d)->visitors);
        land->visit_weight[d] = visitors * (double)land->districts[d].remaining_at_start;
        sum += land->visit_weight[d];
    }
    for (uint32_t d = 0; d < land->district_count; d++) {
        land->visit_weight[d] = sum > 0 ? land->visit_weight[d] / sum : 0;
    }
}

static void clear_books(hw_land *land) {
    memset(land->unposted_days, 0, sizeof land->unposted_days);
    memset(land->money_short, 0, sizeof land->money_short);
    memset(land->unpaid_orders, 0, sizeof land->unpaid_orders);
    memset(land->released_12_months, 0, sizeof land->released_12_months);
    memset(land->checks_12, 0, sizeof land->checks_12);
    memset(land->failed_12, 0, sizeof land->failed_12);
    memset(land->stream_year_spent, 0,
           sizeof *land->stream_year_spent * land->stream_count * land->year_count);
    memset(land->purpose_year_spent, 0, sizeof *land->purpose_year_spent * HW_PURPOSES * land->year_count);
    land->released_before = 0;
    land->checks_before = land->failed_before = 0;
    land->training_places = 0;
    land->month = land->year = 0;
    land->planned_to = 0;
    land->failed = false;
}

void hw_land_begin(void *state, hw_rng_key key, hw_queue *queues) {
    hw_land *land = state;
    land->key = key;
    land->queues = queues;
    clear_books(land);
    draw_numbers(land);
    draw_methods(land);
    for (uint32_t d = 0; d < land->district_count; d++) {
        reset_district(land, d);
    }
    hw_weather_begin(land);
    for (uint32_t a = 0; a < land->area_count; a++) {
        land->score_order[a] = a; /* ties and the first sorting start alike in every replication */
        draw_polygons(land, &land->areas[a]);
        reset_ground(land, a);
    }
    weigh_visits(land);
    reset_places(land);
    hw_settlement_begin(land);
    hw_money_begin(land);
    hw_teams_begin(land);
}
