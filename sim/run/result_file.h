/* A result file that is open for reading, of a run or of a sweep: what both have in common. */
#ifndef HW_SIM_RUN_RESULT_FILE_H
#define HW_SIM_RUN_RESULT_FILE_H

#include "sim/error.h"
#include "sim/run/intake.h"
#include <hdf5.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct hw_result_file {
    hw_intake intake;
    hid_t id; /* HDF5's */
    char *path;
    int32_t format;
} hw_result_file;

/* How a kind of result is read. */
typedef struct hw_result_kind {
    const char *noun;      /* "result", "sweep" */
    const char *attribute; /* that holds its format */
    int32_t oldest, newest;
    /* What a file without the attribute is: "is ..." */
    const char *(*foreign)(const hw_result_file *file);
    /* Reads what every reader needs; then, in a child only, all that may be asked for. */
    bool (*read)(void *results);
    void (*read_the_rest)(void *results);
} hw_result_kind;

/* Opens and checks; `file` is part of `results`. HW_ERROR_IO with a clear message for a missing, truncated,
 * damaged or foreign file, one of a format that this program does not know, one that is locked, and one whose
 * seal is not good, unless it is trusted without. HW_ERROR_MEMORY when `results` is NULL. Close after failure
 * too. */
hw_status hw_result_file_open(hw_result_file *file, const char *path, hw_trust trust,
                              const hw_result_kind *kind, void *results, hw_errors *errors);
void hw_result_file_close(hw_result_file *file);

/* Older files stamp each span of time, and each date asked for, with the day after it: makes it the last day,
 * if these numbers are days by their unit (which may be NULL). */
void hw_result_file_stamp(const hw_result_file *file, const char *units, double *numbers, uint64_t count);

/* What is said of a variable that is missing, or (when it is `there`) cannot be read. */
void hw_result_file_complain(const hw_result_file *file, const char *variable, bool there, hw_errors *errors);

/* Numbers of a variable, of `rows` replications or points from `first` on, which must be there; `each`
 * numbers in every row. Allocated for the caller; NULL with an error when they cannot be read. */
double *hw_result_file_numbers(const hw_result_file *file, const char *variable, uint64_t each,
                               uint64_t first, uint64_t rows, hw_errors *errors);

#endif
