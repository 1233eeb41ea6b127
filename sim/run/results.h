/* Reading a result file: HDF5 by the netCDF-4 conventions, as hw_experiment_run writes it. */
#ifndef HW_SIM_RUN_RESULTS_H
#define HW_SIM_RUN_RESULTS_H

#include "sim/error.h"
#include "sim/record.h"
#include "sim/run/intake.h"
#include <stdbool.h>

typedef struct hw_results hw_results;

/* Opens and checks a result file: HW_ERROR_IO with a clear message for a missing, truncated or foreign file,
 * one of a format this program does not know, one that is locked, and one whose seal is not good. */
hw_results *hw_results_open(const char *path, hw_status *status, hw_errors *errors);

/* The same; with HW_UNSEALED_TOO also a file without a good seal, as far as it can be read. */
hw_results *hw_results_open_as(const char *path, hw_trust trust, hw_status *status, hw_errors *errors);
void hw_results_close(hw_results *results);

/* What the file holds. Borrowed until close. The layout's offsets are those of the record that was written.
 */
const hw_record_layout *hw_results_layout(const hw_results *results);
const char *hw_results_title(const hw_results *results);
/* What was set over the scenario, and the names of its files, one a line; NULL when the file does not say. */
const char *hw_results_settings(const hw_results *results);
const char *hw_results_files(const hw_results *results);
const char *hw_results_resolved(const hw_results *results);
/* Its values as rows; NULL in files of formats 1 and 2. */
const char *hw_results_rows(const hw_results *results);
const char *hw_results_digest(const hw_results *results);
const char *hw_results_version(const hw_results *results);
const char *hw_results_model(const hw_results *results); /* "name version" */
bool hw_results_sealed(const hw_results *results);       /* it is as Homeward wrote it */
uint64_t hw_results_seed(const hw_results *results);
bool hw_results_complete(const hw_results *results);
uint64_t hw_results_asked(const hw_results *results); /* replications that were asked for */

uint64_t hw_results_count(const hw_results *results);       /* good replications */
const uint64_t *hw_results_keys(const hw_results *results); /* their replication numbers, ascending */
uint64_t hw_results_failed_count(const hw_results *results);
uint64_t hw_results_failed_key(const hw_results *results, uint64_t i);
const char *hw_results_failed_message(const hw_results *results, uint64_t i);

/* All replications of a variable as doubles, replication slowest: count * variable->count numbers, allocated
 * for the caller, who frees them. NULL when there is no such variable or it cannot be read (message in
 * errors). */
double *hw_results_read(hw_results *results, const char *variable, hw_errors *errors);
/* The same of `rows` replications from the `first` good one on, which must be there. */
double *hw_results_read_some(hw_results *results, const char *variable, uint64_t first, uint64_t rows,
                             hw_errors *errors);

#endif
