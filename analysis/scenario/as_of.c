/* Looks through the days by which values were known. */
#include "analysis/scenario/as_of.h"
#include "models/scenario.h"
#include "sim/date.h"
#include "sim/input/frozen.h"
#include "sim/input/known.h"
#include <string.h>

static bool date_of(const hw_node *node, int64_t *day) {
    if (node != NULL && node->kind == HW_NODE_MAPPING) {
        node = hw_node_child(node, "value");
    }
    return node != NULL && node->kind == HW_NODE_SCALAR && hw_date_parse(node->text, day);
}

static int64_t usual_horizon(void) {
    int64_t day = INT64_MIN;
    for (uint32_t i = 0; i < hw_scenario_section.key_count; i++) {
        const hw_key *key = &hw_scenario_section.keys[i];
        if (strcmp(key->name, "horizon") == 0 && !hw_date_parse(key->standard, &day)) {
            return INT64_MIN;
        }
    }
    return day;
}

static void check(const hw_node *node, int64_t horizon, hw_errors *errors) {
    for (uint32_t i = 0; i < node->child_count; i++) {
        const hw_node *child = node->children[i];
        int64_t day;
        if (child->key != NULL && strcmp(child->key, "known_by") == 0 && date_of(child, &day) &&
            day > horizon) {
            char text[16], end[16];
            hw_errors_add(errors, child->where, "'known_by' is %s, after the horizon, %s: mistyped?",
                          hw_date_print(day, text), hw_date_print(horizon, end));
        }
        check(child, horizon, errors);
    }
}

void hw_as_of_check(const hw_document *document, int64_t horizon, hw_errors *errors) {
    size_t count;
    const hw_node *const *layers = hw_document_layers(document, &count);
    bool said = false;
    for (size_t i = 0; i < count; i++) {
        int64_t day;
        if (date_of(hw_node_child(layers[i], "horizon"), &day)) { /* a run may well end before the files do */
            said = said || layers[i]->where.file[0] != '<';
            horizon = day > horizon ? day : horizon;
        }
    }
    if (!said && usual_horizon() > horizon) {
        horizon = usual_horizon();
    }
    for (size_t i = 0; i < count; i++) {
        check(layers[i], horizon, errors);
    }
}

static bool says_when_known(const hw_document *document, const hw_binding *binding) {
    const hw_values *values = hw_binding_values(binding);
    bool said = hw_document_left_out(document)->count > 0;
    for (uint32_t i = 0; i < values->count && !said; i++) {
        said = values->items[i].known_by > HW_ASKED;
    }
    return said;
}

void hw_as_of_remark(const hw_document *document, const hw_binding *binding, hw_remarks *remarks) {
    int64_t as_of;
    char day[16];
    if (!hw_document_as_of(document, &as_of)) {
        return;
    }
    hw_date_print(as_of, day);
    uint32_t count = hw_frozen_count(binding, document);
    if (!says_when_known(document, binding)) {
        hw_remarks_add(remarks, (hw_position){0},
                       "as of %s: no value says 'known_by', so nothing is left out", day);
    }
    if (count > 0) {
        hw_remarks_add(
            remarks, (hw_position){0},
            "as of %s: %u value%s of a later time without 'known_by' %s taken as known; homeward check FILE "
            "--as-of %s lists them",
            day, count, count == 1 ? "" : "s", count == 1 ? "is" : "are", day);
    }
}
