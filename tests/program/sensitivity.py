"""Sweeps of the tutorial's scenario, and what moves their outcomes: the indices are those of the definitions, worked out here
again from the file; terminal, CSV and JSON agree; mistakes are told. usage: sensitivity.py PROGRAM SOURCE_FOLDER"""
import csv
import json
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile

import h5py
import numpy as np

program = os.path.realpath(sys.argv[1])
scenarios = os.path.join(os.path.realpath(sys.argv[2]), "scenarios")
os.environ.update(OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1")
os.environ["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"

DESIGN = """
name: Try
scenario: {scenarios}/quick.yaml
design: {{{design}}}
replications: 8
keep: {keep}
factors:
  undiscovered: {{path: districts.Zangilan.undiscovered}}
  survey_rate: {{path: methods.non_technical_survey.rate}}
  rule: {{path: planning.rule, levels: [nearest_release, returnees_per_dollar, worst_first]}}
outputs:
  release: {{of: place_release_day}}
  victims: {{at: [last, sum]}}
by: [2027-12-31]
"""


def run(*words, code=0):
    done = subprocess.run([program, *words], capture_output=True, text=True)
    assert done.returncode == code, (words, done.returncode, done.stdout, done.stderr)
    return done


def sweep(name, design, keep):
    with open(name + ".yaml", "w") as file:
        file.write(DESIGN.format(scenarios=scenarios, design=design, keep=keep))
    run("sweep", name + ".yaml", "-q", "-o", name)
    return os.path.join(name, "sweep.h5")


def tables(*words):
    return {name: table["rows"] for name, table in json.loads(run("sensitivity", *words, "--json").stdout)["tables"].items()}


def close(found, expected, within=1e-8):
    assert abs(found - expected) <= within * max(1, abs(expected)), (found, expected)


def table_reads_the_same_everywhere(path):
    rows = tables(path)
    shown = run("sensitivity", path).stdout
    run("sensitivity", path, "--csv", "tables", "--replace")
    for name, expected in rows.items():
        with open(os.path.join("tables", name + ".csv")) as file:
            lines = list(csv.reader(file))
        names = [title.split(" [")[0] for title in lines[0]]
        assert len(lines) - 1 == len(expected), name
        for line, row in zip(lines[1:], expected):
            assert names == list(row), name
            for cell, value in zip(line, row.values()):
                assert cell == "" if value in (None, "") else float(cell) == value if isinstance(value, (int, float)) else cell == value, (cell, value)
    first = list(rows.values())[0]
    for row in first[:3]:
        line = next(l for l in shown.splitlines() if l.strip().startswith(row["outcome"]) and f" {row['factor']} " in l)
        assert ("assumed" in line) == (row["assumed"] == "assumed"), line
        for value in ("total", "mu_star", "rank_correlation"):
            if row.get(value) is not None:
                decimals = 0 if value == "mu_star" and row["units"] == "days" else 2
                assert f"{row[value]:,.{decimals}f}".replace("-0.00", "0.00") in line, (value, row[value], line)
    return rows


def ranked(rows, measure):
    for outcome in {row["outcome"] for row in rows}:
        sizes = [abs(row[measure]) for row in rows if row["outcome"] == outcome and row[measure] is not None]
        assert sizes == sorted(sizes, reverse=True), (outcome, sizes)
        assert [row["rank"] for row in rows if row["outcome"] == outcome][: len(sizes)] == list(range(1, len(sizes) + 1))


def blocks(values, factors):
    """(rows, factors + 2, ...): A, B, AB_i."""
    return values.reshape(-1, factors + 2, *values.shape[1:])


def indices_follow_from_the_means(path, rows):
    with h5py.File(path) as file:
        means, sds, names = file["victims_mean"][:], file["victims_sd"][:], [n.decode() for n in file["factor"][:]]
        assumed = dict(zip(names, file["factor_assumed"][:]))
    y = blocks(means, 3)
    y = y - y[:, :2].mean()
    spread = (y[:, :2] ** 2).mean()
    noise = blocks(sds**2 / 8, 3)
    for row in (row for row in rows["sobol_indices"] if row["outcome"] == "victims"):
        ab = y[:, 2 + names.index(row["factor"])]
        close(row["main"], (y[:, 1] * (ab - y[:, 0])).mean() / spread)
        total = ((y[:, 0] - ab) ** 2).mean() / 2
        close(row["total"], total / spread)
        taken = (noise[:, 0] + noise[:, 2 + names.index(row["factor"])]).mean() / 2
        left = spread - noise[:, :2].mean()  # noise as if worlds were not shared may be more than all there is
        if left > 0:
            close(row["total_less_noise"], (total - taken) / left)
        else:
            assert row["total_less_noise"] is None and row["total_told"] == "no"
        assert row["main_low"] <= row["main"] <= row["main_high"] and row["total_low"] <= row["total"] <= row["total_high"]
        assert (row["assumed"] == "assumed") == bool(assumed[row["factor"]])
    about = next(row for row in rows["sensitivity_outcomes"] if row["outcome"] == "victims")
    close(about["noise"], 100 * min(1, noise[:, :2].mean() / y[:, :2].var(ddof=1)))
    assert about["noise_is"] == "at most" and about["rows"] == 12 and about["dropped"] == 0 and about["resamples"] == 1000
    assert "few rows" in about["caution"]


def kept_worlds_take_the_noise_off(path, rows):
    with h5py.File(path) as file:
        values, names = file["victims"][:], [n.decode() for n in file["factor"][:]]
    y = blocks(values, 3)
    y = y - y[:, :2].mean(axis=(0, 1))
    n = y.shape[-1]

    def product(p, q):  # of means over different worlds
        return (p.sum(-1) * q.sum(-1) - (p * q).sum(-1)) / (n * (n - 1))

    spread = (product(y[:, 0], y[:, 0]) + product(y[:, 1], y[:, 1])).mean() / 2
    for row in (row for row in rows["sobol_indices"] if row["outcome"] == "victims"):
        difference = y[:, 2 + names.index(row["factor"])] - y[:, 0]
        close(row["main"], product(y[:, 1], difference).mean() / spread)
        close(row["total"], product(difference, difference).mean() / 2 / spread)
        assert row["total_less_noise"] is None
    about = next(row for row in rows["sensitivity_outcomes"] if row["outcome"] == "victims")
    raw = (y[:, :2].mean(-1) ** 2).mean()
    close(about["noise"], 100 * (raw - spread) / raw)
    assert about["noise_is"] == "taken off"


def effects_follow_from_the_means(path, rows):
    with h5py.File(path) as file:
        means, unit, moved = file["victims_mean"][:], file["unit_coordinate"][:], file["morris_moved"][:]
        names = [n.decode() for n in file["factor"][:]]
    for row in (row for row in rows["morris_measures"] if row["outcome"] == "victims"):
        f = names.index(row["factor"])
        at = np.flatnonzero(moved == f)
        effects = (means[at] - means[at - 1]) / (unit[at, f] - unit[at - 1, f])
        assert len(effects) == 6
        close(row["mu"], effects.mean())
        close(row["mu_star"], abs(effects).mean())
        close(row["sigma"], effects.std(ddof=1))


def correlations_follow_from_the_means(path, rows):
    def ranks(values):
        return np.array([((values < v).sum() + (values <= v).sum() + 1) / 2 for v in values])

    with h5py.File(path) as file:
        means = file["victims_mean"][:]
        x = {name: file[name][:] for name in ("undiscovered", "survey_rate")}
    matrix = np.array([(v - v.mean()) / v.std() for v in x.values()]).T
    y = (means - means.mean()) / means.std()
    coefficients = dict(zip(x, np.linalg.lstsq(matrix, y, rcond=None)[0]))
    for row in (row for row in rows["correlations"] if row["outcome"] == "victims"):
        if row["factor"] == "rule":
            assert row["told_from_zero"] == "unknown" and row["rank"] is None and "words" in row["about"]
            continue
        close(row["rank_correlation"], np.corrcoef(ranks(x[row["factor"]]), ranks(means))[0, 1])
        close(row["coefficient"], coefficients[row["factor"]])
    fitted = matrix @ np.array(list(coefficients.values()))
    about = next(row for row in rows["sensitivity_outcomes"] if row["outcome"] == "victims")
    close(about["explained"], 100 * (1 - ((y - fitted) ** 2).mean()))


def ranges_are_those_of_the_points(path, rows):
    with h5py.File(path) as file:
        names, assumed = [n.decode() for n in file["factor"][:]], file["factor_assumed"][:]
        assert [row["factor"] for row in rows["sensitivity_factors"]] == names
        for row, mark in zip(rows["sensitivity_factors"], assumed):
            values = file[row["factor"]][:]
            assert (row["assumed"] == "assumed") == bool(mark)
            if row["factor"] == "rule":
                assert row["words"] == ", ".join(sorted({v.decode() for v in values})) and row["least"] is None and row["most"] is None
                continue
            close(row["least"], values.min())
            close(row["most"], values.max())
            assert row["words"] == "" and row["least"] < row["most"]


def probability_by_a_date_is_an_outcome_too(path):
    rows = tables(path, "--by", "2027-12-31", "--outcome", "release: Aghali")["sobol_indices"]
    assert {row["outcome"] for row in rows} == {"release by 2027-12-31: Aghali"} and {row["units"] for row in rows} == {"probability"}
    with h5py.File(path) as file:
        place = [n.decode() for n in file["place"][:]].index("Aghali")
        shares = blocks(file["release_by"][:, place, 0], 3)
    y = shares - shares[:, :2].mean()
    rule = next(row for row in rows if row["factor"] == "rule")
    close(rule["total"], ((y[:, 0] - y[:, 4]) ** 2).mean() / 2 / (y[:, :2] ** 2).mean())


def mistakes_are_told(path):
    def says(text, *words):
        assert text in run(*words, code=2).stderr, (text, words)

    says("did you mean 'release'?", "sensitivity", path, "--outcome", "relase")
    says("it has those by 2027-12-31", "sensitivity", path, "--by", "2026-12-31")
    says("'victims' is not one", "sensitivity", path, "--by", "2027-12-31", "--outcome", "victims")
    says("expected the result of a sweep", "sensitivity")
    says("--check needs no file", "sensitivity", path, "--check")
    assert "not the result of a sweep" in run("sensitivity", "sobol.yaml", code=2).stderr


def days_are_whole_on_the_terminal(path):
    rows = tables(path)["morris_measures"]
    shown = [line for line in run("sensitivity", path, "--outcome", "release").stdout.splitlines() if line.strip().startswith("release: ")]
    assert len(shown) >= 4 and not any(re.search(r"\d\.\d", line.split("noise")[0]) for line in shown if "yes" in line or " no " in line), shown
    assert any(row["mu"] is not None and row["mu"] != round(row["mu"]) for row in rows if row["units"] == "days")


def all_paths_of_a_factor_are_told(path):
    expected = ["methods.non_technical_survey.rate", "methods.technical_survey.rate"]
    with h5py.File(path) as file:
        assert [p.decode() for p in file["factor_paths"][:]] == ["\n".join(expected), "planning.rule"]
        assert [p.decode() for p in file["factor_path"][:]] == [expected[0], "planning.rule"]
    for table in ("correlations", "sensitivity_factors"):
        assert {row["path"] for row in tables(path)[table] if row["factor"] == "rates"} == {", ".join(expected)}
    shutil.copy(path, "old.h5")
    with h5py.File("old.h5", "r+") as file:  # as a program wrote it that kept the first only
        del file["factor_paths"]
    assert {row["path"] for row in tables("old.h5", "--unsealed")["sensitivity_factors"]} == {expected[0], "planning.rule"}


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    sobol = sweep("sobol", "sobol: {rows: 12}", "summaries")
    kept = sweep("kept", "sobol: {rows: 12}", "outcomes")
    morris = sweep("morris", "morris: {trajectories: 6}", "summaries")
    spread = sweep("spread", "latin_hypercube: {points: 30}", "summaries")
    found = table_reads_the_same_everywhere(sobol)
    ranked(found["sobol_indices"], "total")
    indices_follow_from_the_means(sobol, found)
    ranges_are_those_of_the_points(sobol, found)
    kept_worlds_take_the_noise_off(kept, table_reads_the_same_everywhere(kept))
    found = table_reads_the_same_everywhere(morris)
    ranked(found["morris_measures"], "mu_star")
    effects_follow_from_the_means(morris, found)
    days_are_whole_on_the_terminal(morris)
    with open("together.yaml", "w") as file:
        file.write(f"""
name: Two rates together
scenario: {scenarios}/quick.yaml
design: {{latin_hypercube: {{points: 10}}}}
replications: 2
factors:
  rates: {{path: [methods.non_technical_survey.rate, methods.technical_survey.rate], range: [2 ha/day, 3 ha/day]}}
  rule: {{path: planning.rule, levels: [nearest_release, worst_first]}}
""")
    run("sweep", "together.yaml", "-q", "-o", "together")
    all_paths_of_a_factor_are_told(os.path.join("together", "sweep.h5"))
    found = table_reads_the_same_everywhere(spread)
    ranked(found["correlations"], "rank_correlation")
    correlations_follow_from_the_means(spread, found)
    probability_by_a_date_is_an_outcome_too(sobol)
    mistakes_are_told(sobol)
    assert run("sensitivity", sobol).stdout == run("sensitivity", sobol).stdout
    check = run("sensitivity", "--check").stdout
    assert "Ishigami" in check and "WRONG" not in check
    assert not math.isnan(found["correlations"][0]["coefficient"])
    print("all laws hold")
