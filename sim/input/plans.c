/* What is known before the walk through the sections: defaults, names of tables, currencies. */
#include "sim/input/binder.h"

#include "sim/input/layers.h"
#include "sim/input/reader.h"
#include <ctype.h>
#include <string.h>

/* ---- Defaults ---- */

/* Whether YAML takes a text for one scalar, as it stands: true of nearly all defaults. */
static bool is_bare(const char *text) {
    static const char harmless[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ._/%(),-+";
    size_t length = strlen(text);
    return length > 0 && strspn(text, harmless) == length && isalnum((unsigned char)*text) &&
           text[length - 1] != ' ';
}

static const hw_node *read_standard(hw_binding *binding, const hw_section *section, const hw_key *key) {
    if (is_bare(key->standard)) { /* a parser for each of hundreds would take longer than all else */
        hw_node *scalar = hw_pool_take(&binding->pool, 1, sizeof(*scalar));
        *scalar = (hw_node){.kind = HW_NODE_SCALAR, .text = key->standard, .where = {.line = 1, .column = 1}};
        return scalar;
    }
    uint32_t nodes_left = HW_NODES_MOST;
    hw_errors errors = {0};
    hw_reading reading = {
        .pool = &binding->pool, .nodes_left = &nodes_left, .mistakes = &binding->mistakes, .errors = &errors};
    hw_node *node = hw_read_text(&reading, key->standard, strlen(key->standard));
    for (uint32_t i = 0; i < errors.kept; i++) {
        hw_remarks_add(&binding->mistakes, (hw_position){0}, "default of '%s' in %s: %s", key->name,
                       section->name, errors.items[i].message);
    }
    hw_errors_free(&errors);
    return node;
}

const hw_plan *hw_plan_of(hw_binding *binding, const hw_section *section) {
    for (size_t i = 0; i < binding->plan_count; i++) {
        if (binding->plans[i]->section == section) {
            return binding->plans[i];
        }
    }
    static const char *const everywhere[] = {"source", "assumed", "note", "known_by", "currencies"};
    bool root = section == binding->root;
    hw_plan *plan = hw_pool_take(&binding->pool, 1, sizeof(*plan));
    plan->section = section;
    plan->standards = hw_pool_take(&binding->pool, section->key_count, sizeof(const hw_node *));
    plan->names =
        hw_pool_take(&binding->pool, section->key_count + HW_LENGTH(everywhere), sizeof(const char *));
    for (uint32_t i = 0; i < section->key_count; i++) {
        const hw_key *key = &section->keys[i];
        plan->names[plan->name_count++] = key->name;
        if (key->standard != NULL) {
            plan->standards[i] = read_standard(binding, section, key);
        }
    }
    for (uint32_t i = 0; i < HW_LENGTH(everywhere) - (root ? 0 : 1); i++) {
        plan->names[plan->name_count++] = everywhere[i];
    }
    binding->plans = hw_grow(binding->plans, binding->plan_count, &binding->plan_capacity, sizeof(hw_plan *));
    binding->plans[binding->plan_count++] = plan;
    return plan;
}

/* ---- Names of tables ---- */

static void index_table(hw_binding *binding, const hw_key *key, const hw_node *node) {
    hw_names *table = &binding->tables[binding->table_count++];
    table->table = key->name;
    table->section = key->section;
    if (node == NULL || node->kind != HW_NODE_MAPPING) {
        return;
    }
    table->names = hw_pool_take(&binding->pool, node->child_count, sizeof(const char *));
    table->sorted = hw_pool_take(&binding->pool, node->child_count, sizeof(*table->sorted));
    table->last_list = hw_pool_take(&binding->pool, node->child_count, sizeof(*table->last_list));
    for (uint32_t i = 0; i < node->child_count; i++) {
        if (!hw_is_mark(node->children[i]->key)) {
            table->sorted[table->count] = (hw_named){.name = node->children[i]->key, .index = table->count};
            table->names[table->count++] = node->children[i]->key;
        }
    }
    hw_named_sort(table->sorted, table->count);
}

void hw_index_tables(hw_binding *binding, const hw_node *root) {
    const hw_plan *plan = hw_plan_of(binding, binding->root);
    binding->tables = hw_pool_take(&binding->pool, binding->root->key_count, sizeof(*binding->tables));
    for (uint32_t i = 0; i < binding->root->key_count; i++) {
        const hw_key *key = &binding->root->keys[i];
        if (key->type == HW_KEY_TABLE) {
            const hw_node *node = hw_node_child(root, key->name);
            index_table(binding, key, node != NULL ? node : plan->standards[i]);
        }
    }
}

/* ---- Currencies ---- */

static const hw_key currency_key = {
    .name = "currency",
    .type = HW_KEY_QUANTITY,
    .dimension = HW_DIM_MONEY,
    .low = 1e-9,
    .high = 1e9,
    .meaning = "what one unit of the currency is worth",
};

static bool bind_currency(hw_binding *binding, const hw_node *node, hw_currency *currency) {
    char quoted[HW_QUOTE_BYTES];
    if (!hw_currency_name_is_good(node->key)) {
        hw_remarks_add(&binding->mistakes, node->key_where,
                       "expected a currency of three capital letters such as AZN, other than USD, found '%s'",
                       hw_quote(node->key, quoted));
        return false;
    }
    hw_leaf leaf = {.key = &currency_key,
                    .name = node->key,
                    .path = hw_path_join(&binding->pool, "currencies", node->key),
                    .node = node};
    hw_value_id value = hw_bind_quantity(binding, &leaf);
    if (value == UINT32_MAX) {
        return false;
    }
    const hw_distribution *worth = &binding->values[value].distribution;
    if (worth->kind != HW_FIXED) {
        hw_expected(binding, &leaf, node, "a fixed amount such as 0.588 USD");
        return false;
    }
    *currency = (hw_currency){.name = node->key, .usd = worth->a};
    return true;
}

/* In which currency results are told. The model counts in USD all the same. */
static const char *shown_in(hw_binding *binding, const hw_node *node, const hw_currency *items,
                            uint32_t count) {
    const char **names = hw_pool_take(&binding->pool, count + 1, sizeof(*names));
    names[count] = "USD";
    bool scalar = node->kind == HW_NODE_SCALAR, known = scalar && strcmp(node->text, "USD") == 0;
    for (uint32_t i = 0; i < count; i++) {
        names[i] = items[i].name;
        known = known || (scalar && strcmp(node->text, names[i]) == 0);
    }
    if (!known) {
        hw_remarks_add(&binding->mistakes, node->where,
                       "'currencies.shown_in': expected USD or one of these currencies, found %s%s",
                       hw_found_text(binding, node),
                       scalar ? hw_did_you_mean(binding, node->text, names, count + 1) : "");
        return NULL;
    }
    hw_write_value(&binding->resolved, node->key, node->text, false, &(hw_marks){0});
    hw_add_spot(binding, hw_path_join(&binding->pool, "currencies", node->key), node->where);
    return node->text;
}

void hw_bind_currencies(hw_binding *binding, const hw_node *root) {
    const hw_node *node = hw_node_child(root, "currencies");
    if (node == NULL) {
        return;
    }
    if (node->kind != HW_NODE_MAPPING) {
        hw_remarks_add(&binding->mistakes, node->where,
                       "'currencies': expected names with their worth, such as {AZN: 0.588 USD}, found %s",
                       hw_found_text(binding, node));
        return;
    }
    hw_currency *items = hw_pool_take(&binding->pool, node->child_count, sizeof(*items));
    const hw_node *shown = hw_node_child(node, "shown_in");
    uint32_t count = 0;
    size_t opened = hw_write_open(&binding->resolved, "currencies");
    for (uint32_t i = 0; i < node->child_count; i++) {
        if (!hw_is_mark(node->children[i]->key) && node->children[i] != shown) {
            count += bind_currency(binding, node->children[i], &items[count]);
        }
    }
    const char *told = shown != NULL ? shown_in(binding, shown, items, count) : NULL;
    hw_write_note(binding, node);
    hw_write_close(&binding->resolved, opened);
    binding->currencies = (hw_currencies){.items = items, .count = count, .shown_in = told};
}
