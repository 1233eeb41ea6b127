#!/usr/bin/env bash
# Law: whatever ranks are killed at whatever moments, a resumed sweep ends with the bytes of an undisturbed one.
# usage: sweep_kill.sh PATH-OF-driver_sweep; HW_SWEEP_KILLS kills (20; nightly 100), HW_SWEEP_SEED to repeat a series.
set -u
driver=$(realpath "$1")
kills=${HW_SWEEP_KILLS:-20}
seed=${HW_SWEEP_SEED:-$(date +%s)}
echo "HW_SWEEP_SEED=$seed"
RANDOM=$seed
. "$(dirname -- "$(realpath "$0")")/../laws.sh"
export OMPI_MCA_odls_base_sigkill_timeout=0

question=(-P 30 -n 64 -f 50)
pause=0.002 # 30 x 64 replications of it are four seconds of one rank
"$driver" -o whole "${question[@]}" >/dev/null || exit 1
size=$(stat -c %s whole/journal-0)

# Kills one of the ranks of the job that mpirun $1 started, once the journals have grown by $2 bytes.
kill_one() {
    local before=$2 grow=$3 pids=()
    for _ in $(seq 1000); do
        kill -0 "$1" 2>/dev/null || return 1
        [ "$(cat killed/journal-* 2>/dev/null | wc -c)" -ge $((before + grow)) ] && break
        sleep 0.01
    done
    mapfile -t pids < <(pgrep -P "$1")
    [ "${#pids[@]}" -gt 0 ] || return 1
    kill -KILL "${pids[RANDOM % ${#pids[@]}]}" 2>/dev/null
}

killed=0 finished=0 rounds=0 starts=0 failures=0
while [ "$killed" -lt "$kills" ] && [ "$starts" -lt $((10 * kills)) ]; do
    starts=$((starts + 1))
    before=$(cat killed/journal-* 2>/dev/null | wc -c)
    # Some kills come before the first record, most in the middle of the work.
    mpirun --oversubscribe -np $((1 + RANDOM % 5)) "$driver" -o killed "${question[@]}" -p "$pause" -r >/dev/null 2>&1 &
    job=$!
    kill_one "$job" "$before" $((RANDOM % (size / 6))) && killed=$((killed + 1))
    if wait "$job"; then
        finished=$((finished + 1))
    fi
    if [ -e killed/sweep.h5 ]; then
        cmp whole/sweep.h5 killed/sweep.h5 || failures=$((failures + 1))
        rm -rf killed
        rounds=$((rounds + 1))
    fi
done
mpirun --oversubscribe -np 3 "$driver" -o killed "${question[@]}" -r >/dev/null || failures=$((failures + 1))
cmp whole/sweep.h5 killed/sweep.h5 || failures=$((failures + 1))
echo "$killed kills in $starts starts, $((rounds + 1)) sweeps finished, $finished starts were not disturbed; $failures differences"
[ "$killed" -ge "$kills" ] && [ "$failures" = 0 ]
