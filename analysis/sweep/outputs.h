/* What a sweep keeps of each replication: some variables of the outcome, whole, single elements, or sums. */
#ifndef HW_ANALYSIS_SWEEP_OUTPUTS_H
#define HW_ANALYSIS_SWEEP_OUTPUTS_H

#include "sim/input/document.h"
#include "sim/record.h"
#include "sim/schema.h"
#include <stdbool.h>

/* How an output is written in a design's file. */
typedef struct hw_output_terms {
    const char *of, *at;
} hw_output_terms;
extern const hw_section hw_output_section;

/* Where a number of the outcome goes. */
typedef struct hw_output_step {
    size_t offset; /* bytes in the outcome */
    hw_number type;
    uint32_t target; /* index of the value that it is added to */
} hw_output_step;

typedef struct hw_outputs {
    hw_axis *axes; /* of the values; labels and numbers are borrowed from the layout */
    hw_variable *variables;
    hw_record_layout layout; /* of the values: all of them HW_F64 */
    hw_output_step *steps;
    size_t step_count;
    char *description; /* text that is the same only for the same outputs of the same shape */
    char **texts;      /* owned names */
    uint32_t text_count;
} hw_outputs;

/* Reads the outputs that `table` (items of hw_output_section) asks for; `node` is its mapping, for positions,
 * or NULL. With a NULL table: every variable of the outcome. Errors point into the design's file. Free after
 * failure too. The layout must outlive it. */
hw_status hw_outputs_read(hw_outputs *outputs, const hw_table *table, const hw_node *node,
                          const hw_record_layout *layout, hw_errors *errors);
void hw_outputs_free(hw_outputs *outputs);

/* The values of one outcome: layout.bytes / 8 doubles. A sum with a missing part is missing (NaN). */
void hw_outputs_measure(const hw_outputs *outputs, const unsigned char *outcome, double *values);

#endif
