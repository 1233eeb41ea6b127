/* `parameters_from` of a scenario: the table that it names, and what the scenario draws from it. */
#ifndef HW_ANALYSIS_SCENARIO_PARAMETERS_FROM_H
#define HW_ANALYSIS_SCENARIO_PARAMETERS_FROM_H

#include "analysis/scenario/parameters.h"
#include "sim/input/document.h"
#include "sim/input/remarks.h"

/* Reads the table that the document names, once in a process, and lays over the document what it is
 * (`parameters_are`), so that results and digests know it. NULL in `*table` where it names none.
 * HW_ERROR_INPUT at the place that names it, also for another table than `parameters_are` says. */
hw_status hw_parameters_from(hw_document *document, const hw_parameters **table, hw_errors *errors);

/* Warns of values of the table that the scenario says otherwise. */
void hw_parameters_remark(const hw_parameters *table, const hw_drawn_values *drawn, hw_position where,
                          hw_remarks *remarks);

/* The path of the table that the document names; the caller frees it. NULL where it names none. */
char *hw_parameters_path(const hw_document *document);

/* Where the document names the table. */
hw_position hw_parameters_where(const hw_document *document);

#endif
