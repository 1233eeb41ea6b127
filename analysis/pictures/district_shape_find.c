/* Finds the outline of a district by its code or by its name. */
#include "analysis/base/memory.h"
#include "analysis/base/name_fold.h"
#include "analysis/pictures/district_shapes.h"
#include "analysis/results/value_tree.h"
#include <stdlib.h>
#include <string.h>

static const hw_district_shape *find_code(const char *p_code) {
    for (uint32_t i = 0; p_code != NULL && i < hw_district_shape_count; i++) {
        const char *code = hw_district_shapes[i].p_code;
        if (code != NULL && strcmp(code, p_code) == 0) {
            return &hw_district_shapes[i];
        }
    }
    return NULL;
}

static bool sounds_so(const char *name, const char *sound) {
    char *folded = hw_name_fold(name);
    bool same = strcmp(folded, sound) == 0;
    free(folded);
    return same;
}

const hw_district_shape *hw_district_shape_find(const char *name, const char *p_code) {
    const hw_district_shape *found = find_code(p_code);
    char *sound = hw_name_fold(name);
    for (uint32_t i = 0; found == NULL && i < hw_district_shape_count; i++) {
        const hw_district_shape *shape = &hw_district_shapes[i];
        if (sounds_so(shape->name, sound) || sounds_so(shape->name_az, sound)) {
            found = shape;
        }
    }
    free(sound);
    return found;
}

const hw_district_shape **hw_district_shapes_of(const char *const *districts, char *const *p_codes,
                                                uint32_t count) {
    const hw_district_shape **shapes = hw_take(count, sizeof(const hw_district_shape *));
    for (uint32_t i = 0; i < count; i++) {
        shapes[i] = hw_district_shape_find(districts[i], p_codes[i]);
        for (uint32_t j = 0; j < i; j++) {
            shapes[i] = shapes[j] == shapes[i] ? NULL : shapes[i];
        }
    }
    return shapes;
}

char **hw_district_codes(const char *rows, const char *const *districts, uint32_t count) {
    char **codes = hw_take(count, sizeof *codes);
    hw_value_tree values;
    hw_value_tree_read(&values, rows != NULL ? rows : "");
    const hw_value_tree *table = hw_value_tree_child(&values, "districts");
    for (uint32_t i = 0; i < count; i++) {
        const char *code = hw_value_tree_text(hw_value_tree_child(table, districts[i]), "p_code");
        codes[i] = code != NULL ? hw_take_text("%s", code) : NULL;
    }
    hw_value_tree_free(&values);
    return codes;
}

void hw_district_codes_free(char **codes, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        free(codes[i]);
    }
    free(codes);
}
