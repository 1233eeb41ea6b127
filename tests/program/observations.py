"""`homeward observations`: files of facts are read as they say, mistakes are told where they are, and each fact beside the model is what the
result file says, worked out again with numpy.

Arguments: the program, the source folder."""
import csv
import datetime
import json
import os
import pathlib
import tempfile

import h5py
import numpy

from shared.laws import SOURCE, ask, end, law

START = datetime.date(2020, 11, 10)
SHIPPED = SOURCE / "scenarios" / "observations" / "azerbaijan.yaml"

FACTS = """\
currencies: {AZN: 0.5 USD}
source: a test
observations:
  land of 2022: {quantity: land_released, from: 2022-01-01, to: 2022-12-31, value: 300 ha, confidence: high}
  land to a day: {quantity: land_released, to: 2023-05-13, value: 700 ha, error: 70 ha}
  battle area: {quantity: land_released, of: battle_area_cleared, district: Zangilan, from: 2022-01-01, to: 2022-12-31, value: 3 km2}
  left: {quantity: land_open, to: 2023-12-31, value: 6000 ha}
  mines: {quantity: items_found, of: AP, from: 2021-01-01, to: 2023-12-31, at_least: 20, at_most: 200}
  all items: {quantity: items_found, from: 2021-01-01, to: 2023-12-31, value: 900}
  killed: {quantity: victims, of: killed, to: 2024-12-31, value: 2}
  civilians: {quantity: victims, of: civilian, from: 2023-01-01, to: 2024-12-31, at_least: 1}
  people: {quantity: people_back, to: 2024-03-31, value: 500}
  people of the place: {quantity: people_back, place: Aghali, to: 2024-12-31, value: 400}
  people within a year: {quantity: people_back, place: Aghali, to: 2024-09-30, value: 400}
  families: {quantity: first_families, place: Aghali, value: 2023-02-01}
  free: {quantity: release, place: Aghali, at_least: 2022-06-01, at_most: 2022-12-31}
  district: {quantity: release, district: Zangilan, value: 2031-12-31, note: after the end}
  staff: {quantity: people_employed, to: 2023-06-30, value: 60}
  teams at work: {quantity: teams, of: working, from: 2022-01-01, to: 2022-12-31, value: 3}
  money: {quantity: money_spent, purpose: clearance, from: 2022-01-01, to: 2023-12-31, value: 2 MAZN, error: 10 %}
  a stream: {quantity: money_spent, stream: State mine action budget, from: 2022-01-01, to: 2022-12-31, value: 1 MUSD}
  half a year: {quantity: money_spent, from: 2022-01-01, to: 2022-06-30, value: 1 MUSD}
  by operator: {quantity: land_released, operator: ANAMA, to: 2022-12-31, value: 10 ha}
  too late: {quantity: land_released, to: 2041-12-31, value: 10 ha}
  too early: {quantity: land_released, from: 2019-01-01, to: 2021-12-31, value: 10 ha}
  somewhere: {quantity: people_back, place: Aghalli, to: 2024-12-31, value: 1}
  rain: {quantity: rain, value: 3 mm, not_modelled: it is not counted}
"""


class File:
    def __init__(self, path):
        self.file = h5py.File(path)
        self.months, self.periods, self.years = (self.file[name][:] for name in ("month", "period", "year"))
        self.horizon = self.months[-1]

    def labels(self, axis):
        return [label.decode() for label in self.file[axis][:]]

    def at(self, variable, day, axis=1):
        """A monthly series at the end of a day: a straight line between ends of months, from nothing at the start."""
        values = numpy.moveaxis(numpy.asarray(self.file[variable][:], float), axis, -1)
        first = numpy.zeros(values.shape[:-1] + (1,))
        values, days = numpy.concatenate([first, values], axis=-1), numpy.concatenate([[-1], self.months])
        return numpy.apply_along_axis(lambda series: numpy.interp(day, days, series), -1, values)

    def year_end(self, year):
        return list(self.years).index(year)


def day(text):
    return (datetime.date.fromisoformat(text) - START).days


