/* Keeps what a run tells while it writes its result. */
#include "analysis/results/heard.h"
#include "analysis/base/memory.h"
#include <stdlib.h>
#include <string.h>

/* Records that are kept in memory, at most. */
static const uint64_t KEPT_BYTES = 64U << 20;

static void hear(void *context, uint64_t first, uint64_t count, uint64_t of, const unsigned char *records) {
    hw_heard *heard = context;
    size_t bytes = heard->layout->bytes;
    if (of > HW_EXACT_MOST) {
        heard->tallies = heard->tallies != NULL ? heard->tallies : hw_tallies_create(heard->layout);
        hw_tallies_add_records(heard->tallies, records, count);
    } else if (hw_rank_count() == 1 && of * bytes <= KEPT_BYTES) {
        heard->records = heard->records != NULL ? heard->records : hw_take(of, bytes);
        memcpy(heard->records + first * bytes, records, count * bytes);
    }
}

void hw_heard_begin(hw_heard *heard, const hw_record_layout *layout) {
    *heard = (hw_heard){.audience = {.context = heard, .hear = hear}, .layout = layout};
}

/* A rank of which no block was is one of the others all the same. */
void hw_heard_gather(hw_heard *heard, const hw_experiment_report *report) {
    if (report->finished - report->failed > HW_EXACT_MOST) {
        heard->tallies = heard->tallies != NULL ? heard->tallies : hw_tallies_create(heard->layout);
        hw_tallies_gather(heard->tallies);
    }
}

static double *read_heard(void *source, const char *variable, hw_errors *errors) {
    (void)errors;
    const hw_heard *heard = source;
    const hw_variable *found = hw_record_find(heard->layout, variable);
    double *values = hw_take(heard->count * found->count, sizeof *values);
    hw_record_values(found, heard->records, heard->layout->bytes, heard->count, values);
    return values;
}

/* What a file of the same run would say. */
static hw_status open_heard(hw_outcomes *outcomes, hw_heard *heard, const hw_experiment *experiment,
                            const hw_experiment_report *report, hw_errors *errors) {
    heard->count = report->finished;
    heard->keys = hw_take(heard->count, sizeof *heard->keys);
    for (uint64_t r = 0; r < heard->count; r++) {
        heard->keys[r] = r;
    }
    *outcomes = (hw_outcomes){.title = experiment->title,
                              .settings = experiment->settings,
                              .files = experiment->files,
                              .model = hw_model_name(experiment->model, heard->model),
                              .version = experiment->version,
                              .code = experiment->model->code,
                              .digest = experiment->digest,
                              .seed = experiment->seed,
                              .asked = experiment->replications,
                              .count = heard->count,
                              .keys = heard->keys,
                              .complete = true,
                              .resolved = experiment->resolved,
                              .layout = heard->layout,
                              .tallies = heard->tallies,
                              .source = heard,
                              .read = read_heard};
    heard->tallies = NULL; /* they go with the outcomes */
    if (hw_outcomes_read_scenario(outcomes, experiment->rows, experiment->resolved, errors)) {
        return HW_OK;
    }
    hw_outcomes_close(outcomes);
    return HW_ERROR_IO;
}

hw_status hw_heard_open(hw_outcomes *outcomes, hw_heard *heard, const hw_experiment *experiment,
                        const hw_experiment_report *report, hw_errors *errors) {
    bool all = report->failed == 0 && report->finished > 0 && !report->interrupted;
    if (all && (heard->records != NULL || heard->tallies != NULL)) {
        return open_heard(outcomes, heard, experiment, report, errors);
    }
    hw_status status = hw_outcomes_open(outcomes, experiment->output, errors);
    if (status == HW_OK && heard->tallies != NULL) {
        hw_tallies_free(outcomes->tallies);
        outcomes->tallies = heard->tallies;
        heard->tallies = NULL;
    }
    return status;
}

void hw_heard_end(hw_heard *heard) {
    hw_tallies_free(heard->tallies);
    free(heard->records);
    free(heard->keys);
}
