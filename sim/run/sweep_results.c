/* Opens the result of a sweep, checks it, and reads its variables. */
#include "sim/run/sweep_results.h"
#include "sim/date.h"
#include "sim/length.h"
#include "sim/letters.h"
#include "sim/run/netcdf_names.h"
#include "sim/run/netcdf_read.h"
#include "sim/run/result_file.h"
#include "sim/run/sweep_store.h"
#include <hdf5_hl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct hw_sweep_results {
    hw_result_file file;
    hw_sweep_about about;
    hw_sweep_factor_info *factors;
    uint32_t factor_count;
    hw_sweep_variable *variables;
    uint32_t variable_count, variable_room;
    char **outputs;
    uint32_t output_count;
    char **messages;
    uint64_t *failed_points;
    uint64_t failed_count;
};

/* ---- Opening ---- */

bool hw_sweep_results_is(const char *path) {
    return hw_intake_kind_of(path) == HW_INTAKE_SWEEP;
}

static const char *foreign(const hw_result_file *file) {
    (void)file;
    return "is not the result of a sweep, or is truncated";
}

/* ---- Parts ---- */

static char *or_empty(char *text) {
    return text != NULL ? text : strdup("");
}

static bool read_about(hw_sweep_results *results) {
    hid_t file = results->file.id;
    hw_sweep_about *about = &results->about;
    about->file = or_empty(hw_netcdf_read_one_text(file, "sweep_file"));
    about->title = hw_intake_title(&results->file.intake, or_empty(hw_netcdf_read_text(file, "title")));
    about->question = or_empty(hw_netcdf_read_text(file, "question"));
    about->design = or_empty(hw_netcdf_read_text(file, "design"));
    about->model = or_empty(hw_netcdf_read_text(file, "model"));
    about->version = or_empty(hw_netcdf_read_text(file, "homeward_version"));
    about->digest = or_empty(hw_netcdf_read_text(file, "digest"));
    about->points = hw_netcdf_length(file, "point");
    about->whole = -1;
    hw_netcdf_read_number(file, "whole_outcome", H5T_NATIVE_INT32, &about->whole);
    return about->points > 0 && hw_netcdf_read_number(file, "seed", H5T_NATIVE_UINT64, &about->seed) &&
           hw_netcdf_read_number(file, "replications", H5T_NATIVE_UINT64, &about->replications);
}

/* Fills in a variable along `point`; false when the dataset is no such variable. */
static bool read_variable(hid_t dataset, hw_sweep_variable *variable) {
    hsize_t lengths[8];
    char dimension[256];
    int rank = hw_netcdf_read_shape(dataset, lengths);
    if (rank < 1 || rank > HW_SWEEP_AXES_MOST + 1 ||
        !hw_netcdf_read_dimension(dataset, 0, dimension, sizeof dimension) ||
        strcmp(dimension, "point") != 0) {
        return false;
    }
    variable->rank = (uint32_t)rank - 1;
    variable->count = 1;
    for (uint32_t d = 0; d < variable->rank; d++) {
        if (!hw_netcdf_read_dimension(dataset, d + 1, dimension, sizeof dimension)) {
            return false;
        }
        variable->axis[d] = strdup(dimension);
        variable->length[d] = lengths[d + 1];
        variable->count *= lengths[d + 1];
    }
    variable->long_name = hw_netcdf_read_text(dataset, "long_name");
    variable->units = hw_netcdf_read_units(dataset);
    variable->text = hw_netcdf_is_text(dataset);
    return true;
}

static void free_variable(hw_sweep_variable *variable) {
    free((char *)variable->name);
    free((char *)variable->long_name);
    free((char *)variable->units);
    for (uint32_t d = 0; d < HW_SWEEP_AXES_MOST; d++) {
        free((char *)variable->axis[d]);
    }
}

static herr_t add_variable(hid_t group, const char *name, const H5L_info_t *info, void *context) {
    (void)info;
    hw_sweep_results *results = context;
    if (strcmp(name, HW_NETCDF_SEAL_GROUP) == 0) {
        return 0;
    }
    hid_t dataset = H5Dopen2(group, name, H5P_DEFAULT);
    if (dataset < 0) {
        return 1;
    }
    hw_sweep_variable variable = {0};
    bool along_point = H5DSis_scale(dataset) <= 0 && read_variable(dataset, &variable);
    H5Dclose(dataset);
    if (!along_point) {
        free_variable(&variable);
        return 0;
    }
    if (results->variable_count == results->variable_room) {
        uint32_t room = results->variable_room ? 2 * results->variable_room : 32;
        hw_sweep_variable *variables = realloc(results->variables, room * sizeof *variables);
        if (variables == NULL) {
            free_variable(&variable);
            return 1;
        }
        results->variables = variables;
        results->variable_room = room;
    }
    variable.name = strdup(name);
    results->variables[results->variable_count++] = variable;
    return 0;
}

