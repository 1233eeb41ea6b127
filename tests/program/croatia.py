"""The second country: it keeps the laws of the first, speaks no word of it, and its forecasts from earlier days hold.

usage: croatia.py PROGRAM SOURCE_FOLDER
"""
import csv
import json
import pathlib
import re
import tempfile

import h5py
import numpy

from shared.laws import SOURCE, end, homeward, law, page_text, run, said, tables

CROATIA = SOURCE / "scenarios/croatia/croatia.yaml"
FACTS = SOURCE / "scenarios/observations/croatia.yaml"
ORIGINS = ("2004-12-31", "2008-12-31", "2012-12-31", "2016-12-31")
# Places, organisations, money and months of the first country, in both of its spellings.
FOREIGN = re.compile(
    r"az[eə]rb|a[gğ]dam|f[uü]zuli|c[aə]brayil|jabrayil|z[aə]n?gilan|[gq]ubadl|la[cç][hı]?[iı]n|k[aə]lb[aə]c|kalbajar|[sş]h?u[sş]h?a\b|xocal|khojal|xank|khank|"
    r"t[aə]rt[aə]r|aghali|zabukh|talish|karabakh|qaraba|anama|manat|\bM?AZN\b|yanvar|avqust|sentyabr|oktyabr|noyabr|dekabr|ehtimal|rayon\b",
    re.IGNORECASE)


def speaks_only_of_croatia(what, text):
    found = FOREIGN.search(text)
    law(f"{what} says nothing of another country" + (f", found {text[max(0, found.start() - 60):found.end() + 20]!r}" if found else ""), found is None)


