/* Opens a result file, checks it, and reads its variables. */
#include "sim/run/results.h"
#include "sim/length.h"
#include "sim/letters.h"
#include "sim/run/netcdf_names.h"
#include "sim/run/netcdf_read.h"
#include "sim/run/result_file.h"
#include "sim/run/store.h"
#include <hdf5_hl.h>
#include <stdlib.h>
#include <string.h>

struct hw_results {
    hw_result_file file;
    hw_result_about about;
    hw_record_layout layout;
    hw_axis *axes;
};

/* ---- Finding out what the file is ---- */

static const char *foreign(const hw_result_file *file) {
    return H5Aexists(file->id, "homeward_sweep_format") > 0
               ? "is the result of a sweep, not of a run"
               : "is HDF5, but not a result file of Homeward (no attribute homeward_format)";
}

static char *read_optional(hid_t file, const char *name) {
    return H5Aexists(file, name) > 0 ? hw_netcdf_read_text(file, name) : NULL;
}

static bool read_description(hw_results *results) {
    hid_t file = results->file.id;
    hw_result_about *about = &results->about;
    int32_t complete = 0;
    about->sealed = results->file.intake.seal == HW_SEAL_GOOD;
    about->title = hw_intake_title(&results->file.intake, hw_netcdf_read_text(file, "title"));
    about->settings = read_optional(file, "settings");
    about->files = read_optional(file, "scenario_files");
    about->version = hw_netcdf_read_text(file, "homeward_version");
    about->model = hw_netcdf_read_text(file, "model");
    about->code = read_optional(file, "homeward_code");
    about->digest = hw_netcdf_read_text(file, "digest");
    about->resolved = hw_netcdf_read_one_text(file, HW_STORE_SCENARIO);
    about->rows = hw_netcdf_read_one_text(file, HW_STORE_ROWS);
    bool good = about->title != NULL && about->version != NULL && about->model != NULL &&
                about->digest != NULL && about->resolved != NULL &&
                hw_netcdf_read_number(file, "seed", H5T_NATIVE_UINT64, &about->seed) &&
                hw_netcdf_read_number(file, "replications_asked", H5T_NATIVE_UINT64, &about->asked) &&
                hw_netcdf_read_number(file, "complete", H5T_NATIVE_INT32, &complete);
    about->complete = complete != 0;
    return good;
}

/* ---- Replications ---- */

static bool read_replications(hw_results *results) {
    hid_t file = results->file.id;
    results->about.keys =
        hw_netcdf_read_list(file, HW_STORE_REPLICATION, H5T_NATIVE_UINT64, &results->about.count);
    results->about.failed_keys =
        hw_netcdf_read_list(file, HW_STORE_FAILED, H5T_NATIVE_UINT64, &results->about.failed_count);
    results->about.failed_messages =
        hw_netcdf_read_texts_of(file, HW_STORE_FAILED_MESSAGE, results->about.failed_count);
    return results->about.keys != NULL && results->about.failed_keys != NULL &&
           results->about.failed_messages != NULL;
}

/* ---- Axes and variables ---- */

static bool is_reserved(const char *name) {
    static const char *const reserved[] = {HW_STORE_REPLICATION, HW_STORE_FAILED,     HW_STORE_FAILED_MESSAGE,
                                           HW_STORE_FAILED_TIME, HW_STORE_SCENARIO,   HW_STORE_ROWS,
                                           HW_NETCDF_ENDS,       HW_NETCDF_SEAL_GROUP};
    for (size_t i = 0; i < HW_LENGTH(reserved); i++) {
        if (strcmp(name, reserved[i]) == 0) {
            return true;
        }
    }
    return false;
}

static bool add_axis(hw_results *results, hid_t dataset, const char *name) {
    hsize_t lengths[8];
    if (hw_netcdf_read_shape(dataset, lengths) != 1 || lengths[0] > UINT32_MAX) {
        return false;
    }
    hw_axis *axes = realloc(results->axes, (results->layout.axis_count + 1) * sizeof *axes);
    if (axes == NULL) {
        return false;
    }
    results->axes = axes;
    results->layout.axes = axes;
    hw_axis *axis = &axes[results->layout.axis_count++];
    *axis = (hw_axis){.name = strdup(name),
                      .long_name = hw_netcdf_read_text(dataset, "long_name"),
                      .units = hw_netcdf_read_units(dataset),
                      .length = (uint32_t)lengths[0]};
    if (hw_netcdf_is_text(dataset)) {
        axis->labels = (const char *const *)hw_netcdf_read_texts(dataset, axis->length);
        return axis->name != NULL && axis->labels != NULL;
    }
    uint64_t count = 0;
    double *values = hw_netcdf_read_list(results->file.id, name, H5T_NATIVE_DOUBLE, &count);
    axis->values = values;
    if (axis->name == NULL || values == NULL) {
        return false;
    }
    hw_result_file_stamp(&results->file, axis->units, values, count);
    return true;
}

