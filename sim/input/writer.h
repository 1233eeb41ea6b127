/* Canonical YAML: one line a value, two blanks a level, quotes only where they are needed. */
#ifndef HW_SIM_INPUT_WRITER_H
#define HW_SIM_INPUT_WRITER_H

#include "sim/input/pool.h"
#include "sim/input/value_rows.h"
#include <stdbool.h>
#include <stdint.h>

/* Zero-initialise; end with hw_writer_free. */
typedef struct hw_writer {
    char *text; /* NULL while empty */
    size_t length, capacity;
    uint32_t depth;
    hw_value_rows rows; /* the same values, for programs */
} hw_writer;

/* What is said about a value or a mapping besides its content; all may be absent. */
typedef struct hw_marks {
    const char *source;
    bool assumed;
    const char *note;
} hw_marks;

/* The text as a YAML scalar that reads back as itself, also inside [] and {}. */
const char *hw_yaml_scalar(hw_pool *pool, const char *text);

/* "key:" and one level deeper; hw_write_close gets what this returns. */
size_t hw_write_open(hw_writer *writer, const char *key);
void hw_write_close(hw_writer *writer, size_t opened);

/* One line. `body` is YAML already: a scalar or list, or the pairs inside {} when `pairs`. */
void hw_write_value(hw_writer *writer, const char *key, const char *body, bool pairs, const hw_marks *marks);

/* What is said about a mapping, in a line of its own: no value. */
void hw_write_remark(hw_writer *writer, const char *key, const char *body);

/* Text as it is. */
void hw_write_raw(hw_writer *writer, const char *text);

void hw_writer_free(hw_writer *writer);

#endif