def expected(f):
    """Name of a fact: the model's sample of it, in the units of the table."""
    ledgers, items, victims = f.labels("ledger"), f.labels("item"), f.labels("victim")

    def released(text):
        return numpy.delete(f.at("ledger_m2", day(text)), ledgers.index("remaining"), axis=1).sum(axis=1) / 1e4

    def found(text):
        return f.at("found", day(text))

    def hurt(text, word):
        return f.at("victims", day(text))[:, [i for i, name in enumerate(victims) if word in name.split()]].sum(axis=1)
    place = f.labels("place").index("Aghali")
    people = f.file["place_people_month"][:, place]
    came = f.file["place_first_return_day"][:, place]
    district = f.file["district_ledger_m2"][:][:, 0, :, ledgers.index("battle_area_cleared")].sum(axis=1) / 1e4
    periods = [START + datetime.timedelta(int(value)) for value in f.periods]
    p21, p22 = periods.index(datetime.date(2021, 12, 31)), periods.index(datetime.date(2022, 12, 31))
    spent = f.file["purpose_spent_usd"][:][:, f.labels("purpose").index("clearance")] / 1e6
    days = f.file["district_asset_days"][:][:, 0, f.labels("use").index("working")]
    return {
        "land of 2022": released("2022-12-31") - released("2021-12-31"),
        "land to a day": released("2023-05-13"),
        "battle area": district[:, p22] - district[:, p21],
        "left": f.at("ledger_m2", day("2023-12-31"))[:, ledgers.index("remaining")] / 1e4,
        "mines": (found("2023-12-31") - found("2020-12-31"))[:, items.index("AP")],
        "all items": (found("2023-12-31") - found("2020-12-31")).sum(axis=1),
        "killed": hurt("2024-12-31", "killed"),
        "civilians": hurt("2024-12-31", "civilian") - hurt("2022-12-31", "civilian"),
        "people": f.at("people_back", day("2024-03-31")),
        "people of the place": people[:, list(f.months).index(day("2024-12-31"))],
        "people within a year": people[:, list(f.months).index(day("2024-09-30"))],
        "families": came,
        "free": f.file["place_release_day"][:, place],
        "district": f.file["district_completion_day"][:, 0],
        "staff": f.at("people_employed", day("2023-06-30")),
        "teams at work": (days[:, p22] - days[:, p21]) / 365,
        "money": spent[:, f.year_end(2022)] + spent[:, f.year_end(2023)],
    }