/* "month_bounds" belongs to the axis "month". */
static bool add_bounds(hw_results *results, hid_t dataset, const char *name) {
    hsize_t lengths[8];
    size_t length = strlen(name) - strlen(HW_NETCDF_BOUNDS);
    hw_axis *axis = NULL;
    for (uint32_t a = 0; a < results->layout.axis_count; a++) {
        const char *own = results->axes[a].name;
        if (strlen(own) == length && strncmp(own, name, length) == 0) {
            axis = &results->axes[a];
        }
    }
    if (axis == NULL || axis->bounds != NULL || hw_netcdf_read_shape(dataset, lengths) != 2 ||
        lengths[0] != axis->length || lengths[1] != 2) {
        return false;
    }
    double *bounds = calloc(2 * (size_t)axis->length + 1, sizeof *bounds);
    axis->bounds = bounds;
    return bounds != NULL && (axis->length == 0 || H5Dread(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL,
                                                           H5P_DEFAULT, bounds) >= 0);
}

static bool number_type(hid_t dataset, hw_number *number) {
    hid_t type = H5Dget_type(dataset);
    if (type < 0) {
        return false;
    }
    H5T_class_t class = H5Tget_class(type);
    size_t bytes = H5Tget_size(type);
    H5Tclose(type);
    if ((class != H5T_FLOAT && class != H5T_INTEGER) || (bytes != 4 && bytes != 8)) {
        return false;
    }
    *number = class == H5T_FLOAT ? (bytes == 8 ? HW_F64 : HW_F32) : (bytes == 8 ? HW_I64 : HW_I32);
    return true;
}

static bool find_axis(const hw_results *results, const char *name, hsize_t length, uint32_t *axis) {
    for (uint32_t a = 0; a < results->layout.axis_count; a++) {
        if (strcmp(results->axes[a].name, name) == 0) {
            *axis = a;
            return results->axes[a].length == length;
        }
    }
    return false;
}

static hw_cells read_cells(hid_t dataset) {
    char *methods = hw_netcdf_read_text(dataset, "cell_methods");
    hw_cells cells = methods != NULL && strstr(methods, ": sum") != NULL ? HW_CELLS_SUM : HW_CELLS_POINT;
    free(methods);
    return cells;
}

static bool add_variable(hw_results *results, hid_t dataset, const char *name) {
    hsize_t lengths[8];
    char dimension[256];
    int rank = hw_netcdf_read_shape(dataset, lengths);
    hw_variable variable = {.rank = (uint32_t)(rank - 1)};
    if (rank < 1 || rank > HW_RECORD_MAX_RANK + 1 || lengths[0] != results->about.count ||
        !number_type(dataset, &variable.type) ||
        !hw_netcdf_read_dimension(dataset, 0, dimension, sizeof dimension) ||
        strcmp(dimension, HW_STORE_REPLICATION) != 0) {
        return false;
    }
    for (int d = 1; d < rank; d++) {
        if (!hw_netcdf_read_dimension(dataset, (unsigned)d, dimension, sizeof dimension) ||
            !find_axis(results, dimension, lengths[d], &variable.axis[d - 1])) {
            return false;
        }
    }
    hw_record_layout *layout = &results->layout;
    hw_variable *variables = realloc(layout->variables, (layout->variable_count + 1) * sizeof *variables);
    if (variables == NULL) {
        return false;
    }
    layout->variables = variables;
    variable.name = strdup(name);
    variable.long_name = hw_netcdf_read_text(dataset, "long_name");
    variable.units = hw_netcdf_read_units(dataset);
    variable.cells = read_cells(dataset);
    variable.missing = hw_netcdf_read_text(dataset, "missing");
    variables[layout->variable_count++] = variable;
    return variable.name != NULL;
}

