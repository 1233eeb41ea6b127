/* Mine action apart from the politics of the conflict: fewer donors withdraw. */
#include "models/lever.h"

typedef struct terms {
    hw_lever_terms lever;
    hw_value_id ramp, drop_out;
} terms;

static const hw_key keys[] = {
    HW_LEVER_KEYS(terms, "{p10: 2 months, p50: 6 months, p90: 18 months}", "0 USD", "0 USD/year"),
    HW_LEVER_RAMP(terms, "{p10: 6 months, p50: 12 months, p90: 24 months}"),
    {.name = "drop_out",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_NUMBER,
     .low = 0,
     .high = 1,
     .standard = "{p10: 0.25, p50: 0.5, p90: 0.85}",
     .offset = offsetof(terms, drop_out),
     .meaning = "How readily donors withdraw, against before."},
};

const hw_section hw_lever_depoliticised_support_parameters = {
    "depoliticised_support",
    "Mine action is kept apart from the politics of the conflict, by donors and by the state: fewer donors "
    "withdraw.",
    sizeof(terms), keys, HW_LENGTH(keys)};

static const hw_change changes[] = {
    {.path = "streams.*.drop_out", .kind = HW_CHANGE_SCALE, .by = offsetof(terms, drop_out)},
};

const hw_lever hw_lever_depoliticised_support = {
    .ramp = offsetof(terms, ramp), .changes = changes, .change_count = HW_LENGTH(changes)};
