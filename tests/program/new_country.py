#!/usr/bin/python3
"""Laws of `homeward new`: for any name and any map what it writes passes check without a warning and answers its question; the same call
writes the same bytes; nothing is written over, and nothing half; what cannot become a scenario is refused with the reason.

usage: new_country.py PROGRAM SOURCE"""
import json
import math
import os
import pathlib
import random
import re
import shlex
import shutil
import subprocess
import tempfile

from shared.laws import PROGRAM, SOURCE, end, judged, law

scratch = pathlib.Path(tempfile.mkdtemp())
os.chdir(scratch)


def homeward(*words, **more):
    return judged(*words, stdin=subprocess.DEVNULL, **more)


def passes(path, first_district):
    done = homeward("check", path)
    law(f"{path} is right, without a warning", " is right: " in done.stdout and done.stderr == "", done.stdout + done.stderr)
    homeward("run", path, "-n", "2", "-q", "--no-page", "-o", "r.h5", "--replace")
    tables = json.loads(homeward("summary", "r.h5", "--json").stdout)["tables"]
    law(f"{path}: its place is told of", tables["place_release"]["rows"][0]["place"] == f"First village of {first_district}",
        tables["place_release"])
    homeward("explain", "r.h5", "--place", f"place:First village of {first_district}")


# ---- Names of countries ----
NAMES = {"Ukraine": "ukraine", "Bosnia and Herzegovina": "bosnia-and-herzegovina", "Côte d'Ivoire": "côte-d-ivoire", "Україна": "Україна",
         "../../etc/passwd": "etc-passwd", "/": None, "..": None, "": None, "   ": None, "A\nb": None, "A\tb": None, "a\u202eb": None, "x" * 101: None,
         'say "x": [y] {z} # no': "say-x-y-z-no", "yes - no": "yes-no", "null": "null", "-o": None, "it's `touch made` $(touch made)": "it-s-touch-made-touch-made",
         "1.5": "1-5", "\x1b[31mred": None, "日本": "日本", "a%s%n": "a-s-n"}
for name, file in NAMES.items():
    if file is None:
        law(f"{name!r} is refused, and nothing written", homeward("new", name, code=2).stderr and not list(scratch.glob("*.yaml")))
        continue
    told = homeward("new", name, "--start", "2026-01-01").stdout
    law(f"{name!r} is written as {file}.yaml, here", [path.name for path in scratch.glob("*.yaml")] == [f"{file}.yaml"], list(scratch.iterdir()))
    if "'" in name or '"' in name or name.startswith("."):
        passes(f"{file}.yaml", "First district")
    law("the title is the name", f" {name}, 2026-01-01" in homeward("check", f"{file}.yaml").stdout)
    typed = [shlex.split(line) for line in told.splitlines() if line.startswith("  homeward")]
    law("what is to be typed next can be typed", len(typed) == 3 and typed[0][2] == f"{file}.yaml" and
        typed[2] == ["homeward", "explain", f"results/{file}.h5", "--place", "First village of First district"], told)
    os.remove(f"{file}.yaml")
homeward("new", "Known", "--start", "2026-01-01", "-o", "known.yaml")
done = homeward("check", "known.yaml", "--as-of", "2026-06-30")
law("what it plans for later is known from the first day", " is right: " in done.stdout and done.stderr == "", done.stdout + done.stderr)
os.remove("known.yaml")
for place in ("Orlava town", "it's: [y] {z} # no", "Ağdam şəhəri"):
    told = homeward("new", "Named", "--place", place, "-o", "named.yaml").stdout
    homeward("run", "named.yaml", "-n", "2", "-q", "--no-page", "-o", "named.h5", "--replace")
    tables = json.loads(homeward("summary", "named.h5", "--json").stdout)["tables"]
    law(f"the first place is {place}, and the only one", [row["place"] for row in tables["place_release"]["rows"]] == [place], tables["place_release"])
    law("and can be asked about", shlex.split(told.splitlines()[4])[-1] == place and "First village" not in pathlib.Path("named.yaml").read_text(), told)
    os.remove("named.yaml")
for place, words in (("", "--place"), ("a\u202eb", "--place"), ("x" * 101, "--place"), ('say "x"', "double quotes")):
    law(f"a place {place!r} is refused", words in homeward("new", "Named", "--place", place, "-o", "named.yaml", code=2).stderr and not os.path.exists("named.yaml"))
