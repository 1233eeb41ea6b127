/* Tallies of all numbers of an outcome: what a question on very many replications is answered from. They are
 * counted block by block, where the blocks are those of the result file, by as many ranks as like to. */
#ifndef HW_ANALYSIS_TALLIES_H
#define HW_ANALYSIS_TALLIES_H

#include "analysis/figures/tally.h"
#include "sim/record.h"

/* Up to so many replications every figure is computed from the whole sample; above it, from tallies. */
enum { HW_EXACT_MOST = 10000 };

typedef struct hw_variable_tallies {
    const hw_variable *variable;
    hw_tally *elements; /* variable->count */
    hw_tally *sums; /* over its axis of periods or years, replication by replication, for amounts within them;
                       sum_count, in the order of the elements without that axis; or NULL */
    size_t sum_count;
    uint32_t terms; /* of a sum */
    size_t step;    /* between its terms */
    bool counted;   /* all replications */
} hw_variable_tallies;

typedef struct hw_tallies {
    const hw_record_layout *layout;
    hw_variable_tallies *variables; /* as in the layout */
} hw_tallies;

/* The layout must outlive them. */
hw_tallies *hw_tallies_create(const hw_record_layout *layout);
void hw_tallies_free(hw_tallies *tallies);

/* The numbers of a variable in records that follow each other, as doubles: count * variable->count. */
void hw_record_values(const hw_variable *variable, const unsigned char *records, size_t record_bytes,
                      uint64_t count, double *values);

/* A block (of at most 256 replications) of whole records, or of one variable (count * variable->count
 * numbers). */
void hw_tallies_add_records(hw_tallies *tallies, const unsigned char *records, uint64_t count);
void hw_tallies_add_values(hw_variable_tallies *variable, const double *values, uint64_t count);

/* Collective: afterwards rank 0 has the tallies of all. */
void hw_tallies_gather(hw_tallies *tallies);

/* NULL when there is no such variable. */
hw_variable_tallies *hw_tallies_find(const hw_tallies *tallies, const char *variable);
/* Of an element, or of a sum that begins at an element. */
const hw_tally *hw_tallies_sum(const hw_variable_tallies *variable, size_t element);

#endif
