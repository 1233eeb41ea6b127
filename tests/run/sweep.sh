#!/usr/bin/env bash
# Laws of sweeps over several ranks. usage: sweep.sh PATH-OF-driver_sweep
set -u
driver=$(realpath "$1")
. "$(dirname -- "$(realpath "$0")")/../laws.sh"

ranks() { # ranks N ARGUMENT...
    local number=$1
    shift
    timeout -k 5 120 mpirun --oversubscribe -np "$number" "$driver" "$@"
}
same() {
    cmp "$1/sweep.h5" "$2/sweep.h5"
}
journal_bytes() {
    cat "$1"/journal-* 2>/dev/null | wc -c
}
await_work() { # await_work DIR BYTES
    for _ in $(seq 400); do
        [ "$(journal_bytes "$1")" -ge "$2" ] && return
        sleep 0.02
    done
}

# --- The same bytes, however many did the work; some replications fail, one point is impossible.
question=(-f 9 -b 5)
"$driver" -o alone "${question[@]}" >alone.txt
law "a sweep without mpirun gives a result" test -s alone/sweep.h5
law "failed replications and impossible points are counted" says alone.txt "failed=55 problems=1 damaged=0 complete=1"
for number in 1 2 3 5 8; do
    ranks "$number" -o "by$number" "${question[@]}" >/dev/null
    law "$number ranks give the same bytes as one process" same alone "by$number"
done
ranks 8 -o few8 -P 1 -n 20 >/dev/null
"$driver" -o few1 -P 1 -n 20 >/dev/null
law "more ranks than work neither hang nor change a byte" same few1 few8
"$driver" -o kept1 -K "${question[@]}" >/dev/null
ranks 3 -o kept3 -K "${question[@]}" >/dev/null
law "kept outcomes are the same bytes on three ranks" same kept1 kept3
"$driver" -o other -s 8 "${question[@]}" >/dev/null
law "another seed gives other bytes" bash -c '! cmp -s alone/sweep.h5 other/sweep.h5'
law "every batch leaves a line of JSON" python3 -c '
import glob, json
lines = [json.loads(l) for f in glob.glob("by3/log-*.jsonl") for l in open(f)]
assert sum(l["replications"] for l in lines) == 12 * 50, lines
assert {"time", "rank", "first_point", "seconds", "events"} <= lines[0].keys()'

# --- A folder is not used for two things.
"$driver" -o alone "${question[@]}" >/dev/null 2>words.txt
law "a second run without --resume is refused" test $? = 2
law "a second run without --resume is told how" says words.txt "alone holds this sweep already: --resume goes on with it"
"$driver" -o alone "${question[@]}" -d other -r >/dev/null 2>words.txt
law "another sweep is refused" test $? = 2
law "another sweep is told why" says words.txt "alone holds another sweep"
cp -r alone again
"$driver" -o again "${question[@]}" -r >again.txt
law "a finished sweep has nothing left to do" says again.txt "finished=600 found=600"
law "a finished sweep run again is the same" same alone again
"$driver" -o busy -p 0.02 -P 4 >/dev/null &
await_work busy 60
"$driver" -o busy -p 0.02 -P 4 -r >/dev/null 2>words.txt
law "a folder in use is refused" test $? = 4
law "a folder in use is told so" says words.txt "is in use by another run with the same output"
wait

# --- Damage: a torn end is cut, a flipped byte costs its record only.
cp -r by2 torn && rm torn/sweep.h5
# A rank that got no work on a busy computer has a journal without records.
longest=$(ls -S torn/journal-* | head -n 1)
truncate -s $(($(stat -c %s "$longest") - 50)) "$longest"
ranks 3 -o torn "${question[@]}" -r >torn.txt
law "a torn end loses one record" says torn.txt "damaged=0 complete=1"
law "a torn end is done again" bash -c "! grep -q found=600 torn.txt"
law "a torn sweep ends with the bytes of an undisturbed one" same alone torn
for place in 150 300 1000; do
    rm -rf flipped && cp -r alone flipped && rm flipped/sweep.h5
    python3 - flipped/journal-0 "$place" <<'PY'
import sys
with open(sys.argv[1], 'r+b') as f:
    f.seek(int(sys.argv[2])); b = f.read(1)
    f.seek(int(sys.argv[2])); f.write(bytes([b[0] ^ 0x10]))
PY
    ranks 2 -o flipped "${question[@]}" -r >flipped.txt 2>words.txt
    law "a flipped byte at $place costs one record" bash -c "grep -qE 'found=(550|584) .* damaged=1 ' flipped.txt || { cat flipped.txt; false; }"
    law "a flipped byte at $place is told" says words.txt "1 damaged record in flipped/journal-*: what they held is done again"
    law "a flipped byte at $place leaves no trace in the result" same alone flipped
done