os.remove("named.h5")
text = pathlib.Path(shlex.split(homeward("new", "Guide", "-o", "guide.yaml").stdout.splitlines()[-1].split("; ")[1])[0])
law("the page that leads on is named where it lies", text.is_file() and text.name == "country.md", text)
os.remove("guide.yaml")
done = subprocess.run([PROGRAM, "new", b"\xff\xfe"], capture_output=True)
law("a name that is no UTF-8 is refused", done.returncode == 2 and b"UTF-8" in done.stderr, done.stderr)
law("no name was run", not os.path.exists("made"))
homeward("new", code=2)
homeward("new", "A", "B", code=2)
homeward("new", "A", "--start", "2026-02-30", code=2)

# ---- Where it goes, and what it does not touch ----
homeward("new", "Here", "-o", "a.yaml", "--start", "2026-01-01")
first = pathlib.Path("a.yaml").read_bytes()
for words in (["Here", "-o", "a.yaml"], ["Here", "-o", "a.yaml", "--start", "2026-01-01"]):
    law("nothing is written over", "never replaced" in homeward("new", *words, code=2).stderr)
    law("and the file that was there stays", pathlib.Path("a.yaml").read_bytes() == first)
homeward("new", "Here", "-o", "b.yaml", "--start", "2026-01-01")
law("the same call writes the same bytes", pathlib.Path("b.yaml").read_bytes() == first)
homeward("new", "Here", "-o", "nowhere/a.yaml", code=4)
homeward("new", "Here", "-o", ".", code=2)
os.symlink("a.yaml", "link.yaml")
homeward("new", "Here", "-o", "link.yaml", code=2)
law("nor through a link", pathlib.Path("a.yaml").read_bytes() == first)
law("nothing is left of what was refused", not list(scratch.glob("*.homeward-partial")))
pathlib.Path("work").mkdir()
shutil.copytree(SOURCE / "scenarios/layers", "work/scenarios/layers")
os.chdir("work")
homeward("new", "There", "--start", "2026-01-01")
text = pathlib.Path("scenarios/there.yaml").read_text()
law("beside the layers it names them shortly", "  - layers/ground.yaml\n" in text, text[:2000])
passes("scenarios/there.yaml", "First district")
os.chdir(scratch)
rows = [row for row in homeward("check", "--assumptions", "a.yaml").stdout.splitlines() if "(a.yaml:" in row]
law("each value of its own is marked as assumed", len(rows) > 40 and all("*assumed*" in row for row in rows), "\n".join(rows[:60]))

# ---- Money ----
for text in ("AZN", "AZN=", "AZN=x", "AZN=-1", "AZN=0", "azn=1", "USD=1", "AZNX=1", "AZN=1 EUR", "AZN=nan", "AZN=1e300"):
    homeward("new", "Money", "--currency", text, "-o", "m.yaml", code=2)
for number, text in enumerate(("AZN=0.588", "UAH=0.024 USD", "VND=0.00004", "KWD=3.25")):
    homeward("new", "Money", "--currency", text, "-o", f"m{number}.yaml", "--start", "2026-01-01")
    passes(f"m{number}.yaml", "First district")
spent = [json.loads(homeward("summary", "r.h5", "--json", "--currency", name).stdout) for name in ("KWD", "USD")]
law("the page tells it in that currency", "KWD" in pathlib.Path("m3.yaml").read_text() and spent[0] != spent[1])

# ---- Maps ----
WORDS = ["Agdam", "Şuşa ə ğ", "it's", "x: y", "# z", "- w", "{v}", "[u", "yes", "null", "~", "1.5", "2021-01-01", "=1+1", "a, b", "'q'", "%s", "\\n",
         "Севастополь", "大阪", "a.b", "*star", "&and", "!bang", "|", ">", "@at", "`tick`", "p10", "?", "-"]
chance = random.Random(20261127)


def ring(west, south, width, height, clockwise=False):
    points = [[west, south], [west + width, south], [west + width, south + height], [west, south + height], [west, south]]
    return points[::-1] if clockwise else points


def write_map(path, names, codes, kind):
    features = []
    for i, name in enumerate(names):
        west, south = chance.uniform(-179, 178), chance.uniform(-80, 78) if kind != "south" else chance.uniform(-60, -10)
        width, height = chance.uniform(0.01, 1), chance.uniform(0.01, 1)
        shape = {"type": "Polygon", "coordinates": [ring(west, south, width, height, chance.random() < 0.5)]}
        if chance.random() < 0.3:
            shape["coordinates"].append(ring(west + width / 4, south + height / 4, width / 2, height / 2, True))
        if chance.random() < 0.3:
            shape = {"type": "MultiPolygon", "coordinates": [shape["coordinates"], [ring(west + width, south, 0.01, 0.01)]]}
        features.append({"type": "Feature", "geometry": shape,
                         "properties": {chance.choice(["name", "shapeName", "ADM2_EN", "ADM1_EN"]): name, **({"p_code": codes[i]} if codes else {})}})
    pathlib.Path(path).write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")