static bool read_variables(hw_sweep_results *results) {
    if (H5Literate(results->file.id, H5_INDEX_CRT_ORDER, H5_ITER_INC, NULL, add_variable, results) != 0) {
        return false;
    }
    results->outputs = calloc(results->variable_count + (size_t)1, sizeof *results->outputs);
    for (uint32_t v = 0; results->outputs != NULL && v < results->variable_count; v++) {
        const char *name = results->variables[v].name;
        if (name != NULL && hw_text_ends(name, "_mean")) {
            results->outputs[results->output_count++] = strndup(name, strlen(name) - strlen("_mean"));
        }
    }
    return results->outputs != NULL;
}

static bool has_dataset(const hw_sweep_results *results, const char *name) {
    return H5Lexists(results->file.id, name, H5P_DEFAULT) > 0;
}

/* "a.b\nc.d" as "a.b, c.d". */
static char *in_one_line(const char *lines) {
    size_t length = strlen(lines);
    char *text = calloc(2 * length + 1, 1);
    char *to = text;
    for (size_t i = 0; text != NULL && i < length; i++) {
        if (lines[i] == '\n') {
            *to++ = ',';
        }
        *to++ = lines[i] == '\n' ? ' ' : lines[i];
    }
    return text;
}

static bool read_factors(hw_sweep_results *results) {
    uint32_t count = (uint32_t)hw_netcdf_length(results->file.id, "factor");
    char **names = hw_netcdf_read_texts_of(results->file.id, "factor", count);
    char **paths = hw_netcdf_read_texts_of(results->file.id, "factor_path", count);
    char **all_paths = hw_netcdf_read_texts_of(
        results->file.id, has_dataset(results, "factor_paths") ? "factor_paths" : "factor_path", count);
    char **units = hw_netcdf_read_texts_of(results->file.id, "factor_units", count);
    uint64_t assumed_count = 0;
    int64_t *assumed =
        hw_netcdf_read_list(results->file.id, "factor_assumed", H5T_NATIVE_INT64, &assumed_count);
    results->factors = calloc(count + (size_t)1, sizeof *results->factors);
    bool good = names != NULL && paths != NULL && all_paths != NULL && units != NULL && assumed != NULL &&
                results->factors != NULL && assumed_count == count;
    for (uint32_t f = 0; good && f < count; f++) {
        const hw_sweep_variable *variable = hw_sweep_results_find(results, names[f]);
        results->factors[f] = (hw_sweep_factor_info){.name = names[f],
                                                     .path = paths[f],
                                                     .paths = in_one_line(all_paths[f]),
                                                     .units = units[f],
                                                     .assumed = assumed[f] != 0,
                                                     .text = variable != NULL && variable->text};
        good = variable != NULL && results->factors[f].paths != NULL;
        results->factor_count = f + 1;
    }
    hw_netcdf_free_texts(all_paths, count);
    if (good) { /* the texts belong to the factors now */
        free(names);
        free(paths);
        free(units);
    } else {
        for (uint32_t f = 0; results->factors != NULL && f < results->factor_count; f++) {
            free((char *)results->factors[f].paths);
        }
        results->factor_count = 0;
        hw_netcdf_free_texts(names, count);
        hw_netcdf_free_texts(paths, count);
        hw_netcdf_free_texts(units, count);
    }
    free(assumed);
    return good;
}

static bool read_failures(hw_sweep_results *results) {
    hid_t file = results->file.id;
    results->failed_points = hw_netcdf_read_list(file, "failure", H5T_NATIVE_UINT64, &results->failed_count);
    results->messages = hw_netcdf_read_texts_of(file, "failure_message", results->failed_count);
    return results->messages != NULL && results->failed_points != NULL;
}

