#!/usr/bin/env bash
# Laws of an installed Homeward: `cmake --install` puts down all that runs and explains; it works from any folder, wherever it is
# moved to. usage: install.sh PROGRAM SOURCE_FOLDER
set -euo pipefail
build=$(dirname -- "$(realpath "$1")")
source_dir=$(realpath "$2")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
passed=0

law() { # WORDS COMMAND...: the command must succeed
    local words=$1
    shift
    "$@" >out 2>err || { printf 'FAILED: %s\n' "$words"; cat out err; exit 1; } >&2
    passed=$((passed + 1))
}

law 'it installs into any prefix' cmake --install "$build" --prefix "$scratch/first"
mv first 'moved here'
home="$scratch/moved here"
program=$home/bin/homeward

law 'a shipped scenario runs' "$program" run "$home/share/homeward/scenarios/quick.yaml" -n 3 -q -o quick.h5
law 'and its result is read' "$program" summary quick.h5
if [ -s quick.html ]; then # a program with pages
    rm quick.html
    law 'as a page too' "$program" report quick.h5
fi
law 'programs and scripts of the bench come with it' \
    test -x "$home/libexec/homeward/homeward_allocations" -a -r "$home/share/homeward/analysis/bench/peers/mm1_simpy.py"
law 'and help' "$program" bench --help
commands=$("$program" --help | sed -n '/^  homeward/q; s/^  \([a-z][a-z]*\) .*/\1/p')
for command in $commands; do
    law "$command says what its exit codes mean" bash -c '"$0" "$1" --help | grep "^exit codes: 0 "' "$program" "$command"
done

# The bench names what it measures first: the scenario, found without a path of the source.
finds_its_files() {
    "$program" bench --quick >bench.out 2>&1 &
    local bench=$!
    for ((i = 0; i < 300; i++)); do
        [ ! -s bench.out ] || break
        sleep 0.1
    done
    kill -KILL "$bench"
    wait "$bench" 2>/dev/null || true
    head -n 1 bench.out
    head -n 1 bench.out | grep -F "scenario: $home/bin/../share/homeward/scenarios/great-return.yaml"
}
law 'the bench finds its scenario' finds_its_files

manual="$home/share/man/man1/homeward.1"
law 'there is a manual page' test -s "$manual"
for command in $commands; do
    law "with a part for $command" grep -qix "\.SH \"HOMEWARD $command\"" "$manual"
done
if command -v man >/dev/null; then
    law 'which man can show' bash -c 'man --warnings -l "$0" >page 2>complaints && [ ! -s complaints ]' "$manual"
    law 'with all that the help says' grep -q -- '--ranks-per-world' page
fi
if command -v mandoc >/dev/null; then
    law 'in good order' mandoc -T lint -W error "$manual"
fi

offered() { # WORDS...; what bash offers for the last of them
    # shellcheck disable=SC2016
    bash -c '. "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _homeward; printf "%s\n" "${COMPREPLY[@]}"' \
        "$home/share/bash-completion/completions/homeward" "$program" "$@"
}
offers() { # WHAT WORDS...
    offered "${@:2}" | sort | tr '\n' ' '
    [ "$(offered "${@:2}" | sort | tr '\n' ' ')" = "$1" ]
}
law 'bash completes commands' offers 'schema sensitivity status summary sweep ' s
law 'and options' offers '--replace --replications ' run --rep
cp "$home/share/homeward/scenarios/quick.yaml" 'my plan.yaml'
touch 'my notes.txt'
law 'and scenario files' offers 'my plan.yaml ' run my
law 'and results' offers 'quick.h5 ' summary qui

links() { # every file that an installed text points to is installed
    local text target broken=0
    while IFS= read -r text; do
        while IFS= read -r target; do
            [ -e "$(dirname "$text")/$target" ] || { echo "$text: $target"; broken=1; }
        done < <(grep -o ']([^)#]*' "$text" | sed 's/^](//; /^http/d; /^$/d')
    done < <(find "$home/share/homeward" -name '*.md')
    return "$broken"
}
law 'no link between installed texts is broken' links
law 'scripts of jobs find the program' test "$home/share/homeward/scenarios/slurm/../../../../bin/homeward" -ef "$program"
echo "install: $passed laws hold"
