"""What facts have taught, in every command that answers from results: figures are those of the weights of `homeward condition`, worked out again
with numpy, with the errors of the effective ones; the head says so; too few tell nothing; mistakes are told; the same bytes at any number of ranks.

Arguments: the program, the source folder."""
import json
import os
import pathlib
import re
import tempfile

import h5py
import numpy
from shared.laws import QUICK, ask, end, homeward, judged, law, run, tables

COUNT = 240
FACTS = """\
source: a test
observations:
  2021: {quantity: land_released, from: 2021-01-01, to: 2021-12-31, value: 900 ha, error: 90 ha}
  2022: {quantity: land_released, from: 2022-01-01, to: 2022-12-31, value: 1500 ha, error: 150 ha, known_by: 2023-02-01}
  2023: {quantity: land_released, from: 2023-01-01, to: 2023-12-31, value: 1400 ha, known_by: 2024-02-01}
"""
LEARNT = "--observations", "facts.yaml", "--as-of", "2023-04-30"
NOT_YET = "Aghali not released by 2022-03-31"


class Worlds:
    def __init__(self, path):
        with h5py.File(path) as file:
            units = file["place_release_day"].attrs["units"]
            units = units.decode() if isinstance(units, bytes) else units
            self.start = numpy.datetime64(units.split("since ")[1][:10])
            self.places = [name.decode() for name in file["place"][:]]
            self.release = file["place_release_day"][:]
            self.people = file["people_back"][:]
            self.months = file["month"][:]
            self.horizon = (numpy.datetime64("2030-12-31") - self.start).astype(int) + 1

    def of(self, place="Aghali"):
        return self.release[:, self.places.index(place)]

    def by(self, date, place="Aghali"):
        return numpy.floor(self.of(place)) <= (numpy.datetime64(date) - self.start).astype(int)  # False for NaN

    def day(self, days):
        return str(self.start + int(days))


def weights_of_condition(*more):
    ask("condition", "all.h5", *LEARNT, "-o", "w.json", "--replace", *more)
    kept = json.loads(pathlib.Path("w.json").read_text())
    return numpy.array(kept["weights"]), kept


def quantile(values, weights, p):
    values = numpy.where(numpy.isnan(values), numpy.inf, values)
    order = numpy.argsort(values, kind="stable")
    return values[order][min(numpy.searchsorted(numpy.cumsum(weights[order]), p - 1e-9), len(values) - 1)]


def wilson(share, n, z=1.959963984540054):
    half = z / (1 + z * z / n) * numpy.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return half


def row_of(rows, **wanted):
    return next(row for row in rows if all(row[key] == value for key, value in wanted.items()))


def figures_are_weighted(w, weights, kept):
    effective = 1 / (weights ** 2).sum()
    answer = tables("summary", "all.h5", *LEARNT, "--by", "2022-06-30")
    about = {row["fact"]: row["value"] for row in answer["about"]}
    law("what was learnt stands in the table of what was run", about["facts learnt from"] == "2" and about["learnt from facts known by"] == "2023-04-30"
        and abs(float(about["power"]) - kept["power"]) < 1e-8 and abs(float(about["replications effective"]) - effective) < 1e-4)
    for place in w.places:
        row = row_of(answer["place_release"], place=place)
        for name, p in (("p10", 0.1), ("p50", 0.5), ("p90", 0.9)):
            days = quantile(w.of(place), weights, p)
            law(f"{place}: {name} is {row[name]}", row[name] == (w.day(days) if numpy.isfinite(days) else "after 2030-12-31"))
        never = (weights * numpy.isnan(w.of(place))).sum()
        law(f"{place}: not yet in {row['censored']} %", abs(row["censored"] - 100 * never) < 0.051)
        by = row_of(answer["place_release_by"], place=place, by="2022-06-30")
        share = (weights * w.by("2022-06-30", place)).sum()
        law(f"{place}: {by['probability']} ± {by['probability_error']} by mid 2022", abs(by["probability"] - 100 * share) < 0.051
            and abs(by["probability_error"] - 100 * wilson(share, effective)) < 0.06)
    people = row_of(answer["people_back"], year=2030)
    mean = (weights * w.people[:, -1]).sum()
    variance = (weights * (w.people[:, -1] - mean) ** 2).sum() * effective / (effective - 1)
    law(f"people back: {people['mean']} ± {people['mean_error']}", abs(people["mean"] - mean) < 1
        and abs(people["mean_error"] / numpy.sqrt(variance / effective) - 1.97) < 0.02)
    plain = tables("summary", "all.h5", "--by", "2022-06-30")
    law("it is not what all worlds alike say", plain["place_release"] != answer["place_release"])
    text = homeward("summary", "all.h5", *LEARNT)
    law("the head says that dates before the day are no record, and only then", "Dates up to 2023-04-30 are simulated, too" in homeward("summary", "all.h5", *LEARNT)
        and "simulated, too" not in homeward("summary", "all.h5"))
    law("the head says as of when, of how many facts, how many are effective and how much was learnt",
        re.search(rf"As of 2023-04-30, learnt from 2 facts: effective {effective:.0f} of {COUNT} replications, partly conditioned \(power 0\.\d+\)", text)
        and text.index("learnt from") < text.index("How to read"))


