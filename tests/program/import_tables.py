"""`homeward import` of tables (CSV, HXL) and polygons (GeoJSON): sums are those of an independent computation, whatever is wrong is told by line and
reason, what is written loads, and no coordinate leaves the reader.

Arguments: the program, the source folder."""
import csv
import json
import math
import os
import pathlib
import random
import re
import subprocess
import tempfile

from shared.laws import PROGRAM, QUICK, SOURCE, ask, end, judged, law

SAMPLES = SOURCE / "scenarios/import"
AREAS = """\
makes: hazard_areas
columns:
  name: {column: id}
  district: {column: district, words: {ZAN: {means: Zangilan}}}
  setting: {column: land, words: {Field: {means: farmland}, Town: {means: ruins}}}
  class: {fixed: medium}
  status: {column: status, words: {Open: {means: take}, Closed: {means: leave_out}}}
  amount: {column: area, unit: m2}
"""
FACTS = """\
makes: observations
quantity: land_released
covers_from: 2021-03-01
covers_to: 2022-06-30
columns:
  district: {column: district}
  date: {column: done}
  amount: {column: area, unit: ha}
"""
PLEDGES = """\
makes: streams
columns:
  name: {column: giver}
  date: {column: day}
  amount: {column: amount}
  currency: {column: currency}
  operator: {column: to}
"""
HEAD = "id,district,land,status,area\n"


def write(name, text):
    path = pathlib.Path(name)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def tables(*arguments):
    done = subprocess.run([PROGRAM, "import", *map(str, arguments), "--plan", "--json"], capture_output=True, text=True, timeout=60)
    if not done.stdout.startswith("{"):
        law(f"import {arguments} answers: {done.stderr}", False)
        return {}
    return {name: table["rows"] for name, table in json.loads(done.stdout)["tables"].items()}


def layer(name, *arguments):
    ask("import", *arguments, "-o", name)
    return pathlib.Path(name).read_text()


# ---- Tables that are right ----

def check_samples():
    syria = layer("syria.yaml", SAMPLES / "syria-hazards.csv", "-c", SAMPLES / "syria-hazards.yaml")
    law(f"hazard areas of the sample: {syria}", "area: 200500 m2" in syria and "area: 15000 m2" in syria and syria.count("source:") == 2)
    write("with.yaml", f"include: [{QUICK}, syria.yaml]\nname: with\n")
    ask("check", "with.yaml")
    ask("run", QUICK, "-n", "8", "-q", "-o", "quick.h5")
    for name, words in (("azerbaijan-tasks", ("at_least: 15.75 ha", "to: 2023-06-30", "3 of 6 rows of the table were left out")), ("croatia-accidents", ("of: killed", "known_by: 2023-12-31"))):
        facts = layer(f"{name}.yaml", SAMPLES / f"{name}.csv", "-c", SAMPLES / f"{name}.yaml")
        law(f"facts of {name}: {facts}", all(word in facts for word in words))
        ask("observations", f"{name}.yaml", "quick.h5")
        ask("condition", "quick.h5", "--observations", f"{name}.yaml", "--as-of", "2024-12-31")


def check_sums():
    dice = random.Random(5)
    rows = [(f"H{i}", "ZAN", dice.choice(["Field", "town", "Lake"]), dice.choice(["Open", "OPEN", "Closed"]), dice.choice(["1200.5", "40000", "x", "", "-3", "7e3"])) for i in range(400)]
    write("many.csv", HEAD + "".join(",".join(row) + "\n" for row in rows))
    told = tables(write("many.csv", HEAD + "".join(",".join(row) + "\n" for row in rows)), "-c", write("areas.yaml", AREAS))
    good = [row for row in rows if row[2] != "Lake" and row[3] != "Closed" and row[4] in ("1200.5", "40000")]
    sums = {setting: sum(float(row[4]) for row in good if row[2].lower() == word) for word, setting in (("field", "farmland"), ("town", "ruins"))}
    made = layer("many.yaml", "many.csv", "-c", "areas.yaml")
    law(f"areas add up by setting: {sums}, {made}", all(f"area: {total:.0f} m2" in made for total in sums.values()))
    closed = sum(row[3] == "Closed" for row in rows)
    law("every row is taken, left out or not asked for", f"{len(good)} of {len(rows)} rows taken, {len(rows) - len(good) - closed} left out, {closed} not asked for" in made)
    law("every row that was not taken is listed", len(told["left_out"]) == len(rows) - len(good))
    law("what is the same for all is assumed", "class: {value: medium, source: the map says so of every row, assumed: true}" in made)


