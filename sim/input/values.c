/* The list of values that every leaf is entered into, and what to say about a leaf that is wrong. */
#include "sim/input/binder.h"

#include "sim/input/known.h"
#include "sim/input/reader.h"
#include <math.h>
#include <string.h>

/* Nearest names are looked up for the first mistakes only, and not among endless lists. */
enum { NEAREST_MISTAKES_MOST = 200, NEAREST_CANDIDATES_MOST = 5000 };

/* ---- Messages ---- */

void hw_blame(hw_binding *binding, const hw_leaf *leaf, const hw_node *node, const char *message) {
    bool entry = leaf->key->type == HW_KEY_DATED && leaf->name != leaf->key->name;
    hw_remarks_add(&binding->mistakes, leaf->standard ? leaf->where : node->where, "'%s'%s%s%s: %s",
                   entry ? leaf->key->name : leaf->name, entry ? " of " : "", entry ? leaf->name : "",
                   leaf->standard ? " (its default)" : "", message);
}

const char *hw_found_text(hw_binding *binding, const hw_node *node) {
    char quoted[HW_QUOTE_BYTES];
    switch (node->kind) {
    case HW_NODE_SCALAR:
        return *node->text == '\0' ? "nothing"
                                   : hw_pool_print(&binding->pool, "'%s'", hw_quote(node->text, quoted));
    case HW_NODE_LIST:
        return "a list";
    case HW_NODE_MAPPING:
        return "keys and values";
    }
    return "nothing";
}

void hw_expected(hw_binding *binding, const hw_leaf *leaf, const hw_node *node, const char *what) {
    hw_blame(binding, leaf, node,
             hw_pool_print(&binding->pool, "expected %s, found %s", what, hw_found_text(binding, node)));
}

const char *hw_did_you_mean(hw_binding *binding, const char *word, const char *const *candidates,
                            size_t count) {
    if (binding->mistakes.count > NEAREST_MISTAKES_MOST || count > NEAREST_CANDIDATES_MOST) {
        return "";
    }
    const char *nearest = hw_nearest_name(word, candidates, count);
    return nearest == NULL ? "" : hw_pool_print(&binding->pool, "; did you mean '%s'?", nearest);
}

/* What nothing is near to is easier told by all there is, where that is one glance. */
static const char *list_names(hw_binding *binding, const char *const *names, size_t count) {
    enum { GLANCE = 16 };
    const char *list = "";
    for (size_t i = 0; i < count && count <= GLANCE; i++) {
        list = hw_pool_print(&binding->pool, "%s%s%s", list, i > 0 ? ", " : "; known here: ", names[i]);
    }
    return list;
}

const char *hw_known_keys(hw_binding *binding, const char *word, const char *const *names, size_t count) {
    const char *near = hw_did_you_mean(binding, word, names, count);
    bool few = binding->mistakes.count <= NEAREST_MISTAKES_MOST;
    return *near == '\0' && few ? list_names(binding, names, count) : near;
}

const char *hw_left_out_here(hw_binding *binding, const char *path) {
    return binding->document == NULL ? "" : hw_left_out_text(&binding->pool, binding->document, path);
}

/* ---- Entering values ---- */

static const char *mark_text(const hw_node *mapping, const char *mark) {
    const hw_node *child = hw_node_child(mapping, mark);
    return child != NULL && child->kind == HW_NODE_SCALAR ? child->text : NULL;
}

/* The nearest mapping around a value, in its own file, that says `source` or `assumed` speaks for it. */
static hw_marks marks_of(const hw_leaf *leaf) {
    if (leaf->key->type == HW_KEY_YAML) {
        return (hw_marks){0}; /* what it says about itself is part of its text */
    }
    if (leaf->standard) {
        return (hw_marks){.source = leaf->key->source, .assumed = leaf->key->source == NULL};
    }
    hw_marks marks = {0};
    if (leaf->node->kind == HW_NODE_MAPPING) {
        marks.note = mark_text(leaf->node, "note");
    }
    for (const hw_node *node = leaf->node; node != NULL; node = node->parent) {
        if (node->kind != HW_NODE_MAPPING) {
            continue;
        }
        const char *assumed = mark_text(node, "assumed");
        marks.source = mark_text(node, "source");
        if (marks.source != NULL || assumed != NULL) {
            marks.assumed = assumed != NULL && hw_yes_or_no(assumed) == 1;
            break;
        }
    }
    return marks;
}

hw_distribution hw_certainly(double number) {
    return (hw_distribution){.kind = HW_FIXED, .a = number, .low = -HUGE_VAL, .high = HUGE_VAL};
}

void hw_add_spot(hw_binding *binding, const char *path, hw_position where) {
    binding->spots =
        hw_grow(binding->spots, binding->spot_count, &binding->spot_capacity, sizeof(*binding->spots));
    binding->spots[binding->spot_count++] = (hw_spot){.path = path, .where = where};
}

hw_value_id hw_add_value(hw_binding *binding, const hw_leaf *leaf, const hw_entry *entry) {
    hw_marks marks = marks_of(leaf);
    hw_position where = leaf->standard ? (hw_position){0} : leaf->node->where;
    int64_t known_by = leaf->standard ? HW_ALWAYS_KNOWN : hw_known_by(leaf->node);
    binding->values =
        hw_grow(binding->values, binding->value_count, &binding->value_capacity, sizeof(*binding->values));
    binding->values[binding->value_count] = (hw_value){.distribution = entry->distribution,
                                                       .path = leaf->path,
                                                       .key = leaf->key,
                                                       .written = entry->written,
                                                       .source = marks.source,
                                                       .assumed = marks.assumed,
                                                       .standard = leaf->standard,
                                                       .known_by = known_by,
                                                       .where = where,
                                                       .entity = hw_entity(leaf->path)};
    hw_add_spot(binding, leaf->path, where);
    hw_write_value(&binding->resolved, leaf->name, entry->body, entry->pairs, &marks);
    return (hw_value_id)binding->value_count++;
}

void hw_add_certain(hw_binding *binding, const hw_leaf *leaf, double number, const char *written) {
    hw_entry entry = {.distribution = hw_certainly(number),
                      .written = written,
                      .body = hw_yaml_scalar(&binding->pool, written)};
    hw_add_value(binding, leaf, &entry);
}

/* The note of a mapping, as a line of its own. */
void hw_write_note(hw_binding *binding, const hw_node *mapping) {
    const char *note = mapping == NULL ? NULL : mark_text(mapping, "note");
    if (note != NULL) {
        hw_write_remark(&binding->resolved, "note", hw_yaml_scalar(&binding->pool, note));
    }
}
