/* The state of the conflict: calm, tense or fighting, a Markov process by month. While there is fighting,
 * work near the border stops, released ground there is mined anew, donors withdraw more readily and families
 * stay away; tension alone moves donors and families. How near the border a district's ground lies is its key
 * `border`. The process knows no side: who fights with whom, and why, is not in it. */
#include "models/ground.h"
#include "models/lever.h"
#include "models/pipeline.h"
#include "models/teams.h"
#include "models/weather.h"
#include <assert.h>
#include <math.h>

typedef struct terms {
    hw_lever_terms lever;
    uint32_t starts;
    hw_value_id calm_to_tense, tense_to_calm, tense_to_fighting, fighting_to_tense;
    hw_value_id drop_out_tense, drop_out_fighting, stay_away_tense, stay_away_fighting, remined;
} terms;

enum { CALM, TENSE, FIGHTING };
enum { STATE }; /* of hw_lever_state.number */

static const char *const states[] = {"calm", "tense", "fighting", NULL};

static const hw_key keys[] = {
    HW_LEVER_KEYS(terms, "0 days", "0 USD", "0 USD/year"),
    {.name = "starts",
     .type = HW_KEY_CHOICE,
     .choices = states,
     .standard = "tense",
     .offset = offsetof(terms, starts),
     .meaning = "State in the first month."},
    {HW_LEVER_QUANTITY(terms, calm_to_tense, HW_DIM_PER_TIME, 0, 1),
     .standard = "{p10: 0.1 /year, p50: 0.3 /year, p90: 0.8 /year}",
     .meaning = "Rate at which tension comes up."},
    {HW_LEVER_QUANTITY(terms, tense_to_calm, HW_DIM_PER_TIME, 0, 1),
     .standard = "{p10: 0.2 /year, p50: 0.6 /year, p90: 1.5 /year}",
     .meaning = "Rate at which it dies down."},
    {HW_LEVER_QUANTITY(terms, tense_to_fighting, HW_DIM_PER_TIME, 0, 1),
     .standard = "{p10: 0.1 /year, p50: 0.4 /year, p90: 1 /year}",
     .meaning = "Rate at which fighting breaks out of tension.",
     .source = "SOURCES 13: five times in the eight tense years from 2016 to 2023 [REC], assumed"},
    {HW_LEVER_QUANTITY(terms, fighting_to_tense, HW_DIM_PER_TIME, 0, 1),
     .standard = "{p10: 4 /year, p50: 12 /year, p90: 30 /year}",
     .meaning = "Rate at which fighting ends; months are the shortest step.",
     .source = "SOURCES 13: between a day and 44 days [REC]; teams come back later, assumed"},
    {HW_LEVER_QUANTITY(terms, drop_out_tense, HW_DIM_NUMBER, 0.1, 20),
     .standard = "{p10: 1, p50: 1.4, p90: 2.5}",
     .meaning = "How readily donors withdraw in tension, against before."},
    {HW_LEVER_QUANTITY(terms, drop_out_fighting, HW_DIM_NUMBER, 0.1, 50),
     .standard = "{p10: 2, p50: 4, p90: 8}",
     .meaning = "How readily donors withdraw while there is fighting.",
     .source = "SOURCES 13: three to five times, assumed"},
    {HW_LEVER_QUANTITY(terms, stay_away_tense, HW_DIM_SHARE, 0, 1),
     .standard = "{p10: 0 %, p50: 10 %, p90: 30 %}",
     .meaning = "Of families willing to live right at the border, the share that tension keeps away."},
    {HW_LEVER_QUANTITY(terms, stay_away_fighting, HW_DIM_SHARE, 0, 1),
     .standard = "{p10: 40 %, p50: 80 %, p90: 100 %}", .meaning = "The share that fighting keeps away."},
    {HW_LEVER_QUANTITY(terms, remined, HW_DIM_PER_TIME, 0, 1),
     .standard = "{p10: 0.1 %/year, p50: 1 %/year, p90: 6 %/year}",
     .meaning = "Released ground right at the border that is mined anew, for each year of fighting."},
};

const hw_section hw_lever_tension_parameters = {
    "tension",
    "Tension between states changes by month: calm, tense, fighting. Fighting stops work near the border and "
    "lays new mines; donors withdraw and families stay away.",
    sizeof(terms), keys, HW_LENGTH(keys)};

