/* Small tillers and excavators with armour that work where flails cannot: between trenches, on slopes. The
 * machines themselves are assets; parcels are looked at when technical survey splits them off, so ground that
 * waits for deminers already stays with them. */
#include "models/lever.h"

typedef struct terms {
    hw_lever_terms lever;
    hw_value_id ramp, kept_out, rate;
    hw_index_list settings;
} terms;

static const hw_key keys[] = {
    HW_LEVER_KEYS(terms, "{p10: 3 months, p50: 6 months, p90: 12 months}",
                  "{p10: 100 kUSD, p50: 300 kUSD, p90: 1 MUSD}", "0 USD/year"),
    HW_LEVER_RAMP(terms, "{p10: 3 months, p50: 9 months, p90: 18 months}"),
    {.name = "settings",
     .type = HW_KEY_REFERENCES,
     .refers_to = "settings",
     .optional = true,
     .offset = offsetof(terms, settings),
     .meaning = "Kinds of ground that they are made for; all when left out."},
    {HW_LEVER_QUANTITY(terms, kept_out, HW_DIM_SHARE, 0, 1), .standard = "{p10: 30 %, p50: 60 %, p90: 85 %}",
     .meaning = "Of the parcels too steep or tight for machines, the share that stays so."},
    {HW_LEVER_QUANTITY(terms, rate, HW_DIM_NUMBER, 0.1, 2), .standard = "{p10: 0.8, p50: 0.93, p90: 1}",
     .meaning = "Output of all machines against before: on such ground they are slower."},
};

const hw_section hw_lever_trench_machines_parameters = {
    "trench_machines", "Machines that prepare trenches, slopes and tight ground.", sizeof(terms), keys,
    HW_LENGTH(keys)};

static const hw_change changes[] = {
    {.path = "settings.*.steep",
     .kind = HW_CHANGE_SCALE,
     .by = offsetof(terms, kept_out),
     .among = offsetof(terms, settings)},
    {.path = "methods.machines.rate", .kind = HW_CHANGE_SCALE, .by = offsetof(terms, rate)},
};

const hw_lever hw_lever_trench_machines = {
    .ramp = offsetof(terms, ramp), .changes = changes, .change_count = HW_LENGTH(changes)};
