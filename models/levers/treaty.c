/* Accession to the Anti-Personnel Mine Ban Convention. What it unlocks are pledges with the condition
 * `treaty`; whether and when a giver answers is said there. */
#include "models/lever.h"

typedef struct terms {
    hw_lever_terms lever;
} terms;

static const hw_key keys[] = {
    /* The convention enters into force for a state six months after it deposits its instrument (Article 17).
     */
    HW_LEVER_KEYS(terms, "{p10: 6 months, p50: 9 months, p90: 24 months}", "0 USD",
                  "{p10: 50 kUSD/year, p50: 200 kUSD/year, p90: 1 MUSD/year}"),
};

const hw_section hw_lever_treaty_parameters = {"treaty",
                                               "Accession to the Anti-Personnel Mine Ban Convention: pledges "
                                               "and budgets with the condition `treaty` are unlocked, "
                                               "for each giver with a probability and after a time.",
                                               sizeof(terms), keys, HW_LENGTH(keys)};

static void act(hw_land *land, const void *parameters, hw_lever_state *state, hw_lever_day day) {
    (void)parameters;
    land->policy.effect.treaty_days = day.now - state->from;
}

const hw_lever hw_lever_treaty = {.act = act};
