/* Single values of every type but quantities. */
#include "sim/input/binder.h"

#include "sim/date.h"
#include "sim/input/reader.h"
#include <ctype.h>
#include <string.h>

const hw_node *hw_leaf_content(hw_binding *binding, const hw_leaf *leaf) {
    static const char *const names[] = {"value", "source", "assumed", "note", "known_by"};
    if (leaf->node->kind != HW_NODE_MAPPING) {
        return leaf->node;
    }
    const hw_node *value = NULL;
    bool good = true;
    for (uint32_t i = 0; i < leaf->node->child_count; i++) {
        const hw_node *child = leaf->node->children[i];
        if (strcmp(child->key, "value") == 0) {
            value = child;
        } else if (!hw_is_mark(child->key)) {
            char quoted[HW_QUOTE_BYTES];
            hw_remarks_add(
                &binding->mistakes, child->key_where,
                "unknown key '%s' in '%s': expected 'value' with 'source', 'assumed', 'note' or 'known_by'%s",
                hw_quote(child->key, quoted), leaf->name,
                hw_did_you_mean(binding, child->key, names, HW_LENGTH(names)));
            good = false;
        }
    }
    if (good && value == NULL) {
        hw_blame(binding, leaf, leaf->node, "'value' is missing");
    }
    return good ? value : NULL;
}

/* The text of a leaf that is a single non-empty scalar; NULL after adding a mistake. */
const hw_node *hw_scalar_content(hw_binding *binding, const hw_leaf *leaf, const char *what) {
    const hw_node *node = hw_leaf_content(binding, leaf);
    if (node != NULL && (node->kind != HW_NODE_SCALAR || *node->text == '\0')) {
        hw_expected(binding, leaf, node, what);
        return NULL;
    }
    return node;
}

static bool read_count(const char *text, uint32_t *count) {
    uint64_t number = 0;
    if (!isdigit((unsigned char)*text)) {
        return false;
    }
    for (; *text != '\0'; text++) {
        if (*text == '_' && isdigit((unsigned char)text[1])) {
            continue;
        }
        if (!isdigit((unsigned char)*text)) {
            return false;
        }
        number = number * 10 + (uint64_t)(*text - '0');
        if (number > UINT32_MAX) {
            return false;
        }
    }
    *count = (uint32_t)number;
    return true;
}

static void bind_count(hw_binding *binding, const hw_leaf *leaf, uint32_t *field) {
    static const char what[] = "a whole number such as 12 or 1_000, at most 4_294_967_295";
    const hw_node *node = hw_scalar_content(binding, leaf, what);
    if (node == NULL) {
        return;
    }
    if (!read_count(node->text, field)) {
        hw_expected(binding, leaf, node, what);
        return;
    }
    hw_quantity quantity = {.value = *field, .factor = 1.0};
    if (hw_in_range(binding, leaf, node, &quantity)) {
        hw_add_certain(binding, leaf, quantity.value, node->text);
    }
}

static void bind_yes_no(hw_binding *binding, const hw_leaf *leaf, bool *field) {
    const hw_node *node = hw_scalar_content(binding, leaf, "yes or no");
    if (node == NULL) {
        return;
    }
    int answer = hw_yes_or_no(node->text);
    if (answer < 0) {
        hw_expected(binding, leaf, node, "yes or no");
        return;
    }
    *field = answer == 1;
    hw_add_certain(binding, leaf, answer, *field ? "yes" : "no");
}

static void bind_date(hw_binding *binding, const hw_leaf *leaf, int64_t *field) {
    static const char what[] = "a date that exists, such as 2021-03-31";
    const hw_node *node = hw_scalar_content(binding, leaf, what);
    if (node == NULL) {
        return;
    }
    if (!hw_date_parse(node->text, field)) {
        hw_expected(binding, leaf, node, what);
        return;
    }
    hw_add_certain(binding, leaf, (double)*field, node->text);
}

static void bind_text(hw_binding *binding, const hw_leaf *leaf, const char **field) {
    const hw_node *node = hw_scalar_content(binding, leaf, "a text");
    if (node == NULL) {
        return;
    }
    *field = node->text;
    if (leaf->key->beside) {
        hw_add_spot(binding, leaf->path, node->where);
    } else {
        hw_add_certain(binding, leaf, 0.0, node->text);
    }
    if (node->cut_short) {
        hw_remarks_add(
            &binding->warnings, node->where,
            "'%s' is '%s': YAML takes what stands behind ' #' for a comment; put the whole text in "
            "quotes if it was meant",
            leaf->key->name, node->text);
    }
}