def date_of(days):
    return "after 2030-12-31" if numpy.isnan(days) else str(START + datetime.timedelta(int(days // 1)))


def check_row(row, sample):
    dates = row["units"] == "date"
    ordered = numpy.sort(sample)  # NaN last
    for name, p in (("p10", 0.1), ("p50", 0.5), ("p90", 0.9)):
        value = ordered[max(int(numpy.ceil(p * len(ordered) - 1e-9)) - 1, 0)]
        told = row[name] == date_of(value) if dates else abs(row[name] - value) <= 1e-6 * max(1, abs(value))
        law(f"{row['name']}: {name} {row[name]} is that of the file, {value}", told)
    if row["low"] is None or row["high"] is None:
        law(f"{row['name']}: an open range lies nowhere", row["where"] is None)
        return
    fact = day(row["fact"]) if dates else row["fact"]
    sample = numpy.floor(sample) if dates else sample
    where = 100 * (numpy.mean(sample < fact - 1e-9) + numpy.mean(sample <= fact + 1e-9)) / 2
    law(f"{row['name']}: where, {row['where']} and {where}", abs(row["where"] - where) < 1e-6)


def beside_the_model():
    pathlib.Path("facts.yaml").write_text(FACTS)
    ask("run", SOURCE / "scenarios" / "quick.yaml", "-n", "60", "-q", "--no-page", "-o", "r.h5")
    done = ask("observations", "facts.yaml", "r.h5", "--json")
    tables = json.loads(done.stdout)["tables"]
    rows = {row["name"]: row for row in tables["observations"]["rows"]}
    samples = expected(File("r.h5"))
    law("all facts are there", len(rows) == FACTS.count("quantity:"))
    for name, sample in samples.items():
        check_row(rows[name], sample)
    for name, why in (("half a year", "by calendar year only"), ("by operator", "does not tell land_released by operator"),
                      ("too late", "ends before"), ("too early", "begins before the model does (2020-11-10)"),
                      ("somewhere", "no place 'Aghalli'; did you mean 'Aghali'?"), ("rain", "it is not counted")):
        law(f"{name} is not told, and why: {rows[name]['why']}", why in rows[name]["why"] and rows[name]["p50"] is None)
    checked = ask("check", SOURCE / "scenarios" / "quick.yaml", "--observations", "facts.yaml")
    told = sum(row["p50"] is not None for row in rows.values())
    law(f"check knows before a run what the results will tell: {checked.stdout}", f"{told} of {len(rows)} facts are told" in checked.stdout and
        all(rows[name]["why"] in checked.stdout for name in ("half a year", "by operator", "rain")) and "facts.yaml:26:" in checked.stderr)
    law("people in a place are told of any month, exactly", rows["people within a year"]["why"] is None)
    law("a misspelt place is a warning where it stands", "facts.yaml:26:" in done.stderr and "warning" in done.stderr)
    law("money of other currencies is in USD", rows["money"]["fact"] == 1 and rows["money"]["error"] == 0.1)
    law("an error of the fact's own, and that of its confidence", rows["land to a day"]["error"] == 70 and rows["land of 2022"]["error"] == 15)
    law("a range has its middle, and an open one its end", rows["mines"]["fact"] == 110 and rows["civilians"]["reads"] == "at least")
    told = [row for row in rows.values() if row["p50"] is not None]
    inside = tables["observations_inside"]["rows"]
    values = [row for row in told if row["low"] == row["high"] and row["low"] is not None]
    law("groups add up to all single values; ranges are not counted", sum(row["facts"] for row in inside[:-1]) == inside[-1]["facts"] == len(values) < len(told))
    law("and so does what lies inside", inside[-1]["inside"] == sum(row["inside"] == "yes" for row in values))
    law("no group is empty", all(row["facts"] > 0 for row in inside))


def yaml_and_csv_say_the_same():
    ask("observations", SHIPPED, "-o", "all.csv")
    ask("observations", "all.csv", "-o", "all.yaml")
    ask("observations", "all.yaml", "-o", "again.csv")
    law("YAML and CSV turn into each other", pathlib.Path("all.csv").read_bytes() == pathlib.Path("again.csv").read_bytes())
    with open("all.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    law(f"the shipped facts are all there: {len(rows)}", len(rows) == 197)
    law("each with a source and a day on which it was known", all(row["source"] and row["known_by"] for row in rows))
    law("no fact is known before it came", all(row["known_by"] >= (row["to"] or row["value"] or row["at_least"]) for row in rows if row["plan"] != "yes"))
    one, other = (json.loads(ask("observations", path, "--json").stdout)["tables"]["observations"]["rows"] for path in (SHIPPED, "all.csv"))
    law("and say the same, to ten digits", one == other)
    known = json.loads(ask("observations", SHIPPED, "--as-of", "2023-03-31", "--json").stdout)["tables"]["observations"]["rows"]
    law("as of a date only what was known by then", known == [row for row in one if row["known_by"] <= "2023-03-31"] and 0 < len(known) < 60)
    ask("observations", "all.csv", "-o", "all.csv", code=2)
    law("by then nothing was known", "no fact was known by then" in ask("observations", SHIPPED, "--as-of", "1990-01-01", code=2).stderr)
    pathlib.Path("foreign.csv").write_text("a,b\n1,2\n")
    ask("observations", SHIPPED, "-o", "foreign.csv", code=2)
    law("a table of others is not replaced", pathlib.Path("foreign.csv").read_text() == "a,b\n1,2\n")


def refused(name, text, *words):
    pathlib.Path(name).write_text(text)
    message = ask("observations", name, code=2).stderr
    for word in words:
        law(f"{name}: '{word}' in: {message}", word in message)


def mistakes_are_told_where_they_are():
    def fact(columns):
        return f"observations:\n  a fact: {{{columns}}}\n"
    good = "quantity: land_released, to: 2022-12-31, source: a test"
    refused("kind.yaml", fact("quantity: land_relased, to: 2022-12-31, value: 3 ha, source: x"), "kind.yaml:2:22: ", "did you mean 'land_released'?")
    refused("column.yaml", fact(good + ", valu: 3 ha"), "column.yaml:2:69: unknown column 'valu'; did you mean 'value'?")
    refused("unit.yaml", fact(good + ", value: 3"), "unit.yaml:2:76: 'value': expected an area such as")
    refused("both.yaml", fact(good + ", value: 3 ha, at_least: 2 ha"), "both.yaml:2:3: either 'value', or 'at_least'")
    refused("none.yaml", fact(good), "'value' is missing")
    refused("range.yaml", fact(good + ", at_least: 3 ha, at_most: 2 ha"), "'at_least' is more than 'at_most' (2 ha)")
    refused("source.yaml", fact("quantity: land_released, to: 2022-12-31, value: 3 ha"), "'source' is missing")
    refused("date.yaml", fact("quantity: land_released, to: 2022-13-31, value: 3 ha, source: x"), "expected a date such as 2024-05-31, found '2022-13-31'")
    refused("span.yaml", fact(good + ", from: 2023-01-01, value: 3 ha"), "'from' is after 'to' (2022-12-31)")
    refused("word.yaml", fact(good + ", value: 3 ha, confidence: hihg"), "did you mean 'high'?")
    refused("place.yaml", fact("quantity: first_families, value: 2022-12-31, source: x"), "first_families wants a `place`")
    refused("known.yaml", fact(good + ", value: 3 ha, known_by: 2022-06-01"), "'known_by' is before 'to'")
    early = "quantity: first_families, place: Aghali, source: a test, known_by: 2022-06-30, "
    refused("day.yaml", fact(early + "value: 2022-07-19"), "'known_by' is before 'value' (2022-07-19): only a plan can be known before")
    refused("first.yaml", fact(early + "at_least: 2022-07-01, at_most: 2022-07-31"), "'known_by' is before 'at_least' (2022-07-01)")
    pathlib.Path("within.yaml").write_text(fact(early + "at_least: 2022-06-30, at_most: 2022-07-31") + fact(early + "value: 2022-07-19, plan: yes").replace(
        "observations:\n  a fact", "  a plan"))
    ask("observations", "within.yaml")
    nothing = "'error' is missing: a share of nothing is nothing; say it in units, such as 5"
    refused("nothing.yaml", fact(good + ", value: 0 ha"), "nothing.yaml:2:3: " + nothing + " ha")
    refused("nobody.yaml", fact("quantity: people_employed, to: 2022-12-31, value: 0, source: x"), nothing)
    pathlib.Path("some.yaml").write_text(fact(good + ", value: 0 ha, error: 5 ha") + "  victims: {quantity: victims, to: 2022-12-31, value: 0, source: x}\n"
                                         "  rounded: {" + good + ", value: 0 ha, rounded_to: 10 ha}\n")
    ask("observations", "some.yaml")
    refused("top.yaml", "observatons:\n  a: {}\n", "top.yaml:1:1: unknown key 'observatons'", "did you mean 'observations'?")
    refused("of.yaml", fact("quantity: people_back, of: AP, to: 2022-12-31, value: 3, source: x"), "people_back is of one kind only")
    refused("t.csv", "name,quantity,to,valu,source\nx,land_released,2022-12-31,3 ha,x\n", "t.csv:1:18: unknown column 'valu'; did you mean 'value'?")
    refused("u.csv", "name,quantity,to,value,source\nx,land_released,2022-12-31,3 ha,x\nx,land_released,2022-12-31,3 years,y\n",
            "u.csv:3:28: 'value': expected an area", "u.csv:3:1: two observations are named 'x': the other on line 2")
    refused("empty.csv", "name,quantity\n", "holds no observations")


def a_scenario_names_its_facts():
    quick = (SOURCE / "scenarios" / "quick.yaml").resolve()
    os.makedirs("deep/facts", exist_ok=True)
    pathlib.Path("deep/facts/f.yaml").write_text(FACTS)
    pathlib.Path("deep/with.yaml").write_text(f"include: {quick}\nname: With\nobservations: facts/f.yaml\n")
    pathlib.Path("deep/without.yaml").write_text(f"include: {quick}\nname: With\n")
    pathlib.Path("over.yaml").write_text("include: deep/with.yaml\n")
    with_, without = (ask("check", f"deep/{name}.yaml").stdout.split("\n")[1] for name in ("with", "without"))
    law(f"facts are no part of what is simulated: {with_}", with_ == without)
    one, other = (ask("observations", path, "--json").stdout for path in ("facts.yaml", "over.yaml"))
    law("a scenario leads to its facts, beside the file that names them", one == other)
    pathlib.Path("deep/facts/f.yaml").write_text("observations:\n  a: {quantity: rain}\n")
    law("and mistakes are told of the file of facts", "deep/facts/f.yaml:2:" in ask("observations", "over.yaml", code=2).stderr)
    pathlib.Path("deep/facts/f.yaml").unlink()
    law("a missing one is named", "f.yaml" in ask("observations", "over.yaml", code=2).stderr)


def main():
    with tempfile.TemporaryDirectory() as scratch:
        os.chdir(scratch)
        beside_the_model()
        yaml_and_csv_say_the_same()
        mistakes_are_told_where_they_are()
        a_scenario_names_its_facts()
    end()


main()
