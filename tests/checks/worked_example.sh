#!/usr/bin/env bash
# Law: who adds a priority rule, a kind of team, a table and a command exactly as the contributors' page says has a program that compiles
# without a warning and knows them all.
# Arguments: the program with the additions (by_the_guide.cmake), the source folder.
set -euo pipefail
program=$1 source=$2
page=$source/analysis/guide/contributor.md tutorial=$source/analysis/guide/tutorial-contributor.md
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
python3 "$source/tests/checks/by_the_guide.py" "$page" "$source" copy >/dev/null

ln -s "$program" homeward
ln -s "$source/scenarios" scenarios
mkdir results
failures=0
says() { # TEXT COMMAND...
    local text=$1
    shift
    if ! "$@" >out.txt 2>&1 || ! grep -qF -- "$text" out.txt; then
        printf 'NOT OK: %s must say "%s":\n' "$*" "$text"
        cat out.txt
        failures=$((failures + 1))
    fi
}

# The page's own commands and those of the tutorial, in their order, with few replications.
while read -r line; do
    [[ $line != *' run '* ]] || line+=' -n 20'
    if ! bash -c "$line" >out.txt 2>&1; then
        printf 'NOT OK: %s\n' "$line"
        cat out.txt
        failures=$((failures + 1))
    fi
done < <(awk '/^```sh with-additions$/ {inside = 1; next} /^```$/ {inside = 0} inside' "$page" "$tutorial")

says 'Ground that most people wait for goes first' ./homeward list rules
says 'planning.rule=people_first' ./homeward summary results/people-first.h5
says 'Rats on leashes.' ./homeward list methods
says 'People living in districts at the horizon' ./homeward summary results/quick.h5
says 'in how many futures every place is released' ./homeward --help
says 'of 20 futures' ./homeward everywhere results/quick.h5
says '  homeward everywhere results/great-return.h5' ./homeward everywhere --help
[ -s tables-with-one-more/district_people_at_the_end.csv ] || {
    echo 'NOT OK: no table district_people_at_the_end.csv'
    failures=$((failures + 1))
}
[ "$failures" -eq 0 ] || exit 1
echo 'a rule, a kind of team, a table and a command, as the page says'
