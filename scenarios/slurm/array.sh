#!/bin/bash
# A job array: each task runs one design file on its own, with a few ranks; good where large jobs wait long.
#   sbatch --array=0-2 scenarios/slurm/array.sh /scratch/$USER/sweeps scenarios/sweeps/*.yaml
# Task i takes the i-th file, its folder is named after it, and it requeues itself (see one-job.sh) until it is done.
# What is the same in another task's sweep is taken over when that one is done: --reuse.
#SBATCH --job-name=homeward-array
#SBATCH --ntasks=16
#SBATCH --mem-per-cpu=1G
#SBATCH --time=02:00:00
#SBATCH --signal=TERM@120
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=homeward-%A-%a.out
set -u
parent=${1:?usage: sbatch --array=0-N array.sh DIR DESIGN.yaml...}
shift
designs=("$@")
design=${designs[${SLURM_ARRAY_TASK_ID:?this script is for job arrays: sbatch --array=0-N}]:?there is no design for this task}
name=$(basename "$design" .yaml)

reuse=()
for other in "$parent"/*/; do
    if [ -e "${other}sweep.h5" ] && [ "$(basename "$other")" != "$name" ]; then
        reuse+=(--reuse "$other")
    fi
done
mkdir -p "$parent"
srun "${HOMEWARD:-./homeward}" sweep "$design" -o "$parent/$name" --resume --stop-after 1h55m "${reuse[@]}"
code=$?
if [ "$code" -eq 75 ] && [ -n "${SLURM_ARRAY_JOB_ID:-}" ]; then
    scontrol requeue "${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}"
fi
exit "$code"
