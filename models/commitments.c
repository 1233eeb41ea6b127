/* What teams cost, and which money in sight is bound for it. */
#include "models/commitments.h"
#include "models/land.h"
#include "sim/extremes.h"
#include <string.h>

static double cost_a_day(const hw_land *land, uint32_t kind) {
    if (land->force.operators[hw_kind_operator(&land->force, kind)].firm != HW_NOTHING) {
        return 0; /* paid by the m2 */
    }
    uint32_t method = hw_kind_method(&land->force, kind);
    const hw_method_numbers *numbers = &land->force.methods[method];
    double factor = land->force.operators[hw_kind_operator(&land->force, kind)].cost;
    double idle = 1 - land->growth.busy[method];
    double wages = numbers->running_cost + idle * (numbers->standby_cost - numbers->running_cost);
    double renewal = numbers->service_life > 0 ? numbers->purchase / numbers->service_life : 0;
    double course = hw_in_force(land, land->scenario->training.cost);
    return factor * (wages + renewal) + numbers->attrition * numbers->people * course;
}

void hw_price_teams(hw_land *land) {
    for (uint32_t k = 0; k < land->force.kind_count; k++) {
        land->growth.cost[k] = cost_a_day(land, k);
    }
}

double hw_cost_a_day(const hw_land *land, uint32_t kind) {
    return land->growth.cost[kind];
}

double hw_teams_cost_a_day(const hw_land *land) {
    double usd = 0;
    for (uint32_t i = 0; i < land->force.present_count; i++) {
        const hw_team *team = &land->force.teams[land->force.present[i]];
        usd += hw_team_in_service(team) ? hw_cost_a_day(land, hw_team_kind(&land->force, team)) : 0;
    }
    return usd;
}

double hw_purchase_of(const hw_land *land, uint32_t kind) {
    return land->force.methods[hw_kind_method(&land->force, kind)].purchase *
           land->force.operators[hw_kind_operator(&land->force, kind)].cost;
}

double hw_course_of(const hw_land *land, uint32_t kind) {
    return land->force.methods[hw_kind_method(&land->force, kind)].people *
           hw_in_force(land, land->scenario->training.cost);
}

double hw_cost_of_new(const hw_land *land, uint32_t kind, double look_ahead) {
    return hw_cost_a_day(land, kind) * look_ahead + hw_purchase_of(land, kind) + hw_course_of(land, kind);
}

double hw_bind_amount(hw_land *land, uint32_t kind, double usd) {
    for (uint32_t i = 0; i < land->money.stream_count && usd > 0; i++) {
        uint32_t s = land->money.order[i];
        if (land->growth.free[s] > 0 && hw_money_may_pay(land, s, kind)) {
            double part = hw_lesser(usd, hw_lesser(land->growth.free[s], hw_earmarks_room(land, s, kind)));
            land->growth.free[s] -= part;
            hw_earmarks_bind(land, s, kind, part);
            usd -= part;
        }
    }
    return usd;
}

double hw_payable(const hw_land *land, uint32_t kind) {
    double usd = 0;
    for (uint32_t s = 0; s < land->money.stream_count; s++) {
        usd += hw_money_may_pay(land, s, kind)
                   ? hw_lesser(land->growth.free[s], hw_earmarks_room(land, s, kind))
                   : 0;
    }
    return usd;
}

/* In that time, with what is not paid yet of its equipment and training. */
static double cost_of_team(const hw_land *land, uint32_t index, uint32_t kind, double from, double until) {
    const hw_team *team = &land->force.teams[index];
    double first = from > team->since_order ? from : team->since_order;
    double last = until < team->retire_day ? until : team->retire_day;
    if (team->on_notice || last <= first) {
        return 0;
    }
    bool unpaid = team->state == HW_TEAM_ORDERED && !team->standing;
    double usd = hw_cost_a_day(land, kind) * (last - first);
    if (team->owes) {
        usd = usd + land->force.debts[index].purchase + land->force.debts[index].course;
    }
    return usd + (unpaid ? hw_purchase_of(land, kind) + hw_course_of(land, kind) : 0);
}

static double cost_of_kind(const hw_land *land, uint32_t kind, bool taken_on, double from, double until) {
    double usd = 0;
    for (uint32_t t = land->force.kind_newest[kind]; t != HW_NOTHING; t = land->force.teams[t].older) {
        usd += taken_on && hw_team_is_offered(land, t) ? 0 : cost_of_team(land, t, kind, from, until);
    }
    return usd;
}

double hw_cost_of_kind(const hw_land *land, uint32_t kind, double from, double until) {
    return cost_of_kind(land, kind, false, from, until);
}

double hw_cost_of_taken_on(const hw_land *land, uint32_t kind, double from, double until) {
    return cost_of_kind(land, kind, true, from, until);
}
