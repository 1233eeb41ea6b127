/* What a day of `as_of` could not freeze: values that speak of a later time and do not say by when they were
 * known. */
#ifndef HW_SIM_INPUT_FROZEN_H
#define HW_SIM_INPUT_FROZEN_H

#include "sim/input/binding.h"

/* How many there are; 0 without `as_of`. */
uint32_t hw_frozen_count(const hw_binding *binding, const hw_document *document);

/* What was left out of a scenario as of its day, with what holds instead, and what could not be frozen.
 * Nothing without `as_of`. */
void hw_frozen_print(FILE *out, const hw_binding *binding, const hw_document *document);

#endif
