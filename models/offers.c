/* Listed teams that are due: which of them come, when money is short or the list has ended. */
#include "models/commitments.h"
#include "models/growth.h"
#include "models/review.h"
#include "models/teams.h"
#include <math.h>
#include <string.h>

static bool is_due(const hw_land *land, uint32_t index, double now) {
    const hw_team *team = &land->force.teams[index];
    return hw_team_is_offered(land, index) && team->since_order <= now && !team->on_notice;
}

/* Listed teams that are due, by kind. Returns whether any are. Who has been ordered is offered no more: once
 * the list has been gone through, nobody looks at it again. */
static bool count_due(hw_land *land, double now) {
    bool any = false;
    uint32_t *from = &land->force.offered_from;
    while (*from < land->force.listed_count && !hw_team_is_offered(land, *from)) {
        ++*from;
    }
    memset(land->growth.due, 0, land->force.kind_count * sizeof *land->growth.due);
    for (uint32_t t = *from; t < land->force.listed_count; t++) {
        if (is_due(land, t, now)) {
            land->growth.due[hw_team_kind(&land->force, &land->force.teams[t])]++;
            any = true;
        }
    }
    return any;
}

/* Teams that stand down, by kind. */
static void count_unpaid(const hw_land *land, double *unpaid) {
    memset(unpaid, 0, land->force.kind_count * sizeof *unpaid);
    for (uint32_t i = 0; i < land->force.present_count; i++) {
        const hw_team *team = &land->force.teams[land->force.present[i]];
        unpaid[hw_team_kind(&land->force, team)] += team->state == HW_TEAM_STOOD_DOWN && !team->crew;
    }
}

static bool some_stand_unpaid(const hw_land *land, const double *unpaid, uint32_t kind) {
    for (uint32_t k = 0; k < land->force.kind_count; k++) {
        if (unpaid[k] > 0 && hw_money_may_pay_both(land, k, kind)) {
            return true;
        }
    }
    return false;
}

/* Kinds that are chosen among; others come as they are listed. Returns whether there are any. */
static bool find_doubtful(hw_land *land) {
    double *unpaid = land->growth.bound;
    bool any = false;
    count_unpaid(land, unpaid);
    for (uint32_t k = 0; k < land->force.kind_count; k++) {
        bool own_rules = !hw_operator_grows(land, hw_kind_operator(&land->force, k));
        bool doubtful = land->growth.due[k] > 0 && !own_rules &&
                        (land->growth.growing || some_stand_unpaid(land, unpaid, k));
        land->growth.borne[k] = doubtful ? 0 : UINT32_MAX;
        any |= doubtful;
    }
    return any;
}

/* Work on call has no backlog: its teams are worth less than all others. */
static double worth_of_offer(const hw_review *r, uint32_t kind) {
    return hw_kind_follows_money(r->land, kind) ? hw_review_worth(r, kind) : 0;
}

/* The kind that is worth most of those of which more are due than borne. */
static uint32_t best_offer(const hw_review *r) {
    const hw_growth *growth = &r->land->growth;
    uint32_t best = HW_NOTHING;
    for (uint32_t k = 0; k < r->land->force.kind_count; k++) {
        if (growth->due[k] > growth->borne[k] &&
            (best == HW_NOTHING || worth_of_offer(r, k) > worth_of_offer(r, best))) {
            best = k;
        }
    }
    return best;
}

/* Whether money in sight pays one more of a kind, when all are paid but those that are worth far less. `cost`
 * is that of the teams that are taken on. */
static bool bears(const hw_review *r, const double *cost, uint32_t kind) {
    hw_land *land = r->land;
    double least = hw_in_force(land, land->scenario->capacity.change_below) * worth_of_offer(r, kind);
    hw_review_find_money(r);
    for (uint32_t k = 0; k < land->force.kind_count; k++) {
        bool borne = land->growth.borne[k] != UINT32_MAX;
        double more = borne ? land->growth.borne[k] * hw_cost_of_new(land, k, r->look_ahead) : 0;
        if (!hw_kind_follows_money(land, k) || hw_review_worth(r, k) >= least) {
            hw_bind_amount(land, k, cost[k] + more);
        }
    }
    return hw_payable(land, kind) >= hw_cost_of_new(land, kind, r->look_ahead);
}

static void choose_offers(hw_review *r) {
    hw_land *land = r->land;
    double *cost = land->growth.bound;
    for (uint32_t k = 0; k < land->force.kind_count; k++) {
        cost[k] = hw_cost_of_taken_on(land, k, r->now, r->now + r->look_ahead);
    }
    for (uint32_t k = best_offer(r); k != HW_NOTHING; k = best_offer(r)) {
        if (bears(r, cost, k)) {
            land->growth.borne[k]++;
            hw_review_change_capacity(r, k, 1);
        } else {
            land->growth.due[k] = land->growth.borne[k];
        }
    }
}

/* Who has not been ordered is not counted on when it is asked who shall be. */
static void leave_out_offers(hw_review *r) {
    const hw_land *land = r->land;
    for (uint32_t t = 0; t < land->force.listed_count; t++) {
        const hw_team *team = &land->force.teams[t];
        if (hw_team_is_offered(land, t) && hw_operator_grows(land, team->operator_)) {
            double *capacity = &r->backlog.capacity[team->method];
            *capacity = fmax(0, *capacity - hw_review_capacity_of(r, hw_team_kind(&land->force, team)));
        }
    }
    hw_backlog_share_out(land, &r->backlog);
}

void hw_growth_look_at_offers(hw_land *land, double now) {
    for (uint32_t k = 0; k < land->force.kind_count; k++) {
        land->growth.borne[k] = UINT32_MAX;
    }
    if (land->scenario->capacity.growth == HW_GROWTH_BY_MONEY && count_due(land, now) &&
        find_doubtful(land)) {
        hw_review r = hw_review_open(land, now);
        leave_out_offers(&r);
        choose_offers(&r);
    }
}

void hw_review_withdraw_offers(hw_review *r) {
    hw_land *land = r->land;
    for (uint32_t t = 0; t < land->force.listed_count; t++) {
        hw_team *team = &land->force.teams[t];
        uint32_t kind = hw_team_kind(&land->force, team);
        if (is_due(land, t, r->now) && land->growth.borne[kind]-- == 0) {
            land->growth.borne[kind] = 0;
            team->on_notice = true;
            team->retire_day = r->now;
            hw_review_change_capacity(r, kind, -1);
        }
    }
}
