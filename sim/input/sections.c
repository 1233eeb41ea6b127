/* The walk through sections, tables and registries, in the order of their descriptor tables. */
#include "sim/input/binder.h"

#include "sim/input/layers.h"
#include "sim/input/reader.h"
#include "sim/input/twins.h"
#include <stdlib.h>
#include <string.h>

/* ---- What is not there ---- */

static const char *expectation(hw_binding *binding, const hw_key *key) {
    if (key->type == HW_KEY_QUANTITY || key->type == HW_KEY_DATED) {
        return hw_pool_print(&binding->pool, "expected %s such as %s", hw_dimension_name(key->dimension),
                             hw_dimension_example(key->dimension));
    }
    return key->meaning;
}

static void leave_empty(const hw_key *key, void *field) {
    switch (key->type) {
    case HW_KEY_QUANTITY:
    case HW_KEY_REFERENCE:
        *(uint32_t *)field = UINT32_MAX;
        break;
    case HW_KEY_DATE:
        *(int64_t *)field = INT64_MAX;
        break;
    default:
        break; /* lists, tables and texts: all zero already */
    }
}

static void add_missing(hw_binding *binding, const hw_key *key, const hw_site *site) {
    const char *path = hw_path_join(&binding->pool, site->path, key->name);
    hw_remarks_add(&binding->mistakes, site->where, "'%s' is missing in %s: %s%s", key->name, site->described,
                   expectation(binding, key), hw_left_out_here(binding, path));
}

/* Says what a mapping was expected for; false when the node is none. */
static bool is_mapping(hw_binding *binding, const hw_node *node, const char *described, const char *what) {
    if (node == NULL || node->kind == HW_NODE_MAPPING) {
        return true;
    }
    if (node->kind == HW_NODE_SCALAR && node->cut) {
        hw_remarks_add_cause(&binding->mistakes, node->where, HW_CUT_BY_COMMENT);
        return false;
    }
    bool nothing = node->kind == HW_NODE_SCALAR && *node->text == '\0';
    hw_remarks_add(&binding->mistakes, node->key != NULL ? node->key_where : node->where,
                   "expected %s in %s, found %s%s", what, described, hw_found_text(binding, node),
                   nothing ? "; write {} when there are none" : "");
    return false;
}

/* ---- Sections and registries ---- */

/* Where to point when something is missing inside a mapping: its key, or its start at the top of a file. */
static hw_position start_of(const hw_node *node) {
    return node->key != NULL ? node->key_where : node->where;
}

static hw_site site_inside(hw_binding *binding, const hw_site *outer, const char *name, const hw_node *node) {
    hw_site site = {.path = hw_path_join(&binding->pool, outer->path, name),
                    .node = node,
                    .where = node != NULL ? start_of(node) : outer->where,
                    .standard = outer->standard};
    hw_add_spot(binding, site.path, node != NULL && !site.standard ? site.where : (hw_position){0});
    return site;
}

static void bind_subsection(hw_binding *binding, const hw_key *key, const hw_site *outer, const hw_node *node,
                            void *field) {
    hw_site site = site_inside(binding, outer, key->name, node);
    site.described = hw_pool_print(&binding->pool, "section '%s'", key->name);
    if (!is_mapping(binding, node, site.described, "keys and values")) {
        return;
    }
    size_t opened = hw_write_open(&binding->resolved, key->name);
    hw_write_note(binding, node);
    hw_bind_section(binding, key->section, &site, field);
    hw_write_close(&binding->resolved, opened);
}

static void check_entries(hw_binding *binding, const hw_registry *registry, const hw_node *node) {
    const char *names[HW_REGISTRY_MOST];
    for (uint32_t i = 0; i < registry->count; i++) {
        names[i] = registry->sections[i]->name;
    }
    for (uint32_t i = 0; i < node->child_count; i++) {
        const hw_node *child = node->children[i];
        bool known = hw_is_mark(child->key);
        for (uint32_t j = 0; j < registry->count && !known; j++) {
            known = strcmp(names[j], child->key) == 0;
        }
        if (!known) {
            char quoted[HW_QUOTE_BYTES];
            hw_remarks_add(&binding->mistakes, child->key_where, "there is no '%s' in %s%s",
                           hw_quote(child->key, quoted), registry->name,
                           hw_did_you_mean(binding, child->key, names, registry->count));
        }
    }
}

