#!/usr/bin/env bash
# A sweep of the tutorial's scenario through the program: dry run, mistakes, ranks, status, summary, reuse, the designs that
# are shipped, and the result in xarray. usage: sweep.sh PROGRAM SOURCE_FOLDER
set -u
program=$(realpath "$1")
scenarios=$(realpath "$2")/scenarios
. "$(dirname -- "$(realpath "$0")")/../laws.sh"

quietly() { # what the command says on standard output is of no interest here
    "$@" >/dev/null
}
same() {
    cmp "$1/sweep.h5" "$2/sweep.h5"
}

cat >try.yaml <<E2
name: Try
scenario: $scenarios/quick.yaml
design: {latin_hypercube: {points: 6}}
replications: 20
factors:
  undiscovered: {path: districts.Zangilan.undiscovered}
  from: {path: streams.State mine action budget.pledged, range: [2021-01-01, 2021-12-31]}
  rule: {path: planning.rule, levels: [worst_first, nearest_release]}
outputs:
  release: {of: place_release_day}
  victims: {at: [last, sum]}
by: [2024-12-31]
E2
# The tutorial has streams of its own: any date of the scenario will do for a factor that is one.
sed -i 's/^  from:.*/  from: {path: levers.treaty.on, range: [2029-01-01, 2030-12-31]}/' try.yaml