def check_periods():
    days = [f"202{year}-{month:02}-15" for year in (1, 2) for month in range(1, 13)]
    write("tasks.csv", "district,done,area\n" + "".join(f"Zangilan,{day},{i + 1}\n" for i, day in enumerate(days)))
    for period, count in (("year", 2), ("month", 16)):
        made = layer(f"{period}.yaml", "tasks.csv", "-c", write("facts.yaml", FACTS + f"period: {period}\n"))
        inside = [(day, i + 1) for i, day in enumerate(days) if "2021-03-01" <= day <= "2022-06-30"]
        groups = {}
        for day, value in inside:
            groups.setdefault(day[:4 if period == "year" else 7], []).append(value)
        values = [float(value) for value in re.findall(r"(?:at_least|value): ([\d.]+) ha", made)]
        law(f"facts by {period}: {values}", values == [sum(group) for group in groups.values()] and len(values) == count)
        law(f"by {period} the first begins and the last ends where the table does", made.index("from: 2021-03-01") > 0 and made.rindex("to: 2022-06-30") > 0)
        law("sums of a table of which much was left out are lower bounds", "at_least:" in made and "value:" not in made)
        ask("observations", f"{period}.yaml")
    whole = layer("whole.yaml", write("some.csv", "district,done,area\nZangilan,2021-05-01,3\n"), "-c", "facts.yaml")
    law("those of a whole table are values", "value: 3 ha" in whole and "at_least" not in whole)
    zero = layer("zero.yaml", write("zero.csv", "district,done,area\nZangilan,2021-05-01,3\nAgdam,2021-05-01,0\n"), "-c", "facts.yaml")
    law(f"where one district adds up to nothing, the others lack nothing: {zero}", "value: 3 ha" in zero and "at_least" not in zero and "were left out\"" not in zero)
    listed = tables("zero.csv", "-c", "facts.yaml")["left_out"]
    law(f"and its row is listed all the same: {listed}", [(row["line"], row["done"]) for row in listed] == [(3, "left out")])
    unread = layer("unread.yaml", write("unread.csv", "district,done,area\nZangilan,2021-05-01,3\nAgdam,2021-05-01,x\n"), "-c", "facts.yaml")
    law(f"what could not be read may belong to any sum: {unread}", "at_least: 3 ha" in unread)


def check_forms():
    """One table in many forms: separators, ends of lines, marks, quotes."""
    rows = [["id", "district", "land", "status", "area"], ['A "b", c', "ZAN", "Field", "Open", "5000"], ["two\nlines", "ZAN", "Town", "Open", "6000"], [" x ", "ZAN", "Field", "Closed", "1"]]
    wanted = None
    for separator in ",;\t":
        for line_end in ("\n", "\r\n", "\r"):
            for mark in (b"", b"\xef\xbb\xbf"):
                with open("form.csv", "w", newline="", encoding="utf-8") as out:
                    csv.writer(out, delimiter=separator, lineterminator=line_end, quoting=csv.QUOTE_ALL if line_end == "\r" else csv.QUOTE_MINIMAL).writerows(rows)
                raw = pathlib.Path("form.csv").read_bytes()
                path = write("form.csv", mark + raw + (b"" if separator == ";" else line_end.encode() * 2))
                told = tables(path, "--as", "csv", "-c", "areas.yaml")
                wanted = wanted or told
                same = {name: [{k: v for k, v in row.items() if k not in ("line", "what")} for row in table] for name, table in told.items()}
                law(f"'{separator!r}' {line_end!r} {mark}: the same answer: {told}", same == {name: [{k: v for k, v in row.items() if k not in ("line", "what")} for row in table] for name, table in wanted.items()})
    law(f"5000 and 6000 m2: {wanted}", {row["tells"] for row in wanted["taken"]} == {"0.5 ha in 1 row of Zangilan", "0.6 ha in 1 row of Zangilan"})


