/* Another large programme elsewhere wants the same donors and the same machines. */
#include "models/lever.h"

typedef struct terms {
    hw_lever_terms lever;
    hw_value_id ramp, giving, drop_out, machine_price, machine_lead_time;
} terms;

static const hw_key keys[] = {
    HW_LEVER_KEYS(terms, "0 days", "0 USD", "0 USD/year"),
    HW_LEVER_RAMP(terms, "{p10: 3 months, p50: 9 months, p90: 24 months}"),
    {HW_LEVER_QUANTITY(terms, giving, HW_DIM_NUMBER, 0, 2), .standard = "{p10: 0.3, p50: 0.6, p90: 0.95}",
     .meaning = "What donors and trust funds sign and budget from then on, against what they would have."},
    {HW_LEVER_QUANTITY(terms, drop_out, HW_DIM_NUMBER, 0, 20), .standard = "{p10: 1, p50: 1.5, p90: 3}",
     .meaning = "How readily donors withdraw, against before.",
     .source = "SOURCES 13: the shares of single donors swing by a third in a year [LM18-23], assumed"},
    {HW_LEVER_QUANTITY(terms, machine_price, HW_DIM_NUMBER, 0.1, 10),
     .standard = "{p10: 1, p50: 1.25, p90: 2}", .meaning = "Price of machines against before."},
    {HW_LEVER_QUANTITY(terms, machine_lead_time, HW_DIM_NUMBER, 0.1, 20),
     .standard = "{p10: 1, p50: 1.7, p90: 4}",
     .meaning = "Time from order to delivery of machines, against before."},
};

const hw_section hw_lever_competition_parameters = {"competition",
                                                    "Demand elsewhere draws away donors' money and machines.",
                                                    sizeof(terms), keys, HW_LENGTH(keys)};

static const hw_change changes[] = {
    {.path = "streams.*.drop_out", .kind = HW_CHANGE_SCALE, .by = offsetof(terms, drop_out)},
    {.path = "methods.machines.team.purchase", .kind = HW_CHANGE_SCALE, .by = offsetof(terms, machine_price)},
    {.path = "methods.machines.team.lead_time",
     .kind = HW_CHANGE_SCALE,
     .by = offsetof(terms, machine_lead_time)},
};

static void act(hw_land *land, const void *parameters, hw_lever_state *state, hw_lever_day day) {
    (void)state;
    const terms *t = parameters;
    land->policy.effect.giving *= 1 + day.strength * (hw_in_force(land, t->giving) - 1);
}

const hw_lever hw_lever_competition = {
    .ramp = offsetof(terms, ramp), .changes = changes, .change_count = HW_LENGTH(changes), .act = act};
