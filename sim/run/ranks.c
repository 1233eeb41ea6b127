/* Starts and ends MPI; without it this process is the only rank. */
#include "sim/run/experiment.h"
#include "sim/run/launch.h"
#include <mpi.h>
#include <stdlib.h>

static bool started(void) {
    int initialized = 0;
    int finalized = 0;
    MPI_Initialized(&initialized);
    MPI_Finalized(&finalized);
    return initialized && !finalized;
}

/* A process that nobody started beside others needs no daemon of Open MPI to find them: starting one costs
 * several times what a small run takes. */
static void start_no_daemon(void) {
    const hw_launch launch = hw_launch_read();
    if (launch.tasks <= 1 && !launch.can_join) {
        setenv("OMPI_MCA_ess_singleton_isolated", "1", 0);
    }
}

void hw_ranks_start(int *argc, char ***argv) {
    if (started()) {
        return;
    }
    start_no_daemon();
    MPI_Init(argc, argv);
}

void hw_ranks_end(void) {
    if (started()) {
        MPI_Finalize();
    }
}

void hw_ranks_abort(int exit_code) {
    if (started()) {
        MPI_Abort(MPI_COMM_WORLD, exit_code);
    }
    exit(exit_code);
}

int hw_rank(void) {
    int rank = 0;
    if (started()) {
        MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    }
    return rank;
}

int hw_rank_count(void) {
    int count = 1;
    if (started()) {
        MPI_Comm_size(MPI_COMM_WORLD, &count);
    }
    return count;
}
