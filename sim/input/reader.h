/* One YAML text to a tree of nodes, by libyaml's event parser, with every position kept.
 *
 * The YAML that scenarios need is small: mappings, lists and scalars. Anchors, aliases, tags and a second
 * document are refused, so that a file says what it seems to say and cannot blow up. */
#ifndef HW_SIM_INPUT_READER_H
#define HW_SIM_INPUT_READER_H

#include "sim/input/document.h"
#include "sim/input/pool.h"
#include "sim/input/remarks.h"

enum {
    HW_DEPTH_MOST = 64,
    HW_NODES_MOST = 5000000,
    HW_KEY_BYTES_MOST = 255, /* libyaml reads no simple key of more than 1024 characters */
};

typedef struct hw_reading {
    const char *file; /* outlives the nodes */
    hw_pool *pool;
    uint32_t *nodes_left; /* of HW_NODES_MOST, shared by all layers */
    hw_remarks *mistakes; /* mistakes that do not hinder reading on: duplicate keys, tags, anchors, marks */
    hw_errors *errors;    /* mistakes that do */
} hw_reading;

#define HW_CUT_BY_COMMENT                                                                                    \
    "YAML takes what stands behind ' #' for a comment, so this key is cut before it; put a name with ' #' "  \
    "in "                                                                                                    \
    "it in quotes"

/* The node of the whole text, or NULL after an error that ends the reading. */
hw_node *hw_read_text(const hw_reading *reading, const char *text, size_t size);

/* Fills mapping->sorted from its children. */
void hw_node_sort(hw_pool *pool, hw_node *mapping);

/* Whether a key is one of `source`, `assumed`, `note`, `known_by`: they may stand in every mapping. */
bool hw_is_mark(const char *key);

/* "2021-03-31", or "2021", which is its first day: a key of a dated series. */
bool hw_read_series_day(const char *text, int64_t *day);

/* "yes", "true": 1; "no", "false": 0; anything else: -1. */
int hw_yes_or_no(const char *text);

/* A text for an error message: long ones are cut, line breaks become blanks. `buffer` is returned. */
enum { HW_QUOTE_BYTES = 72 };
char *hw_quote(const char *text, char buffer[HW_QUOTE_BYTES]);

#endif
