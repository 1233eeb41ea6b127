/* Whether a run can stand where it is started, asked before it computes anything: files can be made, locked
 * and renamed in the folder of its output, and memory and disk have room for what it will need. */
#ifndef HW_SIM_RUN_FOOTING_H
#define HW_SIM_RUN_FOOTING_H

#include "sim/run/progress.h"
#include "sim/run/trouble.h"
#include <stdbool.h>
#include <stdint.h>

/* More replications than anybody can run: a million computers for a century at a millisecond each would do
 * some hundred times as many. Numbers below it can be multiplied by the size of a record without care. */
#define HW_REPLICATIONS_MOST UINT64_C(1000000000000000)

typedef struct hw_footing {
    const char *path;    /* of the output: a file in the folder, or the folder and a slash */
    double replications; /* in all, for the words */
    double memory_bytes; /* of each rank */
    double disk_bytes;   /* that will be written for certain */
    double disk_most;    /* with all that may come to it */
    bool anyway;         /* lack of memory or disk is only a warning */
} hw_footing;

/* HW_ERROR_INPUT for a number of replications that cannot be counted: before anything else. */
hw_status hw_footing_count(uint64_t points, uint64_t replications, hw_trouble *trouble);

/* Collective over all ranks: memory of each computer. HW_ERROR_MEMORY when it is not there. */
hw_status hw_footing_memory(const hw_footing *footing, hw_trouble *trouble);

/* On one rank: the folder and the disk. HW_ERROR_IO when files cannot be made, or have no room. A file system
 * without locks is a warning. */
hw_status hw_footing_folder(const hw_footing *footing, hw_progress *progress, hw_trouble *trouble);

/* Says how long it will take, when that is long: `seconds` of one replication, `left` of them for `groups` at
 * a time. */
void hw_footing_tell_time(double seconds, double left, int groups, hw_progress *progress);

#endif
