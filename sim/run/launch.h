/* How this process was started, as far as launchers (mpirun, srun) say it in the environment. MPI knows of
 * the other processes only when the launcher speaks its language: where it does not, each of them would take
 * itself for the only one, and all would do the same work and write the same files. */
#ifndef HW_SIM_RUN_LAUNCH_H
#define HW_SIM_RUN_LAUNCH_H

#include <stdbool.h>

typedef struct hw_launch {
    int tasks;       /* that were started together; 0: nobody says so */
    int place;       /* of this one among them */
    bool by_slurm;   /* the number is Slurm's, not MPI's own launcher's */
    bool can_join;   /* MPI can find the others */
    int spare_tasks; /* of the Slurm job in whose script this process runs by itself; 0: it does not */
} hw_launch;

hw_launch hw_launch_read(void);

/* Before MPI starts: what in the environment would bring it down although this process is alone is taken out
 * of it. */
void hw_launch_prepare(const hw_launch *launch);

/* What is wrong, in words for the user, when `ranks` is how many MPI sees (0: it was not started yet); NULL
 * when nothing is. */
const char *hw_launch_problem(const hw_launch *launch, int ranks);

#endif
