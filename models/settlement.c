/* Building, waiting families, and their arrival in a released place. */
#include "models/settlement.h"
#include "models/land.h"
#include "models/money.h"
#include "models/recorded.h"
#include "sim/extremes.h"
#include <assert.h>
#include <math.h>

/* Share of the houses that is ready when the first families come, at least. */
static const double FIRST_HOUSES = 0.05;

static const hw_place *terms_of(const hw_land *land, uint32_t place) {
    return HW_ITEM(land->scenario->places, hw_place, place);
}

double hw_houses_ready(const hw_place_state *place) {
    return place->works[HW_WORKS_REPAIR].ready + place->works[HW_WORKS_NEW].ready;
}

/* Repair goes faster than building from the first house to the last, and in a town as in a village. */
static void plan_works(hw_land *land, const hw_place *terms, hw_place_state *place, double slip) {
    const hw_resettlement *r = &land->scenario->resettlement;
    double size = terms->kind == HW_PLACE_TOWN ? hw_in_force(land, r->town_factor) : 1;
    double standing = hw_in_force(land, terms->standing);
    double build = hw_in_force(land, terms->build_time) * size * slip;
    double repair = fmin(build, hw_in_force(land, terms->repair_time) * slip);
    double deliver = hw_in_force(land, terms->delivery_time) * size * slip;
    double house_usd = hw_in_force(land, terms->house_cost);
    assert(standing >= 0 && standing <= 1);
    place->planned_houses = hw_in_force(land, terms->houses);
    place->works[HW_WORKS_REPAIR] = (hw_works){
        .houses = standing * place->planned_houses,
        .first_days = repair,
        .first_left = repair,
        .deliver_days = build > 0 ? deliver * repair / build : deliver,
        .house_usd = house_usd * hw_in_force(land, r->repair_cost),
    };
    place->works[HW_WORKS_NEW] = (hw_works){
        .houses = (1 - standing) * place->planned_houses,
        .first_days = build,
        .first_left = build,
        .deliver_days = deliver,
        .house_usd = house_usd,
    };
}

void hw_settlement_begin(hw_land *land) {
    const hw_resettlement *r = &land->scenario->resettlement;
    double planned = 0;
    for (uint32_t p = 0; p < land->place_count; p++) {
        const hw_place *terms = terms_of(land, p);
        hw_place_state *place = &land->places[p];
        double u[4];
        hw_land_draw_block(land, place->entity, HW_DRAW_BUILDING, 0, u);
        if (terms->kind != HW_PLACE_CORRIDOR) {
            bool slips = u[0] < hw_in_force(land, r->slip_probability);
            plan_works(land, terms, place, slips ? hw_in_force(land, r->slip_factor) : 1);
        }
        for (uint32_t i = 0; i < terms->must_release.count; i++) {
            const hw_area *area = &land->ground.areas[terms->must_release.items[i]];
            place->ground_m2 += (double)land->ground.items[area->first_block].area_m2 * area->block_count;
        }
        place->planned_people = hw_in_force(land, terms->population);
        place->household = hw_in_force(land, r->household);
        hw_recorded_settle(land, p);
        planned += place->planned_people;
        assert(place->household > 0 && place->planned_people >= 0 && place->planned_houses >= 0);
    }
    land->displaced_by_planned = planned > 0 ? hw_in_force(land, r->displaced) / planned : 0;
}

/* The quarters that may be built on: what is released of the place's ground, and all of it once the whole
 * place has been. */
static double released_share(const hw_land *land, uint32_t p) {
    const hw_place *terms = terms_of(land, p);
    const hw_place_state *place = &land->places[p];
    if (!isnan(place->release_day)) {
        return 1;
    }
    double open_m2 = 0;
    for (uint32_t i = 0; i < terms->must_release.count; i++) {
        const hw_area *area = &land->ground.areas[terms->must_release.items[i]];
        open_m2 += (double)area->reporting_m2;
        for (int stage = 0; stage < HW_STAGES; stage++) {
            open_m2 += (double)area->open_m2[stage];
        }
    }
    return hw_greater(0, 1 - open_m2 / place->ground_m2);
}

