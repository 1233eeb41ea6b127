/* Who is paid first. A planner who runs out of money lets go of the teams that the ground at the top of the
 * ranking needs least; one that is bound by contracts and seniority lets go of the newest. */
#include "models/method.h"
#include "models/planner.h"
#include "models/teams.h"
#include <assert.h>
#include <string.h>

const char *const hw_stand_down_names[] = {"least_needed", "newest", NULL};

static void in_order_of_assets(hw_land *land) {
    memcpy(land->planner.pay_order, land->force.present,
           land->force.present_count * sizeof *land->planner.pay_order);
}

static void place(hw_land *land, uint32_t team, uint32_t position) {
    assert(team < land->force.team_count && position <= land->planner.open_ground_count);
    land->planner.wanted_at[team] = position;
    land->planner.wanted_count[position]++;
}

static bool is_free(const hw_land *land, uint32_t team) {
    return land->planner.wanted_at[team] > land->planner.open_ground_count;
}

/* Where a team stands in the roll: by district, those first that have a task there. */
enum { NOWHERE = 1 << 30, NOT_CALLED };

static uint32_t standing_of(const hw_team *team) {
    if (!hw_team_in_service(team) || team->choosy) {
        return NOT_CALLED;
    }
    return team->district == HW_NOTHING ? NOWHERE : 2 * team->district + (team->item == HW_NOTHING);
}

/* The teams of a method that ground may call, by district, those first that have a task there:
 * roster[own[d].next] to roster[own[d].end - 1]. */
static void call_the_roll(hw_land *land, uint32_t first, uint32_t end) {
    hw_planner *planner = &land->planner;
    uint32_t *at = planner->roll_at, stretches = 2 * land->district_count, before = 0;
    memset(at, 0, stretches * sizeof *at);
    for (uint32_t k = first; k < end; k++) {
        planner->standing[k] = standing_of(&land->force.teams[land->force.method_teams[k]]);
        if (planner->standing[k] < stretches) {
            at[planner->standing[k]]++;
        }
    }
    for (uint32_t i = 0; i < stretches; i++) {
        uint32_t here = at[i];
        at[i] = before;
        before += here;
    }
    for (uint32_t k = first; k < end; k++) {
        if (planner->standing[k] < stretches) {
            planner->roster[at[planner->standing[k]]++] = land->force.method_teams[k];
        }
    }
    before = 0;
    for (uint32_t d = 0; d < land->district_count; d++) {
        planner->own[d] = (hw_stretch){before, at[2 * d + 1]};
        before = at[2 * d + 1];
    }
}

/* Gives ground that wants teams of a method its position: first to those that are in its district already, so
 * that it keeps them; then to others. `at` is where in the method's list the next other one stands. */
static uint32_t want(hw_land *land, uint32_t district, uint32_t at, uint32_t end, uint32_t wanted,
                     uint32_t position) {
    hw_stretch *own = &land->planner.own[district];
    for (; wanted > 0 && own->next < own->end; own->next++) {
        uint32_t t = land->planner.roster[own->next];
        if (is_free(land, t)) {
            place(land, t, position);
            wanted--;
        }
    }
    for (; wanted > 0 && at < end; at++) {
        uint32_t t = land->force.method_teams[at];
        if (land->planner.standing[at] != NOT_CALLED && is_free(land, t)) {
            place(land, t, position);
            wanted--;
        }
    }
    return at;
}

/* Teams that work on call come before all ground, as many as the districts that are open have work for. */
static void want_on_call(hw_land *land, uint32_t method, uint32_t crowd, double now) {
    uint32_t at = land->force.method_teams_first[method], end = land->force.method_teams_first[method + 1];
    call_the_roll(land, at, end);
    for (uint32_t d = 0; d < land->district_count && at < end; d++) {
        if (now >= land->districts[d].access_day) {
            double team_days = hw_method_list[method]->waiting(land, &land->force.methods[method], d);
            at = want(land, d, at, end, hw_teams_wanted(team_days, crowd), 0);
        }
    }
}

/* A team that works on some settings only is wanted by the first of its ground that has work for it. */
static void want_choosy(hw_land *land, uint32_t method, const hw_worked_stages *stages) {
    for (uint32_t k = land->force.method_teams_first[method]; k < land->force.method_teams_first[method + 1];
         k++) {
        uint32_t t = land->force.method_teams[k];
        const hw_team *team = &land->force.teams[t];
        if (!team->choosy || !hw_team_in_service(team)) {
            continue;
        }
        const hw_operator_numbers *operator_ = &land->force.operators[team->operator_];
        uint32_t i = hw_next_open(&land->planner, stages, 0);
        while (i < land->planner.open_ground_count &&
               !hw_operator_works_on(operator_, land->planner.open_ground[i].setting)) {
            i = hw_next_open(&land->planner, stages, i + 1);
        }
        if (i < land->planner.open_ground_count) {
            place(land, t, i + 1);
        }
    }
}

/* Down the ranking, each hazard area wants as many as its work needs; first of all, the floors. */
static void want_on_ground(hw_land *land, uint32_t method) {
    uint32_t at = land->force.method_teams_first[method], end = land->force.method_teams_first[method + 1];
    hw_demand_of(land, method, end - at);
    if (land->planner.call_count > 0) {
        call_the_roll(land, at, end);
    }
    const hw_call *calls = land->planner.calls;
    for (int floors = hw_has_floors(&land->planner) ? 1 : 0; floors >= 0; floors--) {
        for (uint32_t i = 0; i < land->planner.call_count && at < end; i++) {
            uint32_t wanted = floors ? calls[i].floor : calls[i].wanted - calls[i].floor;
            uint32_t district = land->planner.open_ground[calls[i].position].district;
            at = want(land, district, at, end, wanted, floors ? 0 : calls[i].position + 1);
        }
    }
    if (land->force.choosy_methods >> method & 1) {
        hw_worked_stages stages = hw_worked_stages_of(&land->force.methods[method]);
        want_choosy(land, method, &stages);
    }
}

/* Sorts teams by position, those of one position as their assets stand in the scenario; teams that nothing
 * wants come last. */
static void sort_by_position(hw_land *land, uint32_t positions) {
    assert(positions == land->planner.open_ground_count + 2);
    uint32_t before = 0;
    for (uint32_t i = 0; i < positions; i++) {
        uint32_t here = land->planner.wanted_count[i];
        land->planner.wanted_count[i] = before;
        before += here;
    }
    for (uint32_t i = 0; i < land->force.present_count; i++) {
        uint32_t t = land->force.present[i];
        land->planner.pay_order[land->planner.wanted_count[land->planner.wanted_at[t]]++] = t;
    }
}

void hw_pay_order(hw_land *land, double now) {
    const hw_planning *planning = &land->scenario->planning;
    if (planning->stand_down == HW_STAND_DOWN_NEWEST) {
        in_order_of_assets(land);
        return;
    }
    uint32_t last = land->planner.open_ground_count + 1;
    memset(land->planner.wanted_count, 0, (last + 1) * sizeof *land->planner.wanted_count);
    for (uint32_t i = 0; i < land->force.present_count; i++) {
        land->planner.wanted_at[land->force.present[i]] = last;
    }
    uint32_t crowd = (uint32_t)hw_in_force(land, planning->crowding);
    for (uint32_t m = 0; m < land->force.method_count; m++) {
        if (hw_method_list[m]->waiting != NULL) {
            want_on_call(land, m, crowd, now);
        } else {
            want_on_ground(land, m);
        }
    }
    sort_by_position(land, last + 1);
}
