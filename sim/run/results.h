/* Reading a result file: HDF5 by the netCDF-4 conventions, as hw_experiment_run writes it. */
#ifndef HW_SIM_RUN_RESULTS_H
#define HW_SIM_RUN_RESULTS_H

#include "sim/error.h"
#include "sim/record.h"
#include "sim/run/intake.h"
#include <stdbool.h>

typedef struct hw_results hw_results;

/* Opens and checks a result file: HW_ERROR_IO with a clear message for a missing, truncated or foreign file,
 * one of a format this program does not know, one that is locked, and one whose seal is not good; with
 * HW_UNSEALED_TOO such a file is read as far as it can be. */
hw_results *hw_results_open_as(const char *path, hw_trust trust, hw_status *status, hw_errors *errors);
void hw_results_close(hw_results *results);

/* What the file holds. Borrowed until close. The layout's offsets are those of the record that was written.
 */
const hw_record_layout *hw_results_layout(const hw_results *results);

/* What it says of the whole. */
typedef struct hw_result_about {
    char *title, *resolved, *digest, *version;
    char *model;            /* "name version" */
    char *code;             /* what the model was built from; NULL: it does not say */
    char *settings, *files; /* what was set, and over which files, one a line; NULL: it does not say */
    char *rows;             /* its values as rows; NULL in files of formats 1 and 2 */
    bool sealed;            /* it is as Homeward wrote it */
    bool complete;
    uint64_t seed, asked; /* asked: for so many replications */
    uint64_t count;       /* good replications */
    uint64_t *keys;       /* their numbers, ascending */
    uint64_t failed_count;
    uint64_t *failed_keys;
    char **failed_messages;
} hw_result_about;
const hw_result_about *hw_results_about(const hw_results *results);

/* All replications of a variable as doubles, replication slowest: count * variable->count numbers, allocated
 * for the caller, who frees them. NULL when there is no such variable or it cannot be read (message in
 * errors). */
double *hw_results_read(hw_results *results, const char *variable, hw_errors *errors);
/* The same of `rows` replications from the `first` good one on, which must be there. */
double *hw_results_read_some(hw_results *results, const char *variable, uint64_t first, uint64_t rows,
                             hw_errors *errors);

#endif
