/* Memory that ranks of one node share, at the same address in each, so that pointers into it hold in all of
 * them. It has no name in any file system: it is gone with the last rank that has it, however that ends. */
#ifndef HW_SIM_RUN_SHARED_MEMORY_H
#define HW_SIM_RUN_SHARED_MEMORY_H

#include "sim/run/trouble.h"
#include <stddef.h>

typedef struct hw_shared_memory {
    void *base; /* page-aligned; NULL: none */
    size_t bytes;
} hw_shared_memory;

/* Collective over `ranks`, which must be on one node: `bytes` zeroed bytes. They are taken from the system as
 * they are touched. The same status on each rank. */
hw_status hw_shared_memory_map(hw_shared_memory *memory, size_t bytes, MPI_Comm ranks, hw_trouble *trouble);
void hw_shared_memory_unmap(hw_shared_memory *memory);

#endif
