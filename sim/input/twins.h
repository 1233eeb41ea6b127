/* Names that a person takes for the same: composed and decomposed letters, letters of other scripts that look
 * alike, letter case, dotted and dotless i, blanks at the ends, doubled or of another width, characters
 * without any width. */
#ifndef HW_SIM_INPUT_TWINS_H
#define HW_SIM_INPUT_TWINS_H

#include "sim/input/pool.h"

/* What is left of a name when all that is ironed out: twins have the same skeleton. Of the pool. */
const char *hw_name_skeleton(hw_pool *pool, const char *name);

/* In what twins differ, as a phrase: "letter case", "characters that look alike", ... */
const char *hw_name_difference(const char *a, const char *b);

#endif
