/* Lists what a question may change. */
#include "analysis/desk/choices.h"
#include "analysis/base/memory.h"
#include "analysis/results/value_tree.h"
#include "models/condition.h"
#include "models/lever.h"
#include "models/method.h"
#include "models/rule.h"
#include "models/scenario.h"
#include "sim/date.h"
#include "sim/length.h"
#include <inttypes.h>
#include <stdlib.h>

static json_t *names_of(const char *const *names, uint32_t count) {
    json_t *list = hw_json_array();
    for (uint32_t i = 0; i < count; i++) {
        hw_json_append(list, hw_json_text(names[i]));
    }
    return list;
}

static json_t *names_until_null(const char *const *names) {
    uint32_t count = 0;
    while (names[count] != NULL) {
        count++;
    }
    return names_of(names, count);
}

/* 64 bits do not fit into a number of JSON. */
static json_t *text_of_count(uint64_t count) {
    char *text = hw_take_text("%" PRIu64, count);
    json_t *value = hw_json_text(text);
    free(text);
    return value;
}

/* "planning.rule=worst_first", as --set takes them. */
static json_t *settings_of(const hw_desk_ground *ground) {
    json_t *list = hw_json_array();
    for (uint32_t i = 0; i < ground->setting_count; i++) {
        char *text = hw_take_text("%s=%s", ground->settings[i].path, ground->settings[i].yaml);
        hw_json_append(list, hw_json_text(text));
        free(text);
    }
    return list;
}

static json_t *day_of(int64_t day) {
    char text[16];
    return hw_json_text(hw_date_print(day, text));
}

/* A factor in force is named, so that a change is relative to it. */
static json_t *streams_of(const hw_scenario *scenario) {
    json_t *list = hw_json_array();
    for (uint32_t i = 0; i < scenario->streams.count; i++) {
        const hw_stream_terms *terms = HW_ITEM(scenario->streams, hw_stream_terms, i);
        const hw_dated_list *factor = &terms->factor;
        json_t *one = hw_json_object();
        hw_json_put(one, "name", hw_json_text(scenario->streams.names[i]));
        hw_json_put(one, "yearly", json_boolean(terms->amount == UINT32_MAX));
        hw_json_put(one, "clearance", json_boolean(terms->pays == HW_PAYS_CLEARANCE));
        hw_json_put(one, "factor_since",
                    factor->count > 0 ? day_of(factor->items[factor->count - 1].day) : json_null());
        hw_json_append(list, one);
    }
    return list;
}

/* The day on which a document pulls one of the model's levers, as it is written; NULL where it does not. */
static const char *on_of(const hw_document *document, const char *lever) {
    const hw_node *levers = hw_node_child(hw_document_root(document), "levers");
    const hw_node *one = levers != NULL ? hw_node_child(levers, lever) : NULL;
    const hw_node *on = one != NULL ? hw_node_child(one, "on") : NULL;
    return on != NULL ? on->text : NULL;
}

/* The first place where people will live, else the first one; null where there is none. */
static json_t *first_place(const hw_table *places) {
    uint32_t first = 0;
    while (first < places->count && HW_ITEM(*places, hw_place, first)->kind == HW_PLACE_CORRIDOR) {
        first++;
    }
    return hw_json_text(places->count == 0 ? NULL : places->names[first < places->count ? first : 0]);
}

static json_t *text_of(const hw_document *document, const char *key) {
    const hw_node *node = hw_node_child(hw_document_root(document), key);
    return hw_json_text(node != NULL ? node->text : NULL);
}

/* The model's own levers that a lever's document pulls on a day on which the base does not; and that day, if
 * it is one day. */
static void put_pulls(json_t *one, const hw_document *lever, const hw_document *base) {
    json_t *pulls = hw_json_array();
    const char *day = NULL;
    bool is_one_day = true;
    for (size_t i = 0; hw_lever_names_or_none[1 + i] != NULL; i++) {
        const char *name = hw_lever_names_or_none[1 + i], *on = on_of(lever, name),
                   *before = on_of(base, name);
        if (on != NULL && (before == NULL || strcmp(on, before) != 0)) {
            is_one_day = is_one_day && (day == NULL || strcmp(day, on) == 0);
            day = on;
            hw_json_append(pulls, hw_json_text(name));
        }
    }
    hw_json_put(one, "pulls", pulls);
    hw_json_put(one, "on", hw_json_text(is_one_day ? day : NULL));
}

static json_t *levers_of(const hw_engine_wish *wish, const bool *is_bundle, hw_status *status,
                         hw_errors *errors) {
    json_t *list = hw_json_array();
    for (uint32_t i = 0; i < wish->ground.lever_count; i++) {
        hw_document *lever = hw_document_load(wish->ground.levers[i], errors);
        if (lever == NULL) {
            *status = HW_ERROR_INPUT;
            continue;
        }
        json_t *one = hw_json_object();
        hw_json_put(one, "name", hw_json_text(wish->lever_names[i]));
        hw_json_put(one, "file", hw_json_text(wish->ground.levers[i]));
        hw_json_put(one, "title", text_of(lever, "name"));
        hw_json_put(one, "question", text_of(lever, "question"));
        hw_json_put(one, "bundle", json_boolean(is_bundle[i]));
        put_pulls(one, lever, wish->ground.base);
        hw_json_append(list, one);
        hw_document_free(lever);
    }
    return list;
}

json_t *hw_desk_choices(const hw_engine_wish *wish, const bool *is_bundle, hw_status *status,
                        hw_errors *errors) {
    const hw_loaded *base = wish->base;
    const hw_scenario *scenario = base->scenario;
    int64_t as_of;
    bool knows = hw_value_rows_as_of(hw_binding_rows(base->binding), &as_of);
    json_t *all = hw_json_object(), *methods = hw_json_array();
    for (uint32_t i = 0; i < hw_methods.count; i++) {
        hw_json_append(methods, hw_json_text(hw_methods.sections[i]->name));
    }
    *status = HW_OK;
    hw_json_put(all, "base", hw_json_text(wish->ground.path));
    hw_json_put(all, "title", hw_json_text(base->title));
    hw_json_put(all, "question", hw_json_text(scenario->question));
    hw_json_put(all, "start", day_of(base->start));
    hw_json_put(all, "horizon", day_of(base->horizon));
    hw_json_put(all, "as_of", knows ? day_of(as_of) : json_null());
    hw_json_put(all, "seed", text_of_count(wish->seed));
    hw_json_put(all, "settings", settings_of(&wish->ground));
    hw_json_put(all, "worlds", hw_json_count(wish->worlds));
    hw_json_put(all, "version", hw_json_text(HW_VERSION));
    hw_json_put(all, "streams", streams_of(scenario));
    hw_json_put(all, "districts", names_of(scenario->districts.names, scenario->districts.count));
    hw_json_put(all, "places", names_of(scenario->places.names, scenario->places.count));
    hw_json_put(all, "place", first_place(&scenario->places));
    hw_json_put(all, "operators", names_of(scenario->operators.names, scenario->operators.count));
    hw_json_put(all, "methods", methods);
    hw_json_put(all, "conditions", names_until_null(hw_condition_names));
    hw_json_put(all, "rules", names_until_null(hw_rule_names));
    hw_json_put(all, "rule", hw_json_text(hw_rule_names[scenario->planning.rule]));
    hw_json_put(all, "pulls", names_until_null(&hw_lever_names_or_none[1]));
    hw_json_put(all, "levers", levers_of(wish, is_bundle, status, errors));
    return all;
}
