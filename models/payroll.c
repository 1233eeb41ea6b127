#include "models/method.h"
#include "models/money.h"
#include "models/planner.h"
#include "models/teams.h"

/* Teams are paid in advance, in the order of the scenario's assets: when money is short, the newest stand
 * down first. */

static bool pay(hw_land *land, const hw_team *team, double days) {
    const hw_method_numbers *numbers = &land->methods[team->method];
    bool idle = team->state == HW_TEAM_IDLE;
    double rate = idle ? numbers->standby_cost : numbers->running_cost;
    hw_bill bill = {.pays = HW_PAYS_CLEARANCE,
                    .district = team->district,
                    .operator_ = team->operator_,
                    .method = team->method,
                    .place = HW_NOTHING,
                    .purpose = idle ? HW_PURPOSE_STANDBY : hw_method_list[team->method]->purpose,
                    .usd = rate * days * land->operator_cost[team->operator_]};
    return hw_money_pay(land, &bill);
}

void hw_payroll_plan(hw_land *land, double now, double next) {
    uint32_t in_service[HW_REGISTRY_MOST] = {0}, unpaid[HW_REGISTRY_MOST] = {0};
    for (uint32_t t = 0; t < land->team_count; t++) {
        hw_team *team = &land->teams[t];
        if (!hw_team_in_service(team)) {
            continue;
        }
        in_service[team->method]++;
        bool paid = pay(land, team, next - now);
        if (!paid) {
            unpaid[team->method]++;
        }
        if (!paid && team->state != HW_TEAM_STOOD_DOWN) {
            hw_team_stand_down(land, t, now);
        } else if (paid && team->state == HW_TEAM_STOOD_DOWN) {
            hw_team_call_up(land, t, now);
        }
    }
    for (uint32_t m = 0; m < land->method_count; m++) {
        land->money_short[m] = in_service[m] > 0 ? (double)unpaid[m] / in_service[m] : 0;
    }
}
