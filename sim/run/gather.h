/* The answer of one point, from whatever records hold it. */
#ifndef HW_SIM_RUN_GATHER_H
#define HW_SIM_RUN_GATHER_H

#include "sim/run/journal_index.h"
#include "sim/run/sweep.h"

typedef struct hw_answer {
    double *summary; /* shape.summary_bytes */
    double *values;  /* of all replications, replication slowest; filled in only when they are kept, or were
                        needed */
    bool *good;      /* of each replication, likewise */
    uint64_t good_count, failed_count;
    double horizon;
    hw_journal_failure failure; /* first one; no message: none */
    double *scratch;
    bool *seen;
    hw_journal_body body;
} hw_answer;

/* Memory for the answers of a sweep, one at a time. */
hw_status hw_answer_create(hw_answer *answer, const hw_sweep *sweep, hw_trouble *trouble);
void hw_answer_free(hw_answer *answer);

/* Gathers the point whose entries (of an index by point) start at *next, and moves *next behind them.
 * HW_ERROR_IO when part of it is missing or damaged. */
hw_status hw_gather(hw_answer *answer, const hw_sweep *sweep, const hw_journal_index *index, uint64_t point,
                    uint64_t *next, hw_trouble *trouble);

#endif
