"""`homeward hindcast SCENARIO`: each origin has futures of its own that know nothing of later years, goes on after kill -9, and has the same bytes at any
rank count; what it says of one origin is what the result of that origin says; later facts change scores, never forecasts.

Arguments: the program, the source folder."""
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

from shared.laws import QUICK, SOURCE, ask, end, homeward, law, run, tables

PROGRAM = sys.argv[1]
ORIGINS = ("2021-12-31", "2022-12-31")
FACTS = """\
source: a test
observations:
  2021: {quantity: land_released, from: 2021-01-01, to: 2021-12-31, value: 900 ha, known_by: 2021-12-31}
  2022: {quantity: land_released, from: 2022-01-01, to: 2022-12-31, value: 1500 ha, known_by: 2022-12-31}
  2023: {quantity: land_released, from: 2023-01-01, to: 2023-12-31, value: LATER ha, known_by: 2023-12-31}
"""
LATER = """
assets:
  Later:
    known_by: 2022-06-30
    operator: ANAMA
    method: battle_area
    teams: TEAMS
    on: 2022-09-01
    source: an order
"""


def hindcast(folder, *more, scenario="case.yaml", facts="facts.yaml", count=40):
    return ("hindcast", scenario, "--observations", facts, "--origins", ",".join(ORIGINS), "--ahead", "12 months", "-n", count, "--runs", folder, "-q", *more)


def origin(folder, which):
    return pathlib.Path(folder) / f"origin-{ORIGINS[which]}.h5"


def value_known_later_changes_no_forecast():
    told = {}
    for folder, teams in (("few", 2), ("many", 40)):
        pathlib.Path(folder).mkdir()
        text = QUICK.read_text().replace("layers/", f"{SOURCE}/scenarios/layers/")
        pathlib.Path(folder, "case.yaml").write_text(text.replace("\nassets:\n", LATER.replace("TEAMS", str(teams))))
        told[folder] = tables(*hindcast(f"{folder}/runs", scenario=f"{folder}/case.yaml"))["hindcast_facts"]
    first, later = ([origin(f"{folder}/runs", which).read_bytes() for folder in told] for which in (0, 1))
    law("what became known after an origin is not in its futures: the same bytes", first[0] == first[1])
    law("what was known by it is", later[0] != later[1])
    rows = {folder: [row for row in rows if row["origin"] == ORIGINS[0]] for folder, rows in told.items()}
    law("nor in its forecasts", rows["few"] == rows["many"] and len(rows["few"]) > 0)
    law("nor what is learnt of a later year", [row["name"] for row in told["few"]] == ["2022", "2023"])


def of_one_origin_its_result_says_the_same():
    own = str(origin("few/runs", 1))
    one = tables("hindcast", own, "--observations", "facts.yaml", "--origin", ORIGINS[1], "--ahead", "12")
    frozen = tables(*hindcast("alone", scenario="few/case.yaml")[:4], "--origins", ORIGINS[1], "--ahead", "12", "-n", 40, "--runs", "alone", "-q")
    law("forecast and scores", one["hindcast_facts"] == frozen["hindcast_facts"] and one["hindcast_scores"] == frozen["hindcast_scores"])
    ask("run", "few/case.yaml", "--as-of", ORIGINS[1], "-n", 40, "-q", "--no-page", "-o", "run.h5")
    law("and it is the result of homeward run --as-of", pathlib.Path("run.h5").read_bytes() == pathlib.Path(own).read_bytes())


def heads_say_which_it_is():
    frozen, held = homeward(*hindcast("few/runs", scenario="few/case.yaml")), homeward("hindcast", str(origin("few/runs", 1)), "--observations", "facts.yaml",
                                                                                    "--origin", ORIGINS[0])
    law("of a scenario", "futures of its own" in frozen and "frozen as of that day" in frozen and "knows more" not in frozen)
    law("of a result that knows later values", "One result, weighed anew" in held and "knows more than was known at the first" in held)
    law("with and without discrepancy", "with discrepancy" in frozen and "80 % without" in frozen)


def later_facts_change_scores_only():
    pathlib.Path("other.yaml").write_text(FACTS.replace("LATER", "9000"))
    told = [tables(*hindcast("few/runs", scenario="few/case.yaml", facts=facts)) for facts in ("facts.yaml", "other.yaml")]
    one, other = ([row for row in t["hindcast_facts"] if row["name"] == "2023"][0] for t in told)
    for name in ("p10", "p50", "p90", "p10_weighed", "p50_weighed", "p90_weighed", "last_year"):
        law(f"{name}: {one[name]}, {other[name]}", one[name] == other[name])
    law("the score does", one["crps"] != other["crps"])
    law("what was learnt of the model's error does not", told[0]["hindcast_discrepancy"] == told[1]["hindcast_discrepancy"])
    learnt = {(row["origin"], row["group"]): row["facts"] for row in told[0]["hindcast_discrepancy"]}
    law(f"the first origin has learnt nothing, the second from one fact: {learnt}", list(learnt.values()) == [0, 1])


