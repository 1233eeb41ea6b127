#include "analysis/district_shapes.h"
#include <stddef.h>
#include <string.h>

const hw_district_shape *hw_district_shape_find(const char *name) {
    for (uint32_t i = 0; i < hw_district_shape_count; i++)
        if (strcmp(hw_district_shapes[i].name, name) == 0)
            return &hw_district_shapes[i];
    return NULL;
}
