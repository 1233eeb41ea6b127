#include "sim/run/experiment.h"
#include <mpi.h>
#include <stdlib.h>
#include <unistd.h>

static bool started(void) {
    int initialized = 0;
    int finalized = 0;
    MPI_Initialized(&initialized);
    MPI_Finalized(&finalized);
    return initialized && !finalized;
}

/* Without mpirun Open MPI may start its own daemon, which refuses to serve root unless told twice. Under
 * mpirun that question has been answered already. */
static void allow_root_without_mpirun(void) {
    if (geteuid() == 0 && getenv("OMPI_COMM_WORLD_SIZE") == NULL) {
        setenv("OMPI_ALLOW_RUN_AS_ROOT", "1", 0);
        setenv("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1", 0);
    }
}

void hw_ranks_start(int *argc, char ***argv) {
    if (started()) {
        return;
    }
    allow_root_without_mpirun();
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
