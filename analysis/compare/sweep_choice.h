/* Points of a sweep that a person names: by their number, "17", or by values of factors, "rule=worst_first,
 * survey=12 ha/day"; `scenario=LABEL` where a sweep has several. */
#ifndef HW_ANALYSIS_SWEEP_CHOICE_H
#define HW_ANALYSIS_SWEEP_CHOICE_H

#include "analysis/results/sample.h"

/* Marks, in `chosen` (one for each point), those that the text means, beside what is marked already. A number
 * may be given in any unit of its kind, or without one as the file holds it; points that have it exactly are
 * meant, or else those that have it to four digits, as tables show it. HW_ERROR_INPUT for an unknown factor
 * (with the nearest name), a value that is none, and when no point has these values (with those there are);
 * `option` ("--base") stands before the message. */
hw_status hw_sweep_choose(const hw_sweep_sample *sample, const char *text, const char *option, bool *chosen,
                          hw_errors *errors);

#endif
