/* The review of capacity: which teams come, learn another method, or go. */
#include "models/growth.h"
#include "models/backlog.h"
#include "models/commitments.h"
#include "models/income.h"
#include "models/laws.h"
#include "models/method.h"
#include "models/planner.h"
#include "models/review.h"
#include "models/teams.h"
#include "sim/extremes.h"
#include <assert.h>
#include <math.h>
#include <string.h>

static const double YEAR = 365.2425;

/* ---- What can be had ---- */

/* What comes in so many days joins what is there, and no more than a year's worth is kept. */
static void save_up(double *there, double a_day, double days, double least) {
    *there = hw_lesser(*there + a_day * days, hw_greater(a_day * YEAR, least));
}

static void count_people(hw_land *land) {
    memset(land->growth.people, 0, land->scenario->operators.count * sizeof *land->growth.people);
    for (uint32_t i = 0; i < land->force.present_count; i++) {
        const hw_team *team = &land->force.teams[land->force.present[i]];
        if (!team->on_notice && team->since_order <= land->calendar.planned_to) {
            land->growth.people[team->operator_] += team->strength * land->force.methods[team->method].people;
        }
    }
}

static void find_supply(hw_land *land, double days) {
    const hw_capacity_terms *terms = &land->scenario->capacity;
    hw_growth *growth = &land->growth;
    double largest = hw_largest_team(land);
    save_up(&growth->recruits, hw_in_force(land, terms->recruits), days, largest);
    save_up(&growth->dogs, hw_in_force(land, terms->dog_teams), days, 1);
    save_up(&growth->machines, hw_in_force(land, terms->machine_teams), days, 1);
    double most = hw_in_force(land, terms->most_growth);
    for (uint32_t o = 0; o < land->scenario->operators.count; o++) {
        save_up(&growth->room[o], growth->people[o] * most, days, largest);
    }
}

/* Teams of a method that the work which is ready would keep busy for so many field days. */
static double wanted_by_ready_work(const hw_land *land, uint32_t method, const double ready_m2[HW_STAGES],
                                   double field_days) {
    const double *effort = land->force.methods[method].effort;
    double work = 0;
    for (uint32_t stage = 0; stage < HW_STAGES; stage++) {
        work += ready_m2[stage] * effort[stage];
    }
    return field_days > 0 ? work / field_days : 0;
}

static void find_ready_work(const hw_land *land, double m2[HW_STAGES]) {
    for (uint32_t a = 0; a < land->ground.area_count; a++) {
        const hw_area *area = &land->ground.areas[a];
        bool waits = area->accessible && area->open_items > 0;
        for (uint32_t stage = 0; stage < HW_STAGES && waits; stage++) {
            m2[stage] += (double)area->ready_parts[stage] / HW_WHOLE;
        }
    }
}

/* Teams of a method that are paid by time, and those of them that stand idle. */
static void count_idle(const hw_land *land, uint32_t method, uint32_t *paid, uint32_t *idle) {
    uint32_t all = 0, without_work = 0;
    for (uint32_t k = land->force.method_teams_first[method]; k < land->force.method_teams_first[method + 1];
         k++) {
        const hw_team *team = &land->force.teams[land->force.method_teams[k]];
        bool counts = hw_team_in_service(team) && !team->crew && team->state != HW_TEAM_STOOD_DOWN;
        all += counts;
        without_work += counts && team->state == HW_TEAM_IDLE;
    }
    *paid = all;
    *idle = without_work;
}

/* Teams that stand idle with nothing ready for them show that what is expected for them does not come as fast
 * as expected. Those that wait in one district while there is work in another will be sent there. */
