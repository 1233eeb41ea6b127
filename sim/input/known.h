/* What was known by a day.
 *
 * `known_by: 2023-09-20` in a mapping is the day by which all values inside were known, in the same file, up
 * to the next mapping that says another day. A value without such a day is taken as known from the start.
 * `known_by: asked` is no day: what is inside is a question, such as a lever or a gift, and holds as of any
 * day. `as_of: 2023-04-30` at the top of a scenario takes each layer without what became known later: the
 * value of the layer before counts then, else the default. What is nobody's value, such as an entry of a
 * table or an item of a list, is left out. */
#ifndef HW_SIM_INPUT_KNOWN_H
#define HW_SIM_INPUT_KNOWN_H

#include "sim/input/document.h"
#include "sim/input/pool.h"
#include <stdint.h>
#include <stdio.h>

/* What a layer says and was not known yet. */
typedef struct hw_left_out {
    const char *path; /* of a value, or of a mapping of which nothing was known */
    hw_position where;
    int64_t known_by;
} hw_left_out;

typedef struct hw_left_out_list { /* zero-initialise; free items */
    hw_left_out *items;
    size_t count, capacity;
} hw_left_out_list;

/* The day by which a node was known; HW_ALWAYS_KNOWN when nothing around it says so. */
int64_t hw_known_by(const hw_node *node);

/* What a text says as `known_by`: a day since 1970-01-01, or HW_ASKED; false when it is neither. */
bool hw_known_day(const char *text, int64_t *day);

/* The day of `as_of` in a layer; false when it says none, or none that can be read (then binding says so). */
bool hw_says_as_of(const hw_node *layer, int64_t *day);

/* What a layer says without what became known after `day`: the layer itself when that is all of it, and never
 * NULL. Adds the rest to `left_out`. */
const hw_node *hw_known_part(hw_pool *pool, const hw_node *layer, int64_t day, hw_left_out_list *left_out);

/* The first that was left out at a path, around it or inside; NULL: nothing. */
const hw_left_out *hw_left_out_at(const hw_left_out_list *list, const char *path);

/* "; it became known by 2023-09-20 (a.yaml:3:5), after the day of as_of, 2023-04-30", or "" when nothing was
 * left out at that path. */
const char *hw_left_out_text(hw_pool *pool, const hw_document *document, const char *path);

#endif