# --- What was answered before is not done again.
"$driver" -o half -P 6 >/dev/null
"$driver" -o all >/dev/null
"$driver" -o reusing -R half >reused.txt
law "points of another sweep are taken over" says reused.txt "reused=300 whole=6"
law "a sweep that reuses has the bytes of one that does not" same all reusing
"$driver" -o keeping -K -n 30 >/dev/null
"$driver" -o longer -R keeping >reused.txt
law "single replications are taken over too" says reused.txt "reused=360 whole=0"
law "a sweep that reuses replications has the bytes of one that does not" same all longer
"$driver" -o lost -R nowhere >/dev/null 2>words.txt
law "nothing to reuse is an error" test $? = 2

# --- To precision: all points have the same number of replications, enough for each of them.
precise=(-P 3 -n 5000 -u 0.06)
"$driver" -o until1 "${precise[@]}" >until.txt
law "a sweep to precision stops at 100, 200, 400, ... replications of each point" grep -qE '^finished=(300|600|1200|2400) ' until.txt
"$driver" -o before -P 3 -n "$(($(sed 's/finished=\([0-9]*\).*/\1/' until.txt) / 6))" -u 0.06 >/dev/null
law "a sweep to precision goes on for as long as it must, and no longer" /usr/bin/python3 -c '
import h5py
until, before = (h5py.File(folder + "/sweep.h5")["release_by_error"][:, 0, 1].max() for folder in ("until1", "before"))
assert until <= 0.06 < before, (until, before)'
ranks 3 -o until3 "${precise[@]}" -S 0.2 -p 0.001 >/dev/null 2>&1
ranks 2 -o until3 "${precise[@]}" -r >/dev/null
law "a sweep to precision that was stopped and goes on has the bytes of an undisturbed one" same until1 until3

# --- In time.
slow=(-P 10 -p 0.01)
"$driver" -o whole -P 10 >/dev/null
ranks 2 -o timed "${slow[@]}" -S 0.6 >/dev/null 2>words.txt
law "a time limit ends with exit code 75" test $? = 75
law "a time limit says how to go on" says words.txt "run the same command again with --resume"
law "a time limit keeps what is finished" test "$(journal_bytes timed)" -gt 1000
ranks 3 -o timed -P 10 -r >timed.txt
law "after a time limit nothing finished is done again" bash -c "! grep -q ' found=0 ' timed.txt"
law "after a time limit the result is that of an undisturbed run" same whole timed
"$driver" -o termed "${slow[@]}" >/dev/null 2>&1 &
await_work termed 2000
kill -TERM $!
wait $!
law "SIGTERM ends with exit code 75" test $? = 75
ranks 2 -o termed -P 10 -r >/dev/null
law "after SIGTERM the result is that of an undisturbed run" same whole termed
"$driver" -o inted "${slow[@]}" >/dev/null 2>&1 &
await_work inted 2000
kill -INT $!
wait $!
law "Ctrl-C ends with exit code 130" test $? = 130

# --- A disk that is full: a limit on the size of files always works; a small file system where one can be mounted.
filling=(-K -P 400 -n 100) # 1.4 MB
"$driver" -o room "${filling[@]}" >/dev/null
"$driver" -o full "${filling[@]}" -F 500000 >/dev/null 2>words.txt
law "a file size limit ends with exit code 4" test $? = 4
law "a file size limit is called by its name" says words.txt "File too large writing full/journal-0"
law "a file size limit keeps what is finished" says words.txt "finished work is kept in full/journal-*; free space and run the same command again with --resume"
"$driver" -o full "${filling[@]}" -r >full.txt
law "without the limit nothing finished is done again" bash -c "! grep -q ' found=0 ' full.txt"
law "without the limit the result is that of a large disk" same room full
mkdir disk
if [ "$(id -u)" = 0 ] && mount -t tmpfs -o size=400k tmpfs disk 2>/dev/null; then
    ranks 2 -o disk/full "${filling[@]}" >/dev/null 2>words.txt
    law "a disk that is too small ends with exit code 4" test $? = 4
    law "a disk that is too small is told before anything is computed" says words.txt "40000 replications need"
    ranks 2 -a -o disk/full "${filling[@]}" >/dev/null 2>words.txt
    law "a full disk ends with exit code 4" test $? = 4
    law "a full disk is called by its name" says words.txt "No space left on device writing disk/full/"
    mount -o remount,size=20m disk
    ranks 3 -o disk/full "${filling[@]}" -r >/dev/null
    law "with room again the result is that of a large disk" same room disk/full
    mount -o remount,ro disk
    "$driver" -o disk/unwritable >/dev/null 2>words.txt
    law "a read-only disk ends with exit code 4" test $? = 4
    law "a read-only disk is named at once" says words.txt "cannot make the folder disk/unwritable: Read-only file system"
    "$driver" -o disk/full "${filling[@]}" -r >/dev/null 2>words.txt
    law "a sweep on a read-only disk ends with exit code 4" test $? = 4
    umount disk
elif [ "$(id -u)" != 0 ]; then
    chmod a-w disk
    "$driver" -o disk/unwritable >/dev/null 2>words.txt
    law "a folder that cannot be written ends with exit code 4" test $? = 4
    law "a folder that cannot be written is named at once" says words.txt "cannot make the folder disk/unwritable: Permission denied"
else
    echo "no mount possible here: the small and the read-only disk are left out"
fi

echo "$failures laws broken"
exit $((failures > 0))
