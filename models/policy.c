/* Switches levers on and off by date, and lets them change values. */
#include "models/policy.h"
#include "models/income.h"
#include "models/lever.h"
#include "models/money.h"
#include "models/numbers.h"
#include "models/signposts.h"
#include <assert.h>
#include <math.h>
#include <string.h>

static const hw_policy_effect NO_POLICY = {.treaty_days = -1, .giving = 1};

static const hw_lever_terms *terms_of(const hw_scenario *scenario, uint32_t lever) {
    return scenario->levers[lever];
}

static bool switched_on(const hw_scenario *scenario, uint32_t lever) {
    return hw_lever_first_day(scenario, lever) != INT64_MAX;
}

/* Whether a path is meant by a pattern in which one * stands for a name. */
static bool matches(const char *pattern, const char *path) {
    const char *star = strchr(pattern, '*');
    if (star == NULL) {
        return strcmp(pattern, path) == 0;
    }
    size_t before = (size_t)(star - pattern), after = strlen(star + 1), length = strlen(path);
    return length > before + after && strncmp(pattern, path, before) == 0 &&
           strcmp(path + length - after, star + 1) == 0;
}

/* The table at the root that a pattern's * runs over, by its key. */
static const hw_table *table_of(const hw_scenario *scenario, const char *pattern) {
    size_t length = strcspn(pattern, ".");
    for (uint32_t k = 0; k < hw_scenario_section.key_count; k++) {
        const hw_key *key = &hw_scenario_section.keys[k];
        if (key->type == HW_KEY_TABLE && strlen(key->name) == length &&
            strncmp(key->name, pattern, length) == 0) {
            return (const hw_table *)(const void *)((const char *)scenario + key->offset);
        }
    }
    return NULL;
}

/* Whether the name in a path that matches the pattern is one of the listed items. Names with a dot in them
 * stand in quotes. */
static bool named(const hw_scenario *scenario, const hw_index_list *among, const char *pattern,
                  const char *path) {
    if (among == NULL || among->count == 0) {
        return true;
    }
    const hw_table *table = table_of(scenario, pattern);
    const char *name = path + (strchr(pattern, '*') - pattern);
    name += *name == '"';
    for (uint32_t i = 0; table != NULL && i < among->count; i++) {
        const char *listed = table->names[among->items[i]];
        size_t length = strlen(listed);
        if (strncmp(name, listed, length) == 0 && (name[length] == '.' || name[length] == '"')) {
            return true;
        }
    }
    return false;
}

/* Lists the values that a change means, from `out` on when it is not NULL; returns how many. */
static uint32_t find_values(const hw_scenario *scenario, uint32_t lever, const hw_change *change,
                            hw_policy_change *out) {
    const char *terms = scenario->levers[lever];
    const hw_index_list *among =
        change->among > 0 ? (const hw_index_list *)(const void *)(terms + change->among) : NULL;
    hw_value_id by = *(const hw_value_id *)(const void *)(terms + change->by);
    uint32_t count = 0;
    for (uint32_t v = 0; v < scenario->values->count; v++) {
        const char *path = scenario->values->items[v].path;
        if (matches(change->path, path) && named(scenario, among, change->path, path)) {
            if (out != NULL) {
                out[count] = (hw_policy_change){.value = v, .by = by, .kind = (uint32_t)change->kind};
            }
            count++;
        }
    }
    return count;
}

bool hw_policy_may_change(const hw_scenario *scenario, hw_value_id value) {
    const char *path = scenario->values->items[value].path;
    for (uint32_t l = 0; l < hw_levers.count; l++) {
        for (uint32_t c = 0; switched_on(scenario, l) && c < hw_lever_list[l]->change_count; c++) {
            if (matches(hw_lever_list[l]->changes[c].path, path)) {
                return true;
            }
        }
    }
    return false;
}

hw_policy_size hw_policy_size_of(const hw_scenario *scenario) {
    hw_policy_size size = {0, 0};
    for (uint32_t l = 0; l < hw_levers.count; l++) {
        if (!switched_on(scenario, l)) {
            continue;
        }
        size.levers++;
        for (uint32_t c = 0; c < hw_lever_list[l]->change_count; c++) {
            size.changes += find_values(scenario, l, &hw_lever_list[l]->changes[c], NULL);
        }
    }
    return size;
}

void hw_policy_lay_out(hw_land *land) {
    const hw_scenario *s = land->scenario;
    uint32_t at = 0, first_change = 0;
    for (uint32_t l = 0; l < hw_levers.count; l++) {
        if (!switched_on(s, l)) {
            continue;
        }
        hw_lever_state *state = &land->policy.levers[at++];
        *state = (hw_lever_state){
            .lever = l, .first_change = first_change, .entity = hw_entity(hw_levers.sections[l]->name)};
        for (uint32_t c = 0; c < hw_lever_list[l]->change_count; c++) {
            first_change +=
                find_values(s, l, &hw_lever_list[l]->changes[c], &land->policy.changes[first_change]);
        }
        state->change_count = first_change - state->first_change;
    }
}