def conditions_and_facts_together(w):
    kept = ~w.by("2022-03-31")
    text = homeward("summary", "all.h5", *LEARNT, "--given", NOT_YET)
    law("both are said", f'Given "{NOT_YET}": {kept.sum()} of {COUNT} worlds agree' in text and f"of {kept.sum()} replications" in text)
    row = row_of(tables("summary", "all.h5", *LEARNT, "--given", NOT_YET)["place_release"], place="Aghali")
    law("no quantile contradicts the condition", row["p10"] > "2022-03-31")


def delays_are_weighted(w, weights):
    with h5py.File("all.h5") as file:
        causes = [name.decode() for name in file["cause"][:]]
        delays = file["place_delay_days"][:][:, w.places.index("Aghali")]
    answer = tables("explain", "all.h5", "--place", "Aghali", *LEARNT)
    for c, cause in enumerate(causes):
        row = row_of(answer["delay"], cause=cause)
        law(f"{cause}: {row['mean']} days", abs(row["mean"] - (weights * delays[:, c]).sum()) < 0.01
            and abs(row["p50"] - quantile(delays[:, c], weights, 0.5)) < 0.01)
    days = quantile(w.of(), weights, 0.5)
    law("the future that is shown is the weighted median", row_of(answer["story"], step="released")["date"] == w.day(days)
        if any(row["step"] == "released" for row in answer["story"]) else True)
    law("money is told of, too", "learnt from 2 facts" in homeward("explain", "all.h5", "--money", *LEARNT))


def pairs_keep_their_pairs(w, weights):
    effective = 1 / (weights ** 2).sum()
    v = Worlds("variant.h5")
    rows = tables("compare", "all.h5", "variant.h5", *LEARNT)
    for place in w.places:
        x, y = (numpy.where(numpy.isnan(one.of(place)), w.horizon, one.of(place)) for one in (w, v))
        row = row_of(rows["place_release"], place=place)
        mean = (weights * (y - x)).sum()
        error = numpy.sqrt((weights * (y - x - mean) ** 2).sum() / (effective - 1))
        law(f"{place}: {row['difference']} ± {row['difference_error']} days", abs(row["difference"] - mean) < 0.01 and 1.9 < row["difference_error"] / error < 2.1)
        law(f"{place}: base and variant", abs(row["base"] - (weights * x).sum()) < 0.01 and abs(row["variant"] - (weights * y).sum()) < 0.01)
        share = 100 * (weights * (numpy.isnan(v.of(place)) * 1.0 - numpy.isnan(w.of(place)))).sum()
        law(f"{place}: never", abs(row_of(rows["place_never"], place=place)["difference"] - share) < 0.01)
    text = homeward("compare", "all.h5", "variant.h5", *LEARNT)
    law("compare says it of the base", "learnt from 2 facts" in text and "in the base" in text)
    law("and writes no page that cannot say it", not list(pathlib.Path(".").glob("*.html")))
    same = tables("compare", "all.h5", "all.h5", *LEARNT)
    law("a result does not differ from itself", all(row["difference"] == 0 for row in same["place_release"]))


def scenario_files_are_compared_at_any_number_of_ranks():
    words = "compare", QUICK, "variant.yaml", "-n", "100", "-q", "--json", "--observations", "facts.yaml", "--as-of", "2023-04-30"
    pathlib.Path("variant.yaml").write_text(f"include: [{QUICK}]\nname: Variant\nplanning: {{rule: worst_first}}\n")
    one = judged(*words, "--keep", "one")
    two = judged(*words, "--keep", "two", before=("mpirun", "-np", "2", "--oversubscribe"))
    law("two ranks say the same, to the byte", one.stdout == two.stdout and "2 facts" not in one.stderr)
    wrong = run(*words[:5], "-q", "--keep", "none", "--given", "Nowhere released by 2022-01-01", before=("mpirun", "-np", "2", "--oversubscribe"))
    law("a wrong condition ends all ranks before the work", wrong.returncode == 2 and not os.path.exists("none"))


def levers_are_ranked_on_them():
    os.mkdir("levers")
    pathlib.Path("levers/more.yaml").write_text("name: More\nassets:\n  More: {operator: ANAMA, method: battle_area, teams: 3, on: 2022-01-01, source: test}\n")
    text = homeward("levers", QUICK, "--levers", "levers", "-n", "100", "-q", *LEARNT, "--given", "Aghali not released by 2021-12-31")
    law("levers say it", re.search(r'Given "Aghali not released by 2021-12-31": \d+ of 100 worlds agree', text) and "learnt from 2 facts" in text)
    wrong = run("levers", QUICK, "--levers", "levers", "-n", "100", "-q", "--keep", "none", "--given", "Aghali freed by 2021-12-31",
                before=("mpirun", "-np", "2", "--oversubscribe"))
    law(f"a wrong condition ends all ranks: {wrong.returncode}", wrong.returncode == 2 and not os.path.exists("none"))


