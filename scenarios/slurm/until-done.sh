#!/bin/bash
# The work of one start of a Slurm job (one-job.sh, array.sh): runs a sweep as far as the time goes, and puts the job back into the queue
# when that helps. Not to be submitted itself.
# usage: until-done.sh HOME DESIGN DIR [options of homeward sweep]
#
# Beside the sweep, in DIR.job, it keeps a copy of the program and of itself, so that a source tree that is rebuilt or removed meanwhile
# does not matter, and how far earlier starts came.
#
# Requeued: stopped in time (75), ranks that were killed, a launch that failed. Not requeued: done, wrong input (2), no memory or packages
# (3), a disk that cannot be written (4), a broken law (5), an interruption by hand (130), a cancelled job; and nothing at all after two
# starts in a row that brought no new replication.
#
# HOMEWARD          the program, where it is not below HOME
# HOMEWARD_LAUNCH   how to start ranks: "srun --mpi=pmix" where Slurm has PMIx, else "mpirun"
set -u
home=$1
design=$2
folder=${3%/}
shift 3
job=$folder.job
restarts=${SLURM_RESTART_COUNT:-0}

say() {
    printf '%s: %s\n' "$(basename "$folder")" "$*" >&2
}

# --- the program ----------------------------------------------------------------------------------------------

find_program() {
    local candidate
    for candidate in "${HOMEWARD:-}" "$home/build/release/homeward" "$home/bin/homeward" "$home/../../bin/homeward" \
        "$(command -v homeward)" "$home/homeward"; do
        if [ -n "$candidate" ] && [ -x "$candidate" ] && [ ! -d "$candidate" ]; then
            printf '%s\n' "$candidate"
            return 0
        fi
    done
    return 1
}

# By renaming, so that another task that runs the old copy keeps it.
copy() { # FROM TO
    cp -- "$1" "$2.$$" && mv -f -- "$2.$$" "$2"
}

# A program is copied; a script that starts one (./homeward, a module's wrapper) would not find it again, and is used where it is.
take_program() {
    local found
    program=$job/homeward
    if [ "$restarts" -gt 0 ] && [ -x "$program" ]; then
        return 0
    fi
    if ! found=$(find_program); then
        say "there is no program below $home: build it with ./homeward --version, or export HOMEWARD=its path"
        exit 3
    fi
    if [ "$(head -c 4 -- "$found" | tr -d '\0')" = $'\x7fELF' ]; then
        copy "$found" "$program" || exit 4
    else
        program=$found
    fi
    [ "$0" -ef "$job/until-done.sh" ] || copy "$0" "$job/until-done.sh" || exit 4
}

# --- one start ------------------------------------------------------------------------------------------------

# Slurm's own MPI default is often none, which this Open MPI cannot use.
choose_launch() {
    if [ -n "${HOMEWARD_LAUNCH:-}" ]; then
        read -ra launch <<<"$HOMEWARD_LAUNCH"
    elif srun --mpi=list 2>&1 | grep -qw pmix; then
        launch=(srun --mpi=pmix)
    else
        launch=(mpirun)
    fi
    case ${launch[0]} in
    # One rank that is killed ends the others at once: they would wait for it.
    srun) launch+=(--kill-on-bad-exit=1) ;;
    mpirun)
        export OMPI_MCA_odls_base_sigkill_timeout=60
        if [ "$(id -u)" -eq 0 ]; then
            export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
        fi
        ;;
    esac
}

facts() { # NAME; of this job
    scontrol show job -o "$SLURM_JOB_ID" 2>/dev/null | grep -o "\b$1=[^ ]*" | head -n 1 | cut -d= -f2
}

# Five minutes before the limit, or after nine tenths of a short one, in case the signal does not come.
choose_stop() {
    local end left
    stop=()
    end=$(date -d "$(facts EndTime)" +%s 2>/dev/null) || return 0
    left=$((end - $(date +%s)))
    if [ "$left" -gt 3000 ]; then
        left=$((left - 300))
    else
        left=$((left * 9 / 10))
    fi
    if [ "$left" -gt 0 ] && [ "$left" -lt 9000000 ]; then
        stop=(--stop-after "${left}s")
    fi
}

# The signal is for this script; the ranks then end between two pieces of work with exit code 75.
pass_on() {
    if [ "${launch[0]}" = srun ]; then
        scancel --signal=TERM "$SLURM_JOB_ID" 2>/dev/null
    else
        kill -TERM "$child" 2>/dev/null
    fi
}

run_ranks() {
    trap pass_on TERM
    "${launch[@]}" "$program" sweep "$design" -o "$folder" --resume "${stop[@]}" "$@" &
    child=$!
    wait "$child"
    code=$?
    while kill -0 "$child" 2>/dev/null; do # a signal has ended the wait, not the ranks
        wait "$child"
        code=$?
    done
    trap - TERM
}

# --- again? ---------------------------------------------------------------------------------------------------

finished() { # replications on the disk
    local answer
    answer=$("$program" status "$folder" --json 2>/dev/null | grep -o '"finished": [0-9]*' | grep -o '[0-9]*$')
    echo "${answer:-0}"
}

# How many starts in a row, this one included, have brought nothing.
count_idle_starts() { # BEFORE AFTER
    local idle=0
    if [ "$2" -le "$1" ]; then
        [ "$restarts" -eq 0 ] || idle=$(cat "$job/idle-starts" 2>/dev/null || echo 0)
        idle=$((idle + 1))
    fi
    echo "$idle" >"$job/idle-starts"
    echo "$idle"
}

is_final() { # CODE
    case $1 in
    0 | 2 | 3 | 4 | 5 | 130) return 0 ;;
    *) return 1 ;;
    esac
}

# scancel, or Slurm itself, has decided otherwise.
is_wanted() {
    [ "$(facts JobState)" = RUNNING ]
}

# Read whole before it begins: the file may be replaced meanwhile.
main() {
    mkdir -p -- "$(dirname -- "$folder")" "$job" || exit 4
    take_program
    choose_launch
    choose_stop
    before=$(finished)
    run_ranks "$@"
    after=$(finished)
    if is_final "$code"; then
        [ "$code" -eq 0 ] || say "exit code $code: not requeued"
        exit "$code"
    fi
    idle=$(count_idle_starts "$before" "$after")
    if [ "$idle" -ge 2 ]; then
        say "exit code $code, and two starts in a row brought no new replication: not requeued"
        [ "$code" -ne 75 ] || code=1
    elif is_wanted; then
        say "exit code $code with $after replications on the disk: requeued"
        scontrol requeue "$SLURM_JOB_ID" || exit "$code"
        code=75
    fi
    exit "$code"
}

main "$@"; exit
