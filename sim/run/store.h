/* The result file: assembled from the journals in the order of replications, under a temporary name, and
 * renamed. */
#ifndef HW_SIM_RUN_STORE_H
#define HW_SIM_RUN_STORE_H

#include "sim/run/experiment.h"
#include "sim/run/trouble.h"
#include <stdbool.h>
#include <stdint.h>

/* Names in the file that no axis or variable of a model may have. */
#define HW_STORE_REPLICATION "replication"
#define HW_STORE_FAILED "failed_replication"
#define HW_STORE_FAILED_MESSAGE "failed_message"
#define HW_STORE_FAILED_TIME "failed_time"
#define HW_STORE_SCENARIO "scenario"
#define HW_STORE_ROWS "scenario_values"
/* 3: the values of the scenario are there as rows; 2: axes of time are stamped with the last day of each span
 * and have bounds; 1: stamped with the day after. All are read. */
enum { HW_STORE_FORMAT = 3, HW_STORE_FORMAT_OLDEST = 1 };

typedef struct hw_store_order {
    const hw_experiment *experiment;
    const char *stem; /* of the journals */
    uint64_t limit;   /* only replications below it */
    bool complete;    /* all that were asked for */
} hw_store_order;

/* Collective: all ranks pack, rank 0 writes. Afterwards the file is there, whole and on the disk, or (with
 * the same trouble on every rank) what was there before is untouched. */
hw_status hw_store_write(const hw_store_order *order, hw_assembly *assembly, hw_trouble *trouble);

#endif
