/* What the base assumes, for the desk's page to offer: numbers that are assumed or uncertain. */
#ifndef HW_ANALYSIS_DESK_ASSUMPTIONS_H
#define HW_ANALYSIS_DESK_ASSUMPTIONS_H

#include "sim/input/binding.h"
#include <stddef.h>

/* JSON on one line: [{"path", "text", "meaning", "source", "assumed"}], in the order of the scenario; "text"
 * is the value as a file has it, "source" may be null. Without values that nothing reads, that two results
 * must share to be compared, or that stand in a series of dates. `size` in bytes; free with free(). */
char *hw_desk_assumptions(hw_binding *binding, size_t *size);

#endif
