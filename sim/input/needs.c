/* Keys that mean something only beside others: what `only_with` of a descriptor table asks. */
#include "sim/input/binder.h"

#include "sim/input/layers.h"
#include "sim/input/reader.h"
#include <string.h>

/* A need in its parts: "kind: village, town" is the key `kind` and a list of what it may say. */
typedef struct need {
    const char *name;
    size_t length;
    const char *values; /* NULL: it is enough that the key is there */
} need;

static need parse(const char *text) {
    size_t length = strcspn(text, ":");
    const char *values = text[length] == ':' ? text + length + 1 : NULL;
    return (need){.name = text, .length = length, .values = values};
}

static const hw_key *key_named(const hw_section *section, const need *wanted, uint32_t *index) {
    for (uint32_t i = 0; i < section->key_count; i++) {
        const hw_key *key = &section->keys[i];
        if (strlen(key->name) == wanted->length && strncmp(key->name, wanted->name, wanted->length) == 0) {
            *index = i;
            return key;
        }
    }
    return NULL;
}

/* The next of a list such as " village, town"; its length is 0 at the end. */
static size_t next_value(const char **values) {
    *values += strspn(*values, ", ");
    return strcspn(*values, ",");
}

static bool says(const hw_key *key, const char *text, const char *value, size_t length) {
    if (key->type == HW_KEY_YES_NO) {
        return hw_yes_or_no(text) == (strncmp(value, "yes", length) == 0);
    }
    return strlen(text) == length && strncmp(text, value, length) == 0;
}

/* The text of a choice, which may stand in a mapping with marks; NULL when it is missing. */
static const char *text_of(const hw_node *node) {
    if (node != NULL && node->kind == HW_NODE_MAPPING) {
        node = hw_node_child(node, "value");
    }
    return node != NULL && node->kind == HW_NODE_SCALAR ? node->text : NULL;
}

static bool one_of(const hw_key *key, const char *text, const char *values) {
    for (size_t length; (length = next_value(&values)) > 0; values += length) {
        if (says(key, text, values, length)) {
            return true;
        }
    }
    return false;
}

/* A text that is no choice at all has its own mistake. */
static bool known(const hw_key *key, const char *text) {
    if (key->type == HW_KEY_YES_NO) {
        return hw_yes_or_no(text) >= 0;
    }
    for (size_t i = 0; key->choices[i] != NULL; i++) {
        if (strcmp(key->choices[i], text) == 0) {
            return true;
        }
    }
    return false;
}

bool hw_need_met(const hw_plan *plan, const hw_key *key, const hw_node *mapping) {
    if (key->only_with == NULL) {
        return true;
    }
    const need wanted = parse(key->only_with);
    uint32_t index = 0;
    const hw_key *other = key_named(plan->section, &wanted, &index);
    const hw_node *node = mapping != NULL ? hw_node_child(mapping, other->name) : NULL;
    if (wanted.values == NULL) {
        return node != NULL;
    }
    const char *text = text_of(node != NULL ? node : plan->standards[index]);
    return text == NULL || !known(other, text) || one_of(other, text, wanted.values);
}

void hw_add_unmet(hw_binding *binding, const hw_key *key, const hw_site *site, const hw_node *given) {
    const need wanted = parse(key->only_with);
    const char *beside = hw_pool_copy(&binding->pool, wanted.name, wanted.length);
    const char *unknown = hw_left_out_here(binding, hw_path_join(&binding->pool, site->path, beside));
    hw_remarks_add(&binding->mistakes, given->key_where,
                   "'%s' would do nothing in %s: it works only beside '%s'%s%s%s", key->name, site->described,
                   key->only_with, unknown, key->instead != NULL && *unknown == '\0' ? "; " : "",
                   key->instead != NULL && *unknown == '\0' ? key->instead : "");
}

const char *hw_need_problem(const hw_section *section, const hw_key *key) {
    if (key->only_with == NULL) {
        return key->instead != NULL ? "says what to write instead, but is never refused" : NULL;
    }
    const need wanted = parse(key->only_with);
    uint32_t index = 0;
    const hw_key *other = key_named(section, &wanted, &index);
    if (other == NULL || other == key || other->only_with != NULL || key->type == HW_KEY_SECTION ||
        key->type == HW_KEY_REGISTRY) {
        return "works only with what is no key beside it, or cannot depend on one";
    }
    if (wanted.values == NULL) {
        return other->optional ? NULL : "works only with a key that is always there";
    }
    if (other->type != HW_KEY_CHOICE && other->type != HW_KEY_YES_NO) {
        return "works only with what a key says that has no choices";
    }
    const char *values = wanted.values;
    for (size_t length; (length = next_value(&values)) > 0; values += length) {
        char value[64];
        if (length >= sizeof(value)) {
            return "works only with a choice that the key does not have";
        }
        memcpy(value, values, length);
        value[length] = '\0';
        if (!known(other, value)) {
            return "works only with a choice that the key does not have";
        }
    }
    return NULL;
}
