/* Starts and ends MPI; without it this process is the only rank. */
#include "sim/length.h"
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

typedef struct wish {
    const char *name, *value;
    bool ours; /* not the user's */
} wish;

/* A process that nobody started beside others needs no daemon of Open MPI to find them: starting one costs
 * several times what a small run takes. Nor does it look for networks, or for what else this computer has
 * (graphics cards, PCI), or load components of Open MPI that it could only throw away again. */
static wish wishes[] = {{"OMPI_MCA_ess_singleton_isolated", "1", false},
                        {"OMPI_MCA_pml", "ob1", false},
                        {"OMPI_MCA_btl", "self", false},
                        {"OMPI_MCA_coll", "self,basic,libnbc", false},
                        {"OMPI_MCA_osc", "sm", false},
                        {"OMPI_MCA_reachable", "weighted", false},
                        {"OMPI_MCA_errmgr", "default_app", false},
                        {"OMPI_MCA_state", "app", false},
                        {"OMPI_MCA_schizo", "^flux,jsm", false},
                        {"OMPI_MCA_shmem", "mmap", false},
                        {"OMPI_MCA_mpool", "^hugepage", false},
                        {"OMPI_MCA_op", "^avx", false},
                        {"HWLOC_PLUGINS_PATH", "/dev/null", false},
                        {"HWLOC_COMPONENTS", "no_os,stop", false}};

static void start_alone(void) {
    const hw_launch launch = hw_launch_read();
    for (size_t i = 0; i < HW_LENGTH(wishes) && launch.tasks <= 1 && !launch.can_join; i++) {
        wishes[i].ours = getenv(wishes[i].name) == NULL;
        setenv(wishes[i].name, wishes[i].value, 0);
    }
}

/* Programs that this one starts may be under a launcher. */
static void forget_wishes(void) {
    for (size_t i = 0; i < HW_LENGTH(wishes); i++) {
        if (wishes[i].ours) {
            unsetenv(wishes[i].name);
        }
    }
}

void hw_ranks_start(int *argc, char ***argv) {
    if (started()) {
        return;
    }
    start_alone();
    MPI_Init(argc, argv);
    forget_wishes();
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
