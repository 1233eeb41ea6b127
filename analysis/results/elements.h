/* The numbers that one output of a sweep consists of. */
#ifndef HW_ANALYSIS_SWEEP_ELEMENTS_H
#define HW_ANALYSIS_SWEEP_ELEMENTS_H

#include "sim/run/sweep_results.h"

/* All combinations of the labels of a variable's axes, the last one fastest: variable->count texts such as
 * "Agdam city, money", to be freed with hw_sweep_results_free_texts; NULL when it is a single number. */
char **hw_sweep_element_labels(const hw_sweep_results *results, const hw_sweep_variable *variable);

#endif
