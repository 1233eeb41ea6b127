/* Teams that money for districts or a place alone calls for, and what of it reviews may count on. */
#include "models/earmarks.h"
#include "models/backlog.h"
#include "models/commitments.h"
#include "models/land.h"
#include "models/method.h"
#include "sim/extremes.h"
#include <assert.h>
#include <math.h>
#include <string.h>

/* ---- Which streams ---- */

static bool is_for_districts(const hw_stream_terms *terms) {
    return terms->only_districts.count > 0 || terms->only_place != HW_NO_REFERENCE;
}

uint32_t hw_earmarks_of(const hw_scenario *scenario) {
    uint32_t count = 0;
    for (uint32_t s = 0; s < scenario->streams.count; s++) {
        const hw_stream_terms *terms = HW_ITEM(scenario->streams, hw_stream_terms, s);
        count += terms->pays == HW_PAYS_CLEARANCE && is_for_districts(terms);
    }
    return count;
}

void hw_earmarks_lay_out(hw_land *land) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < land->money.stream_count; i++) {
        uint32_t s = land->money.order[i]; /* the most restricted calls first, as it pays first */
        const hw_stream_terms *terms = hw_stream_terms_of(land, s);
        if (terms->pays == HW_PAYS_CLEARANCE && is_for_districts(terms)) {
            land->earmarks.streams[count++] = s;
        }
    }
    assert(count == land->earmarks.count);
}

/* HW_NOTHING: it may pay everywhere. */
static uint32_t earmark_of(const hw_land *land, uint32_t stream) {
    for (uint32_t e = 0; e < land->earmarks.count; e++) {
        if (land->earmarks.streams[e] == stream) {
            return e;
        }
    }
    return HW_NOTHING;
}

static bool pays_in(const hw_land *land, uint32_t earmark, uint32_t district) {
    return hw_money_is_for(land, land->earmarks.streams[earmark], district);
}

static size_t cell(const hw_land *land, uint32_t earmark, uint32_t method, uint32_t district) {
    return ((size_t)earmark * land->force.method_count + method) * land->district_count + district;
}

/* ---- What is wanted ---- */

static bool works_on_ground(uint32_t method) {
    return hw_method_list[method]->stage_count > 0 && hw_method_list[method]->waiting == NULL;
}

/* Teams that an earmark may pay and that go where they are sent. */
static bool may_call(const hw_land *land, uint32_t earmark, const hw_team *team) {
    return hw_team_in_service(team) && !team->crew && !team->choosy && works_on_ground(team->method) &&
           hw_money_may_pay(land, land->earmarks.streams[earmark], hw_team_kind(&land->force, team));
}

static bool names_operators(const hw_land *land, uint32_t earmark) {
    return hw_stream_terms_of(land, land->earmarks.streams[earmark])->only_operators.count > 0;
}

/* A team that an earmark may call is bound by it when it names the operator, or has hired the team. */
static bool is_bound(const hw_land *land, uint32_t earmark, const hw_team *team) {
    return names_operators(land, earmark) || team->giver == earmark + 1;
}

static bool is_there(const hw_land *land, uint32_t earmark, const hw_team *team) {
    return team->district != HW_NOTHING && pays_in(land, earmark, team->district);
}

/* By method: teams in service that an earmark may pay in its districts, or that could come there. */
static void count_teams(const hw_land *land, uint32_t earmark, uint32_t teams[HW_REGISTRY_MOST]) {
    memset(teams, 0, HW_REGISTRY_MOST * sizeof *teams);
    for (uint32_t i = 0; i < land->force.present_count; i++) {
        const hw_team *team = &land->force.teams[land->force.present[i]];
        bool could_come = is_bound(land, earmark, team) || is_there(land, earmark, team) ||
                          team->state == HW_TEAM_STOOD_DOWN;
        teams[team->method] += could_come && may_call(land, earmark, team);
    }
}

static void find_who_could_work(hw_land *land, uint32_t earmark) {
    uint32_t crowd = (uint32_t)hw_in_force(land, land->scenario->planning.crowding);
    for (uint32_t m = 0; m < land->force.method_count; m++) {
        if (!works_on_ground(m)) {
            continue;
        }
        hw_worked_stages stages = hw_worked_stages_of(&land->force.methods[m]);
        for (uint32_t i = 0; i < land->planner.open_ground_count; i++) {
            const hw_open_ground *ground = &land->planner.open_ground[i];
            if (pays_in(land, earmark, ground->district)) {
                land->earmarks.could[cell(land, earmark, m, ground->district)] +=
                    hw_wanted_on(land, ground, &land->force.methods[m], &stages, crowd);
            }
        }
    }
}

