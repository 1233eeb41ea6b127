"""Heavy censoring is cautioned wherever a mean of days, an index or a correlation of it is told: compare, levers, compare of a
sweep, summary of a sweep, sensitivity, page; on the terminal, in CSV and in JSON. And nowhere else.

Arguments: the program, the source folder."""
import csv
import os
import pathlib
import tempfile

import h5py
import numpy
from shared.laws import SOURCE, end, law, page_text, said, tables

N = 30
HEAVY = 0.1


def names_of(file, axis):
    return [name.decode() for name in file[axis][:]]


def words_of(share):
    """As the program says it: to whole per cent, never 100 for less."""
    percent = max(10, int(100 * share + 0.5))
    return f"censored in up to {min(percent, 99) if share < 1 else percent} % of worlds"


def shares(path):
    """Of each place and district, from the result file itself."""
    with h5py.File(path) as file:
        found = {("place_release", name): float(numpy.isnan(file["place_release_day"][:, i]).mean())
                 for i, name in enumerate(names_of(file, "place"))}
        found.update({("district_completion", name): float(numpy.isnan(file["district_completion_day"][:, i]).mean())
                      for i, name in enumerate(names_of(file, "district"))})
    return found


def check_rows(label, rows, expected):
    """`expected`: (table, name) and the largest share of its means."""
    told = {(row["table"], row["of"]): row for row in rows}
    heavy = {key: share for key, share in expected.items() if share >= HEAVY - 1e-9}
    law(f"{label}: heavily censored means are told, and only they: {set(told) ^ set(heavy)}", set(told) == set(heavy))
    for key, share in heavy.items():
        law(f"{label}: share of {key}", abs(told[key]["most"] - 100 * share) < 1e-6)
        law(f"{label}: words of {key}: {told[key]['caution']}", told[key]["caution"] == words_of(share))


def check_everywhere(label, arguments, rows):
    """The same on the terminal and in CSV."""
    text = said(*arguments)
    law(f"{label}: the terminal warns", not rows or "!!! " in text and "cut off at the horizon" in text)
    law(f"{label}: only then", bool(rows) == ("cut off at the horizon: " in text))
    folder = label.replace(" ", "-")
    said(*arguments, "--csv", folder)
    path = pathlib.Path(folder, "censoring.csv")
    law(f"{label}: CSV has the table", path.exists() == bool(rows))
    if rows:
        with open(path, newline="", encoding="utf-8") as file:
            law(f"{label}: CSV has its rows", [line[1] for line in list(csv.reader(file))[1:]] == [row["of"] for row in rows])


def run(name, scenario, *settings):
    said("run", scenario, "-n", N, "-q", "-o", f"{name}.h5", *settings)
    return f"{name}.h5"


def person_years(path):
    """By the bounds of months: the people at the end of each through the whole of it."""
    with h5py.File(path) as file:
        days = numpy.diff(file["month_bounds"][:], axis=1)[:, 0]
        return (file["people_back"][:] * days).sum(axis=1).mean() / 365.25


def check_results(horizon):
    settings = [f"--set=horizon={horizon}"]
    base = run(f"base-{horizon}", SOURCE / "scenarios/quick.yaml", *settings)
    variant = run(f"variant-{horizon}", SOURCE / "scenarios/quick.yaml", *settings, "--set=methods.non_technical_survey.rate=5 ha/day")
    worst = {key: max(share, shares(variant)[key]) for key, share in shares(base).items()}
    law("some means are heavily censored, some are not", horizon > "2026" or 0 < sum(s >= HEAVY for s in worst.values()) < len(worst))
    found = tables("compare", base, variant)
    check_rows(f"compare to {horizon}", found.get("censoring", []), worst)
    check_everywhere(f"compare to {horizon}", ("compare", base, variant), found.get("censoring", []))
    told = found["person_years"][0]
    law("person-years are those of the bounds of months", abs(told["base"] - person_years(base)) < 1e-6 * max(1, told["base"])
        and abs(told["variant"] - person_years(variant)) < 1e-6 * max(1, told["variant"]))
    said("report", base, variant, "-o", f"page-{horizon}.html")
    page = page_text(f"page-{horizon}.html")
    law("the page has the table", ('"censoring":{' in page) == bool(found.get("censoring")))
    law("the page has words for it", page.count("in a tenth of futures or more") >= 1 and page.count("gələcəklərin onda birində") >= 1)


