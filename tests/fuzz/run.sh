#!/usr/bin/env bash
# Builds the fuzzers (clang, address and undefined-behaviour sanitizers) and lets each run for a time; fails on the first finding.
# usage: run.sh BUILD [SECONDS [TARGET...]]      targets: document scenario journal design import (all)
# What a fuzzer finds lies in BUILD/found; mend the kind, and add the input to tests/fuzz/corpus_<target>: ordinary CI runs it from then on.
set -euo pipefail
here=$(cd "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
build=$(realpath -m "$1")
seconds=${2:-600}
shift $(($# < 2 ? $# : 2))
targets=("$@")
[ "$#" -gt 0 ] || targets=(document scenario journal design import)
declare -A longest=([document]=4096 [scenario]=10000 [journal]=2048 [design]=4096 [import]=6000)

cmake -S "$here/../.." --preset fuzz -B "$build" -D HW_TESTS=ON ${CMAKE_C_COMPILER_LAUNCHER:+-D CMAKE_C_COMPILER_LAUNCHER="$CMAKE_C_COMPILER_LAUNCHER"} >/dev/null
cmake --build "$build" --target fuzzers -- --quiet
export ASAN_OPTIONS=${ASAN_OPTIONS:-}:allocator_may_return_null=1 UBSAN_OPTIONS=print_stacktrace=1
mkdir -p "$build/found"
"$build/tests/fuzz_dictionary" >"$build/scenario.dict"
"$build/tests/fuzz_dictionary" --sweep >"$build/design.dict"

fuzz() { # TARGET
    local grown=$build/corpus_$1 log=$build/$1.log options=()
    mkdir -p "$grown"
    case $1 in
    scenario | design) options=(-dict="$build/$1.dict" -only_ascii=0) ;;
    # The leak checker cannot look through what MPI keeps.
    journal) options=(-detect_leaks=0) && export ASAN_OPTIONS=$ASAN_OPTIONS:detect_leaks=0 ;;
    esac
    echo "$1: $seconds s"
    if ! "$build/tests/fuzz_$1" -max_total_time="$seconds" -max_len="${longest[$1]}" -timeout=30 -rss_limit_mb=3000 -print_final_stats=1 \
        -artifact_prefix="$build/found/$1-" "${options[@]}" "$grown" "$here/corpus_$1" >"$log" 2>&1; then
        grep -aE 'ERROR|SUMMARY|runtime error|Test unit written|libFuzzer' "$log" >&2 || true
        grep -aB 8 -m 1 'deadly signal' "$log" >&2 || true
        echo "$1: a finding, see $log" >&2
        return 1
    fi
    grep -aE '^stat::|^Done' "$log"
}

# As many at a time as there are cores.
failed=0
pids=()
for target in "${targets[@]}"; do
    while [ "$(jobs -rp | wc -l)" -ge "${HW_FUZZ_JOBS:-$(nproc)}" ]; do
        wait -n || failed=1
    done
    fuzz "$target" &
    pids+=($!)
done
for pid in "${pids[@]}"; do
    wait "$pid" || failed=1
done
exit "$failed"