def check_pledges():
    write("rates.csv", "date,currency,usd\n2022-01-01,EUR,1.1\n")
    write("pledges.csv", "giver,day,amount,currency,to\nEU,2022-01-20,1000000,EUR,ANAMA\nEU,2022-02-20,5,EUR,ANAMA\nUK: 'North',2022-01-01,250.5,USD,ANAMA\nUK: 'North',2022-01-02,250,USD,ANAMA\n")
    made = layer("pledges.yaml", "pledges.csv", "-c", write("giving.yaml", PLEDGES), "--rates", "rates.csv")
    law(f"a promise by the rate of its day, and none without: {made}", "amount: 1100000.00 USD" in made and "3 of 4 rows taken, 1 left out" in made and "1 no exchange rate for its day" in made)
    write("with.yaml", f"include: [{QUICK}, pledges.yaml]\nname: with\n")
    ask("check", "with.yaml")


# ---- What is wrong ----

def zan(*cells):
    return HEAD + "A,ZAN,Field,Open,5000\n" + ",".join(cells) + "\n"


ROWS = {  # name: table, line, words of the reason: the row is left out
    "short row": (zan("B", "ZAN"), 3, "other cells"),
    "long row": (zan("B", "ZAN", "Field", "Open", "1", "2"), 3, "other cells"),
    "a decimal comma": (zan("B", "ZAN", "Field", "Open", "1,5"), 3, "other cells"),
    "no such district": (zan("B", "Zan gilan", "Field", "Open", "5000"), 3, "no such word of 'district'"),
    "no such land": (zan("B", "ZAN", "Fjeld", "Open", "5000"), 3, "no such word of 'setting'"),
    "no such status": (zan("B", "ZAN", "Field", "Opened", "5000"), 3, "no such word of 'status'"),
    "empty district": (zan("B", "", "Field", "Open", "5000"), 3, "'district' is empty"),
    "empty area": (zan("B", "ZAN", "Field", "Open", ""), 3, "'amount' is empty"),
    "area in words": (zan("B", "ZAN", "Field", "Open", "much"), 3, "no plain number"),
    "area with an exponent": (zan("B", "ZAN", "Field", "Open", "1e9"), 3, "no plain number"),
    "area without end": (zan("B", "ZAN", "Field", "Open", 200 * "9"), 3, "no plain number"),
    "hexadecimal area": (zan("B", "ZAN", "Field", "Open", "0x10"), 3, "no plain number"),
    "area below nothing": (zan("B", "ZAN", "Field", "Open", "-5"), 3, "less than nothing"),
    "area of nothing": (zan("B", "ZAN", "Field", "Open", "0"), 3, "no area"),
    "area of a continent": (zan("B", "ZAN", "Field", "Open", "99999999999"), 3, "no area"),
    "tiny in all": (HEAD + "A,ZAN,Field,Open,5000\nB,ZAN,Town,Open,3\n", 3, "1000 m2 to 20000 km2"),
    "a control character": (zan("B", "ZAN", '"Fie\x1fld"', "Open", "5000"), 3, "control character"),
}
FILES = {  # name: table, line and column, words: the file is refused
    "quote without end": (HEAD + 'A,ZAN,"Field,Open,5000\n', "2:7", "this quote is not closed"),
    "letter behind a quote": (HEAD + 'A,ZAN,"Field"x,Open,5000\n', "2:14", "behind a closed quote"),
    "zero byte": (HEAD.encode() + b"A\x00,ZAN,Field,Open,1\n", "2:2", "a zero byte"),
    "UTF-16": ("id,district\nA,B\n".encode("utf-16"), "1:", "zero byte"),
    "another encoding": (HEAD.encode() + b"\xc5,ZAN,Field,Open,5000\n", "2:1", "no UTF-8"),
    "row without end": (HEAD + "A," + 1100000 * "x" + "\n", "2:1", "longer than 1048576 bytes"),
    "cells without end": (HEAD + 2100 * "," + "\n", "2:", "more than 2000 cells"),
    "a missing column": ("id,area,status,land\nA,1,Open,Field\n", "", "no column 'district'"),
    "a column twice": ("id,district,land,status,area,area\n", "", "two columns could be 'area'"),
    "nothing": ("", "", "is empty"),
}
MAPS = {  # name: map, line and column, words
    "unknown key": (AREAS.replace("name:", "nam:"), "3:3", "did you mean 'name'?"),
    "unknown key of a column": (AREAS.replace("unit:", "units:"), "8:26", "did you mean 'unit'?"),
    "unknown kind": (AREAS.replace("hazard_areas", "hazards"), "1:8", "makes"),
    "no district": ("\n".join(line for line in AREAS.split("\n") if "district" not in line), "1:1", "'columns.district' is missing"),
    "neither column nor fixed": (AREAS.replace("{fixed: medium}", "{words: {x: {means: y}}}"), "6:", "expected 'column' or 'fixed'"),
    "column and fixed": (AREAS.replace("{fixed: medium}", "{fixed: medium, column: id}"), "6:", "neither a column nor words"),
    "a status that means something else": (AREAS.replace("means: leave_out", "means: drop"), "7:", "take or leave_out"),
    "a quantity of areas": (AREAS + "quantity: victims\n", "9:", "only facts have a quantity"),
    "a place of areas": (AREAS + "  place: {column: id}\n", "9:", "'place' means nothing"),
    "unknown quantity": (FACTS.replace("land_released", "land_releasd"), "2:11", "did you mean 'land_released'?"),
    "a level by year": (FACTS.replace("land_released", "land_open"), "", "cannot be added up by time"),
    "nothing covered": (FACTS.replace("covers_to: 2022-06-30\n", ""), "", "'covers_from' and 'covers_to' are missing"),
    "covered backwards": (FACTS.replace("2021-03-01", "2023-03-01"), "3:", "'covers_from' is after 'covers_to'"),
    "rows without a first day": (FACTS + "period: row\n", "", "say 'from'"),
    "area without a value": (FACTS.replace("  amount: {column: area, unit: ha}\n", ""), "", "wants an 'amount' column"),
    "no YAML": ("makes: [\n", "", ""),
    "an anchor": (AREAS.replace("{fixed: medium}", "&x {fixed: medium}"), "6:", ""),
}
RATES = {
    "no head": ("2022-01-01,EUR,1.1\n", ":1:", "date,currency,usd"),
    "no date": ("date,currency,usd\n2022-13-01,EUR,1.1\n", ":2:", "'date'"),
    "no currency": ("date,currency,usd\n2022-01-01,euro,1.1\n", ":2:", "'currency'"),
    "no rate": ("date,currency,usd\n2022-01-01,EUR,0\n", ":2:", "'usd'"),
    "twice": ("date,currency,usd\n2022-01-01,EUR,1.1\n2022-01-01,EUR,1.2\n", ":3:", "a second rate of EUR"),
    "four cells": ("date,currency,usd\n2022-01-01,EUR,1,1\n", ":2:", "three cells"),
}