static void note_idle_teams(hw_land *land, double days) {
    uint32_t paid[HW_REGISTRY_MOST] = {0}, idle[HW_REGISTRY_MOST] = {0}, all_idle = 0;
    double ready_m2[HW_STAGES] = {0};
    for (uint32_t m = 0; m < land->force.method_count; m++) {
        count_idle(land, m, &paid[m], &idle[m]);
        all_idle += idle[m];
    }
    if (all_idle > 0) {
        find_ready_work(land, ready_m2);
    }
    double field_days = days * hw_backlog_field_share(land);
    double learns = 1 - exp(-days / hw_in_force(land, land->scenario->capacity.review));
    for (uint32_t m = 0; m < land->force.method_count; m++) {
        double needless = idle[m] > 0 ? idle[m] - wanted_by_ready_work(land, m, ready_m2, field_days) : 0;
        double busy = needless > 0 ? 1 - needless / paid[m] : 1;
        land->growth.busy[m] += learns * (busy - land->growth.busy[m]);
    }
}

/* ---- Who may come and go ---- */

static bool may_leave(const hw_land *land, const hw_team *team) {
    bool there = team->state != HW_TEAM_ORDERED || team->since_order <= land->calendar.planned_to;
    return there && !team->on_notice && team->state != HW_TEAM_AWAY;
}

/* How soon a team goes before others of its kind: one that is not here yet, then one that has nothing to do.
 */
enum { BUSY = 1, IDLE, NOT_HERE };

static int readiness_to_leave(const hw_team *team) {
    bool idle = team->state == HW_TEAM_IDLE || team->state == HW_TEAM_STOOD_DOWN;
    return !hw_team_in_service(team) ? NOT_HERE : idle ? IDLE : BUSY;
}

/* Of the teams of a kind that may leave it the one that goes first, the newest of equals; the first that is
 * as ready as `enough` will do. */
static uint32_t first_to_leave(const hw_land *land, uint32_t kind, bool in_service, int enough) {
    uint32_t found = HW_NOTHING;
    int most = 0;
    for (uint32_t t = land->force.kind_newest[kind]; t != HW_NOTHING && most < enough;
         t = land->force.teams[t].older) {
        const hw_team *team = &land->force.teams[t];
        if (may_leave(land, team) && (!in_service || hw_team_in_service(team)) &&
            readiness_to_leave(team) > most) {
            found = t;
            most = readiness_to_leave(team);
        }
    }
    return found;
}

static bool is_last_of_method(const hw_review *r, uint32_t kind) {
    return r->backlog.capacity[hw_kind_method(&r->land->force, kind)] < 1.5 * hw_review_capacity_of(r, kind);
}

/* ---- Shrinking ---- */

static bool can_spare(const hw_review *r, uint32_t kind, bool in_service) {
    return !is_last_of_method(r, kind) && first_to_leave(r->land, kind, in_service, BUSY) != HW_NOTHING;
}

/* The kind whose last team is worth least, of those that `may` speaks of. */
static uint32_t least_worth(const hw_review *r, const double *may, bool in_service) {
    uint32_t least = HW_NOTHING;
    double lowest = HUGE_VAL;
    for (uint32_t k = 0; k < r->land->force.kind_count; k++) {
        if (may[k] > 0 && hw_kind_follows_money(r->land, k)) {
            double worth = hw_review_worth_of_last(r, k);
            if (worth < lowest && can_spare(r, k, in_service)) {
                least = k;
                lowest = worth;
            }
        }
    }
    return least;
}

/* Kinds whose teams cost something, those first that are worth most; returns how many. */
static uint32_t sort_by_worth(const hw_review *r) {
    hw_land *land = r->land;
    uint32_t *order = land->growth.kinds, count = 0;
    for (uint32_t k = 0; k < land->force.kind_count; k++) {
        if (land->growth.bound[k] > 0) {
            land->growth.worth[k] = hw_kind_follows_money(land, k) ? hw_review_worth(r, k) : HUGE_VAL;
            uint32_t at = count++;
            for (; at > 0 && land->growth.worth[order[at - 1]] < land->growth.worth[k]; at--) {
                order[at] = order[at - 1];
            }
            order[at] = k;
        }
    }
    return count;
}

/* Binds what all teams cost, so many times, those first that are worth most. Leaves in `bound` what no money
 * is in sight for, and returns its sum over the teams that follow money: what is missing for others, such as
 * those of investors, takes nobody else's. */
