/* Which teams go where. Targets come from the ranking. */
#include "models/method.h"
#include "models/money.h"
#include "models/planner.h"
#include "models/teams.h"
#include <assert.h>

static void take_target(hw_land *land, uint32_t position, uint32_t wanted, uint32_t *teams) {
    uint32_t district = land->planner.open_ground[position].district;
    if (land->planner.keeping) { /* those that are kept there come first */
        uint32_t *kept = &land->planner.kept[district];
        uint32_t there = wanted < *kept ? wanted : *kept;
        *kept -= there;
        wanted -= there;
    }
    uint32_t taken = wanted < *teams ? wanted : *teams;
    land->planner.targets[district] += taken;
    *teams -= taken;
}

/* Before the ranking is asked: teams that signposts or givers want in districts. */
static void keep(hw_land *land, uint32_t method, uint32_t *teams, double now) {
    land->planner.keeping = land->signposts.keeping != 0 || land->earmarks.count > 0;
    if (!land->planner.keeping) {
        return;
    }
    for (uint32_t d = 0; d < land->district_count; d++) {
        land->planner.kept[d] = 0;
    }
    hw_signposts_keep(land, method, teams);
    hw_earmarks_keep(land, method, teams, now);
}

static void target_by_ground(hw_land *land, uint32_t method, uint32_t teams, double now) {
    hw_demand_of(land, method, teams);
    keep(land, method, &teams, now);
    const hw_call *calls = land->planner.calls;
    for (uint32_t i = 0; i < land->planner.call_count && hw_has_floors(&land->planner); i++) {
        take_target(land, calls[i].position, calls[i].floor, &teams);
    }
    for (uint32_t i = 0; i < land->planner.call_count && teams > 0; i++) {
        take_target(land, calls[i].position, calls[i].wanted - calls[i].floor, &teams);
    }
}

static void target_by_waiting(hw_land *land, uint32_t method, uint32_t teams, double now, uint32_t crowd) {
    for (uint32_t d = 0; d < land->district_count && teams > 0; d++) {
        if (now >= land->districts[d].access_day) {
            double team_days = hw_method_list[method]->waiting(land, &land->force.methods[method], d);
            uint32_t wanted = hw_teams_wanted(team_days, crowd);
            wanted = wanted < teams ? wanted : teams;
            land->planner.targets[d] += wanted;
            teams -= wanted;
        }
    }
}

static uint32_t lack_in(const hw_planner *planner, uint32_t district) {
    uint32_t wanted = planner->targets[district], there = planner->posted[district];
    return wanted > there ? wanted - there : 0;
}

/* The district that lacks most teams of this method, one that has none before others; HW_NOTHING when there
 * is no lack. */
static uint32_t neediest(const hw_land *land) {
    const hw_planner *planner = &land->planner;
    uint32_t best = HW_NOTHING, most = 0;
    bool bare = false;
    for (uint32_t d = 0; d < land->district_count && planner->lacking > 0; d++) {
        uint32_t lack = lack_in(planner, d);
        bool has_none = planner->posted[d] == 0;
        if (lack > 0 && (has_none > bare || (has_none == bare && lack > most))) {
            most = lack;
            best = d;
            bare = has_none;
        }
    }
    return best;
}

hw_bill hw_bill_of_move(const hw_land *land, const hw_team *team, uint32_t district) {
    assert(district < land->district_count || district == HW_NOTHING);
    return (hw_bill){.pays = HW_PAYS_CLEARANCE,
                     .district = district,
                     .operator_ = team->operator_,
                     .method = team->method,
                     .place = HW_NOTHING,
                     .purpose = HW_PURPOSE_MOVES,
                     .usd = land->force.methods[team->method].move_cost *
                            land->force.operators[team->operator_].cost};
}

static bool pay_move(hw_land *land, const hw_team *team, uint32_t district) {
    hw_bill bill = hw_bill_of_move(land, team, district);
    return hw_money_pay(land, &bill);
}

/* Has none though it wants some, or lacks more than one. */
static bool is_short(const hw_planner *planner, uint32_t district) {
    uint32_t lack = lack_in(planner, district);
    return lack > 1 || (lack > 0 && planner->posted[district] == 0);
}

/* Teams of the method in hand that a district has beyond what it wants. */
static uint32_t spare_in(const hw_planner *planner, uint32_t district) {
    uint32_t wanted = planner->targets[district], there = planner->posted[district];
    return there > wanted ? there - wanted : 0;
}

/* Moving costs days and money: one team too many is left at its work, unless a district that wants some has
 * none, or lacks more than one. What it has not done of its share waits for another team. Returns whether it
 * moves. */
static bool move_one(hw_land *land, uint32_t index, uint32_t to, double now) {
    const hw_team *team = &land->force.teams[index];
    uint32_t from = team->district;
    bool posted = from != HW_NOTHING, working = team->state == HW_TEAM_WORKING;
    if (posted && spare_in(&land->planner, from) == 0) {
        return false;
    }
    bool is_worth_it = !working || spare_in(&land->planner, from) > 1 || is_short(&land->planner, to);
    if (!is_worth_it || !pay_move(land, team, to)) {
        return false;
    }
    if (working) {
        hw_team_call_off(land, index, now);
    }
    if (posted) {
        land->planner.posted[from]--;
    }
    assert(to < land->district_count && land->planner.lacking > 0);
    land->planner.posted[to]++;
    land->planner.lacking--;
    hw_team_post(land, index, to, now);
    return true;
}