/* A month of the cheapest kind of team of a method that an earmark may pay, cents; 0: it may pay none. */
static int64_t wage_of(const hw_land *land, uint32_t earmark, uint32_t method, double days) {
    double least = HUGE_VAL;
    for (uint32_t o = 0; o < land->scenario->operators.count; o++) {
        uint32_t kind = hw_kind_of(&land->force, o, method);
        bool pays = land->force.kind_teams[kind] > 0 && land->force.operators[o].firm == HW_NOTHING &&
                    hw_money_may_pay(land, land->earmarks.streams[earmark], kind);
        least = pays ? fmin(least,
                            land->force.methods[method].running_cost * days * land->force.operators[o].cost)
                     : least;
    }
    return least < HUGE_VAL ? (int64_t)ceil(100 * hw_greater(least, 0.01)) : 0;
}

/* The method and district that has fewest teams for its work, by the rule of highest averages; false: no team
 * more can be paid, or could work. */
static bool neediest(const hw_land *land, uint32_t earmark, const uint32_t *teams, const int64_t *wages,
                     int64_t left, size_t *found, uint32_t *method) {
    double most = 0;
    for (uint32_t m = 0; m < land->force.method_count; m++) {
        if (teams[m] == 0 || wages[m] == 0 || wages[m] > left) {
            continue;
        }
        for (uint32_t d = 0; d < land->district_count; d++) {
            size_t at = cell(land, earmark, m, d);
            uint32_t could = land->earmarks.could[at], wanted = land->earmarks.wanted[at];
            double average = (double)could / (wanted + 1.0);
            if (wanted < could && average > most) {
                most = average;
                *found = at;
                *method = m;
            }
        }
    }
    return most > 0;
}

static void share_out(hw_land *land, uint32_t earmark, double days) {
    const hw_stream_state *stream = &land->money.streams[land->earmarks.streams[earmark]];
    uint32_t teams[HW_REGISTRY_MOST], method = 0;
    int64_t wages[HW_REGISTRY_MOST], left = (int64_t)(stream->work_share * (double)stream->allowed);
    count_teams(land, earmark, teams);
    for (uint32_t m = 0; m < land->force.method_count; m++) {
        wages[m] = works_on_ground(m) ? wage_of(land, earmark, m, days) : 0;
    }
    for (size_t at = 0; neediest(land, earmark, teams, wages, left, &at, &method);) {
        land->earmarks.wanted[at]++;
        teams[method]--;
        left -= wages[method];
    }
}

static void count_there(hw_land *land, uint32_t earmark) {
    for (uint32_t i = 0; i < land->force.present_count; i++) {
        const hw_team *team = &land->force.teams[land->force.present[i]];
        if (team->district != HW_NOTHING && may_call(land, earmark, team)) {
            uint32_t *there = &land->earmarks.there[cell(land, earmark, team->method, team->district)];
            *there += *there < land->earmarks.wanted[cell(land, earmark, team->method, team->district)];
        }
    }
}

void hw_earmarks_plan(hw_land *land, double now, double next) {
    hw_earmarks *earmarks = &land->earmarks;
    size_t cells = (size_t)earmarks->count * land->force.method_count * land->district_count;
    if (cells == 0) {
        return;
    }
    memset(earmarks->could, 0, cells * sizeof *earmarks->could);
    memset(earmarks->wanted, 0, cells * sizeof *earmarks->wanted);
    memset(earmarks->there, 0, cells * sizeof *earmarks->there);
    for (uint32_t e = 0; e < earmarks->count; e++) {
        if (hw_money_pays_work(land, earmarks->streams[e])) {
            find_who_could_work(land, e);
            share_out(land, e, next - now);
            count_there(land, e);
        }
    }
}

/* ---- Who goes, and who stays ---- */

bool hw_earmarks_send(hw_land *land, uint32_t index, double now) {
    const hw_team *team = &land->force.teams[index];
    assert(team->state == HW_TEAM_STOOD_DOWN && team->item == HW_NOTHING);
    for (uint32_t e = 0; e < land->earmarks.count; e++) {
        if (!may_call(land, e, team)) {
            continue;
        }
        for (uint32_t d = 0; d < land->district_count; d++) {
            size_t at = cell(land, e, team->method, d);
            if (d == team->district || land->earmarks.there[at] >= land->earmarks.wanted[at] ||
                !hw_payroll_pay_with_move(land, team, d)) {
                continue;
            }
            hw_team_set_idle(land, index, now);
            hw_team_post(land, index, d, now);
            land->earmarks.there[at]++;
            return true;
        }
    }
    return false;
}