static double bind_teams(const hw_review *r, double times) {
    hw_land *land = r->land;
    hw_review_find_money(r);
    for (uint32_t k = 0; k < land->force.kind_count; k++) {
        if (isnan(land->growth.needed[k])) { /* its teams have changed */
            double end = r->now + r->look_ahead;
            land->growth.needed[k] =
                r->offers ? hw_cost_of_kind(land, k, r->now, end) : hw_cost_of_taken_on(land, k, r->now, end);
        }
        land->growth.bound[k] = times * land->growth.needed[k];
    }
    const uint32_t *order = land->growth.kinds;
    double missing = 0;
    for (uint32_t i = 0, count = sort_by_worth(r); i < count; i++) {
        double *bound = &land->growth.bound[order[i]];
        *bound = hw_bind_amount(land, order[i], *bound);
        missing += hw_kind_follows_money(land, order[i]) ? *bound : 0;
    }
    return missing;
}

/* Gives notice to a team of a kind. */
static void let_go(hw_review *r, uint32_t kind) {
    hw_land *land = r->land;
    hw_team *team = &land->force.teams[first_to_leave(land, kind, false, NOT_HERE)];
    double notice = hw_team_in_service(team) ? hw_in_force(land, land->scenario->capacity.notice) : 0;
    team->on_notice = true;
    team->retire_day = fmin(team->retire_day, r->now + notice);
    hw_review_change_capacity(r, kind, -team->strength);
}

/* Returns whether there was money for all. */
static bool shrink(hw_review *r) {
    double times = hw_in_force(r->land, r->land->scenario->capacity.shrink_below);
    double missing = bind_teams(r, times);
    bool enough = missing <= 1;
    while (missing > 1) {
        uint32_t kind = least_worth(r, r->land->growth.bound, false);
        if (kind == HW_NOTHING) {
            break;
        }
        let_go(r, kind);
        missing = bind_teams(r, times);
    }
    return enough;
}

/* ---- Growing ---- */

static double *supply_of(hw_land *land, uint32_t method, uint32_t *reason) {
    switch (hw_method_list[method]->supply) {
    case HW_SUPPLY_DOGS:
        *reason = HW_UNSPENT_DOGS;
        return &land->growth.dogs;
    case HW_SUPPLY_MACHINES:
        *reason = HW_UNSPENT_MACHINES;
        return &land->growth.machines;
    default:
        return NULL;
    }
}

/* What hinders so many people more with an operator; HW_UNSPENT_REASONS: nothing. */
static uint32_t hindered(const hw_review *r, uint32_t operator_, double people, double schooled) {
    if (people > r->land->growth.recruits) {
        return HW_UNSPENT_RECRUITS;
    }
    if (schooled > r->places) {
        return HW_UNSPENT_COURSES;
    }
    return people > r->land->growth.room[operator_] ? HW_UNSPENT_GROWTH : HW_UNSPENT_REASONS;
}

static void take_people(hw_review *r, uint32_t operator_, double people, double schooled) {
    r->land->growth.recruits -= people;
    r->land->growth.room[operator_] -= people;
    r->land->growth.people[operator_] += people;
    r->places -= schooled;
    r->added = true;
}

/* A team of the same operator that is worth far less where it is, and whose people can change over, learns
 * the method. */
