/* Building, waiting families, and their arrival in a released place. */
#include "models/settlement.h"
#include "models/land.h"
#include "models/money.h"
#include <assert.h>
#include <math.h>

/* Share of the houses that is ready when the first families come, at least. */
static const double FIRST_HOUSES = 0.05;

static const hw_place *terms_of(const hw_land *land, uint32_t place) {
    return HW_ITEM(land->scenario->places, hw_place, place);
}

void hw_settlement_begin(hw_land *land) {
    const hw_resettlement *r = &land->scenario->resettlement;
    for (uint32_t p = 0; p < land->place_count; p++) {
        const hw_place *terms = terms_of(land, p);
        hw_place_state *place = &land->places[p];
        double u[4];
        hw_draw_block(land->key, place->entity, HW_DRAW_BUILDING, 0, u);
        double factor = terms->kind == HW_PLACE_TOWN ? hw_in_force(land, r->town_factor) : 1;
        if (u[0] < hw_in_force(land, r->slip_probability)) {
            factor *= hw_in_force(land, r->slip_factor);
        }
        if (terms->kind != HW_PLACE_CORRIDOR) {
            place->build_days = hw_in_force(land, terms->build_time) * factor;
            place->build_left = place->build_days;
            place->deliver_days = hw_in_force(land, terms->delivery_time) * factor;
            place->planned_houses = hw_in_force(land, terms->houses);
        }
        place->planned_people = hw_in_force(land, terms->population);
        place->household = hw_in_force(land, r->household);
        assert(place->household > 0 && place->planned_people >= 0 && place->planned_houses >= 0);
    }
}

static bool may_build(const hw_land *land, uint32_t p) {
    const hw_place *terms = terms_of(land, p);
    const hw_place_state *place = &land->places[p];
    if (isnan(place->release_day) || place->planned_houses < 1) {
        return false;
    }
    for (uint32_t i = 0; i < terms->opens_after.count; i++) {
        if (isnan(land->places[terms->opens_after.items[i]].release_day)) {
            return false;
        }
    }
    return true;
}

static bool pay_building(hw_land *land, uint32_t p, double days) {
    const hw_place *terms = terms_of(land, p);
    const hw_place_state *place = &land->places[p];
    double total = hw_in_force(land, terms->house_cost) * place->planned_houses;
    assert(days > 0 && total >= 0);
    hw_bill bill = {.pays = HW_PAYS_RECONSTRUCTION,
                    .district = terms->district,
                    .operator_ = HW_NOTHING,
                    .method = HW_NOTHING,
                    .place = p,
                    .purpose = HW_PURPOSE_BUILDING,
                    .usd = total * days / (place->build_days + place->deliver_days)};
    return hw_money_pay(land, &bill);
}

static void build(hw_land *land, uint32_t p, double now, double next) {
    hw_place_state *place = &land->places[p];
    double days = next - now;
    bool homes_started = place->build_left <= 0;
    if (homes_started && place->houses_ready >= place->planned_houses) {
        return;
    }
    if (!pay_building(land, p, days)) {
        return;
    }
    if (!place->building) {
        place->building = true;
        place->step[HW_STEP_BUILDING] = now;
    }
    if (homes_started) {
        double pace = place->planned_houses / fmax(1, place->deliver_days);
        assert(pace >= 0 && place->houses_ready >= 0);
        place->houses_ready = fmin(place->planned_houses, place->houses_ready + pace * days);
    } else if (place->build_left <= days) {
        hw_queue_push(&land->queues[terms_of(land, p)->district], now + place->build_left, HW_EVENT_HOMES, p);
        place->build_left = 0;
    } else {
        assert(place->build_left > days);
        place->build_left -= days;
    }
}

/* Families that would live there today: the long-run willing ones, fewer while accidents are remembered or
 * the border is tense. */
static double willing_families(const hw_land *land, const hw_place_state *place, const hw_district_state *d) {
    const hw_resettlement *r = &land->scenario->resettlement;
    double willing = hw_in_force(land, r->uptake);
    double trust = pow(1 - hw_in_force(land, r->fear), d->accidents_12_months);
    assert(willing >= 0 && willing <= 1);
    assert(trust >= 0 && trust <= 1 && d->unease >= 0 && d->unease <= 1);
    return place->planned_people * willing * trust * (1 - d->unease) / place->household;
}

static void settle(hw_land *land, uint32_t p, double families, double now) {
    hw_place_state *place = &land->places[p];
    assert(families >= 0 && place->families + families <= place->houses_ready + 1e-6);
    hw_district_state *d = &land->districts[terms_of(land, p)->district];
    double people = families * place->household;
    place->families += families;
    place->people += people;
    d->resident_people += people;
    if (isnan(place->step[HW_STEP_HALF]) && place->people >= 0.5 * place->planned_people) {
        place->step[HW_STEP_HALF] = now;
    }
}

void hw_homes_event(hw_land *land, uint32_t p, double now) {
    assert(p < land->place_count);
    assert(land->places[p].building && !isnan(land->places[p].release_day));
    hw_place_state *place = &land->places[p];
    const hw_district_state *d = &land->districts[terms_of(land, p)->district];
    double first = ceil(hw_in_force(land, land->scenario->resettlement.first_families));
    place->houses_ready = fmin(place->planned_houses, fmax(first, FIRST_HOUSES * place->planned_houses));
    double families = fmin(first, fmin(place->houses_ready, floor(willing_families(land, place, d))));
    if (families >= 1) {
        place->first_return_day = now;
        place->step[HW_STEP_FIRST_HOMES] = now;
        settle(land, p, families, now);
    }
}

static void arrive(hw_land *land, uint32_t p, double now, double next) {
    hw_place_state *place = &land->places[p];
    double empty = floor(place->houses_ready - place->families);
    if (empty < 1) {
        return;
    }
    const hw_district_state *d = &land->districts[terms_of(land, p)->district];
    double waiting = floor(willing_families(land, place, d) - place->families);
    double most = fmin(waiting, empty);
    if (most < 1) {
        return;
    }
    double share = 1 - exp(-hw_in_force(land, land->scenario->resettlement.arrival_rate) * (next - now));
    assert(share >= 0 && share <= 1);
    double u = hw_draw(land->key, place->entity, HW_DRAW_ARRIVAL, land->calendar.month);
    double families = hw_binomial_quantile((uint32_t)most, share, u);
    if (families >= 1 && isnan(place->first_return_day)) {
        place->first_return_day = now;
        place->step[HW_STEP_FIRST_HOMES] = now;
    }
    settle(land, p, families, now);
}

void hw_settlement_plan(hw_land *land, double now, double next) {
    for (uint32_t p = 0; p < land->place_count; p++) {
        if (may_build(land, p)) {
            build(land, p, now, next);
            arrive(land, p, now, next);
        }
    }
}