def check_wrong():
    for name, (table, line, words) in ROWS.items():
        told = tables(write("rows.csv", table), "-c", "areas.yaml")
        law(f"{name}: line {line} and '{words}': {told.get('left_out')}", any(row["line"] == line and words in row["why"] for row in told.get("left_out", [])))
        law(f"{name}: the other row is taken: {told.get('taken')}", [row["tells"] for row in told.get("taken", [])] == ["0.5 ha in 1 row of Zangilan"])
    for name, (table, where, words) in FILES.items():
        done = judged("import", write("files.csv", table), "-c", "areas.yaml", "-o", "wrong.yaml", code=2)
        law(f"{name}: {where} and '{words}': {done.stderr[:300]}", words in done.stderr and (where == "" or f"files.csv:{where}" in done.stderr))
    for name, (text, where, words) in MAPS.items():
        done = judged("import", "many.csv", "-c", write("map.yaml", text), "-o", "wrong.yaml", code=2)
        law(f"map, {name}: {where} and '{words}': {done.stderr[:300]}", words in done.stderr and f"map.yaml:{where}" in done.stderr)
    for name, (text, where, words) in RATES.items():
        done = judged("import", "pledges.csv", "-c", "giving.yaml", "--rates", write("wrong.csv", text), "-o", "wrong.yaml", code=2)
        law(f"rates, {name}: {where} and '{words}': {done.stderr[:300]}", words in done.stderr and f"wrong.csv{where}" in done.stderr)
    for words, arguments in (("--districts means nothing", ("many.csv", "-c", "areas.yaml", "--districts", "x", "--plan")), ("--sector means nothing", ("many.csv", "-c", "areas.yaml", "--sector", "any", "--plan")),
                             ("wants a file that says what its columns mean", ("many.csv", "--plan")), ("did you mean 'csv'", ("many.csv", "--as", "csw", "--plan")), ("leave out --output", ("many.csv", "--plan", "-o", "x.yaml")),
                             ("or --plan to look first", ("many.csv",)), ("ends in .yaml", ("many.csv", "-c", "areas.yaml", "-o", "x.csv")), ("is read by this call", ("many.csv", "-c", "areas.yaml", "-o", "areas.yaml")),
                             ("cannot read", ("nothing.csv", "--plan")), ("nothing of", ("empty.csv", "-c", "areas.yaml", "-o", "wrong.yaml"))):
        write("empty.csv", HEAD)
        done = judged("import", *arguments, code=2)
        law(f"refused with '{words}': {done.stderr}", words in done.stderr)
    law("nothing is written of what is refused", not pathlib.Path("wrong.yaml").exists())


