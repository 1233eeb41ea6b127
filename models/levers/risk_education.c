/* More risk education and marking: fewer accidents of civilians. */
#include "models/lever.h"

typedef struct terms {
    hw_lever_terms lever;
    hw_value_id ramp, averted, half_life;
} terms;

static const hw_key keys[] = {
    HW_LEVER_KEYS(terms, "{p10: 2 months, p50: 4 months, p90: 9 months}", "0 USD",
                  "{p10: 400 kUSD/year, p50: 1.2 MUSD/year, p90: 3 MUSD/year}"),
    HW_LEVER_RAMP(terms, "{p10: 6 months, p50: 12 months, p90: 24 months}"),
    {.name = "averted",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_SHARE,
     .low = 0,
     .high = 1,
     .standard = "{p10: 5 %, p50: 15 %, p90: 30 %}",
     .offset = offsetof(terms, averted),
     .meaning = "Of the civilian accidents that still happen, the share that more education and marking "
                "averts.",
     .source = "SOURCES 5: risk education averts 10-40 % in all; what more of it averts is assumed"},
    {.name = "half_life",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_NUMBER,
     .low = 0.05,
     .high = 1,
     .standard = "{p10: 0.5, p50: 0.75, p90: 1}",
     .offset = offsetof(terms, half_life),
     .meaning = "Time in which accidents of visits halve, against before."},
};

const hw_section hw_lever_risk_education_parameters = {
    "risk_education", "More risk education and marking: fewer accidents of civilians, sooner.", sizeof(terms),
    keys, HW_LENGTH(keys)};

static const hw_change changes[] = {
    {.path = "safety.education", .kind = HW_CHANGE_CLOSE_GAP, .by = offsetof(terms, averted)},
    {.path = "safety.visit_half_life", .kind = HW_CHANGE_SCALE, .by = offsetof(terms, half_life)},
};

const hw_lever hw_lever_risk_education = {
    .ramp = offsetof(terms, ramp), .changes = changes, .change_count = HW_LENGTH(changes)};
