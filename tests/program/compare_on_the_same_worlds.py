"""`homeward compare`: terminal, CSV and JSON say the same; nothing differs from itself; results are used again; what does
not share worlds is refused.

Arguments: the program, the source folder."""
import csv
import json
import pathlib
import re
import shutil
import tempfile

from shared.laws import QUICK, cell_text, end, judged, law


def shown(cell, decimals):
    text = "-" if cell is None else f"{cell:,.{decimals}f}"
    return text[1:] if text.startswith("-") and not re.search("[1-9]", text) and cell is not None else text


def with_error(row, decimals):
    error, smallest = row["difference_error"], 10 ** -decimals
    if error is None:
        return shown(row["difference"], decimals) + " ±?"
    small = 0 < error < smallest / 2
    return shown(row["difference"], decimals) + " ±" + (f"<{smallest:.{decimals}f}" if small else shown(error, decimals))


def printed_tables(text):
    found, title = {}, None
    for paragraph in text.split("\n\n"):
        lines = paragraph.strip("\n").split("\n")
        if not lines[0].startswith(" "):
            title, lines = lines[0], lines[1:]
            found[title] = []
        found[title] += lines
    return found


def line_of(lines, label):
    said = [line.strip()[len(label):] for line in lines if line.strip().startswith(label + "  ")]
    return re.sub(r" +", " ", re.sub(r" +±", " ±", " ".join(said))).strip()


