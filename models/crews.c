/* How crews come, take on ground, deliver it and go. */
#include "models/crews.h"
#include "models/laws.h"
#include "models/method.h"
#include <assert.h>
#include <math.h>

static hw_job job_of(hw_stage stage) {
    return stage == HW_STAGE_SURVEY      ? HW_JOB_SURVEY
           : stage == HW_STAGE_TECHNICAL ? HW_JOB_TECHNICAL
           : stage == HW_STAGE_BATTLE    ? HW_JOB_SEARCH
                                         : HW_JOB_CLEARANCE;
}

static uint32_t firm_of(const hw_land *land, uint32_t index) {
    assert(land->force.teams[index].crew);
    return land->force.operators[land->force.teams[index].operator_].firm;
}

static uint32_t *delivered_at(hw_land *land, uint32_t firm, uint32_t item) {
    return &land->contracts.delivered[(size_t)firm * land->ground.item_count + item];
}

static size_t cell_of(const hw_land *land, uint32_t item, uint32_t firm, uint32_t job) {
    return hw_contract_cell(&land->contracts, hw_item_area(land, &land->ground.items[item])->district, firm,
                            job);
}

/* ---- At work ---- */

bool hw_crew_may_start(const hw_land *land, uint32_t team) {
    return land->contracts.crews[team].quota_m2 > 0;
}

uint32_t hw_crew_take(hw_land *land, uint32_t team, uint32_t item, uint32_t parts) {
    hw_crew *crew = &land->contracts.crews[team];
    double all_m2 = hw_item_search_m2(&land->ground.items[item]);
    double m2 = floor(all_m2 * parts / HW_WHOLE);
    assert(crew->quota_m2 > 0 && crew->piece_m2 == 0 && parts > 0);
    if (m2 > (double)crew->quota_m2) {
        double most = ceil((double)crew->quota_m2 / all_m2 * HW_WHOLE);
        parts = (uint32_t)fmin(parts, fmax(1, most));
        m2 = (double)crew->quota_m2;
    }
    crew->piece_m2 = (int64_t)m2;
    crew->quota_m2 -= crew->piece_m2;
    return parts;
}

void hw_crew_deliver(hw_land *land, uint32_t team, uint32_t item, double share) {
    hw_crew *crew = &land->contracts.crews[team];
    uint32_t firm = firm_of(land, team), *there = delivered_at(land, firm, item);
    assert(share >= 0 && share <= 1);
    int64_t done = (int64_t)floor(share * (double)crew->piece_m2);
    crew->quota_m2 += crew->piece_m2 - done;
    crew->piece_m2 = 0;
    int64_t room = (int64_t)land->ground.items[item].area_m2 - *there; /* shares are rounded */
    done = done < room ? done : room;
    *there += (uint32_t)done;
    hw_job job = job_of(land->ground.items[item].stage);
    land->contracts.delivered_m2[cell_of(land, item, firm, job)] += done;
}

void hw_crews_accept(hw_land *land, uint32_t item, hw_stage stage) {
    for (uint32_t f = 0; f < land->contracts.firm_count; f++) {
        uint32_t *there = delivered_at(land, f, item);
        if (*there > 0) {
            size_t cell = cell_of(land, item, f, job_of(stage));
            assert(land->contracts.delivered_m2[cell] >= *there);
            land->contracts.delivered_m2[cell] -= *there;
            land->contracts.accepted_m2[cell] += *there;
            *there = 0;
        }
    }
}

static hw_stage stage_checked(const hw_item *item) {
    return item->flags & HW_ITEM_WAS_BATTLE ? HW_STAGE_BATTLE : HW_STAGE_CLEAR_ANY;
}

/* A machine has finished what crews had begun to clear: it is not cleared yet. */
static bool is_only_prepared(const hw_item *item, hw_stage stage) {
    return stage == HW_STAGE_PREPARE && item->stage < HW_STAGES;
}

void hw_crews_after_task(hw_land *land, uint32_t index, hw_stage stage) {
    const hw_item *item = &land->ground.items[index];
    if (stage == HW_STAGE_CHECK) {
        if (item->stage == HW_STAGE_REPORT) {
            hw_crews_accept(land, index, stage_checked(item));
        }
    } else if (item->stage != HW_STAGE_CHECK && !is_only_prepared(item, stage)) {
        hw_crews_accept(land, index, stage);
    }
}

void hw_crews_reject(hw_land *land, uint32_t index) {
    const hw_item *item = &land->ground.items[index];
    for (uint32_t f = 0; f < land->contracts.firm_count; f++) {
        uint32_t *there = delivered_at(land, f, index);
        uint32_t less = (uint32_t)((uint64_t)*there * item->redo / UINT8_MAX);
        *there -= less;
        land->contracts.delivered_m2[cell_of(land, index, f, job_of(stage_checked(item)))] -= less;
    }
}

/* ---- Planning days ---- */

static bool is_of(const hw_land *land, const hw_team *team, uint32_t kind) {
    return team->crew && hw_team_kind(&land->force, team) == kind;
}

int64_t hw_crews_open_m2(const hw_land *land, uint32_t firm, uint32_t job) {
    const hw_contracts *contracts = &land->contracts;
    int64_t open = contracts->firms[firm].in_hand_m2[job];
    for (uint32_t d = 0; d < land->district_count; d++) {
        size_t cell = hw_contract_cell(contracts, d, firm, job);
        open -= contracts->delivered_m2[cell] + contracts->accepted_m2[cell];
    }
    for (uint32_t t = 0; t < land->force.team_count; t++) {
        if (is_of(land, &land->force.teams[t], contracts->firms[firm].kind[job])) {
            open -= contracts->crews[t].piece_m2;
        }
    }
    return open;
}