/* Teams of the method that all districts lack together: usually none, which saves looking for the neediest.
 * Returns whether a team at work may have to move. */
static bool count_lacking(hw_land *land) {
    hw_planner *planner = &land->planner;
    uint32_t most_spare = 0;
    bool some_short = false;
    planner->lacking = 0;
    for (uint32_t d = 0; d < land->district_count; d++) {
        uint32_t lack = lack_in(planner, d), spare = spare_in(planner, d);
        planner->lacking += lack;
        some_short |= is_short(planner, d);
        most_spare = spare > most_spare ? spare : most_spare;
    }
    return most_spare > (some_short ? 0 : 1);
}

static bool waits_for(const hw_land *land, const hw_team *team, const hw_area *area) {
    const hw_method *method = hw_method_list[team->method];
    bool ready = false;
    for (uint32_t i = 0; i < method->stage_count; i++) {
        ready |= area->ready[method->stages[i]].head != HW_NOTHING;
    }
    return ready && area->accessible &&
           hw_operator_works_on(&land->force.operators[team->operator_], area->setting);
}

bool hw_posting_suits(const hw_land *land, const hw_team *team, uint32_t district) {
    assert(team->choosy && district < land->district_count);
    const hw_district_state *d = &land->districts[district];
    for (uint32_t i = 0; i < d->area_count; i++) {
        if (waits_for(land, team, &land->ground.areas[d->areas[i]])) {
            return true;
        }
    }
    return false;
}

/* A team that works on some settings only goes where the best of its ground waits, once there is none where
 * it is. */
static void post_choosy(hw_land *land, uint32_t index, double now) {
    const hw_team *team = &land->force.teams[index];
    if (team->state != HW_TEAM_IDLE ||
        (team->district != HW_NOTHING && hw_posting_suits(land, team, team->district))) {
        return;
    }
    for (uint32_t i = 0; i < land->ground.area_count; i++) {
        const hw_area *area = &land->ground.areas[land->planner.score_order[i]];
        if (waits_for(land, team, area) && pay_move(land, team, area->district)) {
            hw_team_post(land, index, area->district, now);
            return;
        }
    }
}

/* Teams of the method being posted that could be anywhere. */
typedef struct presence {
    uint32_t teams, idle;
} presence;

static void count_in(hw_land *land, const hw_team *team, presence *all) {
    assert(!team->choosy);
    if (!hw_team_in_service(team) || team->state == HW_TEAM_STOOD_DOWN) {
        return;
    }
    all->teams++;
    all->idle += team->state == HW_TEAM_IDLE;
    if (team->district != HW_NOTHING) {
        land->planner.posted[team->district]++;
    }
}

static void post_method(hw_land *land, uint32_t method, double now, uint32_t crowd) {
    presence all = {0};
    for (uint32_t d = 0; d < land->district_count; d++) {
        land->planner.targets[d] = land->planner.posted[d] = 0;
    }
    uint32_t first = land->force.method_teams_first[method],
             last = land->force.method_teams_first[method + 1];
    bool some_choosy = land->force.choosy_methods >> method & 1;
    assert(first <= last && last <= land->force.present_count);
    for (uint32_t i = first; i < last; i++) {
        const hw_team *team = &land->force.teams[land->force.method_teams[i]];
        if (some_choosy && team->choosy) {
            post_choosy(land, land->force.method_teams[i], now);
            continue;
        }
        count_in(land, team, &all);
    }
    if (all.teams == 0) {
        return;
    }
    if (hw_method_list[method]->waiting != NULL) {
        target_by_waiting(land, method, all.teams, now, crowd);
    } else {
        target_by_ground(land, method, all.teams, now);
    }
    bool some_may_move = count_lacking(land);
    if (land->planner.lacking == 0 || (all.idle == 0 && !some_may_move)) {
        return; /* nobody would move */
    }
    uint32_t to = neediest(land);
    for (uint32_t i = first; i < last && to != HW_NOTHING; i++) {
        uint32_t t = land->force.method_teams[i];
        const hw_team *team = &land->force.teams[t];
        bool here = team->state == HW_TEAM_IDLE || team->state == HW_TEAM_WORKING;
        if (here && !hw_earmarks_hold(land, t) && !(some_choosy && team->choosy) &&
            move_one(land, t, to, now)) {
            to = neediest(land);
        }
    }
}

/* Work that becomes ready wakes idle teams by itself; not so ground whose day of access has come, or that was
 * handed back, nor work that is looked for by the method's own `take`. */
static void start_idle_teams(hw_land *land, double now) {
    for (uint32_t i = 0; i < land->force.present_count; i++) {
        uint32_t t = land->force.present[i];
        const hw_team *team = &land->force.teams[t];
        if (team->state != HW_TEAM_IDLE || team->district == HW_NOTHING) {
            continue;
        }
        bool looks = hw_method_list[team->method]->take != NULL ||
                     (land->force.choosy_methods >> team->method & 1 && team->choosy);
        const hw_district_state *district = &land->districts[team->district];
        if (looks || district->opened || district->handed_back) {
            hw_team_start(land, t, now);
        }
    }
    for (uint32_t d = 0; d < land->district_count; d++) {
        land->districts[d].handed_back = false;
    }
}

void hw_posting_plan(hw_land *land, double now) {
    uint32_t crowd = (uint32_t)hw_in_force(land, land->scenario->planning.crowding);
    for (uint32_t m = 0; m < land->force.method_count; m++) {
        post_method(land, m, now, crowd);
    }
    start_idle_teams(land, now);
}