static uint32_t retrain_one(hw_review *r, uint32_t kind, double times) {
    hw_land *land = r->land;
    uint32_t operator_ = hw_kind_operator(&land->force, kind), method = hw_kind_method(&land->force, kind);
    uint32_t from = HW_NOTHING;
    double least = hw_review_change_below(r) * hw_review_worth(r, kind);
    for (uint32_t m = 0; m < land->force.method_count && hw_method_list[method]->supply == HW_SUPPLY_PEOPLE;
         m++) {
        uint32_t k = hw_kind_of(&land->force, operator_, m);
        if (m != method && hw_method_list[m]->supply == HW_SUPPLY_PEOPLE && hw_kind_follows_money(land, k) &&
            hw_review_worth_of_last(r, k) < least && can_spare(r, k, true)) {
            from = k;
            least = hw_review_worth_of_last(r, k);
        }
    }
    if (from == HW_NOTHING) {
        return HW_UNSPENT_NO_WORK;
    }
    uint32_t index = first_to_leave(land, from, true, IDLE);
    const hw_team *team = &land->force.teams[index];
    double strength = team->strength, schooled = land->force.methods[method].people;
    double people = fmax(0, schooled - strength * land->force.methods[team->method].people);
    double course = hw_course_of(land, kind);
    double equipment = fmax(0, hw_purchase_of(land, kind) - hw_purchase_of(land, from));
    double more = (hw_cost_a_day(land, kind) - hw_cost_a_day(land, from)) * r->look_ahead;
    double usd = fmax(0, times * (more + course + equipment));
    uint32_t hindrance = hindered(r, operator_, people, schooled);
    if (hindrance != HW_UNSPENT_REASONS) {
        return hindrance;
    }
    if (hw_payable(land, kind) < usd) {
        return HW_UNSPENT_CAUTION;
    }
    hw_bind_amount(land, kind, usd);
    take_people(r, operator_, people, schooled);
    hw_team_retrain(land, index, method, r->now);
    hw_capacity_school(land, index, r->now, course, equipment);
    hw_teams_index(land);
    hw_review_find_who_follows(land);
    hw_review_change_capacity(r, from, -strength);
    hw_review_change_capacity(r, kind, 1);
    return HW_UNSPENT_REASONS;
}

static uint32_t hire_one(hw_review *r, uint32_t kind, double times) {
    hw_land *land = r->land;
    uint32_t operator_ = hw_kind_operator(&land->force, kind), method = hw_kind_method(&land->force, kind);
    double people = land->force.methods[method].people,
           usd = times * hw_cost_of_new(land, kind, r->look_ahead);
    uint32_t reason = HW_UNSPENT_REASONS;
    double *supply = supply_of(land, method, &reason);
    if (supply != NULL && *supply < 1) {
        return reason;
    }
    uint32_t hindrance = hindered(r, operator_, people, people);
    if (hindrance != HW_UNSPENT_REASONS) {
        return hindrance;
    }
    uint32_t earmark = hw_earmarks_for_new(land, kind, usd);
    if (earmark == HW_NOTHING && hw_payable(land, kind) < usd) {
        return HW_UNSPENT_CAUTION;
    }
    uint32_t index = hw_team_add(land, operator_, method, r->now);
    if (index == HW_NOTHING) {
        hw_laws_broken(land, r->now,
                       HW_GIVEN_UP "there is no room for more than %u teams (capacity.most_teams)",
                       (unsigned)land->force.most_teams);
        return HW_UNSPENT_GROWTH;
    }
    if (earmark != HW_NOTHING) {
        hw_earmarks_hire(land, earmark, index, usd);
    } else {
        hw_bind_amount(land, kind, usd);
    }
    take_people(r, operator_, people, people);
    if (supply != NULL) {
        *supply -= 1;
    }
    hw_review_change_capacity(r, kind, 1);
    return HW_UNSPENT_REASONS;
}

static bool has_little_to_do(const hw_review *r, uint32_t kind) {
    double enough = hw_in_force(r->land, r->land->scenario->capacity.backlog_enough);
    return hw_review_wait(r, hw_kind_method(&r->land->force, kind)) <= enough;
}

/* The kind of which one more is worth most, of those that nothing hinders; HW_NOTHING when all have little to
 * do. */
static uint32_t most_worth(const hw_review *r) {
    uint32_t most = HW_NOTHING;
    double highest = 0;
    for (uint32_t k = 0; k < r->land->force.kind_count; k++) {
        if (r->land->growth.hindrance[k] == HW_UNSPENT_REASONS && hw_kind_follows_money(r->land, k) &&
            hw_review_worth(r, k) > highest && !has_little_to_do(r, k)) {
            highest = hw_review_worth(r, k);
            most = k;
        }
    }
    return most;
}

