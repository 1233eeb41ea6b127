/* Checks across keys, made once before anything runs. */
#include "models/ground_plan.h"
#include "models/land.h"
#include "models/lever.h"
#include "models/method.h"
#include "models/money.h"
#include "models/reach.h"
#include "models/reach_teams.h"
#include "models/recorded.h"
#include "models/scenario_dates.h"
#include "models/timeline.h"
#include "sim/date.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct checker {
    const hw_scenario *scenario;
    hw_where_function where;
    const void *context;
    hw_errors *errors, *warnings;
} checker;

static hw_position at(const checker *c, const char *table, const char *name, const char *key) {
    char path[512];
    const char *quote = name != NULL && strchr(name, '.') != NULL ? "\"" : "";
    snprintf(path, sizeof path, "%s%s%s%s%s%s%s", table, name != NULL ? "." : "", quote,
             name != NULL ? name : "", quote, key != NULL ? "." : "", key != NULL ? key : "");
    return c->where(c->context, path);
}

static void check_dates(const checker *c) {
    const hw_scenario *s = c->scenario;
    static const int64_t MOST_DAYS = 36600;
    char start[16];
    hw_date_print(s->start, start);
    if (s->horizon <= s->start) {
        hw_errors_add(c->errors, at(c, "horizon", NULL, NULL), "the horizon must be after the start, %s",
                      start);
    } else if (s->horizon - s->start > MOST_DAYS) {
        hw_errors_add(c->errors, at(c, "horizon", NULL, NULL),
                      "the horizon must be within 100 years of the start, %s", start);
    }
    for (uint32_t i = 0; i < s->closures.count; i++) {
        const hw_closure *closure = HW_ITEM(s->closures, hw_closure, i);
        if (closure->to <= closure->from) {
            hw_errors_add(c->errors, at(c, "closures", s->closures.names[i], "to"),
                          "'to' must be after 'from'");
        }
    }
    for (uint32_t i = 0; i < s->assets.count; i++) {
        const hw_asset *asset = HW_ITEM(s->assets, hw_asset, i);
        if (asset->until <= asset->on) {
            hw_errors_add(c->errors, at(c, "assets", s->assets.names[i], "until"),
                          "'until' must be after 'on'");
        }
    }
}

static void check_fixed(const checker *c, hw_value_id id) {
    const hw_value *value = &c->scenario->values->items[id];
    if (value->distribution.kind != HW_FIXED) {
        hw_errors_add(c->errors, value->where,
                      "'%s' must be a fixed value: the layout is the same in every replication",
                      value->key->name);
    }
}

static void check_counts(const checker *c) {
    const hw_scenario *s = c->scenario;
    struct {
        const hw_table *table;
        const char *name;
    } needed[] = {
        {&s->districts, "districts"}, {&s->hazard_areas, "hazard_areas"}, {&s->operators, "operators"}};
    for (uint32_t i = 0; i < HW_LENGTH(needed); i++) {
        if (needed[i].table->count == 0) {
            hw_errors_add(c->errors, at(c, needed[i].name, NULL, NULL),
                          "'%s' is empty: at least one is needed", needed[i].name);
        }
    }
    double items = 0;
    for (uint32_t d = 0; d < s->districts.count; d++) {
        uint32_t areas = 0;
        for (uint32_t a = 0; a < s->hazard_areas.count; a++) {
            areas += HW_ITEM(s->hazard_areas, hw_hazard_area, a)->district == d;
        }
        const char *name = s->districts.names[d];
        if (areas == 0) {
            hw_errors_add(c->errors, at(c, "districts", name, NULL), "%s has no hazard area", name);
        }
        items += hw_ground_plan_items(s, d);
    }
    if (items >= HW_EVENT_SUBJECTS) {
        hw_errors_add(
            c->errors, at(c, "layout", NULL, NULL),
            "%.0f blocks and parcels: at most %d can be simulated; make layout.block or layout.parcel larger",
            items, HW_EVENT_SUBJECTS);
    }
    double teams = s->capacity.growth == HW_GROWTH_BY_MONEY ? s->capacity.most_teams : 0;
    for (uint32_t a = 0; a < s->assets.count; a++) {
        teams += HW_ITEM(s->assets, hw_asset, a)->teams;
    }
    teams += hw_scenario_most_crews(s);
    if (teams >= HW_EVENT_SUBJECTS) {
        hw_errors_add(c->errors, at(c, "assets", NULL, NULL), "%.0f teams: at most %d can be simulated",
                      teams, HW_EVENT_SUBJECTS - 1);
    }
}

