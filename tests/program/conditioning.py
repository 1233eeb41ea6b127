"""`homeward condition` and `homeward hindcast`: weights, quantiles and scores are those of the result file, worked out again with numpy; what is
written can be trusted; mistakes are told.

Arguments: the program, the source folder."""
import datetime
import json
import os
import pathlib
import tempfile

import h5py
import numpy

from shared.laws import QUICK, SOURCE, ask, end, homeward, law, run, tables

START = datetime.date(2020, 11, 10)
COUNT = 80
FACTS = """\
source: a test
observations:
  2021: {quantity: land_released, from: 2021-01-01, to: 2021-12-31, value: 900 ha, error: 90 ha}
  2022: {quantity: land_released, from: 2022-01-01, to: 2022-12-31, value: 1500 ha, error: 150 ha, known_by: 2023-02-01}
  2023: {quantity: land_released, from: 2023-01-01, to: 2023-12-31, value: 1400 ha}
  mines: {quantity: items_found, of: AP, to: 2021-12-31, value: 60}
  families: {quantity: first_families, place: Aghali, at_least: 2021-06-01, at_most: 2022-12-31, known_by: 2022-12-31}
  district 2023: {quantity: land_released, district: Zangilan, from: 2023-01-01, to: 2023-12-31, value: 1300 ha, known_by: 2024-02-01}
  people: {quantity: people_back, place: Aghali, to: 2022-06-30, value: 10}
  plan 2023: {quantity: land_released, from: 2023-01-01, to: 2023-12-31, value: 2000 ha, plan: yes, known_by: 2023-01-15}
"""


def day(text):
    return (datetime.date.fromisoformat(text) - START).days


def student(z):
    return -3 * numpy.log1p(z * z / 5)


def tempered(logs, share):
    """Weights with which that share is effective, by bisection of the power."""
    def weigh(power):
        w = numpy.exp(power * (logs - logs.max()))
        w /= w.sum()
        return w, 1 / (w * w).sum()
    w, effective = weigh(1)
    if effective >= share * len(logs):
        return 1, w
    low, high = 0, 1
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if weigh(middle)[1] >= share * len(logs) else (low, middle)
    return low, weigh(low)[0]


def quantile(values, weights, p):
    order = numpy.argsort(values, kind="stable")
    reached = numpy.cumsum(weights[order])
    return values[order][min(numpy.searchsorted(reached, p - 1e-9), len(values) - 1)]


def crps(values, weights, fact):
    return (weights * abs(values - fact)).sum() - 0.5 * (weights[:, None] * weights[None] * abs(values[:, None] - values[None])).sum()


class Worlds:
    def __init__(self, path):
        with h5py.File(path) as file:
            ledgers = [name.decode() for name in file["ledger"][:]]
            self.months = file["month"][:]
            self.land = numpy.delete(file["ledger_m2"][:], ledgers.index("remaining"), axis=2).sum(axis=2)
            self.release = file["place_release_day"][:]
            self.places = [name.decode() for name in file["place"][:]]

    def released(self, text):
        return self.land[:, list(self.months).index(day(text))]


def root_error(value, *errors):
    """Errors of a value as one on square roots."""
    return numpy.sqrt(sum(((numpy.sqrt(value + e) - numpy.sqrt(value - e)) / 2) ** 2 for e in errors))


def distance(worlds, value, error):
    return (numpy.sqrt(worlds) - numpy.sqrt(value)) / root_error(value, error, 0.1 * value)


