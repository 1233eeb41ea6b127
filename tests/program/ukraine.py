"""Ukraine by oblast: its sums are the published ones, each code has its source, and what is known of 2025 lies inside what is simulated.

usage: ukraine.py PROGRAM SOURCE_FOLDER
"""
import pathlib
import re
import tempfile

from shared.laws import SOURCE, ask, end, homeward, law, page_text, run, tables

N = 40
HERE = SOURCE / "scenarios/ukraine"
FACTS = SOURCE / "scenarios/observations/ukraine.yaml"


def medians(file):
    """The median area of each hazard area of a file, km2."""
    lines = [line for line in (HERE / file).read_text(encoding="utf-8").splitlines() if " area: " in line]
    return [float(re.search(r" area: (?:\{(?:p10: [\d.]+ km2, p50|value): )?([\d.]+) km2", line)[1]) for line in lines]


fields, other = sum(medians("ground-fields.yaml")), sum(medians("ground-other.yaml"))
law(f"farmland is the 98,500 km2 of the audit, not {fields}", abs(fields - 98500) < 0.5)
law(f"all is the 139,000 km2 of the end of 2024, not {fields + other}", abs(fields + other - 139000) < 0.5)

sources = (HERE / "SOURCES.md").read_text(encoding="utf-8")
listed = set(re.findall(r"\[([A-Za-z][\w-]*)\]", " ".join(line.split("|")[1] for line in sources.split("## Codes")[1].splitlines() if line.startswith("| ["))))
law("the list of codes is long", len(listed) > 30)
for file in [*sorted(HERE.glob("*.yaml")), FACTS, HERE / "SOURCES.md"]:
    text = file.read_text(encoding="utf-8")
    # Markdown has links, YAML has lists: neither is a code.
    used = set(re.findall(r"\[([A-Z]{2,4}(?:-\w+)?\d*(?:-\d+)?)\](?!\()", text))
    law(f"{file.name}: {sorted(used - listed)} have no source", used <= listed)
law("each code of the list is used", all(sum(f"[{code}]" in line for line in "".join(
    file.read_text(encoding="utf-8") + "\n" for file in [*HERE.glob("*.yaml"), FACTS, HERE / "SOURCES.md"]).splitlines()) > 1 for code in listed))

# Of what its own files set, each value is assumed or names who published it.
own = [line for line in homeward("check", "--assumptions", HERE / "ukraine.yaml").splitlines() if "ukraine/" in line]
law("many values are its own", len(own) > 300)
for line in own:
    law(f"assumed or published: {line}", "*assumed*" in line or re.search(r"\[[A-Z]{2,4}(-\d+)?\d*\]", line))


def left(result, year, of):
    return next(row[of] for row in tables("summary", result)["land_by_year"] if row["land"] == "left" and row["year"] == year)


with tempfile.TemporaryDirectory() as folder:
    results = {}
    for name in ("ukraine", "access-2030", "farmland"):
        checked = ask("check", HERE / f"{name}.yaml")
        law(f"{name} has no warning: {checked.stderr}", checked.stderr == "" and " is right: " in checked.stdout)
        results[name] = f"{folder}/{name}.h5"
        homeward("run", HERE / f"{name}.yaml", "-n", N, "-q", "--no-page", "-o", results[name])

    facts = {row["name"]: row for row in tables("observations", FACTS, results["ukraine"])["observations"]}
    for name in ("land June 2025", "victims 2025"):
        law(f"{name} came as {facts[name]['fact']}, inside {facts[name]['p10']} to {facts[name]['p90']}", facts[name]["inside"] == "yes")

    # Ground out of reach is left, whatever else is drawn: no oblast with such ground is done before it opens, and the goal of 2033 is missed in nine of ten.
    by = {(row["district"], row["by"]): row for row in tables("summary", results["ukraine"], "--by", "2039-12-31")["district_completion_by"]}
    for oblast in ("Luhansk", "Crimea", "Donetsk", "Zaporizhzhia", "Kherson", "Kharkiv", "Sumy"):
        law(f"nobody clears {oblast} before it opens", by[oblast, "2039-12-31"]["probability"] == 0)
    law("some of Kyiv oblast is done by then", by["Kyiv", "2039-12-31"]["probability"] > 50)
    goal = facts["plan: 80 % by 2033"]
    law(f"the goal of 2033 lies below all that is simulated without access: {goal}", goal["p10"] > 3480000)

    law("and above it still in nine futures of ten with access from 2030, as the guide says",
        left(results["access-2030"], 2033, "p10") > 2 * 3480000)

    # The same worlds: access moves nothing before its day, and leaves less land after.
    for of in ("p10", "p50", "p90"):
        law(f"access in 2030 moves nothing in 2028 ({of})", left(results["ukraine"], 2028, of) == left(results["access-2030"], 2028, of))
    late, soon = (left(results[name], 2039, "mean") for name in ("ukraine", "access-2030"))
    law(f"access ten years sooner leaves less land in 2039: {soon} against {late} ha", soon < 0.98 * late)
    law("farmland alone is no more than all", left(results["farmland"], 2033, "p50") < left(results["ukraine"], 2033, "p50"))

    page = pathlib.Path(folder) / "page.html"
    homeward("report", results["ukraine"], "-o", page, "--language", "uk")
    law("the page has no word of Azerbaijani", not re.search("[əƏ]|Azerbaijan|Azərbaycan", page_text(page)))
    law("and does not open in it", run("report", results["ukraine"], "-o", f"{folder}/az.html", "--language", "az").returncode == 2)
    law("money is told in hryvnia", "million UAH" in homeward("summary", results["ukraine"]))

end()
