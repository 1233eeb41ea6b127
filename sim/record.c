/* Lays out the variables of an outcome in a flat record. */
#include "sim/record.h"

#include <assert.h>
#include <string.h>

enum { RECORD_ALIGNMENT = 8 };

size_t hw_number_bytes(hw_number type) {
    return type == HW_F64 || type == HW_I64 ? 8 : 4;
}

double hw_number_read(const unsigned char *at, hw_number type) {
    double f64 = 0;
    float f32 = 0;
    int64_t i64 = 0;
    int32_t i32 = 0;
    switch (type) {
    case HW_F64:
        memcpy(&f64, at, sizeof f64);
        return f64;
    case HW_F32:
        memcpy(&f32, at, sizeof f32);
        return (double)f32;
    case HW_I64:
        memcpy(&i64, at, sizeof i64);
        return (double)i64;
    case HW_I32:
        memcpy(&i32, at, sizeof i32);
        return (double)i32;
    }
    return 0;
}

static size_t round_up(size_t bytes) {
    return (bytes + RECORD_ALIGNMENT - 1) / RECORD_ALIGNMENT * RECORD_ALIGNMENT;
}

static size_t count_numbers(const hw_record_layout *layout, const hw_variable *variable) {
    size_t count = 1;
    assert(variable->rank <= HW_RECORD_MAX_RANK);
    for (uint32_t i = 0; i < variable->rank; i++) {
        assert(variable->axis[i] < layout->axis_count);
        count *= layout->axes[variable->axis[i]].length;
    }
    return count;
}

void hw_record_lay_out(hw_record_layout *layout) {
    size_t offset = 0;
    for (uint32_t i = 0; i < layout->variable_count; i++) {
        hw_variable *variable = &layout->variables[i];
        variable->offset = offset;
        variable->count = count_numbers(layout, variable);
        offset = round_up(offset + variable->count * hw_number_bytes(variable->type));
    }
    layout->bytes = offset;
}

const hw_variable *hw_record_find(const hw_record_layout *layout, const char *name) {
    for (uint32_t i = 0; i < layout->variable_count; i++) {
        if (strcmp(layout->variables[i].name, name) == 0) {
            return &layout->variables[i];
        }
    }
    return NULL;
}