def weights_are_those_of_the_facts(w):
    land21 = w.released("2021-12-31") - w.released("2020-12-31")
    ask("condition", "r.h5", "--observations", "facts.yaml", "--as-of", "2022-12-31", "--only", "land_released", "-o", "w.json")
    kept = json.loads(pathlib.Path("w.json").read_text())
    power, weights = tempered(student(distance(land21, 900e4, 90e4)), 0.5)
    law(f"one fact was known and told of land: {kept['facts']}", kept["facts"] == 1)
    law(f"the power {kept['power']} is {power}", abs(kept["power"] - power) < 1e-8)
    law("weights are those of Student's t on square roots", numpy.allclose(kept["weights"], weights, rtol=1e-7, atol=1e-12))
    law("they add up to one, one for each replication", abs(sum(kept["weights"]) - 1) < 1e-8 and kept["replications"] == list(range(COUNT)))
    with h5py.File("r.h5") as file:
        result = file.attrs["digest"].decode(), file.attrs["model"].decode()
    law("they say of which result they are", (kept["scenario"], kept["model"]) == result and kept["seed"] == "1" and kept["kind"] == "homeward weights")
    law("half of them stay effective", power == 1 or abs(kept["effective"] - COUNT / 2) < 1e-3)
    all_of_it = tables("condition", "r.h5", "--observations", "facts.yaml", "--as-of", "2022-12-31", "--only", "land_released")
    about = all_of_it["conditioning"][0]
    law("below power one it is called partly conditioned", about["conditioned"] == ("fully" if power == 1 else "partly"))
    rows = {row["outcome"]: row for row in all_of_it["conditioned"]}
    land = w.released("2023-12-31")
    for name, p in (("p10", 0.1), ("p50", 0.5), ("p90", 0.9)):
        row = rows["land_released by 2023-12-31"]
        law(f"{name} after: {row[name]}", abs(row[name] - quantile(land, weights, p) / 1e4) < 1e-5)
        law(f"{name} before: {row[name + '_before']}", abs(row[name + "_before"] - quantile(land, numpy.full(COUNT, 1 / COUNT), p) / 1e4) < 1e-5)
    release = w.release[:, w.places.index("Aghali")]
    expected = quantile(numpy.where(numpy.isnan(release), numpy.inf, release), weights, 0.5)
    law("the release of a place, after", rows["release Aghali"]["p50"] == str(START + datetime.timedelta(int(expected))))
    return weights


def two_sources_of_one_figure_draw_towards_both(w):
    land = w.released("2021-12-31") - w.released("2020-12-31")
    one = numpy.quantile(land, 0.6) / 1e4
    lines = [f"  {name}: {{quantity: land_released, from: 2021-01-01, to: 2021-12-31, value: {value:.6f} ha, error: {value / 100:.6f} ha, source: x}}\n"
             for name, value in (("one", one), ("other", 1.2 * one))]
    pathlib.Path("one.yaml").write_text("observations:\n" + lines[0])
    pathlib.Path("both.yaml").write_text("observations:\n" + "".join(lines))
    kept = {}
    for name in ("one", "both"):
        ask("condition", "r.h5", "--observations", name + ".yaml", "--as-of", "2022-12-31", "--effective", "0 %", "-o", name + ".json")
        kept[name] = numpy.array(json.loads(pathlib.Path(name + ".json").read_text())["weights"])
    a, b = one * 1e4, 1.2 * one * 1e4
    first, second = distance(land, a, a / 100), distance(land, b, b / 100)
    shared = root_error(a, 0.1 * a) ** 2 / (root_error(a, a / 100, 0.1 * a) * root_error(b, b / 100, 0.1 * b))
    logs = student(first) + student((second - shared * first) / numpy.sqrt(1 - shared ** 2))
    weights = numpy.exp(logs - logs.max())
    law("what two facts share of the model's error is that of the lower", numpy.allclose(kept["both"], weights / weights.sum(), rtol=1e-6, atol=1e-12))
    means = {name: (each * land).sum() for name, each in kept.items()}
    law(f"a second, higher figure does not lower the mean: {means}", means["both"] >= means["one"])


def more_known_is_more_learnt():
    def about(*words):
        return tables("condition", "r.h5", "--observations", "facts.yaml", *words)
    early, late = about("--as-of", "2022-12-31"), about("--as-of", "2023-12-31")
    names = [row["name"] for row in late["facts_learnt_from"]]
    law(f"as of a day: what was known by then, and no plan: {names}", names == ["2021", "2022", "2023", "mines", "families", "people"])
    law("2022 was known in 2023 only", [row["name"] for row in early["facts_learnt_from"]] == ["2021", "mines", "families", "people"])
    tenth = about("--as-of", "2023-12-31", "--effective", "10%")["conditioning"][0]
    law("who is content with fewer effective replications learns more", tenth["power"] >= late["conditioning"][0]["power"] and
        tenth["effective"] >= 0.0999 * COUNT)
    def head(share):
        return homeward("condition", "r.h5", "--observations", "facts.yaml", "--as-of", "2023-12-31", "--effective", share)
    law("where so few are effective that they tell nothing, the head says so", "run more replications" in head("10%") and "run more" not in head("50%"))
    for words, leaks in ((("r.h5",), True), (("frozen.h5",), False)):
        text = homeward("condition", *words, "--observations", "facts.yaml", "--as-of", "2023-12-31")
        law(f"{words}: what the scenario itself knows later is named", ("knows more than was known on that day" in text) == leaks)
    unsure = about("--as-of", "2023-12-31", "--model-error", "100 %", "--only", "land_released")["conditioning"][0]
    law("a model that is not trusted hardly learns, at full power", unsure["power"] == 1 and unsure["effective"] > 0.75 * COUNT)


