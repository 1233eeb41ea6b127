"""`homeward condition SCENARIO` and `parameters_from`: a known truth is recovered, the same bytes come out at any rank count and after kill -9, replications
have what the table says, and mistakes are told.

Arguments: the program, the source folder."""
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import h5py
import numpy

from shared.laws import QUICK, SOURCE, ask, end, law, run, tables

PROGRAM = sys.argv[1]
TRUE_RATE = 4000  # m2 a day; the scenario thinks of some 1500 to 6000
TOLD = "methods.non_technical_survey.rate"
UNSURE = ("--set", TOLD + "={p10: 1000 m2/day, p50: 2500 m2/day, p90: 6250 m2/day}")


def condition(output, *more, count=60, waves=2):
    return ("condition", QUICK, "--observations", "facts.yaml", "--as-of", "2022-12-31", *UNSURE, "-n", str(count), "--waves", str(waves), "-o", output,
            "-q", *more)


def facts_of_a_known_truth():
    """What the mean of some futures with the true rate shows."""
    ask("run", QUICK, "--as-of", "2022-12-31", "--set", f"{TOLD}={TRUE_RATE} m2/day", "-n", "60", "-s", "77", "-q", "--no-page", "-o", "truth.h5")
    with h5py.File("truth.h5") as file:
        ledgers = [name.decode() for name in file["ledger"][:]]
        land = numpy.delete(file["ledger_m2"][:], ledgers.index("remaining"), axis=2).sum(axis=2).mean(axis=0) / 1e4
    lines = ["source: a test", "observations:"]
    for name, end_day, month in (("first", "2021-06-30", 7), ("second", "2021-12-31", 13)):
        lines.append(f"  {name}: {{quantity: land_released, to: {end_day}, value: {land[month]:.4f} ha, error: 1 ha, known_by: 2022-06-30}}")
    pathlib.Path("facts.yaml").write_text("\n".join(lines) + "\n")


def table(path):
    with h5py.File(path) as file:
        return [name.decode() for name in file["path"][:]], file["value"][:], file["weight"][:], dict(file.attrs)


def a_known_truth_is_recovered():
    told = tables(*condition("p.h5", count=200, waves=3))
    paths, values, weights, about = table("p.h5")
    law("weights add up to one", abs(weights.sum() - 1) < 1e-12 and (weights >= 0).all())
    law(f"the value that the facts tell of is in the table: {paths}", TOLD in paths)
    rates = values[:, paths.index(TOLD)]
    mean = (weights * numpy.log(rates)).sum()
    prior, truth = numpy.log(2500), numpy.log(TRUE_RATE)
    law(f"its mean, {numpy.exp(mean):.0f}, is nearer to the truth than before", abs(mean - truth) < 0.7 * abs(prior - truth))
    order = numpy.argsort(rates)
    reached = numpy.cumsum(weights[order])
    low, high = (rates[order][numpy.searchsorted(reached, p)] for p in (0.05, 0.95))
    law(f"its interval of 90 %, {low:.0f} to {high:.0f}, holds the truth and is narrower than before", low < TRUE_RATE < high and high / low < 0.8 * (10 ** 1.0))
    row = told["conditioning"][0]
    law(f"power and what is left are told: {row}", 0 < row["power"] <= 1 and row["conditioned"] == ("fully" if row["power"] == 1 else "partly"))
    law("each wave is a row", [r["wave"] for r in told["waves"]] == list(range(len(told["waves"]))) and told["waves"][0]["moved"] == 0)
    powers = [r["power"] for r in told["waves"]]
    law(f"power does not fall from wave to wave: {powers}", powers[-1] >= powers[0])
    law("the table says from what", about["as_of"] == b"2022-12-31" and about["facts"] == b"2" and b"2 facts known by 2022-12-31" in about["about"])
    law("the waves are taken away in the end", not pathlib.Path("p.h5.waves").exists())


