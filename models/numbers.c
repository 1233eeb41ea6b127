/* Derives the numbers of methods, conditions and views from values in force. */
#include "models/numbers.h"
#include "models/method.h"
#include <assert.h>

static void derive_conditions(hw_land *land) {
    const hw_scenario *s = land->scenario;
    for (uint32_t i = 0; i < s->settings.count; i++) {
        const hw_terrain *setting = HW_ITEM(s->settings, hw_terrain, i);
        double there = 1 - hw_in_force(land, setting->gone);
        land->ground.soils[i] = (hw_soil){
            .ap = hw_in_force(land, setting->ap) * there,
            .at = hw_in_force(land, setting->at) * there,
            .erw = hw_in_force(land, setting->erw),
            .caches = hw_in_force(land, setting->caches),
            .cache_items = hw_in_force(land, setting->cache_items),
            .cache_spread = hw_in_force(land, setting->cache_spread),
            .pattern_share = hw_in_force(land, setting->pattern_share),
            .signals = hw_in_force(land, setting->signals),
            .vegetation = hw_in_force(land, setting->vegetation),
            .steep = hw_in_force(land, setting->steep),
            .unfit_for_dogs = hw_in_force(land, setting->unfit_for_dogs),
        };
    }
    for (uint32_t i = 0; i < s->classes.count; i++) {
        const hw_class *class = HW_ITEM(s->classes, hw_class, i);
        land->ground.odds[i] = (hw_odds){
            .mined = hw_in_force(land, class->mined),
            .battle = hw_in_force(land, class->battle),
            .patchy = hw_in_force(land, class->patchy),
            .believed_mined = hw_in_force(land, class->believed_mined),
            .believed_battle = hw_in_force(land, class->believed_battle),
        };
    }
    for (uint32_t i = 0; i < s->operators.count; i++) {
        const hw_operator *operator_ = HW_ITEM(s->operators, hw_operator, i);
        double asked = operator_->access_from == INT64_MAX ? 0 : (double)(operator_->access_from - s->start);
        land->force.operators[i].ready = asked + hw_in_force(land, operator_->permit_delay);
        land->force.operators[i].admitted = hw_in_force(land, operator_->admitted);
        land->force.operators[i].pace = hw_in_force(land, operator_->pace);
        land->force.operators[i].quality = hw_in_force(land, operator_->quality);
        /* Firms bear the costs of their crews, and their prices follow `cost`: see tenders.c. */
        bool by_time = land->force.operators[i].firm == HW_NOTHING;
        land->force.operators[i].cost = by_time ? hw_in_force(land, operator_->cost) : 0;
        assert(land->force.operators[i].pace > 0 && land->force.operators[i].quality >= 0);
        assert(land->force.operators[i].admitted >= 0 && land->force.operators[i].cost >= 0);
    }
    land->ground.ways.cancel_below = hw_in_force(land, s->planning.cancel_below);
    land->ground.ways.clear_above = hw_in_force(land, s->planning.clear_above);
    land->ground.ways.missed_usd = hw_in_force(land, s->planning.missed_item_cost);
    land->ground.first_worth = hw_in_force(land, s->planning.prior_strength);
    land->ground.report_mean = hw_in_force(land, s->planning.report_time);
    land->force.deminer_casualties = hw_in_force(land, s->safety.deminer_casualties);
    land->force.deminers_killed = hw_in_force(land, s->safety.deminers_killed);
    land->force.stand_down = hw_in_force(land, s->safety.stand_down);
}

/* The numbers that all methods share, from the terms with which each method's parameters start. */
static void derive_methods(hw_land *land) {
    for (uint32_t m = 0; m < land->force.method_count; m++) {
        const hw_team_terms *t = land->scenario->methods[m];
        double breakdown = hw_in_force(land, t->breakdown_after);
        land->force.methods[m] = (hw_method_numbers){
            .people = hw_in_force(land, t->people),
            .running_cost = hw_in_force(land, t->running_cost),
            .standby_cost = hw_in_force(land, t->standby_cost),
            .purchase = hw_in_force(land, t->purchase),
            .lead_time = hw_in_force(land, t->lead_time),
            .service_life = hw_in_force(land, t->service_life),
            .course = hw_in_force(land, t->course),
            .accreditation = hw_in_force(land, t->accreditation),
            .pass = hw_in_force(land, t->pass),
            .retraining = hw_in_force(land, t->retraining),
            .attrition = hw_in_force(land, t->attrition),
            .breakdown_rate = breakdown > 0 ? 1 / breakdown : 0,
            .repair = hw_in_force(land, t->repair),
            .move_cost = hw_in_force(land, t->move_cost),
            .move_time = hw_in_force(land, t->move_time),
            .learning_start = hw_in_force(land, t->learning_start),
            .learning_rate = 1 / hw_in_force(land, t->learning_time),
            .pace = 1,
        };
        hw_method_list[m]->set_up(land, t, &land->force.methods[m]);
        assert(land->force.methods[m].people > 0 && land->force.methods[m].learning_rate > 0);
        assert(land->force.methods[m].running_cost >= 0 && land->force.methods[m].standby_cost >= 0);
        for (int stage = 0; stage < HW_STAGES; stage++) {
            assert(land->force.methods[m].effort[stage] >= 0);
        }
    }
}

static void derive_views(hw_land *land) {
    const hw_scenario *s = land->scenario;
    for (uint32_t d = 0; d < land->district_count; d++) {
        land->planner.visitors[d] = hw_in_force(land, HW_ITEM(s->districts, hw_district, d)->visitors);
    }
    for (uint32_t a = 0; a < land->ground.area_count; a++) {
        land->ground.areas[a].order = hw_in_force(land, HW_ITEM(s->hazard_areas, hw_hazard_area, a)->order);
    }
}

void hw_numbers_derive(hw_land *land) {
    derive_conditions(land);
    derive_methods(land);
    hw_ways_price(land);
    derive_views(land);
}
