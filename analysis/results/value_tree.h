/* All values of a scenario, key by key, from the rows that a result file holds (sim/input/value_rows.h). */
#ifndef HW_ANALYSIS_VALUE_TREE_H
#define HW_ANALYSIS_VALUE_TREE_H

#include "sim/error.h"
#include <stdbool.h>
#include <stdint.h>

typedef struct hw_value_tree {
    char *name; /* NULL at the root */
    char *text; /* NULL: a mapping */
    struct hw_value_tree *items;
    uint32_t count, room;
} hw_value_tree;

/* Never fails: a row that holds no value is a mapping without any. Free with hw_value_tree_free. */
void hw_value_tree_read(hw_value_tree *tree, const char *rows);
void hw_value_tree_free(hw_value_tree *tree);

/* What stands below a name; NULL when nothing does, or when `tree` is NULL. */
const hw_value_tree *hw_value_tree_child(const hw_value_tree *tree, const char *name);
/* The value below a name, as text; NULL when it is missing. */
const char *hw_value_tree_text(const hw_value_tree *tree, const char *name);

/* The day to which a scenario knows anything (its `as_of`), from its rows; false when it says none. */
bool hw_value_rows_as_of(const char *rows, int64_t *day);

/* The rows of a scenario text, for files of versions that kept nothing else (result formats 1 and 2): the one
 * place where such a text is read again. The caller frees them. NULL with an error when it is no scenario. */
char *hw_value_rows_of_scenario(const char *resolved, hw_errors *errors);

#endif
