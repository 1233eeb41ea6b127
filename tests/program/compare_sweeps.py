"""`homeward compare` with results of sweeps: two points of a sweep that kept outcomes differ as their scenarios do; from summaries
differences are the same and intervals those of the formulas; two sweeps, and two scenarios of one, are matched point by point;
terminal, CSV and JSON agree; what cannot be compared is refused, and why is said.

Arguments: the program, the source folder."""
import csv
import json
import math
import os
import pathlib
import re
import tempfile

import h5py
import numpy as np
from shared import laws
from shared.laws import QUICK, cell_text, end, judged, law

RULES, RATES = ["nearest_release", "worst_first"], ["5 ha/day", "12 ha/day"]
N = 24

OUTPUTS = """
outputs:
  release: {of: place_release_day}
  completion: {of: district_completion_day}
  people: {of: people_back, at: [last]}
  victims: {at: [last, sum]}
  spent: {of: purpose_spent_usd, at: [sum, sum]}
"""
FACTORS = f"""
  rule: {{path: planning.rule, levels: [{', '.join(RULES)}]}}
  survey: {{path: methods.non_technical_survey.rate, levels: [{', '.join(RATES)}]}}
"""


def sweep(name, scenario=f"scenario: {QUICK}", keep="outcomes", outputs=OUTPUTS, factors=FACTORS, seed=1, n=N):
    pathlib.Path(name + ".yaml").write_text(f"name: Try\n{scenario}\ndesign: {{grid: {{}}}}\nreplications: {n}\nseed: {seed}\n"
                                            f"keep: {keep}\nfactors:{factors}{outputs}by: [2024-12-31, 2027-12-31]\n")
    judged("sweep", name + ".yaml", "-q", "-o", name)
    return pathlib.Path(name) / "sweep.h5"


def tables(*arguments):
    return laws.tables("compare", *arguments)


def plain(rows, variant=None):
    """What rows say, without the name of the scenario."""
    return [{k: v for k, v in row.items() if k != "scenario"} for row in rows if variant in (None, row["scenario"])]


def points_differ_as_their_scenarios_do(whole, kept):
    """Point 3 against point 0, and the same two scenarios run by themselves."""
    runs = []
    for i, (rule, rate) in enumerate(((RULES[0], RATES[0]), (RULES[1], RATES[1]))):
        runs.append(f"run{i}.h5")
        judged("run", QUICK, "-n", N, "-q", "-o", runs[i], "--set", f"planning.rule={rule}", "--set",
                 f"methods.non_technical_survey.rate={rate}")
    expected, found = tables(*runs), tables(whole, "--point", 3)
    compared = [name for name, rows in expected.items() if rows and "verdict" in rows[0]]
    law(f"there are all tables of a comparison: {compared}", len(compared) == 13)
    for name in compared:
        law(f"{name}: two points differ as their scenarios do", plain(found[name]) == plain(expected[name]))
    law("what pairing saved is the same", plain(found["pairing"]) == plain(expected["pairing"]))
    place, by = "Aghali", "2027-06-30"
    law("and for one place, by a date, too", all(
        plain(tables(whole, "--point", 3, "--place", place, "--by", by)[name]) == plain(rows)
        for name, rows in tables(*runs, "--place", place, "--by", by).items() if rows and "verdict" in rows[0]))

    # Outputs by other names, some of them sums: the same figures, but for verdicts, which depend on all that is compared.
    def figures(rows):
        return [[row[k] for k in row if k not in ("scenario", "place", "district", "of", "people", "victim", "purpose", "by", "verdict", "mark")]
                for row in rows]

    def same(name, own, rows):
        own, rows = figures(own), figures(rows)
        law(f"{name}: {own} is {rows}", len(own) == len(rows) and all(
            (a is None and b is None) or math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-12) for x, y in zip(own, rows) for a, b in zip(x, y)))

    own = tables(kept, "--point", 3)
    for name, wanted in (("release", "place_release"), ("release_by", "place_release_by"), ("release_never", "place_never"),
                         ("completion", "district_completion"), ("completion_by", "district_completion_by"),
                         ("completion_never", "district_never")):
        same(name, own["difference_" + name], expected[wanted])
    same("people", own["difference_people"],
         [row for row in tables(*runs, "--by", "2030-12-31")["people"] if row["by"] == "2030-12-31"])
    same("victims", own["difference_victims"], [row for row in expected["victims"] if row["victim"] == "all victims"])
    same("spent", own["difference_spent"], [row for row in expected["money"] if row["purpose"] == "everything"])
    law("every point is compared", {row["scenario"][0] for row in tables(kept)["difference_victims"]} == {"1", "2", "3"})


