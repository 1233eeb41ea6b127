#include "analysis/results/outcomes.h"
#include "analysis/base/file_kind.h"
#include "analysis/base/memory.h"
#include "sim/date.h"
#include "sim/input/document.h"
#include "sim/run/results.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static double *read_results(void *source, const char *variable, hw_errors *errors) {
    return hw_results_read(source, variable, errors);
}

/* The text of a scalar, or of the value of one that carries its source. */
static const char *scalar_text(const hw_node *mapping, const char *key) {
    const hw_node *node = mapping != NULL ? hw_node_child(mapping, key) : NULL;
    if (node != NULL && node->kind == HW_NODE_MAPPING) {
        node = hw_node_child(node, "value");
    }
    return node != NULL && node->kind == HW_NODE_SCALAR ? node->text : NULL;
}

static bool read_date(const hw_node *root, const char *key, int64_t *day) {
    const char *text = scalar_text(root, key);
    return text != NULL && hw_date_parse(text, day);
}

/* Roads and airports are places too, but nobody is to live there. */
static void read_empty_places(hw_outcomes *outcomes, const hw_node *root) {
    const hw_axis *axis = hw_outcomes_axis(outcomes, "place");
    const hw_node *places = root != NULL ? hw_node_child(root, "places") : NULL;
    outcomes->empty = hw_take(axis != NULL ? axis->length : 0, sizeof *outcomes->empty);
    for (uint32_t i = 0; axis != NULL && axis->labels != NULL && places != NULL && i < axis->length; i++) {
        const char *population = scalar_text(hw_node_child(places, axis->labels[i]), "population");
        outcomes->empty[i] = population != NULL && strcmp(population, "0") == 0;
    }
}

static void read_districts_of_places(hw_outcomes *outcomes, const hw_node *root) {
    const hw_axis *axis = hw_outcomes_axis(outcomes, "place"),
                  *districts = hw_outcomes_axis(outcomes, "district");
    const hw_node *places = root != NULL ? hw_node_child(root, "places") : NULL;
    outcomes->district_of = hw_take(axis != NULL ? axis->length : 0, sizeof *outcomes->district_of);
    for (uint32_t i = 0; axis != NULL && i < axis->length; i++) {
        const hw_node *place =
            places != NULL && axis->labels != NULL ? hw_node_child(places, axis->labels[i]) : NULL;
        const char *name = scalar_text(place, "district");
        outcomes->district_of[i] = name != NULL ? hw_axis_find(districts, name) : UINT32_MAX;
    }
}

/* The file carries its whole scenario; the span of time and who is to live where are read from there. */
bool hw_outcomes_read_scenario(hw_outcomes *outcomes, const char *resolved, hw_errors *errors) {
    hw_document *document = hw_document_parse(resolved, "scenario in the result file", errors);
    if (document == NULL) {
        return false;
    }
    const hw_node *root = hw_document_root(document);
    bool good = read_date(root, "start", &outcomes->start) && read_date(root, "horizon", &outcomes->horizon);
    if (!good) {
        hw_errors_say(errors, "the scenario in the result file does not say its start and horizon");
    }
    read_empty_places(outcomes, root);
    read_districts_of_places(outcomes, root);
    hw_document_free(document);
    return good;
}

hw_status hw_outcomes_open(hw_outcomes *outcomes, const char *path, hw_errors *errors) {
    return hw_outcomes_open_as(outcomes, path, HW_SEALED_ONLY, errors);
}

hw_status hw_outcomes_open_as(hw_outcomes *outcomes, const char *path, hw_trust trust, hw_errors *errors) {
    *outcomes = (hw_outcomes){0};
    hw_status status = hw_file_kind_check(path, HW_FILE_RESULT, errors);
    if (status != HW_OK) {
        return status;
    }
    hw_results *results = hw_results_open_as(path, trust, &status, errors);
    if (results == NULL) {
        return status;
    }
    *outcomes = (hw_outcomes){
        .title = hw_results_title(results),
        .settings = hw_results_settings(results),
        .files = hw_results_files(results),
        .model = hw_results_model(results),
        .version = hw_results_version(results),
        .digest = hw_results_digest(results),
        .seed = hw_results_seed(results),
        .asked = hw_results_asked(results),
        .count = hw_results_count(results),
        .keys = hw_results_keys(results),
        .failed_count = hw_results_failed_count(results),
        .complete = hw_results_complete(results),
        .unsealed = !hw_results_sealed(results),
        .resolved = hw_results_resolved(results),
        .layout = hw_results_layout(results),
        .source = results,
        .read = read_results,
    };
    outcomes->failed = hw_take(outcomes->failed_count, sizeof *outcomes->failed);
    for (uint64_t i = 0; i < outcomes->failed_count; i++) {
        outcomes->failed[i] = (hw_failed_replication){.key = hw_results_failed_key(results, i),
                                                      .message = hw_results_failed_message(results, i)};
    }
    if (hw_outcomes_read_scenario(outcomes, hw_results_resolved(results), errors)) {
        return HW_OK;
    }
    hw_outcomes_close(outcomes);
    return HW_ERROR_IO;
}

void hw_outcomes_close(hw_outcomes *outcomes) {
    free(outcomes->failed);
    free(outcomes->empty);
    free(outcomes->district_of);
    hw_results_close(outcomes->source);
    *outcomes = (hw_outcomes){0};
}

const hw_axis *hw_outcomes_axis(const hw_outcomes *outcomes, const char *name) {
    for (uint32_t i = 0; i < outcomes->layout->axis_count; i++) {
        if (strcmp(outcomes->layout->axes[i].name, name) == 0) {
            return &outcomes->layout->axes[i];
        }
    }
    return NULL;
}

uint32_t hw_axis_find(const hw_axis *axis, const char *label) {
    for (uint32_t i = 0; axis != NULL && axis->labels != NULL && i < axis->length; i++) {
        if (strcmp(axis->labels[i], label) == 0) {
            return i;
        }
    }
    return UINT32_MAX;
}

char *hw_axis_label(const hw_axis *axis, size_t position) {
    static const char since[] = " since ";
    if (axis->labels != NULL) {
        return hw_take_text("%s", axis->labels[position]);
    }
    const char *date = axis->units != NULL ? strstr(axis->units, since) : NULL;
    int64_t start = 0;
    char text[16];
    if (date != NULL && hw_date_parse(date + strlen(since), &start)) {
        return hw_take_text("%s", hw_date_print(start + (int64_t)floor(axis->values[position]), text));
    }
    return hw_take_text("%.10g", axis->values[position]);
}

int64_t hw_outcomes_last_day(const hw_outcomes *outcomes, double value) {
    return outcomes->start + (int64_t)floor(value);
}

const char *hw_outcomes_district(const hw_outcomes *outcomes, const char *place) {
    const hw_axis *districts = hw_outcomes_axis(outcomes, "district");
    uint32_t index = hw_axis_find(hw_outcomes_axis(outcomes, "place"), place);
    if (outcomes->district_of == NULL || index == UINT32_MAX || outcomes->district_of[index] == UINT32_MAX) {
        return NULL;
    }
    return districts->labels[outcomes->district_of[index]];
}