/* Teams of the method that are bound by an earmark stay in a district where they are: up to so many. */
static uint32_t hold(hw_land *land, uint32_t earmark, uint32_t method, uint32_t district, uint32_t most) {
    const uint32_t *first = land->force.method_teams_first;
    uint32_t held = 0;
    for (uint32_t i = first[method]; i < first[method + 1] && held < most; i++) {
        uint32_t t = land->force.method_teams[i];
        const hw_team *team = &land->force.teams[t];
        if (team->district == district && team->state != HW_TEAM_STOOD_DOWN && !land->earmarks.held[t] &&
            may_call(land, earmark, team) && is_bound(land, earmark, team)) {
            land->earmarks.held[t] = true;
            held++;
        }
    }
    return held;
}

static bool may_send(const hw_land *land, uint32_t earmark, uint32_t index, bool at_work) {
    const hw_team *team = &land->force.teams[index];
    uint8_t state = at_work ? HW_TEAM_WORKING : HW_TEAM_IDLE;
    return team->state == state && !land->earmarks.held[index] && may_call(land, earmark, team) &&
           is_bound(land, earmark, team);
}

static uint32_t send_some(hw_land *land, uint32_t earmark, uint32_t method, uint32_t district, uint32_t most,
                          bool at_work, double now) {
    const uint32_t *first = land->force.method_teams_first;
    uint32_t sent = 0;
    for (uint32_t i = first[method]; i < first[method + 1] && sent < most; i++) {
        uint32_t t = land->force.method_teams[i];
        const hw_team *team = &land->force.teams[t];
        hw_bill move = hw_bill_of_move(land, team, district);
        if (team->district == district || !may_send(land, earmark, t, at_work) ||
            !hw_money_pay(land, &move)) {
            continue;
        }
        if (at_work) {
            hw_team_call_off(land, t, now);
        }
        if (team->district != HW_NOTHING) {
            land->planner.posted[team->district]--;
        }
        land->planner.posted[district]++;
        hw_team_post(land, t, district, now);
        land->earmarks.held[t] = true;
        sent++;
    }
    return sent;
}

/* Those that are wanted where they are stay in all of its districts, before any is sent from one to another.
 */
static void keep(hw_land *land, uint32_t earmark, uint32_t method, uint32_t *teams, double now) {
    const uint32_t *wanted = land->earmarks.wanted + cell(land, earmark, method, 0);
    uint32_t *kept = land->earmarks.there + cell(land, earmark, method, 0);
    for (uint32_t d = 0; d < land->district_count; d++) {
        kept[d] = wanted[d] > 0 ? hold(land, earmark, method, d, wanted[d]) : 0;
    }
    for (uint32_t d = 0; d < land->district_count; d++) {
        for (int at_work = 0; at_work < 2 && kept[d] < wanted[d]; at_work++) {
            kept[d] += send_some(land, earmark, method, d, wanted[d] - kept[d], at_work, now);
        }
        uint32_t count = kept[d] < *teams ? kept[d] : *teams;
        land->planner.kept[d] += count;
        land->planner.targets[d] += count;
        *teams -= count;
    }
}

bool hw_earmarks_hold(const hw_land *land, uint32_t index) {
    return land->earmarks.count > 0 && land->earmarks.held[index];
}

void hw_earmarks_keep(hw_land *land, uint32_t method, uint32_t *teams, double now) {
    hw_earmarks *earmarks = &land->earmarks;
    if (earmarks->count == 0) {
        return;
    }
    memset(earmarks->held, 0, land->force.team_count * sizeof *earmarks->held);
    for (uint32_t e = 0; e < earmarks->count; e++) {
        keep(land, e, method, teams, now);
    }
}

uint32_t hw_earmarks_district_of(const hw_land *land, const hw_team *team) {
    uint32_t earmark = team->giver - 1U;
    for (uint32_t d = 0; d < land->district_count && team->giver > 0; d++) {
        if (pays_in(land, earmark, d) && land->districts[d].open_items > 0) {
            return d;
        }
    }
    return HW_NOTHING;
}

/* ---- Reviews ---- */

static size_t pair(const hw_land *land, uint32_t earmark, uint32_t method) {
    return (size_t)earmark * land->force.method_count + method;
}

