/* The parts of `homeward bench`, each a file with its own measures. Every part records all its measures on
 * every machine, with or without an answer. All work is fixed, so that figures can be compared. */
#ifndef HW_ANALYSIS_BENCH_PARTS_H
#define HW_ANALYSIS_BENCH_PARTS_H

#include "analysis/bench/report.h"
#include "analysis/scenario/load.h"

typedef struct hw_bench_wish {
    bool quick;
    const char *scenario; /* path */
    const char *parcels;  /* path of the stress case, or NULL when it is not to be found */
    const char *peer;     /* path of mm1_simpy.py, or NULL when it is not to be found */
    const char *program;  /* path of homeward */
    const char *counter;  /* path of homeward_allocations */
} hw_bench_wish;

/* M/M/1: the kernel against a loop by hand, and against SimPy. */
void hw_bench_kernel(hw_bench_report *report, const hw_bench_wish *wish);
void hw_bench_simpy(hw_bench_report *report, const hw_bench_wish *wish);

/* Speed of a scenario, and where its time goes. HW_ERROR_MEMORY or HW_ERROR_LAW when a replication cannot be
 * done. */
hw_status hw_bench_scenario(hw_bench_report *report, const hw_bench_wish *wish, const hw_loaded *loaded,
                            hw_errors *errors);
hw_status hw_bench_profile(hw_bench_report *report, const hw_bench_wish *wish, const hw_loaded *loaded,
                           hw_errors *errors);

/* The sharing of a sweep's work among up to 10,000 ranks, simulated with the times of this scenario; and what
 * sharing and journals cost two ranks here. */
void hw_bench_sharing(hw_bench_report *report, const hw_bench_wish *wish, const hw_loaded *loaded);
void hw_bench_sweep(hw_bench_report *report, const hw_bench_wish *wish);

/* What comes after the replications of a run, and how efficient a run with very many ranks is with it. */
void hw_bench_tail(hw_bench_report *report, const hw_bench_wish *wish, const hw_loaded *loaded);

/* What assembling the result of a run takes. */
typedef struct hw_bench_assembly {
    double packing, index, file; /* seconds a replication: of one rank, of every rank, of one rank alone */
    double fixed;                /* seconds, whatever the number of replications */
} hw_bench_assembly;

/* Times it with `count` outcomes that are known, over and over. NULL, or why there is no answer. */
const char *hw_bench_assemble(hw_bench_assembly *answer, const hw_bench_wish *wish, const hw_loaded *loaded,
                              const unsigned char *records, uint64_t count);

/* Allocations and memory, counted in a process of its own. */
void hw_bench_memory(hw_bench_report *report, const hw_bench_wish *wish);

/* Two ranks against one, each with worlds of its own and both with one world. */
void hw_bench_ranks(hw_bench_report *report, const hw_bench_wish *wish);

#endif
