/* Minefield maps handed over besides those of the baseline, which survey knows from the start
 * (methods.non_technical_survey.maps_cover and .maps_right). The truth about ground is known when one or the
 * other is right there; maps that cover more, or are more accurate, are right about the same ground and more.
 */
#include "models/lever.h"

typedef struct terms {
    hw_lever_terms lever;
    hw_value_id ramp, cover, right;
} terms;

static const hw_key keys[] = {
    HW_LEVER_KEYS(terms, "{p10: 1 month, p50: 3 months, p90: 12 months}",
                  "{p10: 50 kUSD, p50: 150 kUSD, p90: 500 kUSD}", "0 USD/year"),
    HW_LEVER_RAMP(terms, "{p10: 1 month, p50: 3 months, p90: 9 months}"),
    {.name = "cover",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_SHARE,
     .low = 0,
     .high = 1,
     .standard = "5 %",
     .offset = offsetof(terms, cover),
     .meaning = "Share of suspected ground that the further maps cover.",
     .source = "a hand-over like the first one, Crisis Group 2023 [S]"},
    {.name = "right",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_SHARE,
     .low = 0,
     .high = 1,
     .standard = "25 %",
     .offset = offsetof(terms, right),
     .meaning = "Share of the covered ground on which they are accurate; elsewhere they say nothing.",
     .source = "a hand-over like the first one, Crisis Group 2023 [S]"},
};

const hw_section hw_lever_map_exchange_parameters = {
    "map_exchange",
    "Further minefield maps are handed over: survey knows what is in the ground where they are right.",
    sizeof(terms), keys, HW_LENGTH(keys)};

static void act(hw_land *land, const void *parameters, hw_lever_state *state, hw_lever_day day) {
    (void)state;
    const terms *t = parameters;
    land->policy.effect.maps_told = day.strength * hw_in_force(land, t->cover) * hw_in_force(land, t->right);
}

const hw_lever hw_lever_map_exchange = {.ramp = offsetof(terms, ramp), .act = act};
