/* A team's tasks as events. */
#include "models/teams.h"
#include "models/crews.h"
#include "models/method.h"
#include "models/pipeline.h"
#include "sim/extremes.h"
#include <assert.h>
#include <math.h>
#include <string.h>

static const hw_worktime *worktime_of(const hw_land *land, const hw_team *team) {
    assert(team->district < land->district_count);
    return &land->districts[team->district].worktime[hw_method_list[team->method]->calendar];
}

static double *use_books(hw_land *land, const hw_team *team) {
    return team->district == HW_NOTHING ? land->force.unposted_days
                                        : land->districts[team->district].use_days;
}

/* Books the days since the last booking, of a stretch in which `worked` field days have been worked so far.
 */
static void book_work(hw_land *land, hw_team *team, double worked, double now) {
    assert(now >= team->since);
    double *books = use_books(land, team);
    double fresh = worked - team->work_booked;
    assert(fresh > -1e-6 && fresh < now - team->since + 1e-6); /* no more days of work than days */
    books[HW_USE_WORKING] += fresh;
    books[HW_USE_SEASON] += now - team->since - fresh;
    team->work_booked = worked;
    team->since = now;
}

void hw_team_use(hw_land *land, uint32_t index, hw_use use, double now) {
    assert(index < land->force.team_count && use < HW_USES);
    hw_team *team = &land->force.teams[index];
    if (team->use == HW_USE_WORKING) {
        double worked = hw_worktime_between(worktime_of(land, team), team->work_from, now);
        book_work(land, team, worked, now);
    } else {
        assert(now >= team->since || team->state == HW_TEAM_ORDERED || team->state == HW_TEAM_TRAINING);
        use_books(land, team)[team->use] += now - team->since;
    }
    team->use = use;
    team->since = now;
}

static void wait_for_event(hw_land *land, uint32_t index, double when) {
    hw_team *team = &land->force.teams[index];
    assert(!isnan(when) && team->district < land->district_count);
    team->sequence = 0;
    if (when <= land->horizon) {
        team->sequence = hw_queue_push(&land->queues[team->district], when, HW_EVENT_TEAM, index);
    }
}

void hw_team_draw_breakdown(hw_land *land, hw_team *team) {
    const hw_method_numbers *numbers = &land->force.methods[team->method];
    team->until_breakdown = HUGE_VAL;
    if (numbers->breakdown_rate > 0) {
        double u[4];
        hw_land_draw_block(land, team->entity, HW_DRAW_BREAKDOWN, team->breakdowns++, u);
        team->until_breakdown = -log(u[0]) / numbers->breakdown_rate;
        team->repair_days = -log(u[1]) * numbers->repair;
        assert(team->until_breakdown > 0 && team->repair_days >= 0);
    }
}

/* Works on what it has in hand, until it is done or something breaks. */
static void carry_on(hw_land *land, uint32_t index, double now) {
    hw_team *team = &land->force.teams[index];
    assert(team->item != HW_NOTHING);
    assert(team->work_left >= 0 && team->until_breakdown >= 0);
    team->state = HW_TEAM_WORKING;
    if (team->use == HW_USE_WORKING || team->since < now) {
        hw_team_use(land, index, HW_USE_WORKING, now);
    }
    team->use = HW_USE_WORKING; /* mostly right after its last task, with nothing to book in between */
    team->work_from = now;
    team->work_booked = 0;
    double stretch = team->work_left < team->until_breakdown ? team->work_left : team->until_breakdown;
    wait_for_event(land, index, hw_worktime_end(worktime_of(land, team), now, stretch));
}

static uint32_t best_of_stage(const hw_land *land, const hw_team *team, hw_stage stage) {
    return team->choosy
               ? hw_pipeline_best_on(land, team->district, stage, &land->force.operators[team->operator_])
               : hw_pipeline_best(land, team->district, stage);
}

/* Of all ground that the team may work on, that of the best rank. */
static uint32_t next_item(hw_land *land, const hw_team *team) {
    assert(team->district < land->district_count && team->method < land->force.method_count);
    const hw_method *method = hw_method_list[team->method];
    if (method->take != NULL) {
        return method->take(land, team->district);
    }
    uint32_t best = HW_NOTHING;
    uint32_t first_resorts = method->stage_count - method->last_resorts;
    for (uint32_t i = 0; i < method->stage_count && (i < first_resorts || best == HW_NOTHING); i++) {
        uint32_t item = best_of_stage(land, team, method->stages[i]);
        bool better = item != HW_NOTHING &&
                      (best == HW_NOTHING || hw_item_area(land, &land->ground.items[item])->rank <
                                                 hw_item_area(land, &land->ground.items[best])->rank);
        best = better ? item : best;
    }
    return best;
}

