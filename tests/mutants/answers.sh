#!/usr/bin/env bash
# Asks the program many questions and leaves its answers as files, to see whether a change of the code changes any answer. No test: it
# knows nothing of what is right. usage: answers.sh PROGRAM SOURCE_FOLDER FOLDER_FOR_ANSWERS
program=$1 scenarios=$2/scenarios
cd "$3" || exit 1
hw() { # NAME ARGUMENTS...
    local name=$1
    shift
    "$program" "$@" >"$name.out" 2>"$name.err"
    echo "$?" >>"$name.out"
}
cat >more.yaml <<E2
include: [$scenarios/quick.yaml]
name: More
assets:
  More: {operator: ANAMA, method: battle_area, teams: 3, on: 2022-01-01, source: test}
E2
cat >grid.yaml <<E2
name: Grid
scenario: $scenarios/quick.yaml
design: {grid: {steps: 3}}
replications: 16
keep: outcomes
factors:
  rule: {path: planning.rule, levels: [worst_first, nearest_release]}
  survey: {path: methods.non_technical_survey.rate, range: [5 ha/day, 12 ha/day]}
outputs:
  release: {of: place_release_day}
  victims: {at: [last, sum]}
by: [2024-12-31]
E2
sed 's/^name: .*/name: Sobol/; s/grid: {steps: 3}/sobol: {rows: 8}/; s/^  rule: .*/  undiscovered: {path: districts.Zangilan.undiscovered}/' grid.yaml >sobol.yaml
sed 's/sobol: {rows: 8}/morris: {trajectories: 3}/; s/^name: .*/name: Morris/' sobol.yaml >morris.yaml
sed 's/nearest_release/nearest_realise/; s/5 ha/5 hours/' grid.yaml >wrong.yaml
hw run run "$scenarios/quick.yaml" -n 60 -q --no-page -o quick.h5
hw more run more.yaml -n 60 -q --no-page -o more.h5
hw great run "$scenarios/great-return.yaml" -n 2 -q --no-page -o great.h5
for lever in accident-sharing competition expertise-export external-qc survey-first tension victim-aid-only; do
    hw "$lever" run "$scenarios/great-return.yaml" --set "levers.${lever//-/_}.on=2022-01-01" -n 1 -q --no-page --horizon 2026-12-31 -o "$lever.h5"
done
for result in quick great; do
    hw "$result-summary" summary "$result.h5" --by 2024-06-30
    hw "$result-json" summary "$result.h5" --json --by 2026-06-30
done
hw explain explain quick.h5 --place Aghali --json
hw compare compare quick.h5 more.h5 --no-page --by 2024-12-31
hw compare-json compare quick.h5 more.h5 quick.h5 --json
mkdir levers && sed "s/^name: .*/name: A lever/" more.yaml >levers/teams.yaml && echo "planning: {rule: worst_first}" >levers/order.yaml
hw levers levers "$scenarios/quick.yaml" --levers levers -n 20 -q --json
hw export export quick.h5 --csv imas --geojson quick.geojson
for design in grid sobol morris; do
    hw "$design" sweep "$design.yaml" -q -o "$design"
    hw "$design-summary" summary "$design/sweep.h5" --json
    hw "$design-sensitivity" sensitivity "$design/sweep.h5" --json
    rm -rf "$design"/log-* "$design"/journal-*
done
hw sweep-compare compare grid/sweep.h5 --no-page
hw sweep-compare-json compare grid/sweep.h5 --json
hw wrong sweep wrong.yaml --dry-run
hw check check "$scenarios/great-return.yaml"
sed 's/include: \[\(.*\)\]/include: [\1]\nplanning: {rule: best, crowding: 3 days}\nhorizn: 2030-01-01/' more.yaml >wrong-scenario.yaml
hw check-wrong check wrong-scenario.yaml
hw schema schema
hw list list levers
