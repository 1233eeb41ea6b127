/* Foreign advisers with survey teams: more clean ground is shown to be clean. */
#include "models/lever.h"

typedef struct terms {
    hw_lever_terms lever;
    hw_value_id ramp, doubts_settled, signs_seen;
} terms;

static const hw_key keys[] = {
    HW_LEVER_KEYS(terms, "{p10: 2 months, p50: 4 months, p90: 9 months}",
                  "{p10: 100 kUSD, p50: 250 kUSD, p90: 600 kUSD}",
                  "{p10: 300 kUSD/year, p50: 800 kUSD/year, p90: 2 MUSD/year}"),
    HW_LEVER_RAMP(terms, "{p10: 6 months, p50: 12 months, p90: 24 months}"),
    {.name = "doubts_settled",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_SHARE,
     .low = 0,
     .high = 1,
     .standard = "{p10: 10 %, p50: 30 %, p90: 60 %}",
     .offset = offsetof(terms, doubts_settled),
     .meaning = "Of the clean ground that survey could not show to be clean, the share that it then can: "
                "from ordinary "
                "survey, with one third, to good, with 70 %, would be half of it.",
     .source = "SOURCES 2: Beta(6,12) ordinary, Beta(14,6) good; the share that advice achieves is assumed"},
    {.name = "signs_seen",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_SHARE,
     .low = 0,
     .high = 1,
     .standard = "{p10: 0 %, p50: 15 %, p90: 40 %}",
     .offset = offsetof(terms, signs_seen),
     .meaning = "Of the contaminated ground whose signs survey missed, the share that it then sees."},
};

const hw_section hw_lever_technical_advice_parameters = {
    "technical_advice",
    "Foreign advisers work with survey teams: more clean ground is shown to be clean, fewer signs are "
    "missed.",
    sizeof(terms), keys, HW_LENGTH(keys)};

static const hw_change changes[] = {
    {.path = "methods.non_technical_survey.specificity",
     .kind = HW_CHANGE_CLOSE_GAP,
     .by = offsetof(terms, doubts_settled)},
    {.path = "methods.non_technical_survey.sensitivity",
     .kind = HW_CHANGE_CLOSE_GAP,
     .by = offsetof(terms, signs_seen)},
};

const hw_lever hw_lever_technical_advice = {
    .ramp = offsetof(terms, ramp), .changes = changes, .change_count = HW_LENGTH(changes)};