/* The file lists its parts in the order in which they were written: axes before variables. */
static herr_t add_part(hid_t group, const char *name, const H5L_info_t *info, void *context) {
    (void)info;
    hw_results *results = context;
    if (is_reserved(name)) {
        return 0;
    }
    hid_t dataset = H5Dopen2(group, name, H5P_DEFAULT);
    if (dataset < 0) {
        return -1;
    }
    bool good = H5DSis_scale(dataset) > 0              ? add_axis(results, dataset, name)
                : hw_text_ends(name, HW_NETCDF_BOUNDS) ? add_bounds(results, dataset, name)
                                                       : add_variable(results, dataset, name);
    H5Dclose(dataset);
    return good ? 0 : 1; /* HDF5 leaves things open when a callback fails */
}

static bool read_parts(hw_results *results) {
    if (H5Literate(results->file.id, H5_INDEX_CRT_ORDER, H5_ITER_INC, NULL, add_part, results) != 0) {
        return false;
    }
    hw_record_lay_out(&results->layout);
    return true;
}

/* ---- Open and close ---- */

static bool read_all(void *context) {
    hw_results *results = context;
    return read_description(results) && read_replications(results) && read_parts(results);
}

static void read_variables(void *context) {
    hw_results *results = context;
    hw_errors ignored = {0};
    for (uint32_t v = 0; v < results->layout.variable_count; v++) {
        free(hw_results_read(results, results->layout.variables[v].name, &ignored));
    }
}

static const hw_result_kind kind = {.noun = "result",
                                    .attribute = "homeward_format",
                                    .oldest = HW_STORE_FORMAT_OLDEST,
                                    .newest = HW_STORE_FORMAT,
                                    .foreign = foreign,
                                    .read = read_all,
                                    .read_the_rest = read_variables};

hw_results *hw_results_open_as(const char *path, hw_trust trust, hw_status *status, hw_errors *errors) {
    hw_results *results = calloc(1, sizeof *results);
    *status =
        hw_result_file_open(results != NULL ? &results->file : NULL, path, trust, &kind, results, errors);
    if (*status != HW_OK) {
        hw_results_close(results);
        return NULL;
    }
    return results;
}

static void free_text(const char *text) {
    free((char *)text);
}

static void free_layout(hw_results *results) {
    for (uint32_t a = 0; a < results->layout.axis_count; a++) {
        const hw_axis *axis = &results->axes[a];
        free_text(axis->name);
        free_text(axis->long_name);
        free_text(axis->units);
        hw_netcdf_free_texts((char **)axis->labels, axis->length);
        free((double *)axis->values);
        free((double *)axis->bounds);
    }
    for (uint32_t v = 0; v < results->layout.variable_count; v++) {
        const hw_variable *variable = &results->layout.variables[v];
        free_text(variable->name);
        free_text(variable->long_name);
        free_text(variable->units);
        free_text(variable->missing);
    }
    free(results->axes);
    free(results->layout.variables);
}

void hw_results_close(hw_results *results) {
    if (results == NULL) {
        return;
    }
    const hw_result_about *about = &results->about;
    hw_result_file_close(&results->file);
    free_layout(results);
    hw_netcdf_free_texts(about->failed_messages, about->failed_count);
    char *const texts[] = {about->title, about->resolved, about->digest, about->version, about->model,
                           about->code,  about->settings, about->files,  about->rows};
    for (size_t i = 0; i < HW_LENGTH(texts); i++) {
        free(texts[i]);
    }
    free(about->keys);
    free(about->failed_keys);
    free(results);
}

/* ---- Questions ---- */

const hw_record_layout *hw_results_layout(const hw_results *results) {
    return &results->layout;
}

const hw_result_about *hw_results_about(const hw_results *results) {
    return &results->about;
}

double *hw_results_read_some(hw_results *results, const char *variable, uint64_t first, uint64_t rows,
                             hw_errors *errors) {
    const hw_variable *found = hw_record_find(&results->layout, variable);
    if (found == NULL) {
        hw_result_file_complain(&results->file, variable, false, errors);
        return NULL;
    }
    return hw_result_file_numbers(&results->file, variable, found->count, first, rows, errors);
}

double *hw_results_read(hw_results *results, const char *variable, hw_errors *errors) {
    return hw_results_read_some(results, variable, 0, results->about.count, errors);
}
