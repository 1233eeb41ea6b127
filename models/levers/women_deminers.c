/* Women are recruited as deminers and surveyors: more people to train, fewer who leave. */
#include "models/lever.h"

typedef struct terms {
    hw_lever_terms lever;
    hw_value_id ramp, trainees, leaving;
} terms;

static const hw_key keys[] = {
    HW_LEVER_KEYS(terms, "{p10: 3 months, p50: 6 months, p90: 12 months}",
                  "{p10: 100 kUSD, p50: 300 kUSD, p90: 800 kUSD}",
                  "{p10: 50 kUSD/year, p50: 200 kUSD/year, p90: 500 kUSD/year}"),
    HW_LEVER_RAMP(terms, "{p10: 12 months, p50: 24 months, p90: 48 months}"),
    {.name = "trainees",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_NUMBER,
     .low = 1,
     .high = 3,
     .standard = "{p10: 1.1, p50: 1.3, p90: 1.8}",
     .offset = offsetof(terms, trainees),
     .meaning = "People whom the schools can find and train, against before."},
    {.name = "leaving",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_NUMBER,
     .low = 0,
     .high = 1,
     .standard = "{p10: 0.7, p50: 0.9, p90: 1}",
     .offset = offsetof(terms, leaving),
     .meaning = "Rate at which people leave manual, survey and battle area teams, against before."},
};

const hw_section hw_lever_women_deminers_parameters = {
    "women_deminers", "Women are recruited as deminers and surveyors: more people to train, fewer who leave.",
    sizeof(terms), keys, HW_LENGTH(keys)};

static const hw_change changes[] = {
    {.path = "training.places", .kind = HW_CHANGE_SCALE, .by = offsetof(terms, trainees)},
    {.path = "capacity.recruits", .kind = HW_CHANGE_SCALE, .by = offsetof(terms, trainees)},
    {.path = "methods.manual.team.attrition", .kind = HW_CHANGE_SCALE, .by = offsetof(terms, leaving)},
    {.path = "methods.battle_area.team.attrition", .kind = HW_CHANGE_SCALE, .by = offsetof(terms, leaving)},
    {.path = "methods.non_technical_survey.team.attrition",
     .kind = HW_CHANGE_SCALE,
     .by = offsetof(terms, leaving)},
    {.path = "methods.technical_survey.team.attrition",
     .kind = HW_CHANGE_SCALE,
     .by = offsetof(terms, leaving)},
};

const hw_lever hw_lever_women_deminers = {
    .ramp = offsetof(terms, ramp), .changes = changes, .change_count = HW_LENGTH(changes)};
