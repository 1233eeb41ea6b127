"""`homeward plot`: every kind of picture in every format, the same bytes each time, the figures of the summary, no text over
another, and clear words when it cannot be drawn.

Arguments: the program, the source folder."""
import json
import os
import pathlib
import re
import tempfile
import xml.etree.ElementTree as ElementTree

from shared.laws import SOURCE, end, law, said

FORMATS = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}
NASTY = "It's `touch pwned` @x {y}_z^2 & <b>"


def ask_with(*arguments, code=0, **environment):
    return said(*arguments, code=code, env={**os.environ, **environment})


def refused(words, code, *arguments, **environment):
    answer = ask_with(*arguments, code=code, **environment)
    law(f"'homeward {' '.join(map(str, arguments))}' says '{words}', not '{answer.strip()}'", words in answer)


def texts_of(path):
    """Of an SVG by gnuplot: (text, left, right, middle, size), without what is written upright."""
    found = []
    for group in ElementTree.parse(path).iter("{http://www.w3.org/2000/svg}g"):
        place = re.match(r"translate\(([-\d.]+),([-\d.]+)\)( rotate\((-?[\d.]+)\))?", group.get("transform") or "")
        label = group.find("{http://www.w3.org/2000/svg}text")
        if not place or label is None or not (text := "".join(label.itertext()).strip()):
            continue
        x, y, size = float(place[1]), float(place[2]), float(group.get("font-size"))
        width = 0.55 * size * len(text)
        left = {"start": x, "middle": x - width / 2, "end": x - width}[group.get("text-anchor")]
        if not place[4] or float(place[4]) == 0:
            found.append((text, left, left + width, y, size))
    return found


def check_layout(name, path, width=1280):
    texts = texts_of(path)
    for i, (text, left, right, y, size) in enumerate(texts):
        law(f"{name}: '{text}' is within the page", left > -2 and right < width + 2)
        for other, other_left, other_right, other_y, other_size in texts[i + 1:]:
            apart = left >= other_right or other_left >= right or abs(y - other_y) >= 0.85 * max(size, other_size)
            law(f"{name}: '{text}' and '{other}' do not overlap", apart)
    return [text for text, *_ in texts]


def figure(value, error, decimals):
    half = "?" if error is None else f"<{10 ** -decimals:g}" if 0 < error < 0.5 * 10 ** -decimals else f"{error:,.{decimals}f}"
    return f"{value:,.{decimals}f} ±{half}"


def check_figures(name, kind, texts, tables):
    """Texts of the picture against the tables of the summary. Halves may be rounded either way in text: none occur here."""
    def told(what):
        law(f"{name}: '{what}' is in the picture", what in texts)
    if kind in ("timeline", "delay"):
        for row in tables["place_release"]["rows"]:
            law(f"{name}: '{row['place']}' is there once", texts.count(row["place"]) == 1)
            told(figure(row["censored"], row["censored_error"], 1))
    if kind == "delay":
        for row in tables["place_release"]["rows"]:
            for quantile in ("p10", "p50", "p90"):
                told(row[quantile][:10])
    if kind == "map":
        for row in tables["district_completion"]["rows"]:
            told(figure(row["censored"], row["censored_error"], 1))
    if kind == "fan":
        back = tables["people_back"]["rows"][-1]
        told(f"end of {back['year']}: {figure(back['p50'], back['p50_error'], 0)} persons ({back['p10']:,.0f} to {back['p90']:,.0f})")
    if kind == "money":
        for row in tables["money_by_stream"]["rows"]:
            if row["fate"] == "pledged":
                told(figure(row["mean"], row["mean_error"], 1))


LEGENDS = {"timeline": "P10 to P90", "map": "Probability of completion, %", "fan": "P10 to P90: four of five futures",
           "delay": "housing, from release to the first families", "money": "lapsed"}


def every_picture(results, name, kinds):
    tables = json.loads(ask_with("summary", results, "--json"))["tables"]
    for kind in kinds:
        for ending, begins in FORMATS.items():
            first, second = f"{name}-{kind}.{ending}", f"{name}-{kind}-again.{ending}"
            ask_with("plot", results, "--what", kind, "-o", first)
            ask_with("plot", results, "--what", kind, "-o", second, TZ="Asia/Baku", LC_ALL="C.UTF-8")
            data = pathlib.Path(first).read_bytes()
            law(f"{first} is {ending}", data.startswith(begins) and len(data) > 4000)
            law(f"{first} has the same bytes again", data == pathlib.Path(second).read_bytes())
        texts = check_layout(f"{name} {kind}", f"{name}-{kind}.svg")
        law(f"{name} {kind}: has a legend", LEGENDS[kind] in texts)
        law(f"{name} {kind}: says what was run", any("replications, seed" in text for text in texts))
        check_figures(f"{name} {kind}", kind, texts, tables)