def summaries_tell_less_but_nothing_else(summaries, kept):
    less, more = tables(summaries), tables(kept)
    with h5py.File(summaries) as file:
        place = [name.decode() for name in file["place"][:]]
        mean, sd, missing, by = (file["release_" + what][:] for what in ("mean", "sd", "missing", "by"))
        victims = file["victims_sd"][:]
    law("differences are the same as from outcomes", all(
        math.isclose(a["difference"], b["difference"], rel_tol=1e-8, abs_tol=1e-8)
        for name in ("difference_release", "difference_release_never", "difference_completion", "difference_people", "difference_victims",
                     "difference_spent") for a, b in zip(less[name], more[name])))
    law("without pairs nothing is counted", all(row[k] is None for row in less["difference_release"] for k in ("lower", "higher", "saving")))
    law("no pairing is told", "pairing" not in less)
    t23 = 2.0686576104
    for row in less["difference_victims"]:
        point = int(row["scenario"].split(":")[0])
        law("standard errors add up", math.isclose(row["difference_error"], t23 * (victims[0] + victims[point]) / math.sqrt(N), rel_tol=1e-8))
    for row in less["difference_release"]:
        point, at = int(row["scenario"].split(":")[0]), place.index(row["place"])
        law("means are those of the file", math.isclose(row["variant"], mean[point, at], rel_tol=1e-9))
        law("an error is at least what all worlds would give",
            row["difference_error"] >= t23 * (sd[0, at] + sd[point, at]) / math.sqrt(N) * (1 - 1e-9))

    def wilson(share):
        z = 1.959963984540054
        centre, half = share + z * z / (2 * N), z * math.sqrt(share * (1 - share) / N + z * z / (4 * N * N))
        return (centre - half) / (1 + z * z / N), (centre + half) / (1 + z * z / N)

    for name, shares in (("difference_release_never", missing), ("difference_release_by", by[:, :, 0])):
        rows = [row for row in less[name] if row.get("by", "2024-12-31") == "2024-12-31"]
        for row in rows:
            point, at = int(row["scenario"].split(":")[0]), place.index(row["place"])
            base, variant = wilson(shares[0, at]), wilson(shares[point, at])
            law(f"{name}: a share lies between Wilson's bounds", math.isclose(row["difference_low"], 100 * (variant[0] - base[1]), abs_tol=1e-7)
                and math.isclose(row["difference_high"], 100 * (variant[1] - base[0]), abs_tol=1e-7))
    dates = {row["by"] for row in less["difference_release_by"]}
    law(f"of summaries there are the dates that were kept: {dates}", dates == {"2024-12-31", "2027-12-31"})
    said = judged("compare", summaries).stdout
    law("it is said that worlds are not paired, and what would pair them", "cannot be paired" in said and "keep: outcomes" in said)
    law("it is said that quantiles are not compared", "Differences of quantiles are left out" in re.sub(r"\s+", " ", said))
    refused = judged("compare", summaries, "--by", "2025-06-30", code=2).stderr
    law("a date that was not kept is refused", "did not keep probabilities by 2025-06-30" in refused)
    mixed = tables(summaries, kept)
    law("where one sweep kept summaries, both are taken by summaries",
        all(row["difference"] == 0 and row["mark"] in "~=" for row in mixed["difference_people"]) and "pairing" not in mixed)