/* A node in YAML's flow style, on one line. */
static void write_flow(hw_pool *pool, hw_writer *writer, const hw_node *node) {
    if (node->kind == HW_NODE_SCALAR) {
        hw_write_raw(writer, hw_yaml_scalar(pool, node->text));
        return;
    }
    bool mapping = node->kind == HW_NODE_MAPPING;
    hw_write_raw(writer, mapping ? "{" : "[");
    for (uint32_t i = 0; i < node->child_count; i++) {
        const hw_node *child = node->children[i];
        hw_write_raw(writer, i == 0 ? "" : ", ");
        if (mapping) {
            hw_write_raw(writer, hw_yaml_scalar(pool, child->key));
            hw_write_raw(writer, ": ");
        }
        write_flow(pool, writer, child);
    }
    hw_write_raw(writer, mapping ? "}" : "]");
}

/* Taken as it stands: its reader looks for a mapping with `value` and marks. */
static void bind_yaml(hw_binding *binding, const hw_leaf *leaf, const char **field) {
    hw_writer text = {0};
    hw_write_raw(&text, "");
    write_flow(&binding->pool, &text, leaf->node);
    *field = hw_pool_copy(&binding->pool, text.text, text.length);
    hw_writer_free(&text);
    const hw_entry entry = {.distribution = hw_certainly(0.0), .written = *field, .body = *field};
    hw_add_value(binding, leaf, &entry);
}

static const char *choice_list(hw_binding *binding, const char *const *choices) {
    const char *list = "one of ";
    for (size_t i = 0; choices[i] != NULL; i++) {
        list = hw_pool_print(&binding->pool, "%s%s%s", list, i == 0 ? "" : ", ", choices[i]);
    }
    return list;
}

static void bind_choice(hw_binding *binding, const hw_leaf *leaf, uint32_t *field) {
    const char *const *choices = leaf->key->choices;
    const hw_node *node = hw_leaf_content(binding, leaf);
    if (node == NULL) {
        return;
    }
    bool scalar = node->kind == HW_NODE_SCALAR;
    size_t count = 0;
    for (; choices[count] != NULL; count++) {
        if (scalar && strcmp(choices[count], node->text) == 0) {
            *field = (uint32_t)count;
            hw_add_certain(binding, leaf, (double)count, node->text);
            return;
        }
    }
    hw_blame(binding, leaf, node,
             hw_pool_print(&binding->pool, "expected %s, found %s%s", choice_list(binding, choices),
                           hw_found_text(binding, node),
                           scalar ? hw_did_you_mean(binding, node->text, choices, count) : ""));
}

void hw_bind_leaf(hw_binding *binding, const hw_leaf *leaf, void *field) {
    switch (leaf->key->type) {
    case HW_KEY_QUANTITY:
        *(hw_value_id *)field = hw_bind_quantity(binding, leaf);
        break;
    case HW_KEY_COUNT:
        bind_count(binding, leaf, field);
        break;
    case HW_KEY_YES_NO:
        bind_yes_no(binding, leaf, field);
        break;
    case HW_KEY_DATE:
        bind_date(binding, leaf, field);
        break;
    case HW_KEY_TEXT:
        bind_text(binding, leaf, field);
        break;
    case HW_KEY_YAML:
        bind_yaml(binding, leaf, field);
        break;
    case HW_KEY_CHOICE:
        bind_choice(binding, leaf, field);
        break;
    case HW_KEY_REFERENCE:
        hw_bind_reference(binding, leaf, field);
        break;
    case HW_KEY_REFERENCES:
        hw_bind_references(binding, leaf, field);
        break;
    case HW_KEY_DATED:
        hw_bind_dated(binding, leaf, field);
        break;
    case HW_KEY_TABLE:
        hw_bind_table(binding, leaf, field);
        break;
    case HW_KEY_SECTION:
    case HW_KEY_REGISTRY:
        break; /* never a leaf: sections.c */
    }
}
