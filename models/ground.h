/* The ground itself: what is truly in it, drawn when first needed, and what survey and clearance do to it. */
#ifndef HW_MODELS_GROUND_H
#define HW_MODELS_GROUND_H

#include "models/land.h"

/* Draws the truth of a block once: mined or not, remnants or not, counts of items. Items enter the district's
 * `laid`. */
void hw_ground_reveal(hw_land *land, uint32_t block);

/* Whether a block was mined at the start, without drawing what is in it. */
bool hw_ground_is_mined(const hw_land *land, uint32_t block);

/* Evidence that a survey gives about one kind of contamination: true positive with probability `sensitivity`,
 * false alarm with 1 - `specificity`; and the belief after it by Bayes' rule. */
bool hw_ground_evidence(bool present, double sensitivity, double specificity, double uniform);
double hw_ground_posterior(double prior, bool evidence, double sensitivity, double specificity);

/* Full search of an item: each hidden item is found with probability `detection`, worsened by the operator's
 * quality; the rest is missed. Sends the ground on to its check or report. Returns the number of items found.
 */
uint32_t hw_ground_clear(hw_land *land, uint32_t item, double detection, hw_ledger ledger, double now);

/* Moves hidden items of type `type` to found (or exploded); keeps the district's books. */
void hw_ground_take_out(hw_land *land, uint32_t item, uint32_t type, uint32_t count, uint32_t to_state);

/* Passed over: `count` hidden items of a type become missed ones. */
void hw_ground_pass_over(hw_land *land, uint32_t item, uint32_t type, uint32_t count);

/* Rework or re-opening: what had been missed is there to be found once more. */
void hw_ground_search_again(hw_land *land, uint32_t item);

/* New mines in released ground, as densely as its setting had them; the uniforms say how many of each type.
 * It has to be re-opened at once. */
void hw_ground_mine_anew(hw_land *land, uint32_t item, double uniform_ap, double uniform_at);

/* An item goes off under a civilian, in recorded ground when there is any hidden there (after a few tries),
 * else in ground that nobody had recorded. Returns the block, or HW_NOTHING. */
uint32_t hw_ground_accident(hw_land *land, uint32_t district, bool unmapped, hw_draws *draws);

/* Area-weighted ground of the scenario, for the planner's estimates. */
struct hw_ground hw_ground_typical(const hw_land *land);

#endif
