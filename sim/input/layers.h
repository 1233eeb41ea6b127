/* Merging of layers, and the path language of values. */
#ifndef HW_SIM_INPUT_LAYERS_H
#define HW_SIM_INPUT_LAYERS_H

#include "sim/input/document.h"
#include "sim/input/pool.h"
#include "sim/input/remarks.h"

/* `layer` over `base`. Neither is changed; either may be NULL. */
const hw_node *hw_layers_merge(hw_pool *pool, const hw_node *base, const hw_node *layer);

/* The mistakes that loading kept. */
const hw_remarks *hw_document_mistakes(const hw_document *document);

/* Whether a mapping stands for one value: it has a scalar under `value`, `p10`, `p50`, `p90` or
 * `distribution`, or a list under `value`. */
bool hw_node_is_one_value(const hw_node *node);

/* The next segment of a path: names joined by dots, a name with a dot in double quotes. Moves *path behind it
 * and its dot. NULL at the end of the path, and with *problem set when it is malformed. */
const char *hw_path_next(hw_pool *pool, const char **path, const char **problem);

/* `base`.`name`, with quotes when the name needs them; `base` may be "". */
const char *hw_path_join(hw_pool *pool, const char *base, const char *name);

/* A path in the one way of writing it: quotes only where a name needs them, and a year that ends it as its
 * first day. For the caller to free; NULL when it is malformed. */
char *hw_path_canonical(const char *path);

#endif
