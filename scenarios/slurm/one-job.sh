#!/bin/bash
# One MPI job for a whole sweep, put back into the queue until it is done.
#   sbatch scenarios/slurm/one-job.sh scenarios/sweeps/sobol-quick.yaml /scratch/$USER/sobol
# Before the first time, on the login node: ./homeward --version (installs what is missing and builds).
#
# Preemption and the end of the time limit: Slurm sends SIGTERM two minutes before; the ranks end between two pieces of
# work with exit code 75, nothing is lost, and the job requeues itself. A node that dies ends the job with another code:
# Slurm requeues it by itself (--requeue). Either way --resume goes on from the journals, at any number of ranks.
#SBATCH --job-name=homeward
#SBATCH --ntasks=256
#SBATCH --cpus-per-task=1
#SBATCH --mem-per-cpu=1G
#SBATCH --time=04:00:00
#SBATCH --signal=TERM@120
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=homeward-%j.out
set -u
design=${1:?usage: sbatch one-job.sh DESIGN.yaml DIR [options of homeward sweep]}
folder=${2:?usage: sbatch one-job.sh DESIGN.yaml DIR [options of homeward sweep]}
shift 2

# Five minutes before the limit above, in case the signal does not come.
srun "${HOMEWARD:-./homeward}" sweep "$design" -o "$folder" --resume --stop-after 3h55m "$@"
code=$?
if [ "$code" -eq 75 ] && [ -n "${SLURM_JOB_ID:-}" ]; then
    scontrol requeue "$SLURM_JOB_ID"
fi
exit "$code"
