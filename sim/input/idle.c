/* Keys that are read only when another choice is made: a warning when the user's own files set them in vain.
 */
#include "sim/input/binder.h"

#include "sim/input/layers.h"
#include <string.h>

/* What is included is shared, and may hold more than one scenario reads. */
static bool is_own(const hw_document *document, const hw_value *value) {
    return !value->standard && value->where.file != NULL &&
           !hw_document_includes(document, value->where.file);
}

/* Whether a path is meant by the first so many characters of a pattern in which one * stands for a name. */
static bool matches(const char *pattern, size_t size, const char *path) {
    const char *star = memchr(pattern, '*', size);
    size_t length = strlen(path);
    if (star == NULL) {
        return length == size && strncmp(pattern, path, size) == 0;
    }
    size_t before = (size_t)(star - pattern), after = size - before - 1;
    return length > before + after && strncmp(pattern, path, before) == 0 &&
           strncmp(path + length - after, star + 1, after) == 0;
}

/* Whether any of the patterns, which commas part, says the name. */
static bool is_named(const hw_binding *binding, const char *patterns, const char *name) {
    for (size_t size; *patterns != '\0'; patterns += size + strspn(patterns + size, ", ")) {
        size = strcspn(patterns, ",");
        for (uint32_t i = 0; i < binding->view.count; i++) {
            const hw_value *value = &binding->view.items[i];
            if (strcmp(value->written, name) == 0 && matches(patterns, size, value->path)) {
                return true;
            }
        }
    }
    return false;
}

/* "planning.rule is nearest_release", "levers.tension.on is left out" */
static const char *what_holds(hw_binding *binding, const char *path) {
    hw_value_id id = hw_binding_find(binding, path);
    return id == UINT32_MAX ? hw_pool_print(&binding->pool, "%s is left out", path)
                            : hw_pool_print(&binding->pool, "%s is %s", path, binding->values[id].written);
}

static void warn(hw_binding *binding, hw_position where, const char *path, const char *reason) {
    hw_remarks_add(&binding->warnings, where, "%s is set, and nothing reads it: %s", path, reason);
}

/* ---- Single keys ---- */

static bool is_first_of_its_key(const hw_binding *binding, const hw_document *document, uint32_t index) {
    const hw_key *key = binding->view.items[index].key;
    for (uint32_t i = 0; i < index; i++) {
        if (binding->view.items[i].key == key && is_own(document, &binding->view.items[i])) {
            return false;
        }
    }
    return true;
}

/* Whether a text is one of those in a list that commas part. */
static bool is_one_of(const char *text, const char *list) {
    for (size_t length; *list != '\0'; list += length + strspn(list + length, ", ")) {
        length = strcspn(list, ",");
        if (strlen(text) == length && strncmp(text, list, length) == 0) {
            return true;
        }
    }
    return false;
}

/* The path that must stand in the scenario for a key to be read. */
static const char *needed_path(hw_binding *binding, const hw_key *key) {
    return hw_pool_copy(&binding->pool, key->read_if, strcspn(key->read_if, ":"));
}

/* Whether a path such as "levers.tension.on" is the switch of an entry that something else names. */
static bool is_switched_by_name(hw_binding *binding, const char *path) {
    for (uint32_t k = 0; k < binding->root->key_count; k++) {
        const hw_key *key = &binding->root->keys[k];
        size_t length = strlen(key->name);
        if (key->type != HW_KEY_REGISTRY || key->registry->switched_by == NULL || key->chosen_by == NULL ||
            strncmp(path, key->name, length) != 0 || path[length] != '.') {
            continue;
        }
        const char *rest = path + length + 1, *problem = NULL;
        const char *entry = hw_path_next(&binding->pool, &rest, &problem);
        return entry != NULL && strcmp(rest, key->registry->switched_by) == 0 &&
               is_named(binding, key->chosen_by, entry);
    }
    return false;
}

static bool is_need_met(hw_binding *binding, const hw_key *key, const char *path) {
    const char *choices = key->read_if + strlen(path);
    hw_value_id id = hw_binding_find(binding, path);
    if (id == UINT32_MAX) {
        return is_switched_by_name(binding, path);
    }
    return *choices == '\0' || is_one_of(binding->values[id].written, choices + 2);
}

