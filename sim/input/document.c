/* A document: its layers, what they say together, and the files that it was read from. */
#include "sim/input/document.h"

#include "sim/input/document_parts.h"
#include "sim/input/layers.h"
#include "sim/input/reader.h"
#include <stdlib.h>
#include <string.h>

/* Errors outlive the document that they are about, so the names in their positions are kept for good. */
const char *hw_document_lasting_name(const char *name) {
    static hw_pool pool;
    static const char **names;
    static size_t count;
    static size_t capacity;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], name) == 0) {
            return names[i];
        }
    }
    names = hw_grow(names, count, &capacity, sizeof(*names));
    names[count] = hw_pool_copy(&pool, name, strlen(name));
    return names[count++];
}

hw_document *hw_document_new(void) {
    hw_document *document = calloc(1, sizeof(*document));
    if (document != NULL) {
        document->nodes_left = HW_NODES_MOST;
        document->as_of = INT64_MAX;
    }
    return document;
}

void hw_document_add_file(hw_document *document, const char *name, hw_source_file file) {
    document->names =
        hw_grow(document->names, document->count, &document->name_capacity, sizeof(*document->names));
    document->files =
        hw_grow(document->files, document->count, &document->file_capacity, sizeof(*document->files));
    document->names[document->count] = name;
    document->files[document->count++] = file;
}

static void lay_known(hw_document *document, const hw_node *layer) {
    const hw_node *known = document->as_of == INT64_MAX
                               ? layer
                               : hw_known_part(&document->pool, layer, document->as_of, &document->left_out);
    document->root = hw_layers_merge(&document->pool, document->root, known);
}

/* A layer over all others. When it says another day of `as_of`, what was known is judged anew. */
void hw_document_lay_over(hw_document *document, const hw_node *layer) {
    document->layers =
        hw_grow(document->layers, document->layer_count, &document->layer_capacity, sizeof(const hw_node *));
    document->layers[document->layer_count++] = layer;
    int64_t as_of;
    if (!hw_says_as_of(layer, &as_of)) {
        lay_known(document, layer);
        return;
    }
    document->as_of = as_of;
    document->root = NULL;
    document->left_out.count = 0;
    for (size_t i = 0; i < document->layer_count; i++) {
        lay_known(document, document->layers[i]);
    }
}

hw_document *hw_document_over(const hw_document *base) {
    hw_document *document = hw_document_new();
    if (document == NULL) {
        return NULL;
    }
    hw_remarks_join(&document->mistakes, &base->mistakes);
    for (size_t i = 0; i < base->count; i++) {
        hw_document_add_file(document, base->names[i], base->files[i]);
    }
    for (size_t i = 0; i < base->layer_count; i++) {
        document->layers = hw_grow(document->layers, i, &document->layer_capacity, sizeof(const hw_node *));
        document->layers[document->layer_count++] = base->layers[i];
    }
    for (size_t i = 0; i < base->left_out.count; i++) {
        hw_left_out_list *list = &document->left_out;
        list->items = hw_grow(list->items, i, &list->capacity, sizeof(*list->items));
        list->items[list->count++] = base->left_out.items[i];
    }
    document->nodes_left = base->nodes_left;
    document->as_of = base->as_of;
    document->root = base->root;
    return document;
}

hw_status hw_document_check(const hw_document *document, hw_errors *errors) {
    hw_remarks copy = {0};
    hw_remarks_join(&copy, &document->mistakes);
    hw_remarks_report(&copy, document->names, document->count, errors);
    hw_remarks_free(&copy);
    return document->mistakes.count == 0 ? HW_OK : HW_ERROR_INPUT;
}

const hw_remarks *hw_document_mistakes(const hw_document *document) {
    return &document->mistakes;
}

static hw_source_file file_named(const hw_document *document, const char *name) {
    for (size_t i = 0; i < document->count; i++) {
        if (document->names[i] == name) {
            return document->files[i];
        }
    }
    return (hw_source_file){0};
}

bool hw_document_includes(const hw_document *document, const char *file) {
    return file_named(document, file).included;
}

bool hw_document_asked(const hw_document *document, hw_position where) {
    return file_named(document, where.file).asked;
}

bool hw_document_as_of(const hw_document *document, int64_t *day) {
    *day = document->as_of;
    return document->as_of != INT64_MAX;
}

const hw_left_out_list *hw_document_left_out(const hw_document *document) {
    return &document->left_out;
}

const hw_node *const *hw_document_layers(const hw_document *document, size_t *count) {
    *count = document->layer_count;
    return document->layers;
}

const hw_node *hw_document_root(const hw_document *document) {
    return document->root;
}

const hw_node *hw_node_child(const hw_node *mapping, const char *key) {
    uint32_t low = 0;
    uint32_t high = mapping->child_count;
    while (low < high) { /* the first that is not before `key` */
        uint32_t middle = low + (high - low) / 2;
        if (strcmp(mapping->sorted[middle]->key, key) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    bool found = low < mapping->child_count && strcmp(mapping->sorted[low]->key, key) == 0;
    return found ? mapping->sorted[low] : NULL;
}

const char *const *hw_document_files(const hw_document *document, size_t *count) {
    *count = document->count;
    return document->names;
}

void hw_document_free(hw_document *document) {
    if (document == NULL) {
        return;
    }
    hw_remarks_free(&document->mistakes);
    hw_pool_free(&document->pool);
    free(document->names);
    free(document->files);
    free(document->layers);
    free(document->left_out.items);
    free(document);
}
