"""`homeward adapt`: a rule is held against its own signposts decided beforehand, on worlds that did not choose; what it gains is what its runs show; and
wrong questions are refused before anything runs.

Arguments: the program, the source folder."""
import json
import os
import pathlib
import tempfile

import h5py
import numpy as np

from shared.laws import QUICK, end, judged, law

N, MEASURE = 60, "land by 2024-12-31"
RULE = """name: by what is seen
signposts:
  Slow: {on: 2021-12-31, released_share_below: %s, stream: State mine action budget, times: 1.5}
  Full: {on: 2021-06-01, until: 2024-12-31, people_above: 100, rule: worst_first}
"""


def near(a, b):
    return np.isclose(a, b, rtol=1e-8, atol=1e-8)


def runs(seed):
    """Land released by the end of 2024 in each world of each kept run of that seed, by the digest in its name; and its days of signposts."""
    found = {}
    for path in pathlib.Path("results/runs").glob(f"*-seed{seed}-n{N}.h5"):
        with h5py.File(path) as file:
            months, ledger = file["month"][()], [name.decode() if isinstance(name, bytes) else name for name in file["ledger"][()]]
            units = file["month"].attrs["units"]
            start = np.datetime64((units.decode() if isinstance(units, bytes) else units).split("since ")[1])
            last = int(np.argmax(start + months.astype(int) >= np.datetime64("2024-12-31")))
            land = file["ledger_m2"][:, last, :][:, [i for i, name in enumerate(ledger) if name != "remaining"]].sum(axis=1) / 1e6
            found[path.stem.split("-")[-3]] = land, file["signpost_day"][()] if "signpost_day" in file else None
    return found


with tempfile.TemporaryDirectory() as scratch:
    os.chdir(scratch)
    pathlib.Path("rule.yaml").write_text(RULE % "15 %")
    pathlib.Path("never.yaml").write_text("signposts: {Never: {on: 2021-12-31, released_above: 1e6 km2, rule: worst_first}}\n")
    pathlib.Path("dated.yaml").write_text("signposts: {Dated: {on: 2021-12-31, decide: always, rule: worst_first}}\n")
    pathlib.Path("wrong.yaml").write_text("signposts:\n  Slow: {on: 2021-12-31, released_share_below: 15 %, pull: technical_advise}\n")
    for words, arguments in (("better for what?", (QUICK, "rule.yaml")), ("has a signpost that is read", (QUICK, "--for", MEASURE)),
                             ("has a signpost that is read", (QUICK, "dated.yaml", "--for", MEASURE)),
                             ("fewer than 20 worlds", (QUICK, "rule.yaml", "--for", MEASURE, "-n", 19)),
                             ("outside what", (QUICK, "rule.yaml", "--for", "land by 1999-12-31")),
                             ("--price is a number", (QUICK, "rule.yaml", "--for", MEASURE, "--price", "much")),
                             ("wrong.yaml:2:", (QUICK, "wrong.yaml", "--for", MEASURE)), ("did you mean 'technical_advice'", (QUICK, "wrong.yaml", "--for", MEASURE))):
        refused = judged("adapt", *arguments, code=2)
        law(f"refused with '{words}': {refused.stderr}", words in refused.stderr)
    law("nothing was run for wrong questions", not pathlib.Path("results").exists())

    asked = ("adapt", QUICK, "rule.yaml", "--for", MEASURE, "-n", N)
    first = judged(*asked, "--json").stdout
    told = {name: table["rows"] for name, table in json.loads(first)["tables"].items()}
    plans = {row["scenario"]: row for row in told["plans"]}
    law(f"beside the rule stand all choices beforehand: {list(plans)}", list(plans) == [
        "quick", "rule", "rule, nothing done", "rule, decided: Slow", "rule, decided: Full", "rule, decided: Slow, Full"])
    law("a rule of which nothing is done is the base", near(plans["quick"]["mean"], plans["rule, nothing done"]["mean"]))
    law("each kind has one best", sorted(row["chosen"] for row in told["plans"] if row["chosen"]) == ["best fixed plan", "best rule"]
        and all(row["mean"] <= next(one["mean"] for one in told["plans"] if one["chosen"] == "best fixed plan") for row in told["plans"] if row["kind"] == "fixed"))
    chosen, fresh = told["worth"]
    law(f"the proof is of other worlds: {fresh}", (chosen["seed"], fresh["seed"]) == (1, 2) and chosen["worlds"] == fresh["worlds"] == N)
    law("the gain is the rule less the fixed plan", all(near(row["gain"], row["rule"] - row["fixed"]) for row in told["worth"]))
    digests = {row["value"].split(": ")[-1][:12] for row in told["about"] if row["fact"] == "scenario digest"}
    kept = runs(1)
    law(f"every plan has its run: {digests} {list(kept)}", digests == set(kept))
    law("the means are those of the runs", {round(land.mean(), 6) for land, _ in kept.values()} == {round(row["mean"], 6) for row in told["plans"]})
    proved = runs(2)
    means = sorted(land.mean() for land, _ in proved.values())
    law(f"fresh worlds were run for the two alone: {means} {fresh}", len(proved) == 2 and near(means, sorted((fresh["rule"], fresh["fixed"]))).all())
    days = next(days for land, days in proved.values() if near(land.mean(), fresh["rule"]))
    law(f"what is told of signposts is what they did: {told['signposts']}",
        all(near(row["done"], 100 * np.mean(~np.isnan(days[:, i]))) for i, row in enumerate(told["signposts"])))

    law("two ranks give the same bytes", judged(*asked, "--json", "-q", "--keep", "spread", before=("mpirun", "-np", "2", "--oversubscribe")).stdout == first)
    again = judged(*asked, "--json")
    law("what was run is used again", again.stdout == first and "replications in" not in again.stderr)
    priced = json.loads(judged(*asked, "--json", "-q", "--price", "1e6").stdout)["tables"]
    row, spent, plain = priced["worth"]["rows"][1], priced["spending"]["rows"][0], told["worth"][1]
    law("with a price a plan is held against what it spends", priced["worth"]["units"]["gain"] == "million USD"
        and (near(row["rule"] + spent["rule"], plain["rule"]) or row["rule"] != plain["rule"]))

    nothing = " ".join(judged("adapt", QUICK, "never.yaml", "--for", MEASURE, "-n", N, "-q").stdout.split())
    law(f"a rule that never holds gains nothing: {nothing[:250]}", "in every one of 60 fresh worlds: nothing is gained" in nothing
        and "Both spend the same" in nothing and "done in 0 % of the worlds" in nothing)
    text = judged(*asked, "-q").stdout
    law("no line is wider than 120 columns", max(map(len, text.splitlines())) <= 120)
    os.chdir("/")
end()