def replications_have_members():
    ask("run", QUICK, "--as-of", "2022-12-31", *UNSURE, "--set", "parameters_from=p.h5", "-n", "1000", "-q", "--no-page", "-o", "drawn.h5")
    ask("run", QUICK, "--as-of", "2022-12-31", *UNSURE, "-n", "1000", "-q", "--no-page", "-o", "plain.h5")
    land = {}  # of a thousand: the means of 60 are as far off as what is looked for
    for name in ("drawn", "plain", "truth"):
        with h5py.File(name + ".h5") as file:
            ledgers = [label.decode() for label in file["ledger"][:]]
            land[name] = numpy.delete(file["ledger_m2"][:], ledgers.index("remaining"), axis=2).sum(axis=2)[:, 13].mean()
    law(f"what was learnt is seen in the land: {land}", abs(land["drawn"] - land["truth"]) < abs(land["plain"] - land["truth"]))
    about = {row["fact"]: row["value"] for row in tables("summary", "drawn.h5")["about"]}
    law("the result says what its values are from", "2 facts known by 2022-12-31" in about.get("values", ""))
    head = run("summary", "drawn.h5").stdout
    law("so does the head", "2 facts known by 2022-12-31" in head.split("How to read")[0])
    ask("run", QUICK, "--as-of", "2022-12-31", "--set", f"{TOLD}={TRUE_RATE} m2/day", "--set", "parameters_from=p.h5", "-n", "2", "-q", "--no-page", "-o", "set.h5")
    said = run("run", QUICK, "--as-of", "2022-12-31", "--set", f"{TOLD}={TRUE_RATE} m2/day", "--set", "parameters_from=p.h5", "-n", "2", "-q", "--no-page",
               "-o", "set.h5").stderr
    law(f"what is set has its way, and that is said: {said}", "said otherwise by this scenario" in said)


def what_is_asked_may_be_all_of_the_table():
    """A sweep moves whatever is assumed; a file that says all of it otherwise has the wrong table."""
    ask(*condition("narrow.h5", "--values", TOLD))
    asked = ("run", QUICK, "--as-of", "2022-12-31", "--set", f"{TOLD}={TRUE_RATE} m2/day", "-n", "4", "-q", "--no-page")
    ask(*asked, "--set", "parameters_from=narrow.h5", "-o", "asked.h5")
    ask(*asked, "-o", "unasked.h5")
    with h5py.File("asked.h5") as one, h5py.File("unasked.h5") as other:
        law("what is set is all of the table: as without it", (one["ledger_m2"][:] == other["ledger_m2"][:]).all())
    pathlib.Path("fixed.yaml").write_text(f"include: [{QUICK}]\nname: Fixed\nmethods: {{non_technical_survey: {{rate: {{value: {TRUE_RATE} m2/day, source: a test}}}}}}\n")
    refused = run("run", "fixed.yaml", "--as-of", "2022-12-31", "--set", "parameters_from=narrow.h5", "-n", "2", "-o", "refused.h5")
    law(f"a file that says all of it otherwise is refused: {refused.stderr}", refused.returncode == 2 and "none would be used" in refused.stderr)


def bytes_of(path):
    return pathlib.Path(path).read_bytes()


