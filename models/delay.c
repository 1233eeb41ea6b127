/* Charges each day of a place's wait to a cause. */
#include "models/delay.h"
#include "models/method.h"
#include "models/weather.h"
#include <assert.h>
#include <math.h>

/* The first method for a stage of which the scenario has teams; it gives its name to the
 * wait. */
static uint32_t first_method(const hw_land *land, int stage) {
    uint32_t serving = land->force.serving[stage];
    uint32_t fielded = serving & land->force.fielded;
    assert(serving != 0); /* each stage has a method */
    return (uint32_t)__builtin_ctz(fielded != 0 ? fielded : serving);
}

/* The stage with most team-days of work in the place's hazard areas, or HW_STAGES when only reports are
 * missing. */
static int bottleneck(const hw_land *land, uint32_t p) {
    const hw_index_list *needs = &HW_ITEM(land->scenario->places, hw_place, p)->must_release;
    int64_t open_m2[HW_STAGES] = {0};
    for (uint32_t i = 0; i < needs->count; i++) {
        for (int stage = 0; stage < HW_STAGES; stage++) {
            open_m2[stage] += land->ground.areas[needs->items[i]].open_m2[stage];
        }
    }
    int worst = HW_STAGES;
    double most = 0;
    for (int stage = 0; stage < HW_STAGES; stage++) {
        double days = (double)open_m2[stage] * land->force.methods[first_method(land, stage)].effort[stage];
        if (days > most) {
            most = days;
            worst = stage;
        }
    }
    return worst;
}

/* Share of normal field time on the days that were not closed that season and weather took. */
static double season_share(const hw_land *land, uint32_t district, double from, double to, double open_days) {
    const hw_scenario *s = land->scenario;
    const hw_climate *climate =
        HW_ITEM(s->climates, hw_climate, HW_ITEM(s->districts, hw_district, district)->climate);
    double normal = hw_in_force(land, climate->field_share) * open_days;
    assert(normal > 0 && to > from);
    double worked = hw_worktime_between(&land->districts[district].worktime[HW_CALENDAR_GROUND], from, to);
    return fmin(1, fmax(0, 1 - worked / normal));
}

static void charge_work(hw_land *land, uint32_t p, double from, double to) {
    hw_place_state *place = &land->places[p];
    uint32_t district = HW_ITEM(land->scenario->places, hw_place, p)->district;
    double days = to - from;
    assert(days > 0 && to <= land->horizon);
    double access = fmin(days, fmax(0, place->step[HW_STEP_ACCESS] - from));
    access =
        fmin(days, access + hw_weather_closed_days(land, district, HW_CLOSURE_ACCESS, from + access, to));
    double conflict =
        fmin(days - access, hw_weather_closed_days(land, district, HW_CLOSURE_CONFLICT, from + access, to));
    place->delay[HW_CAUSE_ACCESS] += access;
    place->delay[HW_CAUSE_CONFLICT] += conflict;
    double left = days - access - conflict;
    assert(access >= 0 && conflict >= 0 && access + conflict <= days + 1e-9);
    if (left <= 0) {
        return;
    }
    double season = left * season_share(land, district, from, to, left);
    assert(season >= 0 && season <= left);
    place->delay[HW_CAUSE_SEASON] += season;
    left -= season;
    int stage = bottleneck(land, p);
    if (stage == HW_STAGES) {
        place->delay[HW_CAUSE_QUALITY] += left;
        return;
    }
    uint32_t method = first_method(land, stage);
    double paid = (1 - land->force.money_short[method]) * (1 - land->growth.unpaid[method]);
    double money = left * (1 - paid);
    assert(money >= 0 && money <= left);
    place->delay[HW_CAUSE_MONEY] += money;
    place->delay[hw_method_list[method]->cause] += left - money;
}

void hw_delay_charge(hw_land *land, double now) {
    assert(now <= land->horizon);
    for (uint32_t p = 0; p < land->place_count; p++) {
        hw_place_state *place = &land->places[p];
        double from = place->delay_from;
        if (now <= from) {
            continue;
        }
        double work_to = isnan(place->release_day) ? now : fmin(now, place->release_day);
        if (work_to > from) {
            charge_work(land, p, from, work_to);
            from = work_to;
        }
        if (place->planned_houses >= 1) {
            double home_to = isnan(place->first_return_day) ? now : fmin(now, place->first_return_day);
            place->delay[HW_CAUSE_HOUSING] += fmax(0, home_to - from);
        }
        place->delay_from = now;
    }
}