/* After so many learning times nothing is left to learn: exp(-40) is lost in a double beside 1. */
static const double LEARNT = 40;

/* Output against a full, experienced team: people present, pace of the operator, learning (SOURCES 3.6).
 */
static double output_of(const hw_land *land, const hw_team *team) {
    const hw_method_numbers *numbers = &land->force.methods[team->method];
    double lessons = team->experience * numbers->learning_rate;
    double learnt = lessons > LEARNT ? 1 : 1 - (1 - numbers->learning_start) * exp(-lessons);
    assert(team->strength > 0 && team->strength <= 1);
    assert(lessons >= 0 && learnt > 0 && learnt <= 1);
    bool surveys = land->force.serving[HW_STAGE_SURVEY] >> team->method & 1;
    double aid = surveys ? land->districts[team->district].survey_aid : 1;
    return team->strength * learnt * land->force.operators[team->operator_].pace * numbers->pace * aid;
}

void hw_team_set_idle(hw_land *land, uint32_t index, double now) {
    hw_team *team = &land->force.teams[index];
    assert(team->district < land->district_count);
    assert(team->state != HW_TEAM_GONE && team->state != HW_TEAM_AWAY);
    hw_district_state *d = &land->districts[team->district];
    team->state = HW_TEAM_IDLE;
    team->sequence = 0;
    team->item = HW_NOTHING;
    hw_team_use(land, index, HW_USE_NO_WORK, now);
    if (team->choosy) {
        return;
    }
    assert(d->idle_head[team->method] != index); /* in the list once */
    team->next_idle = d->idle_head[team->method];
    d->idle_head[team->method] = index;
    d->idle_methods |= 1U << team->method;
}

void hw_team_leave_idle(hw_land *land, uint32_t index) {
    hw_team *team = &land->force.teams[index];
    if (team->district == HW_NOTHING) {
        return;
    }
    hw_district_state *d = &land->districts[team->district];
    uint32_t *link = &d->idle_head[team->method];
    while (*link != HW_NOTHING && *link != index) {
        assert(land->force.teams[*link].method == team->method &&
               land->force.teams[*link].district == team->district);
        link = &land->force.teams[*link].next_idle;
    }
    if (*link == index) {
        *link = team->next_idle;
    }
    assert(*link != index); /* it was in it once */
    if (d->idle_head[team->method] == HW_NOTHING) {
        d->idle_methods &= ~(1U << team->method);
    }
}

/* Draws what the task needs, and gives the factor of median 1 on its time: like pieces of ground do not take
 * like times. Keyed by the ground and not by the team, so that paired scenarios find the same ground hard. */
static double task_pace(hw_land *land, hw_team *team) {
    const hw_item *item = &land->ground.items[team->item];
    assert(item->stage < HW_STAGES && land->force.serving[item->stage] >> team->method & 1);
    hw_land_draw_block(land, hw_item_entity(land, item), HW_DRAW_TASK, hw_item_occurrence(item), team->draw);
    return hw_pace_quantile(land->force.pace, team->draw[HW_TASK_PACE]);
}

/* Takes ground in hand: all of its work that nobody has taken, when that is no more than a team does in one
 * go, and else a share. Several teams may share a piece of ground. */
static double take_share(hw_land *land, hw_team *team, double days) {
    uint32_t left = land->ground.items[team->item].left;
    double goes = days * left / HW_WHOLE / hw_in_force(land, land->scenario->planning.longest_task);
    team->parts = left;
    if (goes > 1) {
        uint32_t shares = (uint32_t)hw_lesser(ceil(goes), left);
        team->parts = (left + shares - 1) / shares;
    }
    if (team->crew) {
        team->parts = hw_crew_take(land, (uint32_t)(team - land->force.teams), team->item, team->parts);
    }
    hw_pipeline_take(land, team->item, team->parts);
    return days * team->parts / HW_WHOLE;
}

/* A crew has taken on all that it may until the next planning day. */
static void wait_for_contract(hw_land *land, uint32_t index, double now) {
    hw_team *team = &land->force.teams[index];
    hw_team_use(land, index, HW_USE_NO_WORK, now);
    team->state = HW_TEAM_STOOD_DOWN;
    team->sequence = 0;
}