static void look_at_work(hw_land *land) {
    double field_share = hw_backlog_field_share(land);
    for (uint32_t i = 0; i < land->planner.open_ground_count; i++) {
        double ground[HW_STAGES];
        hw_backlog_expect(land, &land->planner.open_ground[i], ground);
        for (uint32_t e = 0; e < land->earmarks.count; e++) {
            bool pays = pays_in(land, e, land->planner.open_ground[i].district);
            for (uint32_t m = 0; m < land->force.method_count && pays; m++) {
                land->earmarks.work[pair(land, e, m)] += hw_backlog_days(land, m, ground) / field_share;
            }
        }
    }
}

/* Whoever stands in its districts today, and whoever is bound. */
static void look_at_teams(hw_land *land, double look_ahead) {
    for (uint32_t i = 0; i < land->force.present_count; i++) {
        const hw_team *team = &land->force.teams[land->force.present[i]];
        uint32_t kind = hw_team_kind(&land->force, team);
        for (uint32_t e = 0; e < land->earmarks.count; e++) {
            bool works_there = is_bound(land, e, team) || is_there(land, e, team);
            if (works_there && !team->crew && hw_money_may_pay(land, land->earmarks.streams[e], kind)) {
                land->earmarks.present[pair(land, e, team->method)] += team->strength * look_ahead;
            }
        }
    }
}

void hw_earmarks_look(hw_land *land, double look_ahead) {
    hw_earmarks *earmarks = &land->earmarks;
    size_t pairs = (size_t)earmarks->count * land->force.method_count;
    if (pairs > 0) {
        memset(earmarks->work, 0, pairs * sizeof *earmarks->work);
        memset(earmarks->present, 0, pairs * sizeof *earmarks->present);
        look_at_work(land);
        look_at_teams(land, look_ahead);
    }
}

void hw_earmarks_unbind(hw_land *land) {
    hw_earmarks *earmarks = &land->earmarks;
    size_t pairs = (size_t)earmarks->count * land->force.method_count;
    if (pairs > 0) {
        memcpy(earmarks->work_left, earmarks->work, pairs * sizeof *earmarks->work);
        memcpy(earmarks->present_left, earmarks->present, pairs * sizeof *earmarks->present);
    }
}

/* What the work of one day of an ordinary team costs when a kind of team does it. */
static double price_of_work(const hw_land *land, uint32_t kind) {
    return hw_cost_a_day(land, kind) / land->force.operators[hw_kind_operator(&land->force, kind)].pace;
}

double hw_earmarks_room(const hw_land *land, uint32_t stream, uint32_t kind) {
    uint32_t earmark = earmark_of(land, stream);
    if (earmark == HW_NOTHING) {
        return HUGE_VAL;
    }
    size_t at = pair(land, earmark, hw_kind_method(&land->force, kind));
    return hw_lesser(price_of_work(land, kind) * land->earmarks.work_left[at],
                     hw_cost_a_day(land, kind) * land->earmarks.present_left[at]);
}

static void take_days(double *left, double usd, double usd_a_day) {
    *left = usd_a_day > 0 ? hw_greater(0, *left - usd / usd_a_day) : *left;
}

static void take_work(hw_land *land, uint32_t earmark, uint32_t kind, double usd) {
    size_t at = pair(land, earmark, hw_kind_method(&land->force, kind));
    take_days(&land->earmarks.work_left[at], usd, price_of_work(land, kind));
}

void hw_earmarks_bind(hw_land *land, uint32_t stream, uint32_t kind, double usd) {
    uint32_t earmark = earmark_of(land, stream);
    if (earmark != HW_NOTHING) {
        size_t at = pair(land, earmark, hw_kind_method(&land->force, kind));
        take_work(land, earmark, kind, usd);
        take_days(&land->earmarks.present_left[at], usd, hw_cost_a_day(land, kind));
    }
}

uint32_t hw_earmarks_for_new(const hw_land *land, uint32_t kind, double usd) {
    uint32_t method = hw_kind_method(&land->force, kind);
    for (uint32_t e = 0; e < land->earmarks.count && e < UINT8_MAX; e++) {
        uint32_t s = land->earmarks.streams[e];
        double work_usd = price_of_work(land, kind) * land->earmarks.work_left[pair(land, e, method)];
        if (works_on_ground(method) && hw_money_may_pay(land, s, kind) && land->growth.free[s] >= usd &&
            work_usd >= usd) {
            return e;
        }
    }
    return HW_NOTHING;
}

void hw_earmarks_hire(hw_land *land, uint32_t earmark, uint32_t index, double usd) {
    hw_team *team = &land->force.teams[index];
    team->giver = (uint8_t)(earmark + 1);
    land->growth.free[land->earmarks.streams[earmark]] -= usd;
    take_work(land, earmark, hw_team_kind(&land->force, team), usd);
}
