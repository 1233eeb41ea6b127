/* Merges layers; splits and joins paths of values. */
#include "sim/input/layers.h"

#include "sim/input/reader.h"
#include "sim/length.h"
#include <string.h>

bool hw_node_is_one_value(const hw_node *node) {
    static const char *const keys[] = {"p10", "p50", "p90", "distribution"};
    if (node->kind != HW_NODE_MAPPING) {
        return false;
    }
    const hw_node *value = hw_node_child(node, "value");
    if (value != NULL && value->kind != HW_NODE_MAPPING) {
        return true;
    }
    for (size_t i = 0; i < HW_LENGTH(keys); i++) {
        const hw_node *child = hw_node_child(node, keys[i]);
        if (child != NULL && child->kind == HW_NODE_SCALAR) {
            return true;
        }
    }
    return false;
}

static hw_node *copy(hw_pool *pool, const hw_node *node) {
    hw_node *twin = hw_pool_take(pool, 1, sizeof(*twin));
    *twin = *node;
    return twin;
}

const hw_node *hw_layers_merge(hw_pool *pool, const hw_node *base, const hw_node *layer) {
    if (base == NULL || layer == NULL) {
        return base == NULL ? layer : base;
    }
    if (base->kind != HW_NODE_MAPPING || layer->kind != HW_NODE_MAPPING || hw_node_is_one_value(base) ||
        hw_node_is_one_value(layer)) {
        return layer;
    }
    hw_node *merged = copy(pool, layer);
    size_t most = (size_t)base->child_count + layer->child_count;
    merged->children = hw_pool_take(pool, most, sizeof(hw_node *));
    merged->child_count = 0;
    for (uint32_t i = 0; i < base->child_count; i++) {
        const hw_node *over = hw_node_child(layer, base->children[i]->key);
        if (over == NULL || !over->gone) {
            const hw_node *child = hw_layers_merge(pool, base->children[i], over);
            merged->children[merged->child_count++] = copy(pool, child);
        }
    }
    for (uint32_t i = 0; i < layer->child_count; i++) {
        if (!layer->children[i]->gone && hw_node_child(base, layer->children[i]->key) == NULL) {
            merged->children[merged->child_count++] = layer->children[i];
        }
    }
    hw_node_sort(pool, merged);
    return merged;
}

const char *hw_path_next(hw_pool *pool, const char **path, const char **problem) {
    const char *start = *path;
    if (*start == '\0') {
        return NULL;
    }
    bool quoted = *start == '"';
    start += quoted;
    const char *end = start + strcspn(start, quoted ? "\"" : ".\"");
    const char *after = end + (quoted && *end == '"');
    if ((quoted && *end != '"') || (*after != '\0' && *after != '.')) {
        *problem = "its double quotes do not pair up";
        return NULL;
    }
    if (end == start || (*after == '.' && after[1] == '\0')) {
        *problem = "a name is missing in it";
        return NULL;
    }
    *path = after + (*after == '.');
    return hw_pool_copy(pool, start, (size_t)(end - start));
}

static char *put(char *to, const char *text, size_t length) {
    memcpy(to, text, length);
    return to + length;
}

/* Called for each key of a scenario. */
const char *hw_path_join(hw_pool *pool, const char *base, const char *name) {
    size_t before = strlen(base);
    size_t length = strlen(name);
    bool quoted = memchr(name, '.', length) != NULL;
    char *path = hw_pool_take(pool, before + length + 4, 1);
    char *to = put(path, base, before);
    to = put(to, ".", before > 0);
    to = put(to, "\"", quoted);
    to = put(to, name, length);
    put(to, "\"", quoted); /* what is taken from a pool is zero */
    return path;
}

static bool is_year(const char *name) {
    return strlen(name) == 4 && strspn(name, "0123456789") == 4;
}

char *hw_path_canonical(const char *path) {
    hw_pool pool = {0};
    const char *rest = path;
    const char *problem = NULL;
    const char *joined = "";
    for (const char *name; (name = hw_path_next(&pool, &rest, &problem)) != NULL;) {
        bool day = *rest == '\0' && is_year(name);
        joined = hw_path_join(&pool, joined, day ? hw_pool_print(&pool, "%s-01-01", name) : name);
    }
    char *canonical = problem == NULL ? strdup(joined) : NULL;
    hw_pool_free(&pool);
    return canonical;
}
