/* The national planner: once a month it books money, orders and pays teams, ranks hazard areas and posts
 * teams to districts. */
#ifndef HW_MODELS_PLANNER_H
#define HW_MODELS_PLANNER_H

#include "models/land.h"

/* Orders, training, accreditation, attrition and the end of service; what fell due since the last planning
 * day. */
void hw_capacity_plan(hw_land *land, double now, double next);

/* Scores and ranks hazard areas by the scenario's rule. */
void hw_priority_plan(hw_land *land, double now);

/* Fills `pay_order`: whom money goes to first, by the scenario's planning.stand_down and today's ranking. */
void hw_pay_order(hw_land *land, double now);

/* Pays every team in that order until the next planning day; stands down those that cannot be paid, calls up
 * those that can again. */
void hw_payroll_plan(hw_land *land, double now, double next);

/* Posts teams to districts: down the ranking, each hazard area takes as many as its work needs. */
void hw_posting_plan(hw_land *land, double now);

/* Teams of one method that a hazard area is given for so much work: two months of field work for each,
 * rounded up, and at most the crowd. */
uint32_t hw_teams_wanted(double team_days, uint32_t crowd);

/* The stages of ground that a method works on, and what their open ground means to it in team-days. */
typedef struct hw_worked_stages {
    uint32_t count, stage[HW_STAGES];
} hw_worked_stages;

static inline hw_worked_stages hw_worked_stages_of(const hw_method_numbers *numbers) {
    hw_worked_stages stages = {0};
    for (uint32_t stage = 0; stage < HW_STAGES; stage++) {
        if (numbers->effort[stage] > 0) {
            stages.stage[stages.count++] = stage;
        }
    }
    return stages;
}

/* The first position of open ground from `from` on that has work of these stages; open_ground_count: none. */
static inline uint32_t hw_next_open(const hw_land *land, const hw_worked_stages *stages, uint32_t from) {
    uint64_t left = UINT64_MAX << from % 64;
    for (uint32_t word = from / 64; word < HW_POSITION_WORDS(land->open_ground_count); word++) {
        uint64_t open = 0;
        for (uint32_t k = 0; k < stages->count; k++) {
            open |= land->open_at[stages->stage[k]][word];
        }
        if ((open & left) != 0) {
            return word * 64 + (uint32_t)__builtin_ctzll(open & left);
        }
        left = UINT64_MAX;
    }
    return land->open_ground_count;
}

static inline double hw_team_days_on(const hw_open_ground *area, const hw_method_numbers *numbers,
                                     const hw_worked_stages *stages) {
    double team_days = 0;
    for (uint32_t k = 0; k < stages->count; k++) {
        team_days += area->open_m2[stages->stage[k]] * numbers->effort[stages->stage[k]];
    }
    return team_days;
}

/* Whether ground that a team may work on waits for it in a district. */
bool hw_posting_suits(const hw_land *land, const hw_team *team, uint32_t district);

#endif