static void bind_entry(hw_binding *binding, const hw_registry *registry, const hw_section *section,
                       const hw_site *outer, const void **field) {
    const hw_node *node = outer->node == NULL ? NULL : hw_node_child(outer->node, section->name);
    hw_site site = site_inside(binding, outer, section->name, node);
    site.described = hw_pool_print(&binding->pool, "'%s' of %s", section->name, registry->name);
    void *parameters = hw_pool_take(&binding->pool, 1, section->size);
    *field = parameters;
    if (!is_mapping(binding, node, site.described, "keys and values")) {
        return;
    }
    size_t opened = hw_write_open(&binding->resolved, section->name);
    hw_write_note(binding, node);
    hw_bind_section(binding, section, &site, parameters);
    hw_write_close(&binding->resolved, opened);
}

static void bind_registry(hw_binding *binding, const hw_key *key, const hw_site *outer, const hw_node *node,
                          const void **field) {
    const hw_registry *registry = key->registry;
    hw_site site = site_inside(binding, outer, key->name, node);
    if (!is_mapping(binding, node, hw_pool_print(&binding->pool, "'%s'", key->name),
                    "names with keys and values")) {
        return;
    }
    if (node != NULL) {
        check_entries(binding, registry, node);
    }
    size_t opened = hw_write_open(&binding->resolved, key->name);
    hw_write_note(binding, node);
    for (uint32_t i = 0; i < registry->count; i++) {
        bind_entry(binding, registry, registry->sections[i], &site, &field[i]);
    }
    hw_write_close(&binding->resolved, opened);
}

/* ---- Tables ---- */

static void bind_item(hw_binding *binding, const hw_leaf *table, const hw_node *node, void *item) {
    const hw_section *section = table->key->section;
    char quoted[HW_QUOTE_BYTES];
    hw_site outer = {.path = table->path, .where = table->where, .standard = table->standard};
    hw_site site = site_inside(binding, &outer, node->key, node);
    if (table->standard) {
        site.where = table->where;
    }
    site.described = hw_pool_print(&binding->pool, "%s '%s'", section->name, hw_quote(node->key, quoted));
    if (!is_mapping(binding, node, site.described, "keys and values")) {
        return;
    }
    size_t opened = hw_write_open(&binding->resolved, node->key);
    hw_write_note(binding, node);
    hw_bind_section(binding, section, &site, item);
    hw_write_close(&binding->resolved, opened);
}

typedef struct alike {
    const char *skeleton;
    const hw_node *node;
    uint32_t index;
} alike;

static int compare_alike(const void *left, const void *right) {
    const alike *a = left;
    const alike *b = right;
    int order = strcmp(a->skeleton, b->skeleton);
    return order != 0 ? order : a->index < b->index ? -1 : a->index > b->index;
}

/* Two names that a reader of the results could not tell apart. */
static void refuse_twins(hw_binding *binding, const hw_section *section, const hw_node *table) {
    alike *items = hw_pool_take(&binding->pool, table->child_count, sizeof(*items));
    uint32_t count = 0;
    for (uint32_t i = 0; i < table->child_count; i++) {
        const hw_node *node = table->children[i];
        if (!hw_is_mark(node->key)) {
            items[count] = (alike){hw_name_skeleton(&binding->pool, node->key), node, count};
            count++;
        }
    }
    if (count > 1) {
        qsort(items, count, sizeof(*items), compare_alike);
    }
    for (uint32_t i = 1; i < count; i++) {
        const hw_node *first = items[i - 1].node;
        const hw_node *second = items[i].node;
        if (strcmp(items[i - 1].skeleton, items[i].skeleton) == 0 && strcmp(first->key, second->key) != 0) {
            char quoted[HW_QUOTE_BYTES], other[HW_QUOTE_BYTES];
            hw_remarks_add(&binding->mistakes, second->key_where,
                           "%s '%s' looks like '%s' at %s:%u:%u: they differ in %s; spell them alike, or so "
                           "that they can be told apart",
                           section->name, hw_quote(second->key, quoted), hw_quote(first->key, other),
                           first->key_where.file, first->key_where.line, first->key_where.column,
                           hw_name_difference(first->key, second->key));
        }
    }
}

