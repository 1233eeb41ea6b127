/* Runs an experiment: it is a sweep of one point. */
#define _GNU_SOURCE /* asprintf */
#include "sim/run/experiment.h"
#include "sim/run/earlier.h"
#include "sim/run/journal_index.h"
#include "sim/run/sweep.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* ---- Whose journals ---- */

static uint32_t crc_of(uint32_t crc, const void *bytes, size_t length) {
    return (uint32_t)crc32_z(crc, bytes, length);
}

static uint32_t crc_of_text(uint32_t crc, const char *text) {
    return text != NULL ? crc_of(crc, text, strlen(text) + 1) : crc;
}

/* Two programs may give records of the same size another meaning. */
static uint32_t crc_of_layout(const hw_record_layout *layout) {
    uint32_t crc = 0;
    for (uint32_t a = 0; a < layout->axis_count; a++) {
        const hw_axis *axis = &layout->axes[a];
        crc = crc_of_text(crc, axis->name);
        crc = crc_of(crc, &axis->length, sizeof axis->length);
        for (uint32_t i = 0; axis->labels != NULL && i < axis->length; i++) {
            crc = crc_of_text(crc, axis->labels[i]);
        }
        if (axis->values != NULL) {
            crc = crc_of(crc, axis->values, axis->length * sizeof *axis->values);
        }
    }
    for (uint32_t v = 0; v < layout->variable_count; v++) {
        const hw_variable *variable = &layout->variables[v];
        const uint64_t numbers[] = {(uint64_t)variable->type, variable->rank, variable->offset,
                                    variable->count};
        crc = crc_of_text(crc, variable->name);
        crc = crc_of_text(crc, variable->units);
        crc = crc_of(crc, numbers, sizeof numbers);
    }
    return crc;
}

char *hw_experiment_identity(const hw_experiment *experiment) {
    char *text = NULL;
    int length = asprintf(
        &text, "model %s %s\ncode %s\ndigest %s\nseed %" PRIu64 "\nrecord %zu bytes, layout %08" PRIx32 "\n",
        experiment->model->name, experiment->model->version, hw_model_built_from(experiment->model),
        experiment->digest, experiment->seed, experiment->layout->bytes, crc_of_layout(experiment->layout));
    return length < 0 ? NULL : text;
}

void hw_experiment_remove_journals(const char *output) {
    const hw_experiment experiment = {.output = output};
    const hw_sweep sweep = {.alone = &experiment};
    char *stem = hw_sweep_stem(&sweep);
    if (stem != NULL) {
        hw_journal_remove_all(stem);
    }
    free(stem);
}

/* ---- Its only point ---- */

static hw_status open_point(void *context, uint64_t point, hw_sweep_case *opened, char problem[200]) {
    const hw_experiment *experiment = context;
    (void)point;
    (void)problem;
    *opened = (hw_sweep_case){.model = experiment->model,
                              .scenario = experiment->scenario,
                              .outcome_bytes = experiment->layout->bytes};
    return HW_OK;
}

static void close_point(void *context, hw_sweep_case *opened) {
    (void)context;
    (void)opened;
}

hw_status hw_experiment_run(const hw_experiment *experiment, hw_experiment_report *report,
                            hw_errors *errors) {
    hw_experiment own = *experiment;
    hw_sweep_report answer;
    const hw_sweep sweep = {.model = own.model,
                            .digest = own.digest,
                            .seed = own.seed,
                            .points = 1,
                            .replications = own.replications,
                            .keep_outcomes = true,
                            .stop = own.stop,
                            .resume = true,
                            .anyway = own.anyway,
                            .rules = own.rules,
                            .stop_after = own.stop_after,
                            .ranks_per_world = own.ranks_per_world,
                            .progress = own.progress,
                            .source = {.context = &own, .open = open_point, .close = close_point},
                            .alone = &own};
    hw_status status = hw_sweep_run(&sweep, &answer, errors);
    *report = (hw_experiment_report){.finished = answer.finished,
                                     .failed = answer.failed,
                                     .events = answer.events,
                                     .seconds = answer.seconds,
                                     .assembly = answer.assembly,
                                     .ranks = answer.ranks,
                                     .interrupted = !answer.complete &&
                                                    (status == HW_OK || status == HW_ERROR_INTERRUPTED),
                                     .half_width = answer.half_width};
    return status;
}
