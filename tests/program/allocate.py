"""`homeward allocate`: shares add up to the budget, a district with nothing to do gets nothing, districts alike get alike, money after the date
gets nothing, free money is no worse than even earmarks beyond noise, what is not better on fresh worlds is not recommended, and wrong questions
are refused before anything runs.

Arguments: the program, the source folder."""
import json
import os
import pathlib
import re
import shlex
import tempfile

from shared.laws import PROGRAM, QUICK, SOURCE, end, judged, law, run

N = 20
LAYERS = f"include: [{', '.join(f'{SOURCE}/scenarios/layers/{name}.yaml' for name in ('ground', 'methods', 'policy'))}]"
AIM = ("--aim", "land by 2026-12-31")


def district(name, areas):
    return f"  {name}: {{climate: foothill, access_from: 2024-01-01, undiscovered: 0 %, visitors: 1}}", "".join(
        f"  {name} {i}: {{district: {name}, class: {kind}, setting: farmland, area: {area} km2}}\n" for i, (kind, area) in enumerate(areas))


def country(file, districts, more=""):
    """Districts with their areas; each has the same teams."""
    parts = [district(name, areas) for name, areas in districts.items()]
    pathlib.Path(file).write_text(f"""{LAYERS}
source: a toy
name: {file[:-5]}
start: 2024-01-01
horizon: 2028-12-31
districts:
{chr(10).join(part[0] for part in parts)}
hazard_areas:
{"".join(part[1] for part in parts)}
places:
{"".join(f"  Home in {name}: {{district: {name}, must_release: [{name} 0], houses: 10, population: 50}}{chr(10)}" for name, areas in districts.items() if areas)}
operators:
  Firm: {{note: all teams}}
assets:
  source: a toy
  Survey: {{operator: Firm, method: non_technical_survey, teams: 1, on: 2024-01-01, standing: yes}}
  Quality control: {{operator: Firm, method: quality_control, teams: 1, on: 2024-01-01, standing: yes}}
  Battle area: {{operator: Firm, method: battle_area, teams: 3, on: 2024-01-01, standing: yes}}
streams:
  The state: {{kind: state, yearly: {{2024: 3 MUSD}}, overhead: 20 %}}
{more}""")
    return file


def answer(*arguments, before=()):
    done = judged("allocate", *arguments, "--json", "-q", before=before)
    return {name: table["rows"] for name, table in json.loads(done.stdout)["tables"].items()} | {"text": done.stdout}


def best(tables, name):
    return next(row for row in tables["shares"] if name in row.values())["best"]