void hw_team_start(hw_land *land, uint32_t index, double now) {
    hw_team *team = &land->force.teams[index];
    assert(hw_team_in_service(team) && team->item == HW_NOTHING);
    if (team->state == HW_TEAM_IDLE) {
        hw_team_leave_idle(land, index);
    }
    if (team->crew && !hw_crew_may_start(land, index)) {
        wait_for_contract(land, index, now);
        return;
    }
    uint32_t item = next_item(land, team);
    if (item == HW_NOTHING) {
        hw_team_set_idle(land, index, now);
        return;
    }
    const hw_method *method = hw_method_list[team->method];
    team->item = item;
    double days = method->field_days(land, &land->force.methods[team->method], item);
    if (method->stage_count > 0) {
        days *= task_pace(land, team);
    }
    assert(days >= 0 && isfinite(days));
    team->work_left = days / output_of(land, team);
    if (method->stage_count > 0) {
        team->work_left = take_share(land, team, team->work_left);
    }
    team->work_taken = team->work_left;
    carry_on(land, index, now);
}

/* An accident while taking out items by hand; true when the team has to stand down. The hazard is per item,
 * not per hour: about two thirds of accidents happen in excavation (SOURCES 5, [DDAS]). */
static bool deminer_accident(hw_land *land, hw_team *team, uint32_t excavated) {
    if (excavated == 0) {
        return false;
    }
    double u[4];
    hw_land_draw_block(land, team->entity, HW_DRAW_DEMINER, team->accidents++, u);
    double hazard = land->force.deminer_casualties * excavated;
    if (u[0] >= hazard || u[0] >= 1 - exp(-hazard)) { /* 1 - exp(-x) <= x spares most of the exponentials */
        return false;
    }
    assert(hazard >= 0);
    int64_t *victims = land->districts[team->district].victims;
    victims[u[1] < land->force.deminers_killed ? HW_VICTIM_DEMINER_KILLED : HW_VICTIM_DEMINER_INJURED]++;
    return true;
}

static void note_task_on_places(hw_land *land, uint32_t area, bool survey, double now) {
    assert(area < land->ground.area_count);
    for (uint32_t i = land->ground.area_place_first[area]; i < land->ground.area_place_first[area + 1]; i++) {
        const uint32_t p = land->ground.area_places[i];
        hw_place_state *place = &land->places[p];
        if (!isnan(place->release_day)) {
            continue;
        }
        if (isnan(place->step[HW_STEP_FIRST_WORK])) {
            place->step[HW_STEP_FIRST_WORK] = now;
        }
        place->step[HW_STEP_LAST_TASK] = now;
        if (!survey || land->ground.areas[area].open_m2[HW_STAGE_SURVEY] > 0) {
            continue; /* more of it waits for survey: only the last one asks all areas of the place */
        }
        const hw_index_list *needs = &HW_ITEM(land->scenario->places, hw_place, p)->must_release;
        int64_t open_m2 = 0;
        for (uint32_t k = 0; k < needs->count; k++) {
            open_m2 += land->ground.areas[needs->items[k]].open_m2[HW_STAGE_SURVEY];
        }
        if (open_m2 == 0) {
            place->step[HW_STEP_SURVEYED] = now;
        }
    }
}

static void stand_after(hw_land *land, uint32_t index, double days, double now) {
    assert(days >= 0);
    land->force.teams[index].state = HW_TEAM_REPAIR;
    hw_team_use(land, index, HW_USE_BREAKDOWN, now);
    wait_for_event(land, index, now + days);
}

/* Returns whether the team is free for new work. */
static bool task_done(hw_land *land, uint32_t index, double now) {
    hw_team *team = &land->force.teams[index];
    const hw_method *method = hw_method_list[team->method];
    book_work(land, team, team->work_left, now);
    team->use = HW_USE_NO_WORK;
    team->until_breakdown -= team->work_left;
    team->experience += team->work_left;
    team->work_left = 0;
    assert(team->state == HW_TEAM_WORKING && team->item != HW_NOTHING);
    assert(team->until_breakdown >= 0);
    hw_task task = {.team = index, .work = team->item, .draw = team->draw, .spent = 1U << HW_TASK_PACE};
    team->item = HW_NOTHING;
    uint32_t area = HW_NOTHING;
    hw_stage stage = HW_STAGES;
    if (team->crew) {
        hw_crew_deliver(land, index, task.work, 1);
    }
    if (method->stage_count > 0 && !hw_pipeline_finish(land, task.work)) {
        return true; /* others are at it still, or will be */
    }
    if (method->stage_count > 0) {
        const hw_item *item = &land->ground.items[task.work];
        area = item->area;
        stage = item->stage;
    }
    uint32_t excavated = method->finish(land, &land->force.methods[team->method], &task, now);
    if (area != HW_NOTHING && land->contracts.firm_count > 0) {
        hw_crews_after_task(land, task.work, stage);
    }
    if (area != HW_NOTHING &&
        land->ground.area_place_first[area] != land->ground.area_place_first[area + 1]) {
        note_task_on_places(land, area, stage == HW_STAGE_SURVEY, now);
    }
    bool hurt = deminer_accident(land, team, excavated);
    if (hurt) {
        stand_after(land, index, land->force.stand_down, now);
    }
    return !hurt;
}

