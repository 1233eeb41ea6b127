/* The value of each factor at each point of a sweep. */
#ifndef HW_ANALYSIS_RESULTS_FACTOR_VALUES_H
#define HW_ANALYSIS_RESULTS_FACTOR_VALUES_H

#include "sim/run/sweep_results.h"

typedef struct hw_factor_values {
    const hw_sweep_factor_info *info; /* borrowed from the results */
    uint32_t count;
    uint64_t points;
    double **numbers; /* of each factor: its value at each point; NULL for words */
    char ***words;    /* likewise; NULL for numbers */
} hw_factor_values;

/* Of the first `most` factors. HW_ERROR_IO when one cannot be read. Free after failure too. */
hw_status hw_factor_values_read(hw_factor_values *values, const hw_sweep_results *results, uint32_t most,
                                hw_errors *errors);
void hw_factor_values_free(hw_factor_values *values);

#endif
