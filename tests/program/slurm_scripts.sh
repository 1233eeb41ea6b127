#!/usr/bin/env bash
# The job scripts without a Slurm: stand-ins for its commands, and for the program, tell what the scripts decide. (tests/slurm/trial.sh
# tries them on a real one.) Laws: a job is requeued exactly when that can help; all designs are covered by an array of any number of
# tasks, each once. usage: slurm_scripts.sh PROGRAM SOURCE_FOLDER
set -u
slurm=$(realpath "$2")/scenarios/slurm
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
mkdir bin home
stand_in() { # NAME TEXT
    printf '#!/bin/bash\n%s\n' "$2" >"bin/$1"
    chmod +x "bin/$1"
}
stand_in srun '[ "$1" = --mpi=list ] && { echo "MPI plugin types are... ${PLUGINS:-none}"; exit 0; }
echo "srun $1" >>launches
while [[ $1 == --* ]]; do shift; done
exec "$@"'
stand_in mpirun 'echo mpirun >>launches; exec "$@"'
stand_in scontrol '[ "$1" = requeue ] && echo "$2" >>requeued && exit 0
echo "JobId=$SLURM_JOB_ID JobState=${STATE:-RUNNING} EndTime=${END:-Unknown} Command=x"'
stand_in scancel 'exit 0'
stand_in sbatch 'echo "$@" >>submitted'
stand_in homeward '[ "$1" = status ] && { echo "{\"finished\": $(cat "$2/finished" 2>/dev/null || echo 0)}"; exit 0; }
mkdir -p "$4"
echo "$@" >>sweeps
[ -z "${BRINGS:-}" ] || echo "$BRINGS" >"$4/finished"
exit "${CODE:-0}"'
export PATH=$folder/bin:$PATH HOMEWARD=$folder/bin/homeward HOMEWARD_HOME=$folder/home SLURM_JOB_ID=7
unset HOMEWARD_LAUNCH SLURM_RESTART_COUNT SLURM_ARRAY_TASK_ID SLURM_ARRAY_TASK_COUNT SLURM_ARRAY_TASK_MIN SLURM_ARRAY_TASK_STEP
mkdir -p home/scenarios && ln -s "$slurm" home/scenarios/slurm
failures=0

tell() { # WORDS WHETHER
    if [ "$2" = yes ]; then
        echo "ok: $1"
    else
        echo "NOT OK: $1"
        failures=$((failures + 1))
    fi
}

is() { # WORDS EXPECTED FOUND
    [ "$2" = "$3" ] && tell "$1" yes || tell "$1: expected '$2', found '$3'" no
}

start() { # ENVIRONMENT...; one start of one-job.sh: its exit code
    rm -f requeued launches
    env "$@" bash "$slurm/one-job.sh" design.yaml out >told 2>&1
    code=$?
    again=$([ -e requeued ] && echo yes || echo no)
}

# Every exit code of the program, and of ranks that were killed.
for row in 0:no 1:yes 2:no 3:no 4:no 5:no 75:yes 130:no 134:yes 137:yes 139:yes 143:yes; do
    rm -rf out out.job
    start CODE="${row%:*}" BRINGS=10
    is "exit code ${row%:*} requeues" "${row#*:}" "$again"
    [ "$again" = yes ] || is "  and is passed on" "${row%:*}" "$code"
done

for state in CANCELLED COMPLETING TIMEOUT; do
    rm -rf out out.job
    start CODE=75 BRINGS=10 STATE=$state
    is "$state: no requeue" no "$again"
done

rm -rf out out.job
for row in 0:75:10:yes 1:137:20:yes 2:137:20:yes 3:75:30:yes 4:137:30:yes 5:137:30:no; do
    IFS=: read -r restarts exits brings wanted <<<"$row"
    start SLURM_RESTART_COUNT="$restarts" CODE="$exits" BRINGS="$brings"
    is "start $((restarts + 1)), $brings replications there: requeued" "$wanted" "$again"
done

start PLUGINS=pmix
is 'launched with PMIx where Slurm has it' 'srun --mpi=pmix' "$(cat launches)"
start PLUGINS=pmi2
is 'launched by mpirun where it has not' mpirun "$(cat launches)"
start PLUGINS=pmi2 HOMEWARD_LAUNCH='srun --mpi=pmi2'
is 'launched as asked' 'srun --mpi=pmi2' "$(cat launches)"
rm -f sweeps
start END="$(date -d '+2 hours' +%Y-%m-%dT%H:%M:%S)"
stop=$(grep -o -- '--stop-after [0-9]*' sweeps | cut -d' ' -f2)
tell 'it stops by itself five minutes before the limit of the job' "$([ "${stop:-0}" -ge 6800 ] && [ "$stop" -le 6900 ] && echo yes || echo no)"

# The array.
for count in 1 2 3 4 5 7; do
    names=(a.yaml b.yaml c.yaml d.yaml)
    rm -rf all sweeps
    for ((task = 0; task < count; task++)); do
        env SLURM_ARRAY_TASK_ID=$((3 + 2 * task)) SLURM_ARRAY_TASK_MIN=3 SLURM_ARRAY_TASK_STEP=2 SLURM_ARRAY_TASK_COUNT=$count \
            bash "$slurm/array.sh" all "${names[@]}" >/dev/null 2>&1
    done
    is "$count tasks cover four designs, each once" "${names[*]}" "$(cut -d' ' -f2 sweeps | sort | tr '\n' ' ' | sed 's/ $//')"
done
env -u SLURM_JOB_ID bash "$slurm/array.sh" all "${names[@]}"
tell 'by hand it counts the designs and submits itself' "$(grep -q -- '--array=0-3 ' submitted && echo yes || echo no)"
rm -f submitted
env -u SLURM_JOB_ID bash "$slurm/array.sh" all x/a.yaml y/a.yaml 2>told
is 'two designs for one folder are refused' '2 no' "$? $([ -e submitted ] && echo yes || echo no)"

echo "$failures failures"
[ "$failures" = 0 ]