static void break_down(hw_land *land, uint32_t index, double now) {
    hw_team *team = &land->force.teams[index];
    assert(team->item != HW_NOTHING && team->until_breakdown < team->work_left);
    book_work(land, team, team->until_breakdown, now);
    team->use = HW_USE_BREAKDOWN;
    team->work_left -= team->until_breakdown;
    team->experience += team->until_breakdown;
    double repair = team->repair_days;
    hw_team_draw_breakdown(land, team);
    stand_after(land, index, repair, now);
}

bool hw_team_event(hw_land *land, uint32_t index, uint32_t sequence, double now) {
    assert(index < land->force.team_count && sequence != 0);
    hw_team *team = &land->force.teams[index];
    if (team->sequence != sequence) {
        return false;
    }
    if (team->state == HW_TEAM_WORKING) {
        if (team->until_breakdown >= team->work_left) {
            return task_done(land, index, now);
        }
        break_down(land, index, now);
        return false;
    }
    assert(team->state == HW_TEAM_REPAIR || team->state == HW_TEAM_MOVING);
    /* Repaired, stood down long enough, or arrived. */
    if (team->item != HW_NOTHING) {
        carry_on(land, index, now);
        return false;
    }
    team->state = HW_TEAM_REPAIR;
    return true;
}

/* Idle teams are woken in the order of the method list, which puts the specialised before the versatile. */
static void wake_one(hw_land *land, const hw_district_state *d, uint32_t methods, double now) {
    uint32_t candidates = d->idle_methods & methods;
    assert((d->idle_methods & ~((1U << land->force.method_count) - 1)) == 0);
    if (candidates != 0) {
        hw_team_start(land, d->idle_head[__builtin_ctz(candidates)], now);
    }
}

void hw_teams_wake(hw_land *land, uint32_t district, double now) {
    hw_district_state *d = &land->districts[district];
    while (d->sent.head != HW_NOTHING) {
        const hw_item *item = &land->ground.items[hw_pipeline_admit(land, district)];
        uint32_t serving = land->force.serving[item->stage];
        while (hw_item_area(land, item)->accessible && item->left > 0 && (d->idle_methods & serving) != 0) {
            wake_one(land, d, serving, now); /* each takes a share of it, or of better ground */
        }
    }
    for (; d->calls > 0; d->calls--) {
        wake_one(land, d, land->force.on_call, now);
    }
}

/* What a working team has done of its task by now. */
static void count_work(const hw_land *land, hw_team *team, double now) {
    double done = hw_worktime_between(worktime_of(land, team), team->work_from, now);
    assert(done >= -1e-9);
    done = hw_lesser(done, hw_lesser(team->work_left, team->until_breakdown));
    team->work_left -= done;
    team->until_breakdown -= done;
    team->experience += done;
}

void hw_teams_pause(hw_land *land, uint32_t district, double now) {
    assert(district < land->district_count);
    for (uint32_t t = 0; t < land->force.team_count; t++) {
        hw_team *team = &land->force.teams[t];
        if (team->district == district && team->state == HW_TEAM_WORKING) {
            count_work(land, team, now);
            hw_team_use(land, t, HW_USE_WORKING, now);
            team->work_from = now;
            team->work_booked = 0;
        }
    }
}

void hw_teams_resume(hw_land *land, uint32_t district, double now) {
    for (uint32_t t = 0; t < land->force.team_count; t++) {
        if (land->force.teams[t].district == district && land->force.teams[t].state == HW_TEAM_WORKING) {
            carry_on(land, t, now);
        }
    }
}

void hw_team_stand_down(hw_land *land, uint32_t index, double now) {
    hw_team *team = &land->force.teams[index];
    assert(hw_team_in_service(team));
    if (team->state == HW_TEAM_WORKING) {
        count_work(land, team, now);
    } else if (team->state == HW_TEAM_IDLE) {
        hw_team_leave_idle(land, index);
    }
    hw_team_use(land, index, HW_USE_MONEY, now);
    team->state = HW_TEAM_STOOD_DOWN;
    team->sequence = 0;
}