void hw_policy_begin(hw_land *land) {
    land->policy.effect = NO_POLICY;
    for (uint32_t i = 0; i < land->policy.lever_count; i++) {
        hw_lever_state *state = &land->policy.levers[i];
        const hw_lever_terms *terms = terms_of(land->scenario, state->lever);
        double start = (double)land->scenario->start;
        state->from = terms->on == INT64_MAX ? HUGE_VAL /* until a signpost pulls it */
                                             : (double)terms->on - start + hw_in_force(land, terms->delay);
        state->until = terms->until == INT64_MAX ? HUGE_VAL : (double)terms->until - start;
        state->started = state->in_force = state->was_in_force = false;
        memset(state->number, 0, sizeof state->number);
        const hw_lever *lever = hw_lever_list[state->lever];
        if (lever->begin != NULL) {
            lever->begin(land, terms, state);
        }
    }
}

/* Policy is paid with money that may go anywhere: it belongs to no district, operator or method. */
static bool pay(hw_land *land, const hw_lever_state *state, const hw_lever_terms *terms, double days) {
    assert(days > 0);
    double usd = hw_in_force(land, terms->running_cost) * days;
    if (!state->started) {
        usd += hw_in_force(land, terms->starting_cost);
    }
    hw_bill bill = {.pays = hw_lever_list[state->lever]->pays,
                    .district = HW_NOTHING,
                    .operator_ = HW_NOTHING,
                    .method = HW_NOTHING,
                    .place = HW_NOTHING,
                    .purpose = HW_PURPOSE_POLICY,
                    .usd = usd};
    return usd <= 0 || hw_money_pay(land, &bill);
}

static double strength(const hw_land *land, const hw_lever_state *state, const void *terms, double now) {
    size_t offset = hw_lever_list[state->lever]->ramp;
    if (offset == 0) {
        return 1;
    }
    double ramp = hw_in_force(land, *(const hw_value_id *)(const void *)((const char *)terms + offset));
    return ramp > 0 ? fmin(1, (now - state->from) / ramp) : 1;
}

static double changed(double v, uint32_t kind, double x, double s) {
    switch (kind) {
    case HW_CHANGE_SCALE:
        return v * (1 + s * (x - 1));
    case HW_CHANGE_ADD:
        return v + s * x;
    case HW_CHANGE_ADD_AT_FIRST:
        return v + (1 - s) * x;
    case HW_CHANGE_CLOSE_GAP:
        return v + s * x * (1 - v);
    default:
        return v + s * fmax(0, x - v);
    }
}

static void apply(hw_land *land, const hw_lever_state *state) {
    assert(state->first_change + state->change_count <= land->policy.change_count);
    assert(state->strength >= 0 && state->strength <= 1);
    for (uint32_t c = state->first_change; c < state->first_change + state->change_count; c++) {
        const hw_policy_change *change = &land->policy.changes[c];
        const hw_key *key = land->scenario->values->items[change->value].key;
        double v =
            changed(land->value[change->value], change->kind, hw_in_force(land, change->by), state->strength);
        bool limited = key->low < 0 || key->low > 0 || key->high < 0 || key->high > 0;
        assert(!isnan(v));
        land->value[change->value] = limited ? fmin(key->high, fmax(key->low, v)) : v;
    }
}

static void come_into_force(hw_land *land, hw_lever_state *state, double now, double next) {
    const hw_lever_terms *terms = terms_of(land->scenario, state->lever);
    state->was_in_force = state->in_force;
    state->in_force = now >= state->from && now < state->until && pay(land, state, terms, next - now);
    if (state->in_force) {
        state->strength = strength(land, state, terms, now);
        apply(land, state);
    }
}

static void act(hw_land *land, hw_lever_state *state, double now, double next) {
    assert(state->lever < hw_levers.count && next > now);
    const hw_lever *lever = hw_lever_list[state->lever];
    const void *terms = land->scenario->levers[state->lever];
    if (state->in_force) {
        hw_lever_day day = {.now = now, .next = next, .strength = state->strength, .first = !state->started};
        state->started = true;
        if (lever->act != NULL) {
            lever->act(land, terms, state, day);
        }
    } else if (state->was_in_force && lever->leave != NULL) {
        lever->leave(land, terms, state, now);
    }
}

void hw_policy_plan(hw_land *land, double now, double next) {
    if (land->policy.lever_count == 0) {
        return;
    }
    land->policy.effect = NO_POLICY;
    memcpy(land->value, land->drawn, land->scenario->values->count * sizeof *land->value);
    for (uint32_t i = 0; i < land->policy.lever_count; i++) {
        come_into_force(land, &land->policy.levers[i], now, next);
    }
    hw_numbers_derive(land);
    for (uint32_t i = 0; i < land->policy.lever_count; i++) {
        act(land, &land->policy.levers[i], now, next);
    }
    hw_income_follow_drop_out(land, now);
}

void hw_policy_settle(hw_land *land, double now, double next) {
    for (uint32_t i = 0; i < land->policy.lever_count; i++) {
        const hw_lever_state *state = &land->policy.levers[i];
        const hw_lever *lever = hw_lever_list[state->lever];
        if (state->in_force && lever->settle != NULL) {
            hw_lever_day day = {.now = now, .next = next, .strength = state->strength};
            lever->settle(land, land->scenario->levers[state->lever], day);
        }
    }
}
