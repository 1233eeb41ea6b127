/* How teams come, age and go. */
#include "models/method.h"
#include "models/money.h"
#include "models/planner.h"
#include "models/teams.h"
#include <assert.h>
#include <math.h>
#include <string.h>

/* A team whose people have thinned out below this share gets trainees. */
static const double REPLACE_BELOW = 0.9;
/* Two bills paid after one look: each may round by a cent in every stream. */
static const double ROUNDING_USD = 2;

enum { ATTEMPTS_MOST = 6 };

static hw_bill bill_of(const hw_team *team, hw_purpose purpose, double usd) {
    return (hw_bill){.pays = HW_PAYS_CLEARANCE,
                     .district = team->district,
                     .operator_ = team->operator_,
                     .method = team->method,
                     .place = HW_NOTHING,
                     .purpose = purpose,
                     .usd = usd};
}

/* Days of accreditation: first attempt and, after each failure, retraining and another. */
static double accreditation_days(hw_land *land, hw_team *team, const hw_method_numbers *numbers) {
    hw_draws draws;
    hw_draws_open(&draws, land->key, team->entity, HW_DRAW_ACCREDIT, team->trainings++);
    double days = numbers->accreditation;
    assert(days >= 0 && numbers->pass > 0);
    for (int attempt = 1; attempt < ATTEMPTS_MOST && hw_draws_uniform(&draws) >= numbers->pass; attempt++) {
        days += numbers->retraining + numbers->accreditation;
    }
    return days;
}

static bool train(hw_land *land, hw_team *team, double people) {
    assert(people >= 0);
    if (land->force.training_places < people) {
        return false;
    }
    hw_bill bill =
        bill_of(team, HW_PURPOSE_TRAINING, people * hw_in_force(land, land->scenario->training.cost));
    if (!hw_money_pay(land, &bill)) {
        return false;
    }
    land->force.training_places -= people;
    assert(land->force.training_places >= 0);
    return true;
}

/* Keyed by the team: whom a smaller share admits, a larger one admits, too. */
static bool admitted(const hw_land *land, const hw_team *team) {
    double share = land->force.operators[team->operator_].admitted;
    return share >= 1 || hw_draw(land->key, team->entity, HW_DRAW_PERMIT, 0) < share;
}

/* A team without a permit does not exist until the next planning day. */
static void refuse(hw_team *team, double next) {
    assert(team->state == HW_TEAM_ORDERED);
    team->since_order = fmax(0, team->since_order) + next - team->since;
    team->since = next;
}

static void order(hw_land *land, uint32_t index, double now) {
    hw_team *team = &land->force.teams[index];
    assert(team->state == HW_TEAM_ORDERED && team->district == HW_NOTHING);
    const hw_method_numbers *numbers = &land->force.methods[team->method];
    if (HW_ITEM(land->scenario->assets, hw_asset, team->asset)->standing) {
        team->state = HW_TEAM_TRAINING;
        team->ready_day = fmax(now, land->force.operators[team->operator_].ready);
        team->experience = 1e4;
        return;
    }
    if (land->force.training_places < numbers->people) {
        return;
    }
    hw_bill purchase =
        bill_of(team, HW_PURPOSE_PURCHASE, numbers->purchase * land->force.operators[team->operator_].cost);
    hw_bill both = purchase;
    both.usd += numbers->people * hw_in_force(land, land->scenario->training.cost);
    both.usd += ROUNDING_USD;
    if (!hw_money_covers(land, &both) || !train(land, team, numbers->people) ||
        !hw_money_pay(land, &purchase)) {
        land->force.unpaid_orders[team->method]++;
        return;
    }
    team->state = HW_TEAM_TRAINING;
    team->ready_day =
        fmax(now + fmax(numbers->lead_time, numbers->course), land->force.operators[team->operator_].ready) +
        accreditation_days(land, team, numbers);
}

/* Dogs and machines at the end of their life are bought again, ordered in time; the old ones carry on while
 * there is no money for it. */
static void renew(hw_land *land, hw_team *team, double now) {
    const hw_method_numbers *numbers = &land->force.methods[team->method];
    if (numbers->service_life <= 0 || now - team->ready_day < numbers->service_life) {
        return;
    }
    hw_bill purchase =
        bill_of(team, HW_PURPOSE_PURCHASE, numbers->purchase * land->force.operators[team->operator_].cost);
    if (hw_money_pay(land, &purchase)) {
        team->ready_day = now;
    }
}

static void thin_out(hw_land *land, hw_team *team, double staying) {
    const hw_method_numbers *numbers = &land->force.methods[team->method];
    assert(staying > 0 && staying <= 1);
    team->strength *= staying;
    if (team->strength < REPLACE_BELOW && train(land, team, (1 - team->strength) * numbers->people)) {
        /* New people bring the team's experience down in proportion. */
        assert(team->strength > 0 && team->experience >= 0);
        team->experience *= team->strength;
        team->strength = 1;
    }
}

/* Small schools save up their places until the largest team can be trained. */
static double largest_team(const hw_land *land) {
    double people = 0;
    for (uint32_t m = 0; m < land->force.method_count; m++) {
        people = fmax(people, land->force.methods[m].people);
    }
    return people;
}

void hw_capacity_plan(hw_land *land, double now, double next) {
    double capacity = hw_in_force(land, land->scenario->training.places) * (next - now);
    land->force.training_places =
        fmin(land->force.training_places + capacity, fmax(3 * capacity, largest_team(land)));
    assert(capacity >= 0);
    memset(land->force.unpaid_orders, 0, sizeof land->force.unpaid_orders);
    double staying[HW_REGISTRY_MOST];
    for (uint32_t m = 0; m < land->force.method_count; m++) {
        staying[m] = exp(-land->force.methods[m].attrition * (now - land->calendar.planned_to));
    }
    for (uint32_t t = 0; t < land->force.team_count; t++) {
        hw_team *team = &land->force.teams[t];
        if (team->state == HW_TEAM_GONE) {
            continue;
        }
        if (now >= team->retire_day) {
            hw_team_retire(land, t, now);
            continue;
        }
        if (team->state == HW_TEAM_ORDERED && now >= team->since_order) {
            if (admitted(land, team)) {
                order(land, t, now);
            } else {
                refuse(team, next);
            }
        }
        if (team->state == HW_TEAM_TRAINING && now >= team->ready_day) {
            team->state = HW_TEAM_IDLE;
            assert(team->item == HW_NOTHING && team->district == HW_NOTHING);
            hw_team_use(land, t, HW_USE_NO_WORK, now);
        }
        if (hw_team_in_service(team)) {
            thin_out(land, team, staying[team->method]);
            renew(land, team, now);
        }
    }
}
