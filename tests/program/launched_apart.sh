#!/usr/bin/env bash
# Law: processes that a launcher has started together, but that MPI does not bring together, compute nothing and write nothing; the first
# one says why and names the cure. usage: launched_apart.sh PROGRAM SOURCE_FOLDER
set -u
program=$(realpath "$1")
scenario=$(realpath "$2")/scenarios/quick.yaml
. "$(dirname -- "$(realpath "$0")")/../laws.sh"

refused() { # PLACE WORDS ENVIRONMENT...
    local place=$1 words=$2 code
    shift 2
    env "$@" "$program" run "$scenario" -n 2 -o r.h5 >out 2>&1
    code=$?
    if [ "$code" = 2 ] && [ ! -e r.h5 ] && { [ "$place" = 0 ] && grep -qF -- "$words" out || { [ "$place" != 0 ] && [ ! -s out ]; }; }; then
        echo "ok: $*"
    else
        echo "NOT OK (exit code $code): $*"
        cat out
        failures=$((failures + 1))
    fi
    rm -f r.h5
}

refused 0 'srun --mpi=pmix' SLURM_NTASKS=2 SLURM_STEP_ID=0 SLURM_PROCID=0
refused 1 '' SLURM_NTASKS=2 SLURM_STEP_ID=0 SLURM_PROCID=1
refused 0 'srun has started 2 tasks' SLURM_STEP_NUM_TASKS=2 SLURM_STEPID=3
refused 0 'MPI sees only one' PMI_SIZE=2 PMI_RANK=0
refused 1 '' PMI_SIZE=2 PMI_RANK=1

# One task of a step, without PMIx, and all that srun says to it: it runs on its own.
if env SLURM_JOBID=1 SLURM_JOB_ID=1 SLURM_STEP_ID=0 SLURM_STEPID=0 SLURM_NODELIST=here SLURM_JOB_NODELIST=here SLURM_STEP_NODELIST=here \
    SLURM_NNODES=1 SLURM_NTASKS=1 SLURM_STEP_NUM_TASKS=1 SLURM_PROCID=0 SLURM_LOCALID=0 \
    "$program" run "$scenario" -q -n 2 -o r.h5 >out 2>&1 && [ -e r.h5 ]; then
    echo "ok: one task of a step needs no PMIx"
else
    echo "NOT OK: one task of a step needs no PMIx"
    cat out
    failures=$((failures + 1))
fi
rm -f r.h5

# In the script of a job, without srun: it runs, and says what is idle.
if env SLURM_NTASKS=8 SLURM_PROCID=0 "$program" run "$scenario" -q -n 2 -o r.h5 2>out && [ -e r.h5 ] && grep -qF 'this job has 8 tasks' out; then
    echo "ok: idle tasks are told"
else
    echo "NOT OK: idle tasks are told"
    cat out
    failures=$((failures + 1))
fi
[ "$failures" = 0 ]
