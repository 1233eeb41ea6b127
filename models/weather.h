/* Working time of each district for a whole world: season, weather, closures, access. */
#ifndef HW_MODELS_WEATHER_H
#define HW_MODELS_WEATHER_H

#include "models/kinds.h"
#include <stdbool.h>

/* Weeks of the horizon, and what closes them. */
typedef struct hw_weather {
    uint32_t weeks;
    double *closes_until;              /* by district and cause: end of the last closure; -infinity: none */
    double *share, *factor;            /* scratch, by week */
    double *from_winter, *from_summer; /* hemisphere x week: days from mid winter, mid summer */
    double *open;                      /* district x week, share not closed */
    double *fighting;                  /* share of each week with fighting, so far; kept when `fought` */
    bool fought;
} hw_weather;

/* Days of the year and closures of each week: the same in every replication. */
void hw_weather_lay_out(hw_land *land);

/* Fills the worktime tables of all districts for a replication. */
void hw_weather_begin(hw_land *land);

/* From a planning day to the next there is fighting: near the border nobody works. Tables follow when they
 * are filled again, with their teams' work at rest. */
void hw_weather_fight(hw_land *land, double from, double to);
void hw_weather_refill(hw_land *land, uint32_t district);

/* Days of [from, to] on which a district is closed for a cause (HW_CLOSURE_...); where fighting closes a part
 * of its ground, that part of the days. Closures that overlap count once each. */
double hw_weather_closed_days(const hw_land *land, uint32_t district, uint32_t cause, double from, double to);

#endif
