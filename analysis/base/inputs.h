/* The files that a call reads, for the writer (sim/run/output_file.h), which never replaces them. */
#ifndef HW_ANALYSIS_INPUTS_H
#define HW_ANALYSIS_INPUTS_H

#include "analysis/base/command.h"
#include "sim/input/document.h"

typedef struct hw_inputs {
    hw_output_rules rules; /* up to date after each addition */
    const char **paths;    /* owned, as are the texts */
    size_t count;
} hw_inputs;

/* Begins with the operands and --replace. Free after all files are written. */
void hw_inputs_begin(hw_inputs *inputs, const hw_arguments *arguments);
void hw_inputs_add(hw_inputs *inputs, const char *path); /* NULL: nothing */
/* A file with all that it includes. */
void hw_inputs_add_document(hw_inputs *inputs, const hw_document *document);
void hw_inputs_free(hw_inputs *inputs);

#endif
