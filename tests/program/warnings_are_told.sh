#!/usr/bin/env bash
# A scenario that can be run and is hardly meant so: check says it in full, and whatever simulates says it once, on standard error, before
# it starts, quiet or not. Arguments: the program, the source folder.
set -u
program=$1 source=$2
. "$(dirname -- "$(realpath "$0")")/../laws.sh"
cp -r "$source/scenarios/layers" "$source/scenarios/quick.yaml" .

fail() {
    echo "NOT OK: $*"
    cat out.txt err.txt
    failures=$((failures + 1))
}
# expect COUNT TEXT ARGUMENT...: ends with 0, and standard error has so many warnings, each with its place, and one with this text
expect() {
    local count=$1 text=$2 got
    shift 2
    "$program" "$@" >out.txt 2>err.txt
    got=$?
    [ "$got" -eq 0 ] || fail "homeward $* ended with $got"
    [ "$(grep -cE '^[^ ]+:[0-9]+:[0-9]+: warning: ' err.txt)" -eq "$count" ] || fail "homeward $*: not $count warnings"
    grep -qF -- "$text" err.txt || fail "homeward $* must warn '$text'"
    ! grep -q ': warning: ' out.txt || fail "homeward $* warns on standard output"
}

cat >late.yaml <<'YAML'
include: [quick.yaml]
name: Late
assets:
  Dogs that come too late:
    operator: ANAMA
    method: dogs
    teams: 1
    on: 2031-06-01
YAML
cat >variant.yaml <<'YAML'
include: [late.yaml]
name: Variant
planning: {crowding: 3}
YAML
cat >sweep.yaml <<'YAML'
name: Levels that cannot matter
scenario: late.yaml
replications: 2
design: {grid: {}}
factors:
  until: {path: assets.Dogs that come too late.on, levels: [2021-06-01, 2031-02-01]}
YAML
mkdir levers
printf 'name: Crowded\nplanning: {crowding: 4}\n' >levers/crowded.yaml

late="assets.Dogs that come too late.on: 2031-06-01 is after the horizon, 2030-12-31: it never comes"
expect 1 "late.yaml:8:9: warning: " check late.yaml
grep -q 'late.yaml can be run, with 1 warning: Late' out.txt || fail "the verdict of check does not count its warnings"
expect 1 "$late" check --assumptions late.yaml
expect 1 "$late" run late.yaml -n 2 -o late.h5 --no-page
expect 1 "$late" run late.yaml -n 2 -q -o late.h5 --no-page
expect 1 "$late" compare late.yaml variant.yaml -n 2 --no-page
expect 1 "$late" compare late.yaml variant.yaml -n 2 -q --no-page
expect 1 "$late" levers late.yaml -n 2 -q
expect 1 "late.yaml:8:9: warning: " run late.yaml -n 2 -q -o set.h5 --no-page --set planning.crowding=5
expect 2 "sweep.yaml:6:" sweep sweep.yaml -q -o swept
expect 2 "with a value of factor 'until'" sweep sweep.yaml --dry-run

"$program" check quick.yaml >out.txt 2>err.txt
[ ! -s err.txt ] && grep -q 'quick.yaml is right: ' out.txt || fail "quick.yaml has warnings"

# What nothing reads is told of the user's own file only; once another choice reads it, no more.
printf 'include: quick.yaml\nconditions: {treaty: {response: 80 %%}}\n' >own.yaml
expect 1 "own.yaml:2:33: warning: conditions.treaty is set, and nothing reads it: no streams.*.condition says treaty" check own.yaml
printf 'include: own.yaml\n' >over.yaml
"$program" check over.yaml >out.txt 2>err.txt
[ ! -s err.txt ] || fail "what an included file says is warned of"
"$program" run quick.yaml -n 2 -q -o idle.h5 --no-page --set conditions.treaty.response=0.8 >out.txt 2>err.txt
grep -q '^<command line>:1:1: warning: conditions.treaty is set, and nothing reads it' err.txt || fail "what --set says in vain is not warned of"
"$program" run quick.yaml -n 2 -q -o read.h5 --no-page --set conditions.treaty.response=0.8 \
    --set 'streams.State mine action budget.condition=treaty' >out.txt 2>err.txt
[ ! -s err.txt ] || fail "what a condition reads is warned of"
# Survey and deminers, and nobody who could do the rest: said with the chain of reasons, and nothing of the place is released.
cat >beginner.yaml <<'YAML'
include: [quick.yaml]
name: Beginner
assets:
  Technical survey: {teams: 0}
  Quality control: {teams: 0}
  Battle area: {teams: 0}
  Second battle area: {teams: 0}
YAML
"$program" check beginner.yaml >out.txt 2>err.txt || fail "a scenario with warnings cannot be checked"
grep -q "Aghali can hardly ever be released: its hazard area 'Aghali [a-z]*' needs .* and no team does it ('.*' has no team (teams: 0))" err.txt ||
    fail "the beginner's scenario is not warned of"
grep -q 'beginner.yaml can be run, with [0-9]* warnings: ' out.txt || fail "the beginner's scenario is called right"

# One name of a place and a district.
cat >both.yaml <<'YAML'
include: [quick.yaml]
name: Both
places:
  Zangilan: {district: Zangilan, must_release: [Aghali village]}
YAML
"$program" run both.yaml -n 4 -q -o both.h5 --no-page 2>err.txt || fail "both.yaml does not run"
for command in "summary both.h5" "compare both.h5 both.h5 --no-page" "levers both.yaml -n 2 -q --levers levers"; do
    for name in Zangilan place:Zangilan district:Zangilan place:Nowhere; do
        # shellcheck disable=SC2086
        "$program" $command --place "$name" >out.txt 2>err.txt
        got=$?
        case "$name-$got" in
        Zangilan-2) grep -q "say 'place:Zangilan' or 'district:Zangilan'" err.txt || fail "$command does not say which" ;;
        place:Zangilan-0 | district:Zangilan-0) ;;
        place:Nowhere-2) grep -q "there is no place 'Nowhere'" err.txt || fail "$command: $name" ;;
        *) fail "$command --place $name ended with $got" ;;
        esac
    done
done
"$program" explain both.h5 --place place:Zangilan >out.txt 2>err.txt || fail "explain does not take place:NAME"
"$program" explain both.h5 --place district:Zangilan >out.txt 2>err.txt && fail "explain takes a district"
"$program" run both.yaml -q -n 200 -o until.h5 --no-page --until 'p(Zangilan by 2029-12-31) +- 0.2' >out.txt 2>err.txt && fail "--until does not ask which"
"$program" run both.yaml -q -n 200 -o until.h5 --no-page --until 'p(district:Zangilan by 2029-12-31) +- 0.2' >out.txt 2>err.txt || fail "--until does not take district:NAME"

# Under MPI it is still said once.
if command -v mpirun >/dev/null; then
    mpirun --oversubscribe -np 2 "$program" run late.yaml -n 2 -q -o two.h5 --no-page >out.txt 2>err.txt
    [ "$(grep -c "warning: $late" err.txt)" -eq 1 ] || fail "two ranks do not warn once"
fi

[ "$failures" -eq 0 ] && echo "ok: warnings are told where they are due"
exit "$failures"
