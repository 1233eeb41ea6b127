/* A body from outside checks cleared ground: fewer missed items, more rework at first. */
#include "models/lever.h"

typedef struct terms {
    hw_lever_terms lever;
    hw_value_id ramp, missed, sampled, failures_at_first;
} terms;

static const hw_key keys[] = {
    HW_LEVER_KEYS(terms, "{p10: 3 months, p50: 6 months, p90: 12 months}",
                  "{p10: 100 kUSD, p50: 300 kUSD, p90: 800 kUSD}",
                  "{p10: 300 kUSD/year, p50: 1 MUSD/year, p90: 2.5 MUSD/year}"),
    HW_LEVER_RAMP(terms, "{p10: 9 months, p50: 18 months, p90: 36 months}"),
    {.name = "missed",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_NUMBER,
     .low = 0,
     .high = 1,
     .standard = "{p10: 0.4, p50: 0.7, p90: 0.95}",
     .offset = offsetof(terms, missed),
     .meaning = "Items that teams of all operators miss, against before: they know that others look."},
    {.name = "sampled",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_SHARE,
     .low = 0,
     .high = 1,
     .standard = "{p10: 3 %, p50: 8 %, p90: 20 %}",
     .offset = offsetof(terms, sampled),
     .meaning = "Of the cleared parcels that were not checked under the normal regime, the share that then "
                "is.",
     .source = "SOURCES 5: 1-10 % of cleared ground; how much more is checked is assumed"},
    {.name = "failures_at_first",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_SHARE,
     .low = 0,
     .high = 1,
     .standard = "{p10: 2 %, p50: 8 %, p90: 20 %}",
     .offset = offsetof(terms, failures_at_first),
     .meaning = "Share of checks that fail for procedure on top of before, falling to none over the ramp: "
                "rework until teams have learnt what the new examiners want."},
};

const hw_section hw_lever_external_qc_parameters = {
    "external_qc",
    "A body from outside checks cleared ground: more checks, fewer missed items, more rework at first.",
    sizeof(terms), keys, HW_LENGTH(keys)};

static const hw_change changes[] = {
    {.path = "operators.*.quality", .kind = HW_CHANGE_SCALE, .by = offsetof(terms, missed)},
    {.path = "methods.quality_control.sampled", .kind = HW_CHANGE_CLOSE_GAP, .by = offsetof(terms, sampled)},
    {.path = "methods.quality_control.procedural_failure",
     .kind = HW_CHANGE_ADD_AT_FIRST,
     .by = offsetof(terms, failures_at_first)},
};

const hw_lever hw_lever_external_qc = {
    .ramp = offsetof(terms, ramp), .changes = changes, .change_count = HW_LENGTH(changes)};
