#!/usr/bin/env bash
# Laws of runs over several ranks. usage: ranks.sh PATH-OF-driver_toy
set -u
driver=$(realpath "$1")
. "$(dirname -- "$(realpath "$0")")/../laws.sh"
mounted=()
leave() {
    for mount in "${mounted[@]}"; do umount "$mount"; done
    rm -rf "$folder"
}
trap leave EXIT

ranks() { # ranks N ARGUMENT...: the toy model on N ranks
    local number=$1
    shift
    timeout -k 5 120 mpirun --oversubscribe -np "$number" "$driver" "$@"
}
journals() { # journals OUTPUT: how many there are
    find . -maxdepth 1 -name "$1.journal-*" | wc -l
}
await_work() { # await_work OUTPUT BYTES: until the journals hold so much
    for _ in $(seq 200); do
        [ "$(cat "$1".journal-* 2>/dev/null | wc -c)" -ge "$2" ] && return
        sleep 0.05
    done
}
no_leftovers() { # no_leftovers OUTPUT
    [ "$(journals "$1")" = 0 ] && [ ! -e "$1.homeward-partial" ]
}

# --- The same bytes, however many did the work. Some replications fail; the large variable needs several blocks.
question=(-n 60 -f 9 -l 5000)
"$driver" -q -o alone.h5 "${question[@]}" >/dev/null
law "a run without mpirun gives a result" test -s alone.h5
for number in 1 2 3 5 8; do
    ranks "$number" -q -o "by$number.h5" "${question[@]}" >/dev/null
    law "$number ranks give the same bytes as one process" cmp alone.h5 "by$number.h5"
    law "$number ranks leave nothing but the result" no_leftovers "by$number.h5"
done
blocks=(-n 70 -l 120000) # 8 records a block: nine blocks from three ranks
"$driver" -q -o blocks1.h5 "${blocks[@]}" >/dev/null
ranks 3 -q -o blocks3.h5 "${blocks[@]}" >/dev/null
law "blocks packed by three ranks give the same bytes as blocks packed by one" cmp blocks1.h5 blocks3.h5
"$driver" -q -o few1.h5 -n 3 >/dev/null
ranks 8 -q -o few8.h5 -n 3 >/dev/null
law "more ranks than replications neither hang nor change a byte" cmp few1.h5 few8.h5
"$driver" -q -o other.h5 "${question[@]}" -s 8 >/dev/null
law "another seed gives other bytes" bash -c '! cmp -s alone.h5 other.h5'

# --- To precision: the same points of decision at any rank count.
"$driver" -q -o until1.h5 -n 5000 -u 0.05 >until1.txt
for number in 2 5; do
    ranks "$number" -q -o "until$number.h5" -n 5000 -u 0.05 >"until$number.txt"
    law "a run to precision stops at the same replication on $number ranks" cmp until1.h5 "until$number.h5"
done
law "a run to precision stops at 100, 200, 400, ... replications" grep -qE '^finished=(100|200|400|800|1600) ' until1.txt

# --- Groups of ranks that simulate one world together: the same bytes, whoever did what.
for groups in "2 2" "4 2" "3 3" "6 3" "8 2" "5 5" "5 1"; do
    read -r number size <<<"$groups"
    ranks "$number" -q -o grouped.h5 "${question[@]}" -g "$size" >grouped.txt 2>idle.txt
    law "$number ranks in groups of $size give the same bytes as one process" cmp alone.h5 grouped.h5
    law "$number ranks in groups of $size leave nothing but the result" no_leftovers grouped.h5
done
ranks 5 -q -o grouped.h5 "${question[@]}" -g 5 >/dev/null 2>idle.txt
law "ranks of a group that are more than a world has parts are told to be idle" says idle.txt \
    "a world of this scenario has 3 parts that ranks can share: 2 of its 5 ranks will have nothing to do"
ranks 4 -q -o grouped.h5 -n 5000 -u 0.05 -g 2 >/dev/null
law "a run to precision stops at the same replication on groups of ranks" cmp until1.h5 grouped.h5
ranks 3 -q -o refused.h5 -g 2 >/dev/null 2>refused.txt
law "ranks that cannot be grouped are refused with exit code 2" test $? = 2
law "ranks that cannot be grouped are told how many it takes" says refused.txt \
    "2 ranks per world do not go into 3 ranks: start a multiple of 2 ranks (mpirun -np N)"
