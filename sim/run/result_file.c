/* Opens a result file, of a run or of a sweep, and judges it. */
#include "sim/run/result_file.h"
#include "sim/run/netcdf_read.h"
#include "sim/run/trial_read.h"
#include <stdlib.h>
#include <string.h>

/* A reading, and where its errors go. */
typedef struct reading {
    hw_result_file *file;
    const hw_result_kind *kind;
    void *results;
    hw_errors *errors;
} reading;

static bool check_format(const reading *r) {
    hw_result_file *file = r->file;
    const hw_result_kind *kind = r->kind;
    file->id = hw_intake_open(file->path);
    if (file->id < 0) {
        hw_errors_say(r->errors, "%s is truncated or damaged: HDF5 cannot open it", file->path);
        return false;
    }
    if (!hw_netcdf_read_number(file->id, kind->attribute, H5T_NATIVE_INT32, &file->format)) {
        hw_errors_say(r->errors, "%s %s", file->path, kind->foreign(file));
        return false;
    }
    if (file->format < kind->oldest || file->format > kind->newest) {
        hw_errors_say(r->errors, "%s has %sformat %d; this program knows formats %d to %d", file->path,
                      strcmp(kind->noun, "sweep") == 0 ? "sweep " : "", (int)file->format, (int)kind->oldest,
                      (int)kind->newest);
        return false;
    }
    return true;
}

static bool read_quietly(const reading *r) {
    bool good = false;
    H5E_BEGIN_TRY {
        good = check_format(r);
        if (good && !r->kind->read(r->results)) {
            hw_errors_say(r->errors, "%s is damaged: parts of the %s are missing or unreadable",
                          r->file->path, r->kind->noun);
            good = false;
        }
    }
    H5E_END_TRY;
    return good;
}

/* All of the reading that may be asked for, in a child whose memory nobody needs. */
static void read_everything(void *context) {
    const reading *r = context;
    if (read_quietly(r)) {
        r->kind->read_the_rest(r->results);
    }
}

static bool survives_trial(const reading *r) {
    char why[HW_TRIAL_TEXT];
    hw_errors ignored = {0};
    reading trial = *r;
    trial.errors = &ignored;
    if (r->file->intake.seal == HW_SEAL_GOOD ||
        hw_trial_read(read_everything, &trial, r->file->intake.bytes, why)) {
        return true;
    }
    hw_errors_say(r->errors, "%s is damaged: %s", r->file->path, why);
    return false;
}

hw_status hw_result_file_open(hw_result_file *file, const char *path, hw_trust trust,
                              const hw_result_kind *kind, void *results, hw_errors *errors) {
    const reading r = {.file = file, .kind = kind, .results = results, .errors = errors};
    char *copy = results != NULL ? strdup(path) : NULL;
    if (copy == NULL) {
        hw_errors_say(errors, "not enough memory to open %s", path);
        return HW_ERROR_MEMORY;
    }
    *file = (hw_result_file){.id = -1, .path = copy, .intake.handle = -1};
    bool good = hw_intake_begin(&file->intake, path, trust, errors) && survives_trial(&r) && read_quietly(&r);
    return good ? HW_OK : HW_ERROR_IO;
}

void hw_result_file_close(hw_result_file *file) {
    if (file->path == NULL) {
        return;
    }
    if (file->id >= 0) {
        H5Fclose(file->id);
    }
    hw_intake_end(&file->intake);
    free(file->path);
}

void hw_result_file_stamp(const hw_result_file *file, const char *units, double *numbers, uint64_t count) {
    bool time =
        units != NULL && (strstr(units, " since ") != NULL || strcmp(units, "days from the start") == 0);
    for (uint64_t i = 0; file->format == 1 && time && i < count; i++) {
        numbers[i] -= 1;
    }
}

void hw_result_file_complain(const hw_result_file *file, const char *variable, bool there,
                             hw_errors *errors) {
    hw_errors_say(errors, there ? "%s is damaged: variable %s cannot be read" : "%s has no variable %s",
                  file->path, variable);
}

/* Rows are the slowest dimension, so those wanted lie one after another. */
static bool read_rows(hid_t dataset, uint64_t first, uint64_t rows, uint64_t each, double *numbers) {
    hsize_t lengths[8] = {0};
    hsize_t start[8] = {first};
    int rank = hw_netcdf_read_shape(dataset, lengths);
    uint64_t found = 1;
    for (int d = 1; d < rank; d++) {
        found *= lengths[d];
    }
    lengths[0] = rows;
    bool fits = rank > 0 && found == each;
    hid_t file_space = fits ? H5Dget_space(dataset) : -1;
    hid_t memory_space = fits ? H5Screate_simple(rank, lengths, NULL) : -1;
    bool good = file_space >= 0 && memory_space >= 0 &&
                H5Sselect_hyperslab(file_space, H5S_SELECT_SET, start, NULL, lengths, NULL) >= 0 &&
                H5Dread(dataset, H5T_NATIVE_DOUBLE, memory_space, file_space, H5P_DEFAULT, numbers) >= 0;
    if (file_space >= 0) {
        H5Sclose(file_space);
    }
    if (memory_space >= 0) {
        H5Sclose(memory_space);
    }
    return good;
}

double *hw_result_file_numbers(const hw_result_file *file, const char *variable, uint64_t each,
                               uint64_t first, uint64_t rows, hw_errors *errors) {
    uint64_t count = rows * each;
    double *numbers = calloc(count + 1, sizeof *numbers);
    if (numbers == NULL) {
        hw_errors_say(errors, "not enough memory to read %s of %s", variable, file->path);
        return NULL;
    }
    bool good = count == 0;
    H5E_BEGIN_TRY {
        hid_t dataset = count > 0 ? hw_netcdf_open(file->id, variable) : -1;
        if (dataset >= 0) {
            good = read_rows(dataset, first, rows, each, numbers);
            H5Dclose(dataset);
        }
    }
    H5E_END_TRY
    if (!good) {
        hw_result_file_complain(file, variable, true, errors);
        free(numbers);
        return NULL;
    }
    return numbers;
}
