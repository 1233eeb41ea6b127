#include "analysis/results/differences.h"
#include "analysis/base/memory.h"
#include "sim/input/document.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_one_of(const char *word, const char *const *words) {
    for (; *words; words++) {
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

/* The value without what is said about it. The caller frees it. */
static char *node_text(const hw_node *node) {
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    if (out != NULL) {
        write_node(out, node);
    }
    if (out == NULL || fclose(out) != 0) {
        hw_out_of_memory();
    }
    return text;
}

static char *told(const hw_node *node) {
    if (node == NULL) {
        return NULL;
    }
    return is_value(node) ? node_text(node) : hw_take_text("...");
}

static bool ends_with(const char *text, const char *end) {
    size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

/* Sections from which the truth of a world is drawn. */
bool hw_changes_ground(const char *path) {
    static const char *const sections[] = {"layout.", "hazard_areas.", "classes.", "settings.", NULL};
    for (const char *const *section = sections; *section; section++) {
        if (strncmp(path, *section, strlen(*section)) == 0) {
            return !ends_with(path, ".order") && !ends_with(path, ".access_from");
        }
    }
    return strncmp(path, "districts.", 10) == 0 && ends_with(path, ".undiscovered");
}

static void add(hw_differences *differences, const char *path, const hw_node *base, const hw_node *variant) {
    differences->items =
        hw_take_again(differences->items, differences->count + 1, sizeof *differences->items);
    differences->items[differences->count++] = (hw_difference){.path = hw_take_text("%s", path),
                                                               .base = told(base),
                                                               .variant = told(variant),
                                                               .ground = hw_changes_ground(path)};
}

static bool same_value(const hw_node *base, const hw_node *variant) {
    char *a = node_text(base), *b = node_text(variant);
    bool same = strcmp(a, b) == 0;
    free(a);
    free(b);
    return same;
}

static void compare(hw_differences *differences, const char *path, const hw_node *base,
                    const hw_node *variant);

static void compare_child(hw_differences *differences, const char *path, const char *key, const hw_node *base,
                          const hw_node *variant) {
    static const char *const names[] = {"name", "question", NULL};
    if (is_remark(key) || (!*path && is_one_of(key, names))) {
        return;
    }
    char *below = hw_take_text("%s%s%s", path, *path ? "." : "", key);
    compare(differences, below, base, variant);
    free(below);
}

static void compare(hw_differences *differences, const char *path, const hw_node *base,
                    const hw_node *variant) {
    if (base == NULL || variant == NULL) {
        add(differences, path, base, variant);
    } else if (is_value(base) || is_value(variant)) {
        if (!same_value(base, variant)) {
            add(differences, path, base, variant);
        }
    } else {
        for (uint32_t i = 0; i < base->child_count; i++) {
            const char *key = base->children[i]->key;
            compare_child(differences, path, key, base->children[i], hw_node_child(variant, key));
        }
        for (uint32_t i = 0; i < variant->child_count; i++) {
            const char *key = variant->children[i]->key;
            if (hw_node_child(base, key) == NULL) {
                compare_child(differences, path, key, NULL, variant->children[i]);
            }
        }
    }
}

hw_status hw_differences_find(hw_differences *differences, const char *base, const char *variant,
                              hw_errors *errors) {
    *differences = (hw_differences){0};
    if (base == variant || strcmp(base, variant) == 0) {
        return HW_OK;
    }
    hw_document *left = hw_document_parse(base, "scenario of the base", errors);
    hw_document *right = left != NULL ? hw_document_parse(variant, "scenario of the variant", errors) : NULL;
    if (right != NULL) {
        compare(differences, "", hw_document_root(left), hw_document_root(right));
    }
    hw_status status = right != NULL ? HW_OK : HW_ERROR_IO;
    if (right != NULL) {
        hw_document_free(right);
    }
    if (left != NULL) {
        hw_document_free(left);
    }
    return status;
}

static void free_item(hw_difference *item) {
    free(item->path);
    free(item->base);
    free(item->variant);
}

/* Names with dots stand in quotes in a path that a person wrote, and without in those found here. */
static char *without_quotes(const char *path) {
    char *text = hw_take_text("%s", path), *to = text;
    for (const char *from = text; *from; from++) {
        if (*from != '"') {
            *to++ = *from;
        }
    }
    *to = '\0';
    return text;
}

/* Whether `path` is `above` or stands below it. */
static bool is_within(const char *path, const char *above) {
    size_t length = strlen(above);
    return strncmp(path, above, length) == 0 && (path[length] == '\0' || path[length] == '.');
}

static void forget(hw_differences *differences, const char *path) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < differences->count; i++) {
        if (is_within(differences->items[i].path, path)) {
            free_item(&differences->items[i]);
        } else {
            differences->items[kept++] = differences->items[i];
        }
    }
    differences->count = kept;
}

static void add_texts(hw_differences *differences, const char *path, const char *base, const char *variant) {
    differences->items =
        hw_take_again(differences->items, differences->count + 1, sizeof *differences->items);
    differences->items[differences->count++] = (hw_difference){.path = hw_take_text("%s", path),
                                                               .base = hw_take_text("%s", base),
                                                               .variant = hw_take_text("%s", variant),
                                                               .ground = hw_changes_ground(path)};
}

/* What was set at a path; NULL when nothing was. */
static const char *laid_text(const hw_laid_value *laid, uint32_t count, const char *path) {
    for (uint32_t i = 0; i < count; i++) {
        if (strcmp(laid[i].path, path) == 0) {
            return laid[i].text;
        }
    }
    return NULL;
}

static void lay(hw_differences *differences, const char *path, const char *base, const char *variant) {
    static const char not_set[] = "as the scenario says";
    char *plain = without_quotes(path);
    forget(differences, plain);
    if (base == NULL || variant == NULL || strcmp(base, variant) != 0) {
        add_texts(differences, plain, base != NULL ? base : not_set, variant != NULL ? variant : not_set);
    }
    free(plain);
}

void hw_differences_lay(hw_differences *differences, const hw_laid_value *base, uint32_t base_count,
                        const hw_laid_value *variant, uint32_t variant_count) {
    for (uint32_t i = 0; i < base_count; i++) {
        lay(differences, base[i].path, base[i].text, laid_text(variant, variant_count, base[i].path));
    }
    for (uint32_t i = 0; i < variant_count; i++) {
        if (laid_text(base, base_count, variant[i].path) == NULL) {
            lay(differences, variant[i].path, NULL, variant[i].text);
        }
    }
}

void hw_differences_free(hw_differences *differences) {
    for (uint32_t i = 0; i < differences->count; i++) {
        free_item(&differences->items[i]);
    }
    free(differences->items);
    *differences = (hw_differences){0};
}
