"""Factors of sweeps: what moves the same value twice, what would change the worlds or the ruler, and levels that are one
value are refused with both places; a number is a number in every design, in the result and in the indices alike.

Arguments: the program, the source folder."""
import itertools
import json
import os
import pathlib
import re
import sys
import tempfile

import h5py
import numpy
from shared.laws import QUICK, end, law, run

RATE = "methods.non_technical_survey.rate"
BUDGET = "streams.State mine action budget"


def write_design(factors, design="{grid: {steps: 2}}", more=""):
    lines = "".join(f"  {name}: {{{terms}}}\n" for name, terms in factors)
    pathlib.Path("design.yaml").write_text(
        f"name: try\nscenario: {QUICK}\nreplications: 10\ndesign: {design}\nfactors:\n{lines}{more}", encoding="utf-8")


def try_design(*arguments):
    return run("sweep", "design.yaml", "--dry-run", *arguments)


def refused(label, expected):
    """Of one design: for each of the expected texts a line that has all of its words and so many places, its own first."""
    done = try_design()
    law(f"{label}: exit code 2, not {done.returncode}", done.returncode == 2)
    for words, places in expected:
        lines = [line for line in done.stderr.splitlines() if all(word in line for word in words)]
        law(f"{label}: {words} in {done.stderr}", len(lines) >= 1)
        for line in lines[:1]:
            law(f"{label}: {places} places in {line}", len(re.findall(r"[\w.]+:\d+:\d+", line)) == places)


# ---- Two paths to one value ----

def spellings(path):
    """Ways to write a path: every name in quotes or not."""
    names = path.split(".")
    for quoted in itertools.product((False, True), repeat=len(names)):
        yield ".".join(f'"{name}"' if quote else name for name, quote in zip(names, quoted))


def points_of(factors):
    """Of Morris's design: one more than there are factors."""
    write_design(factors, "{morris: {trajectories: 1}}", "every_assumed: yes\n")
    return int(re.search(r"morris: (\d+) points", try_design().stdout)[1])


def one_value_is_moved_once():
    terms = "range: [5 ha/day, 30 ha/day]"
    paths = list(spellings(RATE))
    write_design([(f"f{i}", f"path: '{path}', {terms}") for i, path in enumerate(paths)])
    refused("spellings", [([f"'{path}' is moved twice: factor 'f0' moves it at"], 2) for path in paths[1:]])
    write_design([("a", f"path: ['{RATE}', '{paths[3]}'], {terms}"), ("b", f"path: [planning.report_time, '{paths[5]}'], {terms}")])
    refused("lists", [(["is moved twice: factor 'a'", f"'{paths[3]}'"], 2), (["is moved twice: factor 'a'", f"'{paths[5]}'"], 2)])
    days = ("2021", '"2021"', "2021-01-01", '"2021-01-01"')
    write_design([(f"f{i}", f"path: '{BUDGET}.yearly.{day}', range: [1 MUSD, 2 MUSD]") for i, day in enumerate(days)])
    refused("days", [([f"yearly.{day}' is moved twice: factor 'f0' moves it at"], 2) for day in days[1:]])
    sections = (("planning", "planning.rule"), (BUDGET, f"{BUDGET}.overhead"), (f"{BUDGET}.yearly", f"{BUDGET}.yearly.2021"),
                ("methods", RATE), ("resettlement.uptake", "resettlement.uptake.p50"))
    for outer_first in (True, False):
        pairs = [pair if outer_first else pair[::-1] for pair in sections]
        names = [f"{letter}{i}" for i in range(len(pairs)) for letter in "ab"]
        pathlib.Path("points.csv").write_text(",".join(names) + "\n" + ",".join(["{}"] * len(names)) + "\n")
        write_design(zip(names, (f"path: {path}" for pair in pairs for path in pair)), "{points: {file: points.csv}}")
        refused("a section and what is in it", [([f"'{second}' is moved twice", f"'{first}'"], 2) for first, second in pairs])
    law("an assumed value that a factor moves is not taken again",
        points_of([("rule", "path: planning.rule, levels: [worst_first, weighted]")])
        == points_of([("rule", "path: planning.rule, levels: [worst_first, weighted]"),
                      ("report", "path: 'planning.\"report_time\"', range: [1 day, 9 days]")]))