def same_bytes_everywhere():
    ask(*condition("one.h5"))
    for ranks in (2, 3):
        done = subprocess.run(["mpirun", "--oversubscribe", "-n", str(ranks), PROGRAM, *condition(f"ranks{ranks}.h5")], capture_output=True, text=True)
        law(f"{ranks} ranks end well: {done.stderr}", done.returncode == 0)
        law(f"{ranks} ranks write the same bytes as one", bytes_of(f"ranks{ranks}.h5") == bytes_of("one.h5"))
    ended = 0
    for wanted in ("wave-0.h5", "wave-1-members.h5", "wave-2-members.h5"):
        child = subprocess.Popen([PROGRAM, *condition("killed.h5")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + 60
        while child.poll() is None and time.monotonic() < until and not (pathlib.Path("killed.h5.waves") / wanted).exists():
            time.sleep(0.001)
        if child.poll() is None:
            child.send_signal(signal.SIGKILL)
            ended += 1
        child.wait()
    law("some were killed in the middle", ended > 0)
    ask(*condition("killed.h5"))
    law("after kill -9 the same command ends with the same bytes", bytes_of("killed.h5") == bytes_of("one.h5"))
    late = run(*condition("late.h5", "--stop-after", "1s", count=100000))
    law(f"time that ends in the first wave leaves no table: {late.returncode} {late.stderr}", late.returncode == 75 and not pathlib.Path("late.h5").exists())


def tables_of_others_are_kept():
    """Of other facts, another day or another scenario; with another seed it is the same question."""
    shutil.copy("one.h5", "kept.h5")
    facts = pathlib.Path("facts.yaml").read_text()
    pathlib.Path("others.yaml").write_text(facts.replace("1 ha", "2 ha"))
    for words in (("--observations", "others.yaml"), ("--as-of", "2022-11-30"), ("--set", "name=Another")):
        begun = time.monotonic()
        changed = list(condition("kept.h5", count=100000))
        if words[0] == "--set":
            changed += words
        else:
            changed[changed.index(words[0]) + 1] = words[1]
        done = run(*changed, "--stop-after", "2s")
        law(f"{words}: the table that is there is kept, which is said before anything is simulated: {done.returncode} {done.stderr}", done.returncode == 2 and
            "holds a table of another scenario, of other facts or as of another day" in done.stderr and time.monotonic() - begun < 2)
    law("it is as it was", bytes_of("kept.h5") == bytes_of("one.h5"))
    ask(*condition("kept.h5", "-s", "2", waves=1, count=20))
    ask("condition", QUICK, "--observations", "others.yaml", "--as-of", "2022-12-31", *UNSURE, "-n", "20", "--waves", "1", "-o", "kept.h5", "-q", "--replace")


def mistakes_are_told():
    text = quick_from_anywhere()
    pathlib.Path("other.yaml").write_text(text + "parameters_from: p.h5\nparameters_are: another table\n")
    pathlib.Path("foreign.yaml").write_text(text + "parameters_from: truth.h5\n")
    pathlib.Path("missing.yaml").write_text(text + "parameters_from: nowhere.h5\n")
    pathlib.Path("damaged.h5").write_bytes(bytes_of("p.h5")[:-100])
    pathlib.Path("absurd.yaml").write_text("observations:\n  a: {quantity: land_released, to: 2022-12-31, value: 1e290 km2, error: 1 ha, source: x}\n")
    base = ("condition", QUICK, "--observations", "facts.yaml", "--as-of", "2022-12-31")
    for words, *arguments in (
            ("wants --output", *base),
            ("--stop-after wants a time", *base, "-o", "x.h5", "--stop-after", "soon"),
            ("at least 20", *base, "-o", "x.h5", "-n", "5"),
            ("facts.yaml", *base, "-o", "facts.yaml"),
            ("is no table of conditioned values", *base, "-o", "truth.h5"),
            ("nothing to learn from", "condition", QUICK, "--observations", "facts.yaml", "--as-of", "2022-01-31", "-o", "x.h5", "-n", "20", "-q"),
            ("nothing to learn from", "condition", QUICK, "--observations", "facts.yaml", "--as-of", "2022-01-31", "-o", "x.h5", "-n", "100000", "--stop-after",
             "1s", "-q"),
            ("--unsealed is for a result", *base, "-o", "x.h5", "--unsealed"),
            ("no replication can have brought these facts together", "condition", QUICK, "--observations", "absurd.yaml", "--as-of", "2022-12-31", "-o", "x.h5",
             "-n", "20", "-q", "--model-error", "0 %"),
            ("--waves is for a scenario", "condition", "truth.h5", "--observations", "facts.yaml", "--as-of", "2022-12-31", "--waves", "2"),
            ("draws from a table already", *base, "-o", "x.h5", *UNSURE, "--set", "parameters_from=p.h5"),
            ("the table in 'p.h5' is another one", "run", "other.yaml", "-n", "2"),
            ("foreign.yaml:", "run", "foreign.yaml", "-n", "2"),
            ("cannot open nowhere.h5", "run", "missing.yaml", "-n", "2"),
            ("shorter", "run", QUICK, "--set", "parameters_from=damaged.h5", "-n", "2")):
        done = run(*arguments)
        law(f"{arguments} ends with 2, not {done.returncode}, and says {words}: {done.stderr}", done.returncode == 2 and words in done.stderr)
    law("nothing was written", not pathlib.Path("x.h5").exists() and not pathlib.Path("x.h5.waves").exists())
    renamed_table()


def time_that_ends_in_the_middle_costs_nothing():
    """Wherever it ends: before the first wave is finished, behind it, or not at all."""
    ask(*condition("whole.h5", count=300))
    timed = run(*condition("timed.h5", "--stop-after", "1s", count=300))
    law(f"it ends with a table, or in time without one: {timed.returncode} {timed.stderr}", timed.returncode == (0 if pathlib.Path("timed.h5").exists() else 75))
    law("what was begun is kept, or all was finished", pathlib.Path("timed.h5.waves").exists() or bytes_of("timed.h5") == bytes_of("whole.h5"))
    ask(*condition("timed.h5", count=300))
    law("the same command with time ends with the same bytes", bytes_of("timed.h5") == bytes_of("whole.h5"))


def quick_from_anywhere():
    return QUICK.read_text().replace("layers/", f"{SOURCE}/scenarios/layers/")


def renamed_table():
    """A scenario that lacks a path of the table."""
    pathlib.Path("renamed.yaml").write_text(quick_from_anywhere().replace("State mine action budget", "State mine action purse"))
    facts = "source: a test\nobservations:\n  money: {quantity: money_spent, stream: State mine action purse, to: 2021-12-31, value: 1 MUSD, known_by: 2022-06-30}\n"
    pathlib.Path("money.yaml").write_text(facts)
    ask("condition", "renamed.yaml", "--observations", "money.yaml", "--as-of", "2022-12-31", "-n", "100", "--waves", "1", "-o", "renamed.h5", "-q")
    with h5py.File("renamed.h5") as file:
        paths = [name.decode() for name in file["path"][:]]
    law(f"the fact tells of that stream: {paths}", any("purse" in path for path in paths))
    done = run("run", QUICK, "--as-of", "2022-12-31", "--set", "parameters_from=renamed.h5", "-n", "2")
    law(f"a path that the scenario lacks is named, with the nearest: {done.stderr}", done.returncode == 2 and "which this scenario lacks; did you mean" in done.stderr)


def a_small_table_of_some_values():
    """Only what is named is learnt of; few members, alike in weight, say what all say with theirs."""
    ask(*condition("some.h5", "--values", "methods.*", count=200, waves=3))
    ask(*condition("few.h5", "--values", "methods.*", "--members", "80", count=200, waves=3))
    paths, values, weights, _ = table("some.h5")
    few_paths, few_values, few_weights, _ = table("few.h5")
    law(f"other values are left as they were: {paths}", TOLD in paths and all(path.startswith("methods.") for path in paths))
    law("so many members, alike in weight", few_paths == paths and len(few_weights) == 80 and numpy.allclose(few_weights, 1 / 80))
    column = paths.index(TOLD)
    mean, chosen = (weights @ values)[column], few_values[:, column]
    error = chosen.std() / 80 ** 0.5  # of as many that were drawn
    law(f"their mean is that of all: {chosen.mean()} and {mean}, give or take {error}", abs(chosen.mean() - mean) < 3 * error)


def main():
    with tempfile.TemporaryDirectory() as scratch:
        os.chdir(scratch)
        facts_of_a_known_truth()
        a_known_truth_is_recovered()
        replications_have_members()
        what_is_asked_may_be_all_of_the_table()
        same_bytes_everywhere()
        a_small_table_of_some_values()
        tables_of_others_are_kept()
        time_that_ends_in_the_middle_costs_nothing()
        mistakes_are_told()
    end()


main()
