/* Decides whether an earlier result may be replaced. */
#include "sim/run/earlier.h"
#include "sim/run/intake.h"
#include "sim/run/netcdf_read.h"
#include <hdf5.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_MOST = 200 };

/* What a result file says of itself. */
typedef struct earlier {
    char title[TEXT_MOST], digest[TEXT_MOST], model[TEXT_MOST];
    uint64_t seed, finished;
    int32_t complete;
    bool is_result, is_sweep;
} earlier;

static void read_text(hid_t file, const char *name, char text[TEXT_MOST]) {
    char *whole = hw_netcdf_read_text(file, name);
    snprintf(text, TEXT_MOST, "%s", whole != NULL ? whole : "");
    free(whole);
}

static void read_file(hid_t file, earlier *found) {
    int32_t format = 0;
    found->is_result = hw_netcdf_read_number(file, "homeward_format", H5T_NATIVE_INT32, &format);
    found->is_sweep = hw_netcdf_read_number(file, "homeward_sweep_format", H5T_NATIVE_INT32, &format);
    read_text(file, "title", found->title);
    read_text(file, "digest", found->digest);
    read_text(file, "model", found->model);
    hw_netcdf_read_number(file, "seed", H5T_NATIVE_UINT64, &found->seed);
    hw_netcdf_read_number(file, "complete", H5T_NATIVE_INT32, &found->complete);
    found->finished = hw_netcdf_length(file, "replication") + hw_netcdf_length(file, "failed_replication");
}

/* Only of a file with a good seal, as HDF5 may crash over others. A lock is left to whoever has it. */
static bool read_earlier(const char *path, earlier *found) {
    *found = (earlier){.finished = 0};
    H5E_BEGIN_TRY {
        hid_t file = hw_intake_is_sealed(path) ? hw_intake_open(path) : -1;
        if (file >= 0) {
            read_file(file, found);
            H5Fclose(file);
        }
    }
    H5E_END_TRY;
    return found->is_result || found->is_sweep;
}

static bool keep(char room[HW_OUTPUT_REASON], const char *format, ...) __attribute__((format(printf, 2, 3)));
static bool keep(char room[HW_OUTPUT_REASON], const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(room, HW_OUTPUT_REASON, format, arguments);
    va_end(arguments);
    return true;
}

static bool keep_run(const earlier *found, const hw_question *question, char room[HW_OUTPUT_REASON]) {
    if (found->seed != question->seed) {
        return keep(room, "holds a result with another seed, %" PRIu64, found->seed);
    }
    if (found->complete && found->finished > question->finished) {
        return keep(room, "holds a finished result with more replications, %" PRIu64, found->finished);
    }
    if (found->complete && !question->complete) {
        return keep(room, "holds a finished result of %" PRIu64 " replications", found->finished);
    }
    return false;
}

bool hw_earlier_is_kept(const char *path, const void *context, char room[HW_OUTPUT_REASON]) {
    const hw_question *question = context;
    earlier found;
    if (!read_earlier(path, &found)) {
        if (hw_intake_kind_of(path) != HW_INTAKE_OTHER) {
            return keep(
                room,
                "holds a result that was changed or damaged since it was written: its seal is not good");
        }
        return keep(room, "is there already and is not a result file that Homeward wrote");
    }
    if (found.is_sweep != question->is_sweep) {
        return keep(room, "holds the result of a %s, '%s'", found.is_sweep ? "sweep" : "run", found.title);
    }
    if (strcmp(found.digest, question->digest) != 0) {
        return keep(room, "holds the result of another %s or of other settings, '%s'",
                    found.is_sweep ? "sweep" : "scenario", found.title);
    }
    if (strcmp(found.model, question->model) != 0) {
        return keep(room, "holds a result of another model, '%s'", found.model);
    }
    return !found.is_sweep && keep_run(&found, question, room);
}

const char *hw_model_name(const hw_model *model, char room[HW_MODEL_NAME]) {
    snprintf(room, HW_MODEL_NAME, "%s %s", model->name, model->version);
    return room;
}

const char *hw_model_built_from(const hw_model *model) {
    return model->code != NULL ? model->code : "";
}

hw_output_format hw_earlier_format(const hw_question *question) {
    return (hw_output_format){
        .noun = "a result file", .streams = false, .is_kept = hw_earlier_is_kept, .context = question};
}
