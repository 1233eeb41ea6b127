#!/bin/bash
# One MPI job for a whole sweep, put back into the queue until it is done.
#   sbatch scenarios/slurm/one-job.sh scenarios/sweeps/sobol-quick.yaml /scratch/$USER/sobol [options of homeward sweep]
# Submit it from Homeward's folder (where scenarios/ is), or export HOMEWARD_HOME=that folder. Before the first time, on the login node:
# ./homeward --version (installs what is missing and builds). What it does and what its exit codes mean: analysis/guide/hpc.md
# A rank of the shipped scenarios takes 35 to 120 MB, MPI included.
#SBATCH --job-name=homeward
#SBATCH --ntasks=256
#SBATCH --cpus-per-task=1
#SBATCH --mem-per-cpu=250M
#SBATCH --time=04:00:00
#SBATCH --signal=B:TERM@120
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=homeward-%j.out
set -u
design=${1:?usage: sbatch one-job.sh DESIGN.yaml DIR [options of homeward sweep]}
folder=${2:?usage: sbatch one-job.sh DESIGN.yaml DIR [options of homeward sweep]}
shift 2

# The copy that an earlier start of this job has made comes first: the folder may have changed since.
home=${HOMEWARD_HOME:-${SLURM_SUBMIT_DIR:?this script is for sbatch}}
steps=$folder.job/until-done.sh
if [ "${SLURM_RESTART_COUNT:-0}" -eq 0 ] || [ ! -e "$steps" ]; then
    steps=$home/scenarios/slurm/until-done.sh
fi
exec bash "$steps" "$home" "$design" "$folder" "$@"
