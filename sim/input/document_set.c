/* Values that are set from outside, over all files. */
#include "sim/input/document.h"

#include "sim/input/document_parts.h"
#include "sim/input/layers.h"
#include "sim/input/reader.h"
#include <string.h>

/* A mapping of one key, as if a file said "key: value". */
static hw_node *wrap(hw_pool *pool, const char *key, hw_node *value, hw_position where) {
    hw_node *mapping = hw_pool_take(pool, 1, sizeof(*mapping));
    value->key = key;
    value->key_where = where;
    value->parent = mapping;
    mapping->kind = HW_NODE_MAPPING;
    mapping->where = where;
    mapping->children = hw_pool_take(pool, 1, sizeof(hw_node *));
    mapping->children[0] = value;
    mapping->child_count = 1;
    hw_node_sort(pool, mapping);
    return mapping;
}

/* The names of a path, outermost first; their count, or 0 after an error. */
static uint32_t split_path(hw_pool *pool, const char *path, const char *names[HW_DEPTH_MOST],
                           hw_position where, hw_errors *errors) {
    const char *rest = path;
    const char *problem = NULL;
    uint32_t count = 0;
    for (const char *name; (name = hw_path_next(pool, &rest, &problem)) != NULL;) {
        if (count == HW_DEPTH_MOST || strlen(name) > HW_KEY_BYTES_MOST) {
            problem = "it is too long";
            break;
        }
        names[count++] = name;
    }
    if (problem == NULL && count == 0) {
        problem = "it is empty";
    } else if (problem == NULL && strcmp(names[0], "include") == 0) {
        problem = "'include' is possible in files only";
    }
    if (problem != NULL) {
        hw_errors_add(errors, where, "cannot set '%s': %s", path, problem);
        return 0;
    }
    return count;
}

/* A dated series has one entry for a day, whether its key says "2026" or "2026-01-01": a path that says the
 * other means the same entry. */
static const char *key_of_day(const hw_node *mapping, const char *name) {
    int64_t sought;
    int64_t day;
    const char *found = name;
    if (hw_node_child(mapping, name) != NULL || !hw_read_series_day(name, &sought)) {
        return name;
    }
    for (uint32_t i = 0; i < mapping->child_count; i++) {
        const char *key = mapping->children[i]->key;
        if (hw_is_mark(key)) {
            continue;
        }
        if (!hw_read_series_day(key, &day)) {
            return name; /* not a series */
        }
        found = day == sought ? key : found;
    }
    return found;
}

static void use_keys_of_days(const hw_node *root, const char *names[], uint32_t count) {
    for (uint32_t i = 0; i < count && root != NULL && root->kind == HW_NODE_MAPPING; i++) {
        names[i] = key_of_day(root, names[i]);
        root = hw_node_child(root, names[i]);
    }
}

/* Lays a node over the value that the names lead to. */
static void lay_at(hw_document *document, const char *names[], uint32_t count, hw_node *node,
                   hw_position where) {
    const char *file = node->where.file;
    use_keys_of_days(document->root, names, count);
    for (uint32_t i = count; i > 0; i--) {
        node = wrap(&document->pool, names[i - 1], node, where);
    }
    hw_document_lay_over(document, node);
    if (file != NULL && document->names[document->count - 1] != file) {
        hw_document_add_file(document, file, (hw_source_file){.asked = true});
    }
}

hw_status hw_document_set(hw_document *document, const char *path, const char *yaml, const char *origin,
                          hw_errors *errors) {
    hw_remarks mistakes = {0};
    hw_reading reading = {.file = hw_document_lasting_name(origin),
                          .pool = &document->pool,
                          .nodes_left = &document->nodes_left,
                          .mistakes = &mistakes,
                          .errors = errors};
    uint32_t before = errors->count;
    hw_position where = {.file = reading.file, .line = 1, .column = 1};
    const char *names[HW_DEPTH_MOST];
    uint32_t count = split_path(&document->pool, path, names, where, errors);
    hw_node *node = hw_read_text(&reading, yaml, strlen(yaml));
    hw_remarks_report(&mistakes, &reading.file, 1, errors);
    hw_remarks_free(&mistakes);
    if (errors->count != before) {
        return HW_ERROR_INPUT;
    }
    lay_at(document, names, count, node, where);
    return HW_OK;
}

hw_status hw_document_forget(hw_document *document, const char *path, const char *origin, hw_errors *errors) {
    const char *names[HW_DEPTH_MOST];
    hw_position where = {.file = hw_document_lasting_name(origin), .line = 1, .column = 1};
    uint32_t count = split_path(&document->pool, path, names, where, errors);
    if (count == 0) {
        return HW_ERROR_INPUT;
    }
    hw_node *node = hw_pool_take(&document->pool, 1, sizeof(*node));
    *node = (hw_node){.kind = HW_NODE_SCALAR, .gone = true, .where = where, .text = ""};
    lay_at(document, names, count, node, where);
    return HW_OK;
}

hw_status hw_document_graft(hw_document *document, const char *path, hw_position named_at,
                            const hw_node *node, hw_errors *errors) {
    const char *names[HW_DEPTH_MOST];
    uint32_t count = split_path(&document->pool, path, names, named_at, errors);
    if (count == 0) {
        return HW_ERROR_INPUT;
    }
    hw_node *layer = hw_pool_take(&document->pool, 1, sizeof(*layer));
    *layer = *node;
    lay_at(document, names, count, layer, named_at);
    return HW_OK;
}