/* Whether building may begin, or go on, once enough of the place's ground is released. */
static bool may_build(const hw_land *land, uint32_t p, double now) {
    const hw_place *terms = terms_of(land, p);
    if (land->places[p].planned_houses < 1) {
        return false;
    }
    if (terms->build_from != INT64_MAX && now < (double)(terms->build_from - land->scenario->start)) {
        return false;
    }
    for (uint32_t i = 0; i < terms->opens_after.count; i++) {
        if (isnan(land->places[terms->opens_after.items[i]].release_day)) {
            return false;
        }
    }
    return true;
}

/* Days of a month on which there is something to build. */
static double days_of(const hw_works *works, double released, double days) {
    if (works->houses <= 0) {
        return 0;
    }
    if (works->first_left > 0) {
        return days;
    }
    double room = released * works->houses - works->ready;
    return works->pace > 0 && room > 0 ? hw_lesser(days, room / works->pace) : 0;
}

static double price_of(const hw_works *works, double days) {
    return works->house_usd * works->houses * days / (works->first_days + hw_greater(1, works->deliver_days));
}

/* The share of the bill that is paid, if it is `least` or more. */
static double pay_building(hw_land *land, uint32_t p, double usd, double least) {
    hw_bill bill = {.pays = HW_PAYS_RECONSTRUCTION,
                    .district = terms_of(land, p)->district,
                    .operator_ = HW_NOTHING,
                    .method = HW_NOTHING,
                    .place = p,
                    .purpose = HW_PURPOSE_BUILDING,
                    .usd = usd};
    return hw_money_pay_share(land, &bill, least);
}

static void go_on(hw_land *land, uint32_t p, uint32_t kind, double days, double now) {
    hw_works *works = &land->places[p].works[kind];
    if (works->first_left <= 0) {
        works->ready += days * works->pace;
    } else if (works->first_left <= days) {
        hw_queue_push(&land->queues[terms_of(land, p)->district], now + works->first_left, HW_EVENT_HOMES,
                      HW_WORKS * p + kind);
        works->first_left = 0;
    } else {
        works->first_left -= days;
    }
}

/* Builds as much of the month as is paid: all of it, or with `in_part` a day or more. Whether it is paid, or
 * there is nothing to pay. */
static bool build(hw_land *land, uint32_t p, bool in_part, double now, double next) {
    hw_place_state *place = &land->places[p];
    double released = released_share(land, p), days[HW_WORKS], usd = 0, longest = 0;
    for (uint32_t kind = 0; kind < HW_WORKS; kind++) {
        days[kind] = days_of(&place->works[kind], released, next - now);
        usd += price_of(&place->works[kind], days[kind]);
        longest = hw_greater(longest, days[kind]);
    }
    if (longest <= 0) {
        return true;
    }
    double paid = pay_building(land, p, usd, in_part ? hw_lesser(1, 1 / longest) : 1);
    if (paid <= 0) {
        return false;
    }
    if (!place->building) {
        place->building = true;
        place->step[HW_STEP_BUILDING] = now;
    }
    for (uint32_t kind = 0; kind < HW_WORKS; kind++) {
        if (days[kind] > 0) {
            go_on(land, p, kind, paid * days[kind], now);
        }
    }
    return true;
}

/* Share of planned homes that find a family. A home is offered to all families for whom there is one home: it
 * stays empty when none of them wants it, and families want homes independently. Where there are fewer
 * families than homes, those who want one get it. */
static double share_wanted(const hw_land *land) {
    double uptake = hw_in_force(land, land->scenario->resettlement.uptake);
    double asked = land->displaced_by_planned;
    if (asked <= 0) {
        return uptake;
    }
    return asked < 1 ? asked * uptake : 1 - pow(1 - uptake, asked);
}

/* Families that would live there today: the long-run willing ones, fewer while accidents are remembered or
 * the border is tense. */
