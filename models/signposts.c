/* Reads signposts and does what they say. */
#include "models/signposts.h"
#include "models/land.h"
#include "models/lever.h"
#include <assert.h>
#include <math.h>

static const hw_signpost *terms_of(const hw_scenario *scenario, uint32_t index) {
    return HW_ITEM(scenario->signposts, hw_signpost, index);
}

int64_t hw_lever_first_day(const hw_scenario *scenario, uint32_t lever) {
    int64_t first = ((const hw_lever_terms *)scenario->levers[lever])->on;
    for (uint32_t i = 0; i < scenario->signposts.count; i++) {
        const hw_signpost *terms = terms_of(scenario, i);
        if (terms->pull == lever + 1 && terms->on < first) {
            first = terms->on;
        }
    }
    return first;
}

bool hw_signposts_may_hire(const hw_scenario *scenario, uint32_t asset) {
    for (uint32_t i = 0; i < scenario->signposts.count; i++) {
        if (terms_of(scenario, i)->hire == asset) {
            return true;
        }
    }
    return false;
}

/* Of all hazards and ledgers together. */
static double released_in(const hw_district_state *d) {
    double released = 0;
    for (int hazard = 0; hazard < HW_HAZARDS; hazard++) {
        for (int ledger = HW_LEDGER_CANCELLED; ledger < HW_LEDGERS; ledger++) {
            released += (double)d->ledger_m2[hazard][ledger];
        }
    }
    return released;
}

void hw_signposts_begin(hw_land *land) {
    land->signposts.rule = land->scenario->planning.rule;
    land->signposts.keeping = 0;
    for (uint32_t i = 0; i < land->scenario->signposts.count; i++) {
        land->signposts.items[i] = (hw_signpost_state){.done_day = (double)NAN};
    }
    for (uint32_t d = 0; land->scenario->signposts.count > 0 && d < land->district_count; d++) {
        land->signposts.released[d] = released_in(&land->districts[d]);
    }
}

/* ---- Reading ---- */

static double spent_on_mine_action(const hw_land *land) {
    int64_t cents = 0;
    for (uint32_t s = 0; s < land->money.stream_count; s++) {
        cents += hw_stream_terms_of(land, s)->pays == HW_PAYS_CLEARANCE ? land->money.streams[s].spent : 0;
    }
    return (double)cents / 100;
}

static double victims_in(const hw_district_state *d) {
    double victims = 0;
    for (int victim = 0; victim < HW_VICTIMS; victim++) {
        victims += (double)d->victims[victim];
    }
    return victims;
}

static double read_district(const hw_land *land, uint32_t district, hw_reading_kind kind) {
    const hw_district_state *d = &land->districts[district];
    switch (kind) {
    case HW_READ_PEOPLE:
        return d->resident_people;
    case HW_READ_VICTIMS:
        return victims_in(d);
    case HW_READ_RELEASED:
        return released_in(d) - land->signposts.released[district];
    default:
        return released_in(d);
    }
}

double hw_signposts_read(const hw_land *land, hw_reading_kind kind, uint32_t district) {
    if (kind == HW_READ_SPENT) {
        return spent_on_mine_action(land);
    }
    double sum = 0, remaining = 0;
    for (uint32_t d = 0; d < land->district_count; d++) {
        if (district == HW_NO_REFERENCE || d == district) {
            sum += read_district(land, d, kind);
            remaining += (double)(land->districts[d].ledger_m2[HW_HAZARD_MINED][HW_LEDGER_REMAINING] +
                                  land->districts[d].ledger_m2[HW_HAZARD_BATTLE][HW_LEDGER_REMAINING]);
        }
    }
    return kind == HW_READ_RELEASED_SHARE ? sum / (sum + remaining) : sum;
}

static bool is_released(const hw_land *land, uint32_t place) {
    return !isnan(land->places[place].release_day);
}

/* All that the signpost asks for must be so. */
static bool holds(const hw_land *land, const hw_signpost *terms) {
    for (uint32_t kind = 0; kind < HW_READINGS; kind++) {
        bool below = terms->below[kind] != UINT32_MAX, above = terms->above[kind] != UINT32_MAX;
        if (!below && !above) {
            continue;
        }
        double reading = hw_signposts_read(land, (hw_reading_kind)kind, terms->district);
        if ((below && reading >= land->drawn[terms->below[kind]]) ||
            (above && reading <= land->drawn[terms->above[kind]])) {
            return false;
        }
    }
    bool acceded = land->policy.effect.treaty_days >= 0;
    return (terms->released_place == HW_NO_REFERENCE || is_released(land, terms->released_place)) &&
           (terms->waiting_place == HW_NO_REFERENCE || !is_released(land, terms->waiting_place)) &&
           (terms->accession == HW_ACCESSION_ANY || acceded == (terms->accession == HW_ACCESSION_YES));
}

