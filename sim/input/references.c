/* Names that refer to items of the root's tables. */
#include "sim/input/binder.h"

#include "sim/input/layers.h"
#include "sim/input/reader.h"
#include "sim/input/twins.h"
#include <string.h>

static hw_names *names_of(const hw_binding *binding, const char *table) {
    for (uint32_t i = 0; i < binding->table_count; i++) {
        if (strcmp(binding->tables[i].table, table) == 0) {
            return &binding->tables[i];
        }
    }
    return NULL;
}

/* "; did you mean 'x', ...?" when a name looks like one of the table; NULL otherwise. */
static const char *twin_among(hw_binding *binding, const hw_names *names, const char *word) {
    const char *skeleton = hw_name_skeleton(&binding->pool, word);
    for (uint32_t i = 0; i < names->count; i++) {
        if (strcmp(skeleton, hw_name_skeleton(&binding->pool, names->names[i])) == 0) {
            char quoted[HW_QUOTE_BYTES];
            const char *difference = hw_name_difference(word, names->names[i]);
            bool seen = strcmp(difference, "letter case") == 0;
            return hw_pool_print(&binding->pool, "; did you mean '%s'%s%s?",
                                 hw_quote(names->names[i], quoted), seen ? "" : ", which differs in ",
                                 seen ? "" : difference);
        }
    }
    return NULL;
}

/* The index of the item that a scalar names; HW_NO_REFERENCE after adding a mistake. */
static uint32_t resolve(hw_binding *binding, const hw_leaf *leaf, const hw_node *node) {
    const hw_names *names = names_of(binding, leaf->key->refers_to);
    if (names == NULL) {
        return HW_NO_REFERENCE;
    }
    uint32_t index = hw_named_find(names->sorted, names->count, node->text);
    if (index == HW_NO_REFERENCE) {
        char quoted[HW_QUOTE_BYTES];
        const char *unknown =
            hw_left_out_here(binding, hw_path_join(&binding->pool, names->table, node->text));
        const char *meant = *unknown != '\0' ? unknown : twin_among(binding, names, node->text);
        meant = meant != NULL ? meant : hw_did_you_mean(binding, node->text, names->names, names->count);
        hw_blame(binding, leaf, node,
                 hw_pool_print(&binding->pool, "there is no %s '%s' in '%s'%s", names->section->name,
                               hw_quote(node->text, quoted), names->table, meant));
    }
    return index;
}

void hw_bind_reference(hw_binding *binding, const hw_leaf *leaf, uint32_t *field) {
    const hw_node *node = hw_scalar_content(binding, leaf, "a name");
    if (node == NULL) {
        return;
    }
    *field = resolve(binding, leaf, node);
    if (*field != HW_NO_REFERENCE) {
        hw_add_certain(binding, leaf, *field, node->text);
    }
}

/* The text of an item: itself, or the `value` beside the day by which it was known. */
static const hw_node *item_text(const hw_node *item) {
    bool marked =
        item->kind == HW_NODE_MAPPING && item->child_count == 2 && hw_node_child(item, "known_by") != NULL;
    const hw_node *text = marked ? hw_node_child(item, "value") : item;
    return text != NULL ? text : item;
}

/* One name of the list that `names` counts as its latest. */
static bool bind_list_item(hw_binding *binding, const hw_leaf *leaf, const hw_node *node, hw_names *names,
                           uint32_t *item) {
    if (node->kind != HW_NODE_SCALAR || *node->text == '\0') {
        hw_expected(binding, leaf, node, "a name");
        return false;
    }
    *item = resolve(binding, leaf, node);
    if (*item == HW_NO_REFERENCE) {
        return false;
    }
    if (names->last_list[*item] == names->lists) {
        char quoted[HW_QUOTE_BYTES];
        hw_blame(binding, leaf, node,
                 hw_pool_print(&binding->pool, "'%s' is named twice", hw_quote(node->text, quoted)));
        return false;
    }
    names->last_list[*item] = names->lists;
    return true;
}

/* "[one, another]" */
static const char *list_text(hw_binding *binding, const hw_node *list) {
    hw_writer text = {0};
    hw_write_raw(&text, "[");
    for (uint32_t i = 0; i < list->child_count; i++) {
        hw_write_raw(&text, i == 0 ? "" : ", ");
        hw_write_raw(&text, hw_yaml_scalar(&binding->pool, item_text(list->children[i])->text));
    }
    hw_write_raw(&text, "]");
    const char *copy = hw_pool_copy(&binding->pool, text.text, text.length);
    hw_writer_free(&text);
    return copy;
}

void hw_bind_references(hw_binding *binding, const hw_leaf *leaf, hw_index_list *field) {
    const hw_node *list = hw_leaf_content(binding, leaf);
    if (list == NULL) {
        return;
    }
    if (list->kind != HW_NODE_LIST) {
        hw_expected(binding, leaf, list, "a list of names such as [one, another]");
        return;
    }
    hw_names *names = names_of(binding, leaf->key->refers_to);
    if (names == NULL) {
        return; /* the schema's defaults are being tried: there is no scenario to refer to */
    }
    names->lists++;
    uint32_t *items = hw_pool_take(&binding->pool, list->child_count, sizeof(*items));
    bool good = true;
    for (uint32_t i = 0; i < list->child_count; i++) {
        good = bind_list_item(binding, leaf, item_text(list->children[i]), names, &items[i]) && good;
    }
    if (!good) {
        return;
    }
    *field = (hw_index_list){.items = items, .count = list->child_count};
    const char *text = list_text(binding, list);
    hw_entry entry = {.distribution = hw_certainly(list->child_count), .written = text, .body = text};
    hw_add_value(binding, leaf, &entry);
}
