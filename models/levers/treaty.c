/* Accession to the Anti-Personnel Mine Ban Convention. What it unlocks are pledges with the condition
 * `treaty`; whether and when a giver answers is said there. Accession may fail: it comes about on the first
 * day on which its chance is more than the replication's luck. */
#include "models/lever.h"
#include <math.h>

typedef struct terms {
    hw_lever_terms lever;
    hw_value_id chance;
} terms;

enum { LUCK, SINCE }; /* of hw_lever_state.number; since: days, not a number before accession */

static const hw_key keys[] = {
    /* The convention enters into force for a state six months after it deposits its instrument (Article 17).
     */
    HW_LEVER_KEYS(terms, "{p10: 6 months, p50: 9 months, p90: 24 months}", "0 USD",
                  "{p10: 50 kUSD/year, p50: 200 kUSD/year, p90: 1 MUSD/year}"),
    {HW_LEVER_QUANTITY(terms, chance, HW_DIM_SHARE, 0, 1), .standard = "100 %",
     .meaning = "Probability that accession comes about."},
};

const hw_section hw_lever_treaty_parameters = {"treaty",
                                               "Accession to the Anti-Personnel Mine Ban Convention: pledges "
                                               "and budgets with the condition `treaty` are unlocked, "
                                               "for each giver with a probability and after a time.",
                                               sizeof(terms), keys, HW_LENGTH(keys)};

static void begin(hw_land *land, const void *parameters, hw_lever_state *state) {
    (void)parameters;
    state->number[LUCK] = hw_land_draw(land, state->entity, HW_DRAW_LEVER, 0);
    state->number[SINCE] = (double)NAN;
}

static void act(hw_land *land, const void *parameters, hw_lever_state *state, hw_lever_day day) {
    const terms *t = parameters;
    if (isnan(state->number[SINCE]) && state->number[LUCK] < hw_in_force(land, t->chance)) {
        state->number[SINCE] = day.first ? state->from : day.now;
    }
    if (!isnan(state->number[SINCE])) {
        land->policy.effect.treaty_days = day.now - state->number[SINCE];
    }
}

const hw_lever hw_lever_treaty = {.begin = begin, .act = act};