/* Money is short for what is worth most: a team that is worth far less goes. */
static bool make_way(hw_review *r, uint32_t kind) {
    hw_land *land = r->land;
    double *may = land->growth.bound;
    for (uint32_t k = 0; k < land->force.kind_count; k++) {
        may[k] = k != kind && hw_kind_follows_money(land, k) && hw_money_may_pay_both(land, k, kind);
    }
    uint32_t least = least_worth(r, may, false);
    if (least == HW_NOTHING ||
        hw_review_worth_of_last(r, least) >= hw_review_change_below(r) * hw_review_worth(r, kind)) {
        return false;
    }
    let_go(r, least);
    return true;
}

static void forget_costs(const hw_review *r) {
    for (uint32_t k = 0; k < r->land->force.kind_count; k++) {
        r->land->growth.needed[k] = (double)NAN;
    }
}

static void grow(hw_review *r) {
    double times = hw_in_force(r->land, r->land->scenario->capacity.hire_above);
    r->offers = true; /* those that will come are not hired again */
    forget_costs(r);
    bind_teams(r, times);
    for (uint32_t k = most_worth(r); k != HW_NOTHING; k = most_worth(r)) {
        uint32_t reason = retrain_one(r, k, times);
        if (reason != HW_UNSPENT_REASONS) {
            reason = hire_one(r, k, times);
        }
        if (reason == HW_UNSPENT_CAUTION && make_way(r, k)) {
            bind_teams(r, times);
            continue;
        }
        r->land->growth.hindrance[k] = reason;
    }
}

/* ---- Why money is left ---- */

/* What hindered the kind that is worth most of those that a stream may pay. */
static uint32_t reason_of(const hw_review *r, uint32_t stream) {
    const hw_land *land = r->land;
    double highest = -1;
    uint32_t reason = HW_UNSPENT_EARMARK;
    bool others = false;
    for (uint32_t k = 0; k < land->force.kind_count; k++) {
        if (!hw_kind_follows_money(land, k)) {
            continue;
        }
        bool hindered_here = land->growth.hindrance[k] != HW_UNSPENT_REASONS;
        double worth_here = hindered_here ? hw_review_worth(r, k) : 0;
        bool pays = hw_money_may_pay(land, stream, k);
        others |= hindered_here && !pays;
        if (pays && worth_here > highest) {
            highest = worth_here;
            reason = hindered_here ? land->growth.hindrance[k] : HW_UNSPENT_NO_WORK;
            bool bound = hw_earmarks_room(land, stream, k) < land->growth.free[stream];
            reason = reason == HW_UNSPENT_CAUTION && bound ? HW_UNSPENT_EARMARK : reason;
        }
    }
    return reason == HW_UNSPENT_NO_WORK && others ? HW_UNSPENT_EARMARK : reason;
}

static bool teams_on_order(const hw_land *land) {
    for (uint32_t i = 0; i < land->force.present_count; i++) {
        const hw_team *team = &land->force.teams[land->force.present[i]];
        bool ordered = team->state == HW_TEAM_ORDERED && team->since_order <= land->calendar.planned_to;
        if (!team->crew && (ordered || team->state == HW_TEAM_TRAINING)) {
            return true;
        }
    }
    return false;
}

static void tell_reasons(const hw_review *r) {
    hw_land *land = r->land;
    bool coming = r->added || teams_on_order(land);
    for (uint32_t s = 0; s < land->money.stream_count; s++) {
        uint32_t reason = reason_of(r, s);
        land->growth.reason[s] = reason == HW_UNSPENT_CAUTION && coming ? HW_UNSPENT_ON_ORDER : reason;
        land->money.streams[s].reviewed_a_year = hw_budget_a_year(land, &land->money.streams[s]);
    }
}

/* Of the teams that would do a method's work in good time, the share that is not there for want of money: the
 * delay of places is charged to it. */
