/* Reads the values of factors. */
#include "analysis/results/factor_values.h"
#include "analysis/base/memory.h"
#include <stdlib.h>

hw_status hw_factor_values_read(hw_factor_values *values, const hw_sweep_results *results, uint32_t most,
                                hw_errors *errors) {
    *values = (hw_factor_values){.points = hw_sweep_results_about(results)->points};
    values->info = hw_sweep_results_factors(results, &values->count);
    values->count = values->count < most ? values->count : most;
    values->numbers = hw_take(values->count, sizeof *values->numbers);
    values->words = hw_take(values->count, sizeof *values->words);
    for (uint32_t f = 0; f < values->count; f++) {
        const char *name = values->info[f].name;
        if (values->info[f].text) {
            values->words[f] = hw_sweep_results_texts(results, name, errors);
        } else {
            values->numbers[f] = hw_sweep_results_numbers(results, name, errors);
        }
        if (values->words[f] == NULL && values->numbers[f] == NULL) {
            return HW_ERROR_IO;
        }
    }
    return HW_OK;
}

void hw_factor_values_free(hw_factor_values *values) {
    for (uint32_t f = 0; f < values->count; f++) {
        free(values->numbers[f]);
        hw_sweep_results_free_texts(values->words[f], values->points);
    }
    free(values->numbers);
    free(values->words);
    *values = (hw_factor_values){0};
}
