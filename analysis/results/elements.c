/* Names the elements of an output of a sweep. */
#include "analysis/results/elements.h"
#include "analysis/base/memory.h"
#include <stdlib.h>

char **hw_sweep_element_labels(const hw_sweep_results *results, const hw_sweep_variable *variable) {
    if (variable->rank == 0 || variable->count == 0) {
        return NULL;
    }
    char **labels = hw_take(variable->count, sizeof *labels);
    uint64_t repeat = variable->count;
    for (uint32_t d = 0; d < variable->rank; d++) {
        uint64_t length = 0;
        char **axis = hw_sweep_results_axis(results, variable->axis[d], &length);
        const uint64_t own = variable->length[d] > 0 ? variable->length[d] : 1;
        repeat = repeat > own ? repeat / own : 1;
        for (uint64_t i = 0; i < variable->count; i++) {
            uint64_t place = i / repeat % own;
            const char *label = axis != NULL && place < length && axis[place] != NULL ? axis[place] : "?";
            char *joined = hw_take_text("%s%s%s", labels[i] != NULL ? labels[i] : "",
                                        labels[i] != NULL ? ", " : "", label);
            free(labels[i]);
            labels[i] = joined;
        }
        hw_sweep_results_free_texts(axis, length);
    }
    return labels;
}
