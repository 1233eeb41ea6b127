/* Compares two scenarios key by key. */
#include "analysis/results/differences.h"
#include "analysis/base/memory.h"
#include "analysis/results/value_tree.h"
#include "sim/letters.h"
#include <stdlib.h>
#include <string.h>

/* A whole mapping goes by dots. */
static char *told(const hw_value_tree *value) {
    if (value == NULL) {
        return NULL;
    }
    return hw_take_text("%s", value->text != NULL ? value->text : "...");
}

/* Sections from which the truth of a world is drawn. */
bool hw_changes_ground(const char *path) {
    static const char *const sections[] = {"layout.", "hazard_areas.", "classes.", "settings.", NULL};
    for (const char *const *section = sections; *section; section++) {
        if (strncmp(path, *section, strlen(*section)) == 0) {
            return !hw_text_ends(path, ".order") && !hw_text_ends(path, ".access_from");
        }
    }
    return strncmp(path, "districts.", 10) == 0 && hw_text_ends(path, ".undiscovered");
}

static void add(hw_differences *differences, const char *path, const hw_value_tree *base,
                const hw_value_tree *variant) {
    differences->items =
        hw_take_again(differences->items, differences->count + 1, sizeof *differences->items);
    differences->items[differences->count++] = (hw_difference){.path = hw_take_text("%s", path),
                                                               .base = told(base),
                                                               .variant = told(variant),
                                                               .ground = hw_changes_ground(path)};
}

static bool is_name(const char *path, const char *key) {
    return *path == '\0' && (strcmp(key, "name") == 0 || strcmp(key, "question") == 0);
}

static void compare(hw_differences *differences, const char *path, const hw_value_tree *base,
                    const hw_value_tree *variant) {
    if (base == NULL || variant == NULL) {
        add(differences, path, base, variant);
        return;
    }
    if (base->text != NULL || variant->text != NULL) {
        if (base->text == NULL || variant->text == NULL || strcmp(base->text, variant->text) != 0) {
            add(differences, path, base, variant);
        }
        return;
    }
    const hw_value_tree *const sides[2] = {base, variant};
    for (int side = 0; side < 2; side++) {
        for (uint32_t i = 0; i < sides[side]->count; i++) {
            const hw_value_tree *child = &sides[side]->items[i];
            const hw_value_tree *other = hw_value_tree_child(sides[!side], child->name);
            if (is_name(path, child->name) || (side == 1 && other != NULL)) {
                continue;
            }
            char *below = hw_take_text("%s%s%s", path, *path ? "." : "", child->name);
            compare(differences, below, side == 0 ? child : NULL, side == 0 ? other : child);
            free(below);
        }
    }
}

void hw_differences_find(hw_differences *differences, const char *base, const char *variant) {
    hw_value_tree left, right;
    *differences = (hw_differences){0};
    if (base == variant || strcmp(base, variant) == 0) {
        return;
    }
    hw_value_tree_read(&left, base);
    hw_value_tree_read(&right, variant);
    compare(differences, "", &left, &right);
    hw_value_tree_free(&left);
    hw_value_tree_free(&right);
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
