/* Teams are paid in advance, those first that are to stand down last. */
#include "models/method.h"
#include "models/money.h"
#include "models/planner.h"
#include "models/teams.h"
#include <assert.h>

static void work_out_wages(hw_land *land, double days) {
    for (uint32_t a = 0; a < land->scenario->assets.count; a++) {
        const hw_asset *asset = HW_ITEM(land->scenario->assets, hw_asset, a);
        const hw_method_numbers *numbers = &land->force.methods[asset->method];
        double factor = land->force.operators[asset->operator_].cost;
        hw_money_set_wage(land, a, numbers->running_cost * days * factor,
                          numbers->standby_cost * days * factor);
    }
}

static bool pay(hw_land *land, const hw_team *team, uint32_t district) {
    assert(team->use < HW_USES && hw_team_in_service(team));
    return hw_money_pay_wage(land, team->asset, district, team->state == HW_TEAM_IDLE,
                             hw_method_list[team->method]->purpose);
}

/* Money for a district alone can only pay a team that has no posting yet by sending it there. */
static bool send_where_money_is(hw_land *land, uint32_t index, double now) {
    hw_team *team = &land->force.teams[index];
    for (uint32_t d = 0; d < land->district_count; d++) {
        const hw_district_state *district = &land->districts[d];
        if (district->open_items == 0 || now < district->access_day ||
            (team->choosy && !hw_posting_suits(land, team, d)) || !pay(land, team, d)) {
            continue;
        }
        if (team->state == HW_TEAM_STOOD_DOWN) {
            hw_team_call_up(land, index, now);
        }
        assert(team->district == HW_NOTHING);
        hw_team_post(land, index, d, now);
        return true;
    }
    return false;
}

void hw_payroll_plan(hw_land *land, double now, double next) {
    assert(next > now && land->force.method_count <= HW_REGISTRY_MOST);
    uint32_t in_service[HW_REGISTRY_MOST] = {0}, unpaid[HW_REGISTRY_MOST] = {0};
    work_out_wages(land, next - now);
    hw_pay_order(land, now);
    for (uint32_t i = 0; i < land->force.team_count; i++) {
        uint32_t t = land->planner.pay_order[i];
        assert(t < land->force.team_count);
        hw_team *team = &land->force.teams[t];
        if (!hw_team_in_service(team)) {
            continue;
        }
        in_service[team->method]++;
        bool paid = pay(land, team, team->district) ||
                    (team->district == HW_NOTHING && send_where_money_is(land, t, now));
        if (!paid) {
            unpaid[team->method]++;
        }
        if (!paid && team->state != HW_TEAM_STOOD_DOWN) {
            hw_team_stand_down(land, t, now);
        } else if (paid && team->state == HW_TEAM_STOOD_DOWN) {
            hw_team_call_up(land, t, now);
        }
    }
    for (uint32_t m = 0; m < land->force.method_count; m++) {
        uint32_t without = unpaid[m] + land->force.unpaid_orders[m];
        uint32_t all = in_service[m] + land->force.unpaid_orders[m];
        assert(without <= all);
        land->force.money_short[m] = all > 0 ? (double)without / all : 0;
    }
}