"$driver" -q -o refused.h5 -g 4 >/dev/null 2>refused.txt
law "a group larger than the job is refused with exit code 2" test $? = 2
law "a group larger than the job is refused in words" says refused.txt "4 ranks per world do not go into 1 rank: "
ranks 2 -q -o refused.h5 -g 2 -x >/dev/null 2>refused.txt
law "a model whose worlds cannot be split is refused with exit code 2" test $? = 2
law "a model whose worlds cannot be split is called by its name" says refused.txt \
    "a world of the toy model cannot be spread over several ranks: run it with one rank per world"
law "what is refused leaves nothing" test "$(find . -name 'refused.h5*' | wc -l)" = 0

# --- A rank is killed: the rest of the work is done by the next run, and the answer is that of an undisturbed run.
long=(-n 40 -p 0.02 -l 2000)
"$driver" -q -o whole.h5 "${long[@]}" >/dev/null
ranks 3 -q -o killed.h5 "${long[@]}" -k 30 >/dev/null 2>&1
law "a killed rank leaves no result" test ! -e killed.h5
law "a killed rank leaves the journals" test "$(journals killed.h5)" = 3
# A crash may tear the last record.
truncate -s -100 killed.h5.journal-1
ranks 2 -o killed.h5 "${long[@]}" >/dev/null 2>resumed.txt
law "the next run says what it found" says resumed.txt "resuming: "
law "a killed and resumed run gives the bytes of an undisturbed one" cmp whole.h5 killed.h5
law "a resumed run leaves nothing but the result" no_leftovers killed.h5

rm killed.h5
for victim in k K; do # the rank that leads a group, or one that helps it
    ranks 4 -q -o killed.h5 "${long[@]}" -g 2 "-$victim" 30 >/dev/null 2>&1
    law "a rank killed in a group (-$victim) leaves no result" test ! -e killed.h5
    law "a rank killed in a group (-$victim) leaves the journals of both groups" test "$(journals killed.h5)" = 2
    ranks 3 -o killed.h5 "${long[@]}" -g 3 >/dev/null 2>resumed.txt
    law "other groups find what is finished (-$victim)" says resumed.txt "resuming: "
    law "a killed group, resumed by another (-$victim), gives the bytes of an undisturbed run" cmp whole.h5 killed.h5
    rm -f killed.h5
done

# --- A signal: what is finished is kept, marked incomplete, and not done again.
slow=(-n 40 -p 0.2 -l 2000) # 16 kB a record
"$driver" -q -o stopped.h5 "${slow[@]}" >stopped.txt &
await_work stopped.h5 50000
kill -INT $!
wait $!
law "Ctrl-C ends with exit code 130" test $? = 130
law "Ctrl-C keeps what is finished" says stopped.txt "interrupted=1"
law "an interrupted result is marked incomplete" bash -c "ncdump -h stopped.h5 | grep -q ':complete = 0 ;'"
law "an interrupted run can be resumed" test "$(journals stopped.h5)" = 1
ranks 3 -o stopped.h5 "${long[@]}" >/dev/null 2>resumed.txt
law "after Ctrl-C the next run goes on" says resumed.txt "resuming: "
law "an interrupted and resumed run gives the bytes of an undisturbed one" cmp whole.h5 stopped.h5

mpirun --oversubscribe -np 3 "$driver" -q -o signalled.h5 "${slow[@]}" >/dev/null 2>&1 &
await_work signalled.h5 50000
kill -INT $!
wait $!
law "mpirun ended by Ctrl-C has kept the finished part" bash -c "ncdump -h signalled.h5 | grep -q ':complete = 0 ;'"
ranks 2 -q -o signalled.h5 "${long[@]}" >/dev/null
law "mpirun ended by Ctrl-C and run again gives the bytes of an undisturbed run" cmp whole.h5 signalled.h5

mpirun --oversubscribe -np 4 "$driver" -q -o groups.h5 "${slow[@]}" -g 2 >/dev/null 2>&1 &
await_work groups.h5 50000
kill -INT $!
wait $!
law "groups ended by Ctrl-C have kept the finished part" bash -c "ncdump -h groups.h5 | grep -q ':complete = 0 ;'"
ranks 2 -q -o groups.h5 "${long[@]}" -g 2 >/dev/null
law "groups ended by Ctrl-C and run again give the bytes of an undisturbed run" cmp whole.h5 groups.h5

# --- Work of another scenario is not taken for ours.
ranks 2 -q -o shared.h5 -n 20 -k 15 >/dev/null 2>&1
ranks 2 -q -o shared.h5 -n 20 -d otherdigest >/dev/null 2>replaced.txt
law "journals of another scenario are replaced only after saying so" says replaced.txt "replacing unfinished work of another scenario"
"$driver" -q -o fresh.h5 -n 20 -d otherdigest >/dev/null
law "journals of another scenario leave no trace in the result" cmp fresh.h5 shared.h5

