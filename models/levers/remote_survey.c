/* Remote aerial minefield survey: sensors that see more than pictures of the surface. What it sees is
 * evidence for non-technical survey, as that of the crews that fly already; further crews are assets. */
#include "models/lever.h"

typedef struct terms {
    hw_lever_terms lever;
    hw_value_id ramp, doubts_settled, rate;
} terms;

static const hw_key keys[] = {
    HW_LEVER_KEYS(terms, "{p10: 4 months, p50: 8 months, p90: 18 months}",
                  "{p10: 300 kUSD, p50: 1 MUSD, p90: 3 MUSD}",
                  "{p10: 100 kUSD/year, p50: 400 kUSD/year, p90: 1.5 MUSD/year}"),
    HW_LEVER_RAMP(terms, "{p10: 6 months, p50: 12 months, p90: 24 months}"),
    {HW_LEVER_QUANTITY(terms, doubts_settled, HW_DIM_SHARE, 0, 1),
     .standard = "{p10: 5 %, p50: 25 %, p90: 60 %}",
     .meaning = "Of the clean ground that survey with today's imagery could not show to be clean, the share "
                "that it then can."},
    {HW_LEVER_QUANTITY(terms, rate, HW_DIM_NUMBER, 0.1, 10), .standard = "{p10: 0.8, p50: 1.3, p90: 2.5}",
     .meaning = "Ground that a crew flies and interprets in a day, against before."},
};

const hw_section hw_lever_remote_survey_parameters = {
    "remote_survey",
    "Remote aerial minefield survey: better sensors and interpretation for the crews that fly suspected "
    "ground.",
    sizeof(terms), keys, HW_LENGTH(keys)};

static const hw_change changes[] = {
    {.path = "methods.non_technical_survey.imaged_specificity",
     .kind = HW_CHANGE_CLOSE_GAP,
     .by = offsetof(terms, doubts_settled)},
    {.path = "methods.aerial_survey.rate", .kind = HW_CHANGE_SCALE, .by = offsetof(terms, rate)},
};

const hw_lever hw_lever_remote_survey = {
    .ramp = offsetof(terms, ramp), .changes = changes, .change_count = HW_LENGTH(changes)};