# ---- What no factor may move ----

FIXED = {"horizon": "2023-12-31, 2030-12-31", "start": "2020-11-09, 2020-11-10", "name": "a, b", "question": "a, b",
         "layout.polygon": "500 ha, 600 ha", "layout.block": "40 ha, 80 ha", "layout.parcel": "2 ha, 4 ha",
         "results.district_series": "year, month", "hazard_areas.Aghali fields.area": "1 km2, 2 km2",
         "places.Aghali.wanted_from": "2021-01-01, 2022-01-01"}


def worlds_and_ruler_stand_still():
    told = [([f"'{path}' cannot be a factor: "], 1) for path in FIXED]
    write_design([(f"f{i}", f"path: {path}, levels: [{levels}]") for i, (path, levels) in enumerate(FIXED.items())])
    refused("levels", told)
    pathlib.Path("points.csv").write_text(",".join(f"f{i}" for i in range(len(FIXED))) + "\n"
                                          + ",".join(levels.split(", ")[1] for levels in FIXED.values()) + "\n")
    write_design([(f"f{i}", f"path: {path}") for i, path in enumerate(FIXED)], "{points: {file: points.csv}}")
    refused("a table", told)
    write_design([("held", "path: [levers.treaty.on, horizon], levels: [2029-12-31, 2030-12-31]"),
                  ("new", "path: operators.State.pace, levels: [1, 2]")])
    refused("others", [(["'horizon' cannot be a factor"], 1), (["there is no 'operators.State'"], 1)])
    write_design([("seed", "path: seed, levels: [1, 2]")])
    law("the seed is no value of a scenario", try_design().returncode == 2)
    write_design([("a", "path: hazard_areas.Aghali fields.area"), ("b", "path: districts.Zangilan.undiscovered"),
                  ("c", "path: hazard_areas.Araz road.area, spread: {p10: 1 km2, p50: 2 km2, p90: 3 km2}")],
                 "{latin_hypercube: {points: 4}}")
    law("what is uncertain about ground may be a factor", try_design().returncode == 0)
    said = run("sweep", "design.yaml", "-q", "-o", "ground").stderr
    law(f"but this is said: {said}", "warning: factor 'a' and 2 more change the ground itself" in said)


# ---- Levels ----

SAME = {RATE: ("1 km2/day", "100 ha/day", "1_000_000 m2/day", "700 ha/week", "{value: 100 ha/day, source: x}"),
        "districts.Zangilan.undiscovered": ("5 %", "0.05", "5e-2", "5.0 %"),
        "planning.report_time": ("48 hours", "2 days", "{p10: 2 days, p50: 48 hours, p90: 2.0 days}"),
        "planning.crowding": ("8", "8.0", "0.8e1"),
        f"{BUDGET}.yearly.2021": ("1 MUSD", "1000 kUSD", "1_000_000 USD"),
        "levers.treaty.on": ("2024-01-01", "'2024-01-01'"),
        "planning.rule": ("worst_first", "'worst_first'"),
        "operators.ANAMA.own_money": ("yes", "true", "'yes'")}
OTHER = {RATE: "2 km2/day", "districts.Zangilan.undiscovered": "6 %", "planning.report_time": "{p10: 1 day, p50: 2 days, p90: 3 days}",
         "planning.crowding": "9", f"{BUDGET}.yearly.2021": "2 MUSD", "levers.treaty.on": "2024-01-02", "planning.rule": "weighted",
         "operators.ANAMA.own_money": "no"}


def levels_differ():
    factors, told = [], []
    for path, texts in SAME.items():
        for first, second in itertools.combinations(texts, 2):
            factors.append((f"f{len(factors)}", f"path: {path}, levels: [{first}, {OTHER[path]}, {second}]"))
            told.append((["'levels': ", "is the same value as", f"design.yaml:{len(factors) + 5}:"], 2))
    write_design(factors)
    refused("levels", told)
    write_design([("f", f"path: {RATE}, range: [5 ha/day, 50000 m2/day]"),
                  ("g", "path: planning.report_time, spread: {p10: 5 days, p50: 5 days, p90: 5 days}")])
    refused("ends", [(["'range': "], 2), (["'planning.report_time': this distribution has one value only"], 1)])
    write_design([(f"f{i}", f"path: {path}, levels: [{texts[0]}, {OTHER[path]}]") for i, (path, texts) in enumerate(SAME.items())
                  if "own_money" not in path])
    done = try_design()
    law(f"levels that differ are good: {done.stderr}", done.returncode == 0)


