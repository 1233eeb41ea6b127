/* Opens a result file, checks it, and reads its variables. */
#include "sim/run/results.h"
#include "sim/length.h"
#include "sim/run/intake.h"
#include "sim/run/netcdf_names.h"
#include "sim/run/netcdf_read.h"
#include "sim/run/store.h"
#include "sim/run/trial_read.h"
#include <hdf5_hl.h>
#include <stdlib.h>
#include <string.h>

struct hw_results {
    hw_intake intake;
    hid_t file;
    char *path;
    char *settings, *files; /* NULL in files of earlier versions */
    char *rows;             /* likewise */
    char *title, *resolved, *digest, *version, *model;
    uint64_t seed, asked;
    bool complete;
    int32_t format;
    uint64_t count, failed_count;
    uint64_t *keys, *failed_keys;
    char **failed_messages;
    hw_record_layout layout;
    hw_axis *axes;
};

/* ---- Finding out what the file is ---- */

static void complain(const hw_results *results, hw_errors *errors, const char *what) {
    hw_errors_say(errors, "%s %s", results->path, what);
}

static bool open_file(hw_results *results, hw_errors *errors) {
    results->file = hw_intake_open(results->path);
    if (results->file < 0) {
        complain(results, errors, "is truncated or damaged: HDF5 cannot open it");
        return false;
    }
    return true;
}

static bool check_format(hw_results *results, hw_errors *errors) {
    int32_t format = 0;
    if (!hw_netcdf_read_number(results->file, "homeward_format", H5T_NATIVE_INT32, &format)) {
        complain(results, errors,
                 H5Aexists(results->file, "homeward_sweep_format") > 0
                     ? "is the result of a sweep, not of a run"
                     : "is HDF5, but not a result file of Homeward (no attribute homeward_format)");
        return false;
    }
    if (format < HW_STORE_FORMAT_OLDEST || format > HW_STORE_FORMAT) {
        hw_errors_say(errors, "%s has format %d; this program knows formats %d to %d", results->path,
                      (int)format, (int)HW_STORE_FORMAT_OLDEST, (int)HW_STORE_FORMAT);
        return false;
    }
    results->format = format;
    return true;
}

static char *read_one_text(hid_t file, const char *name) {
    hid_t dataset = H5Lexists(file, name, H5P_DEFAULT) > 0 ? H5Dopen2(file, name, H5P_DEFAULT) : -1;
    char **texts = dataset >= 0 ? hw_netcdf_read_texts(dataset, 1) : NULL;
    char *text = texts != NULL ? texts[0] : NULL;
    free(texts);
    if (dataset >= 0) {
        H5Dclose(dataset);
    }
    return text;
}

static char *read_optional(hid_t file, const char *name) {
    return H5Aexists(file, name) > 0 ? hw_netcdf_read_text(file, name) : NULL;
}

static bool read_description(hw_results *results) {
    hid_t file = results->file;
    int32_t complete = 0;
    results->title = hw_intake_title(&results->intake, hw_netcdf_read_text(file, "title"));
    results->settings = read_optional(file, "settings");
    results->files = read_optional(file, "scenario_files");
    results->version = hw_netcdf_read_text(file, "homeward_version");
    results->model = hw_netcdf_read_text(file, "model");
    results->digest = hw_netcdf_read_text(file, "digest");
    results->resolved = read_one_text(file, HW_STORE_SCENARIO);
    results->rows = read_one_text(file, HW_STORE_ROWS);
    bool good = results->title != NULL && results->version != NULL && results->model != NULL &&
                results->digest != NULL && results->resolved != NULL &&
                hw_netcdf_read_number(file, "seed", H5T_NATIVE_UINT64, &results->seed) &&
                hw_netcdf_read_number(file, "replications_asked", H5T_NATIVE_UINT64, &results->asked) &&
                hw_netcdf_read_number(file, "complete", H5T_NATIVE_INT32, &complete);
    results->complete = complete != 0;
    return good;
}

/* ---- Replications ---- */

static uint64_t *read_keys(hid_t file, const char *name, uint64_t *count) {
    hsize_t lengths[8];
    hid_t dataset = H5Lexists(file, name, H5P_DEFAULT) > 0 ? H5Dopen2(file, name, H5P_DEFAULT) : -1;
    uint64_t *keys = NULL;
    if (dataset >= 0) {
        if (hw_netcdf_read_shape(dataset, lengths) == 1) {
            *count = lengths[0];
            keys = calloc(lengths[0] + 1, sizeof *keys);
        }
        bool good = keys != NULL && (*count == 0 || H5Dread(dataset, H5T_NATIVE_UINT64, H5S_ALL, H5S_ALL,
                                                            H5P_DEFAULT, keys) >= 0);
        H5Dclose(dataset);
        if (!good) {
            free(keys);
            return NULL;
        }
    }
    return keys;
}