"$program" sweep try.yaml --dry-run >dry.txt 2>&1
law "a dry run succeeds" test $? = 0
law "a dry run says how many points" says dry.txt "latin_hypercube: 6 points, 20 replications each, 120 in all"
law "a dry run says what it costs" grep -q '^core-hours ' dry.txt
law "a dry run says what a million points would take" says dry.txt "with 1,000,000 points of 1,000 replications"
law "a dry run writes nothing" test ! -e results
for design in "$scenarios"/sweeps/*.yaml; do
    law "$(basename "$design") is right" quietly "$program" sweep "$design" --dry-run
done

sed 's/planning.rule/planning.ruel/' try.yaml >wrong.yaml
"$program" sweep wrong.yaml >/dev/null 2>words.txt
law "a mistake ends with exit code 2" test $? = 2
law "a mistake is told where it stands" says words.txt "wrong.yaml:8:16: unknown key 'ruel' in section 'planning'; did you mean 'rule'?"
law "a mistake leaves nothing" test ! -e results
"$program" sweep try.yaml --stop-after 5x >/dev/null 2>words.txt
law "a bad time limit ends with exit code 2" test $? = 2

"$program" sweep try.yaml -q -o alone
law "a sweep succeeds" test $? = 0
timeout 120 mpirun --oversubscribe -np 3 "$program" sweep try.yaml -q -o three
law "three ranks give the same bytes" same alone three
timeout 120 mpirun --oversubscribe -np 4 "$program" sweep try.yaml -q -o pairs --ranks-per-world 2
law "two ranks a world give the same bytes" same alone pairs
timeout 120 mpirun --oversubscribe -np 3 "$program" sweep try.yaml -q -o threes --ranks-per-world 3
law "three ranks a world give the same bytes" same alone threes

# Until a probability is known: rounds of 100, 200, 400, ... replications of every point.
"$program" sweep try.yaml -o known --set replications=800 --until 'p(Aghali by 2027-12-31) ± 0.09' >known.txt 2>&1
law "a sweep runs until a probability is known" says known.txt "The probability asked for is known to"
rounds=$(grep -oE '6 points, [0-9,]+ replications' known.txt | tr -d , | cut -d' ' -f3)
law "it does so in whole rounds of every point" grep -qxE '600|1200|2400' <<<"$rounds"
"$program" sweep try.yaml -q -o counted --set replications=$((rounds / 6))
law "its answer is that of a sweep with so many replications" quietly /usr/bin/python3 - known/sweep.h5 counted/sweep.h5 <<'E3'
import sys, h5py
known, counted = (h5py.File(path) for path in sys.argv[1:])
assert known.attrs["replications"] == counted.attrs["replications"]
assert all((known[name][()].tobytes() == counted[name][()].tobytes()) for name in counted if name.startswith(("release", "victims")))
E3
"$program" sweep try.yaml --until 'p(Agali by 2027-12-31) ± 0.09' >/dev/null 2>words.txt
law "a place that is not there is an error" test $? = 2
law "the nearest place is named" says words.txt "did you mean 'Aghali'?"
"$program" sweep try.yaml --until 'p(Zangilan by 2027-12-31) ± 0.09' >/dev/null 2>words.txt
law "a sweep that keeps no day by which to judge is refused" test $? = 2
law "the output to add is named" says words.txt "district_completion_day"

# Ten points of which none but the values of two are new: another sweep with the same scenarios at some points.
cat >points.csv <<E2
undiscovered,rule
5 %,worst_first
7 %,worst_first
5 %,nearest_release
E2
cat >table.yaml <<E2
name: A table
scenario: $scenarios/quick.yaml
design: {points: {file: points.csv}}
replications: 20
factors: {undiscovered: {path: districts.Zangilan.undiscovered}, rule: {path: planning.rule}}
outputs: {victims: {at: [last, sum]}}
E2
"$program" sweep table.yaml -q -o table
echo '9 %,nearest_release' >>points.csv
"$program" sweep table.yaml -o more --reuse table >more.txt 2>&1
law "what another sweep has answered is taken over and counted" says more.txt "60 replications were answered before and taken over, 3 points whole"
"$program" sweep table.yaml -q -o fresh
law "a sweep that reuses has the bytes of one that does not" same fresh more

"$program" status alone >status.txt
law "status says that it is done" says status.txt "done: alone/sweep.h5"
law "status counts replications and points" says status.txt "120 of 120 replications are on the disk (100.0 %), 6 of 6 points are whole"
law "status is JSON on request" bash -c "'$program' status alone --json | python3 -c 'import json,sys; s = json.load(sys.stdin); assert s[\"share\"] == 1 and s[\"done\"]'"
"$program" status "$folder" >/dev/null 2>words.txt
law "a folder without a sweep is an error" test $? = 2
"$program" summary alone/sweep.h5 >summary.txt
law "summary tells outputs" says summary.txt "release: Aghali"
law "summary tells points" says summary.txt "undiscovered"
"$program" summary alone/sweep.h5 --by 2025-01-01 >/dev/null 2>&1
law "summary refuses what is for one scenario" test $? = 2
head -c 5000 alone/sweep.h5 >cut.h5
"$program" summary cut.h5 >/dev/null 2>&1
law "a truncated sweep is an error" test $? = 4

/usr/bin/python3 - alone/sweep.h5 <<'PY'
import sys, warnings
import numpy as np, xarray
warnings.simplefilter('ignore')
sweep = xarray.open_dataset(sys.argv[1])
assert sweep.sizes['point'] == 6
for name in ('scenario', 'undiscovered', 'from', 'rule'):
    assert name in sweep.coords and sweep[name].dims == ('point',), name
assert set(sweep['rule'].values) == {'worst_first', 'nearest_release'}
assert str(sweep['from'].dtype).startswith('datetime64') and (sweep['from'] >= np.datetime64('2029-01-01')).all()
assert sweep['release_mean'].dims == ('point', 'place')
assert sweep['release_quantile'].dims == ('point', 'place', 'quantile')
assert sweep['release_by'].dims == ('point', 'place', 'by_date')
assert ((sweep['release_by'] >= 0) & (sweep['release_by'] <= 1)).all()
assert (sweep['replications_good'] == 20).all()
assert (sweep['victims_sd'] >= 0).all() and (sweep['victims_mean'].values > 0).all()
# The interval of a mean follows from the standard deviation: t(0.975, 19) = 2.0930.
assert np.allclose(sweep['victims_mean_error'], 2.093024 * sweep['victims_sd'] / np.sqrt(20), rtol=1e-5)
PY
law "xarray reads the result with the factors as coordinates" test $? = 0

echo "$failures laws broken"
exit $((failures > 0))