# --- Two runs at the same output do not mix.
"$driver" -q -o busy.h5 -n 20 -p 0.1 >/dev/null &
await_work busy.h5 100
"$driver" -q -o busy.h5 -n 20 -p 0.1 >/dev/null 2>second.txt
law "a second run at the same output is refused" test $? = 4
law "a second run at the same output is told why" says second.txt "is in use by another run"
wait

# --- A full disk. A small file system of our own where we may mount one, else a limit on the size of files.
filling=(-n 40 -l 20000) # 160 kB a record, 6.4 MB in all
"$driver" -q -o room.h5 "${filling[@]}" >/dev/null
mkdir disk
if [ "$(id -u)" = 0 ] && mount -t tmpfs -o size=3m tmpfs disk 2>/dev/null; then
    mounted+=("$folder/disk")
    ranks 2 -q -o disk/full.h5 "${filling[@]}" >/dev/null 2>full.txt
    law "a disk that is too small ends a run with exit code 4" test $? = 4
    law "a disk that is too small is told before anything is computed" says full.txt "40 replications need 6.4"
    law "a run that did not begin leaves nothing behind" test -z "$(ls -A disk)"
    ranks 2 -a -q -o disk/full.h5 "${filling[@]}" >/dev/null 2>full.txt
    law "a full disk ends a run with exit code 4" test $? = 4
    law "a full disk is called by its name" says full.txt "No space left on device writing disk/full.h5.journal-"
    law "a full disk keeps what is finished" says full.txt "finished work is kept in disk/full.h5.journal-*; free space and run the same command again"
    mount -o remount,size=7m disk
    ranks 2 -a -q -o disk/full.h5 "${filling[@]}" >/dev/null 2>full.txt
    law "a disk too full for the result ends with exit code 4" test $? = 4
    law "a disk too full for the result is called by its name" says full.txt "No space left on device writing disk/full.h5.homeward-partial after 40 replications"
    law "a disk too full for the result has no half of it" test ! -e disk/full.h5 -a ! -e disk/full.h5.homeward-partial
    mount -o remount,size=30m disk
    ranks 3 -o disk/full.h5 "${filling[@]}" >/dev/null 2>full.txt
    law "with room again nothing is done twice" says full.txt "resuming: 40 replications found"
    law "with room again the result is that of a large disk" cmp room.h5 disk/full.h5
    mount -o remount,ro disk
    "$driver" -q -o disk/unwritable.h5 >/dev/null 2>unwritable.txt
    law "a folder that cannot be written ends with exit code 4" test $? = 4
    law "a folder that cannot be written is named at once" says unwritable.txt "cannot write disk/unwritable.h5: Read-only file system"
else
    echo "no mount possible: the full disk is a limit on the size of files, the unwritable folder a folder without permission"
    # 5 MB: Open MPI makes files of 4 MB itself, the journal has 6.4.
    (ulimit -f 5000 && "$driver" -q -o disk/full.h5 "${filling[@]}" >/dev/null 2>full.txt)
    law "a file size limit ends a run with exit code 4" test $? = 4
    law "a file size limit is called by its name" says full.txt "File too large writing disk/full.h5.journal-0"
    law "a file size limit keeps what is finished" says full.txt "finished work is kept in disk/full.h5.journal-*; free space and run the same command again"
    ranks 3 -o disk/full.h5 "${filling[@]}" >/dev/null 2>full.txt
    law "without the limit the run goes on" says full.txt "resuming: "
    law "without the limit the result is that of a large disk" cmp room.h5 disk/full.h5
    chmod a-w disk
    if [ "$(id -u)" != 0 ]; then
        "$driver" -q -o disk/unwritable.h5 >/dev/null 2>unwritable.txt
        law "a folder that cannot be written ends with exit code 4" test $? = 4
        law "a folder that cannot be written is named at once" says unwritable.txt "cannot write disk/unwritable.h5: Permission denied"
    fi
fi

# --- Off a terminal progress is plain lines.
ranks 2 -o plain.h5 -n 60 -p 0.2 >/dev/null 2>plain.txt
law "off a terminal progress comes as plain lines" grep -qE '^[0-9]+ of 60 replications, .* events per second, .* left$' plain.txt
law "off a terminal nothing is drawn" bash -c "! grep -q \$'\\r' plain.txt"

echo "$failures laws broken"
exit $((failures > 0))