def same_bytes_everywhere():
    expected = [origin("few/runs", which).read_bytes() for which in (0, 1)], json.loads(run(*hindcast("few/runs", "--json", scenario="few/case.yaml")).stdout)
    stamps = [origin("few/runs", which).stat().st_mtime_ns for which in (0, 1)]
    ask(*hindcast("few/runs", scenario="few/case.yaml"))
    law("what is there is not simulated again", stamps == [origin("few/runs", which).stat().st_mtime_ns for which in (0, 1)])
    words = [str(word) for word in hindcast("ranks", "--json", scenario="few/case.yaml")]
    done = subprocess.run(["mpirun", "--oversubscribe", "-n", "3", PROGRAM, *words], capture_output=True, text=True)
    law(f"three ranks end well: {done.stderr}", done.returncode == 0)
    law("three ranks, the same bytes and scores", ([origin("ranks", which).read_bytes() for which in (0, 1)], json.loads(done.stdout)) == expected)
    words = [str(word) for word in hindcast("killed", scenario="few/case.yaml", count=2000)]
    child = subprocess.Popen([PROGRAM, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while child.poll() is None and time.monotonic() < until and not any(pathlib.Path("killed").glob("origin-2022-12-31.h5.journal-*")):
        time.sleep(0.001)
    ended = child.poll() is None
    child.send_signal(signal.SIGKILL)
    child.wait()
    law("it was killed in the second origin", ended and origin("killed", 0).exists() and not origin("killed", 1).exists())
    ask(*words)
    ask(*hindcast("whole", scenario="few/case.yaml", count=2000))
    for which in (0, 1):
        law("after kill -9 the same command ends with the same bytes", origin("killed", which).read_bytes() == origin("whole", which).read_bytes())


def a_cut_horizon_is_one_line():
    late = "\nassets:\n  Late: {operator: ANAMA, method: battle_area, teams: 2, on: 2029-06-01, source: an order}\n"
    text = QUICK.read_text().replace("layers/", f"{SOURCE}/scenarios/layers/").replace("\nassets:\n", late)
    pathlib.Path("late.yaml").write_text(text)
    done = run(*hindcast("cut", "--horizon", "2023-12-31", scenario="late.yaml"))
    lines = [line for line in done.stderr.splitlines() if "warning" in line]
    law(f"days behind a horizon that the command cuts are one line for all origins: {lines}",
        done.returncode == 0 and [("simulated to 2023-12-31 only" in line, "never comes" in line) for line in lines if "2023-12-31" in line] == [(True, False)])
    law("which says that nothing of them is simulated", "plays no part" in done.stderr)
    law("the head promises no more than was frozen: what says no day may be of later", "What says no day" in done.stdout)


def mistakes_are_told():
    base = ("hindcast", "few/case.yaml", "--observations", "facts.yaml")
    for words, *arguments in (
            ("--origins wants dates", *base, "--origins", "2021-12-31,soon"),
            ("is not within the simulated time", *base, "--origins", "2019-12-31"),
            ("is given twice", *base, "--origins", "2021-12-31,2021-12-31"),
            ("--ahead wants a number of months", *base, "--ahead", "two years"),
            ("--unsealed is for a result", *base, "--unsealed"),
            ("set the same value", *base, "--set", "horizon=2030-12-31", "--horizon", "2031-12-31"),
            ("names no file of facts", "hindcast", "few/case.yaml"),
            ("--runs is for a scenario", "hindcast", "run.h5", "--observations", "facts.yaml", "--runs", "x")):
        done = run(*arguments)
        law(f"{arguments} ends with 2, not {done.returncode}, and says {words}: {done.stderr}", done.returncode == 2 and words in done.stderr)
    kept = origin("few/runs", 0).read_bytes()
    done = run(*hindcast("few/runs", "--set", "name=Another", scenario="few/case.yaml"))
    law(f"results of another scenario are kept: {done.returncode} {done.stderr}", done.returncode == 2 and origin("few/runs", 0).read_bytes() == kept)


def main():
    with tempfile.TemporaryDirectory() as scratch:
        os.chdir(scratch)
        pathlib.Path("facts.yaml").write_text(FACTS.replace("LATER", "1400"))
        value_known_later_changes_no_forecast()
        of_one_origin_its_result_says_the_same()
        heads_say_which_it_is()
        later_facts_change_scores_only()
        same_bytes_everywhere()
        a_cut_horizon_is_one_line()
        mistakes_are_told()
    end()


main()