static bool read_replications(hw_results *results) {
    hid_t file = results->file;
    results->keys = read_keys(file, HW_STORE_REPLICATION, &results->count);
    results->failed_keys = read_keys(file, HW_STORE_FAILED, &results->failed_count);
    if (results->keys == NULL || results->failed_keys == NULL ||
        H5Lexists(file, HW_STORE_FAILED_MESSAGE, H5P_DEFAULT) <= 0) {
        return false;
    }
    hid_t dataset = H5Dopen2(file, HW_STORE_FAILED_MESSAGE, H5P_DEFAULT);
    if (dataset >= 0) {
        results->failed_messages = hw_netcdf_read_texts(dataset, results->failed_count);
        H5Dclose(dataset);
    }
    return results->failed_messages != NULL;
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

static bool is_time(const hw_axis *axis) {
    return axis->units != NULL && strstr(axis->units, " since ") != NULL;
}

/* Older files stamp each span of time with the day after it. */
static void stamp_last_days(const hw_results *results, const hw_axis *axis, double *values) {
    for (uint32_t i = 0; results->format == 1 && is_time(axis) && i < axis->length; i++) {
        values[i] -= 1;
    }
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
    hid_t type = H5Dget_type(dataset);
    bool labelled = type >= 0 && H5Tget_class(type) == H5T_STRING;
    if (type >= 0) {
        H5Tclose(type);
    }
    if (labelled) {
        axis->labels = (const char *const *)hw_netcdf_read_texts(dataset, axis->length);
        return axis->name != NULL && axis->labels != NULL;
    }
    double *values = calloc(lengths[0] + 1, sizeof *values);
    axis->values = values;
    bool good =
        axis->name != NULL && values != NULL &&
        (lengths[0] == 0 || H5Dread(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) >= 0);
    if (good) {
        stamp_last_days(results, axis, values);
    }
    return good;
}

static bool ends_with(const char *name, const char *end) {
    size_t length = strlen(name);
    size_t tail = strlen(end);
    return length > tail && strcmp(name + length - tail, end) == 0;
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
    if (rank < 1 || rank > HW_RECORD_MAX_RANK + 1 || lengths[0] != results->count ||
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
    bool good = H5DSis_scale(dataset) > 0           ? add_axis(results, dataset, name)
                : ends_with(name, HW_NETCDF_BOUNDS) ? add_bounds(results, dataset, name)
                                                    : add_variable(results, dataset, name);
    H5Dclose(dataset);
    return good ? 0 : 1; /* HDF5 leaves things open when a callback fails */
}

static bool read_parts(hw_results *results) {
    if (H5Literate(results->file, H5_INDEX_CRT_ORDER, H5_ITER_INC, NULL, add_part, results) != 0) {
        return false;
    }
    hw_record_lay_out(&results->layout);
    return true;
}

/* ---- Open and close ---- */

static bool read_all(hw_results *results, hw_errors *errors) {
    if (!open_file(results, errors) || !check_format(results, errors)) {
        return false;
    }
    if (!read_description(results) || !read_replications(results) || !read_parts(results)) {
        complain(results, errors, "is damaged: parts of the result are missing or unreadable");
        return false;
    }
    return true;
}

static bool read_quietly(hw_results *results, hw_errors *errors) {
    bool good = false;
    H5E_BEGIN_TRY {
        good = read_all(results, errors);
    }
    H5E_END_TRY;
    return good;
}

/* All of the reading that will be asked for, in a child whose memory nobody needs. */
static void read_everything(void *context) {
    hw_results *results = context;
    hw_errors ignored = {0};
    if (!read_quietly(results, &ignored)) {
        return;
    }
    for (uint32_t v = 0; v < results->layout.variable_count; v++) {
        free(hw_results_read(results, results->layout.variables[v].name, &ignored));
    }
}

static bool survives_trial(hw_results *results, hw_errors *errors) {
    char why[HW_TRIAL_TEXT];
    if (results->intake.seal == HW_SEAL_GOOD ||
        hw_trial_read(read_everything, results, results->intake.bytes, why)) {
        return true;
    }
    hw_errors_say(errors, "%s is damaged: %s", results->path, why);
    return false;
}

hw_results *hw_results_open_as(const char *path, hw_trust trust, hw_status *status, hw_errors *errors) {
    hw_results *results = calloc(1, sizeof *results);
    if (results == NULL || (results->path = strdup(path)) == NULL) {
        free(results);
        *status = HW_ERROR_MEMORY;
        hw_errors_say(errors, "not enough memory to open %s", path);
        return NULL;
    }
    results->file = -1;
    bool good = hw_intake_begin(&results->intake, path, trust, errors) && survives_trial(results, errors) &&
                read_quietly(results, errors);
    *status = good ? HW_OK : HW_ERROR_IO;
    if (!good) {
        hw_results_close(results);
        return NULL;
    }
    return results;
}

hw_results *hw_results_open(const char *path, hw_status *status, hw_errors *errors) {
    return hw_results_open_as(path, HW_SEALED_ONLY, status, errors);
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
    if (results->file >= 0) {
        H5Fclose(results->file);
    }
    hw_intake_end(&results->intake);
    free_layout(results);
    hw_netcdf_free_texts(results->failed_messages, results->failed_count);
    free(results->keys);
    free(results->failed_keys);
    free(results->title);
    free(results->settings);
    free(results->files);
    free(results->resolved);
    free(results->rows);
    free(results->digest);
    free(results->version);
    free(results->model);
    free(results->path);
    free(results);
}

/* ---- Questions ---- */

const hw_record_layout *hw_results_layout(const hw_results *results) {
    return &results->layout;
}

const char *hw_results_settings(const hw_results *results) {
    return results->settings;
}

const char *hw_results_files(const hw_results *results) {
    return results->files;
}

const char *hw_results_title(const hw_results *results) {
    return results->title;
}

const char *hw_results_resolved(const hw_results *results) {
    return results->resolved;
}

const char *hw_results_rows(const hw_results *results) {
    return results->rows;
}

const char *hw_results_digest(const hw_results *results) {
    return results->digest;
}

const char *hw_results_version(const hw_results *results) {
    return results->version;
}

const char *hw_results_model(const hw_results *results) {
    return results->model;
}

bool hw_results_sealed(const hw_results *results) {
    return results->intake.seal == HW_SEAL_GOOD;
}

uint64_t hw_results_seed(const hw_results *results) {
    return results->seed;
}

bool hw_results_complete(const hw_results *results) {
    return results->complete;
}

uint64_t hw_results_asked(const hw_results *results) {
    return results->asked;
}

uint64_t hw_results_count(const hw_results *results) {
    return results->count;
}

const uint64_t *hw_results_keys(const hw_results *results) {
    return results->keys;
}

uint64_t hw_results_failed_count(const hw_results *results) {
    return results->failed_count;
}

uint64_t hw_results_failed_key(const hw_results *results, uint64_t i) {
    return results->failed_keys[i];
}

const char *hw_results_failed_message(const hw_results *results, uint64_t i) {
    return results->failed_messages[i];
}

/* A stretch of the replications of a dataset. */
static bool read_rows(hid_t dataset, uint64_t first, uint64_t rows, double *numbers) {
    hsize_t start[HW_RECORD_MAX_RANK + 1] = {first}, lengths[8];
    hid_t space = H5Dget_space(dataset);
    int rank = space >= 0 ? H5Sget_simple_extent_ndims(space) : -1;
    if (rank < 1 || rank > HW_RECORD_MAX_RANK + 1 || hw_netcdf_read_shape(dataset, lengths) != rank) {
        return false;
    }
    lengths[0] = rows;
    hid_t memory = H5Screate_simple(rank, lengths, NULL);
    bool good = memory >= 0 && H5Sselect_hyperslab(space, H5S_SELECT_SET, start, NULL, lengths, NULL) >= 0 &&
                H5Dread(dataset, H5T_NATIVE_DOUBLE, memory, space, H5P_DEFAULT, numbers) >= 0;
    if (memory >= 0) {
        H5Sclose(memory);
    }
    H5Sclose(space);
    return good;
}

double *hw_results_read_some(hw_results *results, const char *variable, uint64_t first, uint64_t rows,
                             hw_errors *errors) {
    const hw_variable *found = hw_record_find(&results->layout, variable);
    if (found == NULL) {
        hw_errors_say(errors, "%s has no variable %s", results->path, variable);
        return NULL;
    }
    size_t count = rows * found->count;
    double *numbers = calloc(count + 1, sizeof *numbers);
    if (numbers == NULL) {
        hw_errors_say(errors, "not enough memory to read %s of %s", variable, results->path);
        return NULL;
    }
    bool good = count == 0;
    H5E_BEGIN_TRY {
        hid_t dataset = count > 0 ? H5Dopen2(results->file, variable, H5P_DEFAULT) : -1;
        if (dataset >= 0) {
            good = read_rows(dataset, first, rows, numbers);
            H5Dclose(dataset);
        }
    }
    H5E_END_TRY
    if (!good) {
        hw_errors_say(errors, "%s is damaged: variable %s cannot be read", results->path, variable);
        free(numbers);
        return NULL;
    }
    return numbers;
}

double *hw_results_read(hw_results *results, const char *variable, hw_errors *errors) {
    return hw_results_read_some(results, variable, 0, results->count, errors);
}
