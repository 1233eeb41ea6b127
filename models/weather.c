/* Working time of districts by season, weather, closures and access. */
#include "models/weather.h"
#include "models/method.h"
#include "sim/date.h"
#include "sim/extremes.h"
#include <assert.h>
#include <math.h>
#include <string.h>

static const double WEEK = 7, YEAR = 365.2425, MID_WINTER = 4, LATE_JULY = 205; /* days of the year, from 0 */

/* Share of working time lost so many days away from the middle of a season: all of it in the middle half,
 * fading out on either side, so that the days lost add up to `lost`. */
static double season_loss(double away, double lost) {
    assert(away >= 0);
    double within = 0.75 * lost - away, fades = 0.5 * lost;
    if (within <= 0) {
        return 0;
    }
    return within < fades ? within / fades : 1;
}

static bool closes(const hw_closure *closure, uint32_t district, uint32_t cause) {
    bool here = closure->districts.count == 0;
    for (uint32_t i = 0; i < closure->districts.count; i++) {
        here |= closure->districts.items[i] == district;
    }
    return here && closure->cause == cause;
}

static double *closes_until(const hw_land *land, uint32_t district, uint32_t cause) {
    assert(district < land->district_count && cause < HW_CLOSURE_CAUSES);
    return &land->weather.closes_until[district * HW_CLOSURE_CAUSES + cause];
}

/* By the closures of the scenario. */
static double closed_days(const hw_land *land, uint32_t district, uint32_t cause, double from, double to) {
    const hw_scenario *s = land->scenario;
    double closed = 0;
    if (from >= *closes_until(land, district, cause)) {
        return closed; /* most months come after all closures that are known */
    }
    for (uint32_t c = 0; c < s->closures.count; c++) {
        const hw_closure *closure = HW_ITEM(s->closures, hw_closure, c);
        if (closes(closure, district, cause)) {
            double first = fmax(from, (double)(closure->from - s->start));
            double last = fmin(to, (double)(closure->to - s->start));
            closed += fmax(0, last - first);
        }
    }
    return closed;
}

static void find_last_closure(hw_land *land, uint32_t district, uint32_t cause) {
    const hw_scenario *s = land->scenario;
    double *until = closes_until(land, district, cause);
    *until = -HUGE_VAL;
    for (uint32_t c = 0; c < s->closures.count; c++) {
        const hw_closure *closure = HW_ITEM(s->closures, hw_closure, c);
        if (closes(closure, district, cause)) {
            *until = fmax(*until, (double)(closure->to - s->start));
        }
    }
}

/* Days of [from, to] with fighting. */
static double fought_days(const hw_land *land, double from, double to) {
    double days = 0;
    uint32_t first = (uint32_t)fmax(0, from / WEEK);
    for (uint32_t w = first; w < land->weather.weeks && w * WEEK < to; w++) {
        days += land->weather.fighting[w] * (fmin(to, (w + 1) * WEEK) - fmax(from, w * WEEK));
    }
    return days;
}

static const hw_district *terms_of(const hw_land *land, uint32_t district) {
    return HW_ITEM(land->scenario->districts, hw_district, district);
}

static double border_of(const hw_land *land, uint32_t district) {
    return hw_in_force(land, terms_of(land, district)->border);
}

double hw_weather_closed_days(const hw_land *land, uint32_t district, uint32_t cause, double from,
                              double to) {
    double closed = closed_days(land, district, cause, from, to);
    if (cause == HW_CLOSURE_ACCESS) {
        double share = hw_in_force(land, terms_of(land, district)->border_closed);
        closed += share * fmax(0, to - from - closed);
    }
    if (land->weather.fought && cause == HW_CLOSURE_CONFLICT && to > from) {
        closed += border_of(land, district) * fought_days(land, from, to);
    }
    return closed;
}

static double closed_share(const hw_land *land, uint32_t district, double from, double to) {
    assert(to > from);
    double closed = closed_days(land, district, HW_CLOSURE_ACCESS, from, to) +
                    closed_days(land, district, HW_CLOSURE_CONFLICT, from, to);
    return fmin(1, closed / (to - from));
}

