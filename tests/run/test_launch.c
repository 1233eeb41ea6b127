#include "sim/length.h"
#include "sim/run/launch.h"
#include "tests/sim/check.h"
#include <stdlib.h>
#include <string.h>

static const char *const names[] = {
    "OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_RANK", "PMI_SIZE",     "PMI_RANK",     "PMIX_RANK",
    "SLURM_STEP_NUM_TASKS", "SLURM_STEP_ID",        "SLURM_STEPID", "SLURM_NTASKS", "SLURM_NPROCS",
    "SLURM_PROCID"};

/* What launchers leave in the environment, how many ranks MPI then sees, and whether that is refused. */
typedef struct row {
    const char *environment[6]; /* NAME=VALUE */
    int ranks;                  /* 0: before MPI starts */
    const char *problem;        /* words of it, or NULL */
    int place, spare;
} row;

static const row rows[] = {
    /* by hand */
    {{NULL}, 0, NULL, 0, 0},
    {{NULL}, 1, NULL, 0, 0},
    /* mpirun */
    {{"OMPI_COMM_WORLD_SIZE=2", "OMPI_COMM_WORLD_RANK=1"}, 0, NULL, 1, 0},
    {{"OMPI_COMM_WORLD_SIZE=2", "OMPI_COMM_WORLD_RANK=1"}, 2, NULL, 1, 0},
    {{"OMPI_COMM_WORLD_SIZE=2", "OMPI_COMM_WORLD_RANK=1"}, 1, "2 processes were started together", 1, 0},
    {{"OMPI_COMM_WORLD_SIZE=1"}, 1, NULL, 0, 0},
    /* mpirun with one process, whose helpers Slurm has started on three computers */
    {{"OMPI_COMM_WORLD_SIZE=1", "SLURM_STEP_NUM_TASKS=3", "SLURM_STEP_ID=0"}, 1, NULL, 0, 0},
    /* another kind of MPI's launcher */
    {{"PMI_SIZE=4", "PMI_RANK=3"}, 1, "4 processes were started together", 3, 0},
    {{"PMI_SIZE=4", "PMI_RANK=3"}, 4, NULL, 3, 0},
    /* srun without PMIx (MpiDefault=none): MPI would fall before it can say anything */
    {{"SLURM_STEP_NUM_TASKS=2", "SLURM_STEP_ID=0", "SLURM_NTASKS=2", "SLURM_PROCID=0"},
     0,
     "srun has started 2 tasks",
     0,
     0},
    {{"SLURM_NTASKS=2", "SLURM_PROCID=1"}, 0, "srun --mpi=pmix", 1, 0},
    {{"SLURM_NTASKS=2", "SLURM_STEPID=0"}, 0, "srun has started 2 tasks", 0, 0},
    {{"SLURM_STEP_NUM_TASKS=1", "SLURM_STEP_ID=0", "SLURM_NTASKS=8"}, 0, NULL, 0, 0},
    /* srun with PMIx */
    {{"SLURM_STEP_NUM_TASKS=2", "SLURM_STEP_ID=0", "PMIX_RANK=0"}, 0, NULL, 0, 0},
    {{"SLURM_STEP_NUM_TASKS=2", "SLURM_STEP_ID=0", "PMIX_RANK=0"}, 2, NULL, 0, 0},
    {{"SLURM_STEP_NUM_TASKS=2", "SLURM_STEP_ID=0", "PMIX_RANK=0"}, 1, "MPI sees only one", 0, 0},
    /* in a job's script, without srun: one process, which says what it leaves idle */
    {{"SLURM_NTASKS=16", "SLURM_PROCID=0"}, 0, NULL, 0, 16},
    {{"SLURM_NTASKS=16", "SLURM_PROCID=0"}, 1, NULL, 0, 16},
    /* nonsense is nobody's word */
    {{"OMPI_COMM_WORLD_SIZE=two", "PMI_SIZE=-3", "SLURM_NTASKS="}, 1, NULL, 0, 0},
};

static void forget_environment(void) {
    for (size_t i = 0; i < HW_LENGTH(names); i++) {
        unsetenv(names[i]);
    }
}

static void test_tasks_that_do_not_know_of_each_other_are_refused(void **state) {
    (void)state;
    for (size_t r = 0; r < HW_LENGTH(rows); r++) {
        forget_environment();
        for (size_t i = 0; rows[r].environment[i] != NULL; i++) {
            char *name = strdup(rows[r].environment[i]);
            char *value = strchr(name, '=');
            *value++ = '\0';
            setenv(name, value, 1);
            free(name);
        }
        hw_launch launch = hw_launch_read();
        const char *problem = hw_launch_problem(&launch, rows[r].ranks);
        if ((problem == NULL) != (rows[r].problem == NULL) ||
            (problem != NULL && strstr(problem, rows[r].problem) == NULL)) {
            fail_msg("row %zu: %s", r, problem == NULL ? "not refused" : problem);
        }
        assert_int_equal(launch.place, rows[r].place);
        assert_int_equal(launch.spare_tasks, rows[r].spare);
    }
    forget_environment();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tasks_that_do_not_know_of_each_other_are_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
