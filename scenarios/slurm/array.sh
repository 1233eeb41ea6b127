#!/bin/bash
# A job array: each task runs whole design files on its own, with a few ranks; good where large jobs wait long.
#   bash scenarios/slurm/array.sh /scratch/$USER/sweeps scenarios/sweeps/*.yaml
# counts the designs and submits itself, with a task for each (options for sbatch: export SBATCH_TIMELIMIT=..., or HOMEWARD_SBATCH).
# Submitted by hand with any --array=0-N, or none, the tasks share all designs among them.
# The folder of a design is named after it; a task requeues itself until its designs are done (one-job.sh says how). What is the same in
# another task's sweep is taken over when that one is done: --reuse.
#SBATCH --job-name=homeward-array
#SBATCH --ntasks=16
#SBATCH --cpus-per-task=1
#SBATCH --mem-per-cpu=250M
#SBATCH --time=02:00:00
#SBATCH --signal=B:TERM@120
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=homeward-%A-%a.out
set -u
parent=${1:?usage: array.sh DIR DESIGN.yaml...}
shift
designs=("$@")
if [ "${#designs[@]}" -eq 0 ]; then
    echo "usage: array.sh DIR DESIGN.yaml..." >&2
    exit 2
fi
twice=$(for design in "${designs[@]}"; do basename "$design" .yaml; done | sort | uniq -d)
if [ -n "$twice" ]; then
    echo "array.sh: two designs would share a folder: $twice" >&2
    exit 2
fi
if [ -z "${SLURM_JOB_ID:-}" ]; then
    read -ra options <<<"${HOMEWARD_SBATCH:-}"
    exec sbatch "${options[@]}" --array="0-$((${#designs[@]} - 1))" "$0" "$parent" "${designs[@]}"
fi

# This task's designs: every how-many-th, from which one on.
every=${SLURM_ARRAY_TASK_COUNT:-1}
first=$(((${SLURM_ARRAY_TASK_ID:-0} - ${SLURM_ARRAY_TASK_MIN:-0}) / ${SLURM_ARRAY_TASK_STEP:-1}))
home=${HOMEWARD_HOME:-${SLURM_SUBMIT_DIR:?this script is for sbatch}}
worst=0
child=
trap 'kill -TERM "$child" 2>/dev/null' TERM
for ((i = first; i < ${#designs[@]}; i += every)); do
    name=$(basename "${designs[i]}" .yaml)
    reuse=()
    for other in "$parent"/*/; do
        if [ -e "${other}sweep.h5" ] && [ "$(basename "$other")" != "$name" ]; then
            reuse+=(--reuse "$other")
        fi
    done
    steps=$parent/$name.job/until-done.sh
    if [ "${SLURM_RESTART_COUNT:-0}" -eq 0 ] || [ ! -e "$steps" ]; then
        steps=$home/scenarios/slurm/until-done.sh
    fi
    bash "$steps" "$home" "${designs[i]}" "$parent/$name" "${reuse[@]}" &
    child=$!
    wait "$child"
    code=$?
    while kill -0 "$child" 2>/dev/null; do # a signal has ended the wait, not the work
        wait "$child"
        code=$?
    done
    [ "$code" -ne 75 ] || exit 75 # requeued: what is done stays done
    [ "$worst" -ne 0 ] || worst=$code
done
exit "$worst"