static void check_layout(const checker *c) {
    const hw_layout_sizes *layout = &c->scenario->layout;
    check_fixed(c, layout->polygon);
    check_fixed(c, layout->block);
    check_fixed(c, layout->parcel);
    double block = hw_scenario_median(c->scenario, layout->block);
    if (hw_scenario_median(c->scenario, layout->parcel) > block) {
        hw_errors_add(c->errors, at(c, "layout.parcel", NULL, NULL),
                      "parcels must not be larger than blocks");
    }
    if (hw_scenario_median(c->scenario, layout->polygon) < block) {
        hw_errors_add(c->errors, at(c, "layout.polygon", NULL, NULL),
                      "polygons must not be smaller than blocks");
    }
}

/* Items of a block are counted up to UINT16_MAX of each type; the densest one has about so many times the
 * mean. */
static void check_items(const checker *c) {
    static const double DENSEST = 2.5;
    const hw_scenario *s = c->scenario;
    double block_m2 = hw_scenario_median(s, s->layout.block);
    for (uint32_t i = 0; c->warnings != NULL && i < s->settings.count; i++) {
        const hw_terrain *setting = HW_ITEM(s->settings, hw_terrain, i);
        double mines = fmax(hw_scenario_median(s, setting->ap), hw_scenario_median(s, setting->at)) *
                       hw_scenario_median(s, setting->pattern_share);
        double items = DENSEST * block_m2 * fmax(mines, hw_scenario_median(s, setting->erw));
        if (items > UINT16_MAX) {
            hw_errors_add(c->warnings, at(c, "settings", s->settings.names[i], NULL),
                          "a block of %s may hold %.0f items of one type, and at most %d are counted: make "
                          "layout.block smaller",
                          s->settings.names[i], items, UINT16_MAX);
        }
    }
}

/* Whether a place can be reached from itself along opens_after. `stack` and `seen` have an entry for each
 * place; `seen` is 0 or tells which place asked last, counted from 1. */
static bool opens_after_itself(const hw_scenario *s, uint32_t place, uint32_t *stack, uint32_t *seen) {
    uint32_t waiting = 1;
    stack[0] = place;
    while (waiting > 0) {
        const hw_index_list *before = &HW_ITEM(s->places, hw_place, stack[--waiting])->opens_after;
        for (uint32_t i = 0; i < before->count; i++) {
            uint32_t next = before->items[i];
            if (next == place) {
                return true;
            }
            if (seen[next] != place + 1) {
                seen[next] = place + 1;
                stack[waiting++] = next;
            }
        }
    }
    return false;
}

static void check_order_of_places(const checker *c) {
    const hw_scenario *s = c->scenario;
    uint32_t *stack = calloc((size_t)s->places.count * 2 + 1, sizeof *stack);
    if (stack == NULL) {
        hw_errors_add(c->errors, at(c, "places", NULL, NULL), "there is not enough memory to check them");
        return;
    }
    for (uint32_t p = 0; p < s->places.count; p++) {
        if (opens_after_itself(s, p, stack, stack + s->places.count)) {
            const char *name = s->places.names[p];
            hw_errors_add(c->errors, at(c, "places", name, "opens_after"), "%s opens after itself", name);
        }
    }
    free(stack);
}

static void check_place(const checker *c, uint32_t p) {
    const hw_scenario *s = c->scenario;
    const hw_place *place = HW_ITEM(s->places, hw_place, p);
    const char *name = s->places.names[p];
    if (place->must_release.count == 0) {
        hw_errors_add(c->errors, at(c, "places", name, "must_release"),
                      "%s needs at least one hazard area in must_release", name);
    }
    for (uint32_t i = 0; i < place->must_release.count; i++) {
        uint32_t a = place->must_release.items[i];
        uint32_t district = HW_ITEM(s->hazard_areas, hw_hazard_area, a)->district;
        if (district != place->district) {
            hw_errors_add(c->errors, at(c, "places", name, "must_release"),
                          "'%s' lies in %s, but %s in %s: ground of other districts is named by opens_after "
                          "and a place there",
                          s->hazard_areas.names[a], s->districts.names[district], name,
                          s->districts.names[place->district]);
        }
    }
}

static void check_stream(const checker *c, uint32_t i) {
    const hw_scenario *s = c->scenario;
    const hw_stream_terms *stream = HW_ITEM(s->streams, hw_stream_terms, i);
    const char *name = s->streams.names[i];
    bool yearly = stream->yearly.count > 0;
    bool pledge = stream->amount != UINT32_MAX;
    if (yearly == pledge) {
        hw_errors_add(c->errors, at(c, "streams", name, NULL),
                      "%s needs either 'amount' (a pledge) or 'yearly' (a budget)%s", name,
                      pledge ? ", not both" : "");
    }
}