def a_base_is_named_by_its_values(kept):
    by_values = tables(kept, "--base", "rule=worst_first,survey=12 ha/day")
    law("a base by its values is the base by its number", by_values == tables(kept, "--base", 3))
    law("held units are understood, too", by_values == tables(kept, "--base", "survey=120000, rule=worst_first"))
    said = judged("compare", kept, "--base", 3).stdout
    base = re.search(r"^Base: point 3: (.*)$", said, re.M).group(1)
    law("a base is told with units", "survey=120000 m2/day" in base)
    law("what is told as base is understood as base", by_values == tables(kept, "--base", base))
    law("a column of factor values has their units", re.search(r"^ +point .*survey, m2/day", said, re.M) is not None)
    forth, back = tables(kept, "--point", 3), tables(kept, "--base", 3, "--point", 0)
    law("base and point exchanged turn every sign", all(
        a["difference"] == -b["difference"] and a["lower"] == b["higher"] for name in ("difference_release", "difference_victims")
        for a, b in zip(forth[name], back[name])))
    law("points are chosen by values", [row["point"] for row in sorted(tables(kept, "--point", "rule=worst_first")["points_ranked"],
                                                                       key=lambda row: row["point"])] == [2, 3])
    one = tables(kept, "--outcome", "release: Aghali")
    law("one element of one outcome", set(name for name in one if name.startswith("difference_")) ==
        {"difference_release", "difference_release_by", "difference_release_never"} and {row["place"] for row in one["difference_release"]} == {"Aghali"})
    ranked = one["points_ranked"]
    differences = [row["release: Aghali"] for row in ranked]
    law(f"points are ranked by it: {differences}", differences == sorted(differences) and [row["rank"] for row in ranked] == [1, 2, 3])
    for row in ranked:
        own = next(r for r in one["difference_release"] if r["scenario"].startswith(f"{row['point']:.0f}:"))
        law("the ranking has the figures of the differences",
            (row["release: Aghali"], row["release: Aghali_error"], row["release: Aghali_mark"])
            == (own["difference"], own["difference_error"], own["mark"]))
        law("the ranking has the values of the factors",
            (row["rule"], row["survey"]) == (RULES[int(row["point"]) // 2], (50000, 120000)[int(row["point"]) % 2]))
    for words, arguments in (("did you mean 'rule'?", ("--base", "rul=worst_first")), ("no point has rule=best", ("--base", "rule=best")),
                             ("name more factors", ("--base", "rule=worst_first")), ("there is no point 4", ("--point", 4)),
                             ("did you mean 'release'?", ("--outcome", "relase")), ("did you mean 'Aghali'?", ("--outcome", "release: Agali")),
                             ("did you mean 'Aghali'?", ("--place", "Agali")), ("is outside of what was simulated", ("--by", "1999-01-01")),
                             ("no point to be compared", ("--point", 0)), ("--seed is for scenarios", ("--seed", 2)),
                             ("of a sweep there is no page", ("--page", "x.html"))):
        refused = judged("compare", kept, *arguments, code=2).stderr
        law(f"refused with '{words}': {refused}", words in refused)


def shown(number, decimals):
    text = "-" if number is None else f"{number:,.{decimals}f}"
    return text[1:] if number is not None and text.startswith("-") and not re.search("[1-9]", text) else text


def with_error(value, error, decimals):
    if error is None:
        return f"{shown(value, decimals)} ±?"
    least = 10 ** -decimals
    return f"{shown(value, decimals)} ±" + (f"<{least:.{decimals}f}" if 0 < error < least / 2 else shown(error, decimals))


def it_reads_the_same_everywhere(path):
    everything = json.loads(judged("compare", path, "--json").stdout)["tables"]
    folder = path.parent / "tables"
    judged("compare", path, "--csv", folder)
    law("there is a CSV file for each JSON table", {p.stem for p in folder.glob("*.csv")} == set(everything))
    for name, table in everything.items():
        with open(folder / f"{name}.csv", newline="", encoding="utf-8") as file:
            header, *rows = list(csv.reader(file))
        law(f"{name}: CSV and JSON have the same rows", rows == [[cell_text(cell) for cell in row.values()] for row in table["rows"]])
        names = [re.sub(r" \[[^\[]*\]$", "", column) for column in header]
        law(f"{name}: CSV and JSON have the same columns", not table["rows"] or names == list(table["rows"][0]))
        law(f"{name}: CSV and JSON have the same units", table["units"] == {n: c[len(n) + 2:-1] for n, c in zip(names, header) if n != c})
    text = judged("compare", path).stdout
    even = re.sub(r"\s+", " ", text)
    for row in everything["findings"]["rows"]:
        law(f"the terminal says: {row['finding']}", row["finding"] in even)
    ranked = text[text.index(everything["points_ranked"]["title"]):]
    lines = [re.sub(r" +", " ", re.sub(r" +±", " ±", line)).strip() for line in ranked.splitlines()]
    for row in everything["points_ranked"]["rows"]:
        said = " ".join(line for line in lines if line.startswith(f"{row['point']:.0f} "))
        for title, decimals in (("completion: Zangilan", 0), ("people", 1), ("victims", 1), ("spent", 1)):
            expected = with_error(row[title], row[title + "_error"], decimals) + " " + row[title + "_mark"]
            law(f"point {row['point']}, {title}: the terminal says '{said}', the files '{expected}'", expected in said)
        law("the terminal says the values of factors", f"{row['rule']} {row['survey']:,.0f} " in said)
    law("no line is wider than 112 columns", max(map(len, text.splitlines())) <= 112)
    law("the same question has the same answer", judged("compare", path).stdout == text)
    marks = {"same in all worlds": "=", "could be zero": "~", "clear alone": "*", "clear among all": "**"}
    rows = [row for table in everything.values() for row in table["rows"] if "verdict" in row]
    law("every difference has its verdict", rows and all(marks[row["verdict"]] == row["mark"] for row in rows))


def points_are_matched_by_their_values(kept):
    pathlib.Path("more.yaml").write_text(f"include: [{QUICK}]\nassets:\n  More: {{operator: ANAMA, method: battle_area, teams: 3, on: 2022-01-01, source: test}}\n")
    turned = FACTORS.replace(", ".join(RULES), ", ".join(reversed(RULES)))
    other = sweep("other", scenario=f"scenario: {pathlib.Path('more.yaml').resolve()}", factors=turned)
    both = sweep("both", scenario=f"scenarios: {{plain: {{file: {QUICK}}}, more: {{file: {pathlib.Path('more.yaml').resolve()}}}}}")
    pairs, twins = tables(kept, other), tables(both, "--base", "scenario=plain")

    def by_values(rows):
        return sorted((row["scenario"].split("rule=")[1], *[(k, v) for k, v in row.items() if k not in ("scenario", "mark", "verdict")])
                      for row in rows)

    for name in ("difference_release", "difference_release_by", "difference_victims", "difference_spent"):
        law(f"{name}: two sweeps differ as two scenarios of one", by_values(pairs[name]) == by_values(twins[name]) and pairs[name])
    for arguments, base in (((both, "--base", "scenario=plain"), "the same point of plain"), ((kept, other), f"the same point of {kept}"), ((kept,), "point 0")):
        law(f"the ranking says that the base is {base}", base in re.sub(r"\s+", " ", judged("compare", *arguments).stdout))
    law("what differs is the scenario", {row["path"] for row in pairs["differing_values"]} == {"assets.More"})
    itself = tables(kept, kept)
    law("nothing differs from itself", all(row["difference"] == 0 and row["mark"] == "=" for name, rows in itself.items() for row in rows if "difference" in row))
    few = sweep("few", factors=FACTORS.replace(", " + RATES[1], ""))
    part = tables(kept, few)
    law("points without a twin do not matter to the other side", len(part["points_ranked"]) == 2 and part["points_left_out"] == [])
    part = tables(few, kept)
    law("points without a twin are told", [row["point"] for row in part["points_left_out"]] == [1, 3])
    law("and warned of", "2 points are left out" in judged("compare", few, kept).stdout)
    for words, make in (("seeds 1 and 2", {"seed": 2}), (f"{N} and {N + 1} replications", {"n": N + 1}),
                        ("they end on 2030-12-31 and on 2029-12-31", {"scenario": f"scenario: {pathlib.Path('short.yaml').resolve()}"}),
                        ("layout.parcel is 4 ha and 2 ha", {"scenario": f"scenario: {pathlib.Path('fine.yaml').resolve()}"}),
                        ("has the factor pace", {"factors": "\n  pace: {path: operators.ANAMA.pace, levels: [1, 1.2]}"})):
        pathlib.Path("short.yaml").write_text(f"include: [{QUICK}]\nhorizon: 2029-12-31\n")
        pathlib.Path("fine.yaml").write_text(f"include: [{QUICK}]\nlayout: {{parcel: 2 ha}}\n")
        name = "foreign" + str(len(list(pathlib.Path(".").glob("foreign*.yaml"))))
        refused = judged("compare", kept, sweep(name, **make), code=2).stderr
        law(f"refused with '{words}': {refused}", words in refused)


def what_cannot_be_compared_is_told(kept):
    # A point whose values together make no scenario; a value that has a say in the ground; a date as a factor.
    odd = sweep("odd", scenario=f"scenario: {pathlib.Path('more.yaml').resolve()}", factors="""
  on: {path: assets.More.on, levels: [2022-01-01, 2026-01-01]}
  until: {path: assets.More.until, levels: [2025-01-01, 2028-01-01]}
  hidden: {path: districts.Zangilan.undiscovered, levels: [10 %, 20 %]}
""")
    found = tables(odd, "--base", "on=2022-01-01,until=2028-01-01,hidden=10 %")
    law("points that could not be run are left out", [row["point"] for row in found["points_left_out"]] == [4, 5])
    law("a date reads as one", {row["on"] for row in found["points_ranked"]} == {"2022-01-01", "2026-01-01"})
    said = judged("compare", odd).stdout
    law("this is said", "2 points are left out, point 4 the first" in said)
    law("another ground is told", "districts.Zangilan.undiscovered differs from the base at 3 points" in said)
    judged("compare", odd, "--base", 4, code=2)

    # Replications that failed, as another program might have written them: without a good seal.
    whole = kept.read_bytes()
    pathlib.Path("holed.h5").write_bytes(whole)
    with h5py.File("holed.h5", "r+") as file:
        file["good"][1, 5] = 0
        file["good"][0, 7] = 0
        file["replications_good"][:2] = N - 1
        file["replications_failed"][:2] = 1
        expected = np.delete(file["victims"][1] - file["victims"][0], [5, 7]).mean()
    row = tables("holed.h5", "--unsealed", "--point", 1)["difference_victims"][0]
    law(f"failed replications are left out of pairs: {row}", math.isclose(row["difference"], expected, rel_tol=1e-9))
    law("and this is said", "replications FAILED" in judged("compare", "holed.h5", "--unsealed").stdout)
    with h5py.File("holed.h5", "r+") as file:
        file["good"][1, 6] = 0
    law("a file that contradicts itself is damaged", "is damaged" in judged("compare", "holed.h5", "--unsealed", code=4).stderr)

    pathlib.Path("cut.h5").write_bytes(whole[:len(whole) // 2])
    for words, code, arguments in (("cut.h5", 4, ("cut.h5",)), ("cut.h5", 4, ("cut.h5", kept)), ("nowhere.h5", 4, (kept, "nowhere.h5")),
                                   ("compared with sweeps only", 2, ("run0.h5", kept)), ("compared with sweeps only", 2, (kept, QUICK)),
                                   ("one or two", 2, (kept, kept, kept)), ("compare wants BASE VARIANT", 2, ("run0.h5",)),
                                   ("--base is for results of sweeps", 2, ("run0.h5", "run1.h5", "--base", 1)),
                                   ("--base is for one sweep", 2, (kept, kept, "--base", 1))):
        refused = judged("compare", *arguments, code=code).stderr
        law(f"{arguments} is refused with '{words}': {refused}", words in refused)
    flipped = bytearray(whole)
    flipped[len(whole) // 2] ^= 255
    pathlib.Path("flipped.h5").write_bytes(flipped)
    law("a file with a wrong bit is refused", "is damaged" in judged("compare", "flipped.h5", code=4).stderr)


def of_many_points_the_ends_are_shown():
    rates = ", ".join(f"{4 + i} ha/day" for i in range(24))
    many = sweep("many", keep="summaries", n=4, factors=f"\n  survey: {{path: methods.non_technical_survey.rate, levels: [{rates}]}}\n")
    said = judged("compare", many).stdout
    law("how many are not shown is said", "3 points between the lowest and the highest 10 are not shown" in re.sub(r"\s+", " ", said))
    table = said[said.index("Points ranked by"):]
    law("ten from each end are shown", len(set(re.findall(r"^  (\d+) ", table, re.M))) == 20)
    law("files have all", len(tables(many)["points_ranked"]) == 23)


with tempfile.TemporaryDirectory() as scratch:
    os.chdir(scratch)
    kept_sweep, summaries_sweep = sweep("kept"), sweep("summaries", keep="summaries")
    points_differ_as_their_scenarios_do(sweep("whole", outputs="\n"), kept_sweep)
    summaries_tell_less_but_nothing_else(summaries_sweep, kept_sweep)
    a_base_is_named_by_its_values(kept_sweep)
    it_reads_the_same_everywhere(kept_sweep)
    it_reads_the_same_everywhere(summaries_sweep)
    points_are_matched_by_their_values(kept_sweep)
    what_cannot_be_compared_is_told(kept_sweep)
    of_many_points_the_ends_are_shown()

end()
