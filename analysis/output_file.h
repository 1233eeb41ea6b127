/* A file that appears whole or not at all: written beside its place under another name, renamed at the end.
 * What is no ordinary file, such as a device or a pipe, is written to directly. */
#ifndef HW_ANALYSIS_OUTPUT_FILE_H
#define HW_ANALYSIS_OUTPUT_FILE_H

#include "sim/error.h"
#include <stdio.h>

typedef struct hw_output_file {
    FILE *stream;
    char *path, *temporary; /* temporary: NULL when the path is written to directly */
} hw_output_file;

/* HW_ERROR_IO with the reason when it cannot be written there. */
hw_status hw_output_open(hw_output_file *file, const char *path, hw_errors *errors);

/* Ends the file and frees. HW_ERROR_IO when anything was not written (disk full): then nothing is left
 * behind, and what was there before is still there. */
hw_status hw_output_close(hw_output_file *file, hw_errors *errors);

/* Gives the file up and frees. */
void hw_output_drop(hw_output_file *file);

#endif