/* One warning for all values of the key, at the first. */
static void check_value(hw_binding *binding, const hw_document *document, uint32_t index) {
    const hw_value *value = &binding->view.items[index];
    if (!is_first_of_its_key(binding, document, index)) {
        return;
    }
    const char *path = needed_path(binding, value->key);
    if (!is_need_met(binding, value->key, path)) {
        warn(binding, value->where, value->path, what_holds(binding, path));
    }
}

/* ---- Entries of tables and registries ---- */

/* Why nothing reads an entry, or NULL. */
static const char *why_idle(hw_binding *binding, const hw_key *key, const char *entry, const char *path) {
    const char *switched_by = key->type == HW_KEY_REGISTRY ? key->registry->switched_by : NULL;
    if (switched_by != NULL) {
        const char *on = hw_path_join(&binding->pool, path, switched_by);
        bool read = hw_binding_find(binding, on) != UINT32_MAX ||
                    (key->chosen_by != NULL && is_named(binding, key->chosen_by, entry));
        return read ? NULL : what_holds(binding, on);
    }
    if (is_named(binding, key->chosen_by, entry)) {
        return NULL;
    }
    const char *first = hw_pool_copy(&binding->pool, key->chosen_by, strcspn(key->chosen_by, ","));
    return strchr(first, '*') == NULL ? what_holds(binding, first)
                                      : hw_pool_print(&binding->pool, "no %s says %s", key->chosen_by, entry);
}

/* Whether entries of a key are read only where something names them or switches them on. */
static bool is_chosen(const hw_key *key) {
    return key->chosen_by != NULL || (key->type == HW_KEY_REGISTRY && key->registry->switched_by != NULL);
}

/* Whether a path lies in an entry of that key which nothing reads. */
static bool lies_in_idle_entry(hw_binding *binding, const hw_key *key, const char *path) {
    size_t length = strlen(key->name);
    if (!is_chosen(key) || strncmp(path, key->name, length) != 0 || path[length] != '.') {
        return false;
    }
    const char *rest = path + length + 1, *problem = NULL;
    const char *entry = hw_path_next(&binding->pool, &rest, &problem);
    return entry != NULL &&
           why_idle(binding, key, entry, hw_path_join(&binding->pool, key->name, entry)) != NULL;
}

bool hw_binding_reads(hw_binding *binding, const char *path) {
    hw_value_id id = hw_binding_find(binding, path);
    if (id == UINT32_MAX) {
        return false;
    }
    const hw_value *value = &binding->view.items[id];
    const hw_key *own = value->key;
    bool read = own == NULL || own->read_if == NULL || is_need_met(binding, own, needed_path(binding, own));
    for (uint32_t k = 0; k < binding->root->key_count && read; k++) {
        read = !lies_in_idle_entry(binding, &binding->root->keys[k], value->path);
    }
    return read;
}

/* Values of one entry stand together: one warning is enough, at the first that the user wrote. */
static void check_entries(hw_binding *binding, const hw_document *document, const hw_key *key) {
    size_t length = strlen(key->name);
    const char *last = "";
    for (uint32_t i = 0; i < binding->view.count; i++) {
        const hw_value *value = &binding->view.items[i];
        if (strncmp(value->path, key->name, length) != 0 || value->path[length] != '.' ||
            !is_own(document, value)) {
            continue;
        }
        const char *rest = value->path + length + 1;
        const char *problem = NULL;
        const char *entry = hw_path_next(&binding->pool, &rest, &problem);
        if (entry == NULL || strcmp(entry, last) == 0) {
            continue;
        }
        last = entry;
        const char *path = hw_path_join(&binding->pool, key->name, entry);
        const char *reason = why_idle(binding, key, entry, path);
        if (reason != NULL) {
            warn(binding, value->where, path, reason);
        }
    }
}

void hw_warn_of_idle(hw_binding *binding, const hw_document *document) {
    for (uint32_t i = 0; i < binding->view.count; i++) {
        const hw_value *value = &binding->view.items[i];
        if (value->key->read_if != NULL && is_own(document, value)) {
            check_value(binding, document, i);
        }
    }
    for (uint32_t k = 0; k < binding->root->key_count; k++) {
        const hw_key *key = &binding->root->keys[k];
        if (is_chosen(key)) {
            check_entries(binding, document, key);
        }
    }
}