static void note_unpaid(const hw_review *r) {
    hw_land *land = r->land;
    double enough = hw_in_force(land, land->scenario->capacity.backlog_enough), most[HW_REGISTRY_MOST] = {0};
    memset(land->growth.unpaid, 0, sizeof land->growth.unpaid);
    for (uint32_t k = 0; k < land->force.kind_count; k++) {
        uint32_t method = hw_kind_method(&land->force, k);
        if (hw_kind_follows_money(land, k) &&
            hw_review_worth(r, k) > most[method]) { /* this kind would be hired */
            most[method] = hw_review_worth(r, k);
            bool for_money = land->growth.hindrance[k] == HW_UNSPENT_CAUTION;
            land->growth.unpaid[method] = for_money ? fmax(0, 1 - enough / hw_review_wait(r, method)) : 0;
        }
    }
}

/* ---- A planning day ---- */

/* People whom the schools can take until the next review, beside those who wait for a course. */
static double free_places(const hw_land *land, double now, double until) {
    double places =
        land->force.training_places + hw_in_force(land, land->scenario->training.places) * (until - now);
    for (uint32_t i = 0; i < land->force.present_count; i++) {
        const hw_team *team = &land->force.teams[land->force.present[i]];
        if (team->state == HW_TEAM_ORDERED && !team->standing && team->since_order < until &&
            hw_operator_grows(land, team->operator_)) { /* others enrol when their money has come */
            places -= land->force.methods[team->method].people;
        }
    }
    return places;
}

static void hold_review(hw_land *land, double now) {
    const hw_capacity_terms *terms = &land->scenario->capacity;
    hw_review r = hw_review_open(land, now);
    hw_review_withdraw_offers(&r);
    r.places = free_places(land, now, now + hw_in_force(land, terms->review));
    for (uint32_t k = 0; k < land->force.kind_count; k++) {
        land->growth.hindrance[k] = HW_UNSPENT_REASONS;
    }
    forget_costs(&r);
    land->growth.replacing = shrink(&r);
    grow(&r);
    tell_reasons(&r);
    note_unpaid(&r);
}

void hw_growth_begin(hw_land *land) {
    hw_growth *growth = &land->growth;
    const hw_scenario *s = land->scenario;
    size_t cells = (size_t)land->money.stream_count * HW_UNSPENT_REASONS;
    memset(growth->room, 0, s->operators.count * sizeof *growth->room);
    memset(growth->reason, 0, land->money.stream_count * sizeof *growth->reason);
    memset(growth->unspent, 0, cells * sizeof *growth->unspent);
    memset(growth->given_up, 0, growth->given_up_cells * sizeof *growth->given_up);
    growth->recruits = growth->dogs = growth->machines = 0;
    growth->replacing = true;
    for (uint32_t m = 0; m < land->force.method_count; m++) {
        growth->busy[m] = 1;
        growth->unpaid[m] = 0;
    }
    growth->growing = growth->closed = false;
    bool ever = s->capacity.growth == HW_GROWTH_BY_MONEY;
    int64_t known_to = s->capacity.known_to;
    if (known_to != INT64_MAX && known_to > s->as_of) { /* nobody knows the list of later teams yet */
        known_to = s->as_of;
    }
    growth->review_day = ever ? known_to == INT64_MAX ? 0 : (double)(known_to - s->start) : HUGE_VAL;
}

void hw_growth_plan(hw_land *land, double now) {
    hw_growth *growth = &land->growth;
    if (land->scenario->capacity.growth == HW_GROWTH_FIXED) {
        return;
    }
    note_idle_teams(land, now - land->calendar.planned_to);
    if (now < growth->review_day && !growth->growing) {
        return;
    }
    double review_time = hw_in_force(land, land->scenario->capacity.review);
    count_people(land);
    if (!growth->growing) { /* the list of teams ends: what half a year brings is there to begin with */
        growth->growing = true;
        find_supply(land, review_time);
    } else {
        find_supply(land, now - land->calendar.planned_to);
    }
    if (now >= growth->review_day) {
        hold_review(land, now);
        growth->review_day += review_time * ceil((now - growth->review_day + 1) / review_time);
    }
}