static double willing_families(const hw_land *land, double willing, const hw_place_state *place,
                               const hw_district_state *d) {
    const hw_resettlement *r = &land->scenario->resettlement;
    double trust = pow(1 - hw_in_force(land, r->fear), d->accidents_12_months);
    assert(willing >= 0 && willing <= 1);
    assert(trust >= 0 && trust <= 1 && d->unease >= 0 && d->unease <= 1);
    return place->planned_people * willing * trust * (1 - d->unease) / place->household;
}

static void settle(hw_land *land, uint32_t p, double families, double now) {
    hw_place_state *place = &land->places[p];
    assert(families >= 0 && place->families + families <= hw_houses_ready(place) + 1e-6);
    hw_district_state *d = &land->districts[terms_of(land, p)->district];
    double people = families * place->household;
    place->families += families;
    place->people += people;
    d->resident_people += people;
    if (isnan(place->step[HW_STEP_HALF]) && place->people >= 0.5 * place->planned_people) {
        place->step[HW_STEP_HALF] = now;
    }
}

void hw_homes_event(hw_land *land, uint32_t index, double now) {
    uint32_t p = index / HW_WORKS;
    assert(p < land->place_count && land->places[p].building);
    hw_place_state *place = &land->places[p];
    hw_works *works = &place->works[index % HW_WORKS];
    const hw_district_state *d = &land->districts[terms_of(land, p)->district];
    double first = ceil(hw_in_force(land, land->scenario->resettlement.first_families));
    works->ready = fmin(works->houses, fmax(first, FIRST_HOUSES * works->houses));
    works->pace = (works->houses - works->ready) / fmax(1, works->deliver_days);
    if (!isnan(place->first_return_day)) {
        return; /* more families move in from the next planning day on */
    }
    double families = fmin(
        first, fmin(hw_houses_ready(place), floor(willing_families(land, share_wanted(land), place, d))));
    if (families >= 1) {
        place->first_return_day = now;
        place->step[HW_STEP_FIRST_HOMES] = now;
        settle(land, p, families, now);
    }
}

static void arrive(hw_land *land, uint32_t p, double willing, double now, double next) {
    hw_place_state *place = &land->places[p];
    double empty = floor(hw_houses_ready(place) + 1e-6 - place->families);
    if (empty < 1) {
        return;
    }
    const hw_district_state *d = &land->districts[terms_of(land, p)->district];
    double waiting = floor(willing_families(land, willing, place, d) - place->families);
    double most = hw_lesser(waiting, empty);
    if (most < 1) {
        return;
    }
    double share = 1 - exp(-hw_in_force(land, land->scenario->resettlement.arrival_rate) * (next - now));
    assert(share >= 0 && share <= 1);
    double u = hw_land_draw(land, place->entity, HW_DRAW_ARRIVAL, land->calendar.month);
    double families = hw_binomial_quantile((uint32_t)most, share, u);
    if (families >= 1 && isnan(place->first_return_day)) {
        place->first_return_day = now;
        place->step[HW_STEP_FIRST_HOMES] = now;
    }
    settle(land, p, families, now);
}

/* First the places whose month can be paid whole, as they are listed; what is left goes to the others. */
void hw_settlement_plan(hw_land *land, double now, double next) {
    double quarter = hw_in_force(land, land->scenario->resettlement.first_quarter);
    double willing = share_wanted(land);
    for (uint32_t p = 0; p < land->place_count; p++) {
        hw_place_state *place = &land->places[p];
        bool builds = may_build(land, p, now) && (place->building || released_share(land, p) >= quarter);
        place->owed = builds && !build(land, p, false, now, next);
        if (builds && !place->owed) {
            arrive(land, p, willing, now, next);
        }
    }
    for (uint32_t p = 0; p < land->place_count; p++) {
        if (land->places[p].owed) {
            (void)build(land, p, true, now, next);
            arrive(land, p, willing, now, next);
        }
    }
}