# ---- HXL ----

HXL = """\
Where,When,Until,Killed,Hurt,Remark
#adm2 +name,#date+start,#date+end,#affected+killed,#affected +f+injured,#description
Zangilan,2022-01-01,2022-01-31,1,2,x
Zangilan,2022-02-01,2022-02-28,0,,x
Zangilan,2022-03-01,2022-02-01,3,0,x
"""


def check_hxl():
    made = layer("harm.yaml", write("harm.csv", HXL))
    law(f"figures by their tags: {made}", re.findall(r"of: (\w+).*?value: (\d)", made, re.S) == [("killed", "1"), ("killed", "0"), ("injured", "2")])
    law("figures that were not taken, and columns that were not read, are told", "3 of 6 figures taken, 3 left out" in made and "Columns that were not read: #description." in made)
    law("a row is about its own days", "from: 2022-01-01" in made and "to: 2022-01-31" in made)
    ask("observations", "harm.yaml")
    money = layer("given.yaml", write("given.csv", "Donor,Day,USD\n#org+funder,#date,#value+pledged+usd\nUK,2022-05-01,1000\n"))
    law(f"money by its tags: {money}", "amount: 1000.00 USD" in money and "pledged: 2022-05-01" in money)
    mapped = layer("mapped.yaml", "harm.csv", "-c", write("harm-map.yaml", "makes: observations\nquantity: victims\nperiod: row\ncolumns:\n  of: {fixed: injured}\n  amount: {column: '#affected+injured+F'}\n"
                                                          "  from: {column: '#date+start'}\n  date: {column: '#date+end'}\n"))
    law(f"columns of a map are tags: {mapped}", "value: 2" in mapped and "said by the map: assumed" in mapped)
    for name, (text, words) in {
        "no tags": ("a,b\n1,2\n", "no row of HXL tags"),
        "no tag that is understood": ("a,b\n#x,#y\n1,2\n", "no tag that is understood"),
        "people and money": (HXL.replace("#description", "#value+pledged"), "both people"),
        "no days": (HXL.replace("#date+end", "#date+reported"), "#date+occurred"),
        "money without a currency": ("a,b,c\n#org+funder,#date,#value+pledged\n", "#currency"),
    }.items():
        done = judged("import", write("tags.csv", text), "--as", "hxl", "--plan", code=2)
        law(f"HXL, {name}: {done.stderr}", words in done.stderr)
    done = judged("import", "harm.csv", "-c", write("two.yaml", "makes: observations\nquantity: victims\nperiod: row\ncolumns:\n  from: {column: '#date'}\n  date: {column: '#date+ends'}\n"), "--plan", code=2)
    law(f"a tag that fits two columns, and one that fits none: {done.stderr}", "two.yaml:5:" in done.stderr and "two columns could be '#date'" in done.stderr and "no column '#date+ends'" in done.stderr)


