/* Whether a descriptor table is sound. */
#include "sim/input/binder.h"

#include "sim/input/layers.h"
#include "sim/input/reader.h"
#include <stdlib.h>
#include <string.h>

enum { SECTION_DEPTH_MOST = 16 };

static void complain(hw_binding *binding, const char *path, const char *problem) {
    hw_remarks_add(&binding->mistakes, (hw_position){0}, "%s: %s", *path == '\0' ? "root" : path, problem);
}

static bool is_reserved(const char *name) {
    static const char *const names[] = {"value",        "p10",     "p50",       "p90",
                                        "distribution", "include", "currencies"};
    for (size_t i = 0; i < HW_LENGTH(names); i++) {
        if (strcmp(name, names[i]) == 0) {
            return true;
        }
    }
    return hw_is_mark(name);
}

static bool may_be_absent(hw_key_type type) {
    switch (type) {
    case HW_KEY_QUANTITY:
    case HW_KEY_DATE:
    case HW_KEY_TEXT:
    case HW_KEY_YAML:
    case HW_KEY_REFERENCE:
    case HW_KEY_REFERENCES:
    case HW_KEY_DATED:
    case HW_KEY_TABLE:
        return true;
    default:
        return false;
    }
}

static bool is_root_table(const hw_section *root, const char *name) {
    for (uint32_t i = 0; name != NULL && i < root->key_count; i++) {
        if (root->keys[i].type == HW_KEY_TABLE && strcmp(root->keys[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

/* What the type of a key needs and it does not have, or NULL. */
static const char *type_problem(const hw_binding *binding, const hw_key *key) {
    switch (key->type) {
    case HW_KEY_CHOICE:
        return key->choices == NULL || key->choices[0] == NULL ? "has no choices" : NULL;
    case HW_KEY_SECTION:
    case HW_KEY_TABLE:
        return key->section == NULL ? "has no section" : NULL;
    case HW_KEY_REGISTRY:
        return key->registry == NULL || key->registry->count > HW_REGISTRY_MOST
                   ? "has no registry, or too large a one"
                   : NULL;
    case HW_KEY_REFERENCE:
    case HW_KEY_REFERENCES:
        return is_root_table(binding->root, key->refers_to) ? NULL : "refers to what is no table of the root";
    default:
        return NULL;
    }
}

static const char *key_problem(const hw_binding *binding, const hw_section *section, const hw_key *key) {
    if (key->name == NULL ||
        strspn(key->name, "abcdefghijklmnopqrstuvwxyz0123456789_") != strlen(key->name) ||
        *key->name == '\0' || is_reserved(key->name)) {
        return "is no name for a key, or a reserved one";
    }
    for (const hw_key *other = section->keys; other < key; other++) {
        if (strcmp(other->name, key->name) == 0) {
            return "is in the table twice";
        }
    }
    if (key->meaning == NULL || *key->meaning == '\0') {
        return "has no meaning";
    }
    if (!(key->low <= key->high)) {
        return "has an empty range";
    }
    if (key->offset >= section->size) {
        return "lies outside its struct";
    }
    bool nested = key->type == HW_KEY_SECTION || key->type == HW_KEY_REGISTRY;
    if ((key->optional && !may_be_absent(key->type)) || (nested && key->standard != NULL)) {
        return "cannot be optional, or cannot have a default, by its type";
    }
    const char *need = hw_need_problem(section, key);
    return need != NULL ? need : type_problem(binding, key);
}

/* Reads the default as the loader would; mistakes are added. */
static void try_standard(hw_binding *binding, const hw_key *key, const hw_node *standard, const char *path) {
    union {
        hw_value_id value;
        bool yes;
        int64_t day;
        const char *text;
        hw_index_list list;
        hw_dated_list dated;
        hw_table table;
    } field = {0};
    hw_leaf leaf = {.key = key, .name = key->name, .path = path, .node = standard, .standard = true};
    hw_bind_leaf(binding, &leaf, &field);
}

static void check_section(hw_binding *binding, const hw_section *section, const char *path, uint32_t depth);

static void check_below(hw_binding *binding, const hw_key *key, const char *path, uint32_t depth) {
    if (key->type == HW_KEY_SECTION || key->type == HW_KEY_TABLE) {
        check_section(binding, key->section, path, depth + 1);
    }
    for (uint32_t i = 0; key->type == HW_KEY_REGISTRY && i < key->registry->count; i++) {
        const hw_section *entry = key->registry->sections[i];
        check_section(binding, entry, hw_path_join(&binding->pool, path, entry->name), depth + 1);
    }
}

static void check_section(hw_binding *binding, const hw_section *section, const char *path, uint32_t depth) {
    if (depth > SECTION_DEPTH_MOST) {
        complain(binding, path, "sections are nested too deeply, or contain themselves");
        return;
    }
    if (section->name == NULL || section->documentation == NULL || section->size == 0) {
        complain(binding, path, "the section has no name, no documentation or no size");
        return;
    }
    const hw_plan *plan = hw_plan_of(binding, section);
    for (uint32_t i = 0; i < section->key_count; i++) {
        const hw_key *key = &section->keys[i];
        const char *problem = key_problem(binding, section, key);
        const char *key_path = hw_path_join(&binding->pool, path, key->name != NULL ? key->name : "?");
        if (problem != NULL) {
            complain(binding, key_path, problem);
            continue;
        }
        size_t before = binding->mistakes.kept;
        if (plan->standards[i] != NULL) {
            try_standard(binding, key, plan->standards[i], key_path);
        }
        if (binding->mistakes.kept != before) {
            complain(binding, key_path, "its default cannot be read");
        }
        check_below(binding, key, key_path, depth);
    }
}

hw_status hw_schema_check(const hw_section *root, hw_errors *errors) {
    hw_binding scratch = {.root = root};
    check_section(&scratch, root, "", 1);
    bool sound = scratch.mistakes.count == 0;
    hw_remarks_report(&scratch.mistakes, NULL, 0, errors);
    hw_remarks_free(&scratch.mistakes);
    hw_writer_free(&scratch.resolved);
    free(scratch.plans);
    free(scratch.values);
    free(scratch.spots);
    hw_pool_free(&scratch.pool);
    return sound ? HW_OK : HW_ERROR_INPUT;
}
