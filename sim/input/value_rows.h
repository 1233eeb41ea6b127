/* All values of a scenario as rows, for programs that compare scenarios or ask for one value: one line a
 * value, the names on the way to it and then the value as text, with tabs between them. Sources, notes and
 * marks are left out. A mapping without values is a row with the value {}. Line breaks, tabs and backslashes
 * inside are \\n, \\t and \\\\. */
#ifndef HW_SIM_INPUT_VALUE_ROWS_H
#define HW_SIM_INPUT_VALUE_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HW_VALUE_DEPTH_MOST = 32 };

typedef struct hw_value_text {
    char *text; /* NULL while empty */
    size_t length, capacity;
} hw_value_text;

/* Zero-initialise; end with hw_value_rows_free. */
typedef struct hw_value_rows {
    hw_value_text rows;
    hw_value_text path;                      /* of the open mappings, each name with a tab behind it */
    size_t path_before[HW_VALUE_DEPTH_MOST]; /* lengths when each was opened */
    size_t rows_before[HW_VALUE_DEPTH_MOST];
    uint32_t depth;
} hw_value_rows;

void hw_value_rows_enter(hw_value_rows *rows, const char *name);
void hw_value_rows_leave(hw_value_rows *rows);

/* A value inside the open mappings. `body` is YAML as hw_write_value gets it; with `pairs` it stands in {}.
 */
void hw_value_rows_add(hw_value_rows *rows, const char *name, const char *body, bool pairs);

/* The same with a value that is plain text. */
void hw_value_rows_add_plain(hw_value_rows *rows, const char *name, const char *text);

/* Never NULL; belongs to the rows. */
const char *hw_value_rows_text(const hw_value_rows *rows);

void hw_value_rows_free(hw_value_rows *rows);

#endif
