/* Donors who will not pay for clearance help victims instead. */
#include "models/lever.h"
#include "models/money.h"

typedef struct terms {
    hw_lever_terms lever;
    hw_index_list donors;
    hw_value_id probability;
} terms;

static const hw_key keys[] = {
    HW_LEVER_KEYS(terms, "{p10: 0 months, p50: 6 months, p90: 18 months}", "0 USD", "0 USD/year"),
    {.name = "donors",
     .type = HW_KEY_REFERENCES,
     .refers_to = "streams",
     .optional = true,
     .offset = offsetof(terms, donors),
     .meaning = "Streams whose givers may turn; all donors and trust funds when left out."},
    {.name = "probability",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_SHARE,
     .low = 0,
     .high = 1,
     .standard = "{p10: 10 %, p50: 30 %, p90: 60 %}",
     .offset = offsetof(terms, probability),
     .meaning = "Of each giver, to turn to victim assistance."},
};

const hw_section hw_lever_victim_aid_only_parameters = {
    "victim_aid_only",
    "Donors who will not pay for clearance, each with a probability, help victims instead: their money goes "
    "to victim aid and cannot clear.",
    sizeof(terms), keys, HW_LENGTH(keys)};

static bool may_turn(const hw_land *land, const terms *t, uint32_t stream) {
    const hw_stream_terms *giver = HW_ITEM(land->scenario->streams, hw_stream_terms, stream);
    if (giver->pays != HW_PAYS_CLEARANCE) {
        return false;
    }
    for (uint32_t i = 0; i < t->donors.count; i++) {
        if (t->donors.items[i] == stream) {
            return true;
        }
    }
    return t->donors.count == 0 && hw_income_is_given(giver);
}

static void act(hw_land *land, const void *parameters, hw_lever_state *state, hw_lever_day day) {
    (void)day;
    if (state->was_in_force) {
        return;
    }
    const terms *t = parameters;
    double probability = hw_in_force(land, t->probability);
    for (uint32_t s = 0; s < land->money.stream_count; s++) {
        if (may_turn(land, t, s) &&
            hw_land_draw(land, land->money.streams[s].entity, HW_DRAW_SWITCH, 0) < probability) {
            hw_money_turn(land, s, true);
        }
    }
}

static void leave(hw_land *land, const void *parameters, hw_lever_state *state, double now) {
    (void)parameters, (void)state, (void)now;
    for (uint32_t s = 0; s < land->money.stream_count; s++) {
        hw_money_turn(land, s, false);
    }
}

const hw_lever hw_lever_victim_aid_only = {.act = act, .leave = leave};
