/* Reads what launchers say in the environment. */
#include "sim/run/launch.h"
#include "sim/length.h"
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

/* A variable's whole number; 0 when it is not there or no number. */
static int number_in(const char *name) {
    const char *text = getenv(name);
    char *end = NULL;
    long number = text == NULL ? 0 : strtol(text, &end, 10);
    return text != NULL && end != text && *end == '\0' && number > 0 && number < 1 << 30 ? (int)number : 0;
}

/* In the script of a job there is no step, but the numbers of the whole job stand in the environment as well.
 */
static bool in_slurm_step(void) {
    return getenv("SLURM_STEP_NUM_TASKS") != NULL || getenv("SLURM_STEP_ID") != NULL ||
           getenv("SLURM_STEPID") != NULL || number_in("SLURM_PROCID") > 0;
}

static int slurm_tasks(void) {
    static const char *const names[] = {"SLURM_STEP_NUM_TASKS", "SLURM_NTASKS", "SLURM_NPROCS"};
    int tasks = 0;
    for (size_t i = 0; tasks == 0 && i < HW_LENGTH(names); i++) {
        tasks = number_in(names[i]);
    }
    return tasks;
}

hw_launch hw_launch_read(void) {
    /* mpirun starts its own helpers with srun: what it says itself comes first. */
    if (number_in("OMPI_COMM_WORLD_SIZE") > 0) {
        return (hw_launch){.tasks = number_in("OMPI_COMM_WORLD_SIZE"),
                           .place = number_in("OMPI_COMM_WORLD_RANK"),
                           .can_join = true};
    }
    if (number_in("PMI_SIZE") > 0) {
        return (hw_launch){.tasks = number_in("PMI_SIZE"), .place = number_in("PMI_RANK"), .can_join = true};
    }
    if (in_slurm_step()) {
        return (hw_launch){.tasks = slurm_tasks(),
                           .place = number_in("SLURM_PROCID"),
                           .by_slurm = true,
                           .can_join = getenv("PMIX_RANK") != NULL};
    }
    return (hw_launch){.spare_tasks = slurm_tasks()};
}

void hw_launch_prepare(const hw_launch *launch) {
    if (launch->by_slurm && launch->tasks <= 1 && !launch->can_join) {
        unsetenv("SLURM_STEP_ID"); /* Open MPI would look for a PMI server that no one has started */
    }
}

const char *hw_launch_problem(const hw_launch *launch, int ranks) {
    static char text[512];
    bool apart = ranks == 1 || (ranks == 0 && !launch->can_join);
    if (launch->tasks <= 1 || !apart) {
        return NULL;
    }
    if (launch->by_slurm) {
        snprintf(text, sizeof text,
                 "srun has started %d tasks, but MPI sees only one: each would do all of the work and write "
                 "the same files. Use srun "
                 "--mpi=pmix (or export SLURM_MPI_TYPE=pmix); where Slurm has no PMIx (srun --mpi=list), "
                 "mpirun inside the job",
                 launch->tasks);
    } else {
        snprintf(text, sizeof text,
                 "%d processes were started together, but MPI sees only one: each would do all of the work "
                 "and write the same files. "
                 "Use the mpirun of the Open MPI that Homeward was built with",
                 launch->tasks);
    }
    return text;
}