/* Teams that choose their ground must have ground to choose. */
static void check_asset(const checker *c, uint32_t a) {
    const hw_scenario *s = c->scenario;
    const hw_asset *asset = HW_ITEM(s->assets, hw_asset, a);
    if (HW_ITEM(s->operators, hw_operator, asset->operator_)->works_on.count == 0) {
        return;
    }
    if (hw_method_list[asset->method]->take != NULL) {
        hw_errors_add(c->errors, at(c, "assets", s->assets.names[a], "method"),
                      "%s may work on some settings only (works_on): %s does not choose its ground",
                      s->operators.names[asset->operator_], hw_method_names[asset->method]);
    }
}

/* Firms are paid by the m2 only, and each operator by one contract. */
static void check_contract(const checker *c, uint32_t f) {
    const hw_scenario *s = c->scenario;
    uint32_t operator_ = HW_ITEM(s->contracts, hw_firm_terms, f)->operator_;
    const char *name = s->contracts.names[f], *owner = s->operators.names[operator_];
    for (uint32_t a = 0; a < s->assets.count; a++) {
        if (HW_ITEM(s->assets, hw_asset, a)->operator_ == operator_) {
            hw_errors_add(c->errors, at(c, "assets", s->assets.names[a], "operator"),
                          "%s works by contract ('%s') and lists no teams: name another operator", owner,
                          name);
        }
    }
    for (uint32_t other = 0; other < f; other++) {
        if (HW_ITEM(s->contracts, hw_firm_terms, other)->operator_ == operator_) {
            hw_errors_add(c->errors, at(c, "contracts", name, "operator"),
                          "%s has the contract '%s' already: name another operator", owner,
                          s->contracts.names[other]);
        }
    }
    bool any = false;
    for (uint32_t job = 0; job < HW_JOBS; job++) {
        any |= hw_firm_does(s, f, job);
    }
    if (!any && c->warnings != NULL) {
        hw_errors_add(c->warnings, at(c, "contracts", name, NULL),
                      "'%s' does nothing: say a price, such as search_price, and crews", name);
    }
    char why[HW_REACH_WHY] = "";
    if (any && c->warnings != NULL && !hw_reach_contract_paid(s, f, why)) {
        hw_errors_add(c->warnings, at(c, "contracts", name, NULL), "no money can ever pay '%s': %s", name,
                      why);
    }
}

static void check_lever(const checker *c, uint32_t l) {
    const hw_lever_terms *lever = c->scenario->levers[l];
    const char *name = hw_levers.sections[l]->name;
    int64_t first = hw_lever_first_day(c->scenario, l);
    if (lever->until != INT64_MAX && (first == INT64_MAX || lever->until <= first)) {
        hw_errors_add(c->errors, at(c, "levers", name, "until"), "%s ends %s", name,
                      first == INT64_MAX ? "but has no day 'on' which it begins" : "before it begins");
    }
    const char *fault =
        first != INT64_MAX && hw_lever_list[l]->fault != NULL ? hw_lever_list[l]->fault(lever) : NULL;
    if (fault != NULL) {
        hw_errors_add(c->errors, at(c, "levers", name, NULL), "%s %s", name, fault);
    }
}

void hw_scenario_check(const hw_scenario *scenario, hw_where_function where, const void *context,
                       hw_errors *errors, hw_errors *warnings) {
    uint32_t before = errors->count;
    checker c = {scenario, where, context, errors, warnings};
    check_dates(&c);
    hw_scenario_dates_check(scenario, errors, warnings);
    check_layout(&c);
    check_counts(&c);
    check_items(&c);
    for (uint32_t p = 0; p < scenario->places.count; p++) {
        check_place(&c, p);
    }
    check_order_of_places(&c);
    hw_recorded_check(scenario, where, context, errors);
    for (uint32_t i = 0; i < scenario->streams.count; i++) {
        check_stream(&c, i);
    }
    for (uint32_t a = 0; a < scenario->assets.count; a++) {
        check_asset(&c, a);
    }
    for (uint32_t f = 0; f < scenario->contracts.count; f++) {
        check_contract(&c, f);
    }
    for (uint32_t l = 0; l < hw_levers.count; l++) {
        check_lever(&c, l);
    }
    hw_signposts_check(scenario, where, context, errors, warnings);
    if (warnings != NULL && errors->count == before) {
        hw_reach_check(scenario, where, context, warnings);
    }
}
