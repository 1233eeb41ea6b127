/* How teams come, age and go. */
#include "models/growth.h"
#include "models/method.h"
#include "models/money.h"
#include "models/planner.h"
#include "models/teams.h"
#include "sim/extremes.h"
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
    return share >= 1 || hw_land_draw(land, team->entity, HW_DRAW_PERMIT, 0) < share;
}

/* A team without a permit does not exist until the next planning day. */
static void refuse(hw_team *team, double next) {
    assert(team->state == HW_TEAM_ORDERED);
    team->since_order = fmax(0, team->since_order) + next - team->since;
    team->since = next;
}

/* As long as the list of teams is history, they come as they did. */
static bool follows_money(const hw_land *land) {
    return land->growth.growing;
}

/* ---- Instalments: a bill as a whole would take a month's wages from others ---- */

static void owe(hw_land *land, hw_team *team, double purchase_usd, double course_usd) {
    static const double MONTH = 30.436875;
    double parts = fmax(1, round(hw_in_force(land, land->scenario->capacity.pay_over) / MONTH));
    hw_debt *debt = &land->force.debts[team - land->force.teams];
    debt->purchase += purchase_usd;
    debt->course += course_usd;
    debt->purchase_part = debt->purchase / parts;
    debt->course_part = debt->course / parts;
    team->owes = debt->purchase > 0 || debt->course > 0;
}

static bool pay_part(hw_land *land, const hw_team *team, hw_purpose purpose, double part, double *owed) {
    double due = hw_lesser(part, *owed);
    hw_bill bill = bill_of(team, purpose, due);
    if (team->district == HW_NOTHING) {
        bill.district = hw_earmarks_district_of(land, team);
    }
    if (due > 0 && !hw_money_pay(land, &bill)) {
        return false;
    }
    *owed = *owed - due < 0.005 ? 0 : *owed - due;
    return true;
}

/* Who comes is paid for before wages; what cannot be paid delays those who are not here yet. */
static void pay_instalments(hw_land *land, double days) {
    for (uint32_t i = 0; i < land->force.present_count; i++) {
        hw_team *team = &land->force.teams[land->force.present[i]];
        hw_debt *debt = &land->force.debts[land->force.present[i]];
        if (!team->owes) {
            continue;
        }
        bool paid = pay_part(land, team, HW_PURPOSE_TRAINING, debt->course_part, &debt->course) &&
                    pay_part(land, team, HW_PURPOSE_PURCHASE, debt->purchase_part, &debt->purchase);
        team->owes = debt->purchase > 0 || debt->course > 0;
        if (!paid && team->state == HW_TEAM_TRAINING) {
            team->ready_day += days;
            land->force.unpaid_orders[team->method]++;
        }
    }
}

void hw_capacity_school(hw_land *land, uint32_t index, double now, double course_usd, double equipment_usd) {
    hw_team *team = &land->force.teams[index];
    const hw_method_numbers *numbers = &land->force.methods[team->method];
    assert(team->state == HW_TEAM_TRAINING);
    land->force.training_places = fmax(0, land->force.training_places - numbers->people);
    owe(land, team, equipment_usd, course_usd);
    team->ready_day =
        now + hw_in_force(land, land->scenario->capacity.retrain) + accreditation_days(land, team, numbers);
}

/* ---- Orders ---- */

/* Pays a new team, or begins to; false: not today. */
static bool begin_to_pay(hw_land *land, hw_team *team, const hw_method_numbers *numbers) {
    hw_bill purchase =
        bill_of(team, HW_PURPOSE_PURCHASE, numbers->purchase * land->force.operators[team->operator_].cost);
    double course = numbers->people * hw_in_force(land, land->scenario->training.cost);
    if (follows_money(land)) {
        land->force.training_places -= numbers->people;
        owe(land, team, purchase.usd, course);
        return true;
    }
    hw_bill both = purchase;
    both.usd += course + ROUNDING_USD;
    if (!hw_money_covers(land, &both) || !train(land, team, numbers->people) ||
        !hw_money_pay(land, &purchase)) {
        land->force.unpaid_orders[team->method]++;
        return false;
    }
    return true;
}

/* Who was hired has been paid for in advance, of listed teams only those that the look at them has allowed.
 */
static bool is_borne(const hw_land *land, uint32_t index) {
    return !hw_team_is_offered(land, index) ||
           land->growth.borne[hw_team_kind(&land->force, &land->force.teams[index])] > 0;
}

