/* A world so simple that its answers can be worked out by hand: one hazard area, no weather, no winter, no
 * breakdowns, fixed rates, experienced teams that need no days to move. Survey takes no time worth mentioning
 * and sends all ground to battle area clearance. */
#ifndef HW_TESTS_MODELS_BARE_WORLD_H
#define HW_TESTS_MODELS_BARE_WORLD_H

#include "tests/models/small_world.h"

static const small_text BARE = {
    .time = "name: bare\nstart: 2021-01-01\nhorizon: 2024-12-31\n",
    .layout = "layout: {polygon: 100 ha, block: 10 ha, parcel: 1 ha}\n",
    .ground =
        "climates: {none: {winter_lost: 0 days, heat_lost_dogs: 0 days, field_share: 1, weather_sd: 0}}\n"
        "settings: {fields: {hazard: battle}}\n"
        "classes: {clean: {mined: 0, battle: 0, patchy: 0, believed_mined: 1 %, believed_battle: 50 %}}\n",
    .districts = "districts: {Here: {climate: none, undiscovered: 0}}\n",
    .closures = "",
    .areas = "hazard_areas: {Field: {district: Here, class: clean, setting: fields, area: 10 ha}}\n",
    .places = "places: {Farm: {district: Here, must_release: [Field]}}\n",
    .operators = "operators: {Agency: {}}\n",
    .methods =
        "methods:\n"
        "  non_technical_survey: {rate: 1e7 m2/day, specificity: 0, sensitivity: 100 %, maps_cover: 0,\n"
        "    team: {attrition: 0 /year, move_time: 0 days}}\n"
        "  battle_area: {searchers: 10, rate: 800 m2/day, detection: 100 %, mines_seen: 0,\n"
        "    team: {attrition: 0 /year, move_time: 0 days, move_cost: 0 USD, people: 10, lead_time: 60 "
        "days,\n"
        "      course: 42 days, accreditation: 20 days, pass: 100 %, learning_start: 100 %,\n"
        "      running_cost: 1000 USD/day, standby_cost: 100 USD/day, purchase: 5 kUSD}}\n"
        "  quality_control: {sampled: 0}\n",
    .assets = "assets:\n"
              "  survey: {operator: Agency, method: non_technical_survey, teams: 1, on: 2021-01-01, "
              "standing: yes}\n"
              "  battle: {operator: Agency, method: battle_area, teams: 1, on: 2021-01-01, standing: yes}\n",
    .streams = "streams: {State: {kind: state, yearly: {2021-01-01: 50 MUSD}}}\n",
    .rest = "planning: {cancel_below: 0, clear_above: 1, report_time: 20 days}\n"
            "safety: {visit_accidents: 0 /year, duty_accidents: 0 /year, resident_accidents: 0 /year, "
            "residual_finds: 0 /year}\n"
            "training: {places: 1000 /year, cost: 1 kUSD}\n",
};

#endif
