#!/usr/bin/env bash
# The land release model gives the same bytes on any number of ranks, on more ranks than replications, and with the
# districts of a world spread over several ranks.
# usage: ranks_model.sh PROGRAM SOURCE_FOLDER
set -u
program=$(realpath "$1")
scenarios=$2/scenarios
. "$(dirname -- "$(realpath "$0")")/../laws.sh"

simulate() { # simulate OUTPUT RANKS[/RANKS PER WORLD] SCENARIO N SEED; 0 ranks: without mpirun
    local output=$1 ranks=${2%/*} group=${2#*/} scenario=$3 replications=$4 seed=$5
    local command=("$program" run "$scenarios/$scenario" -q -n "$replications" -s "$seed" -o "$output")
    [ "${2%/*}" = "$2" ] || command+=(--ranks-per-world "$group")
    if [ "$ranks" -gt 0 ]; then
        command=(timeout -k 5 120 mpirun --oversubscribe -np "$ranks" "${command[@]}")
    fi
    "${command[@]}" >log 2>&1 || { cat log; return 1; }
}
same() { # same SCENARIO N RANKS[/RANKS PER WORLD]...: as without mpirun
    local scenario=$1 replications=$2
    shift 2
    rm -f alone.h5
    law "$scenario runs $replications times" simulate alone.h5 0 "$scenario" "$replications" 7
    for ranks in "$@"; do
        rm -f by.h5
        law "$scenario, $replications replications on $ranks ranks [per world]" simulate by.h5 "$ranks" "$scenario" "$replications" 7
        law "... are the same bytes as without mpirun" cmp alone.h5 by.h5
    done
}
differ() {
    ! cmp -s "$1" "$2"
}

same quick.yaml 60 2 8 2/2 6/3
simulate other.h5 0 quick.yaml 60 8
law "another seed gives other bytes" differ alone.h5 other.h5
same quick.yaml 3 8
same great-return-from-2020.yaml 8 1 2 3 5 8 1/1 2/1 2/2 3/3 6/2 6/3 5/5 8/2
same croatia/croatia.yaml 6 2 5 2/2 6/3
same nationwide-parcels.yaml 2 2 2/2 3/3 4/2

echo "$failures laws broken"
[ "$failures" = 0 ]