with tempfile.TemporaryDirectory() as scratch:
    folder = pathlib.Path(scratch)
    variant = folder / "more_teams.yaml"
    variant.write_text(f"""include: [{QUICK}]
assets:
  More: {{operator: ANAMA, method: battle_area, teams: 3, on: 2022-01-01, source: test}}
""")
    first = judged("compare", QUICK, variant, "-n", 60, "--json", cwd=folder)
    tables = json.loads(first.stdout)["tables"]
    kept = sorted(p.name for p in (folder / "results" / "runs").iterdir())
    law(f"two result files are kept: {kept}", len(kept) == 2 and all("-seed1-n60.h5" in name for name in kept))
    base, more = (next((folder / "results" / "runs").glob(f"{n}-*")) for n in ("quick", "more_teams"))

    again = judged("compare", QUICK, variant, "-n", 60, "--json", cwd=folder)
    law("the same question has the same answer, from the kept results", again.stdout == first.stdout)
    law("kept results are used again", again.stderr.count("taken from results/runs/") == 2 and "events per second" not in again.stderr)
    files = judged("compare", base, more, "--json", cwd=folder)
    law("result files give the same answer as their scenarios", files.stdout == first.stdout)
    mixed = judged("compare", base, variant, "-q", "--json", cwd=folder)
    law(f"a result file and a scenario can be mixed: {mixed.stderr}", mixed.stdout == first.stdout and mixed.stderr == "")

    done = judged("compare", base, more, "--csv", folder / "csv")
    law("there is a CSV file for each JSON table", {p.stem for p in (folder / "csv").glob("*.csv")} == set(tables))
    for name, table in tables.items():
        with open(folder / "csv" / f"{name}.csv", newline="", encoding="utf-8") as file:
            header, *rows = list(csv.reader(file))
        law(f"{name}: CSV and JSON have the same rows",
            rows == [[cell_text(cell) for cell in row.values()] for row in table["rows"]])
        names = [re.sub(r" \[.*\]$", "", column) for column in header]
        law(f"{name}: CSV and JSON have the same units",
            table["units"] == {n: c[len(n) + 2:-1] for n, c in zip(names, header) if n != c})

    text = judged("compare", base, more).stdout
    printed = printed_tables(text)
    for name, decimals in (("place_release", 0), ("district_completion", 0), ("place_never", 1), ("money", 1), ("victims", 1)):
        label = list(tables[name]["rows"][0])[1]
        for row in tables[name]["rows"]:
            expected = " ".join([shown(row["base"], decimals), shown(row["variant"], decimals), with_error(row, decimals),
                                 *([with_error({"difference": row["trimmed"], "difference_error": row["trimmed_error"]}, decimals)] if "trimmed" in row else []),
                                 shown(row["saving"], 1), row["verdict"]])
            said = line_of(printed[tables[name]["title"]], row[label])
            law(f"{name}, {row[label]}: the terminal says '{said}', the files '{expected}'", said == expected)
    crossed = {}
    for row in tables["place_release_by"]["rows"]:
        crossed.setdefault(row["place"], []).append(with_error(row, 1) + " " + row["mark"])
    for place, cells in crossed.items():
        said = line_of(printed[tables["place_release_by"]["title"]], place)
        law(f"{place}: the terminal says '{said}', the files '{' '.join(cells)}'", said == " ".join(cells))
    # Each finding is held against its rows, one by one, in figures_from_the_file.py.
    law("places, people, money, victims and pairing are told of", all(any(row["finding"].startswith(words) for row in tables["findings"]["rows"])
        for words in ("Of 4 places", "People back", "Money spent", "Victims until", "Pairing on")))
    for row in tables["findings"]["rows"]:
        law(f"the terminal says: {row['finding']}", row["finding"] in re.sub(r"\s+", " ", text))
    law("the value that differs is named", "assets.More: not there -> ..." in text)
    law("no line but that of a file is wider than 112 columns", all(len(line) <= 112 or line.startswith("Page to look at: ") for line in text.splitlines()))

    marks = {"same in all worlds": "=", "could be zero": "~", "clear alone": "*", "clear among all": "**"}
    compared = [row for table in tables.values() for row in table["rows"] if "verdict" in row]
    law("every difference has its verdict", compared and all(marks[row["verdict"]] == row["mark"] for row in compared))
    law("a share is never known exactly", all(row["difference_error"] for row in tables["place_never"]["rows"]))

    shutil.copy(base, folder / "twin.h5")
    same = json.loads(judged("compare", base, folder / "twin.h5", "--json").stdout)["tables"]
    law("nothing differs from itself", all(row["difference"] == 0 and row["verdict"] == "same in all worlds"
                                           for table in same.values() for row in table["rows"] if "difference" in row))
    turned = json.loads(judged("compare", more, base, "--json").stdout)["tables"]
    law("the other way round every sign turns",
        all(a["difference"] == -b["difference"] for name in ("place_release", "place_never", "people", "victims", "money")
            for a, b in zip(tables[name]["rows"], turned[name]["rows"])))

    for all_words, arguments in (
            (("seeds 1 and 2", "60 and 61 replications", "they end on 2030-12-31 and on 2029-12-31", "layout.parcel is 4 ha and 2 ha"),
             (base, QUICK, "--seed", 2, "-n", 61, "--horizon", "2029-12-31", "--set", "layout.parcel=2 ha")),
            (("compare wants BASE VARIANT...",), (base,)),
            (("did you mean 'Aghali'?", "is outside of what was simulated"), (base, more, "--place", "Agali", "--by", "1999-01-01"))):
        refused = judged("compare", *arguments, "--keep", folder / "refused", code=2)
        for words in all_words:
            law(f"refused with '{words}': {refused.stderr}", words in refused.stderr)
        law("nothing is run for what is refused", not (folder / "refused").exists())
    judged("compare", base, folder / "nowhere.h5", code=4)
    judged("compare", base, folder / "nowhere.yaml", code=2)

    great = str(pathlib.Path(QUICK).parent / "great-return.yaml")
    less = folder / "less.yaml"
    less.write_text(f"include: [{great}]\nname: less\nsource: test\nplanning: {{crowding: 9}}\n")
    for command in (("compare", great, less, "-n", 2), ("pledge", great, "--amount", "1 MUSD", "--years", "2027", "--tied", "-n", 20)):
        done = judged(*command, "-q", cwd=folder)
        law(f"{command[0]} says from what table the values are, and that it is a sample: {done.stdout[:400]}",
            re.search(r"Values from a table that is (partly |fully )?conditioned .*\nThe table is a sample, too", done.stdout))
    about = json.loads(judged("compare", great, less, "-n", 2, "-q", "--json", cwd=folder).stdout)["tables"]["about"]["rows"]
    law("and so does the table of what was compared", [row["scenario"] for row in about if row["fact"] == "values" and "conditioned" in row["value"]] == ["great-return", "less"])

end()
