/* What is to be said of the days by which values of a scenario were known. */
#ifndef HW_ANALYSIS_AS_OF_H
#define HW_ANALYSIS_AS_OF_H

#include "sim/input/binding.h"
#include "sim/input/document.h"
#include "sim/input/remarks.h"

/* Adds an error for each `known_by` after the latest horizon that a layer says, which starts at `horizon`:
 * such a value would not be known to any run. */
void hw_as_of_check(const hw_document *document, int64_t horizon, hw_errors *errors);

/* Adds what a run as of a day has to say: how much of the scenario could not be frozen. */
void hw_as_of_remark(const hw_document *document, const hw_binding *binding, hw_remarks *remarks);

#endif