/* Leaves; its people are as if they were not there until a contract calls them. */
static void demobilise(hw_land *land, uint32_t index, double now) {
    hw_team *team = &land->force.teams[index];
    assert(team->item == HW_NOTHING && land->contracts.crews[index].piece_m2 == 0);
    if (team->state == HW_TEAM_IDLE) {
        hw_team_leave_idle(land, index);
    }
    hw_team_use(land, index, HW_USE_PREPARING, now);
    team->state = HW_TEAM_ORDERED;
    team->sequence = 0;
    team->district = HW_NOTHING;
    land->contracts.crews[index].quota_m2 = 0;
}

static bool has_nothing_in_hand(const hw_team *team) {
    return team->item == HW_NOTHING && (team->state == HW_TEAM_IDLE || team->state == HW_TEAM_STOOD_DOWN);
}

/* Crews that are there, or on their way to the country; those that have arrived are ready from today on. */
static uint32_t muster(hw_land *land, uint32_t kind, double now) {
    uint32_t crews = 0;
    for (uint32_t t = 0; t < land->force.team_count; t++) {
        hw_team *team = &land->force.teams[t];
        if (!is_of(land, team, kind) || team->state == HW_TEAM_ORDERED) {
            continue;
        }
        if (team->state == HW_TEAM_TRAINING && now >= team->ready_day) {
            team->state = HW_TEAM_IDLE;
            hw_team_use(land, t, HW_USE_NO_WORK, now);
        }
        crews++;
    }
    return crews;
}

static uint32_t wanted(const hw_land *land, uint32_t firm, uint32_t job) {
    const hw_firm_terms *terms = HW_ITEM(land->scenario->contracts, hw_firm_terms, firm);
    double crews = (1 + hw_in_force(land, terms->margin)) * land->contracts.firms[firm].crews_needed[job];
    return (uint32_t)fmin(terms->crews, ceil(crews));
}

/* Shares ground out among the crews of a kind that are there. */
static void share_out(hw_land *land, uint32_t kind, int64_t m2, double now, double next) {
    int64_t crews = 0, before = 0;
    for (uint32_t t = 0; t < land->force.team_count; t++) {
        const hw_team *team = &land->force.teams[t];
        crews += is_of(land, team, kind) && hw_team_in_service(team);
    }
    if (crews == 0) {
        return;
    }
    for (uint32_t t = 0; t < land->force.team_count; t++) {
        hw_team *team = &land->force.teams[t];
        if (!is_of(land, team, kind) || !hw_team_in_service(team)) {
            continue;
        }
        int64_t quota = m2 * (before + 1) / crews - m2 * before / crews;
        before++;
        land->contracts.crews[t].quota_m2 = quota;
        land->force.paid_until[t] = next;
        if (quota == 0 && has_nothing_in_hand(team)) {
            demobilise(land, t, now);
        }
    }
}

void hw_crews_plan(hw_land *land, uint32_t firm, double now, double next) {
    for (uint32_t job = 0; job < HW_JOBS; job++) {
        uint32_t kind = land->contracts.firms[firm].kind[job], crews = muster(land, kind, now);
        for (uint32_t t = land->force.team_count; t-- > 0 && crews > wanted(land, firm, job);) {
            if (is_of(land, &land->force.teams[t], kind) && has_nothing_in_hand(&land->force.teams[t])) {
                demobilise(land, t, now);
                crews--;
            }
        }
        share_out(land, kind, hw_crews_open_m2(land, firm, job), now, next);
    }
}

/* A crew that is not there, or a new one; HW_NOTHING: there is no room for more. */
static uint32_t call(hw_land *land, uint32_t kind, double now) {
    for (uint32_t t = 0; t < land->force.team_count; t++) {
        if (is_of(land, &land->force.teams[t], kind) && land->force.teams[t].state == HW_TEAM_ORDERED) {
            return t;
        }
    }
    uint32_t t =
        hw_team_add(land, hw_kind_operator(&land->force, kind), hw_kind_method(&land->force, kind), now);
    if (t != HW_NOTHING) {
        land->contracts.crews[t] = (hw_crew){0, 0};
        land->force.teams[t].crew = land->force.teams[t].standing = true;
        land->force.teams[t].experience = 1e4;
    }
    return t;
}

static void mobilise(hw_land *land, uint32_t firm, double now) {
    const hw_firm_terms *terms = HW_ITEM(land->scenario->contracts, hw_firm_terms, firm);
    for (uint32_t job = 0; job < HW_JOBS; job++) {
        uint32_t kind = land->contracts.firms[firm].kind[job];
        for (uint32_t crews = muster(land, kind, -HUGE_VAL); crews < wanted(land, firm, job); crews++) {
            uint32_t t = call(land, kind, now);
            if (t == HW_NOTHING) {
                hw_laws_broken(land, now,
                               HW_GIVEN_UP "there is no room for more than %u teams (capacity.most_teams)",
                               (unsigned)land->force.most_teams);
                return;
            }
            land->force.teams[t].state = HW_TEAM_TRAINING;
            bool at_work = now <= 0 && hw_in_force(land, terms->in_hand) > 0; /* since before the start */
            land->force.teams[t].ready_day = now + (at_work ? 0 : hw_in_force(land, terms->mobilise));
        }
    }
}

void hw_crews_mobilise(hw_land *land, double now, double next) {
    for (uint32_t f = 0; f < land->contracts.firm_count; f++) {
        mobilise(land, f, now);
    }
    for (uint32_t t = 0; t < land->force.team_count; t++) {
        hw_team *team = &land->force.teams[t];
        if (team->crew && team->state == HW_TEAM_ORDERED) {
            team->since_order += next - team->since;
            team->since = next;
        }
    }
}
