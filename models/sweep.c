/* The end of posting: whoever still stands idle goes to ready work. Targets speak of all work that is open,
 * also of what others have in hand; only what is ready can be started. */
#include "models/method.h"
#include "models/money.h"
#include "models/planner.h"
#include "models/teams.h"
#include <assert.h>

/* Positions of open ground with work of a method, and the method. */
typedef struct search {
    uint32_t method;
    const hw_method_numbers *numbers;
    hw_worked_stages stages;
} search;

static search search_of(const hw_land *land, uint32_t method) {
    const hw_method_numbers *numbers = &land->force.methods[method];
    return (search){method, numbers, hw_worked_stages_of(numbers)};
}

static double *unclaimed_at(hw_land *land, uint32_t position) {
    return &land->planner.unclaimed_m2[(size_t)position * HW_STAGES];
}

static double unclaimed_days_at(hw_land *land, const search *for_, uint32_t position) {
    const double *m2 = unclaimed_at(land, position);
    double days = 0;
    for (uint32_t k = 0; k < for_->stages.count; k++) {
        days += m2[for_->stages.stage[k]] * for_->numbers->effort[for_->stages.stage[k]];
    }
    return days;
}

static uint32_t next_position(const hw_land *land, const search *for_, uint32_t from) {
    return hw_next_open(&land->planner, &for_->stages, from);
}

/* A team on its way to a district will take the best of what waits there, for as long as it is posted. */
static void claim(hw_land *land, const search *for_, uint32_t district) {
    double days = HW_POSTING_DAYS;
    uint32_t end = land->planner.open_ground_count;
    for (uint32_t i = next_position(land, for_, 0); i < end && days > 0;
         i = next_position(land, for_, i + 1)) {
        if (land->planner.open_ground[i].district != district) {
            continue;
        }
        double *m2 = unclaimed_at(land, i);
        for (uint32_t k = 0; k < for_->stages.count && days > 0; k++) {
            uint32_t stage = for_->stages.stage[k];
            double effort = for_->numbers->effort[stage], there = m2[stage] * effort;
            double taken = there < days ? there : days;
            m2[stage] = taken < there ? m2[stage] - taken / effort : 0;
            days -= taken;
            land->planner.unclaimed_days[district] -= taken;
        }
    }
}

static bool works_on_ready_ground(uint32_t method) {
    return hw_method_list[method]->stage_count > 0 && hw_method_list[method]->take == NULL;
}

static bool can_be_sent(const hw_team *team) {
    return team->state == HW_TEAM_IDLE && !team->choosy && works_on_ready_ground(team->method);
}

/* Methods of which some team can be sent: a bit for each. */
static uint32_t methods_to_send(const hw_land *land) {
    uint32_t methods = 0;
    for (uint32_t i = 0; i < land->force.present_count; i++) {
        const hw_team *team = &land->force.teams[land->force.present[i]];
        methods |= (uint32_t)can_be_sent(team) << team->method;
    }
    return methods;
}

static void look_at_ready_ground(hw_land *land) {
    for (uint32_t i = 0; i < land->planner.open_ground_count; i++) {
        const hw_area *area = &land->ground.areas[land->planner.open_ground[i].area];
        for (uint32_t stage = 0; stage < HW_STAGES; stage++) {
            assert(area->ready_parts[stage] >= 0 &&
                   area->ready_parts[stage] <= area->open_m2[stage] * HW_WHOLE);
            unclaimed_at(land, i)[stage] = (double)area->ready_parts[stage] / HW_WHOLE;
        }
    }
    for (uint32_t i = 0; i < land->force.present_count; i++) {
        const hw_team *team = &land->force.teams[land->force.present[i]];
        if (team->state == HW_TEAM_MOVING && works_on_ready_ground(team->method)) {
            search for_ = search_of(land, team->method);
            claim(land, &for_, team->district);
        }
    }
}

static void add_up_districts(hw_land *land, const search *for_) {
    for (uint32_t d = 0; d < land->district_count; d++) {
        land->planner.unclaimed_days[d] = 0;
    }
    uint32_t end = land->planner.open_ground_count;
    for (uint32_t i = next_position(land, for_, 0); i < end; i = next_position(land, for_, i + 1)) {
        land->planner.unclaimed_days[land->planner.open_ground[i].district] +=
            unclaimed_days_at(land, for_, i);
    }
}

static bool is_worth_a_move(hw_land *land, const search *for_, uint32_t position, double worth) {
    return land->planner.unclaimed_days[land->planner.open_ground[position].district] >= worth &&
           unclaimed_days_at(land, for_, position) > 0;
}

/* To the best ground from a position on to which somebody pays the way: money may be for some districts only.
 */
static void send(hw_land *land, const search *for_, uint32_t index, uint32_t from, double worth, double now) {
    const hw_team *team = &land->force.teams[index];
    for (uint32_t i = from; i < land->planner.open_ground_count; i = next_position(land, for_, i + 1)) {
        uint32_t district = land->planner.open_ground[i].district;
        if (district == team->district || !is_worth_a_move(land, for_, i, worth)) {
            continue;
        }
        hw_bill move = hw_bill_of_move(land, team, district);
        if (hw_money_pay(land, &move)) {
            hw_team_post(land, index, district, now);
            claim(land, for_, district);
            return;
        }
    }
}

/* Down the ranking with the idle teams of a method, in their order. */
static void sweep_method(hw_land *land, uint32_t method, double worth, double now) {
    search for_ = search_of(land, method);
    uint32_t position = next_position(land, &for_, 0), end = land->planner.open_ground_count;
    add_up_districts(land, &for_);
    for (uint32_t k = land->force.method_teams_first[method]; k < land->force.method_teams_first[method + 1];
         k++) {
        uint32_t t = land->force.method_teams[k];
        if (!can_be_sent(&land->force.teams[t])) {
            continue;
        }
        while (position < end && !is_worth_a_move(land, &for_, position, worth)) {
            position = next_position(land, &for_, position + 1);
        }
        if (position >= end) {
            return;
        }
        send(land, &for_, t, position, worth, now);
    }
}

void hw_sweep_plan(hw_land *land, double now) {
    double worth = hw_in_force(land, land->scenario->planning.worth_moving);
    uint32_t methods = methods_to_send(land);
    if (methods != 0) {
        look_at_ready_ground(land);
    }
    for (; methods != 0; methods &= methods - 1) {
        sweep_method(land, (uint32_t)__builtin_ctz(methods), worth, now);
    }
}
