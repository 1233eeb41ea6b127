/* The values of a scenario text, for result files that hold no rows of them. */
#include "sim/input/value_rows.h"
#include "analysis/base/memory.h"
#include "analysis/results/value_tree.h"
#include "sim/input/document.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_one_of(const char *word, const char *const *words) {
    for (; *words != NULL; words++) {
        if (strcmp(word, *words) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_remark(const char *key) {
    static const char *const remarks[] = {"source", "assumed", "note", NULL};
    return is_one_of(key, remarks);
}

/* A mapping that says one value, perhaps an uncertain one. */
static bool is_value(const hw_node *node) {
    static const char *const words[] = {"value", "p10", "p50", "distribution", NULL};
    if (node->kind != HW_NODE_MAPPING) {
        return true;
    }
    for (uint32_t i = 0; i < node->child_count; i++) {
        if (is_one_of(node->children[i]->key, words)) {
            return true;
        }
    }
    return false;
}

/* The value without what is said about it. */
static void write_node(FILE *out, const hw_node *node) {
    const hw_node *only = node->kind == HW_NODE_MAPPING ? hw_node_child(node, "value") : NULL;
    if (only != NULL) {
        write_node(out, only);
        return;
    }
    if (node->kind == HW_NODE_SCALAR) {
        fputs(node->text, out);
        return;
    }
    const char *comma = "";
    fputc(node->kind == HW_NODE_LIST ? '[' : '{', out);
    for (uint32_t i = 0; i < node->child_count; i++) {
        const hw_node *child = node->children[i];
        if (node->kind == HW_NODE_MAPPING && is_remark(child->key)) {
            continue;
        }
        fputs(comma, out);
        if (node->kind == HW_NODE_MAPPING) {
            fprintf(out, "%s: ", child->key);
        }
        write_node(out, child);
        comma = ", ";
    }
    fputc(node->kind == HW_NODE_LIST ? ']' : '}', out);
}

static char *node_text(const hw_node *node) {
    char *text = NULL;
    size_t size = 0;
    FILE *out = hw_take_stream(&text, &size);
    write_node(out, node);
    hw_end_stream(out);
    return text;
}

static void add_rows(hw_value_rows *rows, const hw_node *mapping, uint32_t depth) {
    for (uint32_t i = 0; i < mapping->child_count; i++) {
        const hw_node *child = mapping->children[i];
        if (is_remark(child->key)) {
            continue;
        }
        if (is_value(child) || depth + 1 >= HW_VALUE_DEPTH_MOST) {
            char *text = node_text(child);
            hw_value_rows_add_plain(rows, child->key, text);
            free(text);
        } else {
            hw_value_rows_enter(rows, child->key);
            add_rows(rows, child, depth + 1);
            hw_value_rows_leave(rows);
        }
    }
}

char *hw_value_rows_of_scenario(const char *resolved, hw_errors *errors) {
    hw_document *document = hw_document_parse(resolved, "scenario in the result file", errors);
    if (document == NULL) {
        return NULL;
    }
    hw_value_rows rows = {0};
    add_rows(&rows, hw_document_root(document), 0);
    char *text = hw_take_text("%s", hw_value_rows_text(&rows));
    hw_value_rows_free(&rows);
    hw_document_free(document);
    return text;
}
