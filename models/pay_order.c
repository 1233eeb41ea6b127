#include "models/method.h"
#include "models/planner.h"
#include "models/teams.h"
#include <string.h>

/* Who is paid first. A planner who runs out of money lets go of the teams that the ground at the top of the
 * ranking needs least; one that is bound by contracts and seniority lets go of the newest. */

const char *const hw_stand_down_names[] = {"least_needed", "newest", NULL};

static void in_order_of_assets(hw_land *land) {
    for (uint32_t t = 0; t < land->team_count; t++) {
        land->pay_order[t] = t;
    }
}

/* Gives the next teams of a method, as many as `wanted`, the position of the ground that wants them. Returns
 * where in the method's list the next one stands. */
static uint32_t want(hw_land *land, uint32_t from, uint32_t until, uint32_t wanted, uint32_t position) {
    while (wanted > 0 && from < until) {
        uint32_t t = land->method_teams[from++];
        if (hw_team_in_service(&land->teams[t])) {
            land->wanted_at[t] = position;
            land->wanted_count[position]++;
            wanted--;
        }
    }
    return from;
}

/* Down the ranking, each hazard area wants as many as its work needs; before all
 * ground come those who work on call. */
static void want_teams_of(hw_land *land, uint32_t method, uint32_t crowd) {
    const hw_method_numbers *numbers = &land->methods[method];
    uint32_t at = land->method_teams_first[method], end = land->method_teams_first[method + 1];
    if (hw_method_list[method]->waiting != NULL) {
        for (uint32_t d = 0; d < land->district_count && at < end; d++) {
            double team_days = hw_method_list[method]->waiting(land, numbers, d);
            at = want(land, at, end, hw_teams_wanted(team_days, crowd), 0);
        }
        return;
    }
    hw_worked_stages stages = hw_worked_stages_of(numbers);
    for (uint32_t i = hw_next_open(land, &stages, 0); i < land->open_ground_count && at < end;
         i = hw_next_open(land, &stages, i + 1)) {
        double team_days = hw_team_days_on(&land->open_ground[i], numbers, &stages);
        at = want(land, at, end, hw_teams_wanted(team_days, crowd), i + 1);
    }
}

/* Sorts teams by position, those of one position as their assets stand in the scenario; teams that nothing
 * wants come last. */
static void sort_by_position(hw_land *land, uint32_t positions) {
    uint32_t before = 0;
    for (uint32_t i = 0; i < positions; i++) {
        uint32_t here = land->wanted_count[i];
        land->wanted_count[i] = before;
        before += here;
    }
    for (uint32_t t = 0; t < land->team_count; t++) {
        land->pay_order[land->wanted_count[land->wanted_at[t]]++] = t;
    }
}

void hw_pay_order(hw_land *land) {
    const hw_planning *planning = &land->scenario->planning;
    if (planning->stand_down == HW_STAND_DOWN_NEWEST) {
        in_order_of_assets(land);
        return;
    }
    uint32_t last = land->open_ground_count + 1;
    memset(land->wanted_count, 0, (last + 1) * sizeof *land->wanted_count);
    for (uint32_t t = 0; t < land->team_count; t++) {
        land->wanted_at[t] = last;
    }
    uint32_t crowd = (uint32_t)hw_drawn(land, planning->crowding);
    for (uint32_t m = 0; m < land->method_count; m++) {
        want_teams_of(land, m, crowd);
    }
    sort_by_position(land, last + 1);
}
