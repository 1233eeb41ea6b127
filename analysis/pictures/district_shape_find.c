#include "analysis/base/memory.h"
#include "analysis/base/name_fold.h"
#include "analysis/pictures/district_shapes.h"
#include "sim/input/document.h"
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

char **hw_district_codes(const char *resolved, const char *const *districts, uint32_t count) {
    char **codes = hw_take(count, sizeof *codes);
    hw_errors ignored = {0};
    hw_document *document =
        resolved != NULL ? hw_document_parse(resolved, "scenario in the result file", &ignored) : NULL;
    const hw_node *table = document != NULL ? hw_node_child(hw_document_root(document), "districts") : NULL;
    for (uint32_t i = 0; table != NULL && table->kind == HW_NODE_MAPPING && i < count; i++) {
        const hw_node *district = hw_node_child(table, districts[i]);
        bool mapping = district != NULL && district->kind == HW_NODE_MAPPING;
        const hw_node *code = mapping ? hw_node_child(district, "p_code") : NULL;
        if (code != NULL && code->kind == HW_NODE_MAPPING) {
            code = hw_node_child(code, "value");
        }
        if (code != NULL && code->kind == HW_NODE_SCALAR) {
            codes[i] = hw_take_text("%s", code->text);
        }
    }
    hw_document_free(document);
    hw_errors_free(&ignored);
    return codes;
}

void hw_district_codes_free(char **codes, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        free(codes[i]);
    }
    free(codes);
}
