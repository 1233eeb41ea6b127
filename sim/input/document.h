/* YAML documents with positions kept, composed of layers.
 *
 * `include: [a.yaml, b.yaml]` at the top of a file reads those files first (paths relative to the including
 * file), in order; a later layer wins over an earlier one, the including file over all. Mappings merge key by
 * key, everything else is replaced; so is a mapping that says one value (with `value`, `p10`, `p50`, `p90` or
 * `distribution`), lest the source of an older number sticks to a newer one. A file that is named more than
 * once, under whatever name, is laid once: see layer_order.h. With `as_of` a layer says only what was known
 * by that day: see known.h. Cycles, duplicate keys, depth, size and aliases are checked. */
#ifndef HW_SIM_INPUT_DOCUMENT_H
#define HW_SIM_INPUT_DOCUMENT_H

#include "sim/error.h"
#include <stdbool.h>
#include <stddef.h>

typedef enum hw_node_kind { HW_NODE_SCALAR, HW_NODE_MAPPING, HW_NODE_LIST } hw_node_kind;

typedef struct hw_node {
    hw_node_kind kind;
    bool
        cut; /* a text alone on its line before a comment with a colon in it: perhaps a key with " #" in it */
    bool cut_short;        /* a text before a comment such as "#3", which may have been meant as part of it */
    bool gone;             /* takes away what layers below say under its key */
    hw_position where;     /* of the value */
    hw_position key_where; /* of the key it stands under, in a mapping */
    const char *key;       /* in a mapping, otherwise NULL */
    const char *text;      /* of a scalar */
    struct hw_node **children;
    uint32_t child_count;
    struct hw_node **sorted;      /* of a mapping: the children by key */
    const struct hw_node *parent; /* the collection it stands in, in its own file, before layers were merged:
                                     where `source` and `assumed` are looked up */
} hw_node;

typedef struct hw_document hw_document;
struct hw_left_out_list;

/* Loads a file and its includes. NULL when any error was added. Free with hw_document_free, after everything
 * that borrows its texts. (Names of files in positions last as long as the process.)
 *
 * Mistakes that do not hinder reading on (a key given twice, a tag, an anchor, a malformed `source`) are kept
 * and come out of hw_binding_create together with its own, or of hw_document_check. */
hw_document *hw_document_load(const char *path, hw_errors *errors);

/* The same of several files, a later one laid over those before it, as if one file included them in this
 * order. */
hw_document *hw_document_load_layers(const char *const *paths, size_t count, hw_errors *errors);

/* The same from text in memory; `name` stands for the file in positions. `include` is refused here. */
hw_document *hw_document_parse(const char *text, const char *name, hw_errors *errors);

/* Sets one value from outside, e.g. path "methods.manual.team_size", yaml "10": as if a last layer named
 * `origin`
 * ("<command line>") said so. A key with dots in it is written in quotes: places."St. X".population
 * An entry of a dated series is named by its day, or by the year whose first day it is: yearly.2026 */
hw_status hw_document_set(hw_document *document, const char *path, const char *yaml, const char *origin,
                          hw_errors *errors);

/* Takes a value away, as if no file said it: then its default counts. Paths as above. */
hw_status hw_document_forget(hw_document *document, const char *path, const char *origin, hw_errors *errors);

/* Lays a node of another document (which must outlive this one) over the value at `path`, as if a last layer
 * said so at the place where the node stands. `named_at` is where the path itself was written. */
hw_status hw_document_graft(hw_document *document, const char *path, hw_position named_at,
                            const hw_node *node, hw_errors *errors);

/* A document that says what `base` says until more is set in it; `base` stays as it is and must outlive it.
 * Costs next to nothing: nodes are shared. NULL without memory. */
hw_document *hw_document_over(const hw_document *base);

/* Adds the mistakes that loading kept; HW_ERROR_INPUT when there are any. */
hw_status hw_document_check(const hw_document *document, hw_errors *errors);

/* A mapping. */
const hw_node *hw_document_root(const hw_document *document);

/* The first child of that key, or NULL. */
const hw_node *hw_node_child(const hw_node *mapping, const char *key);

/* The day of `as_of` (known.h); false when the scenario says none. */
bool hw_document_as_of(const hw_document *document, int64_t *day);

/* What became known after that day, as the layers say it. */
const struct hw_left_out_list *hw_document_left_out(const hw_document *document);

/* What each layer says by itself, the lowest first, whether it was known or not. */
const hw_node *const *hw_document_layers(const hw_document *document, size_t *count);

/* The files in the order in which they were read, as positions name them; origins of hw_document_set come
 * last. */
const char *const *hw_document_files(const hw_document *document, size_t *count);

/* Whether a file (as positions name it) is there only because another one includes it. */
bool hw_document_includes(const hw_document *document, const char *file);

/* Whether what stands there was set or grafted over the files: what somebody asks, and not what the scenario
 * knows. */
bool hw_document_asked(const hw_document *document, hw_position where);

void hw_document_free(hw_document *document);

#endif