static void order(hw_land *land, uint32_t index, double now) {
    hw_team *team = &land->force.teams[index];
    assert(team->state == HW_TEAM_ORDERED && team->district == HW_NOTHING);
    const hw_method_numbers *numbers = &land->force.methods[team->method];
    if (team->standing) {
        team->state = HW_TEAM_TRAINING;
        /* Of those that stand ready from before the start, dogs and machines are as old as that. */
        double ready = team->since_order < 0 ? team->since_order : now;
        team->ready_day = fmax(ready, land->force.operators[team->operator_].ready);
        team->experience = 1e4;
        return;
    }
    if (!is_borne(land, index)) {
        land->force.unpaid_orders[team->method]++;
        return;
    }
    if (land->force.training_places < numbers->people || !begin_to_pay(land, team, numbers)) {
        return;
    }
    if (hw_team_is_offered(land, index)) {
        land->growth.borne[hw_team_kind(&land->force, team)]--;
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
    if (follows_money(land)) {
        if (land->growth.replacing && !team->on_notice) {
            owe(land, team, purchase.usd, 0);
            team->ready_day = now;
        }
    } else if (hw_money_pay(land, &purchase)) {
        team->ready_day = now;
    }
}

/* ---- Leavers ---- */

static void thin_out(hw_land *land, hw_team *team, double staying) {
    const hw_method_numbers *numbers = &land->force.methods[team->method];
    assert(staying > 0 && staying <= 1);
    team->strength *= staying;
    if (!follows_money(land) && team->strength < REPLACE_BELOW &&
        train(land, team, (1 - team->strength) * numbers->people)) {
        /* New people bring the team's experience down in proportion. */
        assert(team->strength > 0 && team->experience >= 0);
        team->experience *= team->strength;
        team->strength = 1;
    }
}

static bool is_filled_up(const hw_team *team) {
    return hw_team_in_service(team) && !team->on_notice;
}

/* People missing in teams, by kind; returns their sum. */
static double count_missing(hw_land *land, double *missing) {
    double all = 0;
    memset(missing, 0, land->force.kind_count * sizeof *missing);
    for (uint32_t i = 0; i < land->force.present_count; i++) {
        const hw_team *team = &land->force.teams[land->force.present[i]];
        if (is_filled_up(team)) {
            double people = (1 - team->strength) * land->force.methods[team->method].people;
            missing[hw_team_kind(&land->force, team)] += people;
            all += people;
        }
    }
    return all;
}

/* As many new people as are found and trained take the places of those who have left, in all teams alike. */
static void replace_leavers(hw_land *land) {
    double *missing = land->growth.bound;
    double all = count_missing(land, missing);
    double found = fmin(all, land->force.training_places);
    found = fmin(found, land->growth.recruits);
    if (!land->growth.replacing || found <= 0) {
        return;
    }
    double share = found / all;
    for (uint32_t k = 0; k < land->force.kind_count; k++) {
        hw_bill bill = {.pays = HW_PAYS_CLEARANCE,
                        .district = HW_NOTHING,
                        .operator_ = hw_kind_operator(&land->force, k),
                        .method = hw_kind_method(&land->force, k),
                        .place = HW_NOTHING,
                        .purpose = HW_PURPOSE_TRAINING,
                        .usd = share * missing[k] * hw_in_force(land, land->scenario->training.cost)};
        bool come = missing[k] > 0 && hw_money_pay(land, &bill);
        double people = come ? share * missing[k] : 0;
        land->force.training_places = hw_greater(0, land->force.training_places - people);
        land->growth.recruits = hw_greater(0, land->growth.recruits - people);
        missing[k] = come ? share : 0;
    }
    for (uint32_t i = 0; i < land->force.present_count; i++) {
        hw_team *team = &land->force.teams[land->force.present[i]];
        if (is_filled_up(team)) {
            double before = team->strength;
            team->strength += (1 - before) * missing[hw_team_kind(&land->force, team)];
            team->experience *= before / team->strength;
        }
    }
}

/* Small schools save up their places until the largest team can be trained. */
double hw_largest_team(const hw_land *land) {
    double people = 0;
    for (uint32_t m = 0; m < land->force.method_count; m++) {
        people = fmax(people, land->force.methods[m].people);
    }
    return people;
}

/* A month of a team that stays. */
static void go_on(hw_land *land, uint32_t index, const double *staying, double now, double next) {
    hw_team *team = &land->force.teams[index];
    if (team->crew) {
        return;
    }
    if (team->state == HW_TEAM_ORDERED && now >= team->since_order) {
        if (admitted(land, team)) {
            order(land, index, now);
        } else {
            refuse(team, next);
        }
    }
    if (team->state == HW_TEAM_TRAINING && now >= team->ready_day) {
        team->state = HW_TEAM_IDLE;
        assert(team->item == HW_NOTHING && team->district == HW_NOTHING);
        hw_team_use(land, index, HW_USE_NO_WORK, now);
    }
    if (hw_team_in_service(team)) {
        thin_out(land, team, staying[team->method]);
        renew(land, team, now);
    }
}

void hw_capacity_plan(hw_land *land, double now, double next) {
    double capacity = hw_in_force(land, land->scenario->training.places) * (next - now);
    land->force.training_places =
        fmin(land->force.training_places + capacity, fmax(3 * capacity, hw_largest_team(land)));
    assert(capacity >= 0);
    memset(land->force.unpaid_orders, 0, sizeof land->force.unpaid_orders);
    hw_growth_look_at_offers(land, now);
    double staying[HW_REGISTRY_MOST];
    for (uint32_t m = 0; m < land->force.method_count; m++) {
        staying[m] = exp(-land->force.methods[m].attrition * (now - land->calendar.planned_to));
    }
    uint32_t i = 0;
    while (i < land->force.present_count) { /* whoever retires stands there no longer */
        uint32_t t = land->force.present[i];
        if (now >= land->force.teams[t].retire_day && !land->force.teams[t].crew) {
            hw_team_retire(land, t, now);
            continue;
        }
        go_on(land, t, staying, now, next);
        i++;
    }
    if (follows_money(land)) {
        replace_leavers(land);
        pay_instalments(land, next - now);
    }
}
