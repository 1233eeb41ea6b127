/* The folder "results", where answers go when nobody says where. */
#ifndef HW_ANALYSIS_RESULTS_FOLDER_H
#define HW_ANALYSIS_RESULTS_FOLDER_H

#include "sim/error.h"

/* "results/quick.h5" for a file "scenarios/quick.yaml" and the ending ".h5"; free with free(). */
char *hw_results_path(const char *source, const char *ending);

/* Makes the folder where it is missing, by rank 0. HW_ERROR_IO says to name one ("a result file") instead. */
hw_status hw_results_make_folder(const char *instead, hw_errors *errors);

#endif