with tempfile.TemporaryDirectory() as scratch:
    os.chdir(scratch)
    pathlib.Path("levers").mkdir()
    pathlib.Path("levers/rich.yaml").write_text("name: rich\nstreams: {State mine action budget: {factor: {2021: 1.5}}}\n")
    pathlib.Path("levers/nothing.yaml").write_text("name: nothing\nsource: a test\n")
    lone = country("lone.yaml", {"Busy": [("medium", 4), ("low", 30)], "Clean": [("low", 0.01)]})
    pair = country("pair.yaml", {"Left": [("medium", 4), ("low", 30)], "Right": [("medium", 4), ("low", 30)]})
    money = ("--budget", "1 MUSD/year")
    shares = (*money, "--choose", "districts", *AIM)
    for words, arguments in (
            ("which budget?", ("--choose", "districts", *AIM)), ("what is chosen?", (*money, *AIM)),
            ("what is aimed at?", (*money, "--choose", "districts")), ("did you mean 'districts'", (*money, "--choose", "district", *AIM)),
            ("money a year, such as '120 MUSD/year', not '1 MUSD'", ("--budget", "1 MUSD", "--choose", "districts", *AIM)),
            ("money in all", (*money, "--choose", "levers", *AIM, "--indifference", 1, "--layer", "levers/rich.yaml=1 MUSD")),
            ("--aim is 'people by", (*money, "--choose", "districts", "--aim", "luck")),
            ("outside what is simulated", (*money, "--choose", "districts", "--aim", "land by 2010-12-31")),
            ("did you mean 'Left'", (*shares, "--at-least", "Lefd=10 %")), ("--at-least wants NAME=SHARE", (*shares, "--at-least", "Left")),
            ("no shares keep to these limits", (*shares, "--at-least", "Left=60 %", "--at-least", "Right=60 %")),
            ("--change-at-most counts from today's", (*shares, "--change-at-most", "10 %", "--at-most", "anywhere=50 %")),
            ("--for is mean, p20", (*shares, "--for", "luck")), ("regret of which futures?", (*shares, "--for", "regret")),
            ("--future is for --for regret", (*shares, "--future", "levers/rich.yaml")), ("no stream 'Nobody'", (*shares, "--money", "Nobody")),
            ("outside of the years", (*shares, "--from", 2040)), ("--layer is for --choose levers", (*shares, "--layer", "levers/rich.yaml=1 MUSD")),
            ("--tries is 6", (*shares, "--tries", 2)), ("at least 2 worlds", (*shares, "-n", 1)),
            ("wants FILE=PRICE", ("--budget", "1 MUSD", "--choose", "levers", *AIM, "--indifference", 1, "--layer", "levers/rich.yaml")),
            ("pays for none", ("--budget", "1 MUSD", "--choose", "levers", *AIM, "--indifference", 1, "--layer", "levers/rich.yaml=2 MUSD"))):
        refused = judged("allocate", pair, *arguments, code=2)
        law(f"refused with '{words}': {refused.stderr}", words in refused.stderr)
    law("nothing was run for wrong questions", not pathlib.Path("results").exists())

    # One district has nothing to clear: nothing goes there.
    found = answer(lone, *shares, "-n", N, "--at-most", "anywhere=0 %", "--tries", 30)
    law(f"all goes where there is work: {found['shares']}", best(found, "Busy") >= 97)
    law(f"and shares add up: {found['shares']}", abs(sum(row["best"] for row in found["shares"]) - 100) < 1e-9
        and sum(row["best_amount"] for row in found["shares"]) == 1_000_000)
    law("half to each is worse", next(row for row in found["proof"] if row["allocation"] == "even shares")["value"] < found["proof"][1]["value"])

    # Districts alike: even shares are as good as any within noise; free money is not worse than even earmarks.
    alike = answer(pair, "--budget", "2 MUSD/year", *shares[2:], "-n", N, "--at-most", "anywhere=0 %", "--tries", 30)
    law(f"alike get alike: {alike['shares']}", abs(best(alike, "Left") - best(alike, "Right")) <= 20)
    proof = {row["allocation"]: row for row in alike["proof"]}
    law(f"free money is not worse than even earmarks beyond noise: {proof}", proof["even shares"]["gain_low"] is None or proof["even shares"]["gain_low"] <= 0)
    law(f"optimism is what was seen less what is: {proof}", all(
        abs(row["gain_in_search"] - row["gain"] - row["optimism"]) < 1e-6 for row in proof.values() if row["gain"] is not None))
    recommended = next(row["value"] for row in alike["about"] if row["fact"] == "recommended")
    law(f"only what is better on fresh worlds is recommended: {proof}", (recommended == "yes") == ((proof["best found"]["gain_low"] or 0) > 0))
    first = alike["findings"][0]["finding"]
    law(f"else today's is said to be no worse: {first}", first.startswith("Today's allocation is not worse beyond noise") == (recommended == "no"))

    # Money after the date brings nothing by then.
    years = answer(pair, "--budget", "0.6 MUSD/year", "--choose", "years", *AIM, "-n", N, "--set", "horizon=2028-12-31", "--tries", 60)
    law(f"years after the date get next to nothing: {years['shares']}", best(years, "2027") + best(years, "2028") <= 10)
    law(f"the total of the years is shared: {years['shares']}", sum(row["best_amount"] for row in years["shares"]) == 5 * 600_000)
    law(f"and that is recommended: {years['findings']}", years["findings"][0]["finding"].startswith("Of 0.6 million dollars a year from 2024 on"))

    # An odd budget is shared to the dollar; changes and limits hold.
    odd = answer(QUICK, "--budget", "1_234_567 USD/year", "--choose", "methods", "--aim", "people", "--by", "2024-12-31", "-n", N, "--tries", 20,
                 "--at-least", "manual=5 %", "--at-most", "any method=70 %")
    law(f"an odd budget is shared to the dollar: {odd['shares']}", sum(row["best_amount"] for row in odd["shares"]) == 1_234_567)
    law(f"limits hold: {odd['shares']}", best(odd, "manual") >= 5 and best(odd, "any method") <= 70)
    near = answer(QUICK, "--budget", "2 MUSD/year", "--choose", "methods", *AIM[:1], "land by 2024-12-31", "-n", N, "--tries", 20, "--change-at-most", "10 %",
                  "--for", "cvar20")
    law(f"no more than a tenth is changed: {near['shares']}", best(near, "any method") >= 90)
    law("it says by what it judges", "mean of the worst fifth of the worlds" in near["findings"][0]["finding"])

    # The same bytes at any number of ranks, again from what is kept, and one number made again alone.
    asked = (QUICK, "--budget", "2 MUSD/year", "--choose", "methods", "--aim", "2 * land by 2024-12-31 + 1 * victims", "-n", N, "--tries", 18)
    one = answer(*asked)
    for ranks in 2, 3:
        spread = answer(*asked, "--keep", f"spread{ranks}", before=("mpirun", "-np", ranks, "--oversubscribe"))
        law(f"{ranks} ranks give the same bytes", spread["text"] == one["text"])
    again = judged("allocate", *asked, "--json")
    law("what was asked is not asked again", again.stdout == one["text"] and "replications in" not in again.stderr)
    for path in sorted(pathlib.Path("results/runs").iterdir())[::2]:
        path.unlink()
    law("a search that has lost half of its worlds ends the same", answer(*asked)["text"] == one["text"])
    kept = [path.suffix for path in pathlib.Path("results/runs").iterdir()]
    law(f"small files are kept, and no large ones: {set(kept)}", set(kept) == {".worlds"})
    command = next(row["value"] for row in alike["about"] if row["fact"] == "the best again")
    words = shlex.split(command)
    law(f"the command that makes it again runs: {command}", words[:2] == ["homeward", "run"])
    judged(*words[1:], "-q", "--no-page", "-o", "again.h5")
    rows = json.loads(judged("summary", "again.h5", "--json", "--by", "2026-12-31").stdout)["tables"]
    law("and gives its number", bool(rows))

    # Regret: of the plan and of a future in which the left has less to do.
    pathlib.Path("easy.yaml").write_text("name: easy\nhazard_areas: {Left 1: {area: 1 km2}}\n")
    regret = answer(pair, *shares, "-n", N, "--at-most", "anywhere=0 %", "--tries", 12, "--for", "regret", "--future", "easy.yaml")
    lost = {(row["allocation"], row["future"]): row["regret"] for row in regret["regret"]}
    law(f"the best for a future loses nothing there: {lost}", lost["best for the plan", "the plan"] == 0 and lost["best for easy.yaml", "easy.yaml"] == 0)
    values = {row["allocation"]: row["value"] for row in regret["proof"]}
    law(f"the value is the greatest regret: {values} {lost}", all(
        abs(value - max(lost[name, "the plan"], lost[name, "easy.yaml"])) < 1e-6 for name, value in values.items()))

    # Sets of layers under a budget.
    sets = answer(QUICK, "--budget", "3 MUSD", "--choose", "levers", "--layer", "levers/rich.yaml=2 MUSD", "--layer", "levers/nothing.yaml=2 MUSD",
                  "--aim", "land by 2024-12-31", "--indifference", 1, "-n", N)
    law(f"only what the budget pays is ranked: {sets['ranking']}", {row["scenario"] for row in sets["ranking"]} == {"none of them", "rich", "nothing"})
    law(f"the better is recommended: {sets['findings']}", sets["findings"][0]["finding"].startswith("Of 3 sets of layers: rich, for 2.00 million dollars."))
    alone = answer(QUICK, "--budget", "3 MUSD", "--choose", "levers", "--layer", "levers/nothing.yaml=2 MUSD", "--aim", "land by 2024-12-31",
                   "--indifference", 1, "-n", N)
    law(f"what does nothing is not recommended: {alone['findings']}", alone["findings"][0]["finding"].startswith("Today's allocation is not worse"))

    # Aims that only this and its like ask.
    for aim in ("days of the worst place", "p(all of Aghali, Minjivan by 2024-12-31)"):
        other = answer(QUICK, "--budget", "2 MUSD/year", "--choose", "methods", "--aim", aim, "-n", 10, "--tries", 6)
        law(f"{aim}: {other['proof']}", all(row["value"] >= 0 for row in other["proof"]))
    text = run("allocate", *asked, "-q").stdout
    law("no line is wider than 120 columns", max(len(line) for line in text.splitlines() if not re.match(r"Zangilan", line)) <= 120)

end()
