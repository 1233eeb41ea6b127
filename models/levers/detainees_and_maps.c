/* Detainees go home and maps are handed over in one deal, as in the summer of 2021: the maps of the lever
 * `map_exchange` become better ones, and tension falls. */
#include "models/lever.h"

typedef struct terms {
    hw_lever_terms lever;
    hw_value_id ramp, cover, right, tension_falls, fighting, drop_out;
} terms;

static const hw_key keys[] = {
    HW_LEVER_KEYS(terms, "{p10: 1 month, p50: 6 months, p90: 24 months}", "0 USD", "0 USD/year"),
    HW_LEVER_RAMP(terms, "{p10: 1 month, p50: 3 months, p90: 9 months}"),
    {HW_LEVER_QUANTITY(terms, cover, HW_DIM_SHARE, 0, 1), .standard = "{p10: 5 %, p50: 15 %, p90: 40 %}",
     .read_if = "levers.map_exchange.on",
     .meaning =
         "Share of suspected ground that the maps of `map_exchange` then cover, when that is more than "
         "before.",
     .source = "SOURCES 13: two deals of 2021 gave maps that cover 5 % [S] [REC]; range assumed"},
    {HW_LEVER_QUANTITY(terms, right, HW_DIM_SHARE, 0, 1), .standard = "{p10: 25 %, p50: 45 %, p90: 75 %}",
     .read_if = "levers.map_exchange.on",
     .meaning = "Share of the covered ground on which they are accurate, when that is more than before.",
     .source = "SOURCES 13: a quarter in 2021 [S]; range assumed"},
    {HW_LEVER_QUANTITY(terms, tension_falls, HW_DIM_NUMBER, 0, 10),
     .standard = "{p10: 1, p50: 1.3, p90: 2.5}", .read_if = "levers.tension.on",
     .meaning = "Rate at which tension dies down, against before."},
    {HW_LEVER_QUANTITY(terms, fighting, HW_DIM_NUMBER, 0, 5), .standard = "{p10: 0.5, p50: 0.8, p90: 1}",
     .read_if = "levers.tension.on",
     .meaning = "Rate at which fighting breaks out of tension, against before."},
    {HW_LEVER_QUANTITY(terms, drop_out, HW_DIM_NUMBER, 0, 2), .standard = "{p10: 0.7, p50: 0.9, p90: 1}",
     .meaning = "How readily donors withdraw, against before."},
};

const hw_section hw_lever_detainees_and_maps_parameters = {
    "detainees_and_maps",
    "Detainees go home and minefield maps are handed over in one deal: better maps than `map_exchange` alone "
    "would bring, less tension, fewer donors who withdraw.",
    sizeof(terms), keys, HW_LENGTH(keys)};

static const hw_change changes[] = {
    {.path = "levers.map_exchange.cover", .kind = HW_CHANGE_RAISE, .by = offsetof(terms, cover)},
    {.path = "levers.map_exchange.right", .kind = HW_CHANGE_RAISE, .by = offsetof(terms, right)},
    {.path = "levers.tension.tense_to_calm", .kind = HW_CHANGE_SCALE, .by = offsetof(terms, tension_falls)},
    {.path = "levers.tension.tense_to_fighting", .kind = HW_CHANGE_SCALE, .by = offsetof(terms, fighting)},
    {.path = "streams.*.drop_out", .kind = HW_CHANGE_SCALE, .by = offsetof(terms, drop_out)},
};

const hw_lever hw_lever_detainees_and_maps = {
    .ramp = offsetof(terms, ramp), .changes = changes, .change_count = HW_LENGTH(changes)};