def pages_pictures_and_exports_say_it(w, weights):
    if judged("report", "all.h5", *LEARNT, "-o", "page.html").returncode == 0:
        data = re.search(r'<script type="application/json" id="data">(.*?)</script>', pathlib.Path("page.html").read_text(encoding="utf-8"), re.S)
        text = data[1] if data else pathlib.Path("page.html").read_text(encoding="utf-8")
        law("the page knows it", re.search(r'"learnt":\{"as_of":"2023-04-30","facts":2,"power":0\.\d+,"effective":1\d\d', text))
        counts = re.search(r'"counts":(\{.*?\}),"shares":(\{.*?\})', text)
        shares = json.loads(counts[2])
        month = list(w.months).index((numpy.datetime64("2022-06-30") - w.start).astype(int))
        key = json.loads(counts[1])["place_release_day"][w.places.index("Aghali")][month]
        law("its chances are weighted", abs(shares[str(key)][0] - 100 * (weights * w.by("2022-06-30")).sum()) < 1e-3)
    judged("plot", "all.h5", "--what", "timeline", *LEARNT, "--given", "Aghali not released by 2021-12-31", "-o", "t.svg")
    if os.path.exists("t.svg"):
        text = pathlib.Path("t.svg").read_text(encoding="utf-8")
        law("the picture says it in its foot", "learnt from 2 facts" in text and "worlds agree" in text)
    judged("export", "all.h5", "--geojson", "g.geojson", "--csv", "imas", *LEARNT)
    facts = json.loads(pathlib.Path("g.geojson").read_text())["homeward"]
    law("GeoJSON says it", "learnt from 2 facts" in facts["learnt"] and "given" not in facts)
    release = row_of(tables("summary", "all.h5", *LEARNT)["place_release"], place="Aghali")["p50"]
    law("its figures are the summary's", f'"{release}"' in pathlib.Path("g.geojson").read_text())


def mistakes_are_told():
    pathlib.Path("sharp.yaml").write_text(
        "source: a test\nobservations:\n"
        "  a: {quantity: land_in_all, from: 2021-01-01, to: 2021-12-31, value: 900 ha, error: 1 ha}\n")
    pathlib.Path("elsewhere.yaml").write_text(
        "source: a test\nobservations:\n  a: {quantity: first_families, place: Nowhere, value: 2022-01-01}\n")
    judged("run", QUICK, "-n", "40", "-q", "--no-page", "-o", "few.h5")
    cases = [
        ("all.h5", ("--observations", "facts.yaml"), "--observations wants --as-of DATE"),
        ("all.h5", ("--as-of", "2023-04-30"), "--as-of wants --observations FACTS"),
        ("all.h5", ("--observations", "facts.yaml", "--as-of", "2020-12-01"), "facts.yaml: no fact was known by then"),
        ("all.h5", ("--observations", "sharp.yaml", "--as-of", "2023-04-30"), "land_in_all"),
        ("all.h5", ("--observations", "elsewhere.yaml", "--as-of", "2023-04-30"), "nothing to learn from"),
        ("few.h5", LEARNT, "so few tell nothing (30 are the fewest)"),
    ]
    for results, words, expected in cases:
        for command in (("summary",), ("explain", "--place", "Aghali"), ("report", "-o", "wrong.html"), ("export", "--csv", "wrong"),
                        ("plot", "--what", "timeline", "-o", "wrong.svg")):
            done = run(command[0], results, *command[1:], *words)
            law(f"{command[0]} {words}: {done.returncode}, {done.stderr}", done.returncode == 2 and expected in done.stderr and done.stdout == "")
    done = run("summary", "all.h5", "--observations", "none.yaml", "--as-of", "2023-04-30")
    law("a file that is not there", done.returncode != 0 and "none.yaml" in done.stderr and done.stdout == "")
    law("nothing was written", not [name for name in os.listdir(".") if name.startswith("wrong")])
    before = pathlib.Path("facts.yaml").read_text()
    run("export", "all.h5", "--geojson", "facts.yaml", "--replace", *LEARNT)
    run("report", "all.h5", "-o", "facts.yaml", "--replace", *LEARNT)
    law("facts that are read are never written over", pathlib.Path("facts.yaml").read_text() == before)


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    pathlib.Path("facts.yaml").write_text(FACTS)
    judged("run", QUICK, "-n", COUNT, "-q", "--no-page", "-o", "all.h5")
    judged("run", QUICK, "-n", COUNT, "-q", "--no-page", "--set", "planning.rule=worst_first", "-o", "variant.h5")
    worlds = Worlds("all.h5")
    weights, kept = weights_of_condition()
    figures_are_weighted(worlds, weights, kept)
    conditions_and_facts_together(worlds)
    delays_are_weighted(worlds, weights)
    pairs_keep_their_pairs(worlds, weights)
    scenario_files_are_compared_at_any_number_of_ranks()
    levers_are_ranked_on_them()
    pages_pictures_and_exports_say_it(worlds, weights)
    mistakes_are_told()
    os.chdir("/")
end()