# ---- GeoJSON ----

MAP = "makes: hazard_areas\ncolumns:\n  name: {column: id}\n  setting: {column: land, words: {Field: {means: farmland}}}\n  class: {fixed: low}\n"


def square(west, south, side, properties=None, kind="Polygon", hole=False):
    def ring(w, s, d):
        return [[w, s], [w + d, s], [w + d, s + d], [w, s + d], [w, s]]
    rings = [ring(west, south, side)] + ([ring(west + side / 4, south + side / 4, side / 2)] if hole else [])
    return {"type": "Feature", "properties": {"id": "HA-1", "land": "Field", **(properties or {})}, "geometry": {"type": kind, "coordinates": rings if kind == "Polygon" else [rings]}}


def collection(*features, **more):
    return json.dumps({"type": "FeatureCollection", "features": features, **more})


def cap(latitude):
    """m2 between the equator and a latitude for each radian of longitude, added up in thin strips of the ellipsoid: no formula in common with the program's."""
    a, f = 6378137.0, 1 / 298.257223563
    e2, steps = f * (2 - f), 20000
    width = math.radians(latitude) / steps
    total = 0.0
    for i in range(steps):
        phi = (i + 0.5) * width
        total += a * a * (1 - e2) * math.cos(phi) / (1 - e2 * math.sin(phi) ** 2) ** 2 * width
    return total


