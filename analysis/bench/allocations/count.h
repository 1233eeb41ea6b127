/* Counts every request for memory of this process, by whatever library. */
#ifndef HW_ANALYSIS_ALLOCATIONS_COUNT_H
#define HW_ANALYSIS_ALLOCATIONS_COUNT_H

#include <stdint.h>

/* Must be called once before anything is counted. */
void hw_allocations_start(void);

/* Calls of malloc, calloc, realloc and the aligned ones since then; freeing is not counted. */
uint64_t hw_allocations(void);

#endif