/* ---- Doing ---- */

/* Teams stand in the order of the scenario's assets. */
static uint32_t first_team_of(const hw_scenario *scenario, uint32_t asset) {
    uint32_t first = 0;
    for (uint32_t a = 0; a < asset; a++) {
        first += HW_ITEM(scenario->assets, hw_asset, a)->teams;
    }
    return first;
}

static void hire(hw_land *land, uint32_t asset, double now) {
    uint32_t first = first_team_of(land->scenario, asset);
    for (uint32_t i = 0; i < HW_ITEM(land->scenario->assets, hw_asset, asset)->teams; i++) {
        hw_team *team = &land->force.teams[first + i];
        if (team->state == HW_TEAM_ORDERED && team->since_order > now) {
            team->since_order = team->since = now;
        }
    }
}

static void retire(hw_land *land, uint32_t asset, double now) {
    uint32_t first = first_team_of(land->scenario, asset);
    for (uint32_t i = 0; i < HW_ITEM(land->scenario->assets, hw_asset, asset)->teams; i++) {
        hw_team *team = &land->force.teams[first + i];
        team->retire_day = fmin(team->retire_day, fmax(now, team->since_order)); /* not before they come */
    }
}

static void pull(hw_land *land, uint32_t lever, double now) {
    for (uint32_t i = 0; i < land->policy.lever_count; i++) {
        hw_lever_state *state = &land->policy.levers[i];
        if (state->lever == lever) {
            const hw_lever_terms *terms = land->scenario->levers[lever];
            state->from = fmin(state->from, now + land->drawn[terms->delay]);
        }
    }
}

static void act(hw_land *land, const hw_signpost *terms, double now) {
    if (terms->rule > 0) {
        land->signposts.rule = terms->rule - 1;
    }
    if (terms->pull > 0) {
        pull(land, terms->pull - 1, now);
    }
    if (terms->stream != HW_NO_REFERENCE) {
        land->money.streams[terms->stream].times *= land->drawn[terms->times];
    }
    if (terms->hire != HW_NO_REFERENCE) {
        hire(land, terms->hire, now);
    }
    if (terms->retire != HW_NO_REFERENCE) {
        retire(land, terms->retire, now);
    }
    if (terms->to != HW_NO_REFERENCE) {
        land->signposts.keeping |= 1U << terms->method;
    }
}

void hw_signposts_plan(hw_land *land, double now) {
    const hw_scenario *s = land->scenario;
    for (uint32_t i = 0; i < s->signposts.count; i++) {
        const hw_signpost *terms = terms_of(s, i);
        hw_signpost_state *state = &land->signposts.items[i];
        if (state->over || !isnan(state->done_day) || now < (double)(terms->on - s->start)) {
            continue;
        }
        bool last = terms->until == INT64_MAX, late = !last && now > (double)(terms->until - s->start);
        state->over = late || terms->decide == HW_DECIDE_NEVER;
        if (!state->over && (terms->decide == HW_DECIDE_ALWAYS || holds(land, terms))) {
            state->done_day = now;
            act(land, terms, now);
        }
        state->over |= last;
    }
}

/* ---- Teams that are to be in a district ---- */

/* Field days of the method that wait there. */
static double work_in(const hw_land *land, uint32_t method, uint32_t district) {
    const hw_method_numbers *numbers = &land->force.methods[method];
    hw_worked_stages stages = hw_worked_stages_of(numbers);
    double days = 0;
    for (uint32_t i = 0; i < land->planner.open_ground_count; i++) {
        const hw_open_ground *ground = &land->planner.open_ground[i];
        days += ground->district == district ? hw_team_days_on(ground, numbers, &stages) : 0;
    }
    return days;
}

void hw_signposts_keep(hw_land *land, uint32_t method, uint32_t *teams) {
    const hw_scenario *s = land->scenario;
    for (uint32_t i = 0; i < s->signposts.count; i++) {
        const hw_signpost *terms = terms_of(s, i);
        if (terms->to == HW_NO_REFERENCE || terms->method != method ||
            isnan(land->signposts.items[i].done_day)) {
            continue;
        }
        uint32_t *kept = &land->planner.kept[terms->to];
        uint32_t wanted = hw_teams_wanted(work_in(land, method, terms->to), terms->teams);
        uint32_t more = wanted > *kept ? wanted - *kept : 0;
        more = more < *teams ? more : *teams;
        *kept += more;
        *teams -= more;
        land->planner.targets[terms->to] += more;
    }
}