# ---- Numbers are numbers ----

# For each path: cells that differ, ascending, so that the alphabet orders them otherwise; and what they are in held units.
COLUMNS = {
    RATE: (("5 ha/day", "100000 m2/day", "'20 ha/day'", "{value: 1 km2/day, source: x}"), (5e4, 1e5, 2e5, 1e6), "m2/day"),
    "districts.Zangilan.undiscovered": (("5 %", "0.06", "10 %", "1.2e-1"), (0.05, 0.06, 0.10, 0.12), "1"),
    "planning.report_time": (("36 hours", "9 days", "10 days", "1 month"), (1.5, 9, 10, 30.436875), "days"),
    f"{BUDGET}.yearly.2021": (("900 kUSD", "1 MUSD", "1_100_000 USD", "20 MUSD"), (9e5, 1e6, 1.1e6, 2e7), "USD"),
    "assets.Manual.teams": (("9", "10", "11", "20"), (9, 10, 11, 20), "1"),
    "levers.treaty.on": (("2023-01-01", "'2024-01-01'", "2024-01-02", "2025-06-30"), (19358, 19723, 19724, 20269), "days since 1970-01-01"),
}
WORDS = {"planning.rule": ("worst_first", "nearest_release"), "planning.report_time": ("10 days", "{p10: 1 day, p50: 2 days, p90: 9 days}")}


def rows_of(path, outcome="place_release_day"):
    tables = json.loads(run("sensitivity", path, "--json", "--outcome", outcome).stdout)["tables"]
    return {(row["element"], row["factor"]): row for row in tables["correlations"]["rows"]}


def sweep_of(name, factors, design):
    write_design(factors, design, "outputs: {place_release_day: {}}\n")
    done = run("sweep", "design.yaml", "-q", "-o", name)
    if done.returncode != 0:
        sys.exit(f"{name} ended with {done.returncode}: {done.stderr}")
    return f"{name}/sweep.h5"


def cells_are_values():
    for number, (path, (cells, held, units)) in enumerate(COLUMNS.items()):
        pathlib.Path("points.csv").write_text("f\n" + "\n".join(f'"{cell}"' for cell in cells * 2) + "\n")
        table = sweep_of(f"table{number}", [("f", f"path: '{path}'")], "{points: {file: points.csv}}")
        grid = sweep_of(f"grid{number}", [("f", f"path: '{path}', levels: [{', '.join(cells)}]")], "{grid: {}}")
        with h5py.File(table) as one, h5py.File(grid) as other:
            law(f"{path}: cells are the numbers that they say", numpy.allclose(one["f"][:], held * 2, rtol=1e-12))
            law(f"{path}: levels are the same numbers", numpy.array_equal(one["f"][:len(cells)], other["f"][:]))
            told = {file["f"].attrs["units"].decode() for file in (one, other)}
            law(f"{path}: {told} is {units}", told == {"day" if units == "days" else units})
            law(f"{path}: a value has one answer, however it is given",
                numpy.array_equal(one["place_release_day_mean"][:len(cells)], other["place_release_day_mean"][:], equal_nan=True))
        from_table, from_grid = rows_of(table), rows_of(grid)
        for key in from_grid:
            a, b = (rows[key]["rank_correlation"] for rows in (from_table, from_grid))
            law(f"{path}: the same sign from a table as from a grid at {key}: {a} and {b}", a == b or (a is not None and a * b > 0))
    for path, cells in WORDS.items():
        pathlib.Path("points.csv").write_text("f\n" + "\n".join(f'"{cell}"' for cell in cells) + "\n")
        with h5py.File(sweep_of("words" + path, [("f", f"path: {path}")], "{points: {file: points.csv}}")) as file:
            law(f"{path}: words stay words", [text.decode() for text in file["f"][:]] == list(cells))


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    one_value_is_moved_once()
    worlds_and_ruler_stand_still()
    levels_differ()
    cells_are_values()
end()
print("ok")
