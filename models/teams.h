/* Teams: from order through training and accreditation to work, breakdown, standing down and the end of
 * service. `index` is that of a team.
 *
 * A task is one event: the work it needs is mapped to an end date through the district's working-time table.
 */
#ifndef HW_MODELS_TEAMS_H
#define HW_MODELS_TEAMS_H

#include "models/draws.h"
#include "models/kinds.h"
#include "models/pace.h"
#include "models/scenario.h"
#include <assert.h>

enum {
    HW_TEAM_ORDERED,
    HW_TEAM_TRAINING,
    HW_TEAM_IDLE,
    HW_TEAM_WORKING,
    HW_TEAM_REPAIR,
    HW_TEAM_STOOD_DOWN,
    HW_TEAM_MOVING,
    HW_TEAM_AWAY,
    HW_TEAM_GONE
};

/* Three cache lines: what planning days read of every team, its work, and the rest. */
typedef struct hw_team {
    _Alignas(64) uint32_t operator_;
    uint32_t district; /* HW_NOTHING before its first posting */
    uint32_t item;     /* in hand, or HW_NOTHING */
    uint32_t sequence; /* of the event it waits for; 0: none */
    hw_use use;
    uint8_t method, state, giver; /* giver: of the earmark that it was hired for, from 1 on; 0: none */
    bool choosy : 1;              /* works on some settings only: never in an idle list */
    bool standing : 1;            /* of a listed team: ready on its day, without a course */
    bool crew : 1;                /* of a firm, paid by the m2: see crews.h */
    bool on_notice : 1;           /* leaves on retire_day, which a review has set */
    bool owes : 1;                /* some of its equipment or training is not paid yet */
    double strength;              /* share of its people present */
    double since_order, ready_day, retire_day;
    double experience; /* field days */

    double since;                      /* of its present state, for use_days */
    double work_from;                  /* when the present stretch of work began */
    double work_booked;                /* field days of that stretch that are in the books */
    double work_left, until_breakdown; /* field days */
    double work_taken;                 /* field days of its share of the item in hand */
    double repair_days;                /* of the next breakdown */
    uint64_t entity;

    double draw[HW_TASK_DRAWS]; /* of the task in hand */
    uint32_t next_idle;
    uint32_t older;                            /* the next older present team of its kind, or HW_NOTHING */
    uint32_t breakdowns, trainings, accidents; /* occurrences drawn */
    uint32_t parts;                            /* of the item in hand: its share */
} hw_team;

/* With an even number, the first lines of all teams would share a half or a quarter of the near cache, which
 * then has no room for them: every look at the teams would miss it. */
_Static_assert(sizeof(hw_team) == 192, "an odd number of cache lines of 64 bytes");

/* What a team that owes something still has to pay; beside it, for its three lines are full. */
typedef struct hw_debt {
    double purchase, course;           /* USD: instalments not yet paid */
    double purchase_part, course_part; /* USD: of each month */
} hw_debt;

typedef struct hw_method_numbers {
    double people, running_cost, standby_cost, purchase, lead_time, service_life, course, accreditation, pass,
        retraining, attrition, breakdown_rate, repair, move_cost, move_time, learning_start, learning_rate;
    double pace;              /* output against the method's figures: less when its people are lent */
    double effort[HW_STAGES]; /* team-days per m2 on typical ground, for planning */
    double number[16];        /* the method's own */
} hw_method_numbers;

/* What operators bring to their teams. */
typedef struct hw_operator_numbers {
    const uint64_t *grounds; /* bit s: its teams may work on setting s */
    bool choosy;             /* on some settings only */
    uint32_t firm;           /* among those that work by contract; HW_NOTHING: paid by time */
    double quality, pace, cost, ready, admitted;
} hw_operator_numbers;

static inline bool hw_operator_works_on(const hw_operator_numbers *operator_, uint32_t setting) {
    return operator_->grounds[setting / 64] >> setting % 64 & 1;
}

/* All teams of a world, and what their methods and operators are like. */
typedef struct hw_force {
    uint32_t team_count, method_count; /* teams listed, and added so far */
    uint32_t listed_count, most_teams; /* teams that the scenario lists; and room for all */
    uint32_t offered_from;             /* of those listed, no earlier one is offered: see offers.c */
    hw_team *teams;
    double *paid_until; /* by team, as of the last planning day */
    hw_debt *debts;     /* by team */
    hw_method_numbers *methods;
    hw_operator_numbers *operators;
    uint64_t *grounds;                           /* operator x words of a bit for each setting */
    uint32_t present_count, *present;            /* teams that are not gone, in their order */
    uint32_t *method_teams, *method_teams_first; /* the same by method, packed */
    uint32_t kind_count, *kind_teams; /* kinds of team: operators x methods; teams of each so far */
    uint32_t *kind_newest;            /* the newest present team of each, or HW_NOTHING */
    uint64_t *kind_entity;            /* of the teams that are added to a kind */
    uint32_t *kind_added;             /* teams added so far */
    hw_pace *pace;
    uint32_t serving[HW_STAGES]; /* bit m: method m works on the stage */
    uint32_t quality_method;     /* which of the methods checks quality */
    uint32_t fielded;            /* bit m: the scenario has teams of method m */
    uint32_t choosy_methods;     /* bit m: some teams work on some settings only */
    uint32_t on_call;            /* bit m: method m waits for reports */
    double deminer_casualties, deminers_killed, stand_down;
    double training_places;                   /* left this month */
    uint32_t unpaid_orders[HW_REGISTRY_MOST]; /* teams not ordered this month for want of money */
    double money_short[HW_REGISTRY_MOST];     /* share of teams without money: stood down, or not ordered */
    double unposted_days[HW_USES];            /* of teams before their first posting */
} hw_force;

