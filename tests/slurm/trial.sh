#!/usr/bin/env bash
# The shipped Slurm scripts on a real Slurm of one computer, whose daemons are started here (loopback only, own folder, own ports) and
# stopped again: whatever happens to a job, the sweep ends with the bytes of a plain run, and a job that cannot succeed is not requeued.
# MpiDefault is none, as on many clusters. Some minutes; needs slurmctld, slurmd, slurm-client, slurm-wlm-basic-plugins, munge.
# usage: trial.sh PROGRAM SOURCE_FOLDER
set -u
program=$(realpath "$1")
source=$(realpath "$2")
folder=$(mktemp -d /tmp/slurm-trial-XXXXXX)
cd "$folder" || exit 1
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_mpi_yield_when_idle=1
unset SLURM_MPI_TYPE HOMEWARD HOMEWARD_HOME HOMEWARD_LAUNCH
export PATH=$PATH:/usr/sbin

# --- a Slurm of our own ---------------------------------------------------------------------------------------

stop_slurm() {
    local name
    scancel --quiet --user="$(id -un)" 2>/dev/null
    for name in slurmd slurmctld munged; do
        [ ! -e "$folder/$name.pid" ] || kill "$(cat "$folder/$name.pid")" 2>/dev/null
    done
    sleep 1
}

