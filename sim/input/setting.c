/* Checks paths that are set from outside against the descriptor tables. */
#include "sim/input/setting.h"

#include "sim/input/known.h"
#include "sim/input/layers.h"
#include "sim/input/pool.h"
#include "sim/input/reader.h"
#include "sim/letters.h"
#include <stdlib.h>
#include <string.h>

typedef struct path_names {
    const char *names[HW_DEPTH_MOST];
    uint32_t count; /* 0: malformed */
} path_names;

static path_names split(hw_pool *pool, const char *path) {
    path_names split = {0};
    const char *problem = NULL;
    for (const char *name; (name = hw_path_next(pool, &path, &problem)) != NULL;) {
        if (split.count == HW_DEPTH_MOST) {
            return (path_names){0};
        }
        split.names[split.count++] = name;
    }
    return problem == NULL ? split : (path_names){0};
}

static bool same_name(const char *a, const char *b) {
    int64_t day_of_a;
    int64_t day_of_b;
    if (hw_read_series_day(a, &day_of_a) && hw_read_series_day(b, &day_of_b)) {
        return day_of_a == day_of_b;
    }
    return hw_same_but_for_case(a, b);
}

hw_path_relation hw_path_relate(const char *a, const char *b) {
    hw_pool pool = {0};
    path_names left = split(&pool, a);
    path_names right = split(&pool, b);
    uint32_t shorter = left.count < right.count ? left.count : right.count;
    bool together = shorter > 0;
    for (uint32_t i = 0; i < shorter && together; i++) {
        together = same_name(left.names[i], right.names[i]);
    }
    hw_pool_free(&pool);
    if (!together) {
        return HW_PATHS_APART;
    }
    return left.count == right.count ? HW_PATHS_SAME : HW_PATHS_INSIDE;
}

static const hw_key *key_named(const hw_section *section, const char *name) {
    for (uint32_t i = 0; i < section->key_count; i++) {
        if (strcmp(section->keys[i].name, name) == 0) {
            return &section->keys[i];
        }
    }
    return NULL;
}

static const hw_section *section_named(const hw_registry *registry, const char *name) {
    for (uint32_t i = 0; i < registry->count; i++) {
        if (strcmp(registry->sections[i]->name, name) == 0) {
            return registry->sections[i];
        }
    }
    return NULL;
}

/* What the name at `depth` of the path should have been; NULL when nothing is near. */
static const char *meant(const hw_node *table, const char *name, bool only_case) {
    uint32_t count = table != NULL && table->kind == HW_NODE_MAPPING ? table->child_count : 0;
    const char **names = malloc((count + (size_t)1) * sizeof(*names));
    uint32_t found = 0;
    for (uint32_t i = 0; i < count && names != NULL; i++) {
        if (!hw_is_mark(table->children[i]->key)) {
            names[found++] = table->children[i]->key;
        }
    }
    const char *near = hw_find_but_for_case(name, names, found);
    if (near == NULL && !only_case) {
        near = hw_nearest_name(name, names, found);
    }
    free(names);
    return near;
}

static hw_status refuse_entry(const hw_section *section, const char *path, const char *name, const char *near,
                              const char *origin, hw_errors *errors) {
    hw_position where = {.file = origin, .line = 1, .column = 1};
    char quoted[HW_QUOTE_BYTES];
    hw_quote(name, quoted);
    if (near != NULL) {
        hw_errors_add(errors, where, "cannot set '%s': there is no %s '%s'; did you mean '%s'?", path,
                      section->name, quoted, near);
    } else {
        hw_errors_add(errors, where,
                      "cannot set '%s': there is no %s '%s'; a new one is set as a whole: {key: value, ...}",
                      path, section->name, quoted);
    }
    return HW_ERROR_INPUT;
}

static const hw_node *child_of(const hw_node *node, const char *name) {
    return node != NULL && node->kind == HW_NODE_MAPPING ? hw_node_child(node, name) : NULL;
}

/* Whether a table may be set at this entry; `whole` says that the path ends there. */
static hw_status check_entry(const hw_section *section, const hw_node *table, const char *name, bool whole,
                             const char *path, const char *origin, hw_errors *errors) {
    if (child_of(table, name) != NULL || hw_is_mark(name)) {
        return HW_OK;
    }
    const char *near = meant(table, name, whole);
    return whole && near == NULL ? HW_OK : refuse_entry(section, path, name, near, origin, errors);
}

hw_status hw_setting_check(const hw_section *root, const hw_document *document, const char *path,
                           const char *origin, hw_errors *errors) {
    hw_pool pool = {0};
    path_names names = split(&pool, path);
    const hw_section *section = root;
    const hw_node *node = hw_document_root(document);
    hw_status status = HW_OK;
    for (uint32_t i = 0; i < names.count && section != NULL && status == HW_OK; i++) {
        const hw_key *key = key_named(section, names.names[i]);
        const hw_node *below = child_of(node, names.names[i]);
        section = key != NULL && key->type == HW_KEY_SECTION ? key->section : NULL;
        node = below;
        bool named = key != NULL && (key->type == HW_KEY_TABLE || key->type == HW_KEY_REGISTRY);
        if (!named || i + 1 == names.count) {
            continue;
        }
        const char *name = names.names[++i];
        bool whole = i + 1 == names.count;
        section = key->type == HW_KEY_TABLE ? key->section : section_named(key->registry, name);
        node = child_of(below, name);
        const char *unknown = node == NULL && !whole
                                  ? hw_left_out_text(&pool, document, hw_path_join(&pool, key->name, name))
                                  : "";
        if (*unknown != '\0') {
            hw_errors_add(errors, (hw_position){.file = origin, .line = 1, .column = 1}, "cannot set '%s'%s",
                          path, unknown);
            status = HW_ERROR_INPUT;
        } else if (key->type == HW_KEY_TABLE) {
            status = check_entry(section, below, name, whole, path, origin, errors);
        }
    }
    hw_pool_free(&pool);
    return status;
}
