/* Opens a result file as outcomes. */
#include "analysis/results/outcomes.h"
#include "analysis/base/file_kind.h"
#include "analysis/base/memory.h"
#include "analysis/results/tallies.h"
#include "analysis/results/value_tree.h"
#include "sim/date.h"
#include "sim/run/block.h"
#include "sim/run/earlier.h"
#include "sim/run/results.h"
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static double *read_results(void *source, const char *variable, hw_errors *errors) {
    return hw_results_read(source, variable, errors);
}

static void close_results(void *source) {
    hw_results_close(source);
}

static double *read_some_results(void *source, const char *variable, uint64_t first, uint64_t count,
                                 hw_errors *errors) {
    return hw_results_read_some(source, variable, first, count, errors);
}

static bool read_date(const hw_value_tree *values, const char *name, int64_t *day) {
    const char *text = hw_value_tree_text(values, name);
    return text != NULL && hw_date_parse(text, day);
}

/* Roads and airports are places too, but nobody is to live there. */
static void read_places(hw_outcomes *outcomes, const hw_value_tree *values) {
    const hw_axis *axis = hw_outcomes_axis(outcomes, "place"),
                  *districts = hw_outcomes_axis(outcomes, "district");
    const hw_value_tree *places = hw_value_tree_child(values, "places");
    uint32_t count = axis != NULL ? axis->length : 0;
    outcomes->empty = hw_take(count, sizeof *outcomes->empty);
    outcomes->district_of = hw_take(count, sizeof *outcomes->district_of);
    for (uint32_t i = 0; i < count; i++) {
        const hw_value_tree *place =
            axis->labels != NULL ? hw_value_tree_child(places, axis->labels[i]) : NULL;
        const char *population = hw_value_tree_text(place, "population");
        const char *district = hw_value_tree_text(place, "district");
        outcomes->empty[i] = population != NULL && strcmp(population, "0") == 0;
        outcomes->district_of[i] = district != NULL ? hw_axis_find(districts, district) : UINT32_MAX;
    }
}

bool hw_outcomes_of_land_alone(const hw_outcomes *outcomes) {
    const hw_axis *districts = hw_outcomes_axis(outcomes, "district"),
                  *places = hw_outcomes_axis(outcomes, "place");
    bool alone = districts != NULL && districts->labels != NULL && outcomes->rows != NULL;
    for (uint32_t i = 0; alone && places != NULL && i < places->length; i++) {
        alone = outcomes->empty != NULL && outcomes->empty[i];
    }
    return alone;
}

bool hw_outcomes_as_of(const hw_outcomes *outcomes, int64_t *day) {
    return outcomes->rows != NULL && hw_value_rows_as_of(outcomes->rows, day);
}

char *hw_outcomes_parameters(const hw_outcomes *outcomes) {
    if (outcomes->rows == NULL) {
        return NULL;
    }
    hw_value_tree values;
    hw_value_tree_read(&values, outcomes->rows);
    const char *text = hw_value_tree_text(&values, "parameters_are");
    char *copy = text != NULL ? hw_take_text("%s", text) : NULL;
    hw_value_tree_free(&values);
    return copy;
}

bool hw_outcomes_read_scenario(hw_outcomes *outcomes, const char *rows, const char *resolved,
                               hw_errors *errors) {
    outcomes->own_rows = rows == NULL ? hw_value_rows_of_scenario(resolved, errors) : NULL;
    outcomes->rows = rows != NULL ? rows : outcomes->own_rows;
    if (outcomes->rows == NULL) {
        return false;
    }
    hw_value_tree values;
    hw_value_tree_read(&values, outcomes->rows);
    bool good =
        read_date(&values, "start", &outcomes->start) && read_date(&values, "horizon", &outcomes->horizon);
    if (!good) {
        hw_errors_say(errors, "the scenario in the result file does not say its start and horizon");
    }
    good = good && hw_money_read(&outcomes->money, outcomes->rows, NULL, errors);
    read_places(outcomes, &values);
    hw_value_tree_free(&values);
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
    const hw_result_about *about = hw_results_about(results);
    *outcomes = (hw_outcomes){
        .title = about->title,
        .settings = about->settings,
        .files = about->files,
        .model = about->model,
        .version = about->version,
        .code = about->code,
        .digest = about->digest,
        .seed = about->seed,
        .asked = about->asked,
        .count = about->count,
        .keys = about->keys,
        .failed_count = about->failed_count,
        .complete = about->complete,
        .unsealed = !about->sealed,
        .resolved = about->resolved,
        .layout = hw_results_layout(results),
        .source = results,
        .close = close_results,
        .read = read_results,
        .read_some = read_some_results,
        .block = hw_block_length(hw_results_layout(results), about->count),
    };
    if (outcomes->count > HW_EXACT_MOST) {
        outcomes->tallies = hw_tallies_create(outcomes->layout);
    }
    outcomes->failed = hw_take(outcomes->failed_count, sizeof *outcomes->failed);
    for (uint64_t i = 0; i < outcomes->failed_count; i++) {
        outcomes->failed[i] =
            (hw_failed_replication){.key = about->failed_keys[i], .message = about->failed_messages[i]};
    }
    if (hw_outcomes_read_scenario(outcomes, about->rows, about->resolved, errors)) {
        return HW_OK;
    }
    hw_outcomes_close(outcomes);
    return HW_ERROR_IO;
}

bool hw_outcomes_answer(const hw_outcomes *outcomes, const hw_model *model, const char *digest, uint64_t seed,
                        uint64_t replications) {
    char name[HW_MODEL_NAME];
    const char *code = outcomes->code != NULL ? outcomes->code : "";
    return outcomes->complete && outcomes->asked == replications &&
           outcomes->count + outcomes->failed_count == replications && outcomes->seed == seed &&
           strcmp(outcomes->model, hw_model_name(model, name)) == 0 &&
           strcmp(outcomes->version, HW_VERSION) == 0 && strcmp(code, hw_model_built_from(model)) == 0 &&
           strcmp(outcomes->digest, digest) == 0;
}

hw_status hw_outcomes_all_good(const hw_outcomes *outcomes, uint64_t asked, const char *name,
                               hw_errors *errors) {
    if (outcomes->failed_count == 0 && outcomes->count == asked) {
        return HW_OK;
    }
    hw_errors_say(errors,
                  "%" PRIu64 " of %" PRIu64
                  " replications of %s are good: the same worlds cannot be held against each other",
                  outcomes->count, asked, name);
    return HW_ERROR_LAW;
}

void hw_outcomes_free_scenario(hw_outcomes *outcomes) {
    free(outcomes->empty);
    free(outcomes->district_of);
    free(outcomes->own_rows);
}

void hw_outcomes_close(hw_outcomes *outcomes) {
    free(outcomes->failed);
    free(outcomes->learnt.weights);
    hw_tallies_free(outcomes->tallies);
    hw_outcomes_free_scenario(outcomes);
    if (outcomes->close != NULL) {
        outcomes->close(outcomes->source);
    }
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
