/* What teams are worth, in a review of capacity. */
#include "models/review.h"
#include "models/commitments.h"
#include "models/growth.h"
#include "models/income.h"
#include "models/method.h"
#include "models/teams.h"
#include <math.h>

/* Teams that cost nothing are not worth endlessly much. */
static const double LEAST_USD_A_DAY = 1;

/* ---- Who may come and go ---- */

bool hw_operator_grows(const hw_land *land, uint32_t operator_) {
    return !land->force.operators[operator_].choosy && land->force.operators[operator_].admitted >= 1 &&
           land->force.operators[operator_].firm == HW_NOTHING &&
           !HW_ITEM(land->scenario->operators, hw_operator, operator_)->own_money;
}

static bool has_backlog(const hw_land *land, uint32_t method) {
    return hw_method_list[method]->stage_count > 0 && hw_method_list[method]->take == NULL &&
           land->force.fielded >> method & 1;
}

void hw_review_find_who_follows(hw_land *land) {
    for (uint32_t k = 0; k < land->force.kind_count; k++) {
        land->growth.follows[k] = land->force.kind_teams[k] > 0 &&
                                  has_backlog(land, hw_kind_method(&land->force, k)) &&
                                  hw_operator_grows(land, hw_kind_operator(&land->force, k));
    }
}

bool hw_kind_follows_money(const hw_land *land, uint32_t kind) {
    return land->growth.follows[kind];
}

/* ---- What a team is worth ---- */

double hw_review_capacity_of(const hw_review *r, uint32_t kind) {
    return hw_backlog_capacity_of(r->land, &r->backlog, hw_kind_operator(&r->land->force, kind),
                                  hw_kind_method(&r->land->force, kind));
}

double hw_review_wait(const hw_review *r, uint32_t method) {
    return r->backlog.wait[method] * r->land->growth.busy[method];
}

/* What a day's wait of its method counts for each kind of team: the more, the more of its work a dollar does,
 * against the cheapest kind of the method, and, by the weight of land, the more land a dollar frees. What a
 * team misses is part of its cost, as it is where a way is chosen for a block. */
static void weigh_kinds(const hw_review *r) {
    hw_land *land = r->land;
    double *weight = land->growth.weight, best[HW_REGISTRY_MOST] = {0}, frees[HW_REGISTRY_MOST] = {0};
    double missed[HW_REGISTRY_MOST]; /* on a field day, by method */
    for (uint32_t m = 0; m < land->force.method_count; m++) {
        missed[m] = hw_backlog_missed_a_field_day(land, &r->backlog, m);
    }
    for (uint32_t k = 0; k < land->force.kind_count; k++) {
        weight[k] = 0;
        if (hw_kind_follows_money(land, k)) {
            uint32_t method = hw_kind_method(&land->force, k);
            double quality = land->force.operators[hw_kind_operator(&land->force, k)].quality;
            double capacity = hw_review_capacity_of(r, k);
            double cost =
                hw_cost_a_day(land, k) + missed[method] * quality * capacity * land->ground.ways.missed_usd;
            weight[k] = capacity / fmax(cost, LEAST_USD_A_DAY);
            best[method] = fmax(best[method], weight[k]);
        }
    }
    double land_weight = hw_in_force(land, land->scenario->capacity.land_weight);
    for (uint32_t m = 0; m < land->force.method_count; m++) {
        double m2 = best[m] * hw_backlog_m2_a_day(land, &r->backlog, m);
        frees[m] = best[m] > 0 ? pow(m2, land_weight) / best[m] : 0;
    }
    for (uint32_t k = 0; k < land->force.kind_count; k++) {
        weight[k] *= frees[hw_kind_method(&land->force, k)];
    }
}

hw_review hw_review_open(hw_land *land, double now) {
    hw_review r = {.land = land, .now = now};
    r.look_ahead = hw_in_force(land, land->scenario->capacity.look_ahead);
    hw_review_find_who_follows(land);
    hw_price_teams(land);
    hw_backlog_look(land, &r.backlog, hw_teams_cost_a_day(land));
    weigh_kinds(&r);
    hw_earmarks_look(land, r.look_ahead);
    return r;
}

double hw_review_worth(const hw_review *r, uint32_t kind) {
    return hw_review_wait(r, hw_kind_method(&r->land->force, kind)) * r->land->growth.weight[kind];
}

double hw_review_worth_of_last(const hw_review *r, uint32_t kind) {
    double one = hw_review_capacity_of(r, kind),
           all = r->backlog.capacity[hw_kind_method(&r->land->force, kind)];
    return all > one ? hw_review_worth(r, kind) * all / (all - one) : HUGE_VAL;
}

double hw_review_change_below(const hw_review *r) {
    return hw_in_force(r->land, r->land->scenario->capacity.change_below);
}

void hw_review_change_capacity(hw_review *r, uint32_t kind, double strength) {
    r->land->growth.needed[kind] = (double)NAN;
    double *capacity = &r->backlog.capacity[hw_kind_method(&r->land->force, kind)];
    *capacity = fmax(0, *capacity + strength * hw_review_capacity_of(r, kind));
    hw_backlog_share_out(r->land, &r->backlog);
}

void hw_review_find_money(const hw_review *r) {
    hw_land *land = r->land;
    for (uint32_t s = 0; s < land->money.stream_count; s++) {
        land->growth.free[s] = hw_income_in_sight(land, s, r->now, r->now + r->look_ahead);
    }
    hw_earmarks_unbind(land);
}
