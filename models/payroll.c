/* Teams are paid in advance, those first that are to stand down last. The one that money does not reach as a
 * whole is paid for a part of the month, and stands down then: so a dollar more is a dollar's worth more. */
#include "models/method.h"
#include "models/money.h"
#include "models/planner.h"
#include "models/teams.h"
#include <assert.h>

/* Nobody is called up for less than an hour. */
static const double LEAST_DAYS = 1.0 / 24;

static void work_out_wages(hw_land *land, double days) {
    for (uint32_t k = 0; k < land->force.kind_count; k++) {
        if (land->force.kind_teams[k] > 0) {
            const hw_method_numbers *numbers = &land->force.methods[hw_kind_method(&land->force, k)];
            double factor = land->force.operators[hw_kind_operator(&land->force, k)].cost;
            hw_money_set_wage(land, k, numbers->running_cost * days * factor,
                              numbers->standby_cost * days * factor);
        }
    }
}

/* Returns the share of the month that is paid; never less than `least` unless it is nothing. */
static double pay(hw_land *land, const hw_team *team, uint32_t district, double least) {
    assert(team->use < HW_USES && hw_team_in_service(team));
    return hw_money_pay_wage(land, hw_team_kind(&land->force, team), district, team->state == HW_TEAM_IDLE,
                             hw_method_list[team->method]->purpose, least);
}

bool hw_payroll_pay_with_move(hw_land *land, const hw_team *team, uint32_t district) {
    uint32_t kind = hw_team_kind(&land->force, team);
    hw_bill move = hw_bill_of_move(land, team, district);
    if (!hw_money_covers_first_move(land, kind, team->state == HW_TEAM_IDLE, &move) ||
        pay(land, team, district, 1) < 1) {
        return false;
    }
    hw_money_pay_first_move(land, kind, &move);
    return true;
}

/* Money for a district alone can only pay a team that has no posting yet by sending it there. */
static bool send_where_money_is(hw_land *land, uint32_t index, double now) {
    hw_team *team = &land->force.teams[index];
    for (uint32_t d = 0; d < land->district_count; d++) {
        const hw_district_state *district = &land->districts[d];
        if (district->open_items == 0 || now < district->access_day ||
            (team->choosy && !hw_posting_suits(land, team, d)) || !hw_payroll_pay_with_move(land, team, d)) {
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

/* A team that has no posting yet is of no use at home: it is paid as a whole and with its move, or not. */
static double pay_unposted(hw_land *land, uint32_t index, double now) {
    return hw_payroll_pay_with_move(land, &land->force.teams[index], HW_NOTHING) ||
           send_where_money_is(land, index, now);
}

/* Pays a team until the next planning day, or as far as money goes; returns the share of that time, which is
 * `least` or more, or nothing. */
static double pay_team(hw_land *land, uint32_t index, double least, double now, double next) {
    hw_team *team = &land->force.teams[index];
    double paid = team->district == HW_NOTHING ? pay_unposted(land, index, now)
                                               : pay(land, team, team->district, least);
    land->planner.paid_in_part |= paid > 0 && paid < 1;
    land->force.paid_until[index] = paid < 1 ? now + paid * (next - now) : next;
    if (paid <= 0 && team->state != HW_TEAM_STOOD_DOWN) {
        hw_team_stand_down(land, index, now);
    }
    if (team->state == HW_TEAM_STOOD_DOWN) {
        hw_team_hand_back(land, index);
        if (paid <= 0 && team->district != HW_NOTHING && hw_earmarks_send(land, index, now)) {
            land->force.paid_until[index] = next;
            return 1;
        }
    }
    return paid;
}

static bool may_be_put_to_work(const hw_team *team) {
    return team->state == HW_TEAM_STOOD_DOWN || (team->state == HW_TEAM_IDLE && team->district != HW_NOTHING);
}

/* Those who are paid again go back to work, and those who were idle beside what others have handed back: of
 * the first so many in the order of pay. */
static void put_to_work(hw_land *land, uint32_t teams, double now) {
    for (uint32_t i = 0; i < teams; i++) {
        uint32_t t = land->planner.pay_order[i];
        const hw_team *team = &land->force.teams[t];
        if (team->state == HW_TEAM_STOOD_DOWN && land->force.paid_until[t] > now) {
            hw_team_call_up(land, t, now);
        } else if (team->state == HW_TEAM_IDLE && land->districts[team->district].handed_back) {
            hw_team_start(land, t, now);
        }
    }
}

void hw_payroll_plan(hw_land *land, double now, double next) {
    assert(next > now && land->force.method_count <= HW_REGISTRY_MOST);
    double in_service[HW_REGISTRY_MOST] = {0}, unpaid[HW_REGISTRY_MOST] = {0};
    double least = LEAST_DAYS / (next - now);
    work_out_wages(land, next - now);
    hw_pay_order(land, now);
    uint32_t waiting = 0;
    land->planner.paid_in_part = false;
    for (uint32_t i = 0; i < land->force.present_count; i++) {
        uint32_t t = land->planner.pay_order[i];
        assert(t < land->force.team_count);
        const hw_team *team = &land->force.teams[t];
        if (hw_team_in_service(team) && !team->crew) {
            in_service[team->method] += 1;
            unpaid[team->method] += 1 - pay_team(land, t, least, now, next);
        }
        if (may_be_put_to_work(team)) {
            land->planner.pay_order[waiting++] = t;
        }
    }
    put_to_work(land, waiting, now);
    hw_money_give_back(land);
    for (uint32_t m = 0; m < land->force.method_count; m++) {
        double without = unpaid[m] + land->force.unpaid_orders[m];
        double all = in_service[m] + land->force.unpaid_orders[m];
        assert(without >= 0 && without <= all);
        land->force.money_short[m] = all > 0 ? without / all : 0;
    }
}

void hw_payroll_end_pay(hw_land *land, double next) {
    for (uint32_t i = 0; i < land->force.present_count && land->planner.paid_in_part; i++) {
        uint32_t t = land->force.present[i];
        const hw_team *team = &land->force.teams[t];
        if (hw_team_in_service(team) && team->state != HW_TEAM_STOOD_DOWN &&
            land->force.paid_until[t] < next && team->district != HW_NOTHING) {
            hw_queue_push(&land->queues[team->district], land->force.paid_until[t], HW_EVENT_PAID_UNTIL, t);
        }
    }
}