void hw_team_pay_ends(hw_land *land, uint32_t index, double now) {
    const hw_team *team = &land->force.teams[index];
    if (hw_team_in_service(team) && team->state != HW_TEAM_STOOD_DOWN) {
        hw_team_stand_down(land, index, now);
    }
}

void hw_team_call_up(hw_land *land, uint32_t index, double now) {
    hw_team *team = &land->force.teams[index];
    assert(team->state == HW_TEAM_STOOD_DOWN);
    if (team->item != HW_NOTHING) {
        carry_on(land, index, now);
    } else if (team->district == HW_NOTHING) {
        hw_team_use(land, index, HW_USE_NO_WORK, now);
        team->state = HW_TEAM_IDLE;
    } else {
        hw_team_start(land, index, now);
    }
}

void hw_team_post(hw_land *land, uint32_t index, uint32_t district, double now) {
    hw_team *team = &land->force.teams[index];
    assert(district < land->district_count);
    assert(team->state == HW_TEAM_IDLE && team->item == HW_NOTHING);
    assert(land->force.methods[team->method].move_time >= 0);
    hw_team_leave_idle(land, index);
    hw_team_use(land, index, HW_USE_MOVING, now);
    team->district = district;
    team->state = HW_TEAM_MOVING;
    wait_for_event(land, index, now + land->force.methods[team->method].move_time);
}

void hw_team_hand_back(hw_land *land, uint32_t index) {
    hw_team *team = &land->force.teams[index];
    uint32_t work = team->item;
    if (work == HW_NOTHING) {
        return;
    }
    const hw_method *method = hw_method_list[team->method];
    team->item = HW_NOTHING;
    if (method->put_back != NULL) {
        method->put_back(land, team->district, work);
    } else if (method->stage_count > 0) {
        double undone = team->work_taken > 0 ? ceil(team->parts * team->work_left / team->work_taken) : 1;
        uint32_t back = (uint32_t)hw_lesser(team->parts, hw_greater(1, undone));
        if (team->crew) {
            hw_crew_deliver(land, index, work, 1 - (double)back / team->parts);
        }
        hw_pipeline_hand_back(land, work, back);
    }
    team->work_left = 0;
}

void hw_team_call_off(hw_land *land, uint32_t index, double now) {
    hw_team *team = &land->force.teams[index];
    assert(team->state == HW_TEAM_WORKING);
    count_work(land, team, now);
    hw_team_hand_back(land, index);
    hw_team_set_idle(land, index, now);
}

/* Stops its work for good, or for long. */
static void leave_work(hw_land *land, uint32_t index, double now) {
    hw_team *team = &land->force.teams[index];
    if (hw_team_in_service(team) && team->state != HW_TEAM_STOOD_DOWN) {
        hw_team_stand_down(land, index, now);
    }
    hw_team_hand_back(land, index);
}

bool hw_team_is_offered(const hw_land *land, uint32_t index) {
    const hw_team *team = &land->force.teams[index];
    return team->state == HW_TEAM_ORDERED && !team->standing && index < land->force.listed_count;
}

void hw_team_retire(hw_land *land, uint32_t index, double now) {
    hw_team *team = &land->force.teams[index];
    assert(team->state != HW_TEAM_GONE);
    leave_work(land, index, now);
    hw_team_use(land, index, HW_USE_NO_WORK, now);
    team->state = HW_TEAM_GONE;
    team->sequence = 0;
    hw_teams_forget(&land->force, index);
}

void hw_team_send_away(hw_land *land, uint32_t index, double now) {
    hw_team *team = &land->force.teams[index];
    leave_work(land, index, now);
    hw_team_use(land, index, HW_USE_AWAY, now);
    team->state = HW_TEAM_AWAY;
    team->district = HW_NOTHING;
}

void hw_team_come_home(hw_land *land, uint32_t index, double now) {
    assert(land->force.teams[index].state == HW_TEAM_AWAY);
    assert(land->force.teams[index].district == HW_NOTHING);
    hw_team_use(land, index, HW_USE_NO_WORK, now);
    land->force.teams[index].state = HW_TEAM_IDLE;
}

void hw_team_retrain(hw_land *land, uint32_t index, uint32_t method, double now) {
    hw_team *team = &land->force.teams[index];
    leave_work(land, index, now);
    hw_team_use(land, index, HW_USE_PREPARING, now);
    team->state = HW_TEAM_TRAINING;
    team->sequence = 0;
    team->district = HW_NOTHING;
    team->method = (uint8_t)method;
    team->experience = 0;
    team->strength = 1;
    hw_team_draw_breakdown(land, team);
}
