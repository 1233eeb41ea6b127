#!/usr/bin/env bash
# Laws of `homeward bench`: it always has a line for every measure, with figures that can be or with the reason why
# there are none; replications ask for no memory. Nothing here depends on how fast the machine is.
# Arguments: the program, the source folder.
set -euo pipefail

program=$(realpath "$1")
source_dir=$(realpath "$2")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
passed=0

law() { # WORDS COMMAND...: the command must succeed
    local words=$1
    shift
    "$@" || { printf 'FAILED: %s\n' "$words"; cat "$scratch"/out "$scratch"/err; exit 1; } >&2
    passed=$((passed + 1))
}

bench() { # EXPECTED-EXIT-CODE ARGUMENTS...
    local expected=$1 status=0
    shift
    "$program" bench "$@" >out 2>err || status=$?
    [ "$status" = "$expected" ] || { echo "exit code $status, not $expected"; return 1; }
}

says() { # FILE TEXT
    grep -qF -- "$2" "$1"
}

# judge FILE [KEY-WITHOUT-ANSWER...]
judge() {
    /usr/bin/python3 - "$@" <<'PYTHON'
import json, math, sys

keys = """mm1_kernel mm1_by_hand mm1_ratio mm1_differences mm1_mean_wait simpy_kernel simpy_simpy simpy_ratio
simpy_mean_wait scenario_speed scenario_replication scenario_events scenario_thousand scenario_event_cost
profile_begin profile_planning profile_events profile_end events_report events_team events_accident events_find
events_homes events_paid_until events_soldiers events_missed scenario_allocations scenario_memory scenario_counted_speed parcels_allocations parcels_memory
parcels_speed ranks_one ranks_two ranks_ratio world_one world_two world_ratio sharing_replication sharing_point sharing_disk
sharing_100 sharing_1000 sharing_10000 sharing_10000_late sharing_wait sharing_busy sweep_plain sweep_two
sweep_overhead tail_count tail_merge tail_answers run_1000 run_10000 tail_pack tail_index tail_file
run_1000_file run_10000_file run_1000_from run_10000_from""".split()
fields = {"title", "unit", "median", "min", "max", "rounds", "goal", "target", "met", "missing"}
may_be_zero = {"mm1_differences", "scenario_allocations", "tail_pack", "tail_index", "tail_file"} | {k for k in keys if k.startswith(("events_", "profile_"))}

with open(sys.argv[1]) as file:
    document = json.load(file)
absent = set(sys.argv[2:])
assert document["format"] == 1 and document["quick"] is True, document
assert document["version"] and document["scenario"].endswith(".yaml")
assert document["machine"]["cores"] >= 1 and document["machine"]["compiler"]
measures = document["measures"]
assert sorted(measures) == sorted(keys), set(measures) ^ set(keys)
for key, measure in measures.items():
    assert set(measure) == fields, (key, measure)
    if key in absent:
        assert measure["median"] is None and measure["met"] is None and measure["missing"], (key, measure)
        continue
    assert measure["missing"] is None, (key, measure)
    low, middle, high = measure["min"], measure["median"], measure["max"]
    assert all(map(math.isfinite, (low, middle, high))) and low <= middle <= high, (key, measure)
    # A cost that is lost in the noise of a busy machine can come out below nothing.
    assert low > 0 or (low == 0 and key in may_be_zero) or key == "sweep_overhead", (key, measure)
    if measure["goal"]:
        better = middle <= measure["target"] if measure["goal"] == "at most" else middle >= measure["target"]
        assert measure["met"] is better, (key, measure)
    else:
        assert measure["met"] is None and measure["target"] is None, (key, measure)
assert measures["scenario_allocations"]["median"] == 0, "memory is asked for inside replications"
assert measures["mm1_differences"]["median"] == 0, "the kernel and the loop by hand differ"
assert 5 < measures["mm1_mean_wait"]["median"] < 15, "not an M/M/1 queue at nine tenths of its capacity"
shares = sum(measures[k]["median"] for k in keys if k.startswith("profile_"))
assert abs(shares - 100) < 1e-6, shares
events = sum(measures[k]["median"] for k in keys if k.startswith("events_"))
assert 0.5 < events / measures["scenario_events"]["median"] < 2, (events, measures["scenario_events"])
PYTHON
}

parcels='parcels_allocations parcels_memory parcels_speed'
simpy='simpy_kernel simpy_simpy simpy_ratio simpy_mean_wait'
ranks='ranks_one ranks_two ranks_ratio world_one world_two world_ratio sweep_plain sweep_two sweep_overhead'

# Where a peer is not installed in the first place, its lines must say so too.
absent=$parcels
/usr/bin/python3 -c 'import simpy' 2>/dev/null || absent+=" $simpy"
{ command -v mpirun >/dev/null && [ "$(nproc)" -ge 2 ]; } || absent+=" $ranks"

law 'it runs without arguments from any folder' bench 0 --quick --json all.json
# shellcheck disable=SC2086
law 'every measure has figures or a reason' judge all.json $absent
law 'the terminal shows what is wanted of a ratio' says out 'wanted: at most 1.50'
law 'nothing is left behind' test "$(find "$scratch" -type f -printf '%f\n' | sort | tr '\n' ' ')" = 'all.json err out '

mkdir no_simpy
echo 'raise ImportError("hidden by a test")' >no_simpy/simpy.py
law 'a missing peer, mpirun and second core are no errors' \
    env PYTHONPATH="$scratch/no_simpy" PATH="$scratch" "$BASH" -c 'exec "$@" >out 2>err' - \
    "$program" bench -q --json less.json "$source_dir/scenarios/great-return.yaml"
# shellcheck disable=SC2086
law 'what is missing has a reason, all else figures' judge less.json $parcels $simpy $ranks
law 'the missing peer is named with its package' says out 'SimPy is not installed (Debian package python3-simpy3)'
[ "$(nproc)" -lt 2 ] || law 'the missing mpirun is named' says out 'cannot start mpirun'

law 'a scenario that is not there is wrong input' bench 2 --quick nowhere.yaml
law 'and is named' says err nowhere.yaml
law 'figures that cannot be written are an error' bench 4 --quick --json nowhere/all.json
law 'and the file is named' says err nowhere/all.json
law 'before anything is measured' test ! -s out
law 'help shows examples' bench 0 --help
law 'help tells how to profile by function' says out 'perf record'

echo "bench: $passed laws hold"