end() {
    local status=$?
    stop_slurm
    [ "$status" = 0 ] || tail -n 20 "$folder"/*.out "$folder"/slurm*.log
    rm -rf -- "$folder"
    exit "$status"
}
trap end EXIT

start_slurm() {
    local port=$((20000 + RANDOM % 20000))
    mkdir -p state spool
    (umask 077 && head -c 1024 /dev/urandom >munge.key)
    # munged wants folders above its socket that others cannot write to.
    munged --force --key-file="$folder/munge.key" --socket="$folder/munge.socket" --pid-file="$folder/munged.pid" \
        --log-file="$folder/munged.log" --seed-file="$folder/munge.seed" || return 1
    cat >slurm.conf <<E2
ClusterName=trial
SlurmctldHost=localhost(127.0.0.1)
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
SlurmctldPort=$port
SlurmdPort=$((port + 1))
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
AuthType=auth/munge
CredType=cred/munge
# A requeued job waits for as long as a credential holds: two minutes, if nothing is said.
AuthInfo=socket=$folder/munge.socket,cred_expire=5
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SwitchType=switch/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
SlurmdParameters=config_overrides
ReturnToService=2
KillWait=5
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
NodeName=trial NodeHostname=localhost NodeAddr=127.0.0.1 CPUs=8 RealMemory=4000 State=UNKNOWN
PartitionName=trial Nodes=trial Default=YES MaxTime=INFINITE State=UP
E2
    export SLURM_CONF=$folder/slurm.conf
    slurmctld -f "$SLURM_CONF" || return 1
    sleep 1
    slurmd -f "$SLURM_CONF" -N trial || return 1
    for _ in $(seq 30); do
        [ "$(sinfo -h -o %T 2>/dev/null)" != idle ] || return 0
        sleep 1
    done
    return 1
}

# --- jobs -----------------------------------------------------------------------------------------------------

failures=0
law() { # WORDS COMMAND...
    local words=$1
    shift
    if "$@"; then
        echo "ok: $words"
    else
        echo "NOT OK: $words"
        failures=$((failures + 1))
    fi
}

submit() { # SBATCH ARGUMENTS...; prints the number of the job
    sbatch --parsable --output="$folder/job-%j.out" "$@"
}

fact() { # JOB NAME
    scontrol show job -o "$1" | head -n 1 | grep -o "\b$2=[^ ]*" | cut -d= -f2
}

ended() { # JOB: waits for it, not for ever
    for _ in $(seq 240); do
        case $(fact "$1" JobState) in
        COMPLETED | FAILED | CANCELLED | TIMEOUT | OUT_OF_MEMORY | NODE_FAIL) return 0 ;;
        esac
        sleep 1
    done
    echo "job $1 does not end: $(scontrol show job -o "$1")"
    return 1
}

ends_as() { # JOB STATE [RESTARTS]
    ended "$1" && [ "$(fact "$1" JobState)" = "$2" ] && { [ -z "${3:-}" ] || [ "$(fact "$1" Restarts)" = "$3" ]; } && return 0
    echo "job $1: $(fact "$1" JobState), restarts $(fact "$1" Restarts), exit code $(fact "$1" ExitCode)"
    cat "$folder/job-$1.out"
    return 1
}

works() { # DIR: waits until its journals grow
    local before
    before=$(cat "$1"/journal-* 2>/dev/null | wc -c)
    for _ in $(seq 300); do
        [ "$(cat "$1"/journal-* 2>/dev/null | wc -c)" -le $((before + 1000)) ] || return 0
        sleep 0.1
    done
    echo "$1 does not begin"
    return 1
}

same() { # DIR REFERENCE
    cmp "$1/sweep.h5" "$2/sweep.h5"
}

design() { # NAME POINTS REPLICATIONS
    cat >"$1.yaml" <<E2
name: $1
scenario: $source/scenarios/quick.yaml
design: {latin_hypercube: {points: $2}}
replications: $3
seed: $2
factors:
  undiscovered: {path: districts.Zangilan.undiscovered}
  rule: {path: planning.rule, levels: [worst_first, nearest_release]}
E2
}

start_slurm || { echo "NOT OK: Slurm starts"; exit 1; }
for name in one two three four; do
    design "$name" 4 $((20 + ${#name}))
done
design long 60 400
for name in one two three four long; do
    "$program" sweep "$name.yaml" -o "plain/$name" -q 2>/dev/null || mkdir -p plain
    [ -e "plain/$name/sweep.h5" ] || "$program" sweep "$name.yaml" -o "plain/$name" -q || exit 1
done

# A tree as it is after a build, that a careless hand will change.
mkdir -p tree/build/release
cp "$program" tree/build/release/homeward
cp -r "$source/scenarios" tree/
export HOMEWARD_HOME=$folder/tree
one_job=$folder/tree/scenarios/slurm/one-job.sh
array=$folder/tree/scenarios/slurm/array.sh
few=(--ntasks=2)

# The time limit takes its minute: it goes on beside the others.
design limit 300 1000
limit=$(submit "${few[@]}" --time=1 --signal=B:TERM@20 --nice=1000 "$one_job" limit.yaml limit)

job=$(submit "${few[@]}" "$one_job" one.yaml one)
law "one job, MpiDefault=none, asks for no more memory than there is" ends_as "$job" COMPLETED 0
law "  same bytes as a plain run" same one plain/one

HOMEWARD_LAUNCH=mpirun submit "${few[@]}" "$one_job" two.yaml by-mpirun >number
law "one job by mpirun" ends_as "$(cat number)" COMPLETED 0
law "  same bytes" same by-mpirun plain/two

# The array counts its designs; tasks of any number share all of them.
sbatch_options="--ntasks=2 --output=$folder/job-%A-%a.out"
job=$(HOMEWARD_SBATCH="$sbatch_options --parsable" bash "$array" array one.yaml two.yaml three.yaml four.yaml)
fewer=$(submit "${few[@]}" --array=0-1 "$array" fewer one.yaml two.yaml three.yaml four.yaml)
wait_array() {
    for _ in $(seq 240); do
        squeue -h -r -j "$1" 2>/dev/null | grep -q . || return 0
        sleep 1
    done
    return 1
}
law "an array of four designs ends" wait_array "$job"
law "an array of two tasks for four designs ends" wait_array "$fewer"
for name in one two three four; do
    law "  $name: same bytes from both" eval "same array/$name plain/$name && same fewer/$name plain/$name"
done

job=$(submit "${few[@]}" "$one_job" long.yaml warned)
law "a job works" works warned
scancel --batch --signal=TERM "$job"
law "warned before its time is over, it is requeued and ends" ends_as "$job" COMPLETED 1
law "  same bytes" same warned plain/long

job=$(submit "${few[@]}" "$one_job" long.yaml killed)
law "a job works" works killed
kill -KILL "$(pgrep -f "$folder/killed.job/homeward sweep|killed.job/homeward sweep long.yaml -o killed" | tail -n 1)"
law "a rank killed: requeued, and ends" ends_as "$job" COMPLETED 1
law "  same bytes" same killed plain/long

job=$(submit "${few[@]}" "$one_job" long.yaml cancelled)
law "a job works" works cancelled
scancel "$job"
law "cancelled: it stays so" ends_as "$job" CANCELLED 0
sleep 10
law "  and is not requeued later" ends_as "$job" CANCELLED 0
law "  and is not finished" [ ! -e cancelled/sweep.h5 ]
job=$(submit "${few[@]}" "$one_job" long.yaml cancelled)
law "  submitted again it goes on" ends_as "$job" COMPLETED 0
law "  same bytes" same cancelled plain/long

job=$(submit "${few[@]}" "$one_job" long.yaml rebuilt)
law "a job works" works rebuilt
printf '#!/bin/sh\nexit 1\n' >tree/build/release/new && chmod +x tree/build/release/new && mv tree/build/release/new tree/build/release/homeward
printf 'exit 1\n' >tree/scenarios/slurm/until-done.sh
scancel --batch --signal=TERM "$job"
law "the tree is rebuilt meanwhile: requeued, and ends" ends_as "$job" COMPLETED 1
law "  same bytes" same rebuilt plain/long
cp "$program" tree/build/release/homeward
cp "$source/scenarios/slurm/until-done.sh" tree/scenarios/slurm/

sed 's/replications/repetitions/' one.yaml >wrong.yaml
job=$(submit "${few[@]}" "$one_job" wrong.yaml wrong)
law "wrong input: failed, never requeued" ends_as "$job" FAILED 0
law "  exit code 2" [ "$(fact "$job" ExitCode)" = 2:0 ]
law "  in words" grep -q "unknown key 'repetitions'" "job-$job.out"

printf '#!/bin/sh\n[ "$1" = status ] && echo "{\\"finished\\": 7}" && exit 0\nkill -KILL $$\n' >hopeless
chmod +x hopeless
HOMEWARD=$folder/hopeless submit "${few[@]}" "$one_job" one.yaml hopeless-sweep >number
law "what brings nothing is not requeued for ever" ends_as "$(cat number)" FAILED 1
law "  and says so" grep -q 'two starts in a row brought no new replication' "job-$(cat number).out"

srun --ntasks=2 "$program" run "$source/scenarios/quick.yaml" -n 4 -o apart.h5 >apart.out 2>&1
law "two tasks that MPI does not bring together refuse, and name the cure" grep -q 'srun --mpi=pmix' apart.out
law "  once" [ "$(grep -c 'srun has started 2 tasks' apart.out)" = 1 ]
law "  and write nothing" [ ! -e apart.h5 ]
law "one task needs no PMIx" srun --ntasks=1 "$program" run "$source/scenarios/quick.yaml" -q -n 4 -o alone.h5
law "two tasks with PMIx share the work" srun --mpi=pmix --ntasks=2 "$program" run "$source/scenarios/quick.yaml" -q -n 4 -o pair.h5
law "  same bytes" cmp alone.h5 pair.h5

law "past its time limit a job is requeued and goes on" eval 'for _ in $(seq 120); do [ "$(fact "$limit" Restarts)" -lt 1 ] || break; sleep 1; done; [ "$(fact "$limit" Restarts)" -ge 1 ]'
law "  stopped in time, not by force" grep -q 'exit code 75 with .* requeued' "job-$limit.out"
scancel "$limit"

echo "$failures failures in $SECONDS s"
[ "$failures" = 0 ]