def check_geojson():
    outlines = write("outlines.geojson", collection(
        {"type": "Feature", "properties": {"name": "Zangilan"}, "geometry": square(46, 39, 1)["geometry"]},
        {"type": "Feature", "properties": {"name": "Elsewhere"}, "geometry": square(47, 39, 1)["geometry"]}))
    write("map.yaml", MAP)
    arguments = ("-c", "map.yaml", "--districts", outlines)
    for west, south, side, kind, hole in ((46.1, 39.1, 0.5, "Polygon", False), (46.123456, 39.234567, 0.01, "Polygon", True), (46.2, 39.2, 0.03, "MultiPolygon", True)):
        made = layer(f"area-{kind}-{side}.yaml", write("one.geojson", collection(square(west, south, side, kind=kind, hole=hole))), *arguments)
        want = math.radians(side) * (cap(south + side) - cap(south))
        want -= math.radians(side / 2) * (cap(south + side * 0.75) - cap(south + side / 4)) if hole else 0
        found = float(re.search(r"area: (\d+) m2", made)[1])
        law(f"{kind} of {side} degrees: {found} m2 is {want}", abs(found - want) < 1 + 1e-7 * want)
    made = layer("coarse.yaml", write("two.geojson", collection(square(46.7654321, 39.7654321, 0.0123), square(46.995, 39.5, 0.0077, {"id": "HA-2"}), square(47.3, 39.5, 0.01, {"id": "HA-3"}))), *arguments)
    law(f"polygons of one kind are one entry by district, and one that crosses a border says so: {made}", made.count("    area:") == 2 and "Elsewhere farmland low" in made and "most of it lies there, assumed: true" in made)
    plan = ask("import", "two.geojson", *arguments, "--plan", "--json").stdout
    for text in (made, plan):
        law("no coordinate leaves the reader", not re.search(r"\d\.7654321|46\.99|39\.5\b|\b46\.|\b39\.|HA-", text))
    write("with.yaml", f"include: [{QUICK}, coarse-zangilan.yaml]\nname: with\n")
    layer("coarse-zangilan.yaml", write("in.geojson", collection(square(46.3, 39.3, 0.01))), *arguments)
    ask("check", "with.yaml")

    good = square(46.5, 39.5, 0.01)
    def broken(**geometry):
        return {"type": "Feature", "properties": {"id": "bad", "land": "Field"}, "geometry": geometry or None}
    for name, (feature, words) in {
        "no geometry": (broken(), "no geometry"),
        "a line": (broken(type="LineString", coordinates=[[46.5, 39.5], [46.6, 39.5]]), "neither polygon nor point"),
        "a point": (broken(type="Point", coordinates=[46.5, 39.5]), "a point has no area"),
        "three positions": (broken(type="Polygon", coordinates=[[[46.5, 39.5], [46.6, 39.5], [46.5, 39.5]]]), "fewer than four positions"),
        "no ring": (broken(type="Polygon", coordinates=[]), "without a ring"),
        "not closed": (broken(type="Polygon", coordinates=[good["geometry"]["coordinates"][0][:4] + [[46.55, 39.5]]]), "does not end where it begins"),
        "metres": (broken(type="Polygon", coordinates=[[[500000, 4300000], [500100, 4300000], [500100, 4300100], [500000, 4300000]]]), "no longitude and latitude"),
        "words": (broken(type="Polygon", coordinates=[[["a", "b"], [1, 2], [3, 4], ["a", "b"]]]), "no longitude and latitude"),
        "far away": (square(10.5, 50.5, 0.01), "none of the districts' outlines"),
        "no such land": (square(46.5, 39.5, 0.01, {"land": "Feld"}), "no such word of 'setting'"),
        "no land": (square(46.5, 39.5, 0.01, {"land": None}), "'setting' is empty"),
    }.items():
        told = tables(write("bad.geojson", collection(good, feature)), *arguments)
        law(f"GeoJSON, {name}: feature 2 and '{words}': {told.get('left_out')}", len(told.get("taken", [])) == 1 and any(row["line"] == 2 and words in row["why"] for row in told.get("left_out", [])))
    for name, (text, where, words) in {
        "no JSON": ('{"type": "FeatureCollection",\n "features": [46.123456789 x', "bad.geojson:2:", "no JSON"),
        "a key twice": ('{"type": "FeatureCollection", "type": "FeatureCollection", "features": []}', "bad.geojson:1:", "no JSON"),
        "nested deep": ('{"type": "FeatureCollection", "features": ' + 5000 * "[", "bad.geojson:1:", "no JSON"),
        "no collection": (json.dumps(good), "", "FeatureCollection"),
        "empty": (collection(), "", "FeatureCollection"),
        "other coordinates": (collection(good, crs={"type": "name", "properties": {"name": "EPSG:32638"}}), "", "'crs' names other coordinates"),
    }.items():
        done = judged("import", write("bad.geojson", text), "--as", "geojson", *arguments, "-o", "wrong.yaml", code=2)
        law(f"GeoJSON, {name}: '{words}': {done.stderr}", where in done.stderr and words in done.stderr and "46.1" not in done.stderr)
    for name, text, words in (("facts", FACTS, "polygons become hazard areas"), ("each", MAP + "grouped: no\n", "polygons become hazard areas"), ("district twice", MAP + "  district: {column: id}\n", "not both")):
        done = judged("import", "one.geojson", "-c", write("wrong-map.yaml", text), "--districts", outlines, "--plan", code=2)
        law(f"GeoJSON, map of {name}: {done.stderr}", words in done.stderr)
    law("nothing is written of what is refused", not pathlib.Path("wrong.yaml").exists())


with tempfile.TemporaryDirectory() as scratch:
    os.chdir(scratch)
    check_samples()
    check_sums()
    check_periods()
    check_forms()
    check_pledges()
    check_wrong()
    check_hxl()
    check_geojson()
    os.chdir("/")
end()
