/* The delay of this lever is the time that registration and permits take. Operators that are kept out have
 * `admitted: 0 %` of their own in the scenario. */
#include "models/lever.h"

typedef struct terms {
    hw_lever_terms lever;
    hw_index_list operators;
    hw_value_id admitted, pace, quality;
} terms;

static const hw_key keys[] = {
    HW_LEVER_KEYS(terms, "{p10: 4 months, p50: 8 months, p90: 18 months}", "0 USD",
                  "{p10: 20 kUSD/year, p50: 80 kUSD/year, p90: 250 kUSD/year}"),
    {.name = "operators",
     .type = HW_KEY_REFERENCES,
     .refers_to = "operators",
     .optional = true,
     .offset = offsetof(terms, operators),
     .meaning = "Organisations that are let in: one at least."},
    {.name = "admitted",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_SHARE,
     .low = 0,
     .high = 1,
     .standard = "{p10: 30 %, p50: 60 %, p90: 90 %}",
     .offset = offsetof(terms, admitted),
     .meaning = "Share of their teams that get permits, when that is more than before; the rest never come."},
    {.name = "pace",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_NUMBER,
     .low = 0.1,
     .high = 5,
     .standard = "{p10: 0.8, p50: 1, p90: 1.2}",
     .offset = offsetof(terms, pace),
     .meaning = "Factor on their output: escorts and closed roads hold them up, experience speeds them up."},
    {.name = "quality",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_NUMBER,
     .low = 0,
     .high = 5,
     .standard = "{p10: 0.6, p50: 0.9, p90: 1}",
     .offset = offsetof(terms, quality),
     .meaning = "Factor on the items that they miss."},
};

const hw_section hw_lever_ngo_access_parameters = {
    "ngo_access",
    "Non-governmental operators are registered and get access permits: a share of their teams is admitted.",
    sizeof(terms), keys, HW_LENGTH(keys)};

static const char *fault(const void *parameters) {
    const terms *t = parameters;
    return t->operators.count == 0 ? "lets nobody in: name one or more operators in 'operators'" : NULL;
}

static const hw_change changes[] = {
    {.path = "operators.*.admitted",
     .kind = HW_CHANGE_RAISE,
     .by = offsetof(terms, admitted),
     .among = offsetof(terms, operators)},
    {.path = "operators.*.pace",
     .kind = HW_CHANGE_SCALE,
     .by = offsetof(terms, pace),
     .among = offsetof(terms, operators)},
    {.path = "operators.*.quality",
     .kind = HW_CHANGE_SCALE,
     .by = offsetof(terms, quality),
     .among = offsetof(terms, operators)},
};

const hw_lever hw_lever_ngo_access = {.changes = changes, .change_count = HW_LENGTH(changes), .fault = fault};
