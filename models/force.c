/* The list of all teams: those that the scenario has, those that come later, and who of them is still there.
 */
#include "models/land.h"
#include "models/teams.h"
#include <assert.h>
#include <math.h>
#include <string.h>

static hw_team new_team(const hw_land *land, uint32_t operator_, uint32_t method, uint64_t entity,
                        double on) {
    return (hw_team){
        .method = (uint8_t)method,
        .operator_ = operator_,
        .district = HW_NOTHING,
        .item = HW_NOTHING,
        .next_idle = HW_NOTHING,
        .state = HW_TEAM_ORDERED,
        .use = HW_USE_PREPARING,
        .since = fmax(on, 0),
        .since_order = on,
        .strength = 1,
        .entity = entity,
        .choosy = land->force.operators[operator_].choosy,
        .ready_day = HUGE_VAL,
        .retire_day = HUGE_VAL,
    };
}

/* A team that is newer than those that stand in the lists of present ones and of its kind. */
static void append(hw_force *force, uint32_t index) {
    uint32_t kind = hw_team_kind(force, &force->teams[index]);
    force->kind_teams[kind]++;
    if (force->teams[index].state != HW_TEAM_GONE) {
        force->teams[index].older = force->kind_newest[kind];
        force->kind_newest[kind] = index;
        force->present[force->present_count++] = index;
    }
}

void hw_teams_index(hw_land *land) {
    hw_force *force = &land->force;
    memset(force->kind_teams, 0, force->kind_count * sizeof *force->kind_teams);
    memset(force->kind_newest, UINT8_MAX, force->kind_count * sizeof *force->kind_newest);
    memset(force->method_teams_first, 0, (force->method_count + 1) * sizeof *force->method_teams_first);
    force->present_count = 0;
    for (uint32_t t = 0; t < force->team_count; t++) {
        append(force, t);
    }
    for (uint32_t i = 0; i < force->present_count; i++) {
        force->method_teams_first[force->teams[force->present[i]].method + 1]++;
    }
    uint32_t at[HW_REGISTRY_MOST];
    for (uint32_t m = 0; m < force->method_count; m++) {
        force->method_teams_first[m + 1] += force->method_teams_first[m];
        at[m] = force->method_teams_first[m];
    }
    for (uint32_t i = 0; i < force->present_count; i++) {
        uint32_t t = force->present[i];
        force->method_teams[at[force->teams[t].method]++] = t;
    }
    assert(force->method_teams_first[force->method_count] == force->present_count);
}

/* The newest team stands last among those of its method. */
static void index_newest(hw_force *force, uint32_t index) {
    uint32_t method = force->teams[index].method, at = force->method_teams_first[method + 1];
    assert(index + 1 == force->team_count && at <= force->present_count);
    memmove(&force->method_teams[at + 1], &force->method_teams[at],
            (force->present_count - at) * sizeof *force->method_teams);
    force->method_teams[at] = index;
    append(force, index);
    for (uint32_t m = method + 1; m <= force->method_count; m++) {
        force->method_teams_first[m]++;
    }
}

/* Takes a team out of a list that it stands in. */
static void strike(uint32_t *list, uint32_t count, uint32_t index) {
    uint32_t at = 0;
    while (list[at] != index) {
        at++;
        assert(at < count);
    }
    memmove(&list[at], &list[at + 1], (count - at - 1) * sizeof *list);
}

void hw_teams_forget(hw_force *force, uint32_t index) {
    const hw_team *team = &force->teams[index];
    assert(team->state == HW_TEAM_GONE);
    strike(force->present, force->present_count, index);
    strike(force->method_teams, force->present_count, index);
    force->present_count--;
    for (uint32_t m = team->method + 1; m <= force->method_count; m++) {
        force->method_teams_first[m]--;
    }
    uint32_t *link = &force->kind_newest[hw_team_kind(force, team)];
    while (*link != index) {
        link = &force->teams[*link].older;
    }
    *link = team->older;
}

uint32_t hw_team_add(hw_land *land, uint32_t operator_, uint32_t method, double now) {
    hw_force *force = &land->force;
    if (force->team_count == force->most_teams) {
        return HW_NOTHING;
    }
    uint32_t index = force->team_count++, kind = hw_kind_of(force, operator_, method);
    force->teams[index] =
        new_team(land, operator_, method, force->kind_entity[kind] + force->kind_added[kind]++, now);
    force->paid_until[index] = 0;
    force->debts[index] = (hw_debt){0};
    hw_team_draw_breakdown(land, &force->teams[index]);
    index_newest(force, index);
    return index;
}

/* Whom a smaller share has, a larger one has, too. */
static bool is_there(const hw_land *land, const hw_team *team, hw_value_id in_service) {
    return hw_land_draw(land, team->entity, HW_DRAW_MUSTER, 0) < hw_in_force(land, in_service);
}

void hw_teams_begin(hw_land *land) {
    uint32_t index = 0;
    for (uint32_t a = 0; a < land->scenario->assets.count; a++) {
        const hw_asset *asset = HW_ITEM(land->scenario->assets, hw_asset, a);
        uint64_t entity = hw_entity(land->scenario->assets.names[a]);
        double on = (double)(asset->on - land->scenario->start);
        for (uint32_t i = 0; i < asset->teams; i++, index++) {
            hw_team *team = &land->force.teams[index];
            *team = new_team(land, asset->operator_, asset->method, entity + i, on);
            land->force.paid_until[index] = 0;
            land->force.debts[index] = (hw_debt){0};
            team->retire_day =
                asset->until == INT64_MAX ? HUGE_VAL : (double)(asset->until - land->scenario->start);
            /* Teams that stand ready at the start have learnt long ago. */
            team->standing = asset->standing;
            team->experience = asset->standing ? 1e4 : 0;
            hw_team_draw_breakdown(land, team);
            if (asset->in_service != UINT32_MAX && !is_there(land, team, asset->in_service)) {
                team->state = HW_TEAM_GONE;
            }
        }
    }
    land->force.team_count = index;
    assert(index == land->force.listed_count);
    land->force.offered_from = 0;
    memset(land->force.kind_added, 0, land->force.kind_count * sizeof *land->force.kind_added);
    hw_teams_index(land);
}
