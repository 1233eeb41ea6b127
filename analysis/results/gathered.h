/* Replications in memory as outcomes, for questions that are asked while they are simulated and before there
 * is a result file. The numbers are those that the file would hold. */
#ifndef HW_ANALYSIS_GATHERED_H
#define HW_ANALYSIS_GATHERED_H

#include "analysis/results/outcomes.h"
#include "analysis/scenario/load.h"
#include "sim/run/earlier.h"

typedef struct hw_gathered {
    const hw_loaded *loaded;
    uint64_t seed;
    uint64_t asked;               /* replications 0 .. asked - 1 are there */
    const unsigned char *records; /* one after the other, loaded->layout->bytes each */
    const char *const *failed;    /* replication by replication: NULL, or why it has no record */
    uint64_t count;               /* of the good ones; set by hw_gathered_open, as are these */
    uint64_t *keys;
    char model[HW_MODEL_NAME];
} hw_gathered;

/* Opens them as outcomes, which borrow all that `gathered` refers to. Statuses as of hw_outcomes_open; close
 * with hw_gathered_close after success and failure alike. */
hw_status hw_gathered_open(hw_outcomes *outcomes, hw_gathered *gathered, hw_errors *errors);
void hw_gathered_close(hw_outcomes *outcomes, hw_gathered *gathered);

#endif
