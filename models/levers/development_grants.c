/* Money follows land whose use is planned: what a giver pays depends on the ground released for places where
 * people are planned. */
#include "models/lever.h"
#include "models/money.h"
#include <math.h>

typedef struct terms {
    hw_lever_terms lever;
    uint32_t stream;
    hw_value_id per_area, ceiling, favour;
} terms;

enum { PAID_M2, YEAR, GRANTED };

static const hw_key keys[] = {
    HW_LEVER_KEYS(terms, "{p10: 4 months, p50: 9 months, p90: 18 months}", "0 USD",
                  "{p10: 50 kUSD/year, p50: 150 kUSD/year, p90: 400 kUSD/year}"),
    {.name = "stream",
     .type = HW_KEY_REFERENCE,
     .refers_to = "streams",
     .optional = true,
     .offset = offsetof(terms, stream),
     .meaning = "Stream that the grants flow into, best one with a `yearly` of nothing: its budget year says "
                "by when they must be spent."},
    {.name = "per_area",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_MONEY_PER_AREA,
     .low = 0,
     .high = 100,
     .standard = "{p10: 0.02 USD/m2, p50: 0.08 USD/m2, p90: 0.3 USD/m2}",
     .offset = offsetof(terms, per_area),
     .meaning = "Granted for ground newly released of hazard areas that places with planned people need.",
     .source = "SOURCES 13: unit costs of survey and battle area clearance; the grant is assumed"},
    {.name = "ceiling",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_MONEY,
     .low = 0,
     .high = 1e10,
     .standard = "{p10: 1 MUSD, p50: 4 MUSD, p90: 12 MUSD}",
     .offset = offsetof(terms, ceiling),
     .meaning = "Most that is granted in a calendar year."},
    {.name = "favour",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_SHARE,
     .low = 0,
     .high = 1,
     .standard = "{p10: 0 %, p50: 30 %, p90: 80 %}",
     .offset = offsetof(terms, favour),
     .meaning = "Share of its position in the ranking of hazard areas by which the planner moves such ground "
                "up; at 100 % it goes before all other ground."},
};

const hw_section hw_lever_development_grants_parameters = {
    "development_grants",
    "Grants tied to development: money for each hectare released where use is planned, and a planner who "
    "favours such ground.",
    sizeof(terms), keys, HW_LENGTH(keys)};

static const char *fault(const void *parameters) {
    const terms *t = parameters;
    return t->stream == HW_NO_REFERENCE ? "has nowhere to pay to: name a stream in 'stream'" : NULL;
}

/* Ground that was released while the lever was not in force earns nothing, nor does ground that is released
 * again. */
static double fresh_m2(const hw_land *land, hw_lever_state *state) {
    double released = 0;
    for (uint32_t d = 0; d < land->district_count; d++) {
        released += (double)land->districts[d].planned_released_m2;
    }
    double fresh = state->was_in_force ? fmax(0, released - state->number[PAID_M2]) : 0;
    state->number[PAID_M2] = state->was_in_force ? fmax(released, state->number[PAID_M2]) : released;
    return fresh;
}

static void act(hw_land *land, const void *parameters, hw_lever_state *state, hw_lever_day day) {
    const terms *t = parameters;
    land->policy.effect.favour_planned = day.strength * hw_in_force(land, t->favour);
    bool new_year = (double)land->calendar.year > state->number[YEAR];
    state->number[YEAR] = land->calendar.year;
    state->number[GRANTED] = new_year ? 0 : state->number[GRANTED];
    double left = hw_in_force(land, t->ceiling) - state->number[GRANTED];
    double usd = fmin(left, fresh_m2(land, state) * hw_in_force(land, t->per_area));
    hw_money_grant(land, t->stream, usd);
    state->number[GRANTED] += usd;
}

const hw_lever hw_lever_development_grants = {.act = act, .fault = fault};