static void fill(hw_land *land, uint32_t district, hw_calendar_kind kind, const double *weather) {
    const hw_scenario *s = land->scenario;
    const hw_climate *climate = HW_ITEM(s->climates, hw_climate, terms_of(land, district)->climate);
    double winter = hw_in_force(land, climate->winter_lost);
    double heat = kind == HW_CALENDAR_DOGS ? hw_in_force(land, climate->heat_lost_dogs) : 0;
    double field_share = hw_in_force(land, climate->field_share);
    double border = land->weather.fought ? border_of(land, district) : 0;
    double open_border = 1 - land->districts[district].border_closed;
    const double *from_winter = land->weather.from_winter + (size_t)climate->hemisphere * land->weather.weeks;
    const double *from_summer = land->weather.from_summer + (size_t)climate->hemisphere * land->weather.weeks;
    for (uint32_t w = 0; w < land->weather.weeks; w++) {
        double season = (1 - season_loss(from_winter[w], winter)) * (1 - season_loss(from_summer[w], heat));
        land->weather.share[w] = hw_lesser(1, field_share * season * weather[w]) *
                                 land->weather.open[district * land->weather.weeks + w] * open_border;
    }
    assert(open_border > 0 && open_border <= 1 && field_share >= 0 && field_share <= 1 && border >= 0 &&
           border <= 1);
    for (uint32_t w = 0; w < land->weather.weeks && border > 0; w++) {
        land->weather.share[w] *= 1 - border * land->weather.fighting[w];
    }
    hw_worktime_fill(&land->districts[district].worktime[kind], land->weather.share);
}

static void draw_weather(hw_land *land, uint32_t district, double *weather) {
    const hw_scenario *s = land->scenario;
    const hw_climate *climate =
        HW_ITEM(s->climates, hw_climate, HW_ITEM(s->districts, hw_district, district)->climate);
    double sd = hw_in_force(land, climate->weather_sd);
    assert(sd >= 0);
    double mean = -0.5 * sd * sd; /* so that a factor's mean is 1 */
    for (uint32_t w = 0; w < land->weather.weeks; w += 4) {
        double u[4];
        hw_land_draw_block(land, land->districts[district].entity, HW_DRAW_WEATHER, w / 4, u);
        for (uint32_t i = 0; i < 4 && w + i < land->weather.weeks; i++) {
            weather[w + i] = sd > 0 ? exp(mean + sd * hw_bell_quantile(land->ground.bell, u[i])) : 1;
        }
    }
}

void hw_weather_lay_out(hw_land *land) {
    for (uint32_t d = 0; d < land->district_count; d++) {
        find_last_closure(land, d, HW_CLOSURE_ACCESS);
        find_last_closure(land, d, HW_CLOSURE_CONFLICT);
    }
    hw_date first = hw_date_from_days(land->scenario->start);
    double start = (double)(land->scenario->start - hw_date_to_days((hw_date){first.year, 1, 1}));
    for (uint32_t w = 0; w < land->weather.weeks; w++) {
        double day_of_year = start + (w + 0.5) * WEEK;
        for (uint32_t h = 0; h < HW_HEMISPHERES; h++) {
            double day = h == HW_HEMISPHERE_SOUTH ? day_of_year - YEAR / 2 : day_of_year;
            land->weather.from_winter[h * land->weather.weeks + w] = fabs(remainder(day - MID_WINTER, YEAR));
            land->weather.from_summer[h * land->weather.weeks + w] = fabs(remainder(day - LATE_JULY, YEAR));
        }
        for (uint32_t d = 0; d < land->district_count; d++) {
            land->weather.open[d * land->weather.weeks + w] =
                1 - closed_share(land, d, w * WEEK, (w + 1) * WEEK);
        }
    }
}

void hw_weather_refill(hw_land *land, uint32_t district) {
    land->districts[district].border_closed = hw_in_force(land, terms_of(land, district)->border_closed);
    draw_weather(land, district, land->weather.factor);
    fill(land, district, HW_CALENDAR_GROUND, land->weather.factor);
    fill(land, district, HW_CALENDAR_DOGS, land->weather.factor);
}

void hw_weather_begin(hw_land *land) {
    land->weather.fought = false;
    for (uint32_t d = 0; d < land->district_count; d++) {
        hw_weather_refill(land, d);
    }
}

void hw_weather_fight(hw_land *land, double from, double to) {
    assert(from >= 0 && to > from);
    if (!land->weather.fought) {
        land->weather.fought = true;
        memset(land->weather.fighting, 0, land->weather.weeks * sizeof *land->weather.fighting);
    }
    for (uint32_t w = (uint32_t)(from / WEEK); w < land->weather.weeks && w * WEEK < to; w++) {
        land->weather.fighting[w] += (fmin(to, (w + 1) * WEEK) - fmax(from, w * WEEK)) / WEEK;
    }
}
