/* Rows of values as a tree of names. */
#include "analysis/results/value_tree.h"
#include "analysis/base/memory.h"
#include "sim/date.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A name or value of a row, without its escapes. */
static char *plain_text(const char *from, size_t length) {
    char *text = hw_take(length + 1, 1), *to = text;
    for (const char *end = from + length; from < end; from++) {
        if (*from == '\\' && from + 1 < end) {
            from++;
            *to++ = (char)(*from == 'n' ? '\n' : *from == 't' ? '\t' : *from);
        } else {
            *to++ = *from;
        }
    }
    *to = '\0';
    return text;
}

/* Rows come in the order of the scenario: a mapping that is still open is the last one. */
static hw_value_tree *last_or_new(hw_value_tree *tree, char *name) {
    if (tree->count > 0 && tree->items[tree->count - 1].text == NULL &&
        strcmp(tree->items[tree->count - 1].name, name) == 0) {
        free(name);
        return &tree->items[tree->count - 1];
    }
    if (tree->count == tree->room) {
        tree->room = tree->room > 0 ? 2 * tree->room : 8;
        tree->items = hw_take_again(tree->items, tree->room, sizeof *tree->items);
    }
    tree->items[tree->count] = (hw_value_tree){.name = name};
    return &tree->items[tree->count++];
}

static void read_row(hw_value_tree *tree, const char *row, size_t length) {
    const char *end = row + length, *tab;
    while ((tab = memchr(row, '\t', (size_t)(end - row))) != NULL) {
        tree = last_or_new(tree, plain_text(row, (size_t)(tab - row)));
        row = tab + 1;
    }
    if (tree->name != NULL && tree->text == NULL && (end - row != 2 || memcmp(row, "{}", 2) != 0)) {
        tree->text = plain_text(row, (size_t)(end - row));
    }
}

void hw_value_tree_read(hw_value_tree *tree, const char *rows) {
    *tree = (hw_value_tree){0};
    while (*rows != '\0') {
        size_t length = strcspn(rows, "\n");
        read_row(tree, rows, length);
        rows += length + (rows[length] == '\n');
    }
}

void hw_value_tree_free(hw_value_tree *tree) {
    for (uint32_t i = 0; i < tree->count; i++) {
        hw_value_tree_free(&tree->items[i]);
    }
    free(tree->items);
    free(tree->name);
    free(tree->text);
    *tree = (hw_value_tree){0};
}

const hw_value_tree *hw_value_tree_child(const hw_value_tree *tree, const char *name) {
    for (uint32_t i = 0; tree != NULL && i < tree->count; i++) {
        if (strcmp(tree->items[i].name, name) == 0) {
            return &tree->items[i];
        }
    }
    return NULL;
}

const char *hw_value_tree_text(const hw_value_tree *tree, const char *name) {
    const hw_value_tree *child = hw_value_tree_child(tree, name);
    return child != NULL ? child->text : NULL;
}

bool hw_value_rows_as_of(const char *rows, int64_t *day) {
    static const char key[] = "as_of\t";
    while (*rows != '\0') {
        size_t length = strcspn(rows, "\n");
        char text[16];
        if (strncmp(rows, key, strlen(key)) == 0 && length - strlen(key) < sizeof text) {
            snprintf(text, sizeof text, "%.*s", (int)(length - strlen(key)), rows + strlen(key));
            return hw_date_parse(text, day);
        }
        rows += length + (rows[length] == '\n');
    }
    return false;
}