/* The state after `days` in the present one, by one uniform draw. */
static double next_state(const hw_land *land, const terms *t, double state, double days, double u) {
    assert(state >= CALM && state <= FIGHTING && days >= 0);
    double up = 0, down = 0;
    if (state < TENSE) {
        up = hw_in_force(land, t->calm_to_tense);
    } else if (state > TENSE) {
        down = hw_in_force(land, t->fighting_to_tense);
    } else {
        up = hw_in_force(land, t->tense_to_fighting);
        down = hw_in_force(land, t->tense_to_calm);
    }
    double moves = 1 - exp(-(up + down) * days);
    if (u >= moves) {
        return state;
    }
    return u < moves * up / (up + down) ? state + 1 : state - 1;
}

static void move_donors(hw_land *land, double factor) {
    const hw_values *values = land->scenario->values;
    for (uint32_t s = 0; s < land->money.stream_count; s++) {
        hw_value_id id = HW_ITEM(land->scenario->streams, hw_stream_terms, s)->drop_out;
        land->value[id] = fmin(values->items[id].key->high, land->value[id] * factor);
    }
}

static double border_of(const hw_land *land, uint32_t district) {
    return hw_in_force(land, HW_ITEM(land->scenario->districts, hw_district, district)->border);
}

static void move_families(hw_land *land, double stay_away) {
    for (uint32_t d = 0; d < land->district_count; d++) {
        land->districts[d].unease = border_of(land, d) * stay_away;
        assert(land->districts[d].unease >= 0 && land->districts[d].unease <= 1);
    }
}

/* Each piece of released ground of the district is mined anew with the given probability. */
static void mine_anew(hw_land *land, uint32_t district, double probability, double now) {
    assert(probability >= 0 && probability <= 1);
    const hw_district_state *d = &land->districts[district];
    for (uint32_t i = d->first_item; i < d->next_parcel; i++) {
        hw_item *item = &land->ground.items[i];
        if (item->stage != HW_STAGE_RELEASED || item->attempt >= UINT8_MAX / 2) {
            continue;
        }
        uint64_t part = (uint64_t)(item->part >> 16) << 48 | (item->part & UINT16_MAX);
        uint64_t occurrence = (uint64_t)land->calendar.month << 16 | part;
        double u[4];
        hw_land_draw_block(land, hw_item_entity(land, item), HW_DRAW_REMINED, occurrence, u);
        if (u[0] < probability) {
            hw_ground_mine_anew(land, i, u[1], u[2]);
            hw_pipeline_reopen(land, i, HW_ITEM_AP);
            hw_pipeline_believe(land, i, 0.99, (double)item->belief_battle);
            hw_teams_wake(land, district, now);
        }
    }
}

static void fight(hw_land *land, const terms *t, hw_lever_day day) {
    double remined = 1 - exp(-hw_in_force(land, t->remined) * (day.next - day.now));
    hw_weather_fight(land, day.now, day.next);
    for (uint32_t d = 0; d < land->district_count; d++) {
        double border = border_of(land, d);
        if (border <= 0) {
            continue;
        }
        hw_teams_pause(land, d, day.now);
        hw_weather_refill(land, d);
        hw_teams_resume(land, d, day.now);
        mine_anew(land, d, border * remined, day.now);
    }
}

static void act(hw_land *land, const void *parameters, hw_lever_state *state, hw_lever_day day) {
    const terms *t = parameters;
    double *now = &state->number[STATE];
    if (day.first) {
        *now = t->starts;
    } else {
        double u = hw_land_draw(land, state->entity, HW_DRAW_LEVER, land->calendar.month);
        *now = next_state(land, t, *now, day.now - land->calendar.planned_to, u);
    }
    if (*now < TENSE) {
        move_families(land, 0);
        return;
    }
    bool fighting = *now > TENSE;
    move_donors(land, hw_in_force(land, fighting ? t->drop_out_fighting : t->drop_out_tense));
    move_families(land, hw_in_force(land, fighting ? t->stay_away_fighting : t->stay_away_tense));
    if (fighting) {
        fight(land, t, day);
    }
}

static void leave(hw_land *land, const void *parameters, hw_lever_state *state, double now) {
    (void)parameters;
    (void)state;
    (void)now;
    move_families(land, 0);
}

const hw_lever hw_lever_tension = {.act = act, .leave = leave};
