#!/usr/bin/env bash
# Every mistake ends with its exit code and a message that says what to do. Arguments: the program, the source folder.
set -u
program=$1 source=$2
quick="$source/scenarios/quick.yaml"
. "$(dirname -- "$(realpath "$0")")/../laws.sh"

expect() { # expect CODE TEXT ARGUMENT...: exit code and what standard error or output must say
    local code=$1 text=$2 got
    shift 2
    "$program" "$@" >out.txt 2>err.txt
    got=$?
    if [ "$got" -ne "$code" ] || ! cat out.txt err.txt | grep -qF -- "$text"; then
        echo "NOT OK: homeward $* ended with $got (expected $code) and must say '$text':"
        cat out.txt err.txt
        failures=$((failures + 1))
    fi
}

"$program" run "$quick" -n 4 -q -o good.h5 || exit 1
head -c 4000 good.h5 >cut.h5
printf 'not HDF5' >foreign.h5
printf 'name: x\nplacs: {}\n' >wrong.yaml

# Commands and options
expect 2 "did you mean 'summary'?" sumary good.h5
expect 2 "homeward --help lists them" qqqqqq
expect 2 "usage: homeward COMMAND"
expect 2 "did you mean '--seed'?" run "$quick" --sead 3
expect 2 "run wants FILE" run
expect 2 "whole number from 1 on, not '0'" run "$quick" -n 0
expect 2 "explain wants a place" explain good.h5
expect 0 "homeward run scenarios/quick.yaml" --help
expect 0 "homeward 0." --version
for command in run summary explain compare levers check schema; do
    expect 0 "examples:" "$command" --help
    expect 0 "usage: homeward $command" help "$command"
done

# Scenario files
expect 2 "nowhere.yaml" run nowhere.yaml
expect 2 "wrong.yaml:2:" run wrong.yaml
expect 2 "did you mean 'places'?" check wrong.yaml
expect 0 "is right" check "$quick"
expect 0 "values are assumed" check --assumptions "$quick"
expect 2 "horizn" run "$quick" --set horizn=2030-01-01
expect 2 "--set wants PATH=VALUE" run "$quick" --set horizon
expect 2 "wants 'p(PLACE by DATE)" run "$quick" --until 'p(Agdam) 3'
expect 2 "no place or district 'Nowhere at all'" run "$quick" --until 'p(Nowhere at all by 2022-01-01) +- 0.1'
expect 0 "horizon" schema horizon
expect 2 "horizn" schema horizn

# Result files
expect 4 "nowhere.h5" summary nowhere.h5
expect 4 "is not a result file of Homeward" summary foreign.h5
expect 4 "cut.h5" summary cut.h5
expect 4 "cut.h5" explain cut.h5 --place x
expect 2 "no place or district" summary good.h5 --place qqqqqq
expect 2 "is outside of what was simulated" summary good.h5 --by 1999-01-01
expect 4 "cannot make the folder" summary good.h5 --csv /dev/null/tables
expect 4 "/dev/null/r.h5" run "$quick" -n 2 -q -o /dev/null/r.h5
if [ -c /dev/full ]; then
    "$program" summary good.h5 --json >/dev/full 2>err.txt
    [ $? -eq 4 ] || { echo "NOT OK: a full disk went unnoticed"; failures=$((failures + 1)); }
fi

# Usual places: results/<scenario>.h5 in the current folder, summary printed at the end
expect 0 "Release of places" run "$quick" -n 4
law "the usual output is named after the scenario" test -s results/quick.h5
law "a scenario with settings runs" "$program" run "$quick" -n 2 -q --no-page --set planning.rule=worst_first --set planning.crowding=2
law "what was set is in the usual name" test -s "results/quick+planning.rule=worst_first+planning.crowding=2.h5"
expect 0 "(planning.rule=worst_first, planning.crowding=2)" summary "results/quick+planning.rule=worst_first+planning.crowding=2.h5"
law "so does one with a setting of blanks" "$program" run "$quick" -n 2 -q --no-page --set 'streams.State mine action budget.condition=treaty'
law "what is no good name for a file is there as a digest" bash -c 'ls results | grep -qxE "quick\+[0-9a-f]{12}\.h5"'

exit $((failures > 0))
