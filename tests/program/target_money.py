"""`homeward target`: the least money is what a run with that money shows, an aim that nothing gives and one that needs nothing are said, the proof is
of other worlds, and wrong questions are refused before anything runs.

Arguments: the program, the source folder."""
import json
import os
import pathlib
import tempfile

import h5py
import numpy as np

from shared.laws import QUICK, end, homeward, judged, law

N = 100
AIM, MONEY = "p(Aghali by 2022-12-31) >= 60 %", "State mine action budget"


def share(path, name="Aghali", day="2022-12-31"):
    with h5py.File(path) as file:
        start = np.datetime64(file["place_release_day"].attrs["units"].decode().split("since ")[1] if isinstance(
            file["place_release_day"].attrs["units"], bytes) else file["place_release_day"].attrs["units"].split("since ")[1])
        places = [one.decode() if isinstance(one, bytes) else one for one in file["place"][()]]
        days = file["place_release_day"][:, places.index(name)]
    return np.mean(np.floor(days) <= (np.datetime64(day) - start).astype(int))


with tempfile.TemporaryDirectory() as scratch:
    os.chdir(scratch)
    for words, arguments in (("what is aimed at?", ("--money", MONEY)), ("whose money?", ("--by", AIM)),
                             ("an aim is 'p(PLACE by", ("--by", "Aghali by 2022-12-31", "--money", MONEY)),
                             ("an aim is 'p(PLACE by", ("--by", "p(Aghali by 2022-12-31) >= 160 %", "--money", MONEY)),
                             ("did you mean 'Aghali'", ("--by", "p(Agali by 2022-12-31) >= 60 %", "--money", MONEY)),
                             ("outside what is simulated", ("--by", AIM, "--money", MONEY, "--from", 2050)),
                             ("--from wants a year, such as 2026, not '20277'", ("--by", AIM, "--money", MONEY, "--from", 20277)),
                             ("at least 2 worlds", ("--by", AIM, "--money", MONEY, "-n", 1)),
                             ("'A donor for Aghali' is a pledge: ask for yearly money", ("--by", AIM, "--money", "A donor for Aghali")),
                             ("did you mean 'State mine action budget'", ("--by", AIM, "--money", "State mine action budgett"))):
        refused = judged("target", QUICK, *(() if "-n" in arguments else ("-n", N)), *arguments, code=2)
        law(f"refused with '{words}': {refused.stderr}", words in refused.stderr)
    law("nothing was run for wrong questions", not pathlib.Path("results").exists())

    asked = ("target", QUICK, "-n", N, "--by", AIM, "--money", MONEY)
    first = judged(*asked, "--json").stdout
    told = {name: table["rows"] for name, table in json.loads(first)["tables"].items()}
    curve, answer = told["curve"], told["answer"][0]
    law("the curve is by amount", [row["amount"] for row in curve] == sorted(row["amount"] for row in curve))
    law("worlds' own least amounts only grow in number", all(a["met_by_then"] <= b["met_by_then"] for a, b in zip(curve, curve[1:])))
    enough = [row["amount"] for row in curve if row["met"] >= 60]
    law(f"the answer is the least amount tried that is enough: {answer}", answer["answer"] == min(enough))
    less = max(row["amount"] for row in curve if row["amount"] < answer["answer"])
    law("and little less is not", answer["answer"] <= 1.06 * less)
    law("it lies in its interval", answer["answer_low"] < answer["answer"] < answer["answer_high"])
    law("with no money nothing more is spent", curve[0]["amount"] == 0 and curve[0]["spent"] < 0)
    for row in (curve[1], next(row for row in curve if row["amount"] == answer["answer"])):
        path = f"{row['amount']}.h5"
        homeward("run", QUICK, "--set", f"streams.{MONEY}.factor.2021={row['amount']}", "-n", N, "-q", "--no-page", "-o", path, "--horizon", "2022-12-31")
        law(f"a run with that money shows the same: {row}", np.isclose(share(path), row["met"] / 100))
    homeward("run", QUICK, "-n", N, "-q", "--no-page", "-o", "long.h5")
    law("what comes after the aim's year changes nothing", np.isclose(share("long.h5"), next(row["met"] for row in curve if row["amount"] == 1) / 100))
    law(f"the proof is of fresh worlds: {told['proof']}", [row["seed"] for row in told["proof"]] == [2, 3][:len(told["proof"])]
        and all(row["worlds"] == 2 * N for row in told["proof"]))
    findings = [row["finding"] for row in told["findings"]]
    law(f"each proof is told: {findings}", sum(text.startswith("On 200 fresh worlds") for text in findings) == len(told["proof"]))
    proved = told["proof"][0]["holds"] == "yes"
    law(f"an amount that is not proved says so: {findings[0]} {answer}", proved == ("do not prove" not in findings[0]) == (answer["verdict"] == "proved"))
    law(f"housing comes after release, and holds none of it back: {told['held']}", all(row["cause"] != "housing" for row in told["held"]))
    law("what is proved has an exact lower bound above the aim", all((row["holds"] == "yes") <= (row["met_low"] >= 59.5) for row in told["proof"]))

    spread = judged(*asked, "--json", "-q", "--keep", "spread", before=("mpirun", "-np", "2", "--oversubscribe")).stdout
    law("two ranks give the same bytes", spread == first)
    again = judged(*asked, "--json")
    law("what was run is used again", again.stdout == first and "taken from" in again.stderr and "replications in" not in again.stderr)

    never = judged("target", QUICK, "-n", N, "--by", "p(Aghali by 2021-06-30) >= 90 %", "--money", MONEY, "-q").stdout
    law(f"what no money gives is said: {never[:100]}", never.startswith("  No money of this kind gives Aghali by 2021-06-30 with 90 %")
        and "What holds the place back" in never)
    free = judged("target", QUICK, "-n", N, "--by", "p(Aghali by 2022-12-31) >= 20 %", "--money", "A supplement", "-q").stdout
    law(f"what needs nothing is said: {free[:100]}", "needs none of this money" in free)

    # What is just met or just missed with no money, or with all, is not known from these worlds.
    for row, words, verdict in ((curve[0], "cannot tell whether Aghali by 2022-12-31 with", "cannot tell whether any is needed"),
                                (curve[-1], "cannot tell whether any money of this kind gives Aghali", "cannot tell whether any amount is enough")):
        share_asked = round(row["met"]) if row is curve[0] else round(max(one["met"] for one in curve)) + 1
        near = judged("target", QUICK, "-n", N, "--by", f"p(Aghali by 2022-12-31) >= {share_asked} %", "--money", MONEY, "--json", "-q").stdout
        near = {name: table["rows"] for name, table in json.loads(near)["tables"].items()}
        law(f"what is too near to tell is told: {near['findings'][0]} {near['answer']}", words in near["findings"][0]["finding"] and near["answer"][0]["verdict"] == verdict)
    close = judged("target", QUICK, "-n", N, "--by", "p(Aghali by 2021-06-30) >= 99.9 %", "--money", MONEY, "-q").stdout
    law(f"a share is said as it was asked: {close[:80]}", "Aghali by 2021-06-30 with 99.9 %" in close)

    # "Times the plan" is of the plan, whatever factor it has by then, certain or not.
    for factor, amount in (("2", 1), ("{p10: 0.5, p50: 1, p90: 3}", 0.5)):
        pathlib.Path("factor.yaml").write_text(
            f"include: [{QUICK}]\nname: factor\nstreams:\n  {MONEY}: {{factor: {{source: test, 2021: {factor}}}}}\n")
        rows = json.loads(judged("target", "factor.yaml", "-n", N, "--by", AIM, "--money", MONEY, "--from", 2022, "--json", "-q").stdout)["tables"]["curve"]["rows"]
        homeward("run", "factor.yaml", "-n", N, "-q", "--no-page", "-o", "factor.h5", "--horizon", "2022-12-31", "--replace")
        plan = next(row for row in rows if row["amount"] == 1)
        law(f"once the plan is the plan: {plan}", np.isclose(share("factor.h5"), plan["met"] / 100))
    longer = judged(*asked, "-q", "--set", "horizon=2024-12-31").stdout
    law("a horizon that is set is the horizon", "2020-11-10 to 2024-12-31" in longer)
    text = judged(*asked, "-q").stdout
    law("no line is wider than 120 columns", max(map(len, text.splitlines())) <= 120)

end()
