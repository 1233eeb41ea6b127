/* The national planner: once a month it books money, orders and pays teams, ranks hazard areas and posts
 * teams to districts. */
#ifndef HW_MODELS_PLANNER_H
#define HW_MODELS_PLANNER_H

#include "models/money.h"
#include "models/teams.h"
#include "sim/bitset.h"
#include <assert.h>
#include <stdbool.h>

/* What posting needs to know of an area. */
typedef struct hw_open_ground {
    double open_m2[HW_STAGES];
    uint32_t district, setting, area;
    uint32_t national; /* place of national priority that waits for it, or HW_NOTHING */
    bool finishing;    /* a place that is nearly done waits for it */
} hw_open_ground;

typedef struct hw_stretch {
    uint32_t next, end;
} hw_stretch;

/* How many teams of the method in hand open ground wants, and how many of them before all other ground. */
typedef struct hw_call {
    uint32_t position, wanted, floor;
} hw_call;

/* What planning days work with, from one to the next; nothing of it is part of the world. */
typedef struct hw_planner {
    double *area_stage, *area_score; /* on this planning day: by stage, then by score */
    double hysteresis;           /* of scores: what is further down goes first when it is so much better */
    uint32_t *score_order;       /* areas, best first */
    uint32_t *sorting;           /* scratch of sorting them */
    hw_open_ground *open_ground; /* accessible areas with work in them on this planning day, best first */
    uint32_t open_ground_count;
    uint32_t finishing_end;       /* one past the last of it for which a nearly finished place waits */
    uint64_t *open_at[HW_STAGES]; /* bit i: ground at position i of open_ground has work of the stage */
    double *place_team_days;      /* work left in the areas of a place */
    double *place_open_m2;        /* ground not yet released there */
    double *place_least_days;   /* the least work that has been left there: what is found demotes no place */
    double *visitors;           /* by district: weight of civilian exposure */
    bool *reranked;             /* by district: its ranking has changed today */
    uint32_t *rank_cursor;      /* by district */
    uint32_t *targets, *posted; /* by district: teams of the method being posted */
    uint32_t *kept;         /* by district: of them, those that are to be there before the ranking is asked */
    bool keeping;           /* some are */
    uint32_t lacking;       /* teams of that method that districts lack */
    double *unclaimed_m2;   /* by position in open_ground and stage: ready, nobody on the way to it */
    double *unclaimed_days; /* by district: of the method being swept */
    uint32_t *pay_order;    /* teams, paid first to last */
    bool paid_in_part;      /* somebody is paid for a part of this month */
    hw_call *calls;         /* of the method in hand, down the ranking */
    uint32_t call_count;
    uint32_t *floor_left;    /* by place of national priority */
    bool any_national;       /* some open ground is waited for by such a place */
    uint32_t *roster;        /* teams of the method in hand, by district */
    hw_stretch *own;         /* by district: those of the roster that are there, from the next one on */
    uint32_t *standing;      /* where each team of the method's list stands in the roster, see pay_order.c */
    uint32_t *roll_at;       /* by such a place: scratch */
    uint32_t *wanted_at;     /* by team: position in open_ground, from 1 on, of the ground that wants it */
    uint32_t *wanted_count;  /* teams by that position */
    uint32_t typical_method; /* whose day stands for the cost of work: battle area teams */
} hw_planner;

/* Orders, training, accreditation, attrition and the end of service; what fell due since the last planning
 * day. */
void hw_capacity_plan(hw_land *land, double now, double next);

/* People of the largest kind of team. */
double hw_largest_team(const hw_land *land);

/* A team that learns another method: its course and what it needs are paid in instalments. */
void hw_capacity_school(hw_land *land, uint32_t index, double now, double course_usd, double equipment_usd);

/* Scores hazard areas by the scenario's rule and puts them into the order of their scores. */
void hw_priority_order(hw_land *land, double now);

/* The same, and ranks them in their districts. */
void hw_priority_plan(hw_land *land, double now);

/* Fills `pay_order`: whom money goes to first, by the scenario's planning.stand_down and today's ranking. */
void hw_pay_order(hw_land *land, double now);

/* Pays every team in that order until the next planning day, or as far as money goes; stands down those that
 * cannot be paid, calls up those that can again. What was set aside for moves may be spent from then on. */
void hw_payroll_plan(hw_land *land, double now, double next);

/* Pays a team its wage together with its move to a district, its first or one to where money is; false, and
 * nothing paid, when money covers only one. */
bool hw_payroll_pay_with_move(hw_land *land, const hw_team *team, uint32_t district);

/* Teams that are paid for a part of the month will stand down at its end, with their task kept: after
 * posting, which settles in whose district. */
void hw_payroll_end_pay(hw_land *land, double next);

/* Sends teams that no district's targets want, and that stand idle without ready work in theirs, down the
 * ranking to ready work that nobody else is on the way to. */
void hw_sweep_plan(hw_land *land, double now);

/* Posts teams to districts: down the ranking, each hazard area takes as many as its work needs. */
void hw_posting_plan(hw_land *land, double now);

/* Field days of one team for which a hazard area is given one. */
enum { HW_POSTING_DAYS = 40 };

/* Teams of one method that a hazard area is given for so much work: two months of field work for each,
 * rounded up, and at most the crowd. */
static inline uint32_t hw_teams_wanted(double team_days, uint32_t crowd) {
    assert(team_days >= 0);
    double teams = team_days / HW_POSTING_DAYS;
    if (teams >= crowd) {
        return crowd;
    }
    uint32_t whole = (uint32_t)teams;
    return whole + (whole < teams);
}

/* Fills `calls`, down the ranking until they have use for so many teams: each piece of open ground wants one
 * team of the method for each forty days of its work, but no more than could be at work on it now, nor than
 * the crowd. */
void hw_demand_of(hw_land *land, uint32_t method, uint32_t teams);

/* Some ground has a floor of teams, before all other ground: that of national places, and one team for what
 * is left of a place that is nearly finished. */
static inline bool hw_has_floors(const hw_planner *planner) {
    return planner->any_national || planner->finishing_end > 0;
}

/* What the move of a team costs, to a district or to one that is not known yet (HW_NOTHING). */
hw_bill hw_bill_of_move(const hw_land *land, const hw_team *team, uint32_t district);

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

/* Teams that a piece of open ground wants of a method. */
uint32_t hw_wanted_on(const hw_land *land, const hw_open_ground *ground, const hw_method_numbers *numbers,
                      const hw_worked_stages *stages, uint32_t crowd);

/* Which of 64 positions of open ground have work of these stages. */
static inline uint64_t hw_open_in_word(const hw_planner *planner, const hw_worked_stages *stages,
                                       uint32_t word) {
    uint64_t open = 0;
    assert(stages->count <= HW_STAGES);
    for (uint32_t k = 0; k < stages->count; k++) {
        open |= planner->open_at[stages->stage[k]][word];
    }
    return open;
}

/* The first position of open ground from `from` on that has work of these stages; open_ground_count: none. */
static inline uint32_t hw_next_open(const hw_planner *planner, const hw_worked_stages *stages,
                                    uint32_t from) {
    uint64_t left = UINT64_MAX << from % 64;
    for (uint32_t word = from / 64; word < hw_words_for(planner->open_ground_count); word++) {
        uint64_t open = hw_open_in_word(planner, stages, word) & left;
        if (open != 0) {
            return word * 64 + (uint32_t)__builtin_ctzll(open);
        }
        left = UINT64_MAX;
    }
    return planner->open_ground_count;
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