static inline uint32_t hw_kind_of(const hw_force *force, uint32_t operator_, uint32_t method) {
    return operator_ * force->method_count + method;
}

static inline uint32_t hw_team_kind(const hw_force *force, const hw_team *team) {
    return hw_kind_of(force, team->operator_, team->method);
}

static inline uint32_t hw_kind_operator(const hw_force *force, uint32_t kind) {
    assert(force->method_count > 0);
    return kind / force->method_count;
}

static inline uint32_t hw_kind_method(const hw_force *force, uint32_t kind) {
    assert(force->method_count > 0);
    return kind % force->method_count;
}

/* All teams that the scenario lists, at the start of a replication. */
void hw_teams_begin(hw_land *land);

/* Sorts teams by method and counts them by kind: after teams have changed their method. */
void hw_teams_index(hw_land *land);

/* A team that is gone stands in no list any more: planning days look at those who are left. */
void hw_teams_forget(hw_force *force, uint32_t index);

/* When a team's equipment will break next, and for how long. */
void hw_team_draw_breakdown(hw_land *land, hw_team *team);

/* Adds a team of a kind, ordered today; HW_NOTHING when there is no room for more. Its draws are those of the
 * same number of its kind in every scenario. */
uint32_t hw_team_add(hw_land *land, uint32_t operator_, uint32_t method, double now);

/* Takes the team out of work and off its method, to learn another one until `ready`. Planning days only;
 * index the teams afterwards. */
void hw_team_retrain(hw_land *land, uint32_t index, uint32_t method, double now);

/* Books the days since the team's last change under its present use, and changes it. */
void hw_team_use(hw_land *land, uint32_t index, hw_use use, double now);

/* An idle, paid team takes the best work of its district and starts, or stays idle. */
void hw_team_start(hw_land *land, uint32_t index, double now);

/* Event of a team: task done, breakdown, repaired, arrived. Stale events (another sequence) are ignored.
 * Returns whether the team is free to start on new work: after those whom its task has woken. */
bool hw_team_event(hw_land *land, uint32_t team, uint32_t sequence, double now);

/* Admits the ground of a district that is on its way, one piece after the other; each wakes an idle team that
 * works on it. And so does each report to a team on call. */
void hw_teams_wake(hw_land *land, uint32_t district, double now);

/* Stands the team down for lack of money. What it has in hand it keeps until the next planning day, on which
 * it hands back the share that it has not done (hw_team_hand_back); call_up resumes it. */
void hw_team_stand_down(hw_land *land, uint32_t index, double now);
void hw_team_hand_back(hw_land *land, uint32_t index);
void hw_team_call_up(hw_land *land, uint32_t index, double now);

/* The day until which the team is paid has come. */
void hw_team_pay_ends(hw_land *land, uint32_t index, double now);

/* Before the working time of a district changes, and after: its teams' work is counted up to now, and goes on
 * by the new table. Planning days only. */
void hw_teams_pause(hw_land *land, uint32_t district, double now);
void hw_teams_resume(hw_land *land, uint32_t district, double now);

/* A team at work stops and is idle; what it has not done of its share waits for another. Planning days only.
 */
void hw_team_call_off(hw_land *land, uint32_t index, double now);

/* Posts an idle team to a district, where it arrives after its moving time. */
void hw_team_post(hw_land *land, uint32_t index, uint32_t district, double now);

/* Is on the scenario's list, and has to be bought and trained: nobody has ordered it yet. */
bool hw_team_is_offered(const hw_land *land, uint32_t index);

/* Leaves service: what it has not done of its share waits for another team. */
void hw_team_retire(hw_land *land, uint32_t index, double now);

/* Is lent abroad, and comes back without a posting. Planning days only. */
void hw_team_send_away(hw_land *land, uint32_t index, double now);
void hw_team_come_home(hw_land *land, uint32_t index, double now);

/* In the list of idle teams of its district or not. */
void hw_team_set_idle(hw_land *land, uint32_t index, double now);
void hw_team_leave_idle(hw_land *land, uint32_t index);

/* Has been trained and equipped, and is not abroad: may be called on planning days only. */
static inline bool hw_team_in_service(const hw_team *team) {
    const uint32_t out =
        1U << HW_TEAM_ORDERED | 1U << HW_TEAM_TRAINING | 1U << HW_TEAM_AWAY | 1U << HW_TEAM_GONE;
    return !(out >> team->state & 1);
}

#endif
