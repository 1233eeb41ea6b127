/* The national planner: once a month it books money, orders and pays teams, ranks hazard areas and posts
 * teams to districts. */
#ifndef HW_MODELS_PLANNER_H
#define HW_MODELS_PLANNER_H

#include "models/land.h"

/* Orders, training, accreditation, attrition and the end of service; what fell due since the last planning
 * day. */
void hw_capacity_plan(hw_land *land, double now, double next);

/* Pays every team until the next planning day; stands down those that cannot be paid, calls up those that can
 * again. */
void hw_payroll_plan(hw_land *land, double now, double next);

/* Scores and ranks hazard areas by the scenario's rule. */
void hw_priority_plan(hw_land *land, double now);

/* Posts teams to districts: down the ranking, each hazard area takes as many as its work needs. */
void hw_posting_plan(hw_land *land, double now);

/* Whether ground that a team may work on waits for it in a district. */
bool hw_posting_suits(const hw_land *land, const hw_team *team, uint32_t district);

#endif