for turn in range(6):
    names = chance.sample(WORDS, chance.randint(1, 12))
    codes = [f"XX{i:03d}" for i in range(len(names))] if turn % 2 else None
    write_map("map.geojson", names, codes, "south" if turn == 3 else "")
    homeward("new", "Random", "--map", "map.geojson", "-o", f"map{turn}.yaml", "--start", "2026-01-01")
    passes(f"map{turn}.yaml", names[0])
    text = pathlib.Path(f"map{turn}.yaml").read_text()
    law("each code stands there", all(code in text for code in codes or []))
    law("winter is when it is", ("hemisphere: south" in text) == (turn == 3) or turn not in (3,))
    if codes:
        if homeward("report", "r.h5", "-o", "page.html", "--map", "map.geojson", "--replace", code=0):
            law("the same map shows the results", os.path.getsize("page.html") > 1000)
write_map("map.geojson", ["Square"], None, "")
square = json.loads(pathlib.Path("map.geojson").read_text())
for south in (-60, 0, 45):
    square["features"][0]["geometry"] = {"type": "Polygon", "coordinates": [ring(30, south, 1, 1)]}
    pathlib.Path("square.geojson").write_text(json.dumps(square))
    homeward("new", "Square", "--map", "square.geojson", "-o", f"square{south}.yaml", "--start", "2026-01-01")
    told = float(re.search(r"# ([\d.]+) km2", pathlib.Path(f"square{south}.yaml").read_text())[1])
    true = 6371.0088**2 * math.radians(1) * (math.sin(math.radians(south + 1)) - math.sin(math.radians(south)))
    law("the area of an outline is that on the sphere, but for straight sides", abs(told / true - 1) < 0.001, (told, true))
homeward("new", "Azerbaijan", "--map", str(SOURCE / "analysis/data/azerbaijan-districts.geojson"), "-o", "az.yaml", "--start", "2026-01-01")
passes("az.yaml", "Agdam")

# What is no map of districts
whole = json.loads(pathlib.Path("square.geojson").read_text())


def broken(change):
    copy = json.loads(json.dumps(whole))
    change(copy)
    pathlib.Path("bad.geojson").write_text(json.dumps(copy))


def feature(**what):
    return lambda copy: copy["features"][0].update(what)


cases = [(feature(properties={}), "has no name"), (feature(properties={"name": " "}), "expected a name"),
         (feature(properties={"name": "a\nb"}), "hidden"), (feature(properties={"name": "y" * 101}), "expected a name"),
         (feature(properties={"name": "a\u202eb"}), "hidden"), (feature(geometry=None), "no polygon"),
         (feature(geometry={"type": "Point", "coordinates": [1, 2]}), "no polygon"),
         (feature(geometry={"type": "Polygon", "coordinates": [ring(500000, 4000000, 1000, 1000)]}), "no polygon"),
         (lambda copy: copy.update(type="Feature"), "FeatureCollection"), (lambda copy: copy.update(features=[]), "FeatureCollection"),
         (lambda copy: copy.update(features=copy["features"] * 301), "300 districts"),
         (lambda copy: copy.update(features=copy["features"] * 2), "not written"), (feature(properties={"name": "note"}), "not written"),
         (feature(properties={"name": 'a "b"'}), "double quotes")]
for change, words in cases:
    broken(change)
    law(f"refused: {words}", words in homeward("new", "Bad", "--map", "bad.geojson", "-o", "bad.yaml", code=2).stderr)
    law("and nothing is there", not os.path.exists("bad.yaml") and not list(scratch.glob("*.homeward-partial")))
for held in (b"", b"{", b"\xff", b"[]", b"null", os.urandom(200)):
    pathlib.Path("bad.geojson").write_bytes(held)
    homeward("new", "Bad", "--map", "bad.geojson", "-o", "bad.yaml", code=2)
homeward("new", "Bad", "--map", "nowhere.geojson", "-o", "bad.yaml", code=4)
os.mkfifo("pipe.geojson")
homeward("new", "Bad", "--map", "pipe.geojson", "-o", "bad.yaml", code=4)
homeward("new", "Bad", "--map", "square.geojson", "-o", "square.geojson", code=2)
law("a map is never written over", json.loads(pathlib.Path("square.geojson").read_text()) == whole)
shutil.rmtree(scratch, ignore_errors=True)
os.chdir("/")
end()
