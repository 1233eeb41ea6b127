/* In which order the files of a scenario are laid over one another.
 *
 * What is said of the order is kept, all of it: a file counts over every file that it includes, and in one
 * list of includes a later file counts over an earlier one; a file that is named twice in one list counts at
 * its last place there. A file that several others include is laid once, below all of them, so that it undoes
 * nothing of what they say. Where that leaves a choice, what is read later counts more. Where it contradicts
 * itself, nobody can know what was meant: an error. */
#ifndef HW_SIM_INPUT_LAYER_ORDER_H
#define HW_SIM_INPUT_LAYER_ORDER_H

#include "sim/error.h"

/* A file; the files that it includes are given by their numbers, in the order of its list. */
typedef struct hw_layer_file {
    const char *name; /* NULL: the call itself, which names files too */
    const uint32_t *below;
    const hw_position *named_at; /* where the list names each */
    uint32_t below_count;
} hw_layer_file;

/* Fills order[count] with the numbers of the files, the lowest first; all are included by number `top`,
 * directly or not, and none includes itself. HW_ERROR_INPUT when the order contradicts itself. */
hw_status hw_layer_order(const hw_layer_file *files, uint32_t count, uint32_t top, uint32_t *order,
                         hw_errors *errors);

#endif