def wishes(results):
    ask_with("plot", results, "--what", "timeline", "-o", "two.svg", "--place", "Aghali", "-p", "Minjivan")
    texts = check_layout("two places", "two.svg")
    law("only the two places are there", "Aghali" in texts and "Minjivan" in texts and "Zangilan town" not in texts)
    day = "2024-06-30"
    rows = json.loads(ask_with("summary", results, "--json", "--by", day))["tables"]
    for kind, table in (("timeline", "place_release_by"), ("map", "district_completion_by")):
        ask_with("plot", results, "--what", kind, "-o", "by.svg", "--by", day)
        texts = check_layout(f"{kind} by a date", "by.svg")
        law(f"{kind} names the date", f"{day}, %" in texts)
        for row in rows[table]["rows"]:
            if row["by"] == day:
                law(f"{kind}: probability by {day}", figure(row["probability"], row["probability_error"], 1) in texts)
    ask_with("plot", results, "--what", "map", "-o", "wide.svg", "--width", "1920")
    check_layout("wide", "wide.svg", 1920)
    law("letters grow with the picture", {size for *_, size in texts_of("wide.svg")} == {
        round(1.5 * size, 2) for *_, size in texts_of("by.svg")})


def mistakes(results, kinds):
    help_page = ask_with("plot", "--help")
    for kind in kinds:
        law(f"help tells of {kind}", f"\n  {kind} " in help_page)
    refused("did you mean 'timeline'?", 2, "plot", results, "--what", "timelin", "-o", "x.svg")
    refused("plot wants --what KIND", 2, "plot", results, "-o", "x.svg")
    refused("plot wants -o FILE", 2, "plot", results, "--what", "map")
    refused("ends in .svg, .png or .pdf, not 'x.jpg'", 2, "plot", results, "--what", "map", "-o", "x.jpg")
    refused("did you mean 'Aghali'?", 2, "plot", results, "--what", "delay", "-o", "x.svg", "-p", "Agali")
    refused("--by has no use", 2, "plot", results, "--what", "fan", "-o", "x.svg", "--by", "2025-01-01")
    refused("--place has no use", 2, "plot", results, "--what", "map", "-o", "x.svg", "-p", "Aghali")
    refused("outside of what was simulated", 2, "plot", results, "--what", "map", "-o", "x.svg", "--by", "2099-01-01")
    refused("400 to 8000 pixels", 2, "plot", results, "--what", "map", "-o", "x.svg", "--width", "10")
    refused("cannot write no/such/x.svg: No such file or directory", 4, "plot", results, "--what", "map", "-o", "no/such/x.svg")
    os.symlink("/dev/full", "full.svg")
    refused("No space left on device", 4, "plot", results, "--what", "map", "-o", "full.svg")
    law("nothing was written by mistake", not os.path.exists("x.svg"))


def without_gnuplot(results):
    os.mkdir("empty")
    refused("gnuplot-nox", 3, "plot", results, "--what", "map", "-o", "x.svg", PATH=os.path.abspath("empty"))
    os.mkdir("broken")
    for name, script, words in (("fails", "echo 'line 3: no such terminal' >&2; exit 1", "no such terminal"),
                                ("stops", "head -c 10 >/dev/null; echo '<?xml'", "cut off")):
        before = "<!-- drawn by Homeward --> before"
        pathlib.Path("kept.svg").write_text(before)
        gnuplot = pathlib.Path("broken/gnuplot")
        gnuplot.write_text(f"#!/bin/sh\n{script}\n")
        gnuplot.chmod(0o755)
        refused(words, 4, "plot", results, "--what", "delay", "-o", "kept.svg", PATH=f"{os.path.abspath('broken')}:/usr/bin:/bin")
        law(f"a gnuplot that {name} leaves the old picture", pathlib.Path("kept.svg").read_text() == before)
    law("nothing is left behind", not [name for name in os.listdir(".") if name.startswith(("kept.svg.", "x.svg"))])


def main():
    quick = SOURCE / "scenarios/quick.yaml"
    ask_with("run", quick, "-n", 60, "-q", "-o", "quick.h5")
    answer = ask_with("plot", "quick.h5", "--what", "zzzzzz", "-o", "x.svg", code=2)
    kinds = re.search(r"only (.*)", answer)[1].split(", ")
    law("five kinds of pictures", len(kinds) >= 5 and set(kinds) == set(LEGENDS))
    every_picture("quick.h5", "quick", kinds)
    wishes("quick.h5")
    mistakes("quick.h5", kinds)
    without_gnuplot("quick.h5")
    pathlib.Path("nasty.yaml").write_text(
        f"include: [{quick}]\nname: nasty\nsource: test\nplaces:\n  {json.dumps(NASTY)}:\n    district: Zangilan\n"
        "    kind: corridor\n    must_release: [Araz road]\n")
    ask_with("run", "nasty.yaml", "-n", 20, "-q", "-o", "nasty.h5")
    for kind in ("timeline", "delay"):
        ask_with("plot", "nasty.h5", "--what", kind, "-o", "nasty.svg")
        law(f"{kind}: a name stands as it is", check_layout("nasty", "nasty.svg").count(NASTY) == 1)
    law("a name is never run", not os.path.exists("pwned"))
    ask_with("run", SOURCE / "scenarios/great-return-from-2020.yaml", "-n", 12, "-q", "-o", "great.h5")
    great = json.loads(ask_with("summary", "great.h5", "--json"))["tables"]
    for kind in kinds:
        ask_with("plot", "great.h5", "--what", kind, "-o", "great.svg")
        check_figures(f"baseline {kind}", kind, check_layout(f"baseline {kind}", "great.svg"), great)


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    main()
end()
