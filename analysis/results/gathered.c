/* Opens replications in memory as outcomes. */
#include "analysis/results/gathered.h"
#include "analysis/base/memory.h"
#include "analysis/results/tallies.h"
#include "sim/run/block.h"
#include <stdlib.h>

static double *read_some(void *source, const char *name, uint64_t first, uint64_t count, hw_errors *errors) {
    const hw_gathered *of = source;
    const hw_record_layout *layout = of->loaded->layout;
    const hw_variable *variable = hw_record_find(layout, name);
    if (variable == NULL) {
        hw_errors_say(errors, "there is no variable %s", name);
        return NULL;
    }
    double *values = hw_take(count * variable->count + 1, sizeof *values);
    size_t bytes = hw_number_bytes(variable->type);
    for (uint64_t i = 0; i < count; i++) {
        const unsigned char *at = of->records + of->keys[first + i] * layout->bytes + variable->offset;
        for (size_t k = 0; k < variable->count; k++) {
            values[i * variable->count + k] = hw_number_read(at + k * bytes, variable->type);
        }
    }
    return values;
}

static double *read_all(void *source, const char *name, hw_errors *errors) {
    return read_some(source, name, 0, ((const hw_gathered *)source)->count, errors);
}

hw_status hw_gathered_open(hw_outcomes *outcomes, hw_gathered *gathered, hw_errors *errors) {
    const hw_loaded *loaded = gathered->loaded;
    gathered->count = 0;
    gathered->keys = hw_take(gathered->asked + 1, sizeof *gathered->keys);
    hw_failed_replication *failed = hw_take(gathered->asked + 1, sizeof *failed);
    uint64_t failed_count = 0;
    for (uint64_t i = 0; i < gathered->asked; i++) {
        if (gathered->failed[i] != NULL) {
            failed[failed_count++] = (hw_failed_replication){.key = i, .message = gathered->failed[i]};
        } else {
            gathered->keys[gathered->count++] = i;
        }
    }
    *outcomes = (hw_outcomes){
        .title = loaded->title,
        .settings = loaded->settings,
        .files = loaded->files,
        .model = hw_model_name(loaded->model, gathered->model),
        .version = HW_VERSION,
        .digest = hw_binding_digest(loaded->binding),
        .seed = gathered->seed,
        .asked = gathered->asked,
        .count = gathered->count,
        .keys = gathered->keys,
        .failed = failed,
        .failed_count = failed_count,
        .complete = true,
        .resolved = hw_binding_resolved(loaded->binding),
        .layout = loaded->layout,
        .source = gathered,
        .read = read_all,
        .read_some = read_some,
        .block = hw_block_length(loaded->layout, gathered->count),
    };
    if (outcomes->count > HW_EXACT_MOST) {
        outcomes->tallies = hw_tallies_create(outcomes->layout);
    }
    bool good =
        hw_outcomes_read_scenario(outcomes, hw_binding_rows(loaded->binding), outcomes->resolved, errors);
    return good ? HW_OK : HW_ERROR_IO;
}

void hw_gathered_close(hw_outcomes *outcomes, hw_gathered *gathered) {
    hw_outcomes_close(outcomes);
    free(gathered->keys);
    gathered->keys = NULL;
}