static bool read_all(void *context) {
    hw_sweep_results *results = context;
    results->about.sealed = results->file.intake.seal == HW_SEAL_GOOD;
    return read_about(results) && read_variables(results) && read_factors(results) && read_failures(results);
}

static void read_the_rest(void *context) {
    hw_sweep_results *results = context;
    hw_errors ignored = {0};
    uint64_t length = 0;
    char **texts = hw_sweep_results_scenarios(results, &length);
    hw_sweep_results_free_texts(texts, length);
    texts = hw_sweep_results_rows(results, &length);
    hw_sweep_results_free_texts(texts, length);
    texts = hw_sweep_results_axis(results, "case", &length);
    hw_sweep_results_free_texts(texts, length);
    for (uint32_t v = 0; v < results->variable_count; v++) {
        const hw_sweep_variable *variable = &results->variables[v];
        if (variable->name == NULL) {
            continue;
        }
        if (variable->text) {
            (void)hw_sweep_results_texts(results, variable->name, &ignored);
        } else {
            free(hw_sweep_results_numbers(results, variable->name, &ignored));
        }
        for (uint32_t d = 0; d < variable->rank; d++) {
            texts = hw_sweep_results_axis(results, variable->axis[d], &length);
            hw_sweep_results_free_texts(texts, length);
        }
    }
}

static const hw_result_kind kind = {.noun = "sweep",
                                    .attribute = "homeward_sweep_format",
                                    .oldest = HW_SWEEP_FORMAT_OLDEST,
                                    .newest = HW_SWEEP_FORMAT,
                                    .foreign = foreign,
                                    .read = read_all,
                                    .read_the_rest = read_the_rest};

hw_sweep_results *hw_sweep_results_open_as(const char *path, hw_trust trust, hw_status *status,
                                           hw_errors *errors) {
    hw_sweep_results *results = calloc(1, sizeof *results);
    *status =
        hw_result_file_open(results != NULL ? &results->file : NULL, path, trust, &kind, results, errors);
    if (*status != HW_OK) {
        hw_sweep_results_close(results);
        return NULL;
    }
    return results;
}

void hw_sweep_results_close(hw_sweep_results *results) {
    if (results == NULL) {
        return;
    }
    hw_result_file_close(&results->file);
    for (uint32_t v = 0; v < results->variable_count; v++) {
        free_variable(&results->variables[v]);
    }
    for (uint32_t f = 0; f < results->factor_count; f++) {
        free((char *)results->factors[f].name);
        free((char *)results->factors[f].path);
        free((char *)results->factors[f].paths);
        free((char *)results->factors[f].units);
    }
    hw_netcdf_free_texts(results->outputs, results->output_count);
    hw_netcdf_free_texts(results->messages, results->failed_count);
    const char *const texts[] = {results->about.title, results->about.question, results->about.design,
                                 results->about.model, results->about.version,  results->about.digest,
                                 results->about.file};
    for (size_t i = 0; i < HW_LENGTH(texts); i++) {
        free((char *)texts[i]);
    }
    free(results->failed_points);
    free(results->variables);
    free(results->factors);
    free(results);
}

/* ---- Questions ---- */

const hw_sweep_about *hw_sweep_results_about(const hw_sweep_results *results) {
    return &results->about;
}

const hw_sweep_factor_info *hw_sweep_results_factors(const hw_sweep_results *results, uint32_t *count) {
    *count = results->factor_count;
    return results->factors;
}

const hw_sweep_variable *hw_sweep_results_find(const hw_sweep_results *results, const char *name) {
    for (uint32_t v = 0; v < results->variable_count; v++) {
        if (results->variables[v].name != NULL && strcmp(results->variables[v].name, name) == 0) {
            return &results->variables[v];
        }
    }
    return NULL;
}

const char *const *hw_sweep_results_outputs(const hw_sweep_results *results, uint32_t *count) {
    *count = results->output_count;
    return (const char *const *)results->outputs;
}

double *hw_sweep_results_axis_numbers(const hw_sweep_results *results, const char *axis, uint64_t *length) {
    double *numbers = NULL;
    H5E_BEGIN_TRY {
        numbers = hw_netcdf_read_list(results->file.id, axis, H5T_NATIVE_DOUBLE, length);
    }
    H5E_END_TRY;
    char *units = numbers != NULL ? hw_sweep_results_axis_units(results, axis) : NULL;
    hw_result_file_stamp(&results->file, units, numbers, *length);
    free(units);
    return numbers;
}

