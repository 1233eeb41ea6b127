#include "analysis/outcomes.h"
#include "analysis/memory.h"
#include "sim/date.h"
#include "sim/input/document.h"
#include "sim/run/results.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static double *read_results(void *source, const char *variable, hw_errors *errors) {
    return hw_results_read(source, variable, errors);
}

static bool read_date(const hw_node *root, const char *key, int64_t *day) {
    const hw_node *node = root ? hw_node_child(root, key) : NULL;
    if (node && node->kind == HW_NODE_MAPPING) /* a value that carries its source */
        node = hw_node_child(node, "value");
    return node && node->kind == HW_NODE_SCALAR && hw_date_parse(node->text, day);
}

/* The file carries its whole scenario; the span of time is read from there. */
static bool read_span(hw_outcomes *outcomes, const char *resolved, hw_errors *errors) {
    hw_document *document = hw_document_parse(resolved, "scenario in the result file", errors);
    if (!document)
        return false;
    const hw_node *root = hw_document_root(document);
    bool good = read_date(root, "start", &outcomes->start) && read_date(root, "horizon", &outcomes->horizon);
    if (!good)
        hw_errors_add(errors, (hw_position){0},
                      "the scenario in the result file does not say its start and horizon");
    hw_document_free(document);
    return good;
}

hw_status hw_outcomes_open(hw_outcomes *outcomes, const char *path, hw_errors *errors) {
    *outcomes = (hw_outcomes){0};
    hw_status status = HW_OK;
    hw_results *results = hw_results_open(path, &status, errors);
    if (!results)
        return status;
    *outcomes = (hw_outcomes){
        .title = hw_results_title(results),
        .model = hw_results_model(results),
        .version = hw_results_version(results),
        .digest = hw_results_digest(results),
        .seed = hw_results_seed(results),
        .asked = hw_results_asked(results),
        .count = hw_results_count(results),
        .keys = hw_results_keys(results),
        .failed_count = hw_results_failed_count(results),
        .complete = hw_results_complete(results),
        .layout = hw_results_layout(results),
        .source = results,
        .read = read_results,
    };
    outcomes->failed = hw_take(outcomes->failed_count, sizeof *outcomes->failed);
    for (uint64_t i = 0; i < outcomes->failed_count; i++)
        outcomes->failed[i] = (hw_failed_replication){.key = hw_results_failed_key(results, i),
                                                      .message = hw_results_failed_message(results, i)};
    if (read_span(outcomes, hw_results_resolved(results), errors))
        return HW_OK;
    hw_outcomes_close(outcomes);
    return HW_ERROR_IO;
}

void hw_outcomes_close(hw_outcomes *outcomes) {
    free(outcomes->failed);
    hw_results_close(outcomes->source);
    *outcomes = (hw_outcomes){0};
}

const hw_axis *hw_outcomes_axis(const hw_outcomes *outcomes, const char *name) {
    for (uint32_t i = 0; i < outcomes->layout->axis_count; i++)
        if (strcmp(outcomes->layout->axes[i].name, name) == 0)
            return &outcomes->layout->axes[i];
    return NULL;
}

uint32_t hw_axis_find(const hw_axis *axis, const char *label) {
    for (uint32_t i = 0; axis && axis->labels && i < axis->length; i++)
        if (strcmp(axis->labels[i], label) == 0)
            return i;
    return UINT32_MAX;
}

int64_t hw_outcomes_last_day(const hw_outcomes *outcomes, double value) {
    int64_t day = outcomes->start + (int64_t)floor(value);
    return hw_date_from_days(day).day == 1 && value > 0 ? day - 1 : day;
}