def scores_are_those_of_the_forecasts(w, weights):
    told = tables("hindcast", "r.h5", "--observations", "facts.yaml", "--origin", "2022-12-31", "--only", "land_released", "--ahead", "12")
    law("from that origin two facts lie ahead", [row["name"] for row in told["hindcast_facts"]] == ["2023", "district 2023"])
    row, land = told["hindcast_facts"][0], (w.released("2023-12-31") - w.released("2022-12-31")) / 1e4
    law(f"CRPS as weighed, {row['crps_weighed']}", abs(row["crps_weighed"] - crps(land, weights, 1400)) < 1e-5)
    law(f"CRPS before, {row['crps_before']}", abs(row["crps_before"] - crps(land, numpy.full(COUNT, 1 / COUNT), 1400)) < 1e-5)
    law(f"where it lies, {row['pit_weighed']}", abs(row["pit_weighed"] - 100 * weights[land < 1400].sum()) < 1e-6)
    law("as last year: 2021, since 2022 was not known", abs(row["last_year"] - 900) < 1e-6 and abs(row["straight"] - 900) < 1e-6)
    law("the plan of the year", row["plan"] == 2000)
    only = told["hindcast_facts"][1]
    law(f"the only district has all of the country's area: {only['by_area']}", abs(only["by_area"] - 900) < 1e-6 and row["by_area"] is None)
    score = told["hindcast_scores"][0]
    law("its share of each rule's error", abs(score["of_last_year"] - row["crps"] / 500) < 1e-8 and abs(score["of_plan"] - row["crps"] / 600) < 1e-8)
    inside = quantile(land, weights, 0.1) <= 1400 <= quantile(land, weights, 0.9)
    law("whether the interval of 80 % holds it", row["inside_80_weighed"] == ("yes" if inside else "no"))
    law("coverage counts it", told["hindcast_coverage"][0]["inside_80_weighed"] == (100 if inside else 0))
    law("without origins the ends of years are taken", [r["origin"] for r in tables("hindcast", "r.h5", "--observations", "facts.yaml")["hindcast_origins"]] ==
        ["2021-12-31", "2022-12-31"])


def mistakes_are_told():
    for code, words, *arguments in (
            (2, "condition wants --observations FACTS and --as-of DATE", "condition", "r.h5", "--as-of", "2022-12-31"),
            (2, "hindcast wants --observations FACTS", "hindcast", "r.h5"),
            (2, "--only rain: no such quantity", "condition", "r.h5", "--observations", "facts.yaml", "--as-of", "2022-12-31", "--only", "rain"),
            (2, "nothing to learn from", "condition", "r.h5", "--observations", "facts.yaml", "--as-of", "2020-12-31"),
            (2, "--origin 2022-12-31 is given twice", "hindcast", "r.h5", "--observations", "facts.yaml", "--origin", "2022-12-31", "--origin", "2021-12-31",
             "--origin", "2022-12-31"),
            (2, "--ahead: expected at most 1200 months", "hindcast", "r.h5", "--observations", "facts.yaml", "--ahead", str(2 ** 64 - 1)),
            (2, "no replication can have brought these facts together", "condition", "r.h5", "--observations", "absurd.yaml", "--as-of", "2022-12-31",
             "--model-error", "0 %"),
            (2, "nothing to score", "hindcast", "r.h5", "--observations", "facts.yaml", "--origin", "2024-12-31"),
            (2, "--effective: expected 0 to 100 %", "condition", "r.h5", "--observations", "facts.yaml", "--as-of", "2022-12-31", "--effective", "200 %"),
            (2, "facts.yaml", "condition", "r.h5", "--observations", "facts.yaml", "--as-of", "2022-12-31", "-o", "facts.yaml"),
            (2, "r.h5", "condition", "r.h5", "--observations", "facts.yaml", "--as-of", "2022-12-31", "-o", "r.h5", "--replace"),
            (2, "wrong.yaml:2:", "condition", "r.h5", "--observations", "wrong.yaml", "--as-of", "2022-12-31"),
            (4, "missing.h5", "condition", "missing.h5", "--observations", "facts.yaml", "--as-of", "2022-12-31")):
        done = run(*arguments)
        law(f"{arguments} ends with {code}, not {done.returncode}, and says {words}: {done.stderr}", done.returncode == code and words in done.stderr)


