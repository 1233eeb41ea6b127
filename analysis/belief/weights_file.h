/* Weights of replications as a file, for commands that ask a result as of a day. It says of which result it
 * is, and is taken for no other. */
#ifndef HW_ANALYSIS_BELIEF_WEIGHTS_FILE_H
#define HW_ANALYSIS_BELIEF_WEIGHTS_FILE_H

#include "analysis/belief/likelihood.h"
#include "sim/run/output_file.h"

extern const hw_output_format hw_weights_format;

hw_status hw_weights_write(const char *path, const hw_outcomes *outcomes, const hw_weights *weights,
                           const hw_output_rules *rules, hw_errors *errors);

/* HW_ERROR_INPUT when it is no such file or one of another result. Free after success. */
hw_status hw_weights_read(hw_weights *weights, const char *path, const hw_outcomes *outcomes,
                          hw_errors *errors);

#endif
