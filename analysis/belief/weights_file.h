/* Weights of replications as a file, for tools of the reader's own. It says of which result it is. */
#ifndef HW_ANALYSIS_BELIEF_WEIGHTS_FILE_H
#define HW_ANALYSIS_BELIEF_WEIGHTS_FILE_H

#include "analysis/belief/likelihood.h"
#include "sim/run/output_file.h"

extern const hw_output_format hw_weights_format;

hw_status hw_weights_write(const char *path, const hw_outcomes *outcomes, const hw_weights *weights,
                           const hw_output_rules *rules, hw_errors *errors);

#endif
