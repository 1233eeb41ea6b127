/* A centre that breeds and trains dogs at home. It makes dogs come sooner, cheaper and better prepared; the
 * dog teams themselves are assets. */
#include "models/lever.h"

typedef struct terms {
    hw_lever_terms lever;
    hw_value_id ramp, lead_time, purchase, failures_spared, service_life;
} terms;

static const hw_key keys[] = {
    HW_LEVER_KEYS(terms, "{p10: 9 months, p50: 18 months, p90: 36 months}",
                  "{p10: 1 MUSD, p50: 3 MUSD, p90: 10 MUSD}",
                  "{p10: 200 kUSD/year, p50: 600 kUSD/year, p90: 1.5 MUSD/year}"),
    HW_LEVER_RAMP(terms, "{p10: 6 months, p50: 12 months, p90: 24 months}"),
    {HW_LEVER_QUANTITY(terms, lead_time, HW_DIM_NUMBER, 0, 5), .standard = "{p10: 0.3, p50: 0.6, p90: 1}",
     .meaning = "Time from order to delivery of dogs, against before."},
    {HW_LEVER_QUANTITY(terms, purchase, HW_DIM_NUMBER, 0, 5), .standard = "{p10: 0.4, p50: 0.7, p90: 1.1}",
     .meaning = "Price of a dog team, against before; the centre itself is in the lever's costs."},
    {HW_LEVER_QUANTITY(terms, failures_spared, HW_DIM_SHARE, 0, 1),
     .standard = "{p10: 10 %, p50: 35 %, p90: 65 %}",
     .meaning = "Of the teams that fail accreditation at first, the share that then passes."},
    {HW_LEVER_QUANTITY(terms, service_life, HW_DIM_NUMBER, 0.2, 5),
     .standard = "{p10: 0.95, p50: 1.1, p90: 1.3}",
     .meaning = "Service life of dogs, against before: younger dogs, veterinary care."},
};

const hw_section hw_lever_dog_centre_parameters = {"dog_centre", "A training centre for mine detection dogs.",
                                                   sizeof(terms), keys, HW_LENGTH(keys)};

static const hw_change changes[] = {
    {.path = "methods.dogs.team.lead_time", .kind = HW_CHANGE_SCALE, .by = offsetof(terms, lead_time)},
    {.path = "methods.dogs.team.purchase", .kind = HW_CHANGE_SCALE, .by = offsetof(terms, purchase)},
    {.path = "methods.dogs.team.pass", .kind = HW_CHANGE_CLOSE_GAP, .by = offsetof(terms, failures_spared)},
    {.path = "methods.dogs.team.service_life", .kind = HW_CHANGE_SCALE, .by = offsetof(terms, service_life)},
};

const hw_lever hw_lever_dog_centre = {
    .ramp = offsetof(terms, ramp), .changes = changes, .change_count = HW_LENGTH(changes)};