char *hw_sweep_results_axis_units(const hw_sweep_results *results, const char *axis) {
    char *units = NULL;
    H5E_BEGIN_TRY {
        hid_t dataset = hw_netcdf_open(results->file.id, axis);
        if (dataset >= 0) {
            units = hw_netcdf_read_units(dataset);
            H5Dclose(dataset);
        }
    }
    H5E_END_TRY;
    return units;
}

/* Days since a date as dates. */
static char **numbers_as_texts(const double *numbers, uint64_t count, const char *units) {
    const char *since = units != NULL ? strstr(units, " since ") : NULL;
    int64_t start = 0;
    bool dates = since != NULL && hw_date_parse(since + strlen(" since "), &start);
    char **texts = numbers != NULL ? calloc(count + 1, sizeof *texts) : NULL;
    bool good = texts != NULL;
    for (uint64_t i = 0; good && i < count; i++) {
        char text[40];
        if (dates && isfinite(numbers[i])) {
            hw_date_print(start + (int64_t)floor(numbers[i]), text);
        } else {
            snprintf(text, sizeof text, "%.10g", numbers[i]);
        }
        texts[i] = strdup(text);
        good = texts[i] != NULL;
    }
    if (!good) {
        hw_netcdf_free_texts(texts, texts != NULL ? count : 0);
        return NULL;
    }
    return texts;
}

char **hw_sweep_results_axis(const hw_sweep_results *results, const char *axis, uint64_t *length) {
    double *numbers = hw_sweep_results_axis_numbers(results, axis, length);
    char *units = numbers != NULL ? hw_sweep_results_axis_units(results, axis) : NULL;
    char **texts = numbers_as_texts(numbers, *length, units);
    free(units);
    free(numbers);
    if (texts != NULL) {
        return texts;
    }
    H5E_BEGIN_TRY {
        *length = hw_netcdf_length(results->file.id, axis);
        texts = hw_netcdf_read_texts_of(results->file.id, axis, *length);
    }
    H5E_END_TRY
    if (texts == NULL) {
        *length = 0;
    }
    return texts;
}

char **hw_sweep_results_scenarios(const hw_sweep_results *results, uint64_t *count) {
    return hw_sweep_results_axis(results, "case_scenario", count);
}

static char **optional_texts(const hw_sweep_results *results, const char *name, uint64_t *count) {
    *count = 0;
    return has_dataset(results, name) ? hw_sweep_results_axis(results, name, count) : NULL;
}

char **hw_sweep_results_rows(const hw_sweep_results *results, uint64_t *count) {
    return optional_texts(results, "case_values", count);
}

char **hw_sweep_results_paths(const hw_sweep_results *results, uint64_t *count) {
    return optional_texts(results, "factor_paths", count);
}

double *hw_sweep_results_numbers(const hw_sweep_results *results, const char *name, hw_errors *errors) {
    return hw_sweep_results_some_numbers(results, name, 0, results->about.points, errors);
}

double *hw_sweep_results_some_numbers(const hw_sweep_results *results, const char *name, uint64_t first,
                                      uint64_t count, hw_errors *errors) {
    const hw_sweep_variable *variable = hw_sweep_results_find(results, name);
    if (variable == NULL || variable->text) {
        hw_result_file_complain(&results->file, name, false, errors);
        return NULL;
    }
    return hw_result_file_numbers(&results->file, name, variable->count, first, count, errors);
}

char **hw_sweep_results_texts(const hw_sweep_results *results, const char *name, hw_errors *errors) {
    const hw_sweep_variable *variable = hw_sweep_results_find(results, name);
    char **texts = NULL;
    H5E_BEGIN_TRY {
        texts = variable != NULL && variable->text
                    ? hw_netcdf_read_texts_of(results->file.id, name, results->about.points)
                    : NULL;
    }
    H5E_END_TRY
    if (texts == NULL) {
        hw_result_file_complain(&results->file, name, variable != NULL && variable->text, errors);
    }
    return texts;
}

void hw_sweep_results_free_texts(char **texts, uint64_t count) {
    hw_netcdf_free_texts(texts, count);
}

const char *const *hw_sweep_results_failures(const hw_sweep_results *results, uint64_t *count,
                                             const uint64_t **points) {
    *count = results->failed_count;
    *points = results->failed_points;
    return (const char *const *)results->messages;
}