void hw_bind_table(hw_binding *binding, const hw_leaf *leaf, hw_table *table) {
    const hw_node *node = leaf->node;
    const hw_section *section = leaf->key->section;
    hw_add_spot(binding, leaf->path, leaf->standard ? (hw_position){0} : start_of(node));
    if (!is_mapping(binding, node, hw_pool_print(&binding->pool, "'%s'", leaf->name),
                    "names with keys and values")) {
        return;
    }
    refuse_twins(binding, section, node);
    unsigned char *items = hw_pool_take(&binding->pool, node->child_count, section->size);
    const char **names = hw_pool_take(&binding->pool, node->child_count, sizeof(*names));
    uint32_t count = 0;
    size_t opened = hw_write_open(&binding->resolved, leaf->name);
    hw_write_note(binding, node);
    for (uint32_t i = 0; i < node->child_count; i++) {
        const hw_node *child = node->children[i];
        if (!hw_is_mark(child->key)) {
            names[count] = child->key;
            bind_item(binding, leaf, child, items + (size_t)count * section->size);
            count++;
        }
    }
    hw_write_close(&binding->resolved, opened);
    *table = (hw_table){.items = items, .names = names, .count = count};
}

/* ---- Keys ---- */

static void check_keys(hw_binding *binding, const hw_plan *plan, const hw_site *site) {
    for (uint32_t i = 0; i < site->node->child_count; i++) {
        const hw_node *child = site->node->children[i];
        bool known = false;
        for (uint32_t j = 0; j < plan->name_count && !known; j++) {
            known = strcmp(plan->names[j], child->key) == 0;
        }
        if (!known) {
            char quoted[HW_QUOTE_BYTES];
            hw_remarks_add(&binding->mistakes, child->key_where, "unknown key '%s' in %s%s",
                           hw_quote(child->key, quoted), site->described,
                           hw_known_keys(binding, child->key, plan->names, plan->name_count));
        }
    }
}

static void bind_key(hw_binding *binding, const hw_plan *plan, uint32_t index, const hw_site *site,
                     void *field) {
    const hw_key *key = &plan->section->keys[index];
    const hw_node *standard = plan->standards[index];
    const hw_node *node = site->node == NULL ? NULL : hw_node_child(site->node, key->name);
    if (!hw_need_met(plan, key, site->node)) {
        leave_empty(key, field);
        if (node != NULL) {
            hw_add_unmet(binding, key, site, node);
        }
        return;
    }
    if (key->type == HW_KEY_SECTION) {
        bind_subsection(binding, key, site, node, field);
        return;
    }
    if (key->type == HW_KEY_REGISTRY) {
        bind_registry(binding, key, site, node, field);
        return;
    }
    bool written = node != NULL && !site->standard;
    node = node != NULL ? node : standard;
    if (node != NULL) {
        hw_leaf leaf = {.key = key,
                        .name = key->name,
                        .path = hw_path_join(&binding->pool, site->path, key->name),
                        .node = node,
                        .standard = !written,
                        .where = site->where};
        hw_bind_leaf(binding, &leaf, field);
        return;
    }
    leave_empty(key, field);
    if (!key->optional) {
        add_missing(binding, key, site);
    }
}

void hw_bind_section(hw_binding *binding, const hw_section *section, const hw_site *site, void *out) {
    const hw_plan *plan = hw_plan_of(binding, section);
    if (site->node != NULL) {
        check_keys(binding, plan, site);
    }
    for (uint32_t i = 0; i < section->key_count; i++) {
        bind_key(binding, plan, i, site, (unsigned char *)out + section->keys[i].offset);
    }
}
