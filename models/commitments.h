/* What teams cost, and which money in sight is bound for it. `kind` is that of the teams. */
#ifndef HW_MODELS_COMMITMENTS_H
#define HW_MODELS_COMMITMENTS_H

#include "models/kinds.h"
#include <stdint.h>

/* Works out what a team of each kind costs for a day: first of all on a planning day that asks for costs. */
void hw_price_teams(hw_land *land);

/* What a team costs for a day, its replacements and renewals included. Teams of a method that is not always
 * at work stand by for the rest of their days. */
double hw_cost_a_day(const hw_land *land, uint32_t kind);

/* All that are in service. */
double hw_teams_cost_a_day(const hw_land *land);

/* Its equipment, and the training of its people. */
double hw_purchase_of(const hw_land *land, uint32_t kind);
double hw_course_of(const hw_land *land, uint32_t kind);

/* A team from its order to the end of the look-ahead. */
double hw_cost_of_new(const hw_land *land, uint32_t kind, double look_ahead);

/* All teams of a kind in that time. */
double hw_cost_of_kind(const hw_land *land, uint32_t kind, double from, double until);

/* The same without listed teams that are not ordered yet. */
double hw_cost_of_taken_on(const hw_land *land, uint32_t kind, double from, double until);

/* Binds an amount of growth.free, from the most restricted stream on; returns what no money is in sight for.
 */
double hw_bind_amount(hw_land *land, uint32_t kind, double usd);

/* What is free for the kind. */
double hw_payable(const hw_land *land, uint32_t kind);

#endif