with tempfile.TemporaryDirectory() as scratch:
    folder = pathlib.Path(scratch)

    # ---- What any world keeps
    for ranks in (1, 2):
        mpirun = ("mpirun", "--oversubscribe", "-np", ranks) if ranks > 1 else ()
        homeward("run", CROATIA, "-n", 12, "-q", "--no-page", "-o", folder / f"{ranks}.h5", before=mpirun)
    with h5py.File(folder / "1.h5") as one, h5py.File(folder / "2.h5") as two:
        law("no replication breaks a law", len(one["failed_replication"]) == 0)
        for name in ("ledger_m2", "district_completion_day", "stream_spent_usd", "district_asset_days", "contract_m2"):
            law(f"{name} has the same bytes on one rank and on two", one[name][:].tobytes() == two[name][:].tobytes())
        land = one["ledger_m2"][:]
        whole = one["suspected_m2"][:] + one["new_area_m2"][:]
        law("land is conserved", numpy.allclose(land[:, -1].sum(axis=1), whole, rtol=0, atol=1))
        law("the record of 2016 is where it begins", abs(one["suspected_m2"][:].mean() / 1e6 - 443.2) < 1)
        law("land is found, never lost", bool((numpy.diff(land.sum(axis=2), axis=1) >= -1).all()))

    # ---- Machines and dogs are teams of their own as of their count, the end of 2015, and hold nobody up
    def cleared_by_teams(path):
        with h5py.File(path) as file:
            return file["purpose_spent_usd"][:, [name.decode() for name in file["purpose"][:]].index("clearance")].sum()

    homeward("run", CROATIA, "--as-of", "2012-12-31", "-n", 2, "-q", "--no-page", "-o", folder / "2012.h5")
    law("dogs are paid as of 2016, and nothing but contracts as of 2012", cleared_by_teams(folder / "1.h5") > 0 and cleared_by_teams(folder / "2012.h5") == 0)
    left = {}
    for name, teams in (("with", ()), ("without", ("--set", "assets.Machines.teams=0", "--set", "assets.Dogs.teams=0"))):
        homeward("run", CROATIA, "-n", 60, "-q", "--no-page", "-o", folder / f"{name}.h5", *teams)
        with h5py.File(folder / f"{name}.h5") as file:
            left[name] = file["ledger_m2"][:, :120, 0].mean(axis=1)
    more = left["with"] / left["without"] - 1
    law(f"machines and dogs leave no more land: {100 * more.mean():+.1f} %", more.mean() - 1.96 * more.std(ddof=1) / len(more) ** 0.5 <= 0.01)

    # ---- Money in its own currencies
    in_euro, in_kuna = tables("summary", folder / "1.h5"), tables("summary", folder / "1.h5", "--currency", "HRK")
    in_dollars = tables("summary", folder / "1.h5", "--currency", "USD")
    with h5py.File(folder / "1.h5") as file:
        spent = file["stream_spent_usd"][:].sum(axis=2).mean(axis=0) / 1e6
    for rows, rate in ((in_euro, 1.28), (in_kuna, 0.17), (in_dollars, 1)):
        told = [row["mean"] for row in rows["money_by_stream"] if row["fate"] == "spent"]
        law(f"spent by stream at {rate} USD: {told}", numpy.allclose(told, spent / rate))
        same = all(a == b for name in ("casualties", "ledgers") for a, b in zip(rows[name], in_dollars[name]))
        law("nothing but money is in another currency", same)
    law("a currency that the scenario has not is refused", "did you mean 'EUR'" in said("summary", folder / "1.h5", "--currency", "EURO", code=2))
    homeward("plot", folder / "1.h5", "--what", "money", "-o", folder / "money.svg")
    homeward("export", folder / "1.h5", "--csv", folder / "nouns")
    law("a picture of places is refused", "is of places" in said("plot", folder / "1.h5", "--what", "timeline", "-o", folder / "timeline.svg", code=2))
    answers = {"summary": homeward("summary", folder / "1.h5"), "explain": homeward("explain", folder / "1.h5", "--money"),
               "the picture": (folder / "money.svg").read_text(), "export": (folder / "nouns/qm_spending.csv").read_text() + (folder / "nouns/nouns.csv").read_text()}
    for name, text in answers.items():
        law(f"{name} tells of euro alone", "EUR" in text and not re.search(r"USD(?! each)|dollar", text))

    # ---- Land by year and the end of all, replication by replication
    with h5py.File(folder / "1.h5") as file:
        ledger, ends = file["ledger_m2"][:] / 1e4, file["district_completion_day"][:]
        start = file["suspected_m2"][:] / 1e4
        whole = numpy.concatenate([start[:, None], ledger[:, 11::12].sum(axis=2)], axis=1)
        left = numpy.concatenate([start[:, None], ledger[:, 11::12, 0]], axis=1)
        of_year = {"left": left[:, 1:], "found anew": numpy.diff(whole, axis=1), "released": -numpy.diff(left, axis=1) + numpy.diff(whole, axis=1)}
    for name, amounts in of_year.items():
        told = [row["mean"] for row in in_euro["land_by_year"] if row["land"] == name]
        law(f"{name} in each year", numpy.allclose(told, amounts.mean(axis=0), rtol=1e-6, atol=1e-3))
    row = in_euro["all_districts"][0]
    law(f"all is released with the last of the counties: not yet in {row['censored']} %", numpy.isclose(row["censored"], 100 * numpy.isnan(ends.max(axis=1)).mean()))
    law("nobody is told to live there", "people_back" not in in_euro)

    # ---- Its own words
    page = folder / "croatia.html"
    homeward("report", folder / "1.h5", "-o", page)
    homeward("summary", folder / "1.h5", "--csv", folder / "csv")
    text = page_text(page)
    speaks_only_of_croatia("the page", text)
    refused = run("report", folder / "1.h5", "--language", "az", "-o", folder / "az.html")
    law(f"nor can it be asked for in a language that it does not speak: {refused.stderr}",
        refused.returncode == 2 and "one of en, ru, uk" in refused.stderr and not (folder / "az.html").exists())
    data = json.loads(re.search(r'<script[^>]*id="?data"?[^>]*>(.*?)</script>', text, re.DOTALL)[1])["results"][0]
    law("the page has no places, land by year and money in euro", data["places"] == [] and "land_by_year" in data["tables"] and data["money"] == "EUR")
    law("it asks by when all is released", len(data["counts"]["all_districts"][0]) == len(data["months"]))
    speaks_only_of_croatia("the summary", homeward("summary", folder / "1.h5"))
    speaks_only_of_croatia("JSON", homeward("summary", folder / "1.h5", "--json"))
    for sheet in (folder / "csv").iterdir():
        speaks_only_of_croatia(sheet.name, sheet.read_text())
    speaks_only_of_croatia("what is assumed", homeward("check", "--assumptions", CROATIA))
    law("all of this would have been seen", all(FOREIGN.search(word) for word in ("Ağdam", "Fuzuli", "ANAMA", "97.6 MAZN", "avqust")))

    # ---- Nothing that became known later is in a forecast
    for origin, first in zip(ORIGINS, (1174, 950, 681, 443.2)):
        told = said("check", CROATIA, "--as-of", origin)
        law(f"as of {origin} it begins on the next day", f"{int(origin[:4]) + 1}-01-01 to 2050-12-31" in told)

    # ---- Forecasts from earlier days
    homeward("hindcast", CROATIA, "--origins", ",".join(ORIGINS), "--ahead", "8 years", "-n", 80, "-q", "--runs", folder / "runs", "--csv", folder / "hindcast")
    rows = {name: list(csv.DictReader((folder / f"hindcast/hindcast_{name}.csv").open())) for name in ("facts", "ends", "years", "scores")}
    rows = {name: [{column.split(" [")[0]: cell for column, cell in row.items()} for row in table] for name, table in rows.items()}
    ends = {(row["origin"], row["district"]): row for row in rows["ends"]}
    for origin, promised in zip(ORIGINS, ("2009-03-01", "2019-03-01", "2019-03-01", "2019-03-01")):
        row = ends[origin, "all districts"]
        law(f"as of {origin} the promise is {row['promised']}", row["promised"] == promised)
        law(f"as of {origin} hardly any future keeps it: {row['probability']} %", float(row["probability"]) < 5)
        law(f"as of {origin} each county has an end of its own", all((origin, f"{name}") in ends for name in ("Lika-Senj", "Brod-Posavina")))
    law("military ground is apart since it was surveyed", ("2016-12-31", "Military ground") in ends and ("2012-12-31", "Military ground") not in ends)
    land = [row for row in rows["facts"] if row["group"] == "land_open"]
    inside = sum(row["inside_80_weighed"] == "yes" for row in land)
    law(f"of {len(land)} figures of the land left {inside} lie inside 80 %", inside >= 0.7 * len(land))
    every = sum(row["inside_80_weighed"] == "yes" for row in rows["facts"]) / len(rows["facts"])
    law(f"of all facts {100 * every:.0f} % lie inside 80 %, and not all", 0.65 < every < 0.95)
    score = next(row for row in rows["scores"] if row["group"] == "land_open")
    law(f"the land left is nearer than by three years' pace: {score['of_three_years']}", float(score["of_three_years"]) < 0.7)
    years = {(row["origin"], row["quantity"], row["year"]) for row in rows["years"]}
    law("land left, released and found are told for each of the years ahead", all(("2016-12-31", what, str(year)) in years for what in ("land_open", "land_released", "land_found") for year in range(2017, 2025)))

    # ---- Facts beside it
    facts = tables("observations", FACTS)
    law("facts are read", len(facts["observations"]) > 60)

end()