def facts_are_never_replaced():
    """Not under a name that only a scenario says, nor as one of the tables of a folder."""
    pathlib.Path("tables").mkdir()
    for name in ("tables/hindcast_facts.csv", "tables/conditioning.csv", "tables/observations.csv", "named.csv"):
        ask("observations", "facts.yaml", "-o", name)
    facts = pathlib.Path("named.csv").read_bytes()
    text = QUICK.read_text().replace("layers/", f"{SOURCE}/scenarios/layers/")
    for name in ("named.csv", "tables/hindcast_facts.csv", "tables/conditioning.csv", "tables/observations.csv"):
        pathlib.Path(name.split("/")[-1] + ".yaml").write_text(text + f"observations: {name}\n")
    as_of = ("--as-of", "2023-12-31")
    for name, *arguments in (
            ("named.csv", "observations", "named.csv.yaml", *as_of, "-o", "named.csv"),
            ("named.csv", "condition", "r.h5", "--observations", "named.csv.yaml", *as_of, "-o", "named.csv"),
            ("named.csv", "condition", QUICK, "--observations", "named.csv.yaml", *as_of, "-n", "20", "-q", "-o", "named.csv"),
            ("tables/hindcast_facts.csv", "hindcast", "r.h5", "--observations", "tables/hindcast_facts.csv", "--csv", "tables"),
            ("tables/hindcast_facts.csv", "hindcast", "r.h5", "--observations", "hindcast_facts.csv.yaml", "--csv", "tables"),
            ("tables/conditioning.csv", "condition", "r.h5", "--observations", "conditioning.csv.yaml", *as_of, "--csv", "tables"),
            ("tables/observations.csv", "observations", "observations.csv.yaml", "r.h5", "--csv", "tables"),
            ("tables/observations.csv", "observations", "observations.csv.yaml", "--csv", "tables")):
        for more in ((), ("--replace",)):
            done = run(*arguments, *more)
            law(f"{arguments} {more} ends with 2, not {done.returncode}, and the facts stay: {done.stderr}", done.returncode == 2 and name in done.stderr and
                pathlib.Path(name).read_bytes() == facts)
            pathlib.Path(name).write_bytes(facts)


def main():
    with tempfile.TemporaryDirectory() as scratch:
        os.chdir(scratch)
        pathlib.Path("facts.yaml").write_text(FACTS)
        pathlib.Path("wrong.yaml").write_text("observations:\n  a: {quantity: rain}\n")
        pathlib.Path("absurd.yaml").write_text(
            "observations:\n  a: {quantity: land_released, to: 2022-12-31, value: 1e290 km2, error: 1 ha, source: x}\n")
        ask("run", QUICK, "-n", COUNT, "-q", "--no-page", "-o", "r.h5")
        ask("run", QUICK, "--as-of", "2023-06-30", "-n", 4, "-q", "--no-page", "-o", "frozen.h5")
        before = pathlib.Path("r.h5").read_bytes(), FACTS
        worlds = Worlds("r.h5")
        weights = weights_are_those_of_the_facts(worlds)
        two_sources_of_one_figure_draw_towards_both(worlds)
        more_known_is_more_learnt()
        scores_are_those_of_the_forecasts(worlds, weights)
        mistakes_are_told()
        facts_are_never_replaced()
        law("nothing that was read has changed", before == (pathlib.Path("r.h5").read_bytes(), pathlib.Path("facts.yaml").read_text()))
    end()


main()