def sweep_shares(path, keep):
    with h5py.File(path) as file:
        found = {}
        for output, axis in (("place_release_day", "place"), ("district_completion_day", "district")):
            for i, name in enumerate(names_of(file, axis)):
                missing = file[f"{output}_missing"][:, i]
                if keep:
                    law(f"{output} of {name}: the share is that of the worlds kept",
                        numpy.allclose(missing, numpy.isnan(file[output][:, :, i]).mean(axis=1)))
                found[output, name] = float(missing.max())
        return found


def check_sweep(keep):
    name = "kept" if keep else "summaries"
    pathlib.Path("short.yaml").write_text(f"include: [{SOURCE}/scenarios/quick.yaml]\nhorizon: 2025-12-31\n", encoding="utf-8")
    pathlib.Path(f"{name}.yaml").write_text(
        f"name: {name}\nscenario: short.yaml\nreplications: {N}\nkeep: {'outcomes' if keep else 'summaries'}\ndesign: {{grid: {{}}}}\n"
        "factors:\n  rate: {path: methods.non_technical_survey.rate, levels: [5 ha/day, 10 ha/day, 30 ha/day]}\n"
        "outputs: {place_release_day: {}, district_completion_day: {}, victims: {at: [last, sum]}}\nby: [2024-12-31]\n", encoding="utf-8")
    said("sweep", f"{name}.yaml", "-q", "-o", name)
    path = f"{name}/sweep.h5"
    most = sweep_shares(path, keep)
    rows = tables("compare", path)["censoring"]
    check_rows(f"compare of {name}", rows, {(f"difference_{output}", label): share for (output, label), share in most.items()})
    check_everywhere(f"compare of {name}", ("compare", path), rows)
    for table, label_column, column in (("sweep_outputs", "element", "caution"), ("sensitivity_outcomes", "outcome", "censoring")):
        command = "summary" if table == "sweep_outputs" else "sensitivity"
        found = {row[label_column]: row for row in tables(command, path)[table]}
        expected = {f"{output}: {label}": words_of(share) if share >= HEAVY - 1e-9 else "" for (output, label), share in most.items()}
        expected["victims"] = ""
        law(f"{command}: {({key: row[column] for key, row in found.items()})} is {expected}",
            {key: row[column] or "" for key, row in found.items()} == expected)
        text = said(command, path)
        law(f"{command}: the terminal says it", all(words in text for words in expected.values()) and "Censored: the day" in text)
    for row in tables("sensitivity", path)["correlations"]:
        expected = most.get((row["output"], row["element"]))
        law(f"each influence tells the share: {row['outcome']}", row["censored_most"] is None if expected is None
            else abs(row["censored_most"] - 100 * expected) < 1e-6)
    by = tables("sensitivity", path, "--by", "2024-12-31")["sensitivity_outcomes"]
    law("a probability by a day is not touched", all(not row["censoring"] and row["censored_most"] is None for row in by))
    said("report", "base-2025-12-31.h5", path, "-o", "page-sweep.html")
    law("the page has the words of a sweep", words_of(max(most.values())) in page_text("page-sweep.html"))


def check_levers():
    pathlib.Path("levers").mkdir()
    pathlib.Path("levers/order.yaml").write_text("planning: {rule: worst_first}\nname: Another order\n", encoding="utf-8")
    found = tables("levers", "short.yaml", "-n", N, "-q")
    rows = found.get("censoring", [])
    law(f"levers: the mean over places is cautioned: {rows}", [row["of"] for row in rows] == ["all places, mean"])
    for row in rows:
        law("levers: at least the base's share", row["most"] >= row["base"] >= 0 and row["most"] >= 100 * HEAVY)
        base = numpy.mean([share for (table, _), share in shares("base-2025-12-31.h5").items() if table == "place_release"])
        law(f"levers: the base's share over places: {row['base']}", abs(row["base"] - 100 * base) < 1e-6)


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    check_results("2025-12-31")
    check_results("2045-12-31")
    check_sweep(True)
    check_sweep(False)
    check_levers()
end()
print("ok")
