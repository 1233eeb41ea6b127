/* Some givers pay only if the other side of the conflict gets as much: their support here then costs them
 * more, and some wait until there is something to support on the other side. What is signed stands. */
#include "models/lever.h"

typedef struct terms {
    hw_lever_terms lever;
    hw_value_id asking, cost, waiting, wait;
} terms;

static const hw_key keys[] = {
    HW_LEVER_KEYS(terms, "{p10: 0 months, p50: 6 months, p90: 18 months}", "0 USD", "0 USD/year"),
    {HW_LEVER_QUANTITY(terms, asking, HW_DIM_SHARE, 0, 1), .standard = "{p10: 10 %, p50: 30 %, p90: 70 %}",
     .meaning = "Of donors and trust funds, the share that asks for a match."},
    {HW_LEVER_QUANTITY(terms, cost, HW_DIM_NUMBER, 1, 10), .standard = "{p10: 1.5, p50: 2, p90: 2.3}",
     .meaning = "What a dollar here costs such a giver, who has as many dollars as before.",
     .source = "SOURCES 13: a match of the same size doubles it; range assumed"},
    {HW_LEVER_QUANTITY(terms, waiting, HW_DIM_SHARE, 0, 1), .standard = "{p10: 15 %, p50: 40 %, p90: 75 %}",
     .meaning =
         "Of those who ask, the share that signs and budgets nothing for now. A pledge that waits keeps "
         "its end date; a budget of a year that begins meanwhile is lost."},
    {HW_LEVER_QUANTITY(terms, wait, HW_DIM_TIME, 0, 7300),
     .standard = "{p10: 12 months, p50: 30 months, p90: 72 months}", .meaning = "For how long they wait."},
};

const hw_section hw_lever_matched_support_parameters = {
    "matched_support",
    "Support must be matched on the other side of the conflict: it costs a share of the givers more, and "
    "some "
    "of them wait.",
    sizeof(terms), keys, HW_LENGTH(keys)};

static double offer_of(const hw_land *land, const terms *t, uint32_t stream, double days) {
    double u[4];
    hw_land_draw_block(land, land->money.streams[stream].entity, HW_DRAW_MATCH, 0, u);
    bool asks = u[0] < hw_in_force(land, t->asking);
    bool waits = u[1] < hw_in_force(land, t->waiting) && days < hw_in_force(land, t->wait);
    double costs = hw_in_force(land, t->cost);
    return !asks ? 1 : waits ? 0 : 1 / costs;
}

static void act(hw_land *land, const void *parameters, hw_lever_state *state, hw_lever_day day) {
    for (uint32_t s = 0; s < land->money.stream_count; s++) {
        land->money.streams[s].offers = offer_of(land, parameters, s, day.now - state->from);
    }
}

static void leave(hw_land *land, const void *parameters, hw_lever_state *state, double now) {
    (void)parameters, (void)state, (void)now;
    for (uint32_t s = 0; s < land->money.stream_count; s++) {
        land->money.streams[s].offers = 1;
    }
}

const hw_lever hw_lever_matched_support = {.act = act, .leave = leave};
